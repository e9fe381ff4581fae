"""Before a change is confirmed, what would not add up is shown, with room to say how it is managed."""

import re

import pytest
from django.test import Client

from ics_leadership.periods import today
from memberships import rules
from memberships.models import ManagedFinding, Membership
from memberships.rules import Finding
from roles.models import ActsFor
from tests import factories as make
from tests.factories import SmallArea
from tests.flows.conftest import editor, editor_client  # noqa: F401 fixtures
from tests.flows.sending import confirmed, sent

pytestmark = pytest.mark.django_db

HOW = "She leaves the room when commissioning is discussed."


def check_page(client: Client, area: SmallArea):
    """The page of consequences of giving the seat for experience to somebody who leads for the system."""
    lead = make.appointment(
        make.person("Orla Lead"), make.role(area.icb, make.role_type("Lead", acts_for=ActsFor.SYSTEM))
    )
    return sent(
        client,
        f"/seats/{area.seat('Experienced leader').pk}/fill?person={lead.person.pk}",
        person=lead.person.pk,
        start="1 November 2026",
        why="Put forward",
        basis="experience",
        experience="Eight years as a chair",
    )


def rooms(page: str) -> list[str]:
    return re.findall(r'name="(managed:[^"]+)"', page)


def conflict() -> Finding:
    (finding,) = [each for each in rules.find(today()) if each.code == "GL01"]
    return finding


def test_a_conflict_that_a_change_brings_is_shown_before_and_nothing_else(editor_client: Client, area: SmallArea):  # noqa: F811
    page = check_page(editor_client, area).content.decode()
    gained, _, settled = page.partition("What this settles")
    assert "What would not add up" in gained
    assert "Orla Lead" in gained
    assert len(rooms(page)) == 1, "what was not right before is not this change’s"
    assert "is vacant" in settled


def test_what_an_editor_says_stands_beside_the_conflict_that_then_comes(editor_client: Client, area: SmallArea):  # noqa: F811
    check = check_page(editor_client, area)
    (room,) = rooms(check.content.decode())
    confirmed(editor_client, check, **{room: HOW})
    assert Membership.objects.filter(person__family_name="Lead").exists()
    managed = conflict().managed
    assert managed
    assert (managed.how, managed.area) == (HOW, area.icb)


def test_a_conflict_can_stay_unmanaged(editor_client: Client, area: SmallArea):  # noqa: F811
    confirmed(editor_client, check_page(editor_client, area))
    assert conflict().managed is None


def test_nothing_is_managed_that_the_change_does_not_bring(editor_client: Client, area: SmallArea):  # noqa: F811
    confirmed(editor_client, check_page(editor_client, area), **{"managed:GL01:0123456789abcdef": HOW})
    assert not ManagedFinding.objects.exists()
