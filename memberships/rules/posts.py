"""Rules about roles, who holds them, and who pays for them: GL08 to GL10."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from ics_leadership.periods import PartialDate
from memberships.models import CLINICIANS, Appointment, FundingLine, Profession
from memberships.presenters.posts import may_be_held
from memberships.presenters.reasons import Piece, organisation_piece, person_piece
from memberships.rules.eligibility import PaidAsForbidden
from memberships.rules.findings import Finding, Page, Way
from memberships.rules.rule import Rule
from memberships.rules.scope import Paths, Scope
from memberships.rules.wording import after, ended_words, held_pieces, sentence, since_all, since_any, start_of
from organisations.models import Kind, Organisation
from roles.models import ActsFor, FundingKind, OpenTo, Role


class NetworkWithoutDirector(Rule):
    """A primary care network has no named accountable clinical director.

    Systems engage primary care through the accountable clinical director of each network; a network without one is
    heard by nobody.
    """

    code = "GL08"
    source = (
        "domain.md, rule 8: a PCN has no named accountable clinical director. Article 002: every ICS is to engage primary "
        "care through a named accountable clinical director of each PCN."
    )

    def find(self, scope: Scope) -> Iterable[Finding]:
        accountable = Role.objects.as_at(scope.date).filter(role_type__accountable=True)
        directed = Appointment.objects.as_at(scope.date).filter(
            role__role_type__accountable=True, role__period__contains=scope.date
        )
        # All that is held is read once: asked network by network, it cost ten times as much.
        networks = Organisation.objects.as_at(scope.date).filter(
            scope.holds("pk"), ~Q(pk__in=directed.values("role__organisation")), kind=Kind.PCN
        )
        everyone: Any = Prefetch(
            "appointments", Appointment.objects.select_related("person").order_by("period", "pk"), to_attr="held_ever"
        )
        roles: Any = Prefetch("roles", accountable.prefetch_related(everyone), to_attr="accountable_then")
        narrowed: Any = scope.narrow(networks, {"organisations": ("pk",), "roles": ("roles",)})
        for network in narrowed.prefetch_related(roles).order_by("name", "pk"):
            posts = network.accountable_then
            # Whoever is only known to hold it by some later day may hold it already.
            if any(may_be_held(post.held_ever, scope.date) for post in posts):
                continue
            yield self._finding(scope, network, posts)

    def _finding(self, scope: Scope, network: Organisation, posts: list[Any]) -> Finding:
        left = [
            each for post in posts for each in post.held_ever if each.period.upper and each.period.upper <= scope.date
        ]
        last = max(left, key=lambda each: each.period.upper, default=None)
        if last:
            known: list[str | list[Piece]] = [" ", [person_piece(last.person)], f" left{ended_words(last)}."]
        else:
            known = [" No holder is recorded." if posts else " No such role is recorded."]
        return Finding(
            code=self.code,
            as_at=scope.date,
            about=f"organisation:{network.pk}",
            pieces=sentence([organisation_piece(network)], " has no named accountable clinical director.", *known),
            place=network.pk,
            roles=frozenset(post.pk for post in posts),
            organisations=frozenset({network.pk}),
            since=since_all(start_of(network), after(last) if last else since_any(start_of(post) for post in posts))
            if posts
            else None,
            ways=tuple(Way("Record who is appointed", Page.APPOINT, post.pk) for post in posts)
            or (Way("Record the role", Page.ADD_ROLE, network.pk),),
        )


# Of whom no profession is recorded, nothing is claimed.
CLOSED_TO_HOLDER = ~Q(person__profession="") & (
    Q(open_to=OpenTo.GPS) & ~Q(person__profession=Profession.GP)
    | Q(open_to=OpenTo.CLINICIANS) & ~Q(person__profession__in=CLINICIANS)
)
"""Of appointments `with_remit`: that the role is not open to people of its holder's profession."""


def not_open_to_holder(scope: Scope) -> QuerySet[Any]:
    """The appointments of that day to roles inside that are not open to whoever holds them."""
    return scope.holders.filter(CLOSED_TO_HOLDER)


HOLDING: Paths = {"people": ("person",), "roles": ("role",), "organisations": ("role__organisation",)}
"""Whom and what an appointment may concern."""


