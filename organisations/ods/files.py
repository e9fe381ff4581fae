"""From paths to rows: finds the files, recognises each, reads every line, and gathers everything that is wrong.

The database is not touched here.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from organisations.ods import layouts, vintages
from organisations.ods.layouts import Layout, Part
from organisations.ods.problems import Problem, Rejected, Unreadable
from organisations.ods.rows import Registration, Relation, Row, Standing
from organisations.ods.tables import Broken, read_sheets
from organisations.ods.vintages import Vintage

_SUFFIXES = {".csv", ".xlsx"}


@dataclass(frozen=True)
class PublishedPart:
    """All that one layout within one file says. `read` counts its lines, the `rejected` ones included."""

    file: Path
    layout: Layout
    vintage: Vintage
    checksum: str
    read: int
    rows: list[Row]
    rejected: list[Problem]

    @property
    def title(self) -> str:
        return f"{self.layout.title} ({self.layout.report or self.layout.name}), published {self.vintage}"


@dataclass
class Found:
    """The files under the paths that were named: those to read, those passed over, and what is wrong already."""

    files: list[Path] = field(default_factory=list)
    passed_over: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def find(paths: Iterable[Path]) -> Found:
    """The files named, and of each folder named those that may be tables (`.csv`, `.xlsx`), by name."""
    found = Found()
    for path in paths:
        if path.is_dir():
            inside = sorted(child for child in path.iterdir() if child.is_file() and not child.name.startswith("."))
            tables = [child for child in inside if child.suffix.lower() in _SUFFIXES]
            found.files += tables
            found.passed_over += [child for child in inside if child not in tables]
            if not tables:
                found.problems.append(Problem(str(path), None, "the folder holds no .csv or .xlsx file."))
        elif path.is_file():
            found.files.append(path)
        else:
            found.problems.append(Problem(str(path), None, "there is no such file or folder."))
    return found


def read(path: Path, today: datetime.date, stated: Vintage | None = None) -> tuple[list[PublishedPart], list[Problem]]:
    """What a file says, part by part, and what is wrong with it; `stated` replaces the vintage that the file shows."""
    try:
        sheets = read_sheets(path)
        parts = layouts.recognise(sheets)
        headings = [cell for lines in sheets.values() for cell in lines[0].cells] if len(sheets) == 1 else []
        vintage = stated or vintages.vintage_of(path.name, parts, headings, today)
    except Broken as broken:
        return [], [Problem(path.name, broken.line, str(broken))]
    except Unreadable as reason:
        return [], [Problem(path.name, None, str(reason))]
    except OSError as error:
        return [], [Problem(path.name, None, f"it cannot be read ({error.strerror}).")]
    published, problems = [], []
    for part in parts:
        one, wrong = _read_part(path, part, vintage)
        published.append(one)
        problems += wrong
    return published, problems


def _read_part(path: Path, part: Part, vintage: Vintage) -> tuple[PublishedPart, list[Problem]]:
    name = f"{path.name} [{part.sheet}]" if part.sheet else path.name
    rows: list[Row] = []
    problems: list[Problem] = []
    rejected: list[Problem] = []
    agreeing = _agreement()
    for line in part.lines:
        try:
            if len(line.cells) != part.layout.width:
                raise Unreadable(f"it has {len(line.cells)} columns where {part.layout.name} has {part.layout.width}.")
            rows += agreeing(part.layout.read(line.number, line.cells, vintage.last))
        except Rejected as reason:
            rejected.append(Problem(name, line.number, str(reason)))
        except Unreadable as reason:
            problems.append(Problem(name, line.number, str(reason)))
    digest = hashlib.sha256("\n".join("\x1f".join(line.cells) for line in part.lines).encode()).hexdigest()
    return PublishedPart(path, part.layout, vintage, digest, len(part.lines), rows, rejected), problems


_ONE_PARENT = {Relation.NETWORK_AREA, Relation.COMMISSIONER_SYSTEM, Relation.TRUST_SYSTEM, Relation.SYSTEM_REGION}


def _agreement() -> Callable[[Iterable[Row]], list[Row]]:
    """A filter of what each line says by what those before it said; it raises `Rejected` where they contradict.

    In which region a health system lies is said in passing, in the line of each of its organisations: where they
    differ the first is believed, and the rest of the line stands.
    """
    registered: dict[tuple[str, str], int] = {}
    parents: dict[tuple[Relation, str], tuple[str, int]] = {}

    def agreeing(said: Iterable[Row]) -> list[Row]:
        agreed = []
        for row in said:
            if isinstance(row, Registration) and row.dated:
                earlier = registered.setdefault((row.code, row.kind), row.line)
                if earlier != row.line:
                    raise Rejected(f"line {earlier} is about {row.code} already.")
            elif isinstance(row, Standing) and row.relation in _ONE_PARENT:
                parent, earlier = parents.setdefault((row.relation, row.code), (row.parent, row.line))
                if parent != row.parent and row.relation == Relation.SYSTEM_REGION:
                    continue
                if parent != row.parent:
                    raise Rejected(f"{row.code} cannot stand under {row.parent}: line {earlier} says {parent}.")
            agreed.append(row)
        return agreed

    return agreeing
