"""Entering the country: one change for each day on which the register is brought up to date, all or nothing."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from django.db import connection, transaction
from django.utils import timezone

from ics_leadership.facts import Source
from ics_leadership.history import change
from memberships.demo.book import Book
from memberships.demo.entries.roles import lists
from memberships.models import Person
from memberships.national.country import survey
from memberships.national.groups import Tables
from memberships.national.holders import Pots, hold
from memberships.national.posts import chairs, post
from memberships.national.sheets import CHANGES, Sheet
from organisations.ods.importing import import_ods

APPOINTMENTS, ROLES, PEOPLE = 250_000, 40_000, 60_000
NAME = "seed_national"
"""The changes of this command are found under this name."""


class NotEmpty(Exception):
    """The register holds people already; a country is entered beside nobody."""


@dataclass(frozen=True)
class Filled:
    """How much was entered, and in how many changes."""

    people: int
    roles: int
    appointments: int
    rows: int
    changes: int


def fill(paths: Sequence[Path], *, appointments: int, seed: int, progress: Callable[[str], None]) -> Filled:
    """Enter the organisations of the ODS files at `paths` and an invented country of so many appointments around them.

    People and roles are in proportion. The same seed and files give the same rows. Raises NotEmpty where the register holds
    people already, and what the import of files raises.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('load_demo'))")
        if Person.objects.exists():
            raise NotEmpty
        filled = _fill(paths, appointments, Random(seed), f"Seed {seed}", progress)  # noqa: S311
    progress("Counting rows")
    with connection.cursor() as cursor:
        # Rows that were mended leave their former selves behind, which only a transaction of its own can clear away.
        cursor.execute("ANALYZE" if connection.in_atomic_block else "VACUUM ANALYZE")
    return filled


def _fill(paths: Sequence[Path], many: int, chance: Random, why: str, progress: Callable[[str], None]) -> Filled:
    with change(by=None, why=f"{why}: organisations", at=_at(CHANGES[0]), name=NAME):
        progress("Importing the published organisations")
        import_ods(paths)
        source = Source.objects.create(title="Invented, for measuring")
        book = Book()
        book.begin(CHANGES[0], by=None, why=why, source=source)
        lists()(book)
    _stamp()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    progress("Inventing people, roles, appointments and groups")
    country = survey(source.pk)
    tables = Tables(book.role_types, book.funding_sources["core"], chance, source.pk)
    tables.lay(country)
    posts = post(
        country, book.role_types, list(book.pathways.values()), max(many * ROLES // APPOINTMENTS, 1), chance, source.pk
    )
    pots = Pots(book.role_types, book.funding_sources, list(book.skills.values()))
    holders = hold(posts, pots, country.areas, max(many * PEOPLE // APPOINTMENTS, 10), many, chance, source.pk)
    tables.fill(posts, holders)
    sheets = [
        *country.sheets,
        *posts.sheets,
        *tables.sheets,
        chairs(posts, tables.of_place, source.pk),
        *holders.sheets,
        tables.memberships,
    ]
    rows = _enter(sheets, why, progress)
    return Filled(holders.people, len(posts.all), holders.appointments, rows, len(CHANGES) + 1)


def _enter(sheets: Sequence[Sheet], why: str, progress: Callable[[str], None]) -> int:
    rows = 0
    for number, day in enumerate(CHANGES):
        progress(f"Entering what was known on {day}")
        with change(by=None, why=f"{why}: brought up to date", at=_at(day), name=NAME):
            rows += sum(sheet.enter(number) for sheet in sheets)
        _stamp()
        if number % 8 == 0:
            with connection.cursor() as cursor:
                # What is checked and mended next is planned for as many rows as there are by then.
                cursor.execute("ANALYZE")
    for sheet in sheets:
        sheet.close()
    return rows


def _at(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))


def _stamp() -> None:
    """Date and order the change just made as its commit would, and let the database check all that it had put off."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
