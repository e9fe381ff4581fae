"""Records for tests, made by the register's own actions.

Each function fills in what a test does not care about; whatever it is given goes on to the action. `small_area` is a
whole neighbourhood at once.
"""

from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest

from ics_leadership.accounts.models import Grant, Standing, User
from ics_leadership.history import change, replayed
from ics_leadership.writing import keep
from memberships import actions as memberships
from memberships.models import (
    Appointment,
    Category,
    Group,
    GroupKind,
    Membership,
    Person,
    Profession,
    Seat,
    Skill,
    Terms,
)
from organisations import actions as organisations
from organisations.models import KeptArea, Kind, Link, LinkKind, Organisation
from roles import actions as roles
from roles.models import ActsFor, Function, FundingKind, FundingSource, OpenTo, Pathway, Role, RoleType
from tests.periods import OPEN_ENDED, day

IN_TEST = {"by": None, "why": "for a test"}
_number = count(1)


def _dated(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts with a `period` (start, end) said as the actions take it; open-ended where there is none."""
    start, end = facts.pop("period", OPEN_ENDED)
    return IN_TEST | {"start": start, "end": end} | facts


def user(**facts: Any) -> User:
    """An account that may sign in; its password is "a long pass phrase"."""
    facts.setdefault("email", f"somebody{next(_number)}@example.org")
    return User.objects.create_user(password="a long pass phrase", **facts)


def grant(account: User, standing: Standing, area: Organisation | None = None, **facts: Any) -> Grant:
    start, end = facts.pop("period", OPEN_ENDED)
    with change(**IN_TEST):
        return keep(Grant(account=account, standing=standing, area=area, **facts).between(start, end))


def editor(area: Organisation) -> User:
    """Somebody who edits an area."""
    account = user()
    grant(account, Standing.EDITOR, area)
    return account


def organisation(kind: Kind = Kind.PRACTICE, **facts: Any) -> Organisation:
    facts.setdefault("name", f"{kind.label} {next(_number)}")
    return organisations.add_organisation(kind=kind, **_dated(facts))


def link(organisation: Organisation, kind: LinkKind, other: Organisation, **facts: Any) -> Link:
    return organisations.link(organisation=organisation, kind=kind, other=other, **_dated(facts))


def keep_area(area: Organisation, keeper: Organisation, **facts: Any) -> KeptArea:
    return organisations.keep_area(area=area, keeper=keeper, **_dated(facts))


def pathway(name: str = "Urgent care") -> Pathway:
    return roles.add_pathway(name=name, **IN_TEST)


def function(name: str = "Practitioner performance") -> Function:
    return roles.add_function(name=name, **IN_TEST)


def funding_source(kind: FundingKind = FundingKind.ICB_CORE, **facts: Any) -> FundingSource:
    facts.setdefault("name", kind.label)
    return roles.add_funding_source(kind=kind, **IN_TEST | facts)


def role_type(name: str = "PCN Clinical Director", **facts: Any) -> RoleType:
    usual = {"plural": f"{name}s", "acts_for": ActsFor.GENERAL_PRACTICE, "open_to": OpenTo.CLINICIANS}
    return roles.add_role_type(name=name, **IN_TEST | usual | facts)


def role(organisation: Organisation, role_type: RoleType, **facts: Any) -> Role:
    facts.setdefault("title", f"{role_type.name}, {organisation.name}")
    return roles.add_role(organisation=organisation, role_type=role_type, **_dated(facts))


def person(name: str = "", **facts: Any) -> Person:
    """A GP called `name`, "Amina Yusuf"; of some name or other where none is given."""
    given, _, family = (name or f"Sam Someone{next(_number)}").rpartition(" ")
    return memberships.add_person(
        given_names=given, family_name=family, **IN_TEST | {"profession": Profession.GP} | facts
    )


def skill(name: str = "Working politically") -> Skill:
    return memberships.add_skill(name=name, **IN_TEST)


def appointment(person: Person, role: Role, **facts: Any) -> Appointment:
    return memberships.appoint(person=person, role=role, **_dated(facts))


def group(host: Organisation, kind: GroupKind = GroupKind.GP_LEADERSHIP_GROUP, **facts: Any) -> Group:
    facts.setdefault("name", f"{kind.label} {next(_number)}")
    return memberships.add_group(host=host, kind=kind, **_dated(facts))


def terms(group: Group, seats: list[memberships.NewSeat], **facts: Any) -> Terms:
    facts.setdefault("version", str(next(_number)))
    return memberships.adopt_terms(group=group, seats=seats, **_dated(facts))


def membership(seat: Seat, person: Person, basis: Appointment | str, **facts: Any) -> Membership:
    return memberships.seat_member(seat=seat, person=person, basis=basis, **_dated(facts))


@dataclass
class SmallArea:
    """A kept area: an ICB with one place of two networks, two practices each, their LMC and their leadership group.

    Both networks have a clinical director, who hold the core seats by virtue of it; the chair is an LMC officer; the
    seat for experience is vacant, and so is that of a system lead in attendance.
    """

    icb: Organisation
    place: Organisation
    lmc: Organisation
    pcns: list[Organisation]
    practices: list[Organisation]
    director: RoleType
    directors: list[Appointment]
    chair: Appointment
    group: Group
    terms: Terms
    memberships: list[Membership]

    def seat(self, title: str) -> Seat:
        """The seat of that title under the group's terms."""
        return self.terms.seats.get(title=title)


def small_area(named: str = "Norwich") -> SmallArea:
    """Make one, in one change; a second under another name stands beside it.

    What a form would refuse is not asked of it: asking takes seven times as long as writing.
    """
    with change(**IN_TEST) as this, replayed(this):
        return _small_area(named)


def _small_area(named: str) -> SmallArea:
    icb = organisation(Kind.ICB, name=f"{named} ICB", ods_code=f"Q{next(_number)}")
    place = organisation(Kind.PLACE, name=f"{named} Place")
    lmc = organisation(Kind.LMC, name=f"{named} LMC")
    pcns = [
        organisation(Kind.PCN, name=f"{side} {named} PCN", ods_code=f"U{next(_number)}") for side in ("East", "West")
    ]
    practices = [organisation(name=f"{named} Surgery {n}", ods_code=f"D{next(_number)}") for n in range(1, 5)]
    link(place, LinkKind.PART_OF, icb)
    link(lmc, LinkKind.COVERS, icb)
    for number, pcn in enumerate(pcns):
        link(pcn, LinkKind.PART_OF, place)
        for practice in practices[2 * number : 2 * number + 2]:
            link(practice, LinkKind.CORE_PARTNER_OF, pcn)
    keep_area(icb, lmc)

    director = role_type(f"PCN Clinical Director ({named})", accountable=True, leads=True)
    officer = role_type(f"LMC Chair ({named})", open_to=OpenTo.GPS, leads=True)
    lead = role_type(f"System Clinical Lead ({named})", acts_for=ActsFor.SYSTEM)
    directors = [appointment(person(), role(pcn, director)) for pcn in pcns]
    chair = appointment(person(), role(lmc, officer))

    leadership = group(lmc, name=f"{named} GP Leadership Group", covers=place, remit="To speak for general practice.")
    rules = terms(
        leadership,
        [
            memberships.NewSeat("Chair", Category.CHAIR, officer, voting=True, clause="2"),
            memberships.NewSeat("PCN clinical directors", Category.CORE, director, number=2, voting=True, clause="2"),
            memberships.NewSeat("Experienced leader", Category.CORE, None, voting=True),
            memberships.NewSeat("System clinical lead", Category.ATTENDING, lead),
        ],
        version="1.0",
        clauses=[
            memberships.NewClause("1", "The group speaks for the practices of the place."),
            memberships.NewClause("2", "Its members."),
        ],
        term_months=36,
        quorum=2,
        review_on=day("2024-03-31").date,
    )
    seat = {each.title: each for each in rules.seats.all()}
    sitting = [
        membership(seat["Chair"], chair.person, chair, put_forward_by=lmc),
        *(membership(seat["PCN clinical directors"], each.person, each) for each in directors),
    ]
    return SmallArea(icb, place, lmc, pcns, practices, director, directors, chair, leadership, rules, sitting)


@pytest.fixture
def area(db: None) -> SmallArea:
    """A kept area, its networks, practices, LMC and leadership group."""
    return small_area()
