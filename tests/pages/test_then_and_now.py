"""Then and now: who held what on one day, and what they hold on another."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from memberships import actions
from memberships.models import Category
from organisations.models import Kind, Organisation
from roles.models import ActsFor, RoleType
from tests import factories as make
from tests.factories import SmallArea
from tests.pages.reading import words
from tests.periods import day

pytestmark = pytest.mark.django_db

CCG_YEARS = (day("2013-04-01"), day("2022-06-30"))
SINCE_ICBS = (day("2022-07-01"), None)
DAYS = {"then": "2022-06-30", "now": "2026-06-30"}


@pytest.fixture
def ccg() -> Organisation:
    return make.organisation(Kind.CCG, name="Norfolk CCG", ods_code="26A", period=CCG_YEARS)


@pytest.fixture
def director() -> RoleType:
    return make.role_type("CCG clinical director", plural="CCG clinical directors", acts_for=ActsFor.COMMISSIONER)


@pytest.fixture
def directors(ccg: Organisation, director: RoleType) -> None:
    """Five who held the role on the CCG's last day: what they hold now is in their names."""
    icb = make.organisation(Kind.ICB, name="Norfolk ICB", ods_code="QMM", period=SINCE_ICBS)
    for_practices = make.role_type("PCN director")
    for_system = make.role_type("System lead", acts_for=ActsFor.SYSTEM)
    people = {name: make.person(name) for name in ("Practices", "System", "Both", "Nothing", "Seat")}
    for person in people.values():
        make.appointment(person, make.role(ccg, director, period=CCG_YEARS), period=CCG_YEARS)
    for name in ("Practices", "Both"):
        make.appointment(people[name], make.role(icb, for_practices, period=SINCE_ICBS), period=SINCE_ICBS)
    for name in ("System", "Both"):
        make.appointment(people[name], make.role(icb, for_system, period=SINCE_ICBS), period=SINCE_ICBS)
    group = make.group(icb, name="Reference group", period=SINCE_ICBS)
    terms = make.terms(group, [actions.NewSeat("Experienced leader", Category.CORE, None, number=9)], period=SINCE_ICBS)
    make.membership(terms.seats.get(), people["Seat"], "Eight years on a CCG", period=SINCE_ICBS)


def listed(client: Client, **asked: str) -> list[str]:
    response = client.get("/then-and-now", DAYS | {"ordering": "name"} | asked)
    assert response.status_code == 200
    return [row.name for row in response.context["rows"]]


def shown(client: Client, **asked: str) -> str:
    return words(client.get("/then-and-now", DAYS | asked))


# --- who is meant


@pytest.mark.usefixtures("directors")
def test_those_who_held_a_type_of_role_stand_with_what_they_hold_now(client: Client) -> None:
    text = shown(client, role_type="ccg-clinical-director")
    assert "5 people on 30 June 2022" in text
    assert "Nothing GP CCG clinical director, Norfolk CCG from 1 April 2013 to 30 June 2022 Nothing recorded" in text
    assert "Seat GP CCG clinical director, Norfolk CCG from 1 April 2013 to 30 June 2022 Core member, Reference" in text


@pytest.mark.usefixtures("directors")
def test_the_last_day_of_a_role_is_a_day_to_ask_about(client: Client) -> None:
    assert len(listed(client, role_type="ccg-clinical-director")) == 5
    assert listed(client, role_type="ccg-clinical-director", then="2022-07-01") == []
    assert listed(client, role_type="ccg-clinical-director", then="2013-03-31") == []


@pytest.mark.usefixtures("directors")
def test_the_usual_day_is_the_last_of_the_ccgs(client: Client) -> None:
    response = client.get("/then-and-now", {"role_type": "ccg-clinical-director"})
    assert "5 people on 30 June 2022. Of them, today:" in words(response)


@pytest.mark.usefixtures("directors")
def test_those_of_one_organisation_are_found_by_its_code_on_the_first_day(client: Client) -> None:
    assert len(listed(client, organisation="26a")) == 5
    assert len(listed(client, organisation="ccg-26a")) == 5
    assert listed(client, organisation="QMM", then="2022-07-01") == ["Both", "Practices", "System"]


