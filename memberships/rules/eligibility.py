"""Rules that a group gives itself: the conditions of eligibility of its terms in force, TE01 to TE04.

That somebody is employed by a body that the terms keep off is GL02. Of a core seat of a group that speaks for general
practice, GL01 and GL03 say already that its holder does not act for practices alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, DateField, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Least

from ics_leadership.periods import PartialDate, Precision
from ics_leadership.words import day_words, list_words
from memberships.asking import FOR_THE_SYSTEM, SPEAK_FOR_GENERAL_PRACTICE
from memberships.models import (
    ANY_CLINICIAN,
    CLINICIANS,
    Appointment,
    Condition,
    DrawnFrom,
    Eligibility,
    FundingLine,
    Membership,
    Person,
)
from memberships.presenters.holdings import acts_for_words
from memberships.presenters.reasons import Piece
from memberships.presenters.terms import months_words, uncapital
from memberships.rules.findings import Finding, Page, Way
from memberships.rules.member_rule import (
    BASIS_NAMED,
    THROUGH_BASIS,
    MemberRule,
    clauses_words,
    conditions_on,
    held_as,
    ways_out,
)
from memberships.rules.scope import THROUGH_HELD, Paths, Scope
from memberships.rules.seats import months_after
from memberships.rules.wording import held_pieces, listed, member_pieces, since_all, since_any, start_of
from memberships.seating import AT_THE_TABLE
from roles.models import ActsFor

THEMSELVES: Paths = {"people": ("person",), "groups": ("seat__terms__group",)}


def clause_words(conditions: Sequence[Eligibility]) -> str:
    """The clauses that set conditions, after "The terms": " (clause 7)"; nothing where they are tied to none."""
    return clauses_words([each.clause.number for each in conditions if each.clause])


class ConditionRule(MemberRule):
    """A rule about members who do not fulfil a condition of the terms in force."""

    condition: ClassVar[Condition]

    def may_apply(self, group: Any) -> bool:
        return self.condition in group.conditions

    def members_under(self, scope: Scope, conditions: QuerySet[Eligibility]) -> QuerySet[Any]:
        """Members of whom `conditions` (of `conditions_on`) ask something, with the ids of those as `condition_ids`."""
        return (
            self.members(scope)
            .filter(Exists(conditions))
            .annotate(condition_ids=ArraySubquery(conditions.order_by("order").values("pk")))
        )

    def with_conditions(self, members: QuerySet[Any]) -> list[Any]:
        """The members, each with what it is asked as `conditions`."""
        found = list(members)
        named = Eligibility.objects.select_related("clause", "seat", "other_seat", "organisation").in_bulk(
            {pk for member in found for pk in member.condition_ids}
        )
        for member in found:
            member.conditions = [named[pk] for pk in member.condition_ids]
        return found


class NotForPractices(ConditionRule):
    """The terms ask that members act for general practice alone, and somebody acts for the system or the commissioner too,
    or sits on a basis that acts for others.

    What the group agreed about itself is the first thing that it can be held to.
    """

    code = "TE01"
    source = "The group’s own terms: members act for general practice, and not for the system or the commissioner."
    through = THROUGH_HELD
    condition = Condition.ACTS_FOR_PRACTICES

    def find(self, scope: Scope) -> Iterable[Finding]:
        conflicting: Any = Appointment.objects.as_at(scope.date).with_remit(scope.date)
        conflicting = conflicting.filter(acts_for__in=FOR_THE_SYSTEM)
        otherwise = Appointment.objects.as_at(scope.date).with_remit(scope.date)
        otherwise = otherwise.exclude(acts_for=ActsFor.GENERAL_PRACTICE).filter(pk=OuterRef("basis_appointment"))
        conditions = conditions_on(scope.date).filter(condition=self.condition)
        members = (
            self.members_under(scope, conditions)
            .exclude(seat__category__in=AT_THE_TABLE, seat__terms__group__kind__in=SPEAK_FOR_GENERAL_PRACTICE)
            .filter(
                Exists(conflicting.filter(person=OuterRef("person")))
                | ~Q(seat__drawn_from=DrawnFrom.EXPERIENCE) & (Exists(otherwise) | Q(basis_appointment=None))
            )
            .select_related(*BASIS_NAMED)
            .prefetch_related(held_as(conflicting, "conflicting"))
        )
        for member in self.with_conditions(members):
            held, basis = member.person.conflicting, member.basis_appointment
            if held:
                said: list[str | Iterable[Piece]] = [
                    ", is ",
                    listed(held_pieces(each) for each in held),
                    ", and so acts ",
                ]
                said.append(list_words(sorted({acts_for_words(each.acts_for) for each in held})))
            elif basis:
                held = [basis]
                said = [", sits by virtue of being ", held_pieces(basis), ", which does not act for general practice"]
            else:
                said = [", sits for experience"]
            yield self.finding(
                scope,
                member,
                held,
                member_pieces(member),
                *said,
                f". The terms{clause_words(member.conditions)} ask that members act for general practice alone.",
                since=since_any(since_all(start_of(member), start_of(each)) for each in held)
                if held
                else start_of(member),
                conditions=member.conditions,
                ways=(
                    Way("Record another basis on which they sit", Page.CHANGE_MEMBERSHIP, member.pk),
                    *ways_out(member, held),
                    Way("Adopt terms without this condition", Page.NEW_TERMS, member.seat.terms.group_id),
                ),
            )


class OtherProfession(ConditionRule):
    """The terms ask for a profession that a member does not have.

    Where the terms name several for everybody, or for one seat, one of them will do; what they ask for a seat is asked beside
    what they ask of everybody. Of whom no profession is recorded, nothing is claimed.
    """

    code = "TE02"
    source = "The group’s own terms: who may be a member, by profession."
    through = THEMSELVES
    condition = Condition.PROFESSION

    def find(self, scope: Scope) -> Iterable[Finding]:
        asked = conditions_on(scope.date).filter(condition=self.condition)
        of_everybody, for_a_seat = asked.filter(seat=None), asked.exclude(seat=None)
        members = self.members_under(scope, asked).exclude(person__profession="")
        members = members.filter(_have_none_of(of_everybody) | _have_none_of(for_a_seat))
        for member in self.with_conditions(members):
            together = [
                [each for each in member.conditions if (each.seat is None) == of_all] for of_all in (True, False)
            ]
            missed = [these for these in together if these and not any(_is_met(each, member.person) for each in these)]
            member.conditions = [each for these in missed for each in these]
            wanted = [" or ".join(uncapital(each.get_profession_display()) for each in these) for these in missed]
            profession = member.person.get_profession_display()
            yield self.finding(
                scope,
                member,
                [],
                member_pieces(member),
                f", is recorded as profession: {uncapital(profession)}. The terms{clause_words(member.conditions)} ask for "
                f"{', and for '.join(wanted)}.",
                since=start_of(member),
                conditions=member.conditions,
                ways=(
                    Way("Correct the person’s profession", Page.CORRECT_PERSON, member.person_id),
                    Way("End their membership", Page.END_MEMBERSHIP, member.pk),
                ),
            )


def _have_none_of(asked: QuerySet[Eligibility]) -> Q:
    """Whether professions are asked of a member, and theirs is none of them."""
    theirs = asked.filter(profession=OuterRef("person__profession"))
    any_clinician = Q(Exists(asked.filter(profession=ANY_CLINICIAN)), person__profession__in=CLINICIANS)
    return Q(Exists(asked)) & ~Q(Exists(theirs)) & ~any_clinician


def _is_met(condition: Eligibility, person: Person) -> bool:
    """Whether somebody has the profession that a condition asks for."""
    if condition.profession == ANY_CLINICIAN:
        return person.profession in CLINICIANS
    return bool(condition.profession == person.profession)


class AlsoInAnotherSeat(ConditionRule):
    """Somebody has two seats that the terms do not let one person have.

    Offices are kept apart so that one checks the other.
    """

    code = "TE03"
    source = "The group’s own terms: whoever has this seat does not also have that."
    through = THEMSELVES
    condition = Condition.NOT_ALSO_IN

    def find(self, scope: Scope) -> Iterable[Finding]:
        there = Membership.objects.as_at(scope.date).filter(person=OuterRef(OuterRef("person"))).values("seat")
        asked = conditions_on(scope.date).filter(condition=self.condition, other_seat__in=there)
        members = self.members_under(scope, asked.exclude(other_seat=OuterRef("seat")))
        for member in self.with_conditions(members):
            seats = [f"“{each.other_seat.title}”" for each in member.conditions]
            yield self.finding(
                scope,
                member,
                [],
                member_pieces(member),
                f", also has the seat {list_words(seats)}. The terms{clause_words(member.conditions)} do not allow both.",
                since=None,
                conditions=member.conditions,
                ways=(Way("End their membership", Page.END_MEMBERSHIP, member.pk),),
            )


class ServedTooLong(MemberRule):
    """Somebody has served on a group for longer without a break than its terms allow.

    A limit is there so that others come forward; it counts from the first day of unbroken membership, in whatever seat.
    """

    code = "TE04"
    source = "The group’s own terms: the longest service, or how many terms in a row somebody may serve."
    through = THEMSELVES
    condition = Condition.LONGEST_SERVICE

    def may_apply(self, group: Any) -> bool:
        return group.limited or self.condition in group.conditions

    def find(self, scope: Scope) -> Iterable[Finding]:
        longest = conditions_on(scope.date).filter(condition=self.condition).order_by("months")
        in_a_row = Case(
            When(seat__category__in=AT_THE_TABLE, then=F("seat__terms__term_months") * F("seat__terms__term_limit")),
            output_field=IntegerField(),
        )
        shortest = Subquery(longest.values("months")[:1], output_field=IntegerField())
        exact = (Precision.DAY, Precision.MONTH)
        exactly = Membership.objects.filter(
            person=OuterRef("person"),
            seat__terms__group=OuterRef("seat__terms__group"),
            period__startswith=OuterRef("served_from"),
            start_precision__in=exact,
        )
        from_the_day = Q(period__startswith=F("served_from"), start_precision__in=exact)
        members: Any = (
            self.members(scope)
            # Of two limits the database takes the one that is said.
            .annotate(served_from=_unbroken_from(scope), most=Least(shortest, in_a_row))
            .annotate(over=months_after(F("served_from"), F("most")))
            # Their own row begins on a day that is known where they are only supposed to sit, and is in no table then.
            .filter(Exists(exactly) | from_the_day, over__lte=scope.date)
        )
        for member in members:
            yield self.finding(
                scope,
                member,
                [],
                member_pieces(member),
                f", has served without a break since {day_words(member.served_from)}. The terms allow "
                f"{months_words(member.most)}.",
                since=PartialDate(member.over),
                ways=(
                    Way("End their membership", Page.END_MEMBERSHIP, member.pk),
                    Way("Record who follows", Page.FILL_SEAT, member.seat_id),
                    Way("Adopt terms with another limit", Page.NEW_TERMS, member.seat.terms.group_id),
                ),
            )


_UNBROKEN_SQL = """(
    SELECT lower(run) FROM (
        SELECT unnest(coalesce(range_agg(theirs.period), '{{}}') + '{{[{date},{date}]}}') AS run
        FROM memberships_membership AS theirs
        JOIN memberships_seat AS seat ON seat.id = theirs.seat_id
        JOIN memberships_terms AS terms ON terms.id = seat.terms_id
        WHERE (theirs.person_id, terms.group_id) = (%(expressions)s)
        AND (theirs.period @> '{date}'::date OR theirs.end_precision NOT IN ('by', 'unknown'))
    ) AS runs WHERE run @> '{date}'::date
)"""


class PaidAsForbidden(ConditionRule):
    """The basis of somebody’s membership is paid from money that the terms rule out; the third part of GL10."""

    code = "GL10"
    source = "domain.md, rule 10."
    through = THROUGH_BASIS
    condition = Condition.NOT_PAID_FROM

    def find(self, scope: Scope) -> Iterable[Finding]:
        lines = FundingLine.objects.as_at(scope.date).filter(appointment=OuterRef(OuterRef("basis_appointment")))
        asked = conditions_on(scope.date).filter(
            condition=self.condition, funding_kind__in=lines.values("funding_source__kind")
        )
        members = self.members_under(scope, asked).select_related(*BASIS_NAMED)
        for member in self.with_conditions(members):
            kinds = [uncapital(each.get_funding_kind_display()) for each in member.conditions]
            yield self.finding(
                scope,
                member,
                [member.basis_appointment],
                member_pieces(member),
                ", sits by virtue of being ",
                held_pieces(member.basis_appointment),
                f"; that is paid from {list_words(kinds)}. The terms{clause_words(member.conditions)} rule that out.",
                since=None,
                conditions=member.conditions,
                ways=(
                    Way("Record who pays", Page.FUND_APPOINTMENT, member.basis_appointment_id),
                    Way("Record another basis on which they sit", Page.CHANGE_MEMBERSHIP, member.pk),
                    Way("Adopt terms without this condition", Page.NEW_TERMS, member.seat.terms.group_id),
                ),
            )


def _unbroken_from(scope: Scope) -> Func:
    """The first day of a member's unbroken run of memberships in the group, as `presenters.sitting.member_since` has it:
    where nobody knows on which day an earlier one ended, nothing is claimed about the time between. The day itself always
    counts: whoever is only supposed to sit has no membership that holds it.
    """
    template = _UNBROKEN_SQL.format(date=scope.date.isoformat())
    return Func(F("person_id"), F("seat__terms__group_id"), template=template, output_field=DateField())
