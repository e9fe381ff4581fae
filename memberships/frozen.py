"""What is to be frozen: how it is written, whom it names, and whether everybody may see it.

What an address asks is settled by `freezing`; keeping the bytes is left to `actions.snapshots`.
"""

from __future__ import annotations

import datetime
from collections.abc import Generator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from typing import Protocol

from django.db import connection
from django.utils import timezone

from ics_leadership.api.changes import lines_between
from ics_leadership.feed import Feed, Place
from ics_leadership.formats import Export, Format
from ics_leadership.known import as_known_at
from ics_leadership.known_at import KnownAt
from ics_leadership.periods import today

Part = tuple[bytes, set[int]]
"""Bytes of a file, and the numbers of people whom it names: all of them once its last part is there."""


class Frozen(Protocol):
    """What is to be frozen: something at an address, asked with parameters, in a format out of those that it could have.

    `resource` is what it is of, `asked` are its parameters. It tells of the day `as_at`, of two the later, as the register knew
    it at the past moment `known`, None for the present, `made_at`. `is_private` is what not everybody may see.
    """

    @property
    def resource(self) -> str: ...
    @property
    def form(self) -> Format: ...
    @property
    def forms(self) -> Mapping[str, Format]: ...
    @property
    def asked(self) -> Mapping[str, str]: ...
    @property
    def known(self) -> KnownAt | None: ...
    @property
    def as_at(self) -> datetime.date: ...
    @property
    def known_at(self) -> datetime.datetime: ...
    @property
    def made_at(self) -> datetime.datetime: ...
    @property
    def file_name(self) -> str: ...
    @property
    def is_private(self) -> bool: ...
    def parts(self) -> Generator[Part]: ...


@dataclass(frozen=True)
class FrozenTable:
    """A declared table, or several bundled, as it leaves the register."""

    resource: str
    export: Export
    form: Format
    forms: Mapping[str, Format]
    asked: Mapping[str, str]
    known: KnownAt | None

    @property
    def as_at(self) -> datetime.date:
        return self.export.question.date

    @property
    def known_at(self) -> datetime.datetime:
        return self.export.question.known_at or self.made_at

    @property
    def made_at(self) -> datetime.datetime:
        return self.export.made_at

    @property
    def file_name(self) -> str:
        return self.form.file_name(self.export)

    @property
    def is_private(self) -> bool:
        """What is worked out for whoever asks is theirs; everything else is frozen as everybody may see it."""
        return self.export.question.worked_out is not None

    def parts(self) -> Generator[Part]:
        export = self.export if self.is_private else _public(self.export)
        # Whoever was asked for is in it, though no row may be theirs.
        asked_for = {int(said) for name, said in self.asked.items() if name == "person"}
        with as_known_at(self.known.moment) if self.known else nullcontext():
            yield b"", _people_in(export) | asked_for
            for chunk in self.form.write(export):
                yield chunk, set()
            # Those who came or went while it was written, too.
            yield b"", _people_in(export)


@dataclass(frozen=True)
class FrozenChanges:
    """The feed of changes between two places in it. It is never of a past moment: it tells of every moment itself."""

    resource: str
    feed: Feed
    since: Place
    until: Place
    form: Format
    forms: Mapping[str, Format]
    asked: Mapping[str, str]
    as_at: datetime.date = field(default_factory=today)
    made_at: datetime.datetime = field(default_factory=timezone.now)
    known: KnownAt | None = None
    is_private: bool = False

    @property
    def known_at(self) -> datetime.datetime:
        return self.made_at

    @property
    def file_name(self) -> str:
        return f"{self.resource}-{self.as_at.isoformat()}.{self.form.name}"

    def parts(self) -> Generator[Part]:
        for lines in lines_between(self.feed, self.since, self.until):
            yield lines, self.feed.named_in(lines)


def _public(export: Export) -> Export:
    """An export, and those bundled with it, without what only some see or was worked out for whoever asks."""
    return replace(
        export,
        question=replace(export.question, sees={}),
        beside=tuple(_public(each) for each in export.beside if each.question.worked_out is None),
    )


def _people_in(export: Export) -> set[int]:
    """The numbers of all whom an export names, and those bundled with it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT number FROM ({export.table.named_in(export.question)}) AS each_row")
        found = {pk for (pk,) in cursor.fetchall() if pk}
    return found.union(*(_people_in(each) for each in export.beside))
