"""The first page: the ways in, the kept areas, what ends soon, what was recorded lately."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Page, expect

from ics_leadership.accounts.models import User
from ics_leadership.history import change
from memberships import actions, outlook
from memberships.actions import NewSeat
from memberships.actions.terms import seat_all_anew
from memberships.holdings import soon_after
from memberships.latest import recorded_lately
from memberships.models import Category
from memberships.presenters.home import recorded_line
from organisations.models import Kind
from roles.actions import end_role
from tests import factories as make
from tests.browser import PHONE, open_page
from tests.factories import IN_TEST, SmallArea
from tests.pages.reading import words
from tests.periods import AFTER_NORMAL, BEFORE_NORMAL, FIRST_DAY, day

pytestmark = pytest.mark.django_db

IN_TIME = datetime.date(2100, 1, 1)
"""A day by which everything has been recorded."""


def shown(client: Client, on: datetime.date = FIRST_DAY) -> str:
    return words(client.get("/", {"as_at": on.isoformat()}))


def commit() -> None:
    """What the database does when a change commits, for a test that never does: date the changes and put them in order."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def lately(on: datetime.date = IN_TIME) -> list[str]:
    """The lines of what was recorded lately, as words."""
    lines = [recorded_line(recorded, on) for recorded in recorded_lately(on, 20)]
    return [f"{line.what}: {''.join(piece.text for piece in line.pieces)}" for line in lines]


# --- the ways in


def test_an_empty_register_has_a_first_page(client: Client) -> None:
    text = shown(client)
    assert "Who leads general practice here" in text
    assert "Nobody keeps an area in this register on this day" in text
    assert "Nothing was recorded by this day" in text


def test_who_speaks_on_a_pathway_is_one_step_from_the_first_page(client: Client) -> None:
    make.pathway("Urgent care")
    page = client.get("/", {"as_at": "2021-04-01"}).content.decode()
    assert '<a href="/whom-do-i-ask?pathway=urgent-care&amp;as_at=2021-04-01">Urgent care</a>' in page


def test_a_gp_on_a_phone_learns_in_a_tap_who_speaks_on_urgent_care(site: str, page: Page, area: SmallArea) -> None:
    make.pathway("Urgent care")
    page.set_viewport_size(PHONE)
    open_page(page, f"{site}/")
    page.get_by_role("link", name="Urgent care").click()
    expect(page.get_by_role("main")).to_contain_text(area.chair.person.name)


def test_one_search_stands_on_the_page(site: str, page: Page) -> None:
    open_page(page, f"{site}/")
    expect(page.get_by_role("searchbox").locator("visible=true")).to_have_count(1)


# --- the kept areas


def test_a_kept_area_says_how_many_lead_and_what_is_vacant(area: SmallArea) -> None:
    (kept,) = outlook.kept_areas(FIRST_DAY)
    assert kept.area == area.icb
    assert kept.keeper == area.lmc
    assert kept.groups == 1
    # Two clinical directors, and the chair of the LMC that covers the area.
    assert kept.leaders == 3
    assert kept.vacant_roles == 0
    # The experienced leader's seat; the system clinical lead would only attend.
    assert kept.vacant_seats == 1


def test_a_leader_of_two_networks_is_one_leader(area: SmallArea) -> None:
    make.appointment(area.directors[0].person, make.role(area.place, area.director))
    assert outlook.kept_areas(FIRST_DAY)[0].leaders == 3


def test_a_role_is_vacant_from_the_day_after_its_holder_left(area: SmallArea) -> None:
    actions.end_appointment(appointment=area.directors[0], end=day("2024-03-31"), **IN_TEST)
    assert outlook.kept_areas(day("2024-03-31").date)[0].vacant_roles == 0
    assert outlook.kept_areas(AFTER_NORMAL)[0].vacant_roles == 1


def test_a_role_that_has_ended_is_not_vacant(area: SmallArea) -> None:
    actions.end_appointment(appointment=area.directors[0], end=day("2024-03-31"), **IN_TEST)
    end_role(role=area.directors[0].role, end=day("2024-03-31"), **IN_TEST)
    assert outlook.kept_areas(AFTER_NORMAL)[0].vacant_roles == 0


