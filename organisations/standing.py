"""How one organisation stands to the others on a day: what it lies in, what lies in it, what came before and after.

Every function asks a fixed number of queries, however large the organisation; long answers come as querysets for the page
to cut up. What is said of the rows is left to the presenters.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from ics_leadership.history import event_model
from ics_leadership.prepared import prepared
from organisations.models import KeptArea, Kind, Link, LinkKind, Organisation, Succession
from organisations.models.areas import around, around_each, within

# From the nearest to the widest: the way from a practice up to its region.
WAY_UP = (
    (Kind.PRACTICE,),
    (Kind.PCN,),
    (Kind.PLACE,),
    (Kind.SUB_ICB, Kind.CCG, Kind.PCT),
    (Kind.ICB, Kind.STP),
    (Kind.REGION, Kind.AREA_TEAM),
)

# Practices come last wherever kinds stand together: they are many, and the others say where they belong.
_PRACTICES_LAST = Case(
    When(organisation__kind=Kind.PRACTICE, then=Value(1)), default=Value(0), output_field=IntegerField()
)


@prepared
def containing(organisation: int, date: datetime.date) -> QuerySet[Organisation]:
    """Everything that an organisation lies inside on that day, directly or not, without itself; by name."""
    found: QuerySet[Organisation] = Organisation.objects.filter(pk__in=around([organisation], date))
    return found.exclude(pk=organisation).order_by("name", "pk")


def in_kept_area(date: datetime.date, organisation: str) -> Exists:
    """Whether the organisation at a path of the outer query lies in an area that somebody keeps on that day."""
    return Exists(KeptArea.objects.as_at(date).filter(area__in=around_each(OuterRef(organisation), date)))


@prepared
def links_of(organisation: int, date: datetime.date) -> QuerySet[Link]:
    """What an organisation is part of, core partner of or member of on that day, and what covers it."""
    upward = Q(organisation=organisation) & ~Q(kind=LinkKind.COVERS)
    links: QuerySet[Link] = Link.objects.as_at(date).filter(upward | Q(other=organisation, kind=LinkKind.COVERS))
    return links.select_related("organisation", "other", "source").order_by("kind", "other__name", "pk")


def members_of(organisation: int, date: datetime.date) -> QuerySet[Link]:
    """Links of that day from what is part of, core partner of or member of an organisation; practices last.

    What has closed is left out, whoever forgot to end its link.
    """
    open_then = Organisation.objects.as_at(date).filter(pk=OuterRef("organisation"))
    links: QuerySet[Link] = Link.objects.as_at(date).filter(Exists(open_then), other=organisation)
    return (
        links.exclude(kind=LinkKind.COVERS)
        .select_related("organisation")
        .order_by(_PRACTICES_LAST, "organisation__name", "pk")
    )


@prepared
def covered_by(organisation: int, date: datetime.date) -> QuerySet[Link]:
    """Links of that day to what an organisation covers; what has closed is left out."""
    open_then = Organisation.objects.as_at(date).filter(pk=OuterRef("other"))
    links: QuerySet[Link] = Link.objects.as_at(date).filter(Exists(open_then), organisation=organisation)
    return links.filter(kind=LinkKind.COVERS).select_related("other").order_by("other__name", "pk")


@dataclass(frozen=True)
class Inside:
    """What lies inside an organisation on a day, directly or not: how many of each kind, itself left out; and the `ids`
    of all that its links hold together, itself included, whether or not they are there on the day."""

    by_kind: dict[Kind, int]
    ids: list[int]


def inside_of(organisation: Organisation, date: datetime.date) -> Inside:
    """What lies inside an organisation on that day. The way down is asked for once, because it may be long."""
    rows = _inside_by_kind(organisation=organisation.pk, date=date)
    return Inside(
        {Kind(kind): number for kind, number, _ in rows if number}, [each for _, _, ids in rows for each in ids]
    )


@prepared
def _inside_by_kind(organisation: int, date: datetime.date) -> QuerySet[Organisation, tuple[str, int, list[int]]]:
    there = Count("pk", filter=Q(period__contains=date) & ~Q(pk=organisation))
    inside = Organisation.objects.filter(pk__in=within([organisation], date)).order_by()
    kinds: QuerySet[Organisation, tuple[str, int, list[int]]] = inside.values_list("kind").annotate(
        number=there, ids=ArrayAgg("pk")
    )
    return kinds


@prepared
def former_links(organisation: int, date: datetime.date) -> QuerySet[Link]:
    """Every link of an organisation, upward or downward, that ended before that day; the last to end first."""
    links: QuerySet[Link] = Link.objects.ended(date).filter(Q(organisation=organisation) | Q(other=organisation))
    return links.select_related("organisation", "other").order_by(
        F("period__endswith").desc(), "organisation__name", "pk"
    )


@prepared
def coming_links(organisation: int, date: datetime.date) -> QuerySet[Link]:
    """Every link of an organisation, upward or downward, that begins after that day; the first to begin first."""
    links: QuerySet[Link] = Link.objects.upcoming(date).filter(Q(organisation=organisation) | Q(other=organisation))
    return links.select_related("organisation", "other").order_by("period__startswith", "organisation__name", "pk")


@prepared
def successions_of(organisation: int) -> QuerySet[Succession]:
    """Whom an organisation took over from and who took over from it, in order of time."""
    rows = Succession.objects.filter(Q(predecessor=organisation) | Q(successor=organisation))
    return rows.select_related("predecessor", "successor").order_by("on", "predecessor__name", "successor__name")


def at_former_address(slug: str) -> Organisation | None:
    """The organisation that had this address before, or the one published organisation with the code that it ends in, where
    the address is one of another kind.

    Nobody else is ever given an address that somebody had. A file can correct the kind of something, and its address with it, so that no register depends on the order in which
    files came; whoever kept the former address still finds it.
    """
    had = event_model(Organisation)._default_manager.filter(slug=slug).values("id")
    if moved := Organisation.objects.filter(pk__in=had).first():
        return moved
    kind, _, code = slug.rpartition("-")
    if kind.replace("-", "_") not in Kind.values:
        return None
    bearers = Organisation.objects.filter(published__isnull=False, ods_code=code.upper())[:2]
    return bearers[0] if len(bearers) == 1 else None


def sharing_code(organisation: Organisation) -> list[Organisation]:
    """The other organisations that bear, bore or will bear the same ODS code, the first first."""
    return _others_with(code=organisation.ods_code, organisation=organisation.pk) if organisation.ods_code else []


@prepared
def _others_with(code: str, organisation: int) -> QuerySet[Organisation]:
    return Organisation.objects.filter(ods_code=code).exclude(pk=organisation).order_by("period", "pk")
