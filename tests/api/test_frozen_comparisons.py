"""Comparisons that were frozen: both sides said in full, the same for ever, and gone when somebody in them is erased."""

import csv
import datetime
import html
import io
import json
import re
from typing import Any

import openpyxl
import pytest
from django.test import Client, override_settings
from django.utils import timezone

from ics_leadership.accounts.models import Sight, Standing
from memberships import actions
from memberships.actions.erasing import erase_person
from memberships.exports.differences import SUBJECTS
from memberships.models import Person, Snapshot
from organisations.models import Kind
from tests import factories
from tests.api.reading import body, refusal
from tests.api.test_snapshot_pages import frozen_from, shown
from tests.api.test_snapshots import frozen
from tests.factories import IN_TEST, SmallArea, small_area
from tests.periods import day

DAYS = "from_day=2020-01-01&to_day=2026-06-01"


@pytest.fixture(scope="module")
def frozen_area(committing_together: None) -> SmallArea:
    return small_area()


@pytest.fixture
def analyst(frozen_area: SmallArea, client: Client) -> Client:
    account = factories.user(name="Robin Reader")
    factories.grant(account, Standing.ANALYST, sees=[*Sight])
    client.force_login(account)
    return client


def began(name: str, area: SmallArea, title: str = "Data lead") -> Person:
    """Somebody who holds a role in the network since March 2026."""
    person = factories.person(name)
    role = factories.role(area.pcns[0], factories.role_type(), title=title)
    factories.appointment(person, role, period=(day("2026-03-01"), None))
    return person


def now() -> str:
    return timezone.now().isoformat().replace("+00:00", "Z")


@pytest.mark.parametrize("form", ["csv", "ndjson", "xlsx"])
@pytest.mark.parametrize("of", list(SUBJECTS))
def test_comparison_of_days_is_the_same_bytes_whatever_the_register_says_later(
    analyst: Client, frozen_area: SmallArea, of: str, form: str
):
    person = began("Amina Yusuf", frozen_area)
    area = frozen_area.pcns[0].pk
    address = f"/api/v1/compare?of={of}&{DAYS}&within={area}&format={form}"
    before = body(analyst, address)
    said = frozen(analyst, f"of={of}&{DAYS}&within={area}&format={form}", "compare")
    first = body(analyst, said["file"])
    if form != "xlsx":
        assert first == before
    actions.correct_person(person=person, family_name="Otherwise", **IN_TEST)
    assert body(analyst, said["file"]) == first
    assert said["resource"] == "compare"
    asked = {"from_day": "2020-01-01", "to_day": "2026-06-01", "within": str(area), "of": of, "format": form}
    assert said["asked"] == asked
    assert said["as_at"] == "2026-06-01"
    assert said["known_at"] == said["frozen_at"]


def test_what_was_left_to_today_is_said(analyst: Client, frozen_area: SmallArea):
    began("Amina Yusuf", frozen_area)
    said = frozen(analyst, "from_day=2020-01-01", "compare")
    today = timezone.localdate().isoformat()
    assert said["asked"] == {"format": "csv", "of": "appointments", "from_day": "2020-01-01", "to_day": today}
    assert said["as_at"] == today
    sides = workbook_of(analyst, frozen(analyst, "from_day=2020-01-01&format=xlsx", "compare"))
    assert sides["Ask again at"].endswith(
        f"/api/v1/compare?from_day=2020-01-01&format=xlsx&of=appointments&to_day={today}"
    )


def test_what_was_left_to_now_is_said_and_means_the_same_when_it_is_asked_later(
    analyst: Client, frozen_area: SmallArea
):
    before = now()
    late = began("Recorded Late", frozen_area)
    said = frozen(analyst, f"from_known={before}", "compare")
    today = timezone.localdate().isoformat()
    assert said["asked"].keys() == {"format", "of", "as_at", "from_known", "to_known"}
    assert (said["asked"]["as_at"], said["asked"]["from_known"]) == (today, before)
    assert moment(said["known_at"]) == moment(said["asked"]["to_known"]) <= moment(said["frozen_at"])
    first = body(analyst, said["file"])
    began("Recorded After", frozen_area)
    again = analyst.get("/api/v1/compare", said["asked"])
    assert b"".join(again.streaming_content) == first
    assert [row["told_as"] for row in csv.DictReader(io.StringIO(first.decode()))] == ["recorded_late"]
    assert Snapshot.objects.get(key=said["key"]).people == [late.pk]


def test_a_day_that_has_not_ended_is_kept_as_the_moment_that_it_meant(analyst: Client, frozen_area: SmallArea):
    before, today = now(), timezone.localdate().isoformat()
    said = frozen(analyst, f"from_known=2026-01-01&to_known={today}", "compare")
    assert said["asked"]["from_known"] == "2026-01-01"
    assert moment(before) <= moment(said["asked"]["to_known"]) <= timezone.now()
    whole = frozen(analyst, f"known_at={today}")
    assert moment(whole["asked"]["known_at"]) == moment(whole["known_at"])
    past = frozen(analyst, "known_at=yesterday")
    assert datetime.date.fromisoformat(past["asked"]["known_at"]) < timezone.localdate()


