"""The geometry of the pictures: bars over the years, what came before and after, seats by sector.

Plain data in, plain data out; `templates/pictures/` draws it. Positions are percentages of the drawing's width, as text
ready for an SVG attribute, so that a picture fits a phone without its words shrinking. Colours are class names.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# A spell of a few days in fifteen years is still to be seen.
LEAST_WIDTH = 0.8
LANE_HEIGHT = 24


def _percent(value: float) -> str:
    return f"{round(value, 2):g}%"


# --- bars over the years


@dataclass(frozen=True)
class Bar:
    """One spell. `start` None reaches back beyond the picture, `end` (the last day, included) None has no end in sight.

    `certain_start` and `certain_end` bound the days that are certain where the dates are partial; `kind` is what
    colours the bar (on whose behalf: `general_practice`, …; `experience`; `vacant`); `when` is the period in words.
    """

    label: str
    when: str
    href: str
    start: datetime.date | None
    end: datetime.date | None = None
    certain_start: datetime.date | None = None
    certain_end: datetime.date | None = None
    kind: str = ""


@dataclass(frozen=True)
class TimelineRow:
    """A labelled row: one appointment, one seat, or a role with all who held it. `line` is a second, quieter line."""

    label: str
    bars: Sequence[Bar]
    href: str = ""
    line: str = ""


@dataclass(frozen=True)
class DrawnBar:
    bar: Bar
    x: str
    width: str
    certain_x: str
    certain_width: str
    y: int
    open_end: bool

    @property
    def title(self) -> str:
        return f"{self.bar.label}, {self.bar.when}"


@dataclass(frozen=True)
class DrawnRow:
    row: TimelineRow
    bars: list[DrawnBar]
    height: int


@dataclass(frozen=True)
class Tick:
    """The first day of a year. `minor` labels make way on a phone; `anchor` keeps the last one inside the drawing."""

    x: str
    label: str
    minor: bool
    anchor: str


@dataclass(frozen=True)
class Timeline:
    rows: list[DrawnRow]
    ticks: list[Tick]
    day: datetime.date
    day_x: str


class _Scale:
    """Where a day stands between the first and the last day drawn, in percent."""

    def __init__(self, first: datetime.date, last: datetime.date) -> None:
        self.first = first
        self.last = last
        self.days = (last - first).days + 1

    def left(self, date: datetime.date | None) -> float:
        """The left edge of a day; None is the left edge of the picture."""
        if date is None:
            return 0.0
        return min(max((date - self.first).days / self.days * 100, 0.0), 100.0)

    def right(self, date: datetime.date | None) -> float:
        """The right edge of a day; None is the right edge of the picture."""
        if date is None:
            return 100.0
        return min(max(((date - self.first).days + 1) / self.days * 100, 0.0), 100.0)


def _years_drawn(rows: Iterable[TimelineRow], on: datetime.date) -> tuple[int, int]:
    days = [on]
    for row in rows:
        for bar in row.bars:
            days += [date for date in (bar.start, bar.end) if date]
    first, last = min(days).year, max(days).year
    # One year alone would be a picture without a direction.
    return (first - 1 if first == last else first), last


def _ticks(first: int, last: int, scale: _Scale) -> list[Tick]:
    step = next(step for step in (1, 2, 5, 10, 20, 50) if (last - first) / step <= 10)
    labelled = [year for year in range(first, last + 1) if year % step == 0]
    ticks = []
    for place, year in enumerate(labelled):
        x = scale.left(datetime.date(year, 1, 1))
        ticks.append(Tick(_percent(x), str(year), minor=place % 2 == 1, anchor="end" if x > 95 else "start"))
    return ticks


def _lanes(bars: Sequence[Bar]) -> list[tuple[Bar, int]]:
    """Each bar with the first lane that is free for it: those who share a post stand below each other."""
    free_from: list[datetime.date] = []
    placed = []
    for bar in sorted(bars, key=lambda bar: bar.start or datetime.date.min):
        start = bar.start or datetime.date.min
        lane = next((number for number, free in enumerate(free_from) if free <= start), len(free_from))
        until = bar.end + datetime.timedelta(days=1) if bar.end else datetime.date.max
        free_from[lane : lane + 1] = [until]
        placed.append((bar, lane))
    return placed


def _drawn(bar: Bar, lane: int, scale: _Scale) -> DrawnBar:
    x, right = scale.left(bar.start), scale.right(bar.end)
    width = max(right - x, LEAST_WIDTH)
    x = min(x, 100 - width)
    certain_x = min(max(scale.left(bar.certain_start) if bar.certain_start else x, x), x + width)
    certain_right = scale.right(bar.certain_end) if bar.certain_end else x + width
    return DrawnBar(
        bar=bar,
        x=_percent(x),
        width=_percent(width),
        certain_x=_percent(certain_x),
        certain_width=_percent(max(min(certain_right, x + width) - certain_x, 0)),
        y=lane * LANE_HEIGHT,
        open_end=bar.end is None,
    )


def timeline(rows: Sequence[TimelineRow], *, on: datetime.date) -> Timeline:
    """Bars in labelled rows over whole years, from the first start to the last end, the day `on` among them."""
    first, last = _years_drawn(rows, on)
    scale = _Scale(datetime.date(first, 1, 1), datetime.date(last, 12, 31))
    drawn = []
    for row in rows:
        placed = _lanes(row.bars)
        height = (max((lane for _, lane in placed), default=0) + 1) * LANE_HEIGHT
        drawn.append(DrawnRow(row, [_drawn(bar, lane, scale) for bar, lane in placed], height))
    return Timeline(drawn, _ticks(first, last, scale), on, _percent(scale.left(on)))


# --- what came before and after, what stands above and below


@dataclass(frozen=True)
class Node:
    """One box: a name, a quieter line under it, where it leads. `here` marks the one that the page is about."""

    name: str
    href: str = ""
    line: str = ""
    here: bool = False


@dataclass(frozen=True)
class Column:
    """Boxes that stand under one heading, from top to bottom."""

    heading: str
    nodes: Sequence[Node]


@dataclass(frozen=True)
class Tree:
    """Columns from left to right; `gaps[i]` holds the connecting lines after column i as SVG path data in a
    100 × 100 square that is stretched to the gap. The gap after the last column is empty."""

    columns: list[tuple[Column, list[str]]]

    @property
    def nodes(self) -> list[tuple[str, Node]]:
        """Every box with its column's heading, for the table below the picture."""
        return [(column.heading, node) for column, _ in self.columns for node in column.nodes]


