"""How the tables of a bundle join: by keys that its `datapackage.json` declares, where they hold, and by no others."""

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import frictionless
import pytest
from django.test import Client

from memberships.api import RESOURCES
from tests.api.test_popolo_and_bundles import bundle
from tests.api.test_role_map import ROLE_MAP
from tests.api.test_same_filters import QUESTIONS, filled

EVERYTHING = "/api/v1/role-map?period=all"
NOT_IN_A_BUNDLE = {"role_type_id", "terms_id", "source_id"}
"""Numbers of what has no table of its own."""
WORKED_OUT = {"findings"}
"""Found just before the rest is read as of one moment: what they are about may be gone by then."""


def extracted(client: Client, address: str, folder: Path) -> dict[str, Any]:
    """The package in which a bundle says what it is, with its tables beside it in a folder."""
    with bundle(client, address) as archive:
        archive.extractall(folder)
    said: dict[str, Any] = json.loads((folder / "datapackage.json").read_text())
    return said


def declared(package: Mapping[str, Any]) -> set[tuple[str, str, str]]:
    """The foreign keys of a package: table, column, and the table that has the key, by its name."""
    return {
        (each["name"], *key["fields"], key["reference"]["resource"] or each["name"])
        for each in package["resources"]
        for key in each["schema"].get("foreignKeys", ())
    }


def violated(folder: Path) -> list[Any]:
    report = frictionless.Package(str(folder / "datapackage.json")).validate()
    faults: list[Any] = report.flatten(["type", "title", "rowNumber", "fieldName", "message"])
    return faults


def numbers(folder: Path, table: str, column: str) -> set[str]:
    with (folder / f"{table}.csv").open(newline="") as file:
        return {row[column] for row in csv.DictReader(file)} - {""}


def test_bundle_of_everything_joins_by_every_number_in_it(demo_client: Client, tmp_path: Path):
    keys = declared(extracted(demo_client, EVERYTHING, tmp_path))
    assert violated(tmp_path) == []
    joined = {(table, column) for table, column, _ in keys}
    for table in (each.table for each in RESOURCES if each.table.name not in WORKED_OUT):
        others = {each.name for each in table.columns[1:] if each.name.endswith("_id")} - NOT_IN_A_BUNDLE
        assert {column for name, column in joined if name == table.name} >= others
    for table, column, _ in keys:
        assert numbers(tmp_path, table, column), "a key that is never there would prove nothing"


def test_bundle_of_a_day_joins_by_what_is_there_on_the_day(demo_client: Client, tmp_path: Path):
    keys = declared(extracted(demo_client, ROLE_MAP, tmp_path))
    assert violated(tmp_path) == []
    assert keys == {
        ("role-map", "appointment_id", "appointments"),
        ("role-map", "person_id", "people"),
        ("appointments", "person_id", "people"),
        ("memberships", "person_id", "people"),
    }
    # Why others are not said: some sit by virtue of a post that has ended.
    bases = numbers(tmp_path, "memberships", "basis_appointment_id")
    assert not bases <= numbers(tmp_path, "appointments", "appointment_id")


NARROWED = [*QUESTIONS, "q=an", "updated_since=2026-01-01", "known_at=2026-06-01", "within={area}&group={group}"]


@pytest.mark.parametrize("period", ["current", "all"])
@pytest.mark.parametrize("question", NARROWED)
def test_bundle_declares_no_key_that_does_not_hold_however_it_is_narrowed(
    demo_client: Client, tmp_path: Path, question: str, period: str
):
    address = f"{ROLE_MAP}&period={period}&{filled(question)}"
    package = extracted(demo_client, address, tmp_path)
    keys = declared(package)
    assert ("role-map", "appointment_id", "appointments") in keys
    primary = {each["name"]: each["schema"]["primaryKey"][0] for each in package["resources"]}
    missing = {
        (table, column): numbers(tmp_path, table, column) - numbers(tmp_path, to, primary[to])
        for table, column, to in keys
    }
    assert {key: found for key, found in missing.items() if found} == {}


@pytest.mark.parametrize(
    ("table", "says"),
    [("people", "person_id"), ("appointments", "appointment_id"), ("organisations", "organisation_id")],
)
def test_bundle_that_lacks_a_row_of_which_it_has_the_key_is_found_out(
    demo_client: Client, tmp_path: Path, table: str, says: str
):
    extracted(demo_client, EVERYTHING, tmp_path)
    (named, *_) = numbers(tmp_path, "role-map", says)
    path = tmp_path / f"{table}.csv"
    with path.open(newline="") as file:
        head, *rows = csv.reader(file)
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([head, *(row for row in rows if row[0] != named)])
    assert {fault[0] for fault in violated(tmp_path)} == {"foreign-key"}
