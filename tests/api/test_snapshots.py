"""Frozen exports: byte for byte the same for ever, without what only some see, and gone when somebody in them is erased."""

import csv
import datetime
import hashlib
import io
import json
import re
import zipfile
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client, override_settings

from ics_leadership import streams
from ics_leadership.accounts.models import Sight, Standing
from ics_leadership.errors import Refusal
from ics_leadership.history import Change
from memberships import actions
from memberships.actions.erasing import erase_person
from memberships.actions.snapshots import erase_from_snapshots
from memberships.api import RESOURCES
from memberships.freezing import KEPT
from memberships.models import Person, Snapshot
from tests import factories
from tests.api.reading import body, refusal
from tests.factories import IN_TEST, SmallArea, small_area

FREEZE = "/api/v1/snapshots/of/role-map"


@pytest.fixture(scope="module")
def frozen_area(committing_together: None) -> SmallArea:
    area = small_area()
    funding = actions.Funding(factories.funding_source(), annual_amount=4321)
    actions.add_funding_line(appointment=area.chair, funding=funding, **IN_TEST)
    return area


@pytest.fixture
def analyst_client(frozen_area: SmallArea, client: Client) -> Client:
    account = factories.user()
    factories.grant(account, Standing.ANALYST, sees=[Sight.AMOUNTS])
    client.force_login(account)
    return client


def frozen(client: Client, asked: str = "format=csv", resource: str = "role-map") -> dict[str, Any]:
    answer = client.post(f"/api/v1/snapshots/of/{resource}?{asked}")
    assert answer.status_code == 201, answer.content
    said: dict[str, Any] = json.loads(answer.content)
    assert answer.headers["Location"] == said["address"]
    return said


def test_snapshot_is_the_same_bytes_whatever_the_register_says_later(analyst_client: Client, frozen_area: SmallArea):
    said = frozen(analyst_client)
    first = body(analyst_client, said["file"])
    assert hashlib.sha256(first).hexdigest() == said["sha256"]
    assert len(first) == said["size"]
    rows = list(csv.DictReader(io.StringIO(first.decode())))
    assert str(frozen_area.chair.pk) in {row["appointment_id"] for row in rows}
    actions.correct_person(person=frozen_area.chair.person, family_name="Otherwise", **IN_TEST)
    assert "Otherwise" in body(analyst_client, "/api/v1/role-map?format=csv").decode()
    assert body(analyst_client, said["file"]) == first
    assert json.loads(body(analyst_client, said["address"])) == said
    assert json.loads(body(analyst_client, "/api/v1/snapshots"))["results"][0] == said


def test_snapshot_keeps_what_was_asked_and_no_private_column(analyst_client: Client, frozen_area: SmallArea):
    assert b"4321" in body(analyst_client, "/api/v1/role-map?format=csv")
    kept = body(analyst_client, frozen(analyst_client)["file"])
    assert b"4321" not in kept
    assert b"annual_amount" not in kept
    said = frozen(analyst_client, f"format=ndjson&person={frozen_area.chair.person.pk}&as_at=2025-06-30")
    assert said["asked"] == {"format": "ndjson", "person": str(frozen_area.chair.person.pk), "as_at": "2025-06-30"}
    assert said["as_at"] == "2025-06-30"
    assert len(body(analyst_client, said["file"]).splitlines()) == 1


def test_erased_person_takes_the_file_and_leaves_the_day_and_the_hash(analyst_client: Client, frozen_area: SmallArea):
    former = factories.person("Chair Twice")
    whole = frozen(analyst_client)
    other = frozen(analyst_client, f"person={frozen_area.directors[0].person.pk}")
    actions.merge_people(keep=frozen_area.chair.person, drop=former, **IN_TEST)
    call_command("erase_from_snapshots", str(frozen_area.chair.person.pk), stdout=io.StringIO())
    said = json.loads(body(analyst_client, whole["address"]))
    assert said["erased_on"]
    assert said | {"erased_on": None} == whole
    assert whole["sha256"] in refusal(analyst_client, whole["file"], 410)
    assert Snapshot.objects.get(key=whole["key"]).content is None
    assert body(analyst_client, other["file"])


