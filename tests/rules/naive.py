"""The rules once more, as plain loops over the rows of a small register: slow, and easy to see to be right."""

import datetime
from collections.abc import Iterable
from typing import Any

from ics_leadership.periods import ONE_DAY, Precision
from memberships.asking import FOR_THE_SYSTEM, SPEAK_FOR_GENERAL_PRACTICE
from memberships.holdings import soon_after
from memberships.models import (
    ANY_CLINICIAN,
    CLINICIANS,
    Appointment,
    Category,
    Condition,
    DrawnFrom,
    Eligibility,
    Group,
    Membership,
    Profession,
    RegisterOfInterests,
    Seat,
)
from memberships.places import taking_places
from memberships.presenters.posts import may_be_held
from memberships.presenters.sitting import seat_ending
from memberships.rules.terms import GATHER_ORGANS
from memberships.seating import AT_THE_TABLE
from organisations.models import ORGAN_KINDS, Kind, LinkKind, Organisation
from roles.models import ActsFor, FundingKind, OpenTo, Part, Role
from tests.rules.registers import Register

Found = set[tuple[str, str, frozenset[str]]]
"""Rule, what it is about, and what else it rests on."""


class Naive:
    """What the rules find in a register on a day; each method one rule."""

    def __init__(self, register: Register, date: datetime.date) -> None:
        self.register, self.date = register, date
        self.inside = set(Organisation.objects.kept_on(date).values_list("pk", flat=True))
        self.sitting = self.then(register.memberships)
        self.held = self.then(register.appointments)
        self.terms = {terms.group: terms for terms in self.then(register.terms)}

    def everything(self) -> Found:
        rules = (self.gl01, self.gl02, self.gl03, self.gl04, self.gl05, self.gl06)
        rules += (self.gl07, self.gl08, self.gl09, self.gl10, self.gl11, self.gl12)
        rules += (self.te01, self.te02, self.te03, self.te04, self.di01)
        return {(rule.__name__.upper(), about, frozenset(rests_on)) for rule in rules for about, rests_on in rule()}

    # --- what the rules ask

    def then(self, rows: Iterable) -> list:
        return [row for row in rows if row.holds(self.date)]

    def over(self, row) -> bool:
        return row.period.upper is not None and row.period.upper <= self.date

    def acts_for(self, role: Role) -> str:
        return next(
            (remit.acts_for for remit in self.then(self.register.remits) if remit.role == role), role.role_type.acts_for
        )

    def open_to(self, role: Role) -> str:
        return next(
            (remit.open_to for remit in self.then(self.register.remits) if remit.role == role), role.role_type.open_to
        )

    def group_of(self, role: Role) -> Group | None:
        return next((each.group for each in self.register.group_roles if each.role == role), None)

    def place(self, group: Group) -> Organisation:
        return group.covers or group.host

    def members(self) -> list[Membership]:
        """Who sits on groups of the day whose place is inside."""
        return [each for each in self.sitting if self.is_there(each.seat.terms.group)]

    def is_there(self, group: Group) -> bool:
        return group.holds(self.date) and self.place(group).pk in self.inside

    def at_table(self) -> list[Membership]:
        return [each for each in self.members() if each.seat.category in AT_THE_TABLE]

    def speaking(self) -> list[Membership]:
        return [each for each in self.at_table() if each.seat.terms.group.kind in SPEAK_FOR_GENERAL_PRACTICE]

    def seats(self) -> list[Seat]:
        """The seats of the day's terms of groups of the day whose place is inside."""
        return [
            seat
            for seat in self.register.seats
            if self.terms.get(seat.terms.group) == seat.terms and self.is_there(seat.terms.group)
        ]

    def heirs(self, organisation: Organisation) -> set[int]:
        found, waiting = set(), [organisation]
        while waiting:
            this = waiting.pop()
            found.add(this.pk)
            if self.over(this):
                waiting += [
                    each.successor
                    for each in self.register.successions
                    if each.predecessor == this and each.on <= self.date and each.successor_id not in found
                ]
        return found

    def lies_in(self, organisation: Organisation) -> bool:
        """Whether it is inside, or was when it closed, or what took over from it is."""
        seen, waiting = set(), [organisation]
        while waiting:
            this = waiting.pop()
            if this.pk in self.inside:
                return True
            seen.add(this.pk)
            if not self.over(this):
                continue
            onward = [
                each.successor
                for each in self.register.successions
                if each.predecessor == this and each.on <= self.date
            ]
            for link in self.register.links:
                lower, upper = link.organisation, link.other
                if link.kind == LinkKind.COVERS:
                    lower, upper = upper, lower
                if lower == this and link.holds(this.period.upper - ONE_DAY):
                    onward.append(upper)
            waiting += [each for each in onward if each.pk not in seen]
        return False

    # --- the rules

    def gl01(self):
        for member in self.speaking():
            conflicting = [
                each
                for each in self.held
                if each.person == member.person and self.acts_for(each.role) in FOR_THE_SYSTEM
            ]
            if conflicting:
                yield f"membership:{member.pk}", [f"appointment:{each.pk}" for each in conflicting]

    def gl02(self):
        for member in self.members():
            terms = self.terms.get(member.seat.terms.group)
            conditions = [
                each
                for each in self.register.eligibilities
                if each.terms == terms and each.condition == Condition.NOT_ENGAGED_BY and self.applies(each, member)
            ]
            kept_off = {heir for each in conditions for heir in self.heirs(each.organisation)}
            engaged = [each for each in self.held if each.person == member.person and self.engagers(each) & kept_off]
            if engaged:
                yield (
                    f"membership:{member.pk}",
                    [
                        *(f"appointment:{each.pk}" for each in engaged),
                        *(f"organisation:{pk}" for pk in sorted({each.organisation_id for each in conditions})),
                    ],
                )

    def applies(self, condition: Eligibility, member: Membership) -> bool:
        """Whether a condition of the terms in force is asked of a member."""
        if condition.seat_id:
            return condition.seat_id == member.seat_id
        return member.seat.category in AT_THE_TABLE

    def engagers(self, appointment: Appointment) -> set[int]:
        if appointment.employer:
            return self.heirs(appointment.employer)
        return set() if self.group_of(appointment.role) else self.heirs(appointment.role.organisation)

    def gl03(self):
        for member in self.speaking():
            basis = member.basis_appointment
            if member.seat.drawn_from == DrawnFrom.EXPERIENCE:
                continue
            if basis is None:
                yield f"membership:{member.pk}", []
            elif basis.holds(self.date) and self.acts_for(basis.role) != ActsFor.GENERAL_PRACTICE:
                yield f"membership:{member.pk}", [f"appointment:{basis.pk}"]

    def gl04(self):
        for member in self.members():
            if member.basis_appointment and self.over(member.basis_appointment):
                yield f"membership:{member.pk}", [f"appointment:{member.basis_appointment_id}"]

    def gl05(self):
        for seat in self.seats():
            missing = self.missing(seat)
            if seat.category in AT_THE_TABLE and missing > 0:
                yield f"seat:{seat.pk}", [f"place:{number}" for number in range(1, missing + 1)]
        for member in self.members():
            soon = soon_after(self.date, member.seat.terms.warning_months)
            by_itself, last = seat_ending(member), self.last_in_turn(member)
            ending = seat_ending(last)
            if not by_itself or by_itself.date > soon:
                continue
            if ending and ending.date < self.date:
                yield f"membership:{member.pk}", [f"over:{ending.date}"]
                continue
            if ending and ending.date <= soon and not self.is_followed(last):
                yield f"membership:{member.pk}", [f"until:{ending.date}"]
        for member in self.sitting:
            group = member.seat.terms.group
            if self.over(group) and self.lies_in(self.place(group)):
                yield f"membership:{member.pk}", [f"group:{group.pk}"]

    def places(self, seat: Seat) -> int:
        """How many people a seat is for: so many in all, or for each of what it is drawn from in the area."""
        return seat.number * len(self.seated(seat)) if seat.each else seat.number

    def seated(self, seat: Seat) -> list[Any]:
        """The organisations or roles of the area that a seat for each of them is for."""
        near = self.within(self.place(seat.terms.group))
        if seat.drawn_from == DrawnFrom.KIND:
            return [
                each
                for each in self.then(self.register.organisations)
                if each.kind == seat.organisation_kind and each.pk in near
            ]
        return [
            each
            for each in self.then(self.register.roles)
            if each.role_type == seat.role_type and each.organisation_id in near
        ]

    def missing(self, seat: Seat) -> int:
        """How many places of a seat nobody holds; where it is for each of several, each has its own."""
        holding = taking_places(each for each in self.sitting if each.seat == seat)
        if not seat.each:
            return max(seat.number - len(holding), 0)
        return sum(
            max(seat.number - len([member for member in holding if self.sits_for(member, seat, whom)]), 0)
            for whom in self.seated(seat)
        )

    def sits_for(self, member: Any, seat: Seat, whom: Any) -> bool:
        """Whether a member sits for an organisation or role: by virtue of it, or, if of nothing of the sort, put forward
        by it."""
        post = member.basis_appointment.role if member.basis_appointment else None
        if seat.drawn_from == DrawnFrom.KIND:
            if post and post.organisation.kind == seat.organisation_kind:
                return post.organisation_id == whom.pk
            return member.put_forward_by_id == whom.pk
        if post and post.role_type_id == seat.role_type_id:
            return post.pk == whom.pk
        return member.put_forward_by_id == whom.organisation_id

    def last_in_turn(self, member: Membership) -> Membership:
        """The last of the memberships that follow one another: in the same seat or under other terms of the group."""
        begins, ends = member.period.lower, member.period.upper
        follow = [
            each
            for each in self.register.memberships
            if (each.person, each.seat.terms.group) == (member.person, member.seat.terms.group)
            and (each.seat == member.seat or each.seat.terms != member.seat.terms)
            and ends
            and each.period.lower
            and (begins or datetime.date.min) < each.period.lower <= ends
            and (each.period.upper is None or each.period.upper > ends)
        ]
        if not follow:
            return member
        alike = [each for each in follow if each.seat.category == member.seat.category] or follow
        alike.sort(key=lambda each: each.pk)
        for_good = [each for each in alike if each.period.upper is None]
        longest = max((each.period.upper for each in alike if each.period.upper), default=None)
        return self.last_in_turn((for_good or [each for each in alike if each.period.upper == longest])[0])

    def is_followed(self, member: Membership) -> bool:
        """Whether somebody is to come by the day after a membership ends: for this place, or the member once more."""
        end, day = self.goes(member), max(self.date, member.period.lower or self.date)
        coming = [
            each for each in self.register.memberships if each.period.lower and day < each.period.lower <= end + ONE_DAY
        ]
        if any(each.person == member.person and each.seat.terms.group == member.seat.terms.group for each in coming):
            return True
        sooner = [
            each
            for each in self.register.memberships
            if each.holds(day)
            and each.seat == member.seat
            and self.goes(each)
            and (self.goes(each), each.pk) < (end, member.pk)
        ]
        return len([each for each in coming if each.seat == member.seat]) > len(sooner)

    @staticmethod
    def goes(member: Membership) -> datetime.date | None:
        """The last day of a membership, recorded or of its term, or by which it will be over."""
        ending = seat_ending(member)
        if ending:
            return ending.date
        return member.period.upper - ONE_DAY if member.period.upper else None

    def gl06(self):
        roles = [each for each in self.then(self.register.roles) if not self.group_of(each)]
        organs = [each for each in self.then(self.register.organisations) if each.kind in ORGAN_KINDS]
        for seat in self.seats():
            near = self.within(self.place(seat.terms.group))
            promised = [
                organ
                for organ in organs
                if seat.organisation == organ
                or (
                    organ.pk in near
                    and (
                        seat.organisation_kind == organ.kind
                        or any(each.organisation == organ and each.role_type == seat.role_type for each in roles)
                    )
                )
            ]
            sitting = [each for each in self.sitting if each.seat == seat]
            if seat.each:
                heard = {self.sits_for_organ(each, seat) for each in sitting}
                unheard = [f"organisation:{organ.pk}" for organ in promised if organ.pk not in heard]
                if unheard:
                    yield f"seat:{seat.pk}", unheard
            elif promised and not sitting:
                yield f"seat:{seat.pk}", []
        for group in self.then(self.register.groups):
            terms = self.terms.get(group)
            if not terms or not self.is_there(group) or group.kind not in GATHER_ORGANS:
                continue
            near = self.within(self.place(group))
            for kind in {organ.kind for organ in organs if organ.pk in near}:
                if not any(self.is_drawn_from(seat, kind, roles) for seat in self.seats() if seat.terms == terms):
                    yield f"group:{group.pk}:{kind}", [f"terms:{terms.pk}"]

    def sits_for_organ(self, member: Membership, seat: Seat) -> int | None:
        """For which organisation a member sits in a seat for each: by virtue of a role there, or put forward by it."""
        post = member.basis_appointment.role if member.basis_appointment else None
        if post and (post.organisation.kind == seat.organisation_kind or post.role_type_id == seat.role_type_id):
            return post.organisation_id
        return member.put_forward_by_id

    def within(self, area: Organisation) -> set[int]:
        return set(Organisation.objects.within(area, self.date).values_list("pk", flat=True))

    def is_drawn_from(self, seat: Seat, kind: str, roles: list[Role]) -> bool:
        return (
            seat.organisation_kind == kind
            or (seat.organisation is not None and seat.organisation.kind == kind)
            or any(each.role_type == seat.role_type and each.organisation.kind == kind for each in roles)
        )

    def gl07(self):
        for group, terms in self.terms.items():
            if not self.is_there(group):
                continue
            if terms.review_on and terms.review_on < self.date:
                yield f"terms:{terms.pk}:review", [f"review:{terms.review_on}"]
            sitting = taking_places(each for each in self.sitting if each.seat.terms.group == group)
            present = len({each.person for each in sitting if each.seat.category in AT_THE_TABLE})
            if terms.quorum and present < terms.quorum:
                short = range(1, terms.quorum - present + 1)
                yield f"terms:{terms.pk}:quorum", [f"place:{number}" for number in short]
        for seat in self.seats():
            present = len(taking_places(each for each in self.sitting if each.seat == seat))
            if seat.quorum_of and present < seat.quorum_of:
                short = range(1, seat.quorum_of - present + 1)
                yield f"terms:{seat.terms_id}:quorum:{seat.pk}", [f"place:{number}" for number in short]

    def gl08(self):
        for network in self.then(self.register.organisations):
            if network.kind != Kind.PCN or network.pk not in self.inside:
                continue
            posts = [
                each
                for each in self.then(self.register.roles)
                if each.organisation == network and each.role_type.accountable
            ]
            held = any(each.role in posts for each in self.held)
            soon = any(
                may_be_held([each for each in self.register.appointments if each.role == post], self.date)
                for post in posts
            )
            if not held and not soon:
                yield f"organisation:{network.pk}", []

    def inside_holders(self) -> list[Appointment]:
        return [each for each in self.held if each.role.organisation_id in self.inside]

    def gl09(self):
        for held in self.inside_holders():
            if self.open_to(held.role) == OpenTo.GPS and held.person.profession not in ("", Profession.GP):
                yield f"appointment:{held.pk}", [held.person.profession]

    def gl10(self):
        for held in self.inside_holders():
            kinds = [line.funding_source.kind for line in self.then(self.register.lines) if line.appointment == held]
            if self.acts_for(held.role) == ActsFor.GENERAL_PRACTICE and set(kinds) <= {FundingKind.UNPAID}:
                yield f"appointment:{held.pk}", ["unpaid" if kinds else "unrecorded"]
        for member in self.members():
            basis = member.basis_appointment
            kinds = {line.funding_source.kind for line in self.then(self.register.lines) if line.appointment == basis}
            forbidden = [each for each in self.asked(member, Condition.NOT_PAID_FROM) if each.funding_kind in kinds]
            if basis and forbidden:
                yield self.unfit(member, [basis], forbidden)

    def asked(self, member: Membership, condition: Condition) -> list[Eligibility]:
        """The conditions of a sort that the terms in force ask of a member."""
        terms = self.terms.get(member.seat.terms.group)
        return [
            each
            for each in self.register.eligibilities
            if terms and each.terms == terms and each.condition == condition and self.applies(each, member)
        ]

    @staticmethod
    def unfit(member: Membership, held: list[Appointment], conditions: list[Eligibility]) -> tuple[str, list[str]]:
        rests_on = [f"appointment:{each.pk}" for each in held] + [f"eligibility:{each.pk}" for each in conditions]
        return f"membership:{member.pk}", rests_on

    def te01(self):
        speaking = self.speaking()
        for member in self.members():
            conditions = self.asked(member, Condition.ACTS_FOR_PRACTICES)
            if not conditions or member in speaking:
                continue
            held = [
                each
                for each in self.held
                if each.person == member.person and self.acts_for(each.role) in FOR_THE_SYSTEM
            ]
            basis = member.basis_appointment
            if held:
                yield self.unfit(member, held, conditions)
            elif member.seat.drawn_from == DrawnFrom.EXPERIENCE:
                continue
            elif basis is None:
                yield self.unfit(member, [], conditions)
            elif basis.holds(self.date) and self.acts_for(basis.role) != ActsFor.GENERAL_PRACTICE:
                yield self.unfit(member, [basis], conditions)

    def te02(self):
        for member in self.members():
            asked, is_one = self.asked(member, Condition.PROFESSION), member.person.profession
            will_do = {is_one, ANY_CLINICIAN} if is_one in CLINICIANS else {is_one}
            missed = []
            for these in ([each for each in asked if not each.seat], [each for each in asked if each.seat]):
                if not will_do & {each.profession for each in these}:
                    missed += these
            if is_one and missed:
                yield self.unfit(member, [], missed)

    def te03(self):
        for member in self.members():
            seats = {each.seat for each in self.sitting if each.person == member.person}
            conditions = [
                each
                for each in self.asked(member, Condition.NOT_ALSO_IN)
                if each.other_seat in seats and each.other_seat != member.seat
            ]
            if conditions:
                yield self.unfit(member, [], conditions)

    def te04(self):
        for member in self.members():
            terms = member.seat.terms
            limits = [each.months for each in self.asked(member, Condition.LONGEST_SERVICE)]
            if terms.term_months is not None and terms.term_limit is not None and member.seat.category in AT_THE_TABLE:
                limits.append(terms.term_months * terms.term_limit)
            theirs = [
                each
                for each in self.register.memberships
                if each.person == member.person and each.seat.terms.group == terms.group
            ]
            first = self.unbroken_from(theirs)
            exactly = [
                each
                for each in theirs
                if each.period.lower == first and each.start_precision in (Precision.DAY, Precision.MONTH)
            ]
            if limits and first and exactly and soon_after(first, min(limits)) <= self.date:
                yield f"membership:{member.pk}", []

    def unbroken_from(self, theirs: list[Membership]) -> datetime.date | None:
        """The first day of the run of memberships that holds the day; None where it has none."""
        exact = [
            each
            for each in theirs
            if each.holds(self.date) or each.end_precision not in (Precision.BY, Precision.UNKNOWN)
        ]
        day = self.date
        while True:
            eve = day - ONE_DAY
            if day == datetime.date.min or any(each.period.lower is None and each.holds(eve) for each in exact):
                return None
            if not any(each.holds(eve) for each in exact):
                return day if not any(each.period.lower is None and each.holds(day) for each in exact) else None
            day = min(each.period.lower for each in exact if each.holds(eve))

    def di01(self):
        for member in self.members():
            terms = self.terms.get(member.seat.terms.group)
            kept = terms and terms.interests != RegisterOfInterests.NONE
            recent = [
                each
                for each in self.register.declarations
                if each.person == member.person and soon_after(self.date, -12) < each.declared_on <= self.date
            ]
            if kept and member.seat.category != Category.OBSERVER and not recent:
                yield f"membership:{member.pk}", []

    def gl11(self):
        for role in self.then(self.register.roles):
            if self.over(role.organisation) and self.lies_in(role.organisation):
                holders = [f"appointment:{each.pk}" for each in self.held if each.role == role]
                yield f"role:{role.pk}", [f"organisation:{role.organisation_id}", *holders]
        for held in self.held:
            if (
                not held.role.holds(self.date)
                and self.over(held.role.organisation)
                and self.lies_in(held.role.organisation)
            ):
                yield f"appointment:{held.pk}", [f"organisation:{held.role.organisation_id}"]
        for group, terms in self.terms.items():
            for seat in self.register.seats:
                closed = seat.terms == terms and seat.organisation and self.over(seat.organisation)
                if closed and group.holds(self.date) and self.lies_in(self.place(group)):
                    yield f"seat:{seat.pk}", [f"organisation:{seat.organisation_id}"]
        for group in self.then(self.register.groups):
            closed = [body for body in (group.host, group.covers) if body and self.over(body)]
            if closed and self.lies_in(self.place(group)):
                yield f"group:{group.pk}", [f"organisation:{closed[0].pk}"]

    def gl12(self):
        leads = [
            (part.function, part.remit.role)
            for part in self.register.parts
            if part.part == Part.LEADS
            and part.remit.holds(self.date)
            and part.remit.role.holds(self.date)
            and part.remit.role.organisation_id in self.inside
        ]
        shared = {}
        for function, role in leads:
            for area in self.led_by(role):
                shared.setdefault((function.pk, area), set()).add(f"role:{role.pk}")
        said = set()
        for (function, area), roles in sorted(shared.items()):
            if len(roles) > 1 and (function, frozenset(roles)) not in said:
                said.add((function, frozenset(roles)))
                yield f"function:{function}:{area}", roles
        for need in self.then(self.register.needs):
            if need.area_id not in self.inside:
                continue
            near = self.within(need.area)
            posts = [
                part.remit.role
                for part in self.register.parts
                if part.part == Part.LEADS
                and part.function == need.function
                and part.remit.holds(self.date)
                and part.remit.role.holds(self.date)
                and self.where(part.remit.role) in near
            ]
            if not any(each.role in posts for each in self.held):
                yield f"neededfunction:{need.pk}", ["vacant" if posts else "unled"]

    def where(self, role: Role) -> int:
        """The place of a role: of one that belongs to a group, the group's."""
        group = self.group_of(role)
        return self.place(group).pk if group else role.organisation_id

    def led_by(self, role: Role) -> set[int]:
        if self.group_of(role):
            return {self.where(role)}
        covered = {
            link.other_id
            for link in self.then(self.register.links)
            if link.kind == LinkKind.COVERS and link.organisation == role.organisation
        }
        return {role.organisation_id, *covered}
