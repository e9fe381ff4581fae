"""The rule about functions: those that two lead, and those that nobody leads though they are needed (GL12)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.db.models.functions import Coalesce

from memberships.models import Appointment, GroupRemitFunction
from memberships.presenters.reasons import Piece, organisation_piece, person_piece, role_pieces
from memberships.rules.findings import Finding, Page, Way
from memberships.rules.rule import Rule
from memberships.rules.scope import Paths, Scope
from memberships.rules.wording import listed, sentence, since_all, start_of
from organisations.models import Link, LinkKind, Organisation
from organisations.models.areas import within_each
from roles.models import Function, NeededFunction, Part, RemitFunction

LEADING: Paths = {
    "people": ("remit__role__appointments__person",),
    "roles": ("remit__role",),
    "organisations": (
        "remit__role__organisation",
        "remit__role__organisation__links__other",
        "remit__role__of_group__group__covers",
        "remit__role__of_group__group__host",
    ),
    "functions": ("function",),
}
"""Whom and what a role that leads a function may concern."""


class FunctionsLed(Rule):
    """Two roles lead the same function in the same area, or one that its editors listed as needed has no lead.

    Where two lead, nobody knows whom to turn to, and each may leave it to the other; where nobody does, it is left to
    whoever happens to be there.
    """

    code = "GL12"
    source = (
        "domain.md, rule 12: two roles lead the same function in the same area; a function that the area’s editors listed as "
        "needed has no lead. Article 004: remits by function; lead where there are gaps and let others lead elsewhere."
    )

    def find(self, scope: Scope) -> Iterable[Finding]:
        yield from self._led_twice(scope)
        yield from self._unled(scope)

    def _led_twice(self, scope: Scope) -> Iterable[Finding]:
        leading = RemitFunction.objects.filter(
            scope.holds("remit__role__organisation"),
            part=Part.LEADS,
            remit__period__contains=scope.date,
            remit__role__period__contains=scope.date,
        )
        led = leading.order_by().values("function").annotate(roles=Count("remit__role")).filter(roles__gt=1)
        rows = leading.filter(function__in=led.values("function"))
        if scope.sought is not None:
            # Most people and roles lead nothing; asking who else leads the same costs more.
            functions = set(scope.narrow(leading, LEADING).values_list("function", flat=True))
            if not functions:
                return
            rows = rows.filter(function__in=functions)
        rows = (
            rows.select_related(
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
            yield self._two(scope, function, of_these, [areas[area_id] for area_id in there])

    def _two(
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
            functions=frozenset({function.pk}),
            since=known[1] if len(known) == len(starts) else None,
            ways=tuple(Way(f"Change the remit of {role.title}", Page.CHANGE_ROLE, role.pk) for role in roles),
        )

    def _unled(self, scope: Scope) -> Iterable[Finding]:
        inside = within_each(OuterRef("area"), scope.date)
        posts = RemitFunction.objects.annotate(
            place=Coalesce(
                "remit__role__of_group__group__covers",
                "remit__role__of_group__group__host",
                "remit__role__organisation",
            )
        ).filter(
            part=Part.LEADS,
            function=OuterRef("function"),
            remit__period__contains=scope.date,
            remit__role__period__contains=scope.date,
            place__in=inside,
        )
        held = posts.filter(Exists(Appointment.objects.as_at(scope.date).filter(role=OuterRef("remit__role"))))
        groups = GroupRemitFunction.objects.annotate(
            place=Coalesce("remit__group__covers", "remit__group__host")
        ).filter(
            part=Part.LEADS,
            function=OuterRef("function"),
            remit__period__contains=scope.date,
            remit__group__period__contains=scope.date,
            place__in=inside,
        )
        needs: Any = NeededFunction.objects.as_at(scope.date).filter(
            scope.holds("area"), ~Exists(held), ~Exists(groups)
        )
        needs = needs.annotate(posts=ArraySubquery(posts.order_by("remit__role").values("remit__role")))
        # Which roles a need may be about is known only once it is found.
        by_role = [~Q(pk=None)] if scope.seeks("roles") else []
        needs = scope.narrow(needs, {"organisations": ("area",), "functions": ("function",)}, *by_role)
        for need in needs.select_related("area", "function").order_by("area__name", "function__name", "pk"):
            vacant = bool(need.posts)
            yield Finding(
                code=self.code,
                as_at=scope.date,
                about=f"neededfunction:{need.pk}",
                rests_on=("vacant",) if vacant else ("unled",),
                pieces=sentence(
                    [organisation_piece(need.area)],
                    f" needs {need.function.name[:1].lower()}{need.function.name[1:]} to be led",
                    ", and nobody holds the post that leads it."
                    if vacant
                    else ", and no role or group there leads it.",
                ),
                place=need.area_id,
                roles=frozenset(need.posts),
                organisations=frozenset({need.area_id}),
                functions=frozenset({need.function_id}),
                since=None if vacant else start_of(need),
                ways=(
                    *(Way("Record who is appointed", Page.APPOINT, pk) for pk in need.posts),
                    *([] if vacant else [Way("Record the role that leads it", Page.ADD_ROLE, need.area_id)]),
                    Way("Say that it is needed no longer", Page.END_NEED, need.pk),
                ),
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
