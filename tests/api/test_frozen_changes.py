"""Changes that were frozen: those up to then, the same for ever, and gone when somebody in them is erased."""

import json

import pytest
from django.test import Client

from memberships.actions.erasing import erase_person
from memberships.models import Person, Snapshot
from tests import factories
from tests.api.reading import body, refusal
from tests.api.test_changes import CHANGES
from tests.api.test_snapshot_pages import shown
from tests.api.test_snapshots import frozen
from tests.factories import SmallArea, small_area


@pytest.fixture(scope="module")
def changed_area(committing_together: None) -> SmallArea:
    return small_area()


@pytest.fixture
def reader(changed_area: SmallArea, client: Client) -> Client:
    client.force_login(factories.user(name="Robin Reader"))
    return client


def end_of_feed(client: Client) -> str:
    return client.get(f"{CHANGES}?limit=1").headers["Changes-Cursor"]


def test_changes_up_to_now_are_frozen_as_they_are_told(reader: Client, changed_area: SmallArea):
    since = end_of_feed(reader)
    first = factories.person("Una Before")
    said = frozen(reader, f"since={since}", "changes")
    assert (said["private"], said["asked"]) == (False, {"since": since, "format": "ndjson"})
    kept = body(reader, said["file"])
    assert kept == body(reader, f"{CHANGES}?since={since}&format=ndjson")
    assert [(each["resource"], each["id"]) for each in map(json.loads, kept.splitlines())] == [("people", first.pk)]
    factories.person("Una After")
    assert body(reader, said["file"]) == kept
    behind = json.loads(kept.splitlines()[-1])["cursor"]
    later = json.loads(body(reader, f"{CHANGES}?since={behind}"))["results"]
    assert [each["data"]["given_names"] for each in later] == ["Una"]


def test_all_changes_there_ever_were_are_frozen_with_everybody_in_them(reader: Client, changed_area: SmallArea):
    said = frozen(reader, "since=", "changes")
    assert said["asked"] == {"format": "ndjson"}
    assert body(reader, said["file"]) == body(reader, f"{CHANGES}?format=ndjson")
    assert set(Snapshot.objects.get(key=said["key"]).people) == set(Person.objects.values_list("pk", flat=True))


def test_whoever_is_named_by_another_row_and_is_erased_takes_it(reader: Client, changed_area: SmallArea):
    absent, sitting = factories.person("Una Absent"), factories.person("Una Sitting")
    since = end_of_feed(reader)
    seat = changed_area.seat("Experienced leader")
    factories.membership(seat, sitting, "Ran the network for years", attends_for=absent)
    said = frozen(reader, f"since={since}", "changes")
    assert Snapshot.objects.get(key=said["key"]).people == [absent.pk, sitting.pk]
    erase_person(by=None, why="Asked for it in writing", person_id=absent.pk)
    assert said["sha256"] in refusal(reader, said["file"], 410)
    # Of whom the number alone is told, nothing is left that could be taken back.
    again = frozen(reader, f"since={since}", "changes")
    assert absent.pk not in Snapshot.objects.get(key=again["key"]).people


def test_page_says_up_to_when_and_from_where(reader: Client, changed_area: SmallArea):
    since = end_of_feed(reader)
    asks = shown(reader, f"/snapshots/new?of={CHANGES}?since={since}")
    assert "<dt>Up to</dt><dd>when you freeze it</dd>" in asks
    answer = reader.post(f"/snapshots/new?of={CHANGES}?since={since}", {"format": "ndjson"})
    assert answer.status_code == 302
    told = shown(reader, answer.headers["Location"])
    assert "</span> Changes up to " in told
    assert f"<dt>Since the cursor</dt><dd>{since}</dd>" in told
    assert "<dt>As at</dt>" not in told
    assert '">Changes</a>' in shown(reader, "/snapshots")


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("format=csv", "“csv” cannot be frozen. It can be ndjson."),
        ("limit=5", "“limit” is for pages of JSON"),
        ("since=nonsense", "This cursor is none that the register gave."),
        ("since=WzkwMDcxOTkyNTQ3NDA5OTIsICIiLCAwXQ==", "This cursor is of another register"),
        ("as_at=2025-01-01", "“as_at” cannot be asked here."),
        ("known_at=2025-01-01", "“known_at” cannot be asked here."),
        ("since=a&since=b", "more than one value for “since”"),
    ],
)
def test_what_cannot_be_asked_of_changes_is_not_frozen(
    reader: Client, changed_area: SmallArea, asked: str, sentence: str
):
    before = Snapshot.objects.count()
    answer = reader.post(f"/api/v1/snapshots/of/changes?{asked}")
    assert answer.status_code == 400
    assert sentence in answer.json()["detail"]
    assert Snapshot.objects.count() == before