def tree(columns: Sequence[Column], links: Sequence[tuple[int, int, int]] | None = None) -> Tree:
    """Columns of boxes joined by lines. Two to four columns that hold boxes; empty ones are left out.

    `links` are (column, place in it, place in the next column), for columns as given; None joins every box with every
    box of the next column, which is right wherever one of the two holds a single box.
    """
    kept = [place for place, column in enumerate(columns) if column.nodes]
    drawn = []
    for number, place in enumerate(kept):
        column = columns[place]
        following = columns[kept[number + 1]] if number + 1 < len(kept) else None
        pairs: Iterable[tuple[int, int]] = []
        if following and links is None:
            pairs = [(a, b) for a in range(len(column.nodes)) for b in range(len(following.nodes))]
        elif following:
            pairs = [(a, b) for at, a, b in links or () if at == place]
        paths = []
        for a, b in pairs:
            start = (a + 0.5) / len(column.nodes) * 100
            end = (b + 0.5) / len(following.nodes if following else ()) * 100
            paths.append(f"M0,{start:g} C50,{start:g} 50,{end:g} 100,{end:g}")
        drawn.append((column, paths))
    return Tree(drawn)


# --- seats by sector


@dataclass(frozen=True)
class Part:
    """So many seats of one sector. `kind` is the sector's value, or `vacant`."""

    kind: str
    label: str
    count: int
    href: str


@dataclass(frozen=True)
class StackRow:
    """One bar: a group, or a group on a day. `line` says what the bar counts, in words."""

    label: str
    parts: Sequence[Part]
    line: str = ""

    @property
    def total(self) -> int:
        return sum(part.count for part in self.parts)


@dataclass(frozen=True)
class DrawnPart:
    part: Part
    x: str
    width: str
    middle: str
    has_room: bool

    @property
    def title(self) -> str:
        return f"{self.part.label}: {self.part.count}"


@dataclass(frozen=True)
class Stack:
    rows: list[tuple[StackRow, list[DrawnPart]]]
    key: list[Part]

    @property
    def table(self) -> list[tuple[StackRow, list[tuple[Part, int]]]]:
        """Each row with every entry of the key and how many seats it has of it."""
        return [
            (
                row,
                [(entry, sum(part.count for part in row.parts if part.kind == entry.kind)) for entry in self.key],
            )
            for row, _ in self.rows
        ]


def stack(rows: Sequence[StackRow]) -> Stack:
    """Bars of seats, all to one scale: the longest bar fills the width. Parts without seats are left out."""
    longest = max((row.total for row in rows), default=0) or 1
    key: dict[str, Part] = {}
    drawn = []
    for row in rows:
        x = 0.0
        parts = []
        for part in row.parts:
            if not part.count:
                continue
            key.setdefault(part.kind, part)
            width = part.count / longest * 100
            # A figure needs some ten pixels, and on the narrowest screen the drawing is 288 wide.
            has_room = width >= 4 * len(str(part.count))
            parts.append(DrawnPart(part, _percent(x), _percent(width), _percent(x + width / 2), has_room))
            x += width
        drawn.append((row, parts))
    return Stack(drawn, list(key.values()))
