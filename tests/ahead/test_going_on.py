"""Until when somebody sits: to the end of the last of the memberships that follow one another, wherever it is said."""

import datetime
import random
import re

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from icalendar import Calendar

from memberships import actions, outlook
from memberships.actions import NewSeat
from memberships.actions.terms import seat_all_anew
from memberships.going_on import last_id, last_in_turn
from memberships.models import Category, Membership, Terms
from tests import factories as make
from tests.factories import IN_TEST, SmallArea
from tests.periods import day
from tests.rules.asking import found
from tests.rules.registers import chances
from tests.rules.registers import make as make_register
from tests.strategies import Period

ON = datetime.date(2023, 11, 1)
EVE, START = "2023-12-31", day("2024-01-01")
TRUE_END = "2024-04-30"


@pytest.fixture
def ending(area: SmallArea) -> Membership:
    """A membership that ends on `TRUE_END`, in a group of which the others sit without an end recorded."""
    return actions.end_membership(membership=area.memberships[1], end=day(TRUE_END), **IN_TEST)


def record_ahead(area: SmallArea) -> Terms:
    """New terms of the area's group, the same as those in force, under which everybody goes on in their seat."""
    former = list(area.terms.seats.order_by("order"))
    drawn = [
        NewSeat(
            seat.title, Category(seat.category), seat.role_type or seat.organisation, number=seat.number, each=seat.each
        )
        for seat in former
    ]
    terms = make.terms(area.group, drawn, period=(START, None), version="2.0")
    now = {seat.title: seat for seat in terms.seats.all()}
    members = [
        (row, now[row.seat.title])
        for row in Membership.objects.filter(seat__terms=area.terms).select_related("seat__terms", "person")
    ]
    seat_all_anew(members=members, start=START, **IN_TEST)
    return terms


