"""What a table is narrowed by means the same in every table: who holds what, where, on whose behalf and by virtue of it sits."""

import pytest
from django.test import Client

from memberships.models import Membership
from tests.api.reading import lines
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


@pytest.fixture
def asked() -> dict[str, str]:
    """Somebody of the demonstration who sits on a group by virtue of a role."""
    sitting = Membership.objects.as_at(DAY).filter(basis_appointment__isnull=False).order_by("pk").first()
    group = sitting.seat.terms.group
    return {"person": sitting.person.slug, "group": group.slug, "area": (group.covers or group.host).slug}


def ids(client: Client, table: str, question: str, column: str) -> set[int]:
    return {row[column] for row in lines(client, f"/api/v1/{table}?as_at={DAY}&{question}")} - {None}


@pytest.mark.parametrize("period", ["current", "all"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_asked_of_roles_means_the_same_in_every_table(
    demo_client: Client, asked: dict[str, str], question: str, period: str
):
    question = f"{question.format(**asked)}&period={period}"
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