def test_two_days_are_frozen_as_they_were_known(analyst: Client, frozen_area: SmallArea):
    early = began("Known Early", frozen_area)
    then = now()
    actions.correct_person(person=early, family_name="Renamed", **IN_TEST)
    began("Known Later", frozen_area)
    said = frozen(analyst, f"{DAYS}&within={frozen_area.pcns[0].pk}&known_at={then}", "compare")
    kept = body(analyst, said["file"]).decode()
    assert "Known Early" in kept
    assert "Renamed" not in kept
    assert "Known Later" not in kept
    assert moment(said["known_at"]) == moment(then) < moment(said["frozen_at"])


def moment(said: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(said)


@pytest.mark.parametrize("asked", [DAYS, "as_at=2026-06-01&from_known={before}"])
def test_everybody_in_it_is_written_beside_it_and_whoever_is_erased_takes_it(asked: str, analyst: Client):
    area, before = small_area("Thetford"), now()
    gone, other = began("Una Erased", area), began("Una Other", area)
    asked = f"{asked.format(before=before)}&within={area.pcns[0].pk}"
    said = frozen(analyst, asked, "compare")
    assert b"Una Erased" in body(analyst, said["file"])
    people = Snapshot.objects.get(key=said["key"]).people
    assert {gone.pk, other.pk} <= set(people)
    erase_person(by=None, why="Asked for it in writing", person_id=gone.pk)
    found = json.loads(body(analyst, said["address"]))
    assert found["erased_on"]
    assert found | {"erased_on": None} == said
    assert said["sha256"] in refusal(analyst, said["file"], 410)
    page = shown(analyst, f"/snapshots/{said['key']}")
    assert "Somebody whom it was about was erased" in page
    assert "Una Erased" not in page
    assert gone.pk not in Snapshot.objects.get(key=frozen(analyst, asked, "compare")["key"]).people


def test_whoever_sits_in_a_seat_is_written_beside_what_differs_of_seats(analyst: Client):
    area = small_area("Diss")
    sitting = factories.person("Only Sitting")
    factories.membership(area.seat("Experienced leader"), sitting, "Ran it", period=(day("2026-03-01"), None))
    said = frozen(analyst, f"of=memberships&{DAYS}&within={area.place.pk}", "compare")
    named = {int(row["person_id"]) for row in csv.DictReader(io.StringIO(body(analyst, said["file"]).decode()))}
    assert sitting.pk in named
    assert Snapshot.objects.get(key=said["key"]).people == sorted(named)


@override_settings(PUBLIC_READING=True)
def test_it_holds_what_a_stranger_is_told_and_says_so_to_them(analyst: Client, frozen_area: SmallArea):
    began("Amina Yusuf", frozen_area)
    said = frozen(analyst, DAYS, "compare")
    assert body(Client(), said["file"]) == body(Client(), f"/api/v1/compare?{DAYS}&format=csv")


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("", "Say what to compare"),
        (f"{DAYS}&format=zip", "“zip” cannot be frozen. It can be csv, ndjson and xlsx."),
        (f"{DAYS}&format=json", "“json” cannot be frozen."),
        (f"{DAYS}&as_at=2025-01-01", "“as_at” is the one day"),
        (f"{DAYS}&from_known=2025-01-01", "Compare either two days"),
        ("from_known=2025-01-01&to_known=2026-02-01&known_at=2026-01-01", "As it was known on 1 January 2026"),
        (f"{DAYS}&limit=5", "a snapshot is whole"),
        (f"{DAYS}&within=", "“within” is empty"),
        (f"{DAYS}&within=nowhere", "“nowhere” is no organisation"),
        (f"{DAYS}&format=xlsx&bom=1", "“bom” is for CSV"),
        (f"{DAYS}&person=1", "cannot be asked about “person”"),
    ],
)
def test_what_cannot_be_compared_is_not_frozen(analyst: Client, asked: str, sentence: str):
    before = Snapshot.objects.count()
    answer = analyst.post(f"/api/v1/snapshots/of/compare?{asked}")
    assert answer.status_code == 400
    assert sentence in answer.json()["detail"]
    assert Snapshot.objects.count() == before


# --- its pages


def workbook_of(client: Client, said: dict[str, Any]) -> dict[str, str]:
    """What a frozen workbook says about itself."""
    sheet = openpyxl.load_workbook(io.BytesIO(body(client, said["file"])))["About this file"]
    return {str(name): str(value) for name, value, *_ in sheet.iter_rows(values_only=True)}


