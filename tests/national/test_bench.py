"""Ratios are taken in turn, and the table says whether they are reached."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from ics_leadership.feed import Place
from ics_leadership.history import Change
from memberships.bench.measuring import Ratio, as_table, in_turn
from memberships.bench.rows import changes, pages
from memberships.bench.tail import MANY


def test_two_things_are_measured_in_turn_the_one_and_the_other_first() -> None:
    asked: list[str] = []

    def named(name: str, took: float) -> float:
        asked.append(name)
        return took

    ratio = in_turn("a", "b", 2, lambda: named("ours", 3), lambda: named("theirs", 2), turns=2)
    assert asked == ["ours", "theirs", "ours", "theirs", "theirs", "ours"]
    assert ratio.ratios == [1.5, 1.5]
    assert ratio.is_reached


@pytest.mark.parametrize(("ratios", "verdict"), [([0.9, 1.0, 9.0], "ok"), ([0.9, 1.2, 1.3], "falls short")])
def test_a_table_ends_in_whether_every_median_is_reached(ratios: list[float], verdict: str) -> None:
    reached = Ratio("page", "empty view", 10, 0.01, 0.01, [1.0])
    table = as_table([Ratio("export", "psql", 1.1, 1.0, 1.0, ratios), reached])
    assert table.splitlines()[-1] == verdict
    assert f"{min(ratios):.2f} – {max(ratios):.2f}" in table


def test_a_register_without_another_beside_it_is_not_measured() -> None:
    with pytest.raises(CommandError, match="--beside"):
        call_command("bench")


def test_pages_and_changes_that_are_measured_are_there(demo_client: Client) -> None:
    for address in pages().values():
        assert demo_client.get(address).status_code == 200
    told = demo_client.get(changes()).json()
    assert len(told["results"]) <= MANY
    assert Place.read(told["next"]) >= Place()
    assert Change.objects.filter(name="bench").count() == MANY
