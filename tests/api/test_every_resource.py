"""What is true of every table of the API: the same rows in every format, as its schema says, in any order, each with an address."""

import json
from collections.abc import Mapping
from typing import Any

import jsonschema
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ics_leadership.accounts.demo_accounts import ADMINISTRATOR
from ics_leadership.accounts.models import User
from ics_leadership.api.resource import Resource
from ics_leadership.api.schema import row_schema
from memberships.api import RESOURCES
from tests.api.reading import body, lines, pages, refusal, table
from tests.api.test_role_map import DAY

resources = pytest.mark.parametrize("resource", RESOURCES, ids=lambda each: each.table.name)


@pytest.fixture
def reader(demo_client: Client) -> Client:
    """Who sees all there is."""
    demo_client.force_login(User.objects.get(email=ADMINISTRATOR))
    return demo_client


def address(resource: type[Resource]) -> str:
    return f"/api/v1/{resource.table.name}?as_at={DAY}"


def as_csv_has_it(row: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in row.items()
    }


@resources
def test_every_format_has_the_same_rows(reader: Client, resource: type[Resource]):
    rows = lines(reader, address(resource))
    assert rows
    assert rows == pages(reader, f"{address(resource)}&limit=1000")
    named = [column.name for column in resource.table.columns if column.of != "number"]
    told = [
        {name: row[name] for name in named if name in row} for row in table(reader, f"{address(resource)}&neutralise=0")
    ]
    assert told == [{name: text for name, text in as_csv_has_it(row).items() if name in named} for row in rows]


@resources
def test_every_row_is_as_the_schema_says(reader: Client, resource: type[Resource]):
    check = jsonschema.Draft202012Validator(row_schema(resource.table), format_checker=jsonschema.FormatChecker())
    every = "period=all" if "period" in resource.filters.base_filters else ""
    rows = lines(reader, f"/api/v1/{resource.table.name}?{every}")
    assert [fault.message for row in rows for fault in check.iter_errors(row)][:5] == []
    # A column that nobody has ever filled would prove nothing.
    empty = {name for name in rows[0] if all(row[name] is None for row in rows)}
    assert empty <= UNFILLED.get(resource.table.name, set())


NO_CODES = {"organisation_code", "host_code", "covers_code", "icb_code", "region_code"}
UNFILLED = {name: {*NO_CODES, "term_limit"} for name in ("role-map", "roles", "appointments", "groups")} | {
    "groups": {*NO_CODES, "term_limit", "ended_by"},
    "people": {"note"},
    "findings": {"managed", "agreed_by", "review_on"},
}
"""Columns of which the demonstration has nothing: where people are invented, organisations have no codes."""


@resources
def test_pages_in_any_order_tell_every_row_once(reader: Client, resource: type[Resource]):
    key = resource.table.columns[0].name
    every = sorted(row[key] for row in lines(reader, address(resource)))
    limit = max(len(every) // 2, 1)
    for order in resource.filters.orders():
        by_page = pages(reader, f"{address(resource)}&ordering={order}&limit={min(limit, 1000)}")
        assert sorted(row[key] for row in by_page) == every, order


@pytest.mark.parametrize(
    "resource", [each for each in RESOURCES if not each.is_worked_out], ids=lambda each: each.table.name
)
def test_each_row_has_an_address_of_its_own(reader: Client, resource: type[Resource]):
    row = lines(reader, address(resource))[-1]
    one = f"/api/v1/{resource.table.name}/{next(iter(row.values()))}?as_at={DAY}"
    assert json.loads(body(reader, one))["record"] == row
    assert refusal(reader, f"/api/v1/{resource.table.name}/{2**40}", 404)


@resources
def test_examples_of_the_schema_are_what_it_says(resource: type[Resource]):
    for column in row_schema(resource.table)["properties"].values():
        for example in column.get("examples", ()):
            jsonschema.validate(example, column, format_checker=jsonschema.FormatChecker())


@resources
def test_no_question_is_asked_for_each_row(reader: Client, resource: type[Resource]):
    counts = []
    for limit in (1, 40):
        with CaptureQueriesContext(connection) as captured:
            body(reader, f"{address(resource)}&limit={limit}")
        counts.append(len(captured))
    assert counts[0] == counts[1]


@resources
def test_whatever_names_people_has_their_numbers(resource: type[Resource]):
    """Frozen exports let go of who was erased by the columns that hold numbers of people."""
    names = {column.name for column in resource.table.columns}
    assert "person_id" in names or not names & {"person_name", "family_name", "sentence"}


DAYS = ("2013-04-01", "2018-01-01", "2022-06-30", "2023-09-11", str(DAY))


@pytest.mark.parametrize("name", ["organisations", "roles", "appointments", "groups"])
def test_who_has_all_rows_can_reckon_which_are_there_on_a_day(demo_client: Client, name: str):
    key = next(resource.table.columns[0].name for resource in RESOURCES if resource.table.name == name)
    every = lines(demo_client, f"/api/v1/{name}?period=all")
    for day in DAYS:
        there = [
            row[key]
            for row in every
            if (row["start_date"] or "") <= day
            and day <= (row["end_date"] or "9999")
            and day < (row["ended_by"] or "9999")
        ]
        assert there == [row[key] for row in lines(demo_client, f"/api/v1/{name}?as_at={day}")], day
