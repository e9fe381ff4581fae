"""Small registers made at random, in which much that the rules look for is likely to be so."""

import datetime
import random
from dataclasses import dataclass, field

from hypothesis import strategies as st

from ics_leadership.history import change
from ics_leadership.periods import PartialDate
from memberships.models import (
    ANY_CLINICIAN,
    Appointment,
    Category,
    Condition,
    DrawnFrom,
    Eligibility,
    FundingLine,
    Group,
    GroupKind,
    GroupRole,
    InterestDeclaration,
    Membership,
    Person,
    Profession,
    RegisterOfInterests,
    Seat,
    Terms,
)
from organisations.models import KeptArea, Kind, Link, LinkKind, Organisation, Succession
from roles.models import (
    ActsFor,
    Function,
    FundingKind,
    FundingSource,
    NeededFunction,
    OpenTo,
    Part,
    Remit,
    RemitFunction,
    Role,
    RoleType,
)
from tests.factories import IN_TEST
from tests.periods import ALWAYS
from tests.strategies import Period, any_period, days

KINDS = (Kind.ICB, Kind.PLACE, Kind.LMC, Kind.PCN, Kind.PCN, Kind.FEDERATION, Kind.ICB, Kind.TRUST, Kind.PLACE)
ICB, PLACE, LMC, EAST, WEST, FEDERATION, FORMER_ICB, TRUST, BESIDE = range(9)
TIES = (
    (PLACE, LinkKind.PART_OF, ICB),
    (LMC, LinkKind.COVERS, PLACE),
    (EAST, LinkKind.PART_OF, PLACE),
    (WEST, LinkKind.PART_OF, PLACE),
    (WEST, LinkKind.PART_OF, BESIDE),
    (BESIDE, LinkKind.PART_OF, ICB),
    (FEDERATION, LinkKind.PART_OF, PLACE),
    (EAST, LinkKind.PART_OF, FORMER_ICB),
)
TYPES = (
    # name, acts for, open to, accountable
    ("PCN Clinical Director", ActsFor.GENERAL_PRACTICE, OpenTo.CLINICIANS, True),
    ("LMC Chair", ActsFor.GENERAL_PRACTICE, OpenTo.GPS, False),
    ("System Clinical Lead", ActsFor.SYSTEM, OpenTo.ANYONE, False),
    ("Medical Director", ActsFor.OWN_ORGANISATION, OpenTo.CLINICIANS, False),
)
GROUP_KINDS = (GroupKind.GP_LEADERSHIP_GROUP, GroupKind.LMC_COMMITTEE, GroupKind.PLACE_BOARD)


@dataclass
class Register:
    """All rows of a small register, as the database has them."""

    organisations: list[Organisation] = field(default_factory=list)
    successions: list[Succession] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    remits: list[Remit] = field(default_factory=list)
    functions: list[Function] = field(default_factory=list)
    parts: list[RemitFunction] = field(default_factory=list)
    appointments: list[Appointment] = field(default_factory=list)
    lines: list[FundingLine] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    group_roles: list[GroupRole] = field(default_factory=list)
    terms: list[Terms] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    eligibilities: list[Eligibility] = field(default_factory=list)
    declarations: list[InterestDeclaration] = field(default_factory=list)
    needs: list[NeededFunction] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)


# Chance draws what is too much to draw one by one: a register of two hundred choices took a second.
chances = st.tuples(
    st.randoms(use_true_random=True),
    st.lists(any_period, min_size=8, max_size=8),
    st.lists(days, min_size=4, max_size=4),
)


def make(chance: tuple[random.Random, list[Period], list[datetime.date]]) -> Register:
    """Make a register at random, and write it in one change."""
    with change(**IN_TEST):
        return _Maker(*chance).make()


