"""Seats for each of several: how many places there are on a day, and for whom nobody sits."""

import datetime
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ics_leadership.history import change, replayed
from ics_leadership.periods import PartialDate
from memberships import actions
from memberships.actions import NewSeat
from memberships.models import Category, Group, Seat
from memberships.outlook import vacant_seats
from memberships.places import places_of, with_open_places
from memberships.presenters.sitting import OpenSeat, table
from memberships.presenters.terms import open_for_words
from memberships.seating import members, sitting, versions_of_terms, with_table
from organisations import actions as organisations
from organisations.models import Kind, LinkKind
from roles import actions as roles
from tests import factories as make
from tests.factories import IN_TEST, SmallArea
from tests.periods import day

pytestmark = pytest.mark.django_db

ON = datetime.date(2024, 6, 1)


def forum(area: SmallArea, *seats: NewSeat) -> Group:
    """A group of the place with these seats."""
    group = make.group(area.lmc, name="Forum", covers=area.place)
    make.terms(group, list(seats))
    return group


def each_network(area: SmallArea, **facts: Any) -> Seat:
    """A seat for each network of the place."""
    group = forum(area, NewSeat("Network", Category.CORE, Kind.PCN, each=True, **facts))
    return Seat.objects.get(terms__group=group)


def vacant_for(seat: Seat, on: datetime.date = ON) -> str:
    return open_for_words(places_of(seat, on).open_for)


def test_a_seat_for_each_network_has_a_place_for_every_network_of_the_day(area: SmallArea):
    seat = each_network(area, number=2)
    assert places_of(seat, ON).places == 4
    assert vacant_for(seat) == "East Norwich PCN (2) and West Norwich PCN (2)"
    organisations.close_organisation(**IN_TEST, organisation=area.pcns[0], end=day("2024-03-31"))
    third = make.organisation(Kind.PCN, name="North Norwich PCN", period=(day("2024-05-01"), None))
    make.link(third, LinkKind.PART_OF, area.place, period=(day("2024-05-01"), None))
    assert vacant_for(seat, datetime.date(2024, 3, 31)) == "East Norwich PCN (2) and West Norwich PCN (2)"
    assert vacant_for(seat) == "North Norwich PCN (2) and West Norwich PCN (2)"


def test_whoever_sits_takes_the_place_of_their_own_network_alone(area: SmallArea):
    seat = each_network(area)
    east = area.directors[0]
    make.membership(seat, east.person, east)
    second = make.appointment(make.person(), make.role(area.pcns[0], make.role_type("Associate director")))
    make.membership(seat, second.person, second)
    assert vacant_for(seat) == "West Norwich PCN"
    assert places_of(seat, ON).open == 1, "two of one network do not fill the place of another"


def test_who_sits_for_experience_takes_the_place_of_the_network_that_put_them_forward(area: SmallArea):
    seat = each_network(area)
    make.membership(seat, make.person(), "Years of it", put_forward_by=area.pcns[1])
    make.membership(seat, area.chair.person, area.chair, put_forward_by=area.pcns[1])
    make.membership(seat, make.person(), "Years of it")
    assert vacant_for(seat) == "East Norwich PCN"


def test_a_seat_for_each_holder_of_a_type_of_role_has_a_place_for_each_such_role(area: SmallArea):
    group = forum(area, NewSeat("Director", Category.CORE, area.director, each=True))
    seat = Seat.objects.get(terms__group=group)
    assert places_of(seat, ON).places == 2
    make.membership(seat, area.directors[1].person, area.directors[1])
    assert vacant_for(seat) == "East Norwich PCN"
    roles.end_role(**IN_TEST, role=area.directors[0].role, end=day("2024-05-31"))
    assert places_of(seat, ON).places == 1
    assert vacant_for(seat) == ""


def test_a_seat_that_several_share_names_nobody_as_missing(area: SmallArea):
    seat = Seat.objects.get(
        terms__group=forum(area, NewSeat("Networks", Category.CORE, Kind.PCN, number=3)),
    )
    make.membership(seat, area.directors[0].person, area.directors[0])
    found = places_of(seat, ON)
    assert (found.places, found.open, found.open_for) == (3, 2, [])


def test_every_page_counts_the_vacant_places_alike_and_names_the_networks(area: SmallArea):
    seat = each_network(area)
    make.membership(seat, area.directors[0].person, area.directors[0])
    group = seat.terms.group
    here = sitting(group, ON)
    [terms] = versions_of_terms(group, ON)
    last_held = members([terms], ON).last_held
    [part] = table(here, terms, on=ON, kept=True, history=here, last_held=last_held, evidence={})
    [row] = [row for row in part.rows if isinstance(row, OpenSeat)]
    assert row.label == "Vacant: 1 of 2 seats"
    assert row.why == "The terms provide 2 seats; 1 is held. Nobody sits for West Norwich PCN."
    assert with_table(Group.objects.filter(pk=group.pk), ON).get().open_seats == 1
    assert vacant_seats(ON).get(pk=seat.pk).missing == 1


DAYS = st.dates(datetime.date(2019, 1, 1), datetime.date(2026, 12, 31))


@settings(
    max_examples=25, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.reuse, Phase.generate]
)
@given(
    lives=st.lists(st.tuples(DAYS, DAYS, DAYS), min_size=1, max_size=4),
    number=st.integers(1, 3),
    on=DAYS,
)
def test_places_of_a_seat_for_each_are_those_of_a_naive_count_on_any_day(
    lives: list[tuple[datetime.date, ...]], number: int, on: datetime.date
):
    """Networks that open and close, and come to the place on a day of their own; the seat counts those that are there."""
    with transaction.atomic():
        with change(**IN_TEST) as this, replayed(this):
            place = make.organisation(Kind.PLACE, name="Any place")
            group = make.group(place, covers=place)
            make.terms(group, [NewSeat("Network", Category.CORE, Kind.PCN, number=number, each=True)])
            for days in lives:
                opens, comes, closes = sorted(days)
                network = make.organisation(Kind.PCN, period=(PartialDate(opens), PartialDate(closes)))
                make.link(network, LinkKind.PART_OF, place, period=(PartialDate(comes), PartialDate(closes)))
        found = with_open_places(Seat.objects.filter(terms__group=group), on).get()
        transaction.set_rollback(True)
    expected = number * sum(comes <= on <= closes for _, comes, closes in map(sorted, lives))
    assert found.places == found.open == expected
    assert sum(each["missing"] for each in found.open_for) == expected


def test_nobody_is_missing_who_comes_in_place_of_a_member(area: SmallArea):
    seat = each_network(area)
    for director in area.directors:
        make.membership(seat, director.person, director)
    make.membership(seat, make.person(), "Comes in his place", attends_for=area.directors[0].person)
    assert places_of(seat, ON).open == 0
    actions.end_membership(
        **IN_TEST, membership=seat.memberships.get(person=area.directors[0].person), end=day("2024-05-01")
    )
    assert vacant_for(seat) == "East Norwich PCN"
