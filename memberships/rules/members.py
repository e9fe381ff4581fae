"""Rules about who sits on a group, and on what basis: GL01 to GL04."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    When,
)
from django.db.models.functions import Coalesce

from ics_leadership.periods import PartialDate, Precision
from ics_leadership.words import list_words
from memberships.asking import FOR_THE_SYSTEM, SPEAK_FOR_GENERAL_PRACTICE
from memberships.models import Appointment, Condition, DrawnFrom, Eligibility, Membership
from memberships.presenters.holdings import acts_for_words
from memberships.presenters.reasons import Piece, organisation_piece, role_pieces
from memberships.presenters.terms import drawn_from_words
from memberships.rules.areas import have_one_in_common, heirs_each
from memberships.rules.findings import Finding, Page, Way
from memberships.rules.rule import Rule
from memberships.rules.scope import Paths, Scope
from memberships.rules.wording import (
    ALWAYS,
    after,
    ended_words,
    held_pieces,
    listed,
    member_pieces,
    sentence,
    since_all,
    since_any,
    start_of,
)
from memberships.seating import AT_THE_TABLE
from roles.models import ActsFor
from roles.models.roles import remit_columns

THROUGH_HELD: Paths = {
    "people": ("person",),
    "groups": ("seat__terms__group",),
    "roles": ("person__appointments__role",),
    "organisations": (
        "person__appointments__role__organisation",
        "person__appointments__employer",
        "seat__terms__group__terms__eligibilities__organisation",
    ),
}
"""Whom and what a membership may concern by what its member holds, and by the terms of its group."""

THROUGH_BASIS: Paths = {
    "people": ("person",),
    "groups": ("seat__terms__group",),
    "roles": ("basis_appointment__role",),
    "organisations": ("basis_appointment__role__organisation",),
}
"""Whom and what a membership may concern by the appointment that it rests on."""

_BASIS_NAMED = ("basis_appointment__role__organisation", "basis_appointment__role__of_group__group")


class MemberRule(Rule):
    """A rule about one membership and what its member holds."""

    def finding(
        self,
        scope: Scope,
        member: Any,
        appointments: Sequence[Appointment],
        *pieces: str | Iterable[Piece],
        since: PartialDate | None,
        ways: Iterable[Way],
        keeping_off: Sequence[int] = (),
    ) -> Finding:
        """What follows from a membership, `appointments` of its member, and terms that keep off the people of bodies."""
        bodies = {each.role.organisation_id for each in appointments} | {each.employer_id for each in appointments}
        return Finding(
            code=self.code,
            as_at=scope.date,
            about=f"membership:{member.pk}",
            rests_on=(
                *(f"appointment:{each.pk}" for each in appointments),
                *(f"organisation:{each}" for each in keeping_off),
            ),
            pieces=sentence(*pieces),
            place=member.place,
            people=frozenset({member.person_id}),
            roles=frozenset(each.role_id for each in appointments),
            groups=frozenset({member.seat.terms.group_id}),
            organisations=frozenset(body for body in {*bodies, *keeping_off} if body),
            since=since,
            ways=tuple(ways),
        )


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

    def find(self, scope: Scope) -> Iterable[Finding]:
        conflicting = (
            Appointment.objects.as_at(scope.date)
            .with_remit(scope.date)
            .filter(acts_for__in=FOR_THE_SYSTEM)
            .annotate(**_ACTING)
        )
        members = scope.narrow(scope.members(), THROUGH_HELD).filter(
            Exists(conflicting.filter(person=OuterRef("person"))),
            seat__category__in=AT_THE_TABLE,
            seat__terms__group__kind__in=SPEAK_FOR_GENERAL_PRACTICE,
        )
        for member in members.prefetch_related(_held(conflicting, "conflicting")):
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
                since=since_any(since_all(start_of(member), start_of(each), _acting_from(each)) for each in held),
                ways=(
                    Way("Let them attend instead of being a core member", Page.CHANGE_MEMBERSHIP, member.pk),
                    *_ways_out(member, held),
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

    def find(self, scope: Scope) -> Iterable[Finding]:
        conditions = conditions_on(scope.date).filter(condition=Condition.NOT_ENGAGED_BY)
        heirs = conditions.annotate(
            heir=Func(heirs_each(F("organisation"), scope.date), function="unnest", output_field=BigIntegerField())
        )
        members = (
            scope.narrow(scope.members(), THROUGH_HELD)
            .filter(Exists(conditions))
            .annotate(
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
        for member in members.filter(Exists(theirs)).prefetch_related(_held(engaged, "engagements")):
            held = [each for each in member.person.engagements if set(each.engaged_by) & set(member.kept_off)]
            yield self.finding(
                scope,
                member,
                held,
                member_pieces(member),
                ", is ",
                listed(_engagement(each) for each in held),
                ". The group’s terms keep such people off.",
                since=since_any(since_all(start_of(member), start_of(each)) for each in held),
                keeping_off=member.keeping_off,
                ways=_ways_out(member, held),
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

    def find(self, scope: Scope) -> Iterable[Finding]:
        not_for_practices = [value for value in ActsFor if value != ActsFor.GENERAL_PRACTICE]
        members = (
            scope.narrow(scope.members(), THROUGH_BASIS)
            .annotate(**remit_columns(scope.date, "basis_appointment__role"), **_ACTING)
            .filter(
                # A basis that is not held on the day is a matter of its own.
                Q(basis_appointment=None)
                | Q(acts_for__in=not_for_practices, basis_appointment__period__contains=scope.date),
                seat__category__in=AT_THE_TABLE,
                seat__terms__group__kind__in=SPEAK_FOR_GENERAL_PRACTICE,
            )
            .exclude(seat__drawn_from=DrawnFrom.EXPERIENCE)
            .select_related(*_BASIS_NAMED, "seat__role_type", "seat__organisation")
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
                since=since_all(start_of(member), *([start_of(basis), _acting_from(member)] if basis else [])),
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

    def find(self, scope: Scope) -> Iterable[Finding]:
        members = scope.narrow(scope.members(), THROUGH_BASIS).filter(
            basis_appointment__period__fully_lt=DateRange(scope.date, None)
        )
        for member in members.select_related(*_BASIS_NAMED):
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


def conditions_on(date: datetime.date) -> QuerySet[Eligibility]:
    """Of a membership that an outer query names: the conditions of the terms in force that its member has to fulfil."""
    return Eligibility.objects.annotate(
        category=ExpressionWrapper(OuterRef("seat__category"), output_field=CharField())
    ).filter(
        Q(seat=OuterRef("seat")) | Q(seat=None, category__in=AT_THE_TABLE),
        terms__group=OuterRef("seat__terms__group"),
        terms__period__contains=date,
    )


_ACTING = {"acting_from": F("remit__period__startswith"), "acting_precision": F("remit__start_precision")}


def _acting_from(row: Any) -> PartialDate:
    """Since when a role has acted as it does: since the version of its remit that is in force, if any is."""
    return PartialDate(row.acting_from, Precision(row.acting_precision)) if row.acting_from else ALWAYS


def _held(appointments: QuerySet[Appointment], name: str) -> Prefetch[Any]:
    """The appointments of a membership's person, with what a sentence says of them, as `person.<name>`."""
    named = appointments.select_related("role__organisation", "role__of_group__group", "employer")
    return Prefetch("person__appointments", named.order_by("period", "pk"), to_attr=name)


def _engagement(appointment: Appointment) -> list[Piece]:
    """How somebody is engaged: "employed by … as …, since …", or "… of …, since …" where no employer is recorded."""
    if not appointment.employer:
        return held_pieces(appointment)
    return [Piece("employed by "), organisation_piece(appointment.employer), Piece(" as "), *held_pieces(appointment)]


def _ways_out(member: Membership, held: Iterable[Appointment]) -> list[Way]:
    return [
        Way("End their membership", Page.END_MEMBERSHIP, member.pk),
        *(Way(f"End their time as {each.role.title}", Page.END_APPOINTMENT, each.pk) for each in held),
    ]
