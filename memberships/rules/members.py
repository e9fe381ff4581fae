"""Rules about who sits on a group, and on what basis: GL01 to GL04."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import (
    BigIntegerField,
    Case,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    When,
)
from django.db.models.functions import Coalesce

from ics_leadership.words import list_words
from memberships.asking import FOR_THE_SYSTEM, SPEAK_FOR_GENERAL_PRACTICE
from memberships.models import Appointment, Condition, DrawnFrom
from memberships.presenters.holdings import acts_for_words
from memberships.presenters.reasons import Piece, organisation_piece, role_pieces
from memberships.presenters.terms import drawn_from_words
from memberships.rules.areas import have_one_in_common, heirs_each
from memberships.rules.findings import Finding, Page, Way
from memberships.rules.member_rule import (
    ACTING,
    BASIS_NAMED,
    THROUGH_BASIS,
    MemberRule,
    acting_from,
    clauses_words,
    conditions_on,
    held_as,
    ways_out,
)
from memberships.rules.scope import THROUGH_HELD, Scope
from memberships.rules.wording import (
    after,
    ended_words,
    held_pieces,
    listed,
    member_pieces,
    since_all,
    since_any,
    start_of,
)
from memberships.seating import AT_THE_TABLE
from roles.models import ActsFor
from roles.models.roles import remit_columns


class ConflictedMember(MemberRule):
    """A core member of a group that speaks for general practice also acts for the system or for the commissioner.

    Whoever acts for all providers, or buys from them, is not free to say what is best for practices. It is useful that
    they attend; at the table the conflict has to be known and managed.
    """

    code = "GL01"
    source = (
        "domain.md, rule 1: a core member of a group that is there to speak for general practice also holds a role that "
        "acts for the system or the commissioner. Article 001: system clinical leads should not be core members."
    )
    through = THROUGH_HELD

    def may_apply(self, group: Any) -> bool:
        return group.kind in SPEAK_FOR_GENERAL_PRACTICE

    def find(self, scope: Scope) -> Iterable[Finding]:
        conflicting = (
            Appointment.objects.as_at(scope.date)
            .with_remit(scope.date)
            .filter(acts_for__in=FOR_THE_SYSTEM)
            .annotate(**ACTING)
        )
        asked = conditions_on(scope.date).filter(condition=Condition.ACTS_FOR_PRACTICES).exclude(clause=None)
        members = (
            self.members(scope)
            .filter(
                Exists(conflicting.filter(person=OuterRef("person"))),
                seat__category__in=AT_THE_TABLE,
                seat__terms__group__kind__in=SPEAK_FOR_GENERAL_PRACTICE,
            )
            .annotate(clauses=ArraySubquery(asked.order_by("order").values("clause__number")))
        )
        for member in members.prefetch_related(held_as(conflicting, "conflicting")):
            held = member.person.conflicting
            yield self.finding(
                scope,
                member,
                held,
                member_pieces(member),
                ", is " if member.basis_appointment_id in {each.pk for each in held} else ", is also ",
                listed(held_pieces(each) for each in held),
                f". {'That role acts' if len(held) == 1 else 'Those roles act'} ",
                f"{list_words(sorted({acts_for_words(each.acts_for) for each in held}))}.",
                f" The terms{clauses_words(member.clauses)} ask that members act for general practice alone."
                if member.clauses
                else "",
                since=since_any(since_all(start_of(member), start_of(each), acting_from(each)) for each in held),
                ways=(
                    Way("Let them attend instead of being a core member", Page.CHANGE_MEMBERSHIP, member.pk),
                    *ways_out(member, held),
                ),
            )


class KeptOffMember(MemberRule):
    """A core member is employed or engaged by a body whose people the group's terms keep off.

    The terms keep them off so that the group can differ from that body. That the body pays for the group is another
    matter, and ordinary.
    """

    code = "GL02"
    source = (
        "domain.md, rule 2: a core member is employed or engaged by the ICB (as employer, not merely as payer of a "
        "group), where the terms keep such people off. Article 001: nobody employed by the ICB is on the group."
    )
    through = THROUGH_HELD

    def may_apply(self, group: Any) -> bool:
        return Condition.NOT_ENGAGED_BY in group.conditions

    def find(self, scope: Scope) -> Iterable[Finding]:
        conditions = conditions_on(scope.date).filter(condition=Condition.NOT_ENGAGED_BY)
        heirs = conditions.annotate(
            heir=Func(heirs_each(F("organisation"), scope.date), function="unnest", output_field=BigIntegerField())
        )
        members = (
            self.members(scope)
            .filter(Exists(conditions))
            .annotate(
                clauses=ArraySubquery(conditions.exclude(clause=None).order_by("order").values("clause__number")),
                keeping_off=ArraySubquery(conditions.order_by("organisation").values("organisation").distinct()),
                kept_off=ArraySubquery(heirs.order_by().values("heir")),
            )
        )
        # Where nobody is recorded as employer, the body that a role belongs to engages its holder; but the host of a
        # group does not employ its chair.
        host = Case(When(role__of_group=None, then=F("role__organisation")))
        engaged = Appointment.objects.as_at(scope.date).annotate(
            engaged_by=heirs_each(Coalesce("employer", host), scope.date)
        )
        theirs = engaged.filter(have_one_in_common(F("engaged_by"), OuterRef("kept_off")), person=OuterRef("person"))
        for member in members.filter(Exists(theirs)).prefetch_related(held_as(engaged, "engagements")):
            held = [each for each in member.person.engagements if set(each.engaged_by) & set(member.kept_off)]
            yield self.finding(
                scope,
                member,
                held,
                member_pieces(member),
                ", is ",
                listed(engagement(each) for each in held),
                f". The group’s terms{clauses_words(member.clauses)} keep such people off.",
                since=since_any(since_all(start_of(member), start_of(each)) for each in held),
                keeping_off=member.keeping_off,
                ways=ways_out(member, held),
            )


class UnfittingBasis(MemberRule):
    """A core seat of a group that speaks for general practice is held on a basis that does not act for general practice.

    Core members decide on behalf of their practices; unless the terms say that a seat is for experience, whoever holds
    it does so by virtue of a role that acts for practices.
    """

    code = "GL03"
    source = (
        "domain.md, rule 3: a core seat is held on a basis that does not act for general practice (unless the terms say "
        "that the seat is for experience). Article 001: core membership is for those who act on behalf of their practices."
    )
    through = THROUGH_BASIS

    def may_apply(self, group: Any) -> bool:
        return group.kind in SPEAK_FOR_GENERAL_PRACTICE

    def find(self, scope: Scope) -> Iterable[Finding]:
        not_for_practices = [value for value in ActsFor if value != ActsFor.GENERAL_PRACTICE]
        members = (
            self.members(scope)
            .annotate(**remit_columns(scope.date, "basis_appointment__role"), **ACTING)
            .filter(
                # A basis that is not held on the day is a matter of its own.
                Q(basis_appointment=None)
                | Q(acts_for__in=not_for_practices, basis_appointment__period__contains=scope.date),
                seat__category__in=AT_THE_TABLE,
                seat__terms__group__kind__in=SPEAK_FOR_GENERAL_PRACTICE,
            )
            .exclude(seat__drawn_from=DrawnFrom.EXPERIENCE)
            .select_related(*BASIS_NAMED, "seat__role_type", "seat__organisation")
        )
        for member in members:
            basis = member.basis_appointment
            by_virtue = (
                [
                    Piece("by virtue of being "),
                    *held_pieces(basis),
                    Piece(f"; that acts {acts_for_words(member.acts_for)}"),
                ]
                if basis
                else [Piece("for experience")]
            )
            yield self.finding(
                scope,
                member,
                [basis] if basis else [],
                member_pieces(member),
                ", sits ",
                by_virtue,
                f". The seat is drawn from {drawn_from_words(member.seat)}.",
                since=since_all(start_of(member), *([start_of(basis), acting_from(member)] if basis else [])),
                ways=(
                    Way("Record another basis on which they sit", Page.CHANGE_MEMBERSHIP, member.pk),
                    Way("End their membership", Page.END_MEMBERSHIP, member.pk),
                    Way("Adopt terms that give the seat to experience", Page.NEW_TERMS, member.seat.terms.group_id),
                ),
            )


class BasisEnded(MemberRule):
    """The appointment by virtue of which somebody sits has ended, but their membership has not.

    They may no longer speak for those whom they sat for, and whoever came after them may have no seat.
    """

    code = "GL04"
    source = "domain.md, rule 4: the appointment on which a membership rests has ended, the membership has not."
    through = THROUGH_BASIS

    def find(self, scope: Scope) -> Iterable[Finding]:
        members = self.members(scope).filter(basis_appointment__period__fully_lt=DateRange(scope.date, None))
        for member in members.select_related(*BASIS_NAMED):
            basis = member.basis_appointment
            yield self.finding(
                scope,
                member,
                [basis],
                member_pieces(member),
                ", sits by virtue of having been ",
                role_pieces(basis.role),
                f". That ended{ended_words(basis)}.",
                since=since_all(after(basis), start_of(member)),
                ways=(
                    Way("End their membership", Page.END_MEMBERSHIP, member.pk),
                    Way("Record another basis on which they sit", Page.CHANGE_MEMBERSHIP, member.pk),
                    Way("Correct when the appointment ended", Page.CHANGE_APPOINTMENT, basis.pk),
                ),
            )


def engagement(appointment: Appointment) -> list[Piece]:
    """How somebody is engaged: "employed by … as …, since …", or "… of …, since …" where no employer is recorded."""
    if not appointment.employer:
        return held_pieces(appointment)
    return [Piece("employed by "), organisation_piece(appointment.employer), Piece(" as "), *held_pieces(appointment)]
