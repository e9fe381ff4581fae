"""Every parameter that the OpenAPI document names changes the answer of the demonstration as asked, and no other is taken."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from http import HTTPStatus
from itertools import zip_longest
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from memberships.actions import correct_group, correct_person
from memberships.api import RESOURCES
from memberships.freezing import KEPT
from memberships.models import Membership, Snapshot
from organisations.actions import rename_organisation
from organisations.models import KeptArea
from roles.actions import correct_role
from roles.models import Remit
from tests import factories
from tests.api.reading import body, refusal
from tests.api.test_every_resource import reader  # noqa: F401  a fixture
from tests.api.test_role_map import DAY
from tests.factories import IN_TEST, SmallArea

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
"""Tables of what is held: in the demonstration nobody holds anything in an organisation that is inactive, nor what is vacant."""

BESIDE = {
    "as_at": f"as_at={DAY}",
    "known_at": "known_at=2025-06-30",
    "status": "period=all",
    "held": "listed=roles",
    "bom": "format=csv",
}
"""What is asked otherwise where only the parameter shall make the difference; a past state has the columns of everybody."""

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


def asked_of(name: str, rows: list[dict[str, Any]]) -> dict[str, str]:
    """A question for each parameter that says which rows: of what stands in these, or beside them in the demonstration."""
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
        "status": "status=inactive&period=all",
        "person": f"person={who}",
        "organisation": f"organisation={where}",
        "group": f"group={group}",
        "updated_since": f"updated_since={moment}",
        "ordering": f"ordering=-{next(each for each in RESOURCES if each.table.name == name).filters.columns[0].name}",
        "as_at": "as_at=2016-06-30",
        "known_at": "known_at=2016-06-30",
    }


def of_somebody_who_sits() -> Remit:
    """The remit of a role of a pathway, by virtue of which somebody sits."""
    sitting = Membership.objects.as_at(DAY).values("basis_appointment__role")
    return Remit.objects.as_at(DAY).exclude(pathway=None).filter(role__in=sitting).order_by("pk").first()


def answer(client: Client, address: str) -> dict[str, Any]:
    """An answer in JSON."""
    said: dict[str, Any] = json.loads(body(client, address))
    return said


def whole(client: Client, name: str, *asked: str) -> list[dict[str, Any]]:
    """The rows of a table and nothing else of its answer: as at the day, unless another is asked."""
    day = "" if any(each.startswith("as_at=") for each in asked) else f"as_at={DAY}"
    question = "&".join(each for each in (day, *asked, "limit=1000") if each)
    rows: list[dict[str, Any]] = answer(client, f"/api/v1/{name}?{question}")["results"]
    return rows


OF_FORM = {"format", "bom", "neutralise", "limit", "cursor"}
"""Parameters that say how rows are given rather than which."""


@resources
def test_every_parameter_of_a_table_changes_its_rows(reader: Client, operations: dict[str, Any], name: str):  # noqa: F811
    documented = operations[f"/api/v1/{name}"]
    plain = whole(reader, name)
    questions = asked_of(name, plain)
    assert documented == {*questions} & documented | OF_FORM
    for parameter in sorted(documented - OF_FORM):
        beside = "" if (name, parameter) == ("roles", "held") else BESIDE.get(parameter, "")
        rows = whole(reader, name, questions[parameter])
        others = plain if beside in ("", f"as_at={DAY}") else whole(reader, name, beside)
        assert rows or (name in HELD_IN and parameter in ("status", "held")), parameter
        assert rows != others, parameter
        if parameter == "ordering":
            assert sorted(map(str, rows)) == sorted(map(str, others))


@resources
def test_parameters_of_form_change_how_the_rows_are_given(reader: Client, name: str):  # noqa: F811
    address = f"/api/v1/{name}?as_at={DAY}"
    page = answer(reader, f"{address}&limit=2")
    first = answer(reader, f"{address}&limit=1")
    assert first["results"] == page["results"][:1]
    assert answer(reader, first["next"])["results"] == page["results"][1:]
    text = body(reader, f"{address}&format=csv")
    assert text.startswith(next(iter(page["results"][0])).encode())
    assert body(reader, f"{address}&format=csv&bom=1") == b"\xef\xbb\xbf" + text


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
    """Filters are asked together, one example of each: one that is not understood is refused whatever stands beside it."""
    paths = json.loads(reader.get("/api/v1/schema").content)["paths"]
    seen = 0
    for resource in RESOURCES:
        path = f"/api/v1/{resource.table.name}"
        examples = {
            parameter["name"]: [f"{parameter['name']}={each}" for each in parameter["schema"].get("examples", ())]
            for parameter in paths[path]["get"]["parameters"]
        }
        # What a code means depends on the moment, so that the moment is asked by itself.
        alone = [[each] for each in examples.pop("known_at", ())]
        for together in [*alone, *zip_longest(*examples.values())]:
            asked = [each for each in together if each]
            body(reader, f"{path}?{'&'.join(asked)}&limit=1")
            seen += len(asked)
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
    "as_at": "as_at=2024-01-01&from_known=2024-06-30",
    "from_known": "as_at=2025-01-01&from_known=2025-06-30",
    "to_known": "as_at=2025-01-01&from_known=2024-06-30&to_known=2025-06-30",
}
OF_MOMENTS = {"as_at", "from_known", "to_known"}
DAYS, MOMENTS = "from_day=2025-01-01", "as_at=2025-01-01&from_known=2024-06-30"


def compared() -> dict[str, tuple[str, str]]:
    """Two questions for each parameter of comparing that says which differences: without it or with another, and with it."""
    area = KeptArea.objects.as_at(DAY).order_by("pk").first().area.slug
    return {
        parameter: (MOMENTS if parameter in OF_MOMENTS else DAYS, question.format(area=area))
        for parameter, question in COMPARED.items()
    }


def test_every_parameter_of_comparing_changes_the_differences(reader: Client, operations: dict[str, Any]):  # noqa: F811
    assert set(COMPARED) == operations["/api/v1/compare"] - OF_FORM
    found = {asked: answer(reader, f"/api/v1/compare?{asked}") for pair in compared().values() for asked in pair}
    for said in found.values():
        assert said["results"]
        assert said["counts"] == dict.fromkeys(said["counts"], 0) | Counter(each["told_as"] for each in said["results"])
    for parameter, (plain, question) in compared().items():
        assert found[plain]["results"] != found[question]["results"], parameter
    text = body(reader, f"/api/v1/compare?{DAYS}&format=csv")
    assert len(text.splitlines()) == 1 + len(found[DAYS]["results"])
    assert body(reader, f"/api/v1/compare?{DAYS}&format=csv&bom=1") == b"\xef\xbb\xbf" + text


def test_every_parameter_of_changes_changes_what_is_told(reader: Client, operations: dict[str, Any]):  # noqa: F811
    assert operations["/api/v1/changes"] == {"since", "limit", "format"}
    page = answer(reader, "/api/v1/changes?limit=2")
    first = answer(reader, "/api/v1/changes?limit=1")
    assert first["results"] == page["results"][:1]
    assert answer(reader, f"/api/v1/changes?limit=1&since={first['next']}")["results"] == page["results"][1:]
    told = [json.loads(line) for line in body(reader, "/api/v1/changes?format=ndjson").splitlines()]
    assert told[:2] == page["results"]


@pytest.mark.parametrize("name", ["people", "groups"])
def test_every_parameter_of_one_record_changes_it(reader: Client, operations: dict[str, Any], name: str):  # noqa: F811
    """Every table answers for one record by the same code, from the row of the table itself; two stand for all.

    JSON is the only format of a record.
    """
    assert operations[f"/api/v1/{name}/{{record}}"] == {"as_at", "known_at", "format"}
    for asked in ("as_at=2016-06-30", "known_at=2016-06-30"):
        beside = BESIDE[asked.partition("=")[0]]
        then, now = ({next(iter(row.values())): row for row in whole(reader, name, each)} for each in (asked, beside))
        number = next(each for each in then if each in now and says(then[each]) != says(now[each]))
        for question, rows in ((asked, then), (beside, now)):
            day = "" if question.startswith("as_at=") else f"as_at={DAY}&"
            assert answer(reader, f"/api/v1/{name}/{number}?{day}{question}")["record"] == rows[number], question
    assert body(reader, f"/api/v1/{name}/{number}?format=json") == body(reader, f"/api/v1/{name}/{number}")
    assert "A record is JSON" in refusal(reader, f"/api/v1/{name}/{number}?format=csv")


def says(row: dict[str, Any]) -> dict[str, Any]:
    """What a row says of its subject, leaving out when that was written or confirmed."""
    return {name: value for name, value in row.items() if name not in ("updated_at", "confirmed_on")}


def frozen(client: Client, resource: str, question: str) -> dict[str, Any]:
    said = client.post(f"/api/v1/snapshots/of/{resource}?{question}")
    assert said.status_code == HTTPStatus.CREATED, said.content
    found: dict[str, Any] = said.json()
    return found


@pytest.fixture
def nothing_kept(demo_client: Client) -> Iterator[None]:
    """The demonstration has no more snapshots afterwards than before."""
    before = set(Snapshot.objects.values_list("pk", flat=True))
    yield
    Snapshot.objects.exclude(pk__in=before).delete()


@pytest.mark.usefixtures("nothing_kept")
def test_every_parameter_of_freezing_changes_what_is_frozen(reader: Client, operations: dict[str, Any]):  # noqa: F811
    """The tables are frozen by the same code, of which the role map has every parameter; the others are of comparing and of changes."""
    day, questions = f"as_at={DAY}", asked_of("role-map", whole(reader, "role-map"))
    asked = {("role-map", each): (BESIDE.get(each, ""), question) for each, question in questions.items()}
    asked |= {("compare", each): pair for each, pair in compared().items()}
    asked |= {("role-map", "format"): ("", "format=ndjson"), ("role-map", "bom"): ("", "bom=1")}
    asked["changes", "since"] = "", f"since={answer(reader, '/api/v1/changes?limit=1')['next']}"
    assert operations["/api/v1/snapshots/of/{resource}"] - {"neutralise"} == {parameter for _, parameter in asked}
    plain: dict[tuple[str, str], dict[str, Any]] = {}
    for (resource, parameter), (beside, question) in asked.items():
        of = f"{day}&" if resource == "role-map" and parameter != "as_at" else ""
        if (resource, beside) not in plain:
            plain[resource, beside] = frozen(reader, resource, f"{of}{beside}")
        said = frozen(reader, resource, f"{of}{question}")
        assert f"{parameter}={said['asked'][parameter]}" in question, parameter
        assert said["sha256"] != plain[resource, beside]["sha256"], parameter


FORMULA = "=1+1"


@pytest.fixture(scope="module")
def formulas(committing_together: None) -> SmallArea:
    """An area of which the names are such as a spreadsheet would run: of itself, its chair, their role, its body and its group."""
    area = factories.small_area()
    role, group = area.chair.role, area.group
    correct_person(person=area.chair.person, title="", given_names=FORMULA, **IN_TEST)
    correct_role(role=role, start=role.start, end=role.end, title=FORMULA, **IN_TEST)
    correct_group(group=group, start=group.start, end=group.end, name=FORMULA, **IN_TEST)
    for each in (area.icb, area.lmc):
        rename_organisation(organisation=each, name=FORMULA, **IN_TEST)
    return area


@pytest.mark.usefixtures("formulas")
@pytest.mark.parametrize("name", [each for each in KEPT if each != "changes"])
def test_neutralising_is_left_out_where_that_is_asked(client: Client, name: str):
    """No text of the demonstration is one that a spreadsheet would run. Of changes there is no CSV."""
    client.force_login(factories.user(is_superuser=True))
    asked = "from_day=2020-01-01&format=csv" if name == "compare" else f"as_at={DAY}&format=csv"
    neutral = body(client, f"/api/v1/{name}?{asked}")
    assert f"'{FORMULA}".encode() in neutral
    raw = neutral.replace(f"'{FORMULA}".encode(), FORMULA.encode())
    assert body(client, f"/api/v1/{name}?{asked}&neutralise=false") == raw
    kept = frozen(client, name, f"{asked}&neutralise=false")
    assert kept["asked"]["neutralise"] == "false"
    assert f"'{FORMULA}".encode() not in body(client, kept["file"])
