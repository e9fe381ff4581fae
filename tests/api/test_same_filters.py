"""What a table is narrowed by means the same in every table: who holds what, where, on whose behalf and by virtue of it sits."""

import datetime
from urllib.parse import urlencode

import pytest
from django.test import Client

from memberships.api import RESOURCES, Organisations
from memberships.api_filters_of_holdings import HoldingFilters
from memberships.models import Membership
from organisations.models import Kind, Organisation
from tests.api.reading import lines, pages, refusal
from tests.api.test_role_map import DAY

QUESTIONS = (
    "role_type=pcn-clinical-director",
    "acts_for=general_practice",
    "acts_for=system",
    "role_type=federation-chair",
    "pathway=urgent-and-emergency-care",
    "role_type=pcn-clinical-director&acts_for=general_practice",
    "role_type=pcn-clinical-director&acts_for=system",
    "within={area}&role_type=pcn-clinical-director",
    "person={person}",
    "person={person}&acts_for=general_practice",
    "group={group}",
    "group={group}&role_type=pcn-clinical-director",
)


def filled(question: str) -> str:
    """A question about somebody of the demonstration who sits on a group by virtue of a role."""
    sitting = Membership.objects.as_at(DAY).filter(basis_appointment__isnull=False).order_by("pk").first()
    group = sitting.seat.terms.group
    return question.format(person=sitting.person.slug, group=group.slug, area=(group.covers or group.host).slug)


def ids(client: Client, table: str, question: str, column: str) -> set[int]:
    return {row[column] for row in lines(client, f"/api/v1/{table}?as_at={DAY}&{question}")} - {None}


@pytest.mark.parametrize("period", ["current", "all"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_asked_of_roles_means_the_same_in_every_table(demo_client: Client, question: str, period: str):
    question = f"{filled(question)}&period={period}"
    held = {
        column: ids(demo_client, "appointments", question, column)
        for column in ("appointment_id", "person_id", "organisation_id")
    }
    assert held["appointment_id"] == ids(demo_client, "role-map", question, "appointment_id")
    if "within=" not in question:  # an organisation lies where it lies, the role of a group where the group does
        assert held["organisation_id"] == ids(demo_client, "organisations", question, "organisation_id")
    if "group=" not in question:  # people sit for their experience too
        assert held["person_id"] == ids(demo_client, "people", question, "person_id")
    if "within=" not in question and "person=" not in question:
        seats = ids(demo_client, "memberships", question, "group_id")
        assert seats == ids(demo_client, "groups", question, "group_id")
    if "within=" not in question and "group=" not in question and period == "current":
        bases = ids(demo_client, "memberships", question, "basis_appointment_id")
        assert bases <= held["appointment_id"] or question.startswith("person="), (
            "nobody sits by virtue of what has ended"
        )


@pytest.mark.parametrize("code", ["K81004", "k81004", "QU9", "rth", "10Q"])
@pytest.mark.parametrize("day", [datetime.date(2021, 6, 30), DAY, datetime.date(2026, 6, 30)])
def test_a_code_finds_exactly_those_that_bore_it_wherever_it_is_typed(
    demo_client: Client, code: str, day: datetime.date
):
    bearers = Organisation.objects.filter(ods_code=code.upper()).order_by("period", "pk")
    names, then = [each.name for each in bearers], [each.name for each in bearers.as_at(day)]
    assert names
    asked = {"q": code, "as_at": day.isoformat()}

    def answered(**more: str) -> list[str]:
        address = f"/api/v1/organisations?{urlencode(asked | more)}"
        return [row["name"] for row in pages(demo_client, f"{address}&ordering=start_date")]

    assert answered() == then
    assert answered(period="all") == names
    assert [row.name for row in demo_client.get("/organisations", asked).context["rows"]] == then
    assert [row.name for row in demo_client.get("/organisations", asked | {"period": "all"}).context["rows"]] == names
    found = {each.heading: each.rows for each in demo_client.get("/search", asked).context["kinds"]}
    assert [row.name for row in found["Organisations"]] == names


@pytest.mark.parametrize("table", [each.table.name for each in RESOURCES if each is not Organisations])
def test_a_code_is_no_name_of_a_person_role_or_group(demo_client: Client, table: str):
    assert lines(demo_client, f"/api/v1/{table}?as_at={DAY}&q=K81004") == []


OF_OTHERS = {
    "people": ("q", "profession", "role_type", "acts_for", "pathway", "ending", "person"),
    "roles": ("open_to", "role_type", "acts_for", "pathway", "within"),
    "organisations": ("status", "kind", "within", "organisation"),
    "groups": ("group",),
}
"""What means the same of what is held as of another table, where that is asked of everything there ever was."""


@pytest.mark.parametrize(("other", "name"), [(other, name) for other, names in OF_OTHERS.items() for name in names])
def test_what_is_held_is_narrowed_as_what_it_belongs_to(demo_client: Client, other: str, name: str):
    sitting = Membership.objects.as_at(DAY).filter(basis_appointment__isnull=False).order_by("pk").first()
    group = sitting.seat.terms.group
    said = {
        "q": [sitting.person.family_name],
        "person": [sitting.person.slug],
        "group": [group.slug],
        "within": [(group.covers or group.host).slug],
        "organisation": [sitting.basis_appointment.role.organisation.slug],
        "role_type": ["pcn-clinical-director"],
        "pathway": ["urgent-and-emergency-care"],
    }
    values = said.get(name) or [value for value, _ in HoldingFilters.base_filters[name].extra["choices"]]
    told = set()
    for value in values:
        if name == "kind" and value not in Kind.values:
            continue
        for table in ("role-map", "appointments"):
            here = ids(demo_client, table, f"{name}={value}", "appointment_id")
            assert here == ids(demo_client, table, f"listed={other}&{name}={value}&period=all", "appointment_id"), value
        told |= here
    assert told, "of some value there is something"


def test_only_what_is_of_one_table_is_asked_of_it(demo_client: Client):
    for asked, sentence in {
        "held=vacant": "listed=roles",
        "kind=gp_leadership_group": "listed=groups",
        "listed=groups&kind=pcn": "“pcn” is no value of “kind”",
        "listed=people&status=active": "This list has no filter “status”",
        "listed=people&colour=red": "This list has no filter “colour”",
        "listed=people&period=ended": "“ended” is no value of “period”",
        "listed=people&ordering=name": "“name” is no value of “ordering”",
        "listed=chairs": "It can be people, roles, organisations and groups",
        "listed=people&format=zip": "“listed” is not true of every table",
    }.items():
        assert sentence in refusal(demo_client, f"/api/v1/role-map?as_at={DAY}&{asked}"), asked


def test_what_is_held_of_another_table_comes_in_the_order_asked_for(demo_client: Client):
    asked = f"/api/v1/role-map?as_at={DAY}&listed=roles&role_type=pcn-clinical-director&ordering=-person_name"
    rows = pages(demo_client, f"{asked}&limit=3")
    assert len(rows) > 3
    assert [row["appointment_id"] for row in rows] == [row["appointment_id"] for row in lines(demo_client, asked)]
    families = [row["person_name"].split()[-1] for row in rows]
    assert families == sorted(families, reverse=True)
