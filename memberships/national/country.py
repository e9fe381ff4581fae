"""Where everything stands: the published organisations, and the places, committees and federations invented around them."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count

from django.db.models import QuerySet

from memberships.national import names
from memberships.national.sheets import SPAN_COLUMNS, Sheet, Span, change_after
from organisations.models import SECTOR_OF_KIND, KeptArea, Kind, Link, LinkKind, Organisation

PLACES_FROM = datetime.date(2022, 7, 1)
COMMITTEES_FROM = datetime.date(2012, 1, 1)
NETWORKS_IN_A_PLACE = 12


@dataclass(frozen=True)
class Body:
    """An organisation in which roles stand: its number, kind and name, from when until when, and the area it lies in."""

    id: int
    kind: Kind
    name: str
    span: Span
    area: int
    """The place of its area among all, so that people stay near to where they work."""


@dataclass
class Place:
    """A place, and who leads general practice in it."""

    body: Body
    board: Body | None
    committee: Body
    federation: Body
    networks: list[Body] = field(default_factory=list)


@dataclass
class Country:
    """All bodies by their kind, in the order of their codes; the places; how many areas there are."""

    bodies: dict[Kind, list[Body]]
    places: list[Place]
    areas: int
    sheets: Sequence[Sheet]


def survey(source: int) -> Country:
    """The published organisations, and what is invented around them, found in the `source` of that number."""
    surveyor = _Surveyor(source)
    surveyor.published()
    surveyor.invented()
    return Country(
        surveyor.bodies, surveyor.places, surveyor.areas, (surveyor.organisations, surveyor.links, surveyor.kept)
    )


class _Surveyor:
    def __init__(self, source: int) -> None:
        self.source = source
        self.bodies: dict[Kind, list[Body]] = defaultdict(list)
        self.places: list[Place] = []
        self.areas = 1
        self.organisations = Sheet(
            Organisation, "slug", "kind", "sector", "name", *SPAN_COLUMNS, "invented", "confirmed_on", "source_id"
        )
        self.links = Sheet(Link, "organisation_id", "kind", "other_id", *SPAN_COLUMNS, "source_id")
        self.kept = Sheet(KeptArea, "area_id", "keeper_id", *SPAN_COLUMNS, "source_id")
        self._numbers = count()
        self._at: dict[str, Body] = {}
        self._inside: dict[int, list[int]] = defaultdict(list)
        self._boards: dict[int, int] = {}

    def published(self) -> None:
        """Note every published organisation, and in which sub-ICB location practices and networks lie."""
        locations = list(_open(Kind.SUB_ICB).values_list("pk", "ods_code"))
        area_of = {pk: number for number, (pk, _) in enumerate(locations)}
        self.areas = max(len(locations), 1)
        of_code = {code: area_of[pk] for pk, code in locations}
        inside = Link.objects.filter(other__in=area_of, kind=LinkKind.PART_OF).order_by("pk")
        in_area = {each: area_of[location] for each, location in inside.values_list("organisation_id", "other_id")}
        onward = Link.objects.filter(organisation__in=area_of, other__kind=Kind.ICB, kind=LinkKind.PART_OF)
        self._boards = dict(onward.order_by("period").values_list("organisation_id", "other_id"))
        for number, one in enumerate(Organisation.objects.order_by("kind", "ods_code", "pk")):
            area = in_area.get(one.pk, area_of.get(one.pk, of_code.get(one.ods_code or "", number % self.areas)))
            start = max(one.period.lower or COMMITTEES_FROM, COMMITTEES_FROM)
            if one.period.upper is None or one.period.upper > start:
                self.bodies[Kind(one.kind)].append(
                    Body(one.pk, Kind(one.kind), one.name, Span(start, one.period.upper), area)
                )

    def invented(self) -> None:
        """Invent a committee for each sub-ICB location, and in it places of a dozen networks, each with a federation."""
        networks = defaultdict(list)
        for network in self.bodies[Kind.PCN]:
            if network.span.end is None:
                networks[network.area].append(network)
        locations = list(self.bodies[Kind.SUB_ICB])
        groups = {group.area: group for group in self.bodies[Kind.CCG]}
        boards = {board.id: board for board in self.bodies[Kind.ICB]}
        for location in locations:
            committee = self._invent(
                Kind.LMC, f"{names.place(location.area + 900)} LMC", COMMITTEES_FROM, location.area
            )
            if location.area in groups:
                group = groups[location.area]
                self._link(committee.id, LinkKind.COVERS, group.id, group.span)
            mine = networks[location.area]
            for first in range(0, len(mine), NETWORKS_IN_A_PLACE):
                board = boards.get(self._boards.get(location.id, 0))
                self._place(location, committee, board, mine[first : first + NETWORKS_IN_A_PLACE])

    def _place(self, location: Body, committee: Body, board: Body | None, networks: list[Body]) -> None:
        name = names.place(next(self._numbers))
        place = self._invent(Kind.PLACE, name, PLACES_FROM, location.area)
        federation = self._invent(Kind.FEDERATION, f"{name} GP Federation", PLACES_FROM, location.area)
        since = Span(PLACES_FROM, None)
        self._link(place.id, LinkKind.PART_OF, location.id, since)
        self._link(federation.id, LinkKind.PART_OF, place.id, since)
        self._link(committee.id, LinkKind.COVERS, place.id, since)
        for network in networks:
            within = network.span.common(since)
            if within:
                self._link(network.id, LinkKind.PART_OF, place.id, within)
        self.kept.add(change_after(PLACES_FROM), place.id, committee.id, *since.columns, self.source)
        self.places.append(Place(place, board, committee, federation, networks))

    def _invent(self, kind: Kind, name: str, start: datetime.date, area: int) -> Body:
        span, change = Span(start, None), change_after(start)
        slug = name.lower().replace(" ", "-")
        number = self.organisations.add(
            change, slug, kind.value, SECTOR_OF_KIND[kind].value, name, *span.columns, True, start, self.source
        )
        body = Body(number, kind, name, span, area)
        self.bodies[kind].append(body)
        return body

    def _link(self, organisation: int, kind: LinkKind, other: int, span: Span) -> None:
        self.links.add(change_after(span.start), organisation, kind.value, other, *span.columns, self.source)


def _open(kind: Kind) -> QuerySet[Organisation]:
    bodies: QuerySet[Organisation] = Organisation.objects.filter(kind=kind)
    return bodies.order_by("ods_code", "pk")