def words(answer: bytes) -> str:
    """What a page says, without how."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.decode()).split())


def page(client: Client, name: str, *arguments: str) -> str:
    return words(client.get(reverse(name, args=arguments), {"as_at": ON.isoformat()}).content)


def test_group_page_says_until_when_somebody_sits_whatever_terms_are_recorded_ahead(
    area: SmallArea, ending: Membership, client: Client
):
    before = page(client, "group", area.group.slug)
    record_ahead(area)
    after = page(client, "group", area.group.slug)
    for said in (before, after):
        assert said.count("Until 30 April 2024") == 1
        assert "oting, from 1 April 2021 to 30 April 2024" in said
    assert "Until 31 December 2023" not in after
    assert "oting, from 1 April 2021 to 31 December 2023" not in after


def test_page_of_a_person_says_until_when_they_sit(area: SmallArea, ending: Membership, client: Client):
    record_ahead(area)
    said = page(client, "person", ending.person.slug)
    assert "from 1 April 2021 to 30 April 2024" in said
    assert "Term ends 30 April 2024" in said
    assert "Term ends 31 December 2023" not in said


@pytest.mark.parametrize("name", ["home", "calendar", "succession"])
def test_pages_of_what_ends_name_the_true_end_alone(area: SmallArea, ending: Membership, client: Client, name: str):
    assert "30 April 2024" in page(client, name)
    record_ahead(area)
    assert "30 April 2024" in page(client, name)
    assert "31 December 2023" not in page(client, name)


def test_feed_has_as_many_entries_as_before_and_on_the_same_days(area: SmallArea, ending: Membership, client: Client):
    def days() -> list[datetime.date]:
        answer = client.get(reverse("calendar-feed"), {"as_at": ON.isoformat()})
        return sorted(each.decoded("dtstart") for each in Calendar.from_ical(answer.content).walk("VEVENT"))

    before = days()
    assert datetime.date.fromisoformat(TRUE_END) in before
    record_ahead(area)
    assert days() == before


def test_gl05_warns_of_the_true_end_and_leads_to_the_membership_with_which_it_comes(
    area: SmallArea, ending: Membership
):
    record_ahead(area)
    date = datetime.date(2023, 12, 15)
    (finding,) = [each for each in found("GL05", date) if each.about == f"membership:{ending.pk}"]
    assert finding.text.endswith(": the term ends on 30 April 2024, and nobody is recorded to follow.")
    goes_on = Membership.objects.get(person=ending.person, period__startswith=START.date)
    assert [way.pk for way in finding.ways] == [goes_on.pk, goes_on.seat_id]


def test_gl05_a_seat_is_followed_under_the_terms_to_come(area: SmallArea, ending: Membership):
    terms = record_ahead(area)
    seat = terms.seats.get(title="PCN clinical directors")
    make.membership(seat, make.person(), "Long years", period=(day("2024-05-01"), None))
    assert f"membership:{ending.pk}" in {each.about for each in found("GL05", datetime.date(2023, 12, 15))}
    make.membership(seat, make.person(), "Long years", period=(day("2024-04-01"), None))
    assert f"membership:{ending.pk}" not in {each.about for each in found("GL05", datetime.date(2023, 12, 15))}


def test_whoever_begins_under_the_terms_to_come_with_others_does_not_follow_them(area: SmallArea, ending: Membership):
    record_ahead(area)
    date = datetime.date(2023, 12, 15)
    assert f"membership:{ending.pk}" in {each.about for each in found("GL05", date)}


def test_succession_names_nobody_as_recorded_to_follow_who_goes_on_beside(
    area: SmallArea, ending: Membership, client: Client
):
    record_ahead(area)
    assert "Recorded to follow" not in page(client, "succession")
    assert ending.person.name in page(client, "succession")


def test_deputy_of_today_deputises_though_the_seat_ends_under_the_terms_to_come(
    area: SmallArea, ending: Membership, client: Client
):
    deputy = make.person("Dora Deputy")
    actions.add_deputy(membership=ending, person=deputy, start=day("2023-01-01"), **IN_TEST)
    record_ahead(area)
    assert "Dora Deputy" in page(client, "succession")


def test_seat_on_another_basis_goes_on(area: SmallArea, ending: Membership, client: Client):
    actions.seat_on_another_basis(membership=ending, basis="Long years of it", after=day(EVE), **IN_TEST)
    assert "31 December 2023" not in page(client, "home")
    assert "from 1 April 2021 to 30 April 2024" in page(client, "group", area.group.slug)


def test_whoever_changes_seats_under_the_same_terms_leaves_one_empty(area: SmallArea, ending: Membership):
    experienced = area.seat("Experienced leader")
    moves = make.membership(experienced, ending.person, "Long years", period=(day("2024-05-01"), None))
    assert last_in_turn(ending, [ending, moves]) == ending
    assert [row.pk for row in outlook.seats_ending(datetime.date(2023, 12, 15))] == [ending.pk]


def test_day_between_is_an_end(area: SmallArea, ending: Membership):
    terms = make.terms(
        area.group, [NewSeat("Director", Category.CORE, area.director)], period=(day("2024-05-01"), None)
    )
    again = make.membership(terms.seats.get(), ending.person, "Long years", period=(day("2024-05-02"), None))
    assert last_in_turn(ending, [again]) == ending
    again.between(day("2024-05-01"), None)
    assert last_in_turn(ending, [again]) == again


def test_of_two_seats_under_the_next_terms_each_goes_on_in_its_own_kind(area: SmallArea, ending: Membership):
    chairs = make.membership(area.seat("Chair"), ending.person, "Elected", period=(day("2023-04-01"), day(TRUE_END)))
    terms = make.terms(
        area.group,
        [NewSeat("Chair", Category.CHAIR, area.director), NewSeat("Director", Category.CORE, area.director)],
        period=(day("2024-05-01"), None),
    )
    chair, director = (
        make.membership(seat, ending.person, "Long years", period=(day("2024-05-01"), end))
        for seat, end in zip(terms.seats.order_by("order"), (day("2024-12-31"), None), strict=True)
    )
    rows = [ending, chairs, chair, director]
    assert [last_in_turn(row, rows) for row in (ending, chairs)] == [director, chair]


@pytest.mark.django_db
@settings(
    max_examples=25, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.reuse, Phase.generate]
)
@given(chances)
def test_database_finds_the_last_in_turn_that_is_found_among_rows_at_hand(
    chance: tuple[random.Random, list[Period], list[datetime.date]],
):
    with transaction.atomic():
        rows = make_register(chance).memberships
        asked = dict(Membership.objects.annotate(last=last_id()).values_list("pk", "last"))
        assert asked == {row.pk: last_in_turn(row, rows).pk for row in rows}
        transaction.set_rollback(True)
