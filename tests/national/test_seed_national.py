"""A country to measure with: the same for the same seed, whole, attributed, and never beside anybody's register."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Count, Q

from ics_leadership.history import Change, event_model
from memberships.models import Appointment, FundingLine, Group, Membership, Person
from memberships.national.filling import NAME
from roles.models import Role

pytestmark = pytest.mark.django_db

MANY = 400


def seed(number: int = 1) -> str:
    said = io.StringIO()
    call_command("seed_national", appointments=MANY, seed=number, stdout=said, stderr=io.StringIO())
    return said.getvalue()


def rows() -> list[tuple[Any, ...]]:
    """Everything that was invented, without the numbers that the database gives."""
    held = Appointment.objects.order_by("pk").values_list(
        "person__slug", "role__slug", "period", "start_precision", "end_precision", "how", "confirmed_on"
    )
    paid = FundingLine.objects.order_by("pk").values_list(
        "appointment__person__slug", "funding_source__slug", "annual_amount"
    )
    seated = Membership.objects.order_by("pk").values_list(
        "person__slug", "seat__terms__group__slug", "seat__order", "period"
    )
    # In which order the rows of one statement are recorded is the database's affair.
    events = event_model(Appointment)._default_manager.order_by("id", "known_from", "pgh_id")
    known = events.values_list("pgh_label", "period", "known_from", "known_to")
    return [*held, *paid, *seated, *known]


class Undone(Exception):
    """Takes back what was seeded."""


def seeded_and_taken_back(number: int) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    try:
        with transaction.atomic():
            seed(number)
            found = rows()
            raise Undone
    except Undone:
        return found


def test_the_same_seed_gives_the_same_country_and_another_seed_another() -> None:
    first, again = seeded_and_taken_back(1), seeded_and_taken_back(1)
    assert first == again
    assert first != seeded_and_taken_back(2)


def test_a_country_is_whole_attributed_marked_as_invented_and_entered_once() -> None:
    said = seed()
    assert f"{MANY} appointments" in said
    assert Appointment.objects.count() == MANY
    assert Role.objects.count() == MANY * 40_000 // 250_000
    assert Person.objects.filter(invented=True).count() == Person.objects.count() == MANY * 60_000 // 250_000
    assert Group.objects.exists()
    assert Membership.objects.exists()
    assert not Group.objects.filter(invented=False).exists()
    assert set(Change.objects.values_list("name", flat=True)) == {NAME}
    # Nothing is known without a moment, and some of it was put right later.
    events = event_model(Appointment)._default_manager
    assert not events.filter(known_from=None).exists()
    assert events.values("id").annotate(times=Count("pk")).filter(times__gt=1).exists()
    assert events.filter(Q(known_to=None)).count() == MANY
    # What is added beside it gets a number of its own.
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('memberships_person', 'id'))")
        assert cursor.fetchone()[0] > Person.objects.order_by("-pk")[0].pk
    # A register that holds people is left alone.
    with pytest.raises(CommandError, match="holds people already: nothing was changed"):
        seed()
    assert Appointment.objects.count() == MANY
