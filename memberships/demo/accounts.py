"""What the accounts of the demonstration may do, granted by its administrator once the log is entered."""

from __future__ import annotations

from ics_leadership.accounts import demo_accounts
from ics_leadership.accounts.actions import give_grant
from ics_leadership.accounts.models import Sight, Standing, User
from ics_leadership.history import change
from ics_leadership.periods import PartialDate, today
from memberships.actions.identity import link_account
from memberships.models import Person
from organisations.models import KeptArea, Kind, Organisation

LEADER_SLUG = "amina-yusuf-calder"


def grant_demo_accounts() -> None:
    """Give every account of the demonstration what it is there to show."""
    accounts = {each.email: each for each in User.objects.filter(email__in=[one.email for one in demo_accounts.SHOWN])}
    kept = KeptArea.objects.as_at(today()).filter(area__invented=True).select_related("area").order_by("pk")
    beside = Organisation.objects.as_at(today()).filter(kind=Kind.ICB, invented=False).order_by("pk").first()
    boss = accounts[demo_accounts.ADMINISTRATOR]
    since = PartialDate(demo_accounts.PRESENT_EDITOR_SINCE)
    why = "The accounts of the demonstration"
    with change(by=boss, why=why):
        for email, standing, area in (
            (demo_accounts.ADMINISTRATOR, Standing.ADMINISTRATOR, None),
            *((demo_accounts.EDITOR, Standing.EDITOR, each.area) for each in kept),
            (demo_accounts.NEIGHBOUR, Standing.EDITOR, beside),
            (demo_accounts.READER, Standing.READER, None),
            (demo_accounts.LEADER, Standing.READER, None),
        ):
            give_grant(account=accounts[email], standing=standing, area=area, start=since, by=boss, why=why)
        give_grant(
            account=accounts[demo_accounts.ANALYST],
            standing=Standing.ANALYST,
            sees=[Sight.AMOUNTS],
            start=since,
            by=boss,
            why=why,
        )
        leader = Person.objects.get(slug=LEADER_SLUG)
        link_account(person=leader, account=accounts[demo_accounts.LEADER], by=boss, why=why)
