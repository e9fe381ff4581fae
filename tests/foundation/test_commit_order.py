"""The order of changes is that of their commits, so that whoever follows it misses nothing."""

import random
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from ics_leadership.history import change, event_model
from ics_leadership.models import Change
from memberships.models import Person

pytestmark = pytest.mark.usefixtures("committing")

PATIENCE = 30
"""Seconds after which a thread that waits for another has waited in vain."""


@pytest.fixture
def threads():
    """Run functions in threads of their own, each with a connection of its own: `threads(function, *arguments)`."""
    with ThreadPoolExecutor(8) as pool:

        def start(work: Callable[..., Any], *arguments: Any) -> Future[Any]:
            def and_hang_up() -> Any:
                try:
                    return work(*arguments)
                finally:
                    connection.close()

            return pool.submit(and_hang_up)

        yield start


def add(slug: str) -> None:
    Person.objects.create(slug=slug, family_name=slug.title())


def test_of_two_overlapping_changes_the_one_that_commits_first_comes_first(threads):
    written, other_committed = threading.Event(), threading.Event()

    def slow() -> None:
        with change(by=None, why="began first"):
            add("slow")
            written.set()
            assert other_committed.wait(PATIENCE)

    slow_writer = threads(slow)
    assert written.wait(PATIENCE)
    with change(by=None, why="committed first"):
        add("quick")
    other_committed.set()
    slow_writer.result(PATIENCE)

    assert list(Change.objects.order_by("pk").values_list("why", flat=True)) == ["began first", "committed first"]
    changes = Change.objects.order_by("position")
    assert [each.why for each in changes] == ["committed first", "began first"]
    assert changes[0].recorded_at <= changes[1].recorded_at
    known_from = dict(event_model(Person).objects.values_list("slug", "known_from"))
    assert known_from == {"quick": changes[0].recorded_at, "slow": changes[1].recorded_at}


def test_whoever_follows_the_positions_misses_no_change(threads):
    writers, changes_each = 4, 12
    finished = threading.Event()

    def write(writer: int) -> None:
        pace = random.Random(writer)
        for number in range(changes_each):
            with change(by=None, why=f"{writer}.{number}"):
                add(f"person-{writer}-{number}")
                threading.Event().wait(pace.uniform(0, 0.01))

    def follow() -> list[str]:
        seen: list[str] = []
        last_position = 0
        while True:
            ended = finished.is_set()
            for each in Change.objects.filter(position__gt=last_position).order_by("position"):
                seen.append(each.why)
                last_position = each.position
            if ended:
                return seen

    follower = threads(follow)
    work = [threads(write, writer) for writer in range(writers)]
    for each in work:
        each.result(PATIENCE)
    finished.set()
    assert sorted(follower.result(PATIENCE)) == sorted(
        f"{writer}.{number}" for writer in range(writers) for number in range(changes_each)
    )
    times = list(Change.objects.order_by("position").values_list("recorded_at", flat=True))
    assert times == sorted(times)


def test_a_change_that_is_rolled_back_leaves_no_position_to_wait_for(threads):
    def fail() -> None:
        with change(by=None, why="fails"):
            add("nobody")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        threads(fail).result(PATIENCE)
    with change(by=None, why="succeeds"):
        add("somebody")
    assert [each.why for each in Change.objects.order_by("position")] == ["succeeds"]
    assert list(Person.objects.values_list("slug", flat=True)) == ["somebody"]
