"""The page that says how a finding is managed, led to from the to-do list."""

import datetime

import pytest
from django.test import Client
from django.utils.html import strip_tags

from ics_leadership.periods import today
from memberships import rules
from memberships.rules import Finding
from tests import factories
from tests.factories import SmallArea
from tests.flows.conftest import Editing, editing, editor, editor_client  # noqa: F401 fixtures
from tests.flows.keyboard import assert_sound
from tests.flows.sending import confirmed, fields_of, sent

pytestmark = pytest.mark.django_db

HOW = "An election is called for the spring."


def vacancy() -> Finding:
    return next(each for each in rules.find(today()) if each.code == "GL05" and each.about.startswith("seat"))


def address(finding: Finding) -> str:
    return f"/findings/{finding.code}/{finding.subject}/managed"


def test_the_to_do_list_leads_to_the_page(editor_client: Client, area: SmallArea):  # noqa: F811
    listed = editor_client.get("/to-do/findings?rule=GL05").content.decode()
    assert f'href="{address(vacancy())}"' in listed


def test_what_is_managed_is_folded_away_and_can_be_changed(editor_client: Client, area: SmallArea):  # noqa: F811
    page = address(vacancy())
    review = today() + datetime.timedelta(days=90)
    check = sent(
        editor_client,
        page,
        how=HOW,
        agreed_by="The group",
        review_on=f"{review:%d/%m/%Y}",
        why="Known, and accepted for now",
    )
    written = check.content.decode()
    assert "A seat is vacant, or soon will be, or somebody serves in it beyond their term: An election" in written
    assert vacancy().subject not in strip_tags(written), "What identifies a finding is no word for people."
    answer = confirmed(editor_client, check)
    assert answer["Location"] == "/to-do/findings?rule=GL05"
    managed = vacancy().managed
    assert managed
    assert (managed.how, managed.agreed_by, managed.review_on, managed.area) == (HOW, "The group", review, area.icb)
    assert HOW in editor_client.get("/to-do/findings?rule=GL05").content.decode()
    assert fields_of(editor_client.get(page))["how"][0].strip() == HOW


def test_a_review_that_has_passed_is_refused_beside_its_field(editor_client: Client, area: SmallArea):  # noqa: F811
    answer = sent(
        editor_client, address(vacancy()), how=HOW, review_on="1 April 2021", why="Known, and accepted for now"
    )
    assert "Choose a day to come for the review" in answer.content.decode()
    assert vacancy().managed is None


def test_what_is_not_found_cannot_be_managed(editor_client: Client, area: SmallArea):  # noqa: F811
    assert editor_client.get("/findings/GL05/seat:0/managed").status_code == 404
    assert editor_client.get("/findings/GL99/seat:0/managed").status_code == 404


def test_nobody_learns_from_the_page_what_is_found_elsewhere(area: SmallArea):
    elsewhere, reader = Client(), Client()
    elsewhere.force_login(factories.editor(factories.small_area("Diss").place))
    reader.force_login(factories.user())
    finding = next(each for each in rules.find(today(), [area.icb.pk]) if each.code == "GL05")
    for page in (address(finding), "/findings/GL05/seat:0/managed"):
        assert elsewhere.get(page).status_code == 404
        assert reader.get(page).status_code == 403


def test_a_finding_is_managed_on_a_phone(editing: Editing):  # noqa: F811
    page = editing.open(address(vacancy()))
    page.get_by_label("How this is managed").fill(HOW)
    assert_sound(page)
    page.get_by_label("Known, and accepted for now").check()
    page.get_by_role("button", name="See what this changes").click()
    assert_sound(page)