@pytest.mark.usefixtures("directors")
def test_the_organisations_that_had_roles_on_the_first_day_are_offered_and_networks_are_not(client: Client) -> None:
    make.organisation(Kind.CCG, name="Roleless CCG", period=CCG_YEARS)
    network = make.organisation(Kind.PCN, name="West Norwich PCN")
    make.role(network, make.role_type())

    def offered(**asked: str) -> list[str]:
        panel = client.get("/then-and-now", DAYS | asked).context["panel"]
        (field,) = [field for field in panel.fields if field.name == "organisation"]
        assert field.label == "Held a role of"
        return [label for _, label in field.choices]

    assert offered() == ["Norfolk CCG"]
    assert offered(then="2022-07-01") == ["Norfolk ICB"]
    assert offered(organisation=network.slug) == ["West Norwich PCN", "Norfolk CCG"]


@pytest.mark.usefixtures("directors")
def test_a_closed_organisation_leads_to_where_those_who_led_it_are(client: Client, ccg: Organisation) -> None:
    page = client.get(ccg.get_absolute_url(), {"as_at": "2026-06-30"}).content.decode()
    found = re.search(r'href="(/then-and-now[^"]+)">Where those who led it are', page)
    assert found
    answer = client.get(found[1].replace("&amp;", "&"))
    assert [row.name for row in answer.context["rows"]] == ["Both", "Nothing", "Practices", "Seat", "System"]
    assert "Where those who led it are" not in words(client.get(ccg.get_absolute_url(), {"as_at": DAYS["then"]}))


@pytest.mark.usefixtures("directors")
def test_those_who_sat_on_a_group_are_found(client: Client) -> None:
    assert listed(client, group="reference-group", then="2023-01-01") == ["Seat"]
    assert listed(client, group="reference-group") == []


def test_those_within_an_area_are_those_of_its_organisations_on_the_first_day(client: Client, area: SmallArea) -> None:
    found = listed(client, within=area.place.slug)
    assert found == sorted(each.person.name for each in area.directors)


@pytest.mark.usefixtures("directors")
def test_a_group_and_a_role_together_ask_for_those_who_had_both(client: Client) -> None:
    assert listed(client, group="reference-group", role_type="system-lead", then="2023-01-01") == []


# --- what they hold now


@pytest.mark.usefixtures("directors")
def test_counts_say_for_whom_they_act_now_and_of_how_many_nothing_is_recorded(client: Client) -> None:
    response = client.get("/then-and-now", DAYS | {"role_type": "ccg-clinical-director"})
    counted = {tally.value: tally.number for tally in response.context["tallies"]}
    assert counted == {"general_practice": 2, "system": 2, "seat": 1, "nothing": 1}
    assert "Somebody whose roles act for two is counted under both." in words(response)


@pytest.mark.usefixtures("directors")
def test_a_count_leads_to_those_counted(client: Client) -> None:
    asked = {"role_type": "ccg-clinical-director"}
    assert listed(client, holds="general_practice", **asked) == ["Both", "Practices"]
    assert listed(client, holds="system", **asked) == ["Both", "System"]
    assert listed(client, holds="seat", **asked) == ["Seat"]
    assert listed(client, holds="nothing", **asked) == ["Nothing"]
    text = shown(client, holds="nothing", **asked)
    assert "5 people on 30 June 2022" in text
    assert "Showing 1 person of them." in text


@pytest.mark.usefixtures("directors")
def test_what_is_planned_is_not_yet_held(client: Client) -> None:
    asked = {"role_type": "ccg-clinical-director", "holds": "nothing"}
    assert len(listed(client, now="2022-06-30", **asked)) == 0
    assert len(listed(client, then="2013-04-01", now="2013-03-31", **asked)) == 5