def test_comparison_of_days_is_frozen_from_its_page_which_says_both(analyst: Client, frozen_area: SmallArea):
    began("Amina Yusuf", frozen_area)
    page = f"/compare?{DAYS}&within={frozen_area.pcns[0].slug}"
    snapshot = frozen_from(analyst, page)
    told = shown(analyst, f"/snapshots/{snapshot.key}")
    known = f"{timezone.localtime(snapshot.known_at):%H:%M}"
    assert "</span> Differences of appointments between 1 January 2020 and 1 June 2026</h1>" in told
    for side, of_day in (("First", "1 January 2020"), ("Second", "1 June 2026")):
        assert re.search(rf"<dt>{side} side</dt><dd>{of_day}, as known on [^<]* at {known}</dd>", told)
    assert f"<dt>Within</dt><dd>{frozen_area.pcns[0].name}</dd>" in told
    assert re.search(r"between 1 January 2020 and 1 June 2026, as the register was known on \d", told)
    assert "<dt>As at</dt>" not in told
    assert "<dt>From day</dt>" not in told
    listed = shown(analyst, "/snapshots")
    assert '<td data-label="As at">1 January 2020 and 1 June 2026</td>' in listed


def test_comparison_of_moments_is_frozen_from_its_page_which_says_the_day_and_both(
    analyst: Client, frozen_area: SmallArea
):
    began("Amina Yusuf", frozen_area)
    snapshot = frozen_from(analyst, "/compare?as_at=2026-06-01&from_known=2026-01-01")
    told = shown(analyst, f"/snapshots/{snapshot.key}")
    later = f"{timezone.localtime(snapshot.known_at):%H:%M}"
    assert "</span> Differences of appointments on 1 June 2026</h1>" in told
    assert "<dt>First side</dt><dd>1 June 2026, as known on 1 January 2026</dd>" in told
    assert re.search(rf"<dt>Second side</dt><dd>1 June 2026, as known on [^<]* at {later}</dd>", told)
    assert re.search(
        r"on 1 June 2026, as the register was known on 1 January 2026 and [^(]* at \d\d:\d\d \(CSV\)", told
    )
    assert re.search(r'<td data-label="As known on">1 January 2026 and [^<]*</td>', shown(analyst, "/snapshots"))


def test_page_as_it_was_known_is_frozen_as_it_was_known(analyst: Client, frozen_area: SmallArea):
    began("Amina Yusuf", frozen_area)
    snapshot = frozen_from(analyst, f"/compare?{DAYS}&known_at={now()}")
    assert snapshot.known_at < snapshot.frozen_at
    assert snapshot.asked["known_at"]


def test_page_that_asks_before_it_freezes_says_both_sides(analyst: Client, frozen_area: SmallArea):
    of = "/api/v1/compare?of=memberships&as_at=2026-06-01&from_known=2026-01-01&format=csv&bom=true"
    asking = html.unescape(analyst.get("/snapshots/new", {"of": of}).content.decode())
    assert "<dd>Differences of memberships</dd>" in asking
    assert "<dt>First side</dt><dd>1 June 2026, as known on 1 January 2026</dd>" in asking
    assert "<dt>Second side</dt><dd>1 June 2026, as known on" in asking
    of_days = analyst.get("/snapshots/new", {"of": f"/api/v1/compare?{DAYS}"}).content.decode()
    assert "<dt>Second side</dt><dd>1 June 2026, as known when you freeze it</dd>" in of_days


@pytest.mark.parametrize("form", ["ndjson", "xlsx"])
def test_another_format_than_that_of_the_page_is_chosen_without_what_is_for_csv(
    analyst: Client, frozen_area: SmallArea, form: str
):
    for of in (f"/api/v1/compare?{DAYS}&format=csv&bom=true", "/api/v1/role-map?format=csv&bom=true&neutralise=0"):
        answer = analyst.post(f"/snapshots/new?of={of.replace('?', '%3F').replace('&', '%26')}", {"format": form})
        assert answer.status_code == 302, answer.content
        asked = Snapshot.objects.latest("pk").asked
        assert asked["format"] == form
        assert not asked.keys() & {"bom", "neutralise"}


def test_area_that_bore_its_code_on_the_earlier_day_is_called_by_its_name(analyst: Client):
    former = factories.organisation(
        Kind.PCN, name="Former PCN", ods_code="U11", period=(day("2013-04-01"), day("2024-03-31"))
    )
    said = frozen(analyst, f"{DAYS}&within=U11", "compare")
    assert f"<dt>Within</dt><dd>{former.name}</dd>" in shown(analyst, f"/snapshots/{said['key']}")


def test_nothing_of_it_is_offered_to_strangers(frozen_area: SmallArea):
    began("Amina Yusuf", frozen_area)
    with override_settings(PUBLIC_READING=True):
        assert "Freeze this export" not in shown(Client(), f"/compare?{DAYS}")
