"""People: the list and what it can be asked, and one person on a day."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from memberships import actions
from memberships.actions import Funding
from memberships.models import HowAppointed, Profession
from memberships.presenters.holdings import bar
from organisations.models import Kind, Organisation
from roles.models import ActsFor, FundingKind
from tests import factories as make
from tests.factories import IN_TEST, SmallArea
from tests.pages.reading import words
from tests.periods import ADJACENT_EARLIER, AFTER_NORMAL, FIRST_DAY, LAST_DAY, LATER, NORMAL, day, gone_by, month, year

pytestmark = pytest.mark.django_db


@pytest.fixture
def icb() -> Organisation:
    return make.organisation(Kind.ICB, name="Norfolk ICB")


def shown(client: Client, address: str, on: datetime.date = FIRST_DAY) -> str:
    return words(client.get(address, {"as_at": on.isoformat()}))


def listed(client: Client, **asked: str) -> list[str]:
    """The names in the list of people, in its order."""
    response = client.get("/people", {"as_at": FIRST_DAY.isoformat()} | asked)
    assert response.status_code == 200
    return [row.name for row in response.context["rows"]]


# --- one person


def test_a_person_shows_what_they_hold_and_for_whom(client: Client, area: SmallArea) -> None:
    held = area.directors[0]
    text = shown(client, held.person.get_absolute_url())
    assert held.person.name in text
    assert "East Norwich PCN" in text
    assert "Acts for general practice" in text
    assert "since 1 April 2021" in text


def test_a_person_shows_how_they_came_to_a_role_who_employs_and_who_pays(client: Client, icb: Organisation) -> None:
    lmc = make.organisation(Kind.LMC, name="Norfolk LMC")
    federation = make.organisation(Kind.FEDERATION, name="Coast Federation")
    person = make.person("Amina Yusuf")
    funding = Funding(make.funding_source(FundingKind.ICB_CORE), payer=icb, annual_amount=Decimal("43210.50"))
    make.appointment(
        person,
        make.role(lmc, make.role_type("Chair")),
        how=HowAppointed.ELECTED,
        made_by=lmc,
        employer=federation,
        funding=[funding],
    )
    text = shown(client, person.get_absolute_url())
    assert "Elected by Norfolk LMC" in text
    assert "Employed by Coast Federation" in text
    assert "Who pays ICB core, paid by Norfolk ICB" in text


def test_a_person_shows_nothing_that_is_not_for_everyone(client: Client, icb: Organisation) -> None:
    person = make.person(
        "Amina Yusuf",
        registration_number="1234567",
        work_email="amina@example.org",
        work_telephone="01603 000000",
        note="private of the person",
    )
    funding = Funding(
        make.funding_source(), payer=icb, sessions_per_week=Decimal("3.25"), annual_amount=Decimal("43210")
    )
    make.appointment(
        person,
        make.role(icb, make.role_type()),
        evidence="a letter",
        note="private of the appointment",
        funding=[funding],
    )
    page = client.get(person.get_absolute_url()).content.decode()
    for secret in ("1234567", "amina@example.org", "01603", "private of", "43210", "43,210", "3.25", "a letter"):
        assert secret not in page


def test_an_unpaid_leader_is_said_to_be_unpaid_and_an_unknown_payer_not_recorded(
    client: Client, icb: Organisation
) -> None:
    person = make.person()
    make.appointment(
        person, make.role(icb, make.role_type()), funding=[Funding(make.funding_source(FundingKind.UNPAID))]
    )
    other = make.person()
    make.appointment(other, make.role(icb, make.role_type("Lead")))
    assert "Who pays Unpaid" in shown(client, person.get_absolute_url())
    assert "Who pays Not recorded" in shown(client, other.get_absolute_url())


def test_who_shares_a_role_is_named(client: Client, icb: Organisation) -> None:
    role = make.role(icb, make.role_type())
    one, other, former = make.person("Amina Yusuf"), make.person("Ben Okoro"), make.person("Cai Rees")
    make.appointment(one, role)
    make.appointment(other, role, period=NORMAL)
    make.appointment(former, role, period=ADJACENT_EARLIER)
    assert "Shared with Ben Okoro" in shown(client, one.get_absolute_url())
    assert "Cai Rees" not in shown(client, one.get_absolute_url())
    assert "Shared with" not in shown(client, one.get_absolute_url(), AFTER_NORMAL)


def test_the_last_day_of_a_role_is_a_day_in_post(client: Client, icb: Organisation) -> None:
    person = make.person("Amina Yusuf")
    make.appointment(person, make.role(icb, make.role_type()), period=NORMAL)
    assert "Holds 1 role." in shown(client, person.get_absolute_url(), LAST_DAY)
    after = shown(client, person.get_absolute_url(), AFTER_NORMAL)
    assert "Nothing recorded on 1 April 2024" in after
    assert "Held before" in after


def test_somebody_of_whom_nothing_is_recorded_is_said_to_have_nothing(client: Client) -> None:
    text = shown(client, make.person("Amina Yusuf").get_absolute_url())
    assert "Nothing recorded on 1 April 2021" in text
    assert "Held before" not in text
    assert "Over the years" not in text


def test_a_role_to_come_is_planned(client: Client, icb: Organisation) -> None:
    person = make.person()
    make.appointment(person, make.role(icb, make.role_type()), period=LATER)
    text = shown(client, person.get_absolute_url())
    assert "Planned" in text
    assert "from 1 April 2025 to 31 March 2027 (not yet begun)" in text


def test_a_role_held_before_says_for_whom_it_acted_then(client: Client, icb: Organisation) -> None:
    person = make.person()
    role = make.role(icb, make.role_type(acts_for=ActsFor.SYSTEM), period=ADJACENT_EARLIER)
    make.appointment(person, role, period=ADJACENT_EARLIER)
    assert "Acted for When" in shown(client, person.get_absolute_url())
    assert "The system from 1 April 2018 to 31 March 2021" in shown(client, person.get_absolute_url())


def test_a_seat_is_shown_with_the_reason_for_it(client: Client, area: SmallArea) -> None:
    text = shown(client, area.chair.person.get_absolute_url())
    assert "Norwich GP Leadership Group Chair, voting" in text
    assert "Chairs the group because they have been LMC Chair" in text
    assert "put forward by Norwich LMC" in text
    assert "terms of reference version 1.0" in text


def test_for_whom_somebody_sits_in_is_shown(client: Client, area: SmallArea) -> None:
    deputy = make.person("Ben Okoro")
    actions.add_deputy(membership=area.memberships[0], person=deputy, start=day("2021-04-01"), **IN_TEST)
    text = shown(client, deputy.get_absolute_url())
    assert f"Sits in for {area.chair.person.name} on Norwich GP Leadership Group" in text


def test_an_offer_to_mentor_is_shown_only_to_those_it_was_agreed_to_be_shown_to(
    client: Client, icb: Organisation
) -> None:
    person = make.person()
    offer = {"person": person, "area": icb, "start": day("2021-04-01"), **IN_TEST}
    actions.offer_to_mentor(offer="An hour a month", agreed_to_show=True, **offer)
    actions.offer_to_mentor(offer="Advice in secret", agreed_to_show=False, **offer)
    text = shown(client, person.get_absolute_url())
    assert "An hour a month" in text
    assert "Advice in secret" not in text


def test_skills_say_how_they_were_gained(client: Client) -> None:
    person = make.person()
    actions.add_skill_to_person(
        person=person, skill=make.skill("Strategy"), start=year(2018), gained_through="Eight years on a CCG", **IN_TEST
    )
    assert "Strategy Eight years on a CCG since 2018" in shown(client, person.get_absolute_url())
    assert "None recorded on this day." in shown(client, person.get_absolute_url(), datetime.date(2017, 6, 1))


def test_nobody_lives_at_an_address_that_is_none(client: Client) -> None:
    assert client.get("/people/nobody-of-this-name").status_code == 404


def test_a_long_career_costs_no_more_queries_than_a_short_one(client: Client, area: SmallArea) -> None:
    person = area.chair.person
    address = person.get_absolute_url()
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for _ in range(10):
        make.appointment(
            person, make.role(area.icb, area.director), funding=[Funding(make.funding_source(), payer=area.icb)]
        )
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)


# --- bars over the years


def test_a_bar_is_certain_between_the_days_that_are_certain(icb: Organisation) -> None:
    held = make.appointment(make.person(), make.role(icb, make.role_type()), period=(year(2019), month("2021-06")))
    held.refresh_from_db()
    drawn = bar(held, "Lead", "/roles/lead", "system", FIRST_DAY)
    assert (drawn.start, drawn.end) == (datetime.date(2019, 1, 1), datetime.date(2021, 6, 30))
    assert (drawn.certain_start, drawn.certain_end) == (datetime.date(2019, 12, 31), datetime.date(2021, 6, 1))


def test_a_bar_without_a_certain_day_is_uncertain_all_along(icb: Organisation) -> None:
    held = make.appointment(make.person(), make.role(icb, make.role_type()), period=(year(2019), year(2019)))
    held.refresh_from_db()
    drawn = bar(held, "Lead", "/roles/lead", "system", FIRST_DAY)
    assert drawn.end is not None
    assert drawn.certain_start is not None
    assert drawn.certain_start > drawn.end


# --- the list


def test_the_list_shows_each_with_the_roles_of_the_day(client: Client, icb: Organisation) -> None:
    make.appointment(make.person("Amina Yusuf"), make.role(icb, make.role_type("Lead"), title="Lead"), period=NORMAL)
    make.person("Ben Okoro")
    text = shown(client, "/people")
    assert "Amina Yusuf GP Lead, Norfolk ICB from 1 April 2021 to 31 March 2024" in text
    assert "Ben Okoro GP Nothing recorded" in text
    assert "2 people" in text


def test_what_is_asked_of_roles_is_asked_of_one_and_the_same(client: Client, area: SmallArea) -> None:
    elsewhere = make.organisation(Kind.ICB)
    both = make.person("Amina Yusuf")
    make.appointment(both, make.role(elsewhere, make.role_type("Lead", acts_for=ActsFor.SYSTEM)))
    make.appointment(both, make.role(area.icb, area.director))
    assert "Amina Yusuf" in listed(client, acts_for="system")
    assert "Amina Yusuf" in listed(client, within=area.icb.slug)
    assert "Amina Yusuf" not in listed(client, within=area.icb.slug, acts_for="system")


def test_the_list_is_narrowed_by_profession_type_of_role_and_pathway(client: Client, icb: Organisation) -> None:
    urgent = make.pathway("Urgent care")
    lead = make.role_type("System lead", acts_for=ActsFor.SYSTEM)
    make.appointment(make.person("Amina Yusuf"), make.role(icb, lead, pathway=urgent))
    make.appointment(make.person("Ben Okoro", profession=Profession.NURSE), make.role(icb, lead))
    assert listed(client, pathway="urgent-care") == ["Amina Yusuf"]
    assert listed(client, profession="nurse") == ["Ben Okoro"]
    assert listed(client, role_type=lead.slug) == ["Ben Okoro", "Amina Yusuf"]


def test_the_list_is_narrowed_to_roles_that_end_soon(client: Client, icb: Organisation) -> None:
    for name, end in [("In May", "2021-05-31"), ("On The Day", "2021-10-01"), ("Day After", "2021-10-02")]:
        make.appointment(make.person(name), make.role(icb, make.role_type(name)), period=(day("2020-01-01"), day(end)))
    make.appointment(make.person("No End"), make.role(icb, make.role_type()))
    assert listed(client, ending="6", ordering="name") == ["On The Day", "In May"]
    assert listed(client, ending="3") == ["In May"]
    assert len(listed(client, ending="12")) == 3


def test_the_list_is_sorted_by_profession_in_words(client: Client) -> None:
    make.person("Amina Yusuf", profession=Profession.OPTOMETRIST)
    make.person("Ben Okoro", profession=Profession.GP)
    make.person("Cai Rees", profession=Profession.ALLIED_HEALTH)
    assert listed(client, ordering="profession") == ["Cai Rees", "Ben Okoro", "Amina Yusuf"]
    assert listed(client, ordering="-name") == ["Amina Yusuf", "Cai Rees", "Ben Okoro"]


def test_somebody_known_to_have_left_is_not_in_post(client: Client, icb: Organisation) -> None:
    lead = make.role_type()
    make.appointment(make.person("Amina Yusuf"), make.role(icb, lead), period=(year(2018), gone_by("2021-04-01")))
    assert listed(client, role_type=lead.slug) == []


@pytest.mark.parametrize(
    "asked", [{"profession": "wizard"}, {"role_type": "none"}, {"page": "2"}, {"colour": "red"}, {"within": "nowhere"}]
)
def test_a_question_that_makes_no_sense_is_a_400_with_a_way_on(client: Client, asked: dict[str, str]) -> None:
    response = client.get("/people", asked)
    assert response.status_code == 400
    assert 'href="/people"' in response.content.decode()


def test_a_long_list_costs_no_more_queries_than_a_short_one(client: Client, icb: Organisation) -> None:
    lead = make.role_type()

    def some(number: int) -> None:
        for _ in range(number):
            make.appointment(make.person(), make.role(icb, lead))

    some(5)
    with CaptureQueriesContext(connection) as few:
        client.get("/people")
    some(50)
    with CaptureQueriesContext(connection) as many:
        assert "showing 1 to 50" in words(client.get("/people"))
    assert len(many) == len(few)


def test_a_body_of_holders_is_counted_and_not_listed(client: Client, icb: Organisation) -> None:
    role = make.role(icb, make.role_type("Committee member"))
    people = [make.person(name) for name in ("Amina Yusuf", "Ben Okoro", "Cai Rees", "Dee Doe")]
    for person in people:
        make.appointment(person, role)
    text = shown(client, people[0].get_absolute_url())
    assert "One of 4 who hold it" in text
    assert "Ben Okoro" not in text


def test_what_somebody_does_for_others_stands_before_what_they_do_for_their_own(
    client: Client, icb: Organisation
) -> None:
    person = make.person()
    for title, acts_for in [
        ("Alpha", ActsFor.OWN_ORGANISATION),
        ("Beta", ActsFor.SYSTEM),
        ("Gamma", ActsFor.GENERAL_PRACTICE),
    ]:
        make.appointment(person, make.role(icb, make.role_type(title, acts_for=acts_for), title=title))
    response = client.get(person.get_absolute_url())
    assert [post.line.title for post in response.context["shown"].posts] == ["Gamma", "Beta", "Alpha"]
    (row,) = client.get("/people").context["rows"]
    assert [role.title for role in row.roles] == ["Gamma", "Beta", "Alpha"]