def test_file_that_is_removed_while_it_is_read_does_not_end_as_though_it_were_whole(
    analyst_client: Client, frozen_area: SmallArea, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(streams, "CHUNK", 100)
    kept = frozen(analyst_client)
    answer = analyst_client.get(kept["file"])
    assert int(answer.headers["Content-Length"]) == kept["size"]
    reading = iter(answer.streaming_content)
    assert next(reading)
    erase_from_snapshots(frozen_area.chair.person.pk)
    with pytest.raises(Refusal, match="removed while it was read"):
        list(reading)
    answer.close()


@pytest.mark.parametrize(
    ("name", "asked", "goes"),
    [
        ("Una Quillfeáther", "q=dr quillfeather&period=all&as_at=1950-01-01", True),
        ("Una Commonname", "q=commonname&as_at=1950-01-01", False),
        ("Una Sandford", "q=sandfordshire&as_at=1950-01-01", False),
        ("Una Quillfeáther", "q=quillf&as_at=1950-01-01", True),
        ("Una Vane-Quillfeather", "q=una quillfe&listed=people&period=all&profession=nurse", True),
        ("Una Quillfeather", "q=quil&as_at=1950-01-01", False),
        ("Una Commonbridge", "q=common&as_at=1950-01-01", False),
        ("Una Quillfeather", "q=quillf&listed=roles&as_at=1950-01-01", False),
    ],
)
def test_family_name_of_nobody_else_leaves_the_snapshot_that_asked_for_it(
    analyst_client: Client, frozen_area: SmallArea, name: str, asked: str, goes: bool
):
    person = factories.person(name)
    factories.person("Another Commonname")
    kept = frozen(analyst_client, asked)
    assert person.pk not in Snapshot.objects.get(key=kept["key"]).people
    erase_person(by=None, why="Asked for it in writing", person_id=person.pk)
    said = json.loads(body(analyst_client, kept["address"]))
    assert bool(said["erased_on"]) == goes
    assert said["asked"]["q"] == ("[erased]" if goes else kept["asked"]["q"])
    page = analyst_client.get(f"/snapshots/{kept['key']}").content.decode().lower()
    assert ("quillfe" in page, "it was about was erased" in page) == (False, goes)


@pytest.mark.parametrize("asked", ["organisations?format=xlsx&", "role-map?format=zip&as_at=1950-01-01&"])
def test_whoever_is_asked_for_is_in_it_and_is_named_by_number_alone(
    analyst_client: Client, frozen_area: SmallArea, asked: str
):
    person = factories.person("Una Askedfor")
    resource, _, asked = asked.partition("?")
    kept = frozen(analyst_client, f"{asked}person={person.slug}", resource)
    assert kept["asked"]["person"] == str(person.pk)
    with zipfile.ZipFile(io.BytesIO(body(analyst_client, kept["file"]))) as file:
        assert b"askedfor" not in b"".join(file.read(name) for name in file.namelist()).lower()
    assert Snapshot.objects.get(key=kept["key"]).people == [person.pk]
    erase_person(by=None, why="Asked for it in writing", person_id=person.pk)
    assert kept["sha256"] in refusal(analyst_client, kept["file"], 410)


def test_page_of_a_snapshot_whose_file_is_gone_does_not_tell_whose_name_was_asked_for(
    analyst_client: Client, frozen_area: SmallArea
):
    person = factories.person("Una Sharedname")
    factories.person("Other Sharedname")
    factories.appointment(person, frozen_area.chair.role)
    kept = frozen(analyst_client, "q=sharedname&period=all")
    assert person.pk in Snapshot.objects.get(key=kept["key"]).people
    erase_person(by=None, why="Asked for it in writing", person_id=person.pk)
    assert json.loads(body(analyst_client, kept["address"]))["asked"]["q"] == "[erased]"


@pytest.mark.parametrize("form", ["csv", "ndjson", "xlsx", "zip"])
def test_file_in_which_a_note_about_somebody_else_names_the_erased_goes(
    analyst_client: Client, frozen_area: SmallArea, form: str
):
    area = small_area("Thetford")
    person, sitting = factories.person("Oonagh O'Quillan-Ré"), factories.person("Only Sitting")
    factories.membership(area.seat("Experienced leader"), sitting, "Put forward by Oonagh O'Quillan-Ré & others")
    resource = "role-map" if form == "zip" else "memberships"
    kept = frozen(analyst_client, f"format={form}&within={area.place.pk}", resource)
    assert person.pk not in Snapshot.objects.get(key=kept["key"]).people
    erase_person(by=None, why="Asked for it in writing", person_id=person.pk)
    assert json.loads(body(analyst_client, kept["address"]))["erased_on"]


def test_namesake_of_the_erased_keeps_the_snapshots_that_hold_them(analyst_client: Client, frozen_area: SmallArea):
    person, namesake = factories.person("Una Twicenamed"), factories.person("Una Twicenamed")
    post = factories.role(frozen_area.lmc, frozen_area.director)
    factories.appointment(namesake, post)
    kept = frozen(analyst_client, f"person={namesake.pk}")
    assert b"Una Twicenamed" in body(analyst_client, kept["file"])
    erase_person(by=None, why="Asked for it in writing", person_id=person.pk)
    assert body(analyst_client, kept["file"])


@override_settings(PUBLIC_READING=True)
def test_strangers_read_snapshots_and_make_none(analyst_client: Client):
    said = frozen(analyst_client)
    assert Client().post(f"{FREEZE}?format=csv").status_code in (401, 403)
    assert body(Client(), said["file"]) == body(analyst_client, said["file"])
    assert Client().get("/api/v1/snapshots/nothing").status_code == 404


def test_what_cannot_be_frozen_is_refused(analyst_client: Client):
    before = Snapshot.objects.count()
    for asked, says in [
        ("format=pdf", "cannot be frozen"),
        ("known_at=soon", "neither a day nor a moment"),
        ("limit=5", "a snapshot is whole"),
        ("colour=red", "colour"),
        ("q=", "“q” is empty"),
        ("q=Lee&q=May", "more than one value for “q”"),
        ("format=ndjson&bom=1", "“bom” is for CSV"),
        ("format=xlsx&neutralise=0", "“neutralise” is for CSV"),
        ("format=zip&bom=1", "“bom” is for CSV"),
    ]:
        answer = analyst_client.post(f"{FREEZE}?{asked}")
        assert answer.status_code == 400
        assert says in json.loads(answer.content)["detail"]
    assert Snapshot.objects.count() == before


@pytest.mark.parametrize(
    ("asked", "other"), [("", ["bom", "neutralise"]), ("format=zip&", ["neutralise"]), ("format=xlsx&", [])]
)
def test_who_asks_amiss_is_offered_nothing_that_would_be_refused(analyst_client: Client, asked: str, other: list[str]):
    frozen = analyst_client.post(f"{FREEZE}?{asked}colour=red").json()["detail"]
    offered = re.findall(r"\w+", frozen.partition("asked about")[2])
    assert "ordering" in offered
    assert [each for each in offered if each in ("limit", "cursor", "bom", "neutralise")] == other
    assert refusal(analyst_client, f"/api/v1/role-map?{asked or 'format=csv&'}colour=red") == frozen


@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded", "text/plain"])
def test_what_is_asked_in_a_body_is_refused_rather_than_left_out(analyst_client: Client, kind: str):
    before = Snapshot.objects.count()
    answer = analyst_client.post(FREEZE, b"as_at=2025-06-30", content_type=kind)
    assert answer.status_code == 400
    assert "asked in the address" in answer.json()["detail"]
    assert Snapshot.objects.count() == before


def test_who_is_not_signed_in_is_told_that_a_snapshot_is_made_in_a_name(frozen_area: SmallArea):
    answer = Client().post(FREEZE)
    assert answer.status_code == 401
    assert answer.json()["detail"].startswith("An export is frozen in somebody's name")


def test_archive_of_every_table_is_frozen_whole_and_goes_with_whoever_is_in_it(
    analyst_client: Client, frozen_area: SmallArea
):
    said = frozen(analyst_client, "format=zip")
    first = body(analyst_client, said["file"])
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.testzip() is None
        names = set(archive.namelist())
        assert b"4321" not in b"".join(archive.read(name) for name in names)
    assert names == {"datapackage.json", *(f"{each.table.name}.csv" for each in RESOURCES if not each.is_worked_out)}
    sitting = frozen_area.memberships[1].person
    erase_from_snapshots(sitting.pk)
    assert said["sha256"] in refusal(analyst_client, said["file"], 410)


def test_past_state_is_frozen_as_it_was_known(analyst_client: Client, frozen_area: SmallArea):
    person, former = frozen_area.chair.person, frozen_area.chair.person.family_name
    moment = Change.objects.exclude(position=None).latest("position").recorded_at.isoformat().replace("+00:00", "Z")
    actions.correct_person(person=person, family_name="Corrected-Later", **IN_TEST)
    said = frozen(analyst_client, f"known_at={moment}")
    assert datetime.datetime.fromisoformat(said["known_at"]) == datetime.datetime.fromisoformat(moment)
    assert said["frozen_at"] > said["known_at"]
    kept = body(analyst_client, said["file"]).decode()
    assert former in kept
    assert "Corrected-Later" not in kept


def test_everybody_whom_a_frozen_file_names_is_written_beside_it(analyst_client: Client):
    area = small_area("Thetford")
    absent, sitting = area.directors[0].person, factories.person("Only Attending")
    factories.membership(area.seat("Experienced leader"), sitting, "Ran the network for years", attends_for=absent)
    for resource in (each for each in RESOURCES if not each.is_worked_out):
        for form in (each for each in resource.formats if each != "xlsx"):
            said = frozen(analyst_client, f"format={form}", resource.table.name)
            kept = body(analyst_client, said["file"])
            if form == "zip":
                with zipfile.ZipFile(io.BytesIO(kept)) as archive:
                    kept = b"".join(archive.read(name) for name in archive.namelist())
            words = set(re.findall(r"[\w-]+", kept.decode()))
            named = {person.pk for person in Person.objects.all() if person.family_name in words}
            assert named <= set(Snapshot.objects.get(key=said["key"]).people), (resource.table.name, form)
    said = frozen(analyst_client, f"person={sitting.pk}", "memberships")
    assert Snapshot.objects.get(key=said["key"]).people == [absent.pk, sitting.pk]


def test_every_resource_can_be_frozen(analyst_client: Client):
    paths = json.loads(body(analyst_client, "/api/v1/schema"))["paths"]
    whole = {path.rpartition("/")[2] for path in paths if path.count("/") == 3} - {"schema", "snapshots"}
    assert whole == {*KEPT}


def test_who_would_freeze_what_is_not_there_is_told_what_is(analyst_client: Client):
    answer = analyst_client.post("/api/v1/snapshots/of/nothing")
    assert answer.status_code == 404
    *_, said = answer.json()["detail"].partition("What can is ")
    assert set(re.findall(r"[\w-]+", said)) - {"and"} == {
        *(each.table.name for each in RESOURCES),
        "compare",
        "changes",
    }


def test_schema_says_what_a_snapshot_is(analyst_client: Client):
    said = frozen(analyst_client)
    schema = json.loads(body(analyst_client, "/api/v1/schema"))
    described = schema["paths"]["/api/v1/snapshots/of/{resource}"]["post"]["responses"]["201"]
    properties = described["content"]["application/json"]["schema"]["properties"]
    assert set(said) == set(properties)
    assert "410" in schema["paths"]["/api/v1/snapshots/{key}/file"]["get"]["responses"]


def test_schema_says_how_a_freeze_is_asked_and_by_whom(analyst_client: Client):
    schema = json.loads(body(analyst_client, "/api/v1/schema"))
    freeze = schema["paths"]["/api/v1/snapshots/of/{resource}"]["post"]
    assert freeze["security"] == [{"token": []}]
    asked = {each["name"]: each["schema"] for each in freeze["parameters"]}
    assert asked["format"]["default"] == json.loads(analyst_client.post(FREEZE).content)["asked"]["format"]
    for form in asked["format"]["enum"]:
        assert frozen(analyst_client, f"format={form}")
    for resource in asked["resource"]["enum"]:
        assert frozen(analyst_client, "from_day=2025-01-01" if resource == "compare" else "", resource)
    for switch in ("bom", "neutralise"):
        for value in asked[switch]["enum"]:
            assert frozen(analyst_client, f"{switch}={value}")
    assert analyst_client.post(f"{FREEZE}?format=json").status_code == 400


def constraints(schema: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in schema.items() if name != "examples"}


def test_schema_says_of_a_parameter_what_the_resources_that_have_it_agree_on(analyst_client: Client):
    paths = json.loads(body(analyst_client, "/api/v1/schema"))["paths"]
    freeze = {each["name"]: each["schema"] for each in paths["/api/v1/snapshots/of/{resource}"]["post"]["parameters"]}
    of_resources: dict[str, list[dict[str, Any]]] = {}
    for resource in KEPT:
        for each in paths[f"/api/v1/{resource}"]["get"]["parameters"]:
            of_resources.setdefault(each["name"], []).append(constraints(each["schema"]))
    assert set(freeze) == {"resource", *of_resources} - {"limit", "cursor"}
    for name in set(freeze) - {"resource", "format"}:
        schemas = of_resources[name]
        agreed = schemas[0] if all(each == schemas[0] for each in schemas) else {"type": "string", "minLength": 1}
        assert constraints(freeze[name]) == agreed, name
    assert freeze["acts_for"]["enum"]
    assert freeze["bom"]["enum"]
    assert not {"enum"} & {*freeze["ordering"], *freeze["kind"]}
    assert freeze["from_day"]["format"] == "date"


def test_schema_says_what_the_file_of_a_snapshot_is(analyst_client: Client, settings):
    settings.API_UNITS_A_MINUTE = 10_000
    schema = json.loads(body(analyst_client, "/api/v1/schema"))
    described = schema["paths"]["/api/v1/snapshots/{key}/file"]["get"]["responses"]
    for form in ("csv", "ndjson", "xlsx", "popolo", "zip"):
        answer = analyst_client.get(frozen(analyst_client, f"format={form}")["file"])
        answer.close()
        assert answer.headers["Content-Type"].partition(";")[0] in described["200"]["content"]
        assert set(described["200"]["headers"]) <= set(answer.headers)
    again = analyst_client.get(answer.request["PATH_INFO"], headers={"if-none-match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert set(described["304"]["headers"]) <= set(again.headers)
