"""Changes to whose account belongs to which entry. Merging entries is `merging`, and taking that back `unmerging`."""

from __future__ import annotations

from ics_leadership.accounts.models import User
from ics_leadership.history import change
from ics_leadership.writing import keep
from memberships.models import Person, PersonAccount


def link_account(*, by: User | None, why: str, person: Person, account: User) -> PersonAccount:
    """Tie an account to the entry of the person whose it is. Each account has one entry, each entry one account."""
    with change(by=by, why=why):
        return keep(PersonAccount(person=person, account=account))


def unlink_account(*, by: User | None, why: str, link: PersonAccount) -> None:
    """Tie an account to an entry no longer."""
    with change(by=by, why=why):
        link.delete()
