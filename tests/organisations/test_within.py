"""What lies within an area on a day, and the areas within which something lies."""

import datetime
from typing import NamedTuple

import pytest
from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import OuterRef
from hypothesis import given, settings
from hypothesis import strategies as st

from ics_leadership.history import change
from memberships.models import Appointment, Group
from organisations.actions import end_link
from organisations.models import KeptArea, Kind, Link, LinkKind, Organisation
from organisations.models.areas import around, around_each, within, within_each
from tests import factories
from tests.factories import IN_TEST, SmallArea
from tests.periods import AFTER_NORMAL, BEFORE_NORMAL, FIRST_DAY, LAST_DAY, MID_NORMAL, NORMAL, day
from tests.strategies import Period, any_period, days

SOME = 6


class Tie(NamedTuple):
    """A link between two of a few organisations, by their numbers."""

    organisation: int
    kind: LinkKind
    other: int
    period: Period


ties = st.builds(Tie, st.integers(0, SOME - 1), st.sampled_from(LinkKind), st.integers(0, SOME - 1), any_period).filter(
    lambda tie: tie.organisation != tie.other
)


def inside(start: int, links: list[Link], date: datetime.date) -> set[int]:
    """The organisations within one, found by walking from it along one link after another; by key."""
    found, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        for link in links:
            if not link.holds(date):
                continue
            upper, lower = link.other_id, link.organisation_id
            if link.kind == LinkKind.COVERS:
                upper, lower = lower, upper
            if upper == here and lower not in found:
                found.add(lower)
                waiting.append(lower)
    covering = {
        link.organisation_id
        for link in links
        if link.kind == LinkKind.COVERS and link.holds(date) and link.other_id in found
    }
    return found | covering


@pytest.mark.django_db
@settings(max_examples=100)
@given(st.lists(ties, max_size=12), days)
def test_within_is_what_a_walk_along_the_links_finds(drawn: list[Tie], date: datetime.date):
    with transaction.atomic():
        with change(**IN_TEST):
            bodies = Organisation.objects.bulk_create(
                Organisation(slug=f"body-{n}", kind=Kind.OTHER, sector="system", name=f"Body {n}").between(*NORMAL)
                for n in range(SOME)
            )
            links = Link.objects.bulk_create(
                Link(
                    organisation=bodies[tie.organisation],
                    kind=tie.kind,
                    other=bodies[tie.other],
                    # Published links may say the same twice.
                    as_published=True,
                ).between(*tie.period)
                for tie in drawn
            )
        expected = {body.pk: inside(body.pk, links, date) for body in bodies}
        everything = Organisation.objects.filter(slug__startswith="body-")
        down = {body.pk: set(Organisation.objects.within(body, date).values_list("pk", flat=True)) for body in bodies}
        up = {
            body.pk: set(everything.filter(pk__in=around([body.pk], date)).values_list("pk", flat=True))
            for body in bodies
        }
        together = set(
            everything.filter(pk__in=within([bodies[0].pk, bodies[1].pk], date)).values_list("pk", flat=True)
        )
        transaction.set_rollback(True)
    assert down == expected
    assert up == {pk: {area for area, contents in expected.items() if pk in contents} for pk in expected}
    assert together == expected[bodies[0].pk] | expected[bodies[1].pk]


def names(area: Organisation, date: datetime.date = MID_NORMAL) -> set[str]:
    return {each.name for each in Organisation.objects.within(area, date)}


PLACE_AND_ALL_IN_IT = {
    "Norwich Place",
    "East Norwich PCN",
    "West Norwich PCN",
    "Norwich Surgery 1",
    "Norwich Surgery 2",
    "Norwich Surgery 3",
    "Norwich Surgery 4",
}


def test_a_place_holds_its_networks_and_their_practices(area: SmallArea):
    assert names(area.place) == PLACE_AND_ALL_IN_IT


