"""The feed of changes: in the order of commits, once a row and change, with what everybody may see."""

import json
from typing import Any

import pytest
from django.test import Client

from ics_leadership.history import Change, change
from ics_leadership.restoring import undo, withdraw
from memberships import actions
from memberships.actions.erasing import erase_person
from memberships.actions.merging import merge_people
from memberships.actions.unmerging import unmerge_people
from memberships.models import Appointment, MergedPerson, Person
from tests import factories
from tests.api.reading import body, refusal
from tests.every_table import one_of_each
from tests.factories import IN_TEST, SmallArea
from tests.history.registers import commit
from tests.periods import OPEN_ENDED, day

CHANGES = "/api/v1/changes"


def told(client: Client, since: str = "", limit: int = 1000) -> tuple[list[dict[str, Any]], str]:
    """All entries since a cursor, and the cursor behind them."""
    commit()
    entries: list[dict[str, Any]] = []
    while True:
        page = json.loads(body(client, f"{CHANGES}?since={since}&limit={limit}"))
        entries += page["results"]
        since = page["next"]
        if page["up_to_date"]:
            return entries, since


def in_short(entries: list[dict[str, Any]]) -> list[tuple[str, int, str]]:
    return [(each["resource"], each["id"], each["what"]) for each in entries]


@pytest.fixture
def now(client: Client, area: SmallArea) -> str:
    """The end of the feed, once there is a neighbourhood."""
    return told(client)[1]


def test_row_is_created_changed_ended_withdrawn_and_restored(client: Client, area: SmallArea, now: str):
    post = factories.role(area.lmc, area.director)
    _, now = told(client, now)
    person = factories.person("Amina Yusuf")
    held = factories.appointment(person, post, period=OPEN_ENDED)
    entries, now = told(client, now)
    assert [(what, resource) for resource, _, what in in_short(entries)] == [
        ("created", "people"),
        ("created", "appointments"),
    ]
    assert entries[0]["data"]["family_name"] == "Yusuf"
    assert entries[1]["data"] | {"person_id": person.pk, "end_date": None} == entries[1]["data"]

    actions.correct_person(person=person, family_name="Bell", **IN_TEST)
    actions.end_appointment(appointment=held, end=day("2031-03-31"), **IN_TEST)
    entries, now = told(client, now)
    assert in_short(entries) == [("people", person.pk, "changed"), ("appointments", held.pk, "ended")]
    assert entries[1]["data"]["end_date"] == "2031-03-31"

    withdraw(row=Appointment.objects.get(pk=held.pk), **IN_TEST)
    entries, now = told(client, now)
    assert in_short(entries) == [("appointments", held.pk, "withdrawn")]
    assert entries[0]["data"] is None

    undo(change=Change.objects.latest("position"), **IN_TEST)
    entries, now = told(client, now)
    assert in_short(entries) == [("appointments", held.pk, "restored")]
    assert told(client, now) == ([], now)


def test_merged_person_leads_to_the_one_that_stayed_until_they_are_taken_apart(client: Client, now: str):
    keep, drop = factories.person("Amina Yusuf"), factories.person("A Yusuf")
    _, now = told(client, now)
    merge_people(keep=keep, drop=drop, **IN_TEST)
    entries, now = told(client, now)
    [gone] = [each for each in entries if each["id"] == drop.pk]
    assert (gone["what"], gone["into"], gone["data"]) == ("merged", keep.pk, None)
    unmerge_people(merged=MergedPerson.objects.get(), **IN_TEST)
    entries, now = told(client, now)
    assert ("people", drop.pk, "restored") in in_short(entries)


def test_erased_person_is_told_by_number_alone_to_who_follows_and_to_who_begins(
    client: Client, area: SmallArea, now: str
):
    director = area.directors[0]
    name = director.person.family_name
    erase_person(person_id=director.person_id, **IN_TEST)
    entries, now = told(client, now)
    assert set(in_short(entries)) == {
        ("people", director.person_id, "deleted"),
        ("appointments", director.pk, "deleted"),
        ("memberships", area.memberships[1].pk, "deleted"),
    }
    assert [each["data"] for each in entries] == [None] * 3
    whole, _ = told(client)
    assert name not in json.dumps(whole)
    assert whole[-3:] == entries
    assert [each for each in in_short(whole) if each[:2] == ("people", director.person_id)] == [
        ("people", director.person_id, "deleted")
    ]
    assert told(client, limit=1)[0] == whole


def test_row_is_told_of_once_a_change_and_not_at_all_when_nothing_is_left_of_it(client: Client, now: str):
    with change(**IN_TEST):
        person = factories.person("Amina Yusuf")
        Person.objects.filter(pk=person.pk).update(family_name="Bell")
        factories.person("Passing Through").delete()
    entries, now = told(client, now)
    assert in_short(entries) == [("people", person.pk, "created")]
    assert entries[0]["data"]["family_name"] == "Bell"
    with change(**IN_TEST):
        Person.objects.filter(pk=person.pk).update(family_name="Cole")
        Person.objects.filter(pk=person.pk).update(family_name="Bell")
    assert told(client, now)[0] == []


