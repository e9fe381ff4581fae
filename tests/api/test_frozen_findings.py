"""Findings that were frozen: for who froze them alone, and the hash for whoever was given the file."""

import csv
import datetime
import hashlib
import io
import json
from typing import Any

import pytest
from django.test import Client, override_settings

from ics_leadership.accounts.models import Sight, Standing, User
from ics_leadership.periods import PartialDate, today
from memberships import actions, rules
from memberships.actions.erasing import erase_person
from memberships.models import Snapshot
from tests import factories
from tests.accounts.test_tokens import made
from tests.api.reading import body, refusal
from tests.api.test_snapshot_pages import frozen_from, shown
from tests.api.test_snapshots import frozen
from tests.factories import IN_TEST, SmallArea, small_area


@pytest.fixture(scope="module")
def found_area(committing_together: None) -> SmallArea:
    return small_area()


@pytest.fixture
def analyst(found_area: SmallArea) -> User:
    """Somebody to whom findings were granted."""
    account = factories.user(name="Ana Analyst")
    factories.grant(account, Standing.ANALYST, sees=[Sight.FINDINGS])
    return account


def signed_in(account: User) -> Client:
    client = Client()
    client.force_login(account)
    return client


def sentences(kept: bytes) -> set[str]:
    return {row["sentence"] for row in csv.DictReader(io.StringIO(kept.decode()))}


@pytest.mark.parametrize("form", ["csv", "ndjson", "xlsx"])
def test_who_froze_findings_has_them_as_they_were(analyst: User, form: str):
    area = small_area("Thetford")
    client = signed_in(analyst)
    said = frozen(client, f"format={form}&within={area.place.pk}", "findings")
    assert said["private"] is True
    assert said["asked"] == {"format": form, "within": str(area.place.pk)}
    kept = body(client, said["file"])
    assert (hashlib.sha256(kept).hexdigest(), len(kept)) == (said["sha256"], said["size"])
    if form == "csv":
        assert sentences(kept) == {each.text for each in rules.find(today(), [area.place.pk])}
    now = f"/api/v1/findings?format=csv&within={area.place.pk}"
    before = sentences(body(client, now))
    yesterday = PartialDate(today() - datetime.timedelta(days=1))
    actions.end_appointment(appointment=area.directors[0], end=yesterday, **IN_TEST)
    assert sentences(body(client, now)) != before
    assert body(client, said["file"]) == kept


@override_settings(PUBLIC_READING=True)
def test_to_others_it_says_the_day_and_the_hash_and_nothing_of_whom_it_is(analyst: User, found_area: SmallArea):
    about = found_area.chair.person
    said = frozen(signed_in(analyst), f"person={about.pk}", "findings")
    administrator = signed_in(factories.user(is_superuser=True))
    for other in (Client(), signed_in(factories.user()), administrator):
        told = json.loads(body(other, said["address"]))
        assert told == said | {"file": None, "asked": None, "size": None}
        assert "for whoever froze it alone" in refusal(other, f"{said['address']}/file", 403)
        page = shown(other, f"/snapshots/{said['key']}")
        assert said["sha256"] in page
        assert "they alone get its file" in page
        for secret in (about.family_name, f"{said['size']:,} bytes", f"{said['key']}/file"):
            assert secret not in page
        assert said["key"] not in [each["key"] for each in listed(other)]
    assert said in listed(signed_in(analyst))


def listed(client: Client) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(body(client, "/api/v1/snapshots"))["results"]
    return found


def test_of_ones_tokens_only_one_that_is_for_findings_gets_the_file(analyst: User, found_area: SmallArea):
    (_, plain), (_, granted) = made(analyst, Sight.NOTES, name="Plain"), made(analyst, Sight.FINDINGS, name="Findings")
    said = frozen(granted, "", "findings")
    assert said["file"]
    assert body(granted, said["file"]) == body(signed_in(analyst), said["file"])
    assert "with a token that is for findings" in refusal(plain, said["file"], 403)
    assert json.loads(body(plain, said["address"]))["asked"] is None


def test_whoever_is_erased_takes_it(analyst: User):
    area = small_area("Diss")
    client = signed_in(analyst)
    said = frozen(client, f"within={area.place.pk}", "findings")
    together = {person for each in rules.find(today(), [area.place.pk]) for person in each.people}
    assert set(Snapshot.objects.get(key=said["key"]).people) == together
    erase_person(by=None, why="Asked for it in writing", person_id=max(together))
    assert said["sha256"] in refusal(client, said["file"], 410)
    assert json.loads(body(client, said["address"]))["erased_on"]


def test_findings_are_in_no_archive(analyst: User, found_area: SmallArea):
    answer = signed_in(analyst).post("/api/v1/snapshots/of/findings?format=zip")
    assert answer.status_code == 400
    assert answer.json()["detail"] == "“zip” cannot be frozen. It can be csv, ndjson and xlsx."


def test_findings_of_the_to_do_list_are_frozen_from_there(found_area: SmallArea):
    editor = factories.user(name="Eve Editor")
    factories.grant(editor, Standing.EDITOR, area=found_area.icb)
    client = signed_in(editor)
    found = rules.find(today(), [found_area.icb.pk])
    rule = found[0].code
    for page, those in (
        ("/to-do/findings", found),
        (f"/to-do/findings?rule={rule}", [each for each in found if each.code == rule]),
    ):
        snapshot = frozen_from(client, page)
        assert (snapshot.resource, snapshot.is_private) == ("findings", True)
        kept = body(client, f"/api/v1/snapshots/{snapshot.key}/file").decode("utf-8-sig")
        assert sentences(kept.encode()) == {each.text for each in those}
        told = shown(client, f"/snapshots/{snapshot.key}")
        assert f"<dt>Within</dt><dd>{found_area.icb.name}</dd>" in told
        assert "you alone get its file" in told
    assert f"<dt>Kind</dt><dd>{next(each for each in rules.RULES if each.code == rule).what()}</dd>" in told


def test_of_several_areas_all_that_one_sees_is_offered_or_one_that_is_chosen(found_area: SmallArea):
    other = small_area("Cromer")
    editor = factories.user(name="Eve Editor")
    for each in (found_area, other):
        factories.grant(editor, Standing.EDITOR, area=each.icb)
    client = signed_in(editor)
    for page, what, areas in (
        ("/to-do/findings", "Findings that you may see", [found_area, other]),
        (f"/to-do/findings?within={other.icb.slug}", "Findings in this area", [other]),
    ):
        assert f"{what}, to work with elsewhere" in shown(client, page)
        kept = body(client, f"/api/v1/snapshots/{frozen_from(client, page).key}/file").decode("utf-8-sig")
        found = rules.find(today(), [each.icb.pk for each in areas])
        assert sentences(kept.encode()) == {each.text for each in found}
