"""Entries about organisations: that they begin, end, join, take over from one another."""

from __future__ import annotations

import datetime
from pathlib import Path

from memberships.demo.book import Book
from memberships.demo.dates import known, period
from memberships.demo.entries.change import Entry
from memberships.demo.networks import NETWORKS, OUTSIDE_ANY_NETWORK
from memberships.demo.tables import rows
from organisations import actions
from organisations.models import KeptArea, Kind, Link, LinkKind, Organisation, Sector
from organisations.ods.importing import import_ods


def founds(table: str) -> Entry:
    """Organisations. Columns: key, kind, name, period, part of, covers, short name, sector; several keys with commas."""

    def enter(book: Book) -> None:
        for key, kind, name, when, part_of, covers, short_name, sector in rows(table, columns=8):
            start, end = period(when)
            organisation = actions.add_organisation(
                **book.said,
                kind=Kind(kind),
                name=name,
                start=start,
                end=end,
                sector=Sector(sector) if sector else None,
                short_name=short_name,
                invented=True,
                source=book.source,
            )
            book.organisations[key] = organisation
            for link_kind, others in ((LinkKind.PART_OF, part_of), (LinkKind.COVERS, covers)):
                for other in filter(None, others.split(", ")):
                    _link(book, organisation, link_kind, book.organisations[other], when)

    return enter


def links(kind: LinkKind, table: str) -> Entry:
    """How organisations stand to one another. Columns: key, key of the other, period."""

    def enter(book: Book) -> None:
        for key, other, when in rows(table, columns=3):
            _link(book, book.organisations[key], kind, book.organisations[other], when)

    return enter


def networks_begin(when: str) -> Entry:
    """The networks of `networks.NETWORKS`, each part of its place's CCG, with their core partners."""

    def enter(book: Book) -> None:
        for key, name, place, practices in rows(NETWORKS, columns=4):
            founds(f"{key} | pcn | {name} | {when} | {place}-ccg")(book)
            for practice in practices.split("; "):
                _link(book, book.organisations[practice], LinkKind.CORE_PARTNER_OF, book.organisations[key], when)

    return enter


def practices_stood_in(whose: str, parent: str, when: str, kind: LinkKind = LinkKind.PART_OF) -> Entry:
    """The practices of some places or networks, as part or members of `parent`; entered now if nothing named them before.

    `whose` is the keys of places, of networks, or of practices outside of any, with commas.
    """

    def enter(book: Book) -> None:
        names = [
            (name, name)
            for network, _, place, practices in rows(NETWORKS, columns=4)
            if {network, place} & {*whose.split(", ")}
            for name in practices.split("; ")
        ]
        names += [
            (key, name)
            for key, name, place in rows(OUTSIDE_ANY_NETWORK, columns=3)
            if {key, place} & {*whose.split(", ")}
        ]
        for key, name in names:
            if key not in book.organisations:
                founds(f"{key} | practice | {name} | unknown")(book)
            _link(book, book.organisations[key], kind, book.organisations[parent], when)

    return enter


def closes(table: str) -> Entry:
    """Organisations close. Columns: key, last day."""

    def enter(book: Book) -> None:
        for key, last_day in rows(table, columns=2):
            organisation = book.organisations[key]
            organisation.refresh_from_db()
            actions.close_organisation(**book.said, organisation=organisation, end=known(last_day))

    return enter


def succeeds(table: str) -> Entry:
    """Who took over from whom. Columns: predecessor, successor, day."""

    def enter(book: Book) -> None:
        for predecessor, successor, day in rows(table, columns=3):
            actions.record_succession(
                **book.said,
                predecessor=book.organisations[predecessor],
                successor=book.organisations[successor],
                on=datetime.date.fromisoformat(day),
                source=book.source,
            )

    return enter


def ends(kind: LinkKind, table: str) -> Entry:
    """What one organisation is to another ends. Columns: key, key of the other, last day."""

    def enter(book: Book) -> None:
        for key, other, last_day in rows(table, columns=3):
            link = Link.objects.get(
                organisation=book.organisations[key], kind=kind, other=book.organisations[other], period__endswith=None
            )
            actions.end_link(**book.said, link=link, end=known(last_day))

    return enter


def renames(key: str, name: str) -> Entry:
    """An organisation has another name from now on."""

    def enter(book: Book) -> None:
        book.organisations[key] = actions.rename_organisation(
            **book.said, organisation=book.organisations[key], name=name
        )

    return enter


def keeps(keeper: str, area: str, when: str) -> Entry:
    """Somebody keeps the leadership of an area in this register."""

    def enter(book: Book) -> None:
        start, end = period(when)
        actions.keep_area(
            **book.said,
            area=book.organisations[area],
            keeper=book.organisations[keeper],
            start=start,
            end=end,
            source=book.source,
        )

    return enter


def stops_keeping(area: str, last_day: str) -> Entry:
    """Nobody keeps an area any more after its last day."""

    def enter(book: Book) -> None:
        kept = KeptArea.objects.get(area=book.organisations[area], period__endswith=None)
        actions.stop_keeping_area(**book.said, kept=kept, end=known(last_day))

    return enter


def imports(folder: Path) -> Entry:
    """Files of the NHS Organisation Data Service."""

    def enter(book: Book) -> None:
        import_ods([folder])

    return enter


def _link(book: Book, organisation: Organisation, kind: LinkKind, other: Organisation, when: str) -> None:
    start, end = period(when)
    actions.link(
        **book.said, organisation=organisation, kind=kind, other=other, start=start, end=end, source=book.source
    )
