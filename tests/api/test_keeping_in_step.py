"""The client in the documentation: whatever several people write at once, its copy is in the end what the register says."""

import importlib.util
import json
import random
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import OperationalError, connection
from django.test import Client

from ics_leadership.history import Change
from ics_leadership.restoring import undo, withdraw
from memberships import actions
from memberships.actions.erasing import erase_person
from memberships.actions.merging import merge_people
from memberships.actions.unmerging import unmerge_people
from memberships.feed import feed
from memberships.models import Appointment, ErasedRow, MergedPerson, Person
from roles.models import FundingSource, Role
from tests import factories
from tests.api.reading import body
from tests.factories import IN_TEST
from tests.periods import ADJACENT_LATER, EARLIER, NORMAL, OPEN_ENDED, day

WRITERS, STEPS, PATIENCE = 4, 25, 120


@pytest.fixture(scope="module")
def client_of_the_docs() -> ModuleType:
    path = Path(settings.BASE_DIR) / "docs" / "examples" / "keep_in_step.py"
    spec = importlib.util.spec_from_file_location("keep_in_step", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def asked_with(limit: int) -> Any:
    """As the client asks, without a network."""
    client = Client()

    def ask(register: str, since: str, token: str) -> dict[str, Any]:
        page: dict[str, Any] = json.loads(body(client, f"/api/v1/changes?limit={limit}&since={since}"))
        return page

    return ask


def act(pick: random.Random) -> None:
    """Something that an editor may do, to whatever rows there are."""
    people, held = list(Person.objects.order_by("pk")), list(Appointment.objects.order_by("pk"))
    match pick.choice(["add", "appoint", "correct", "end", "withdraw", "merge", "unmerge", "undo", "money", "erase"]):
        case "add":
            factories.person(f"Amina Yusuf{pick.randrange(99)}")
        case "appoint":
            period = pick.choice([NORMAL, OPEN_ENDED, EARLIER, ADJACENT_LATER])
            factories.appointment(pick.choice(people), pick.choice(list(Role.objects.all())), period=period)
        case "correct":
            names = {"family_name": f"Bell{pick.randrange(99)}", "note": f"{pick.random()}"}
            actions.correct_person(person=pick.choice(people), **names, **IN_TEST)
        case "end":
            actions.end_appointment(appointment=pick.choice(held), end=day("2031-03-31"), **IN_TEST)
        case "withdraw":
            withdraw(row=pick.choice([*people, *held]), **IN_TEST)
        case "merge":
            merge_people(keep=pick.choice(people), drop=pick.choice(people), **IN_TEST)
        case "unmerge":
            unmerge_people(merged=pick.choice(list(MergedPerson.objects.all())), **IN_TEST)
        case "undo":
            undo(change=pick.choice(list(Change.objects.order_by("-position")[:5])), **IN_TEST)
        case "erase":
            erase_person(person_id=pick.choice(people).pk, **IN_TEST)
        case "money":
            funding = actions.Funding(FundingSource.objects.get())
            actions.add_funding_line(appointment=pick.choice(held), funding=funding, **IN_TEST)


def write(seed: int) -> int:
    """Several steps, of which those that are refused, or that another writer crosses, change nothing. Gives how many did."""
    pick, done = random.Random(seed), 0
    try:
        for _ in range(STEPS):
            try:
                act(pick)
                done += 1
            except (ValidationError, IndexError, OperationalError, ObjectDoesNotExist):
                continue
        return done
    finally:
        connection.close()


def as_the_register_says() -> Iterator[tuple[str, dict[int, dict[str, Any]]]]:
    """Every resource as its table says now: the columns of the feed, read from the table itself."""
    for told in feed().tables:
        columns = ", ".join(f"'{each.name}', {each.sql}" for each in told.columns)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT id, json_build_object({columns})::text FROM {told.model._meta.db_table} AS after")
            yield told.resource, {pk: json.loads(row) for pk, row in cursor.fetchall()}


def in_the_copy(copy: sqlite3.Connection, resource: str) -> dict[int, dict[str, Any]]:
    if not copy.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [resource]).fetchone():
        return {}
    rows = copy.execute(f'SELECT * FROM "{resource}"')
    names = [each[0] for each in rows.description]
    return {row[names.index("id")]: dict(zip(names, row, strict=True)) for row in rows}


@pytest.mark.usefixtures("committing")
def test_copy_is_what_the_register_says_whatever_several_write_at_once(client_of_the_docs: ModuleType):
    area = factories.small_area()
    factories.appointment(
        factories.person("Sam Paid"),
        factories.role(area.lmc, area.director),
        funding=[actions.Funding(factories.funding_source())],
    )
    copy = client_of_the_docs.open_copy(":memory:")
    finished, told = threading.Event(), 0
    with ThreadPoolExecutor(WRITERS) as pool:
        work = [pool.submit(write, seed) for seed in range(WRITERS)]
        while not finished.is_set():
            if all(each.done() for each in work):
                finished.set()
            told += client_of_the_docs.keep_in_step("", copy, ask=asked_with(7))
        assert sum(each.result(PATIENCE) for each in work) > WRITERS * STEPS / 5
    assert told
    for resource, rows in as_the_register_says():
        assert in_the_copy(copy, resource) == rows, resource
    again = client_of_the_docs.open_copy(":memory:")
    client_of_the_docs.keep_in_step("", again, ask=asked_with(1000))
    for resource, rows in as_the_register_says():
        assert in_the_copy(again, resource) == rows, resource
    assert client_of_the_docs.keep_in_step("", copy, ask=asked_with(7)) == 0
    erased = set(ErasedRow.objects.filter(table="memberships.person").values_list("row_id", flat=True))
    assert erased
    for each in (copy, again):
        gone = each.execute("SELECT id FROM _gone WHERE resource = 'people' AND what = 'deleted'")
        assert {pk for (pk,) in gone} == erased