def test_more_members_than_a_seat_is_for_do_not_fill_another_seat(area: SmallArea) -> None:
    make.membership(area.seat("PCN clinical directors"), make.person(), "Long experience")
    assert outlook.kept_areas(FIRST_DAY)[0].vacant_seats == 1


def test_an_area_that_is_not_kept_has_no_numbers(client: Client, area: SmallArea) -> None:
    make.organisation(Kind.ICB, name="Unkept ICB")
    assert "Unkept ICB" not in shown(client)
    assert list(outlook.kept_areas(BEFORE_NORMAL)) == []


def test_more_kept_areas_cost_no_more_queries(client: Client, area: SmallArea) -> None:
    with CaptureQueriesContext(connection) as few:
        client.get("/")
    for name in ("Truro", "Whitby", "Durham"):
        make.small_area(name)
    with CaptureQueriesContext(connection) as many:
        client.get("/")
    assert len(many) == len(few)


# --- what ends soon


def test_soon_is_the_same_day_six_months_on_or_the_last_of_that_month() -> None:
    assert soon_after(datetime.date(2026, 2, 14)) == datetime.date(2026, 8, 14)
    assert soon_after(datetime.date(2026, 8, 31)) == datetime.date(2027, 2, 28)
    assert soon_after(datetime.date(2026, 10, 1), 3) == datetime.date(2027, 1, 1)


@pytest.mark.parametrize(
    ("end", "is_soon"), [("2021-03-31", False), ("2021-04-01", True), ("2021-10-01", True), ("2021-10-02", False)]
)
def test_a_role_ends_soon_within_six_months_of_the_day_shown(area: SmallArea, end: str, is_soon: bool) -> None:
    role = make.role(area.icb, area.director)
    held = make.appointment(make.person(), role, period=(day("2019-01-01"), day(end)))
    assert (held in outlook.roles_ending(FIRST_DAY)) is is_soon


def test_what_ends_soon_is_said_in_the_order_of_its_end(client: Client, area: SmallArea) -> None:
    actions.end_membership(membership=area.memberships[0], end=day("2021-07-31"), **IN_TEST)
    actions.end_appointment(appointment=area.directors[0], end=day("2021-06-30"), **IN_TEST)
    text = shown(client)
    first = f"30 June 2021 {area.directors[0].person.name}: "
    second = f"31 July 2021 {area.chair.person.name}: chair, Norwich GP Leadership Group"
    assert 0 < text.index(first) < text.index(second)


def test_the_way_on_from_what_ends_says_that_it_is_not_of_kept_areas_alone(client: Client, area: SmallArea) -> None:
    actions.end_appointment(appointment=area.directors[0], end=day("2021-06-30"), **IN_TEST)
    assert "Everyone with a role that ends soon, in kept areas and elsewhere" in shown(client)


def test_what_ends_in_an_area_that_nobody_keeps_is_not_announced(area: SmallArea) -> None:
    elsewhere = make.organisation(Kind.ICB)
    make.appointment(make.person(), make.role(elsewhere, area.director), period=(day("2021-01-01"), day("2021-06-30")))
    assert not outlook.roles_ending(FIRST_DAY).exists()


# --- what was recorded lately


def test_who_came_into_a_role_and_a_seat_was_recorded(area: SmallArea) -> None:
    commit()
    said = lately()
    director = area.directors[0]
    assert f"new: {director.person.name}: {director.role.title}, since 1 April 2021" in said
    assert f"new: {area.chair.person.name}: chair, Norwich GP Leadership Group, since 1 April 2021" in said
    assert "new: Norwich GP Leadership Group: terms of reference, version 1.0, since 1 April 2021" in said


def test_an_end_that_was_set_is_told_from_a_correction(area: SmallArea) -> None:
    leaver, moved = area.directors
    actions.end_appointment(appointment=leaver, end=day("2024-03-31"), **IN_TEST)
    actions.correct_appointment(appointment=moved, start=day("2021-05-01"), end=None, **IN_TEST)
    commit()
    said = lately()
    assert f"last day set: {leaver.person.name}: {leaver.role.title}, from 1 April 2021 to 31 March 2024" in said
    assert f"corrected: {moved.person.name}: {moved.role.title}, since 1 May 2021" in said


