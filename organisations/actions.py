"""Every change to organisations: what they are, what they are part of, who took over from whom, who keeps which area.

Each action takes `by` (the user, or None for the register itself) and `why`, joins the change it is called in, returns
the row it kept, and raises ValidationError with a sentence when the register says otherwise.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db.models import Q

from ics_leadership.facts import Fact, Source
from ics_leadership.history import change
from ics_leadership.periods import ONE_DAY, PartialDate
from ics_leadership.writing import end_with, free_slug, keep
from organisations.models import (
    SECTOR_OF_KIND,
    KeptArea,
    Kind,
    Link,
    LinkKind,
    Organisation,
    Sector,
    Status,
    Succession,
)

if TYPE_CHECKING:
    from ics_leadership.accounts.models import User


PUBLISHED_KIND_SENTENCE = "The files of ODS say of which kind it is. It becomes another when they say so."


class OrganisationFacts(TypedDict, total=False):
    """What may be known of an organisation beside its kind, name and period."""

    short_name: str
    ods_code: str | None
    ons_code: str
    status: Status
    address: str
    postcode: str
    telephone: str
    invented: bool
    source: Source | None


def add_source(
    *,
    by: User | None,
    why: str,
    title: str,
    address: str = "",
    seen_on: datetime.date | None = None,
    licence: str = "",
) -> Source:
    """Note a document or page that facts are taken from."""
    with change(by=by, why=why):
        return keep(Source(title=title, address=address, seen_on=seen_on, licence=licence))


def attach_source(*, by: User | None, why: str, fact: Fact, source: Source | None) -> Fact:
    """Say from which document or page a fact was taken; None: from none that is known."""
    with change(by=by, why=why):
        return keep(fact, source=source)


def add_organisation(
    *,
    by: User | None,
    why: str,
    kind: Kind,
    name: str,
    start: PartialDate,
    end: PartialDate | None = None,
    sector: Sector | None = None,
    **facts: Unpack[OrganisationFacts],
) -> Organisation:
    """Add an organisation, in its kind's sector where none is given. Refused when its kind has its code already."""
    with change(by=by, why=why):
        slug = free_slug(Organisation, kind, facts.get("ods_code") or name)
        organisation = Organisation(slug=slug, kind=kind, name=name, sector=sector or SECTOR_OF_KIND[kind], **facts)
        return keep(organisation.between(start, end))


def rename_organisation(
    *, by: User | None, why: str, organisation: Organisation, name: str, short_name: str = ""
) -> Organisation:
    """Give an organisation another name. Its address stays."""
    with change(by=by, why=why):
        return keep(organisation, name=name, short_name=short_name)


class NamedOrganisationFacts(OrganisationFacts, total=False):
    """The same with its name, kind and sector."""

    name: str
    kind: Kind
    sector: Sector


def correct_organisation(
    *,
    by: User | None,
    why: str,
    organisation: Organisation,
    start: PartialDate,
    end: PartialDate | None,
    **facts: Unpack[NamedOrganisationFacts],
) -> Organisation:
    """Say an organisation's dates anew, and what else was recorded wrongly; what is left out stays.

    Of another kind it gets another address, to which the former leads on. Raises ValidationError where the NHS publishes
    of which kind it is.
    """
    with change(by=by, why=why):
        kind = facts.get("kind", organisation.kind)
        if kind != organisation.kind:
            if organisation.published is not None:
                raise ValidationError({"kind": PUBLISHED_KIND_SENTENCE})
            organisation.slug = free_slug(
                Organisation, kind, organisation.ods_code or organisation.name, of=organisation.pk
            )
        return keep(organisation.between(start, end), **facts)


def close_organisation(*, by: User | None, why: str, organisation: Organisation, end: PartialDate) -> Organisation:
    """Close an organisation and end its links. Its roles and seats stay until people decide what becomes of them."""
    with change(by=by, why=why):
        end_with(Link.objects.filter(Q(organisation=organisation) | Q(other=organisation)), end)
        return keep(organisation.between(organisation.start, end))


def link(
    *,
    by: User | None,
    why: str,
    organisation: Organisation,
    kind: LinkKind,
    other: Organisation,
    start: PartialDate,
    end: PartialDate | None = None,
    source: Source | None = None,
) -> Link:
    """Say what one organisation is to another, read "organisation, kind, other".

    Refused when the register says so already for some of these days, and when a practice would be the core partner of
    two networks at once.
    """
    with change(by=by, why=why):
        return keep(Link(organisation=organisation, kind=kind, other=other, source=source).between(start, end))


