"""Search: forgiving of accents, order and typing errors; enough to tell namesakes apart."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Page, expect

from memberships.finding import OF_EACH
from organisations.models import Kind, LinkKind
from roles.models import ActsFor
from tests import factories as make
from tests.browser import open_page
from tests.factories import SmallArea
from tests.pages.reading import words
from tests.periods import ADJACENT_EARLIER, FIRST_DAY, NORMAL

pytestmark = pytest.mark.django_db

TODAY = {"as_at": FIRST_DAY.isoformat()}


def found(client: Client, asked: str) -> dict[str, list[str]]:
    """The names found, by the heading that they stand under."""
    response = client.get("/search", TODAY | {"q": asked})
    assert response.status_code == 200
    return {kind.heading: [row.name for row in kind.rows] for kind in response.context["kinds"]}


def said(client: Client, asked: str) -> str:
    return words(client.get("/search", TODAY | {"q": asked}))


# --- forgiving


@pytest.mark.parametrize(
    "asked", ["Zieliński", "zielinski", "ZIELINSKI tomasz", "tomas zielinsky", "  zielin  ", "Tomasz", "ielinsk"]
)
def test_accents_capitals_order_and_small_errors_do_not_matter(client: Client, asked: str) -> None:
    make.person("Tomasz Zieliński")
    make.person("Amina Yusuf")
    assert found(client, asked) == {"People": ["Tomasz Zieliński"]}


@pytest.mark.parametrize("asked", ["smtih", "amna yusof"])
def test_where_nothing_is_called_so_the_nearest_names_are_shown(client: Client, asked: str) -> None:
    make.person("John Smith")
    make.person("Amina Yusuf")
    text = said(client, asked)
    assert f"Nothing in the register is called “{asked}”. The nearest names:" in text
    assert ("John Smith" in text) is (asked == "smtih")
    assert ("Amina Yusuf" in text) is (asked != "smtih")


def test_all_four_kinds_are_found(client: Client, area: SmallArea) -> None:
    everything = found(client, "norwich")
    assert list(everything) == ["Groups", "Roles", "Organisations"]
    assert everything["Groups"] == ["Norwich GP Leadership Group"]
    assert "PCN Clinical Director (Norwich), East Norwich PCN" in everything["Roles"]
    assert "Norwich Place" in everything["Organisations"]


def test_what_is_much_less_like_than_the_best_is_left_out(client: Client) -> None:
    make.person("Wendy Wenham")
    make.person("Will Wendover")
    assert found(client, "wendy wenham") == {"People": ["Wendy Wenham"]}


def test_what_is_not_much_less_like_stands_beside_what_is_called_exactly_so(client: Client) -> None:
    make.person("Will Wenham")
    make.person("Ann Wenhaston")
    make.person("Sue Wendover")
    assert found(client, "wenham") == {"People": ["Will Wenham", "Ann Wenhaston"]}


def test_where_nothing_is_called_exactly_so_what_is_half_alike_is_found_beside_what_is_more_so(client: Client) -> None:
    make.person("Katherine Able")
    make.person("Catherine Abbot")
    assert found(client, "katherin") == {"People": ["Katherine Able", "Catherine Abbot"]}


def test_more_than_are_shown_that_only_hold_the_words_hide_nobody_who_is_more_like_them(client: Client) -> None:
    for number in range(OF_EACH + 1):
        make.person(f"Able Smith{number}")
    make.person("Bob Mil")
    assert found(client, "mit")["People"][0] == "Bob Mil"


def test_the_open_come_before_the_closed(client: Client) -> None:
    make.organisation(Kind.CCG, name="Wensum CCG", period=ADJACENT_EARLIER)
    make.organisation(Kind.PCN, name="Wensum PCN", period=NORMAL)
    assert found(client, "wensum")["Organisations"] == ["Wensum PCN", "Wensum CCG"]


# --- codes


def test_an_ods_code_finds_every_organisation_that_bore_it(client: Client) -> None:
    make.organisation(Kind.CCG, name="Old", ods_code="26A", period=ADJACENT_EARLIER)
    make.organisation(Kind.SUB_ICB, name="New", ods_code="26A", period=NORMAL)
    make.organisation(Kind.CCG, name="Another", ods_code="26B", period=NORMAL)
    assert found(client, "26a") == {"Organisations": ["Old", "New"]}


def test_the_beginning_of_a_code_is_enough(client: Client) -> None:
    make.organisation(name="One Surgery", ods_code="K84001")
    make.organisation(name="Two Surgery", ods_code="K84002")
    make.organisation(name="Far Surgery", ods_code="A81001")
    assert found(client, "k840") == {"Organisations": ["One Surgery", "Two Surgery"]}


def test_a_whole_code_is_not_taken_for_the_beginning_of_another(client: Client) -> None:
    make.organisation(Kind.REGION, name="South East", ods_code="Y59")
    make.organisation(name="New Surgery", ods_code="Y59001")
    assert found(client, "y59") == {"Organisations": ["South East"]}
    assert found(client, "y590") == {"Organisations": ["New Surgery"]}


def test_a_code_in_letters_finds_its_bearer_beside_people_who_are_called_so(client: Client) -> None:
    make.person("Indira Raj")
    make.organisation(Kind.TRUST, name="Essex Trust", ods_code="RAJ")
    make.organisation(name="Raj Medical Centre")
    assert found(client, "raj") == {"People": ["Indira Raj"], "Organisations": ["Essex Trust"]}
    assert found(client, "raj medical") == {"Organisations": ["Raj Medical Centre"]}


def test_what_looks_like_a_code_and_is_none_is_looked_for_as_a_name(client: Client) -> None:
    make.organisation(name="Route66 Surgery", ods_code="A81001")
    assert found(client, "route66") == {"Organisations": ["Route66 Surgery"]}


# --- telling namesakes apart


def test_a_person_is_told_by_profession_and_what_they_hold_or_held_last(client: Client) -> None:
    icb = make.organisation(Kind.ICB, name="Norfolk ICB")
    lead = make.role_type("Lead", acts_for=ActsFor.SYSTEM)
    make.appointment(make.person("Sam Brown"), make.role(icb, lead, title="Urgent care lead"))
    make.appointment(
        make.person("Sam Brown", profession="nurse"), make.role(icb, lead, title="Planned care lead"),
        period=ADJACENT_EARLIER,
    )  # fmt: skip
    make.person("Sam Brown", profession="lay")
    text = said(client, "sam brown")
    assert "Sam Brown GP. Urgent care lead, Norfolk ICB" in text
    assert (
        "Sam Brown Nurse. Nothing recorded on this day; Planned care lead, Norfolk ICB, "
        "from 1 April 2018 to 31 March 2021" in text
    )
    assert "Sam Brown Lay member. Nothing recorded on this day" in text


def test_an_organisation_is_told_by_kind_code_place_and_whether_it_is_open(client: Client) -> None:
    place = make.organisation(Kind.PLACE, name="Norwich")
    surgery = make.organisation(name="High Street Surgery", ods_code="D82001")
    make.link(surgery, LinkKind.PART_OF, place)
    make.organisation(name="High Street Surgery", ods_code="D82002", period=ADJACENT_EARLIER)
    text = said(client, "high street")
    assert "High Street Surgery General practice, ODS code D82001, part of Norwich" in text
    assert "High Street Surgery Closed General practice, ODS code D82002, from 1 April 2018 to 31 March 2021" in text


def test_a_role_says_who_holds_it_on_the_day(client: Client, area: SmallArea) -> None:
    text = said(client, "clinical director norwich")
    assert f"East Norwich PCN; held by {area.directors[0].person.name}" in text


# --- nothing found, and how to go on


def test_an_empty_search_says_what_can_be_looked_for(client: Client) -> None:
    assert "Type a name, or part of one" in said(client, "  ")


def test_one_letter_is_too_short(client: Client) -> None:
    make.person("Al Able")
    assert "“a” is too short to look for. Type at least 2 letters." in said(client, "a")


def test_where_nothing_is_near_the_lists_are_offered(client: Client) -> None:
    response = client.get("/search", {"q": "qqqqq"})
    assert "Nothing in the register is called “qqqqq”." in words(response)
    assert 'href="/people"' in response.content.decode()


@pytest.mark.parametrize(
    ("asked", "sentence"), [("x" * 201, "up to 200 letters at a time"), ("a\0b", "a sign that cannot be in any text")]
)
def test_what_cannot_be_looked_for_is_a_400_that_says_why(client: Client, asked: str, sentence: str) -> None:
    response = client.get("/search", {"q": asked})
    assert response.status_code == 400
    assert sentence in words(response)


def test_signs_that_mean_something_to_databases_and_browsers_mean_themselves(client: Client) -> None:
    make.person("Amina Yusuf")
    assert found(client, "%%__") == {}
    page = client.get("/search", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page


# --- as one types, and at length


def test_results_stand_in_an_element_that_is_replaced_as_one_types(client: Client) -> None:
    page = client.get("/search", {"q": "any"}).content.decode()
    assert 'hx-target="#results"' in page
    assert page.count('id="results"') == 1


def test_results_follow_what_is_typed(site: str, page: Page) -> None:
    make.person("Tomasz Zieliński")
    make.person("Amina Yusuf")
    open_page(page, f"{site}/search?as_at=2021-04-01")
    page.get_by_label("Search again").get_by_role("searchbox").press_sequentially("zielin")
    expect(page.locator("#results")).to_contain_text("Tomasz Zieliński")
    expect(page.locator("#results")).not_to_contain_text("Amina Yusuf")
    expect(page).to_have_url(re.compile(r"as_at=2021-04-01.*q=zielin"))
    # What was typed stays under the reader's fingers.
    expect(page.get_by_label("Search again").get_by_role("searchbox")).to_be_focused()


def test_searching_needs_no_scripts(site: str, page_without_scripts: Page) -> None:
    make.person("Tomasz Zieliński")
    page = page_without_scripts
    page.goto(f"{site}/search?as_at=2021-04-01")
    page.get_by_label("Search again").get_by_role("searchbox").fill("zielin")
    page.get_by_label("Search again").get_by_role("button").click()
    expect(page.locator("#results")).to_contain_text("Tomasz Zieliński")
    expect(page).to_have_url(re.compile(r"as_at=2021-04-01"))


def test_the_rest_of_a_kind_is_in_its_list(client: Client) -> None:
    for number in range(OF_EACH + 1):
        make.person(f"Amina Yusuf{number}")
    response = client.get("/search", TODAY | {"q": "yusuf"})
    (people,) = response.context["kinds"]
    assert len(people.rows) == OF_EACH
    assert 'href="/people?q=yusuf&amp;as_at=2021-04-01"' in response.content.decode()


def test_much_found_costs_no_more_queries_than_little(client: Client, area: SmallArea) -> None:
    make.appointment(make.person("Norwich Norman"), make.role(area.icb, area.director))
    with CaptureQueriesContext(connection) as few:
        client.get("/search", {"q": "norwich"})
    for number in range(12):
        make.appointment(make.person(f"Norwich Norman{number}"), make.role(area.icb, area.director))
        make.organisation(name=f"Norwich Surgery {number + 10}")
    with CaptureQueriesContext(connection) as many:
        client.get("/search", {"q": "norwich"})
    assert len(many) == len(few)
