"""Which seat under a new version of the terms is which of the former: so that nobody loses theirs without being told.

A seat that an editor took over from the former version and changed is the same as long as something of it is; else it is
known by its title, then by how one sits in it and where it is drawn from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from memberships.models import DrawnFrom, Seat


def _title(seat: Seat) -> str:
    return " ".join(seat.title.casefold().split())


def _drawn(seat: Seat) -> tuple[object, ...]:
    """Where a seat is drawn from, and how its holder sits."""
    return (
        seat.category,
        seat.drawn_from,
        seat.role_type_id,
        seat.organisation_kind,
        seat.organisation_id,
        seat.group_id,
    )


def _is_same(former: Seat, now: Seat) -> bool:
    return _title(former) == _title(now) or _drawn(former) == _drawn(now)


def matched(former: Sequence[Seat], now: Sequence[Seat], taken_over: Mapping[int, int]) -> dict[int, int]:
    """For each seat of the former version that goes on, its place in `now`.

    `taken_over` says of places in `now` from which former seat, by its id, an editor made them. The answer is by the
    former seat's id too; a seat that is not in it has no place under the new version.
    """
    by_id = {seat.pk: seat for seat in former}
    found: dict[int, int] = {}
    for place, pk in taken_over.items():
        if pk in by_id and pk not in found and _is_same(by_id[pk], now[place]):
            found[pk] = place
    for test in (
        lambda a, b: _title(a) == _title(b),
        # Two seats for experience may have nothing to do with each other.
        lambda a, b: _drawn(a) == _drawn(b) and a.drawn_from != DrawnFrom.EXPERIENCE,
    ):
        for seat in former:
            if seat.pk in found:
                continue
            places = [place for place, other in enumerate(now) if place not in found.values() and test(seat, other)]
            if places:
                found[seat.pk] = places[0]
    return found