def end_link(*, by: User | None, why: str, link: Link, end: PartialDate) -> Link:
    """End what one organisation is to another."""
    with change(by=by, why=why):
        return keep(link.between(link.start, end))


def correct_link(*, by: User | None, why: str, link: Link, start: PartialDate, end: PartialDate | None) -> Link:
    """Say anew from when until when one organisation is something to another."""
    with change(by=by, why=why):
        return keep(link.between(start, end))


def move_practice(
    *, by: User | None, why: str, practice: Organisation, network: Organisation, start: PartialDate
) -> Link:
    """Let a practice be a core partner of another network from a day on: it leaves its former one on the eve.

    Raises ValidationError where a later membership is in the way, and when nobody knows from when.
    """
    eve = start.eve
    if eve is None:
        raise ValidationError("Say from when: the practice leaves its former network the day before.", code="start")
    with change(by=by, why=why):
        end_with(Link.objects.filter(organisation=practice, kind=LinkKind.CORE_PARTNER_OF), eve)
        return link(by=by, why=why, organisation=practice, kind=LinkKind.CORE_PARTNER_OF, other=network, start=start)


def take_over_links(
    *, by: User | None, why: str, former: Organisation, successor: Organisation, on: datetime.date
) -> None:
    """Let the members and core partners of one organisation be those of another from a day on, for as long as they were
    to be: with the former they end on the eve.
    """
    with change(by=by, why=why):
        for row in Link.objects.filter(other=former).exclude(kind=LinkKind.COVERS).exclude(organisation=successor):
            if row.start_date and row.start_date >= on:
                keep(row, other=successor)
            elif row.holds(on):
                until = row.end
                end_link(by=by, why=why, link=row, end=PartialDate(on - ONE_DAY))
                _link_unless_said(row.organisation, row.kind, successor, on, until, by=by, why=why)


def stand_where(
    *, by: User | None, why: str, organisation: Organisation, former: Organisation, on: datetime.date
) -> None:
    """Let an organisation stand from a day on where another stands: part of, member of and covered by the same. What it
    has already stays as it is.
    """
    with change(by=by, why=why):
        here = Link.objects.as_at(on)
        for row in here.filter(organisation=former).exclude(kind=LinkKind.COVERS).select_related("other"):
            _link_unless_said(organisation, row.kind, row.other, on, row.end, by=by, why=why)
        for row in here.filter(other=former, kind=LinkKind.COVERS).select_related("organisation"):
            _link_unless_said(row.organisation, row.kind, organisation, on, row.end, by=by, why=why)


def _link_unless_said(
    organisation: Organisation,
    kind: str,
    other: Organisation,
    on: datetime.date,
    end: PartialDate | None,
    *,
    by: User | None,
    why: str,
) -> None:
    """Say from a day on what one organisation is to another, unless the register says so on that day already."""
    if not Link.objects.as_at(on).filter(organisation=organisation, kind=kind, other=other).exists():
        start = PartialDate(on)
        link(by=by, why=why, organisation=organisation, kind=LinkKind(kind), other=other, start=start, end=end)


def record_succession(
    *,
    by: User | None,
    why: str,
    predecessor: Organisation,
    successor: Organisation,
    on: datetime.date,
    source: Source | None = None,
) -> Succession:
    """Say who took over from whom, and from which day."""
    with change(by=by, why=why):
        return keep(Succession(predecessor=predecessor, successor=successor, on=on, source=source))


def keep_area(
    *,
    by: User | None,
    why: str,
    area: Organisation,
    keeper: Organisation,
    start: PartialDate,
    end: PartialDate | None = None,
    source: Source | None = None,
) -> KeptArea:
    """Say that somebody keeps the leadership of an area in this register. Refused when somebody does so already."""
    with change(by=by, why=why):
        return keep(KeptArea(area=area, keeper=keeper, source=source).between(start, end))


def stop_keeping_area(*, by: User | None, why: str, kept: KeptArea, end: PartialDate) -> KeptArea:
    """Say that nobody keeps the leadership of an area any more after a day; what was recorded stays."""
    with change(by=by, why=why):
        return keep(kept.between(kept.start, end))
