"""Mentors: who offers what, where and until when; and whose skills are held and unused."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from memberships import actions
from memberships.models import Person, Skill
from organisations.models import Kind, LinkKind, Organisation
from tests import factories as make
from tests.factories import IN_TEST, SmallArea
from tests.pages.reading import words
from tests.periods import AFTER_NORMAL, FIRST_DAY, LAST_DAY, NORMAL, day, year

pytestmark = pytest.mark.django_db


@pytest.fixture
def icb() -> Organisation:
    return make.organisation(Kind.ICB, name="Norfolk ICB")


def offer(person: Person, area: Organisation, offer: str = "An hour a month", **facts: Any) -> None:
    start, end = facts.pop("period", NORMAL)
    actions.offer_to_mentor(
        person=person, area=area, offer=offer, start=start, end=end, **{"agreed_to_show": True} | IN_TEST | facts
    )


def give(person: Person, skill: Skill, gained: str = "") -> None:
    actions.add_skill_to_person(person=person, skill=skill, start=year(2018), gained_through=gained, **IN_TEST)


def shown(client: Client, on: datetime.date = FIRST_DAY, **asked: str) -> str:
    return words(client.get("/mentors", {"as_at": on.isoformat()} | asked))


def offering(client: Client, **asked: str) -> list[str]:
    response = client.get("/mentors", {"as_at": FIRST_DAY.isoformat()} | asked)
    assert response.status_code == 200
    return [row.name for row in response.context["rows"]]


# --- offers


def test_an_offer_says_who_what_where_and_until_when(client: Client, icb: Organisation) -> None:
    person = make.person("Amina Yusuf")
    make.appointment(person, make.role(icb, make.role_type("Lead"), title="Lead"))
    offer(person, icb, skill=make.skill("Contracting"))
    text = shown(client)
    assert "Amina Yusuf GP; Lead, Norfolk ICB An hour a month Contracting Norfolk ICB 31 March 2024" in text


def test_an_offer_stands_on_its_last_day_and_no_longer(client: Client, icb: Organisation) -> None:
    offer(make.person("Amina Yusuf"), icb)
    assert "1 offer" in shown(client, LAST_DAY)
    assert "Nobody’s offer to mentor fits on this day." in shown(client, AFTER_NORMAL)


def test_an_offer_without_an_end_says_so(client: Client, icb: Organisation) -> None:
    offer(make.person("Amina Yusuf"), icb, period=(day("2021-04-01"), None))
    assert "No end set" in shown(client)


def test_who_did_not_agree_to_be_shown_is_not_shown(client: Client, icb: Organisation) -> None:
    offer(make.person("Amina Yusuf"), icb, agreed_to_show=False)
    assert offering(client) == []
    assert "Amina" not in client.get("/mentors").content.decode()


def test_offers_are_narrowed_by_skill(client: Client, icb: Organisation) -> None:
    offer(make.person("Amina Yusuf"), icb, skill=make.skill("Contracting"))
    offer(make.person("Ben Okoro"), icb, skill=make.skill("Strategy"))
    assert offering(client, skill="strategy") == ["Ben Okoro"]


def test_offers_for_an_area_are_those_made_inside_it_and_those_made_in_a_wider_one(
    client: Client, area: SmallArea
) -> None:
    elsewhere = make.organisation(Kind.ICB)
    aside = make.organisation(Kind.PLACE)
    make.link(aside, LinkKind.PART_OF, area.icb)
    for name, where in [("Wider", area.icb), ("Here", area.place), ("Inside", area.pcns[0]), ("Aside", aside)]:
        offer(make.person(name), where)
    offer(make.person("Elsewhere"), elsewhere)
    assert offering(client, within=area.place.slug) == ["Here", "Inside", "Wider"]


def test_offers_are_sorted_by_their_end(client: Client, icb: Organisation) -> None:
    offer(make.person("Never"), icb, period=(day("2021-04-01"), None))
    offer(make.person("Late"), icb, period=(day("2021-04-01"), day("2025-01-01")))
    offer(make.person("Early"), icb)
    assert offering(client, ordering="until") == ["Early", "Late", "Never"]


@pytest.mark.parametrize("asked", [{"skill": "magic"}, {"within": "nowhere"}, {"page": "2"}, {"colour": "red"}])
def test_a_question_that_makes_no_sense_is_a_400(client: Client, asked: dict[str, str]) -> None:
    assert client.get("/mentors", asked).status_code == 400
    assert client.get("/mentors/unused-skills", asked).status_code == 400


# --- skills held and unused


def test_skills_of_somebody_without_a_role_are_unused(client: Client, icb: Organisation) -> None:
    strategy = make.skill("Strategy")
    idle, busy = make.person("Amina Yusuf"), make.person("Ben Okoro")
    for person, period in [(idle, NORMAL), (busy, (day("2021-04-01"), None))]:
        make.appointment(person, make.role(icb, make.role_type(person.name), title="Lead"), period=period)
        give(person, strategy, "Leading the CCG")
    assert "Everyone whose skills are recorded holds a role on this day." in shown(client, LAST_DAY)
    text = shown(client, AFTER_NORMAL)
    assert "1 person with recorded skills holds no role on this day." in text
    assert "Amina Yusuf GP Strategy Leading the CCG Lead, Norfolk ICB from 1 April 2021 to 31 March 2024" in text
    assert "Ben Okoro" not in text


def test_the_list_of_unused_skills_is_narrowed_by_skill(client: Client) -> None:
    strategy, finance = make.skill("Strategy"), make.skill("Finance")
    give(make.person("Amina Yusuf"), strategy)
    give(make.person("Ben Okoro"), finance)
    response = client.get("/mentors/unused-skills", {"skill": "finance"})
    assert [row.name for row in response.context["rows"]] == ["Ben Okoro"]


def test_more_than_a_few_with_unused_skills_are_in_a_list_of_their_own(client: Client) -> None:
    strategy = make.skill("Strategy")
    for _ in range(9):
        give(make.person(), strategy)
    page = client.get("/mentors").content.decode()
    assert 'href="/mentors/unused-skills"' in page
    assert "All 9 of them" in page


def test_many_cost_no_more_queries_than_few(client: Client, icb: Organisation) -> None:
    lead, strategy = make.role_type(), make.skill("Strategy")

    def some(number: int) -> None:
        for _ in range(number):
            person, idle = make.person(), make.person()
            make.appointment(person, make.role(icb, lead))
            offer(person, icb, skill=strategy, period=(day("2021-04-01"), None))
            give(idle, strategy)
            make.appointment(idle, make.role(icb, lead), period=NORMAL)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/mentors").status_code == 200
            assert client.get("/mentors/unused-skills").status_code == 200
        return len(queries)

    some(5)
    few = asked()
    some(20)
    assert asked() == few
