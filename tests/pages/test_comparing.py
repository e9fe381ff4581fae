"""The page that puts two states side by side: its answer before its questions, short enough for a phone, its refusals where one asks."""

import re

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from ics_leadership.history import change
from memberships.models import Membership
from tests import factories
from tests.browser import PHONE, open_page
from tests.factories import IN_TEST, SmallArea
from tests.flows.keyboard import assert_sound, follow, open_details, press, tab_to
from tests.pages.reading import words
from tests.periods import day

DAYS = "/compare?from_day=2026-01-01&to_day=2026-06-01"


def left_and_came(area: SmallArea) -> None:
    """The chair leaves in February; somebody with experience sits from March on."""
    with change(**IN_TEST):
        Membership.objects.filter(pk=area.memberships[0].pk).update(period=(day("2021-04-01").date, "2026-03-01"))
    person = factories.person("Amina Yusuf")
    factories.membership(area.seat("Experienced leader"), person, "Ran the network", period=(day("2026-03-01"), None))


def test_the_answer_comes_first_and_the_questions_are_folded_below(area: SmallArea, client: Client):
    left_and_came(area)
    page = words(client.get(DAYS))
    places = [
        page.index(said)
        for said in (
            "Who held which role and sat in which seat on 1 January 2026 and on 1 June 2026",
            "Roles: 0 differences Seats: 2 differences",
            "Nothing differs.",
            "1 began 1 ended",
            "All seats that differ, to work with elsewhere: as Excel, as CSV, through the API",
            "Amina Yusuf Experienced leader",
            "Compare something else Two days, as known now",
        )
    ]
    assert places == sorted(places)
    assert '<details class="nhsuk-details" id="something-else">' in client.get(DAYS).content.decode()


def test_questions_stand_open_where_nothing_was_asked(client: Client, db: None):
    page = client.get("/compare").content.decode()
    assert '<details class="nhsuk-details" id="something-else" open>' in page
    assert "What to compare" in page


def test_a_row_between_two_days_says_what_happened_and_when(area: SmallArea, client: Client):
    left_and_came(area)
    page = words(client.get(DAYS))
    assert f"Experienced leader, {area.group} Began: in the seat since 1 March 2026" in page
    assert f"Chair, {area.group} Ended: in the seat from 1 April 2021 to 28 February 2026" in page
    assert "How it came about" not in page


def test_a_title_that_says_whose_role_it_is_does_not_say_it_twice(client: Client, db: None):
    network = factories.organisation(name="Westfield Primary Care Network", short_name="Westfield PCN")
    kind = factories.role_type()
    for title in ("Clinical Director, Westfield PCN", "Data lead"):
        role = factories.role(network, kind, title=title)
        factories.appointment(factories.person(), role, period=(day("2026-03-01"), None))
    page = words(client.get(DAYS))
    assert "Clinical Director, Westfield PCN Began" in page
    assert "Data lead, Westfield Primary Care Network Began" in page


def test_kinds_of_difference_that_there_are_none_of_are_not_counted(demo_client: Client):
    page = words(demo_client.get("/compare?as_at=2022-10-01&from_known=2023-01-01"))
    roles = page.partition("Roles: ")[2]
    assert re.search(r"\d+ Really changed: .* \d+ Corrected: .* \d+ Recorded late: ", roles)
    same = words(demo_client.get("/compare?as_at=2022-10-01&from_known=2026-01-01&to_known=2026-01-01"))
    assert "Really changed:" not in same
    assert same.count("Nothing differs.") == 2


@pytest.mark.parametrize(
    ("asked", "sentence", "field"),
    [
        ("from_day=2026-02-01&to_day=2026-01-01", "The day to compare from is later than the one", "from-day"),
        ("from_known=2026-02-01&to_known=2026-01-01", "The moment to compare from is later than", "from-known"),
        ("from_day=soon", "“soon” is not a date.", "from-day"),
        ("from_day=2026-01-01&within=nowhere", "“nowhere” is no organisation", "from-day"),
    ],
)
def test_a_refusal_stands_above_the_questions_as_they_were_asked(
    client: Client, db: None, asked: str, sentence: str, field: str
):
    answer = client.get(f"/compare?{asked}")
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "<title>Error: Compare" in page
    assert re.search(rf'<a href="#{field}">\s*{sentence}', page), words(answer)
    assert 'id="something-else" open>' in page
    for name, value in re.findall(r"(from_day|to_day|from_known|to_known)=([^&]+)", asked):
        assert re.search(rf'name="{name}"[^>]* value="{value}"', page)


def test_a_refusal_that_knows_a_way_on_leads_there(demo_client: Client):
    answer = demo_client.get("/compare?from_day=2025-01-01&roles=900")
    assert answer.status_code == 400
    assert '<a href="/compare?from_day=2025-01-01">Show the first page</a>' in answer.content.decode()


def test_a_page_as_it_was_known_says_so_and_offers_files_of_the_same_alone(demo_client: Client):
    page = demo_client.get("/compare?from_day=2015-01-01&to_day=2024-06-30&known_at=2024-07-31")
    assert "both as known on 31 July 2024" in words(page)
    addresses = re.findall(r'href="(/api/v1/compare[^"]+)"', page.content.decode())
    assert len(addresses) == 6
    assert all("known_at=2024-07-31" in each for each in addresses)


def test_two_moments_are_compared_up_to_what_was_known(demo_client: Client):
    page = words(demo_client.get("/compare?as_at=2022-10-01&from_known=2023-01-01&known_at=2024-07-31"))
    assert "What the register said on 1 January 2023 and on 31 July 2024 of one day" in page


def test_two_days_are_compared_and_others_asked_for_by_keyboard_on_a_phone(area: SmallArea, site: str, page: Page):
    left_and_came(area)
    page.set_viewport_size(PHONE)
    open_page(page, f"{site}/compare")
    assert_sound(page)
    for label, typed in (("From", "01012026"), ("To", "06062026")):
        tab_to(page, page.get_by_label(label, exact=True))
        page.keyboard.type(typed)
    press(page, "Compare the days")
    expect(page.get_by_role("heading", name="Seats: 2 differences")).to_be_visible()
    expect(page.get_by_label("From", exact=True)).to_be_hidden()
    open_details(page, "Compare something else")
    expect(page.get_by_label("From", exact=True)).to_have_value("2026-01-01")
    follow(page, "Amina Yusuf")


def test_page_of_two_moments_stays_short_on_a_phone_and_leads_to_the_rest(demo_site: str, page: Page):
    page.set_viewport_size(PHONE)
    for asked, most in (("from_day=2015-01-01", 150), ("as_at=2022-10-01&from_known=2023-01-01", 240)):
        open_page(page, f"{demo_site}/compare?{asked}")
        rows = page.locator("#roles tbody tr")
        assert rows.count() == 10
        assert page.locator("#roles table").bounding_box()["height"] < 10 * most
        assert page.evaluate("document.documentElement.scrollHeight") < 7000
        before = rows.all_inner_texts()
        follow(page, "Next 10 roles that differ")
        assert 0 < rows.count() <= 10
        assert rows.all_inner_texts() != before
