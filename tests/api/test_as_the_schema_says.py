"""Whatever is asked of the API by whoever, it answers as its OpenAPI document says, and never with a fault."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from ics_leadership.accounts.models import Sight
from ics_leadership.accounts.tokens import make_token
from ics_leadership.periods import today
from memberships.api import RESOURCES
from tests.accounts.neighbourhood import neighbourhood

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    unsupported_method,
]
VISITORS = ("anonymous", "reader", "analyst", "editor", "linked_person", "administrator")
AT_RANDOM = 3
"""Every visitor asks each operation plainly in each of its formats, and of so many one at random too: each another."""


@pytest.fixture(scope="module")
def tokens(committing_together: None) -> dict[str, dict[str, str]]:
    """The headers that each kind of visitor sends."""
    world = neighbourhood()
    found: dict[str, dict[str, str]] = {"anonymous": {}}
    for visitor in VISITORS[1:]:
        _, text = make_token(account=world.visitors[visitor], name="Test", sees=list(Sight), until=today())
        found[visitor] = {"Authorization": f"Token {text}"}
    return found


@pytest.fixture(scope="module")
def operations(tokens: dict[str, dict[str, str]]) -> list[Any]:
    document = json.loads(Client().get("/api/v1/schema").content)
    schema = schemathesis.openapi.from_dict(document)
    schema.app = get_wsgi_application()
    return [result.ok() for result in schema.get_all_operations()]


@pytest.fixture(scope="module")
def there(tokens: dict[str, dict[str, str]]) -> dict[str, dict[str, Any]]:
    """What is there at the addresses of single things, by the path of the operation; and what a comparison has to be asked."""
    client, visitor = Client(), {"headers": tokens["administrator"]}
    found: dict[str, dict[str, Any]] = {"/api/v1/compare": {"from_day": "2025-01-01"}}
    for resource in (each for each in RESOURCES if not each.is_worked_out):
        address = f"/api/v1/{resource.table.name}"
        row = client.get(f"{address}?limit=1", **visitor).json()["results"][0]
        found[f"{address}/{{record}}"] = {"record": row[resource.table.columns[0].name]}
    for resource in ("role-map", "findings"):
        kept = client.post(f"/api/v1/snapshots/of/{resource}", **visitor).json()
        for path in ("/api/v1/snapshots/{key}", "/api/v1/snapshots/{key}/file"):
            found.setdefault(path, {"key": kept["key"]})
    return found


def formats(operation: Any) -> Iterator[str]:
    """The formats in which an operation may be asked; an empty one where it has no choice."""
    raw = operation.definition.raw
    asked = next((each for each in raw.get("parameters", ()) if each["name"] == "format"), None)
    yield from asked["schema"].get("enum", [""]) if asked else [""]


@pytest.mark.parametrize("visitor", VISITORS)
def test_every_operation_answers_as_the_document_says(
    visitor: str, operations: list[Any], tokens: dict[str, dict[str, str]], there: dict[str, dict[str, Any]]
):
    statuses: set[int] = set()
    answered: set[str] = set()
    turn = VISITORS.index(visitor)
    every = ((operation, form) for operation in operations for form in formats(operation))
    for number, (operation, form) in enumerate(every, turn):
        # Hypothesis begins with the plainest example, whatever the seed.
        examples = 2 if number % AT_RANDOM == 0 else 1
        found = asked_of(operation, form, tokens[visitor], examples, turn, there.get(operation.path, {}))
        statuses |= found
        if operation.path in there:
            statuses |= asked_of(operation, form, tokens[visitor], 1, turn, {})
        answered |= {operation.path} if found & {200, 201} else set()
    assert {200, 400, 404} <= statuses
    assert there.keys() <= answered, "each was answered with what is there at least once"


def asked_of(
    operation: Any, form: str, headers: dict[str, str], examples: int, number: int, there: dict[str, Any]
) -> set[int]:
    """The statuses of some answers of an operation in a format, each of which has to be as the document says.

    `number` is the seed of the examples; asked plainly, an address of a single thing is that of one that is `there`.
    """
    found: set[int] = set()

    @seed(number)
    @settings(
        max_examples=examples,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def ask(data: st.DataObject) -> None:
        case = data.draw(operation.as_strategy())
        if case.query:
            # Of many things asked at once one is always amiss.
            kept = data.draw(st.sets(st.sampled_from(sorted(case.query)), max_size=2))
            case.query = {name: value for name, value in case.query.items() if name in kept}
        if there and not data.draw(st.booleans()):
            if case.path_parameters:
                case.path_parameters = {**case.path_parameters, **there}
            else:
                case.query = {**(case.query or {}), **there}
        if form:
            case.query = {**(case.query or {}), "format": form}
        response = case.call(headers=headers)
        found.add(response.status_code)
        case.validate_response(response, checks=CHECKS)

    ask()
    return found


def test_every_operation_says_that_it_is_not_asked_otherwise(db: None):
    document = json.loads(Client().get("/api/v1/schema").content)
    ways = [(path, way) for path, each in document["paths"].items() for way in each]
    assert ways
    assert [each for each in ways if "405" not in document["paths"][each[0]][each[1]]["responses"]] == []


def test_format_of_archives_says_of_which_periods_they_can_be(db: None):
    document = json.loads(Client().get("/api/v1/schema").content)
    asked = document["paths"]["/api/v1/role-map"]["get"]["parameters"]
    [said] = [each["description"] for each in asked if each["name"] == "format"]
    assert "of `period`, `current` and `all`" in said
    for period, status in (("ended", 400), ("upcoming", 400), ("current", 200), ("all", 200)):
        assert Client().head(f"/api/v1/role-map?format=zip&period={period}").status_code == status
