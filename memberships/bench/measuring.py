"""Ratios: two things measured in turn, so that whatever else the machine does falls on both."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Timed = Callable[[], float]
"""Does the thing once and gives how long it took, in seconds."""


@dataclass(frozen=True)
class Ratio:
    """How a row of the table came out; `ours` and `theirs` are medians, `ratios` those of each turn."""

    what: str
    against: str
    at_most: float
    ours: float
    theirs: float
    ratios: Sequence[float]
    unit: str = "s"

    @property
    def median(self) -> float:
        return statistics.median(self.ratios)

    @property
    def is_reached(self) -> bool:
        return self.median <= self.at_most

    def as_json(self) -> dict[str, object]:
        return {
            "what": self.what,
            "against": self.against,
            "at_most": self.at_most,
            "median": round(self.median, 3),
            "least": round(min(self.ratios), 3),
            "most": round(max(self.ratios), 3),
            "turns": len(self.ratios),
            "ours": round(self.ours, 5),
            "theirs": round(self.theirs, 5),
            "unit": self.unit,
            "reached": self.is_reached,
        }


def timed(act: Callable[[], object]) -> Timed:
    """How long something takes."""

    def once() -> float:
        begin = time.perf_counter()
        act()
        return time.perf_counter() - begin

    return once


def in_turn(what: str, against: str, at_most: float, ours: Timed, theirs: Timed, *, turns: int) -> Ratio:
    """Both once unmeasured, then in turn, the one and the other first."""
    ours()
    theirs()
    pairs = []
    for turn in range(turns):
        if turn % 2:
            second, first = theirs(), ours()
        else:
            first, second = ours(), theirs()
        pairs.append((first, second))
    medians = [statistics.median(column) for column in zip(*pairs, strict=True)]
    return Ratio(what, against, at_most, medians[0], medians[1], [first / second for first, second in pairs])


def as_table(ratios: Sequence[Ratio]) -> str:
    """The rows for people, and in the last line whether all of them reach what they should."""
    lines = [f"{'what':<58} {'ratio':>8} {'spread':>15} {'at most':>8}  {'ours':>10} {'theirs':>10}"]
    for row in ratios:
        spread = f"{min(row.ratios):.2f} – {max(row.ratios):.2f}"
        size = (
            f"{value * 1000:,.1f} ms" if row.unit == "s" else f"{value:,.1f} {row.unit}"
            for value in (row.ours, row.theirs)
        )
        verdict = "" if row.is_reached else "  falls short"
        lines.append(
            f"{row.what[:58]:<58} {row.median:>8.2f} {spread:>15} {row.at_most:>8}  {' '.join(f'{each:>10}' for each in size)}{verdict}"
        )
        lines.append(f"    against {row.against}")
    return "\n".join([*lines, "ok" if all(row.is_reached for row in ratios) else "falls short"])
