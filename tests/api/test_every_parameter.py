"""Every parameter that the OpenAPI document names changes the answer of the demonstration as asked, and no other is taken."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from memberships.api import RESOURCES
from memberships.models import Membership
from organisations.models import KeptArea
from roles.models import Remit
from tests.api.reading import body, lines, refusal
from tests.api.test_every_resource import reader  # noqa: F401  a fixture
from tests.api.test_role_map import DAY

NAMES = {
    "role-map": "person_name",
    "appointments": "person_name",
    "memberships": "person_name",
    "roles": "title",
    "findings": "sentence",
}
"""The column in which `q` looks; `name` elsewhere."""
KINDS = {"role-map": "organisation_kind", "roles": "organisation_kind", "memberships": "group_kind", "findings": "rule"}
"""The column of which `kind` is a value; `kind` elsewhere."""

HELD_IN = {"role-map", "appointments"}
"""Tables of what is held: in the demonstration nobody holds anything in an organisation that is inactive."""

MAY_BE_NOTHING = {"as_at", "known_at", "updated_since"}
"""Parameters to which no row is an answer too; nor does anybody hold what is vacant."""

resources = pytest.mark.parametrize("name", [each.table.name for each in RESOURCES])


@pytest.fixture
def operations(reader: Client) -> dict[str, Any]:  # noqa: F811
    """The parameters of each address, but for those in its path."""
    paths = json.loads(reader.get("/api/v1/schema").content)["paths"]
    return {
        path: {each["name"] for each in operation["parameters"] if each["in"] == "query"}
        for path, methods in paths.items()
        for operation in methods.values()
    }


def asked_of(client: Client, name: str) -> dict[str, str]:
    """A question for each parameter of a table: of what stands in it, or beside it in the demonstration."""
    rows = lines(client, f"/api/v1/{name}?as_at={DAY}")
    sitting = Membership.objects.as_at(DAY).filter(basis_appointment__isnull=False).order_by("pk").first()
    held = sitting.basis_appointment
    if name == "findings":
        who, where, group = (
            next(row[column].partition("; ")[0] for row in rows if row[column])
            for column in ("person_ids", "organisation_ids", "group_ids")
        )
    else:
        who, where, group = sitting.person_id, held.role.organisation_id, sitting.seat.terms.group_id
    if name == "roles":
        group = next(row["group_id"] for row in rows if row["group_id"])
    moments = sorted({row["updated_at"] for row in rows if "updated_at" in row})
    moment = moments[len(moments) // 2] if len(moments) > 1 else "2100-01-01"
    kind = {"people": "pcn", "appointments": "pcn"}.get(name) or rows[0][KINDS.get(name, "kind")]
    following = json.loads(body(client, f"/api/v1/{name}?as_at={DAY}&limit=1"))["next"].partition("cursor=")[2]
    return {
        "q": f"q={rows[0][NAMES.get(name, 'name')].split()[-1].strip('.')}",
        "period": "period=all",
        "within": f"within={KeptArea.objects.as_at(DAY).order_by('pk').first().area.slug}",
        "kind": f"kind={kind}",
        "role_type": "role_type=pcn-clinical-director",
        "acts_for": "acts_for=system",
        "pathway": f"pathway={of_somebody_who_sits().pathway.slug}",
        "profession": "profession=nurse",
        "ending": "ending=12",
        "held": "held=vacant" if name == "roles" else "listed=roles&held=vacant",
        "listed": "listed=groups",
        "open_to": "open_to=clinicians",
        "status": f"status={'active' if name in HELD_IN else 'inactive'}&period=all",
        "person": f"person={who}",
        "organisation": f"organisation={where}",
        "group": f"group={group}",
        "updated_since": f"updated_since={moment}",
        "ordering": f"ordering=-{next(each for each in RESOURCES if each.table.name == name).filters.columns[0].name}",
        "format": "format=csv",
        "as_at": "as_at=2016-06-30",
        "known_at": "known_at=2016-06-30",
        "limit": "limit=1",
        "cursor": f"cursor={following}",
        "bom": "bom=1&format=csv",
        "neutralise": "neutralise=0&format=csv",
    }


def of_somebody_who_sits() -> Remit:
    """The remit of a role of a pathway, by virtue of which somebody sits."""
    sitting = Membership.objects.as_at(DAY).values("basis_appointment__role")
    return Remit.objects.as_at(DAY).exclude(pathway=None).filter(role__in=sitting).order_by("pk").first()


@resources
def test_every_parameter_of_a_table_changes_its_answer(reader: Client, operations: dict[str, Any], name: str):  # noqa: F811
    documented = operations[f"/api/v1/{name}"]
    questions = asked_of(reader, name)
    assert documented <= set(questions)
    plain = {
        form: body(reader, f"/api/v1/{name}?as_at={DAY}&limit=1000")
        if form == "json"
        else body(reader, f"/api/v1/{name}?as_at={DAY}&format=csv")
        for form in ("json", "csv")
    }
    for parameter in sorted(documented - {"neutralise"}):
        question = questions[parameter]
        day = "" if parameter == "as_at" else f"as_at={DAY}&"
        whole = "" if parameter in ("limit", "cursor") or "format=" in question else "&limit=1000"
        answer = body(reader, f"/api/v1/{name}?{day}{question}{whole}")
        assert answer != plain["csv" if parameter == "bom" else "json"], parameter
        if "format=" not in question:
            assert json.loads(answer)["results"] or parameter in MAY_BE_NOTHING or "held=vacant" in question, parameter


@resources
def test_every_value_that_is_none_is_refused(reader: Client, operations: dict[str, Any], name: str):  # noqa: F811
    for parameter in sorted(operations[f"/api/v1/{name}"] - {"q"}):
        form = "&format=csv" if parameter in ("bom", "neutralise") else ""
        assert refusal(reader, f"/api/v1/{name}?{parameter}=no-such-thing{form}"), parameter


@resources
def test_an_empty_value_is_refused_rather_than_everything_given(reader: Client, operations: dict[str, Any], name: str):  # noqa: F811
    for parameter in sorted(operations[f"/api/v1/{name}"]):
        form = "&format=csv" if parameter in ("bom", "neutralise") else ""
        if parameter not in ("format", "cursor", "limit", "bom", "neutralise"):
            assert "empty" in refusal(reader, f"/api/v1/{name}?{parameter}={form}") or parameter in (
                "as_at",
                "known_at",
            )


def test_every_example_of_a_parameter_is_understood_by_the_demonstration(reader: Client):  # noqa: F811
    paths = json.loads(reader.get("/api/v1/schema").content)["paths"]
    seen = 0
    for resource in RESOURCES:
        path = f"/api/v1/{resource.table.name}"
        for parameter in paths[path]["get"]["parameters"]:
            for example in parameter["schema"].get("examples", ()):
                body(reader, f"{path}?{parameter['name']}={example}&limit=1")
                seen += 1
    assert seen > len(RESOURCES)


def test_what_the_document_does_not_name_is_refused(reader: Client, operations: dict[str, Any]):  # noqa: F811
    for path in operations:
        address = path.replace("{record}", "1").replace("{key}", "a").replace("{resource}", "role-map")
        ask = reader.post if path.endswith("{resource}") else reader.get
        answer = ask(f"{address}?colour=red")
        assert answer.status_code == 400, path
        assert "colour" in json.loads(answer.content)["detail"], path


def routes(patterns: list[Any], before: str = "") -> Iterator[str]:
    """Every route of the register, as it stands in the configuration of addresses."""
    for each in patterns:
        route = f"{before}{each.pattern}"
        yield from routes(each.url_patterns, route) if hasattr(each, "url_patterns") else [route]


IN_PATHS = {"record": "1", "key": "a", "resource": "role-map"}
OF_THE_API = [route for route in routes(get_resolver().url_patterns) if route.startswith("api/v1/")]


@pytest.mark.parametrize("route", OF_THE_API)
def test_no_address_of_the_api_passes_over_what_it_does_not_know(reader: Client, route: str):  # noqa: F811
    address = re.sub(r"<\w+:(\w+)>", lambda part: IN_PATHS[part[1]], f"/{route}")
    ask = reader.post if route.startswith("api/v1/snapshots/of/") else reader.get
    answer = ask(f"{address}?colour=red")
    assert answer.status_code == 400
    assert "colour" in answer.content.decode()


COMPARED = {
    "of": "from_day=2025-01-01&of=memberships",
    "to_day": "from_day=2025-01-01&to_day=2025-06-30",
    "from_day": "from_day=2024-01-01",
    "known_at": "from_day=2025-01-01&known_at=2025-06-30",
    "within": "from_day=2025-01-01&within={area}",
    "format": "from_day=2025-01-01&format=csv",
    "bom": "from_day=2025-01-01&format=csv&bom=1",
    "as_at": "as_at=2024-01-01&from_known=2024-06-30",
    "from_known": "as_at=2025-01-01&from_known=2025-06-30",
    "to_known": "as_at=2025-01-01&from_known=2024-06-30&to_known=2025-06-30",
}


def test_every_parameter_of_comparing_and_of_changes_changes_the_answer(reader: Client, operations: dict[str, Any]):  # noqa: F811
    # No text of the demonstration is one that a spreadsheet would run.
    assert set(COMPARED) == operations["/api/v1/compare"] - {"neutralise"}
    area = KeptArea.objects.as_at(DAY).order_by("pk").first().area.slug
    for parameter, question in COMPARED.items():
        knowing = parameter in ("as_at", "from_known", "to_known")
        plain = "as_at=2025-01-01&from_known=2024-06-30" if knowing else "from_day=2025-01-01"
        plain += "&format=csv" if parameter == "bom" else ""
        answers = [body(reader, f"/api/v1/compare?{each}") for each in (plain, question.format(area=area))]
        assert answers[0] != answers[1], parameter
    changes = {"since": "since={next}", "limit": "limit=1", "format": "format=ndjson"}
    assert set(changes) == operations["/api/v1/changes"]
    plain = body(reader, "/api/v1/changes")
    for parameter, question in changes.items():
        assert body(reader, f"/api/v1/changes?{question.format(**json.loads(plain))}") != plain, parameter