def test_an_lmc_holds_what_lies_in_the_area_that_it_covers(area: SmallArea):
    assert names(area.lmc) == PLACE_AND_ALL_IN_IT | {"Norwich ICB", "Norwich LMC"}


def test_whoever_covers_an_area_leads_in_it_and_so_lies_in_it(area: SmallArea):
    assert "Norwich LMC" in names(area.icb)


def test_what_else_they_cover_does_not_lie_in_it(area: SmallArea):
    elsewhere = factories.organisation(Kind.ICB, name="Elsewhere ICB")
    factories.link(area.lmc, LinkKind.COVERS, elsewhere)
    assert "Norwich LMC" in names(elsewhere)
    assert "Elsewhere ICB" not in names(area.icb)


def test_a_practice_lies_in_its_network_up_to_the_last_day_of_its_link(area: SmallArea):
    practice, network = area.practices[0], area.pcns[0]
    end_link(link=Link.objects.get(organisation=practice), end=day(LAST_DAY.isoformat()), **IN_TEST)
    assert {
        date: practice.name in names(network, date) for date in (BEFORE_NORMAL, FIRST_DAY, LAST_DAY, AFTER_NORMAL)
    } == {
        BEFORE_NORMAL: False,
        FIRST_DAY: True,
        LAST_DAY: True,
        AFTER_NORMAL: False,
    }


def test_organisations_in_a_circle_lie_within_each_other(db: None):
    one, two, three = (factories.organisation(Kind.OTHER, name=name) for name in ("One", "Two", "Three"))
    factories.link(one, LinkKind.PART_OF, two)
    factories.link(two, LinkKind.MEMBER_OF, three)
    factories.link(one, LinkKind.COVERS, three)
    assert names(one) == names(two) == names(three) == {"One", "Two", "Three"}


def test_what_is_kept_is_what_lies_within_a_kept_area_on_the_day(area: SmallArea):
    elsewhere = factories.organisation(Kind.ICB, name="Elsewhere ICB")
    kept = {each.name for each in Organisation.objects.kept_on(MID_NORMAL)}
    assert kept == PLACE_AND_ALL_IN_IT | {"Norwich ICB", "Norwich LMC"}
    assert elsewhere.name not in kept
    assert not Organisation.objects.kept_on(BEFORE_NORMAL).exists()


def test_several_areas_can_be_asked_at_once(area: SmallArea, django_assert_num_queries):
    network = area.pcns[0]
    factories.keep_area(network, area.lmc)
    inside = Organisation.objects.filter(pk__in=within_each(OuterRef("area"), MID_NORMAL)).values("name")
    held = {area.icb.name: names(area.icb), network.name: names(network)}
    with django_assert_num_queries(1):
        answers = KeptArea.objects.annotate(inside=ArraySubquery(inside)).values_list("area__name", "inside")
        assert {name: set(found) for name, found in answers} == held


def test_of_each_row_it_can_be_asked_in_what_it_lies(area: SmallArea, django_assert_num_queries):
    above = Organisation.objects.filter(pk__in=around_each(OuterRef("pk"), MID_NORMAL)).values("name")
    with django_assert_num_queries(1):
        answers = dict(
            Organisation.objects.filter(pk__in=[area.practices[0].pk, area.place.pk])
            .annotate(above=ArraySubquery(above))
            .values_list("name", "above")
        )
    assert {name: set(found) for name, found in answers.items()} == {
        "Norwich Place": {"Norwich Place", "Norwich ICB", "Norwich LMC"},
        "Norwich Surgery 1": {"Norwich Surgery 1", "East Norwich PCN", "Norwich Place", "Norwich ICB", "Norwich LMC"},
    }


@pytest.mark.parametrize("date", [BEFORE_NORMAL, FIRST_DAY])
def test_groups_and_appointments_are_found_by_their_area(area: SmallArea, date: datetime.date):
    there = date == FIRST_DAY
    assert (area.group in Group.objects.within(area.icb, date)) == there
    assert set(Appointment.objects.within(area.place, date)) == (set(area.directors) if there else set())