class HolderRule(Rule):
    """A rule about one appointment to a role inside."""

    def held(self, scope: Scope) -> QuerySet[Any]:
        """The appointments of that day to roles inside, with what their remits of the day say."""
        named = scope.holders.select_related("person", "role__organisation", "role__of_group__group")
        return scope.narrow(named, HOLDING).order_by("role__title", "person__family_name", "pk")

    def finding(
        self,
        scope: Scope,
        appointment: Appointment,
        *words: str,
        since: PartialDate | None,
        ways: Iterable[Way],
        rests_on: tuple[str, ...] = (),
    ) -> Finding:
        """What follows from an appointment: "Dr Amina Yusuf, Place Director of Wexmoor, since 2024" and `words`."""
        return Finding(
            code=self.code,
            as_at=scope.date,
            about=f"appointment:{appointment.pk}",
            rests_on=rests_on,
            pieces=sentence([person_piece(appointment.person)], " is ", held_pieces(appointment), *words),
            place=appointment.role.organisation_id,
            people=frozenset({appointment.person_id}),
            roles=frozenset({appointment.role_id}),
            organisations=frozenset({appointment.role.organisation_id}),
            since=since,
            ways=tuple(ways),
        )


class HolderNotGP(HolderRule):
    """A role that is open to GPs only is held by somebody who is not a GP.

    Such a post was made for a GP, by contract or by the terms of a body of practices; either the holder or what the
    register says of the post is not what was meant.
    """

    code = "GL09"
    source = "domain.md, rule 9: a role open to GPs only is held by someone who is not a GP."

    def may_find(self, scope: Scope) -> bool:
        return scope.looks_for(HOLDING)

    def find(self, scope: Scope) -> Iterable[Finding]:
        for held in self.held(scope).filter(CLOSED_TO_HOLDER, open_to=OpenTo.GPS):
            profession = held.person.get_profession_display()
            yield self.finding(
                scope,
                held,
                f". The role is open to GPs only; recorded as profession: {profession[:1].lower()}{profession[1:]}.",
                rests_on=(held.person.profession,),
                since=start_of(held),
                ways=(
                    Way("Say to whom the role is open", Page.CHANGE_ROLE, held.role_id),
                    Way("Correct the person’s profession", Page.CORRECT_PERSON, held.person_id),
                    Way("End the appointment", Page.END_APPOINTMENT, held.pk),
                ),
            )


class LeaderUnpaid(HolderRule):
    """A leader who acts for general practice is unpaid or has no payer recorded, or is paid as their group’s terms forbid.

    Since commissioning groups ended there is no obvious source of pay outside the networks' directors; who leads for
    nothing may not be able to go on, and who pays unseen may expect something for it.
    """

    code = "GL10"
    source = (
        "domain.md, rule 10: a leader who acts for general practice has no payer recorded or is unpaid; is paid in a way "
        "that the group’s terms forbid. Article 000: "
        "outside PCN clinical directors there is no obvious source of pay."
    )

    def find(self, scope: Scope) -> Iterable[Finding]:
        if scope.looks_for(HOLDING):
            yield from self._unpaid(scope)
        if PaidAsForbidden().may_find(scope):
            yield from PaidAsForbidden().find(scope)

    def _unpaid(self, scope: Scope) -> Iterable[Finding]:
        lines = FundingLine.objects.as_at(scope.date).filter(appointment=OuterRef("pk"))
        paid = lines.exclude(funding_source__kind=FundingKind.UNPAID)
        unpaid: Any = Prefetch(
            "funding_lines",
            FundingLine.objects.as_at(scope.date).filter(funding_source__kind=FundingKind.UNPAID).order_by("period"),
            to_attr="unpaid_then",
        )
        leaders = self.held(scope).filter(~Exists(paid), acts_for=ActsFor.GENERAL_PRACTICE)
        for held in leaders.prefetch_related(unpaid):
            yield self.finding(
                scope,
                held,
                " and acts for general practice: ",
                "unpaid." if held.unpaid_then else "nobody is recorded as paying for it.",
                rests_on=("unpaid" if held.unpaid_then else "unrecorded",),
                since=start_of(held.unpaid_then[0]) if held.unpaid_then else None,
                ways=(Way("Record who pays", Page.FUND_APPOINTMENT, held.pk),),
            )