@pytest.mark.usefixtures("directors")
def test_links_lead_to_the_day_that_they_stand_under(client: Client) -> None:
    page = client.get("/then-and-now", DAYS | {"role_type": "ccg-clinical-director"}).content.decode()
    assert re.search(r'href="/roles/ccg-clinical-director[\w-]*\?as_at=2022-06-30"', page)
    assert re.search(r'href="/roles/pcn-director[\w-]*\?as_at=2026-06-30"', page)
    assert 'href="/people/nothing?as_at=2026-06-30"' in page


@pytest.mark.usefixtures("directors")
def test_the_day_that_other_pages_showed_is_the_second_day(client: Client) -> None:
    response = client.get("/then-and-now", {"role_type": "ccg-clinical-director", "as_at": "2024-02-01"})
    assert "Of them, 1 February 2024:" in words(response)


# --- where to begin, and what makes no sense


@pytest.mark.usefixtures("directors")
def test_without_a_question_the_types_of_role_held_on_the_first_day_are_offered(client: Client) -> None:
    response = client.get("/then-and-now")
    assert "CCG clinical directors 5 people" in words(response)
    assert list(response.context["rows"]) == []
    assert "role_type=ccg-clinical-director&amp;then=2022-06-30" in response.content.decode()


def test_a_day_on_which_nobody_is_recorded_is_said_to_have_nobody(client: Client) -> None:
    assert "Nobody’s role is recorded on 30 June 2022." in words(client.get("/then-and-now"))


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"then": "30/06/2022"}, "is not a date"),
        ({"now": "2022-02-30"}, "is not a date"),
        ({"then": "1066-10-14"}, "is outside"),
        ({"role_type": "wizard"}, "“wizard”"),
        ({"organisation": "nowhere"}, "is no organisation of this register"),
        ({"group": "nobody"}, "is no group of this register"),
        ({"within": "nowhere"}, "is no organisation of this register"),
        ({"holds": "magic"}, "It can be general_practice"),
        ({"colour": "red"}, "has no filter “colour”"),
        ({"page": "7"}, "There is no page “7”"),
        ({"group": "a\0b"}, ""),
    ],
)
def test_a_question_that_makes_no_sense_is_a_400_that_says_why(
    client: Client, asked: dict[str, str], sentence: str
) -> None:
    response = client.get("/then-and-now", asked)
    assert response.status_code == 400
    assert sentence in words(response)
    assert 'href="/then-and-now' in response.content.decode()


def test_a_code_that_nobody_bore_on_the_first_day_says_who_bore_it(client: Client, ccg: Organisation) -> None:
    response = client.get("/then-and-now", DAYS | {"organisation": "26A", "then": "2023-01-01"})
    assert response.status_code == 400
    assert "Norfolk CCG" in words(response)


def test_many_cost_no_more_queries_than_few(client: Client, ccg: Organisation, director: RoleType) -> None:
    def some(number: int) -> None:
        for _ in range(number):
            person = make.person()
            make.appointment(person, make.role(ccg, director, period=CCG_YEARS), period=CCG_YEARS)
            make.appointment(person, make.role(ccg, director, period=SINCE_ICBS), period=SINCE_ICBS)

    some(5)
    with CaptureQueriesContext(connection) as few:
        client.get("/then-and-now", {"role_type": director.slug})
    some(50)
    with CaptureQueriesContext(connection) as many:
        response = client.get("/then-and-now", {"role_type": director.slug})
    assert len(response.context["rows"]) == 50
    assert response.context["page"].paginator.count == 55
    assert len(many) == len(few)


def test_a_large_group_costs_no_more_queries_than_a_small_one(client: Client, ccg: Organisation) -> None:
    group = make.group(ccg, name="Governing body", period=CCG_YEARS)
    terms = make.terms(group, [actions.NewSeat("GP", Category.CORE, None, number=99)], period=CCG_YEARS)

    def asked(new_members: int) -> int:
        for _ in range(new_members):
            make.membership(terms.seats.get(), make.person(), "Long experience", period=CCG_YEARS)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/then-and-now", DAYS | {"group": "governing-body"}).status_code == 200
        return len(queries)

    assert asked(2) == asked(10)