def test_a_change_to_what_is_not_for_everyone_is_not_told(area: SmallArea) -> None:
    commit()
    before = lately()
    director = area.directors[0]
    actions.correct_appointment(
        appointment=director, start=day("2021-04-01"), end=None, note="private", evidence="a letter", **IN_TEST
    )
    commit()
    assert lately() == before


def test_neither_the_editor_nor_the_reason_is_told(client: Client, area: SmallArea) -> None:
    editor = User.objects.create_user(email="editor@example.org", name="Edith Editor")
    actions.appoint(
        by=editor,
        why="complained about in private",
        person=make.person("Amina Yusuf"),
        role=make.role(area.icb, area.director),
        start=day("2024-05-01"),
    )
    commit()
    page = client.get("/", {"as_at": IN_TIME.isoformat()}).content.decode()
    assert "Amina Yusuf" in page
    assert "Edith" not in page
    assert "complained" not in page


def test_a_day_in_the_past_shows_what_had_been_recorded_by_then() -> None:
    late_that_day = datetime.datetime(2024, 5, 3, 23, 30, tzinfo=ZoneInfo("Europe/London"))
    with change(by=None, why="for a test", at=late_that_day):
        make.appointment(make.person("Amina Yusuf"), make.role(make.organisation(Kind.ICB), make.role_type()))
    commit()
    assert any("Amina Yusuf" in line for line in lately(datetime.date(2024, 5, 3)))
    assert not any("Amina Yusuf" in line for line in lately(datetime.date(2024, 5, 2)))


def test_changes_to_what_is_not_for_everyone_push_nothing_out(area: SmallArea) -> None:
    make.appointment(make.person("Amina Yusuf"), make.role(area.icb, area.director))
    commit()
    director = area.directors[0]
    for number in range(6):
        actions.correct_appointment(
            appointment=director, start=day("2021-04-01"), end=None, note=f"private {number}", **IN_TEST
        )
    commit()
    assert any("Amina Yusuf" in recorded.row.person.name for recorded in recorded_lately(IN_TIME, 1))


def test_an_appointment_entered_by_mistake_and_removed_is_not_told_of(area: SmallArea) -> None:
    held = make.appointment(make.person("Amina Yusuf"), make.role(area.icb, area.director))
    commit()
    assert sum("Amina Yusuf" in line for line in lately()) == 1
    with change(**IN_TEST):
        held.delete()
    commit()
    assert not any("Amina Yusuf" in line for line in lately())


def test_what_was_removed_later_is_told_of_on_the_day_it_stood() -> None:
    with change(by=None, why="for a test", at=datetime.datetime(2024, 5, 3, 12, tzinfo=ZoneInfo("Europe/London"))):
        held = make.appointment(make.person("Amina Yusuf"), make.role(make.organisation(Kind.ICB), make.role_type()))
    commit()
    with change(by=None, why="for a test", at=datetime.datetime(2024, 5, 5, 12, tzinfo=ZoneInfo("Europe/London"))):
        held.delete()
    commit()
    assert any("Amina Yusuf" in line for line in lately(datetime.date(2024, 5, 4)))
    assert not any("Amina Yusuf" in line for line in lately(datetime.date(2024, 5, 5)))


def test_who_goes_over_to_the_seats_of_new_terms_neither_left_nor_came(area: SmallArea) -> None:
    commit()
    before = lately()
    with change(**IN_TEST):
        terms = make.terms(
            area.group,
            [NewSeat("Director", Category.CORE, area.director)],
            period=(day("2027-01-01"), None),
            version="2.0",
        )
        goes, leaves = area.memberships[1:]
        seat_all_anew(members=[(goes, terms.seats.get()), (leaves, None)], start=day("2027-01-01"), **IN_TEST)
    commit()
    told = [line for line in lately() if line not in before]
    assert told == [
        f"last day set: {leaves.person.name}: core member, Norwich GP Leadership Group, from 1 April 2021 to 31 December 2026",
        "new: Norwich GP Leadership Group: terms of reference, version 2.0, since 1 January 2027",
        "last day set: Norwich GP Leadership Group: terms of reference, version 1.0, from 1 April 2021 to 31 December 2026",
    ]
