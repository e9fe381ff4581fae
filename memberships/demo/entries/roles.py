"""Entries about roles: the short lists, roles that are more than their type says, remits that change."""

from __future__ import annotations

from memberships import actions as memberships
from memberships.demo import vocabulary
from memberships.demo.book import Book
from memberships.demo.dates import known, period
from memberships.demo.entries.change import Entry
from memberships.demo.tables import rows
from roles import actions
from roles.models import ActsFor, Function, FundingKind, OpenTo, Part


def lists() -> Entry:
    """The short lists of `vocabulary`, which everything else is described with."""

    def enter(book: Book) -> None:
        for key, name, plural, acts_for, open_to, accountable, leads in rows(vocabulary.ROLE_TYPES, columns=7):
            book.role_types[key] = actions.add_role_type(
                **book.said,
                source=book.source,
                name=name,
                plural=plural,
                acts_for=ActsFor(acts_for),
                open_to=OpenTo(open_to),
                accountable=bool(accountable),
                leads=bool(leads),
            )
        for key, name in rows(vocabulary.PATHWAYS, columns=2):
            book.pathways[key] = actions.add_pathway(**book.said, source=book.source, name=name)
        for key, name, description in rows(vocabulary.FUNCTIONS, columns=3):
            book.functions[key] = actions.add_function(
                **book.said, source=book.source, name=name, description=description
            )
        for key, name, kind in rows(vocabulary.FUNDING_SOURCES, columns=3):
            book.funding_sources[key] = actions.add_funding_source(
                **book.said, source=book.source, name=name, kind=FundingKind(kind)
            )
        for key, name in rows(vocabulary.SKILLS, columns=2):
            book.skills[key] = memberships.add_skill(**book.said, source=book.source, name=name)

    return enter


def opens(key: str, when: str, summary: str = "", functions: str = "") -> Entry:
    """A role that does not begin with its host or has a remit of its own; `functions` as `functions_of` reads them."""

    def enter(book: Book) -> None:
        start, end = period(when)
        book.enter_role(key, start=start, end=end, summary=summary, functions=functions_of(book, functions))

    return enter


def remit(key: str, start: str, summary: str, functions: str = "", acts_for: str = "") -> Entry:
    """A version of a role's remit from a day on; on whose behalf it acts too, where that changed."""

    def enter(book: Book) -> None:
        role = book.role(key)
        former = role.remits.latest("period")
        actions.new_remit_version(
            **book.said,
            role=role,
            start=known(start),
            end=role.end,
            summary=summary,
            acts_for=ActsFor(acts_for or former.acts_for),
            open_to=OpenTo(former.open_to),
            pathway=former.pathway,
            functions=functions_of(book, functions),
            source=book.source,
        )

    return enter


def needs(area: str, start: str, functions: str) -> Entry:
    """Functions that must be led in an area, with commas, from a day on."""

    def enter(book: Book) -> None:
        for key in functions.split(", "):
            actions.need_function(
                **book.said,
                area=book.organisations[area],
                function=book.functions[key],
                start=known(start),
                source=book.source,
            )

    return enter


def ends_role(table: str) -> Entry:
    """Roles end. Columns: role, last day."""

    def enter(book: Book) -> None:
        for key, last_day in rows(table, columns=2):
            role = book.role(key)
            role.refresh_from_db()
            actions.end_role(**book.said, role=role, end=known(last_day))

    return enter


def functions_of(book: Book, text: str) -> dict[Function, Part]:
    """The parts that "leads performance, dental; shares workforce" gives."""
    parts = [part.split(maxsplit=1) for part in text.split("; ") if part]
    return {book.functions[key]: Part(part) for part, keys in parts for key in keys.split(", ")}
