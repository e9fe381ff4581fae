"""What an import did, for people and for machines: counts by kind, and all that somebody must look at."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from organisations.models import Kind, LinkKind
from organisations.ods.problems import Problem
from organisations.ods.settle_links import SUCCEEDED_BY

_SHOWN = 10
"""How many examples of each thing that waits are shown to people; machines get all."""


@dataclass(frozen=True)
class ReadFile:
    """One layout within one file; `new` says whether its content was unknown before this import."""

    file: str
    layout: str
    published: str
    lines: int
    new: bool


@dataclass(frozen=True)
class OrganisationTally:
    """Organisations of one kind. `read` = created + changed + unchanged + left_out; `absent` are counted apart."""

    read: int
    created: int
    changed: int
    unchanged: int
    left_out: int
    absent: int


@dataclass(frozen=True)
class LinkTally:
    """Links of one kind. `read` = created + changed + unchanged; `removed`: nothing published says so now."""

    read: int
    created: int
    changed: int
    unchanged: int
    removed: int


@dataclass(frozen=True)
class Waiting:
    """One sort of thing that waits for an editor: the sentence that says what, and every case."""

    sentence: str
    cases: list[dict[str, Any]]


@dataclass
class Report:
    """The outcome of one import. `written` is false for a dry run and where the register said all this already."""

    dry_run: bool
    written: bool = False
    files: list[ReadFile] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    organisations: dict[str, OrganisationTally] = field(default_factory=dict)
    links: dict[str, LinkTally] = field(default_factory=dict)
    rejected: list[Problem] = field(default_factory=list)
    waiting: dict[str, Waiting] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The whole report in plain values."""
        said = dataclasses.asdict(self)
        said["rejected"] = [problem._asdict() for problem in self.rejected]
        return said

    def as_text(self) -> str:
        """The report as people read it, examples instead of long lists."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        for file in self.files:
            note = "" if file.new else ", already imported"
            yield f"{file.file}: {file.layout}, published {file.published}, {file.lines:,} lines{note}"
        for name in self.passed_over:
            yield f"{name}: passed over, it is no table"
        yield ""
        yield from _table(OrganisationTally, {str(Kind(kind).label): row for kind, row in self.organisations.items()})
        yield ""
        yield from _table(LinkTally, {_link_name(kind): row for kind, row in self.links.items()})
        if self.rejected:
            yield ""
            yield f"Rejected lines: {len(self.rejected):,}"
            yield from (f"  {problem}" for problem in self.rejected)
        for waiting in self.waiting.values():
            yield ""
            yield f"{waiting.sentence}: {len(waiting.cases):,}"
            yield from (f"  {_case(case)}" for case in waiting.cases[:_SHOWN])
            if len(waiting.cases) > _SHOWN:
                yield f"  … and {len(waiting.cases) - _SHOWN:,} more (--json lists all)"
        yield ""
        if self.dry_run:
            yield "Nothing was written: this was a dry run."
        elif self.written:
            yield "The register was brought up to date."
        else:
            yield "Nothing was written: the register said all this already."


def _link_name(kind: str) -> str:
    return "succeeded by" if kind == SUCCEEDED_BY else str(LinkKind(kind).label)


def _table(tally: type, rows: dict[str, Any]) -> Iterator[str]:
    columns = [column.name for column in dataclasses.fields(tally)]
    yield " " * 42 + "".join(f"{column.replace('_', ' '):>11}" for column in columns)
    for name, row in rows.items():
        yield f"{name:<42}" + "".join(f"{getattr(row, column):>11,}" for column in columns)


def _case(case: dict[str, Any]) -> str:
    return ", ".join(
        f"{key.replace('_', ' ')} {', '.join(map(str, value)) if isinstance(value, list) else value}"
        for key, value in case.items()
        if value not in (None, "", [])
    )
