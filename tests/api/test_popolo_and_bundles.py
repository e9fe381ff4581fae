"""The role map as Popolo JSON, every table in one archive, and both from the command line."""

import io
import json
import zipfile
from pathlib import Path

import frictionless
import jsonschema
import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from ics_leadership import streams
from memberships.api import RESOURCES
from organisations.models import Organisation
from tests import factories
from tests.api import popolo
from tests.api.reading import body, lines, refusal
from tests.api.test_role_map import DAY, ROLE_MAP
from tests.periods import day, known_by, month, year


def bundle(client: Client, address: str) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(body(client, f"{address}&format=zip")))


# --- Popolo


def test_popolo_is_what_popolo_asks_for_and_holds_together(demo_client: Client):
    said = json.loads(body(demo_client, f"{ROLE_MAP}&format=popolo"))
    jsonschema.validate(said, popolo.SCHEMA)
    ids = {name: [each["id"] for each in said[name]] for name in said}
    assert all(len(set(each)) == len(each) for each in ids.values())
    rows = lines(demo_client, ROLE_MAP)
    assert ids["memberships"] == [str(row["appointment_id"]) for row in rows]
    for held in said["memberships"]:
        assert held["person_id"] in ids["persons"]
        assert held["organization_id"] in ids["organizations"]
        assert held["post_id"] in ids["posts"]


def test_popolo_of_nobody_has_empty_lists(demo_client: Client):
    said = json.loads(body(demo_client, f"{ROLE_MAP}&kind=pcn&acts_for=commissioner&format=popolo"))
    assert said == {"persons": [], "organizations": [], "posts": [], "memberships": []}


def test_popolo_says_days_as_exactly_as_they_are_known(committing: None):
    for start in (day("2019-04-01"), month("2019-04"), year(2019), known_by("2019-04-01")):
        factories.appointment(
            factories.person(),
            factories.role(factories.organisation(), factories.role_type()),
            period=(start, None),
        )
    found = json.loads(body(Client(), "/api/v1/role-map?period=all&format=popolo"))["memberships"]
    assert [each.get("start_date") for each in found] == ["2019-04-01", "2019-04", "2019", None]


def test_popolo_has_nothing_private_even_for_those_who_may_see_it(committing: None):
    area = factories.small_area()
    editor = Client()
    editor.force_login(factories.editor(area.icb))
    said = body(editor, "/api/v1/role-map?period=all&format=popolo").decode()
    assert [name for name in ("annual_amount", "registration", "note", "work_email") if name in said] == []


def test_schema_tells_pages_of_json_and_popolo_both(demo_client: Client):
    schema = json.loads(body(demo_client, "/api/v1/schema"))
    content = schema["paths"]["/api/v1/role-map"]["get"]["responses"]["200"]["content"]
    for address in (f"{ROLE_MAP}&limit=3", f"{ROLE_MAP}&format=popolo"):
        said = json.loads(body(demo_client, address))
        forms = content["application/json"]["schema"]["anyOf"]
        fitting = [each for each in forms if fits(said, each | {"components": schema["components"]})]
        assert len(fitting) == 1, address
    assert {media_type.partition("/")[2] for media_type in content} >= {"csv", "x-ndjson", "zip"}


def fits(said: object, schema: dict[str, object]) -> bool:
    return jsonschema.Draft202012Validator(schema).is_valid(said)


# --- the bundle


def test_bundle_is_a_valid_data_package_of_every_table(demo_client: Client, tmp_path: Path):
    with bundle(demo_client, ROLE_MAP) as archive:
        archive.extractall(tmp_path)
    package = json.loads((tmp_path / "datapackage.json").read_text())
    assert package["as_at"] == DAY.isoformat()
    assert [each["name"] for each in package["resources"]] == [each.table.name for each in RESOURCES]
    report = frictionless.Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])[:5]


def test_bundle_has_of_each_table_what_its_own_csv_has(demo_client: Client):
    with bundle(demo_client, ROLE_MAP) as archive:
        for resource in RESOURCES:
            name = resource.table.name
            assert archive.read(f"{name}.csv") == body(demo_client, f"/api/v1/{name}?as_at={DAY}&format=csv")


def test_bundle_is_one_state_of_the_register(committing: None, monkeypatch: pytest.MonkeyPatch):
    opened = []
    monkeypatch.setattr(streams, "apart", lambda apart=streams.apart: opened.append(1) or apart())
    factories.appointment(factories.person(), factories.role(factories.organisation(), factories.role_type()))
    assert bundle(Client(), "/api/v1/role-map?period=all").testzip() is None
    assert opened == [1]


def test_bundle_is_refused_what_is_not_asked_of_every_table(demo_client: Client, monkeypatch: pytest.MonkeyPatch):
    assert refusal(demo_client, f"{ROLE_MAP}&format=zip&colour=red").startswith(("This list has no", "“colour” is not"))


# --- from the command line


def test_command_writes_what_the_api_gives(
    demo_client: Client, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
):
    board = next(row["icb_id"] for row in lines(demo_client, ROLE_MAP) if row["icb_id"])
    area = Organisation.objects.get(pk=board).slug
    whole = body(demo_client, f"{ROLE_MAP}&within={area}&format=csv")
    call_command("export_role_map", as_at=str(DAY), within=area)
    assert capfdbinary.readouterr().out == whole
    call_command("export_role_map", str(tmp_path / "map.csv"), as_at=str(DAY), within=area)
    assert (tmp_path / "map.csv").read_bytes() == whole
    call_command("export_role_map", str(tmp_path / "map.json"), as_at=str(DAY), within=area, format="popolo")
    assert json.loads((tmp_path / "map.json").read_text())["posts"]
    call_command("export_role_map", str(tmp_path / "map.zip"), as_at=str(DAY), format="zip")
    assert zipfile.is_zipfile(tmp_path / "map.zip")


def test_command_that_cannot_do_its_work_leaves_no_file_and_says_why(demo_client: Client, tmp_path: Path):
    with pytest.raises(CommandError, match="no organisation of this register"):
        call_command("export_role_map", str(tmp_path / "map.csv"), within="nowhere")
    with pytest.raises(CommandError, match="is not a date"):
        call_command("export_role_map", str(tmp_path / "map.csv"), as_at="yesterday")
    with pytest.raises(CommandError, match="was not written"):
        call_command("export_role_map", str(tmp_path / "no folder" / "map.csv"))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("asked", ["kind=pcn", "ordering=role_title"])
def test_bundle_is_not_narrowed_by_what_means_another_thing_in_each_table(demo_client: Client, asked: str):
    sentence = refusal(demo_client, f"{ROLE_MAP}&{asked}&format=zip")
    assert "is not true of every table" in sentence
    assert "kind" not in sentence.partition("can be asked")[2]