def test_what_only_some_see_is_in_no_entry(client: Client, db: None):
    secret = "Secret-0x5"
    one_of_each()
    with change(**IN_TEST):
        Person.objects.update(note=secret, registration_number=secret, work_email=f"{secret}@example.org")
        Appointment.objects.update(note=secret, evidence=secret)
    entries, now = told(client)
    assert {each["resource"] for each in entries} >= {"people", "appointments", "funding-lines", "terms", "seats"}
    assert not {"offers", "mentor-offers", "interests", "proposals", "grants"} & {each["resource"] for each in entries}
    assert secret not in json.dumps(entries)
    names = {name for each in entries for name in each["data"]}
    assert not names & {"note", "evidence", "registration_number", "work_email", "work_telephone", "annual_amount"}
    with change(**IN_TEST):
        Person.objects.update(note="Something else")
    entries, later = told(client, now)
    assert entries == []
    assert later != now


@pytest.mark.parametrize("limit", [1, 7])
def test_pages_of_any_size_tell_the_same_in_the_same_order(client: Client, area: SmallArea, limit: int):
    with change(**IN_TEST):
        for number in range(9):
            factories.person(f"Sam Number{number}")
    whole, _ = told(client)
    assert told(client, limit=limit)[0] == whole
    positions = [each["position"] for each in whole]
    assert positions == sorted(positions)
    assert len({each["cursor"] for each in whole}) == len(whole)
    middle = whole[len(whole) // 2]
    assert told(client, middle["cursor"])[0] == whole[len(whole) // 2 + 1 :]


@pytest.mark.parametrize(
    ("asked", "headers"),
    [
        ("people", {"Changes-Cursor", "Register-As-At"}),
        ("people?format=csv", {"Changes-Cursor", "Register-As-At"}),
        ("findings", {"Changes-Cursor", "Register-As-At"}),
        ("people/{person}", {"Register-As-At"}),
        ("changes", {"Changes-Cursor"}),
        ("compare?from_day=2025-01-01", set()),
        ("snapshots", set()),
    ],
)
def test_which_answers_say_the_place_and_the_day_in_headers(demo_client: Client, asked: str, headers: set[str]):
    address = f"/api/v1/{asked.format(person=Person.objects.earliest('pk').pk)}"
    answer = demo_client.head(address)
    assert answer.status_code == 200
    assert {"Changes-Cursor", "Register-As-At"} & set(answer.headers) == headers
    if etag := answer.headers.get("ETag"):
        again = demo_client.get(address, headers={"if-none-match": etag})
        assert again.status_code == 304
        assert not {"Changes-Cursor", "Register-As-At"} & set(again.headers)


def test_every_answer_of_a_table_names_the_place_from_which_to_go_on(client: Client, now: str):
    assert client.get("/api/v1/role-map?limit=1").headers["Changes-Cursor"] == now
    factories.person("Amina Yusuf")
    commit()
    assert client.get("/api/v1/role-map?limit=1").headers["Changes-Cursor"] != now


def test_lines_are_the_entries_of_the_pages(demo_client: Client):
    page = json.loads(body(demo_client, f"{CHANGES}?limit=1000"))
    answer = demo_client.get(f"{CHANGES}?format=ndjson")
    whole = b"".join(answer.streaming_content).splitlines()
    assert [json.loads(line) for line in whole[: len(page["results"])]] == page["results"]
    assert len(whole) > len(page["results"])
    behind = json.loads(body(demo_client, f"{CHANGES}?since={answer.headers['Changes-Cursor']}"))
    assert (behind["results"], behind["up_to_date"]) == ([], True)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("since=yesterday", "This cursor is none"),
        ("since=WzEsICIiXQ==", "This cursor is none"),
        ("since=WzEsICIiLCA1XQ==", "This cursor is none"),
        ("since=Wzk5OTk5OTk5LCAiIiwgMF0=", "of another register"),
        ("limit=0", "is no limit"),
        ("format=csv", "is no format"),
        ("as_at=2025-01-01", "cannot be asked here"),
        ("format=ndjson&limit=5", "NDJSON is whole"),
    ],
)
def test_what_makes_no_sense_is_refused(client: Client, db: None, asked: str, says: str):
    assert says in refusal(client, f"{CHANGES}?{asked}")


def test_every_entry_is_as_the_schema_says(client: Client, db: None):
    one_of_each()
    entries, _ = told(client)
    schema = json.loads(body(client, "/api/v1/schema"))
    answer = schema["paths"]["/api/v1/changes"]["get"]["responses"]["200"]
    [described] = [each["schema"] for name, each in answer["content"].items() if name == "application/json"]
    by_resource = {each["title"]: each for each in described["properties"]["results"]["items"]["oneOf"]}
    for entry in entries:
        said = by_resource[entry["resource"]]["properties"]
        assert set(entry) == set(said)
        columns = said["data"]["properties"]
        assert set(entry["data"]) == set(columns)
        for name, value in entry["data"].items():
            kinds = columns[name]["type"]
            assert _kind(value) in ([kinds] if isinstance(kinds, str) else kinds), (entry["resource"], name, value)
            assert value in columns[name].get("enum", [value])


def _kind(value: Any) -> str:
    kinds = {bool: "boolean", int: "integer", float: "number", str: "string", type(None): "null"}
    return kinds[type(value)]
