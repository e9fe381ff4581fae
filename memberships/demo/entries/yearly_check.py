"""The entry for the office's yearly check: it notices what ended without anybody telling, and what is still true."""

from __future__ import annotations

from django.db.models import Q

from memberships import actions
from memberships.actions.confirming import confirm
from memberships.demo.book import Book
from memberships.demo.dates import UNTIL, known
from memberships.demo.entries.change import Entry
from memberships.models import Appointment, Group, Membership, Person
from organisations.models import Organisation
from roles import actions as roles
from roles.models import Role


def notice_later(book: Book, row: Appointment | Membership, when: str) -> None:
    """Let a later check notice the end that `when` says with "until", if it does."""
    _, until, end = when.partition(UNTIL)
    if until:
        book.to_be_noticed.append((row, known(end)))


def checks_who_is_still_there() -> Entry:
    """End what had ended before the day of the check. With a partnership its role ends: it waits for nobody."""

    def enter(book: Book) -> None:
        for row, end in book.to_be_noticed[:]:
            if end.last_day is None or end.last_day >= book.day:
                continue
            book.to_be_noticed.remove((row, end))
            row.refresh_from_db()
            if row.has_end:
                continue
            if isinstance(row, Membership):
                actions.end_membership(**book.said, membership=row, end=end)
            else:
                actions.end_appointment(**book.said, appointment=row, end=end)
                if row.role.role_type == book.role_types["partner"]:
                    roles.end_role(**book.said, role=row.role, end=end)

    return enter


def confirms_what_is_still_true(*silent: str) -> Entry:
    """Note of everything that is true on the day that it still is; but not where nobody answered: `silent` hosts."""

    def enter(book: Book) -> None:
        unanswered = [book.organisations[key].pk for key in silent]
        held = Appointment.objects.as_at(book.day).exclude(role__organisation__in=unanswered)
        sits = Membership.objects.as_at(book.day).filter(
            Q(basis_appointment=None) | Q(basis_appointment__in=held.values("pk"))
        )
        people = Q(pk__in=held.values("person")) | Q(pk__in=sits.values("person"))
        organisations = Organisation.objects.as_at(book.day).filter(invented=True).exclude(pk__in=unanswered)
        confirm(
            by=book.said["by"],
            why=book.said["why"],
            records=[
                *held,
                *sits,
                *Role.objects.as_at(book.day).exclude(organisation__in=unanswered),
                *Group.objects.as_at(book.day),
                *Person.objects.filter(people),
                *organisations,
            ],
        )

    return enter
