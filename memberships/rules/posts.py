"""Rules about roles, who holds them, who pays for them and what they lead: GL08 to GL10, and GL12."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from ics_leadership.periods import PartialDate
from memberships.models import Appointment, FundingLine, Profession
from memberships.presenters.posts import may_be_held
from memberships.presenters.reasons import Piece, organisation_piece, person_piece, role_pieces
from memberships.rules.findings import Finding, Page, Way
from memberships.rules.rule import Rule
from memberships.rules.scope import Paths, Scope
from memberships.rules.wording import after, ended_words, held_pieces, listed, sentence, since_all, since_any, start_of
from organisations.models import Kind, Link, LinkKind, Organisation
from roles.models import ActsFor, Function, FundingKind, OpenTo, Part, RemitFunction, Role


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


class HolderRule(Rule):
    """A rule about one appointment to a role inside."""

    def held(self, scope: Scope) -> QuerySet[Any]:
        """The appointments of that day to roles inside, with what their remits of the day say."""
        paths: Paths = {"people": ("person",), "roles": ("role",), "organisations": ("role__organisation",)}
        rows = Appointment.objects.as_at(scope.date).with_remit(scope.date).filter(scope.holds("role__organisation"))
        named = rows.select_related("person", "role__organisation", "role__of_group__group")
        return scope.narrow(named, paths).order_by("role__title", "person__family_name", "pk")

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

    def find(self, scope: Scope) -> Iterable[Finding]:
        # Of whom no profession is recorded, nothing is claimed.
        for held in self.held(scope).filter(open_to=OpenTo.GPS).exclude(person__profession__in=["", Profession.GP]):
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
    """A leader who acts for general practice is unpaid, or nobody is recorded as paying for them.

    Since commissioning groups ended there is no obvious source of pay outside the networks' directors; who leads for
    nothing may not be able to go on, and who pays unseen may expect something for it.
    """

    code = "GL10"
    source = (
        "domain.md, rule 10: a leader who acts for general practice has no payer recorded or is unpaid. Article 000: "
        "outside PCN clinical directors there is no obvious source of pay."
    )

    def find(self, scope: Scope) -> Iterable[Finding]:
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


class TwoLeads(Rule):
    """Two roles lead the same function in the same area.

    Where two lead, nobody knows whom to turn to, and each may leave it to the other.
    """

    code = "GL12"
    source = (
        "domain.md, rule 12: two roles lead the same function in the same area. Article 004: remits by function; lead "
        "where there are gaps and let others lead elsewhere."
    )

    def find(self, scope: Scope) -> Iterable[Finding]:
        leading = RemitFunction.objects.filter(
            scope.holds("remit__role__organisation"),
            part=Part.LEADS,
            remit__period__contains=scope.date,
            remit__role__period__contains=scope.date,
        )
        led = leading.order_by().values("function").annotate(roles=Count("remit__role")).filter(roles__gt=1)
        about = scope.narrow(
            leading,
            {
                "people": ("remit__role__appointments__person",),
                "roles": ("remit__role",),
                "organisations": ("remit__role__organisation", "remit__role__organisation__links__other",
                                  "remit__role__of_group__group__covers"),
            },
        )  # fmt: skip
        rows = (
            leading.filter(function__in=led.values("function"))
            .filter(function__in=about.values("function"))
            .select_related(
                "function", "remit__role__organisation", "remit__role__of_group__group__covers",
                "remit__role__of_group__group__host",
            )
            .prefetch_related(_covered(scope), _holders(scope))
            .order_by("function__name", "remit__role__title", "pk")
        )  # fmt: skip
        shared: defaultdict[tuple[Function, int], list[RemitFunction]] = defaultdict(list)
        areas: dict[int, Organisation] = {}
        for row in rows:
            for area in _areas(row.remit.role):
                shared[row.function, area.pk].append(row)
                areas[area.pk] = area
        # Two committees that cover the same three places share them all, and that is one finding.
        together: defaultdict[tuple[Function, tuple[RemitFunction, ...]], list[int]] = defaultdict(list)
        for (function, area_id), leads in sorted(shared.items(), key=lambda item: item[0][1]):
            if len(leads) > 1:
                together[function, tuple(leads)].append(area_id)
        for (function, of_these), there in together.items():
            yield self._finding(scope, function, of_these, [areas[area_id] for area_id in there])

    def _finding(
        self, scope: Scope, function: Function, leads: tuple[RemitFunction, ...], areas: list[Organisation]
    ) -> Finding:
        roles: list[Any] = [lead.remit.role for lead in leads]
        starts = [since_all(start_of(lead.remit.role), start_of(lead.remit)) for lead in leads]
        known = sorted((start for start in starts if start), key=lambda start: start.first_day or scope.date)
        return Finding(
            code=self.code,
            as_at=scope.date,
            about=f"function:{function.pk}:{areas[0].pk}",
            rests_on=tuple(sorted(f"role:{role.pk}" for role in roles)),
            pieces=sentence(
                listed([*role_pieces(role), *_held_by(role)] for role in roles),
                f" {'both' if len(roles) == 2 else 'all'} lead {function.name[:1].lower()}{function.name[1:]} in ",
                listed([organisation_piece(area)] for area in areas),
                ".",
            ),
            place=roles[0].organisation_id,
            people=frozenset(holder.person_id for role in roles for holder in role.holders_then),
            roles=frozenset(role.pk for role in roles),
            organisations=frozenset({*(role.organisation_id for role in roles), *(area.pk for area in areas)}),
            since=known[1] if len(known) == len(starts) else None,
            ways=tuple(Way(f"Change the remit of {role.title}", Page.CHANGE_ROLE, role.pk) for role in roles),
        )


def _covered(scope: Scope) -> Prefetch[Any]:
    covers = Link.objects.as_at(scope.date).filter(kind=LinkKind.COVERS).select_related("other")
    return Prefetch("remit__role__organisation__links", covers, to_attr="covers_then")


def _holders(scope: Scope) -> Prefetch[Any]:
    holders = Appointment.objects.as_at(scope.date).select_related("person").order_by("person__family_name", "pk")
    return Prefetch("remit__role__appointments", holders, to_attr="holders_then")


def _areas(role: Any) -> list[Organisation]:
    """Where a role leads: of a group, the group's area; else its organisation and what that covers."""
    of_group = getattr(role, "of_group", None)
    if of_group:
        return [of_group.group.covers or of_group.group.host]
    return [role.organisation, *(link.other for link in role.organisation.covers_then)]


def _held_by(role: Any) -> list[Piece]:
    """Who holds a role, in brackets."""
    if not role.holders_then:
        return [Piece(" (vacant)")]
    return [Piece(" ("), *listed([person_piece(each.person)] for each in role.holders_then), Piece(")")]
