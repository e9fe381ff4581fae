"""Who sits where through the API: one row for each seat held, those held for experience too."""

import datetime
import json

import pytest
from django.test import Client

from memberships.models import Group, Membership
from organisations.models import KeptArea, Organisation
from tests.api.reading import lines, pages, refusal, table

DAY = datetime.date(2025, 6, 30)
MEMBERSHIPS = f"/api/v1/memberships?as_at={DAY}"

COLUMNS = """membership_id group_id group_name group_kind covers_id covers_name seat category voting person_id person_name
profession basis basis_appointment_id basis_role basis_organisation_id basis_organisation_name why put_forward_by attends_for
start_date start_precision end_date end_precision terms_version source invented updated_at"""


def test_every_format_has_a_row_for_each_seat_held(demo_client: Client):
    rows = lines(demo_client, MEMBERSHIPS)
    assert list(rows[0]) == COLUMNS.split()
    assert rows == pages(demo_client, f"{MEMBERSHIPS}&limit=50")
    assert [int(row["membership_id"]) for row in table(demo_client, MEMBERSHIPS)] == list(
        Membership.objects.as_at(DAY).order_by("pk").values_list("pk", flat=True)
    )


def test_a_row_says_on_what_basis_somebody_sits(demo_client: Client):
    rows = lines(demo_client, MEMBERSHIPS)
    assert {row["basis"] for row in rows} == {"appointment", "experience"}
    for row in rows:
        by_appointment = row["basis"] == "appointment"
        assert (row["basis_appointment_id"] is not None) == by_appointment
        if by_appointment:
            assert row["why"] == f"{row['basis_role']}, {row['basis_organisation_name']}"
        else:
            assert row["why"]


def test_every_filter_narrows_as_it_says(demo_client: Client):
    everything = lines(demo_client, MEMBERSHIPS)
    area = KeptArea.objects.as_at(DAY).order_by("pk").first().area
    inside = set(Group.objects.within(area, DAY).values_list("pk", flat=True))
    one = next(row for row in everything if row["basis_organisation_id"])
    body_slug = Organisation.objects.get(pk=one["basis_organisation_id"]).slug
    questions = {
        f"kind={one['group_kind']}": lambda row: row["group_kind"] == one["group_kind"],
        f"within={area.slug}": lambda row: row["group_id"] in inside,
        f"person={one['person_id']}": lambda row: row["person_id"] == one["person_id"],
        f"group={one['group_id']}": lambda row: row["group_id"] == one["group_id"],
        f"organisation={body_slug}": lambda row: row["basis_organisation_id"] == one["basis_organisation_id"],
    }
    for question, fits in questions.items():
        expected = [row for row in everything if fits(row)]
        assert expected, question
        assert expected != everything, question
        assert lines(demo_client, f"{MEMBERSHIPS}&{question}") == expected, question


@pytest.mark.parametrize("ordering", ["person_name", "-group_name", "seat", "-start_date", "end_date", "updated_at"])
def test_pages_in_any_order_tell_every_row_once(demo_client: Client, ordering: str):
    address = f"{MEMBERSHIPS}&ordering={ordering}"
    by_page = pages(demo_client, f"{address}&limit=90")
    assert by_page == lines(demo_client, address)
    assert len({row["membership_id"] for row in by_page}) == len(by_page) == len(lines(demo_client, MEMBERSHIPS))


def test_one_that_is_unknown_is_refused(demo_client: Client):
    assert refusal(demo_client, f"{MEMBERSHIPS}&kind=club").startswith("“club” is no value of “kind”.")
    assert refusal(demo_client, f"{MEMBERSHIPS}&seat=chair").startswith("This list has no filter “seat”.")


def test_one_row_has_an_address_of_its_own_whatever_its_period(demo_client: Client):
    ended = lines(demo_client, "/api/v1/memberships?period=all&ordering=end_date")[0]
    answer = demo_client.get(f"/api/v1/memberships/{ended['membership_id']}")
    assert json.loads(answer.content)["record"] == ended
    assert refusal(demo_client, "/api/v1/memberships/999999999", 404)
    assert refusal(demo_client, f"/api/v1/memberships/{2**70}", 404)
    assert refusal(demo_client, "/api/v1/memberships/1?kind=pcn").startswith("A record has no filter “kind”.")