class _Maker:
    def __init__(self, chance: random.Random, periods: list[Period], some_days: list[datetime.date]) -> None:
        self.chance, self.periods, self.days = chance, periods, some_days
        self.register = Register()

    def draw(self, *choices):
        return self.chance.choice(choices)

    def dated(self, row, *, always=0.6):
        """A row with a period: more often than not it was always there, so that things meet."""
        return row.between(*(ALWAYS if self.chance.random() < always else self.draw(*self.periods)))

    def make(self) -> Register:
        register = self.register
        self.places()
        self.posts()
        self.tables()
        register.appointments = self.appointments()
        register.lines = FundingLine.objects.bulk_create(
            self.dated(FundingLine(appointment=each, funding_source=self.draw(*self.sources)))
            for each in register.appointments
            if self.draw(True, True, False)
        )
        register.memberships = self.memberships()
        return self.register

    def places(self) -> None:
        register = self.register
        lasting = (ICB, PLACE, LMC, TRUST)
        register.organisations = Organisation.objects.bulk_create(
            self.dated(
                Organisation(kind=kind, sector="system", name=f"{kind.label} {number}", slug=f"of-{number}"),
                always=1 if number in lasting else 0.6,
            )
            for number, kind in enumerate(KINDS)
        )
        of = register.organisations
        register.links = Link.objects.bulk_create(
            self.dated(Link(organisation=of[lower], kind=kind, other=of[upper])) for lower, kind, upper in TIES
        )
        if self.draw(True, False):
            register.successions = Succession.objects.bulk_create(
                [Succession(predecessor=of[FORMER_ICB], successor=of[ICB], on=self.draw(*self.days))]
            )
        KeptArea.objects.bulk_create([self.dated(KeptArea(area=of[ICB], keeper=of[LMC]), always=0.9)])

    def posts(self) -> None:
        register, of = self.register, self.register.organisations
        types = RoleType.objects.bulk_create(
            RoleType(
                slug=f"type-{number}",
                name=name,
                plural=f"{name}s",
                acts_for=acts,
                open_to=open_to,
                accountable=accountable,
            )
            for number, (name, acts, open_to, accountable) in enumerate(TYPES)
        )
        functions = Function.objects.bulk_create(Function(slug=f"f-{n}", name=f"Function {n}") for n in range(2))
        register.functions = functions
        self.sources = FundingSource.objects.bulk_create(
            FundingSource(slug=kind, name=kind.label, kind=kind) for kind in (FundingKind.UNPAID, FundingKind.LMC_LEVY)
        )
        register.people = Person.objects.bulk_create(
            Person(
                slug=f"p-{n}",
                family_name=f"P{n}",
                profession=self.draw(Profession.GP, Profession.GP, Profession.NURSE, ""),
            )
            for n in range(4)
        )
        register.roles = Role.objects.bulk_create(
            self.dated(Role(slug=f"r-{n}", title=f"Role {n}", role_type=self.draw(*types), organisation=self.draw(*of)))
            for n in range(7)
        )
        register.remits = Remit.objects.bulk_create(
            self.dated(Remit(role=role, acts_for=self.draw(*ActsFor), open_to=self.draw(*OpenTo)))
            for role in register.roles
            if self.draw(True, False)
        )
        register.parts = RemitFunction.objects.bulk_create(
            RemitFunction(remit=remit, function=function, part=self.draw(Part.LEADS, Part.LEADS, Part.SHARES))
            for remit in register.remits
            for function in functions
        )
        register.needs = NeededFunction.objects.bulk_create(
            self.dated(NeededFunction(area=of[self.draw(ICB, PLACE, EAST)], function=function))
            for function in functions
        )
        self.types = types

    def tables(self) -> None:
        register, of = self.register, self.register.organisations
        register.groups = Group.objects.bulk_create(
            self.dated(
                Group(
                    slug=f"g-{n}",
                    name=f"Group {n}",
                    kind=kind,
                    host=self.draw(of[LMC], of[FEDERATION], of[FORMER_ICB]),
                    covers=self.draw(None, of[PLACE], of[PLACE], of[EAST], of[TRUST], of[BESIDE]),
                )
            )
            for n, kind in enumerate(GROUP_KINDS)
        )
        register.group_roles = GroupRole.objects.bulk_create(
            [GroupRole(role=self.draw(*register.roles), group=self.draw(*register.groups))]
        )
        register.terms = Terms.objects.bulk_create(
            self.dated(
                Terms(
                    group=group,
                    version="1",
                    quorum=self.draw(None, 1, 2, 3),
                    term_months=self.draw(None, 0, 6, 12),
                    term_limit=self.draw(None, 1, 2),
                    interests=self.draw(RegisterOfInterests.NONE, RegisterOfInterests.KEPT),
                    warning_months=self.draw(0, 1, 6),
                    review_on=self.draw(None, *self.days),
                )
            )
            for group in register.groups
        )
        register.terms += Terms.objects.bulk_create(
            Terms(
                group=terms.group, version="2", term_months=self.draw(None, 0, 6), warning_months=self.draw(1, 6, 24)
            ).between(PartialDate(terms.period.upper), None)
            for terms in register.terms
            if terms.period.upper
        )
        register.seats = Seat.objects.bulk_create(
            self.drawn(
                Seat(
                    terms=terms,
                    order=n,
                    title=f"Seat {n}",
                    number=self.draw(1, 1, 2),
                    category=self.draw(*Category),
                    quorum_of=self.draw(None, None, 1, 2),
                )
            )
            for terms in register.terms
            for n in range(3)
        )
        register.eligibilities = Eligibility.objects.bulk_create(
            self.condition(terms, n) for terms in register.terms for n in range(self.draw(1, 2, 3, 4))
        )
        register.declarations = InterestDeclaration.objects.bulk_create(
            InterestDeclaration(person=person, declared_on=self.draw(*self.days))
            for person in register.people
            if self.draw(True, False)
        )

    def condition(self, terms: Terms, order: int) -> Eligibility:
        """Some condition of a version of the terms, of one seat or of all at the table."""
        of = self.register.organisations
        seats = [seat for seat in self.register.seats if seat.terms == terms]
        row = Eligibility(terms=terms, order=order, condition=self.draw(*Condition), seat=self.draw(None, None, *seats))
        match row.condition:
            case Condition.NOT_ENGAGED_BY:
                row.organisation = self.draw(of[ICB], of[FORMER_ICB])
            case Condition.PROFESSION:
                row.profession = self.draw(Profession.GP, Profession.NURSE, Profession.MANAGER, ANY_CLINICIAN)
            case Condition.NOT_ALSO_IN:
                row.other_seat = self.draw(*(seat for seat in seats if seat != row.seat))
            case Condition.LONGEST_SERVICE:
                row.months = self.draw(1, 6, 24)
            case Condition.NOT_PAID_FROM:
                row.funding_kind = self.draw(FundingKind.UNPAID, FundingKind.LMC_LEVY)
        return row

    def drawn(self, seat: Seat) -> Seat:
        seat.drawn_from = self.draw(*DrawnFrom)
        seat.each = seat.drawn_from in (DrawnFrom.ROLE_TYPE, DrawnFrom.KIND) and self.draw(True, False)
        if seat.drawn_from == DrawnFrom.ROLE_TYPE:
            seat.role_type = self.draw(*self.types)
        elif seat.drawn_from == DrawnFrom.KIND:
            seat.organisation_kind = self.draw(Kind.PCN, Kind.LMC, Kind.TRUST, Kind.PLACE)
        elif seat.drawn_from == DrawnFrom.ORGANISATION:
            seat.organisation = self.draw(*self.register.organisations)
        elif seat.drawn_from == DrawnFrom.GROUP:
            seat.group = self.draw(*self.register.groups)
        return seat

    def appointments(self) -> list[Appointment]:
        register, of = self.register, self.register.organisations
        held = [(person, self.draw(*register.roles)) for person in register.people for _ in range(self.draw(1, 2, 3))]
        return Appointment.objects.bulk_create(
            self.dated(
                Appointment(person=person, role=role, employer=self.draw(None, None, of[ICB], of[FORMER_ICB], of[LMC])),
                always=0.4,
            )
            for person, role in dict.fromkeys(held)
        )

    def memberships(self) -> list[Membership]:
        register = self.register
        sat = dict.fromkeys((self.draw(*register.seats), self.draw(*register.people)) for _ in range(9))
        rows = []
        for seat, person in sat:
            basis = self.draw(None, *(each for each in register.appointments if each.person == person))
            others = [each for each in register.people if each != person]
            row = Membership(
                seat=seat,
                person=person,
                basis_appointment=basis,
                basis_experience="" if basis else "Long years of it",
                attends_for=self.draw(None, None, None, *others),
                put_forward_by=self.draw(None, *register.organisations),
            )
            rows.append(self.dated(row, always=0.4))
        for row in rows:
            # Those that are added follow one another too.
            self.let_go_on(row, rows)
        return Membership.objects.bulk_create(rows)

    def let_go_on(self, row: Membership, rows: list[Membership]) -> None:
        """Add what may follow a membership that ends, by the day after or with a day between: in its seat or another of its group."""
        if not row.period.upper or self.draw(True, False):
            return
        seats = [seat for seat in self.register.seats if seat.terms.group == row.seat.terms.group]
        start = row.period.upper + datetime.timedelta(days=self.draw(0, 0, 0, -20, 1))
        end = start + datetime.timedelta(days=self.draw(40, 100, 400))
        follows = Membership(
            seat=self.draw(row.seat, *seats), person=row.person, basis_experience="Longer years of it"
        ).between(PartialDate(start), self.draw(None, PartialDate(end)))
        theirs = [each for each in rows if (each.seat, each.person) == (follows.seat, follows.person)]
        if not any(_overlap(each, follows) for each in theirs):
            rows.append(follows)


def _overlap(one: Membership, other: Membership) -> bool:
    (from_one, to_one), (from_other, to_other) = (
        (row.period.lower or datetime.date.min, row.period.upper or datetime.date.max) for row in (one, other)
    )
    return from_one < to_other and from_other < to_one


def some_days(register: Register) -> list[datetime.date]:
    """The first and last day of everything that has one, and the days beside them."""
    rows = [*register.organisations, *register.appointments, *register.memberships, *register.groups, *register.terms]
    ends = {end for row in rows for end in (row.period.lower, row.period.upper) if end}
    return sorted({end + datetime.timedelta(days=beside) for end in ends for beside in (-1, 0, 1)})
