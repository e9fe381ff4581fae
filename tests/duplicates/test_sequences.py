"""Whatever is merged and taken apart, in whatever order: every fact is there once, and all undone is as at first."""

from collections import Counter

from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from memberships import actions
from memberships.actions.unmerging import merged_later
from memberships.merging import Resolution, clashes
from memberships.models import Appointment, Membership, MergedPerson, Person, PersonSkill
from tests import factories
from tests.duplicates.register import facts
from tests.factories import IN_TEST, SmallArea
from tests.periods import day
from tests.strategies import Period, any_period

PEOPLE = 4
ROLES = 2

held = st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, ROLES - 1), any_period, st.booleans())
steps = st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, PEOPLE - 1), st.sampled_from(Resolution))


def entered(area: SmallArea, some: list[tuple[int, int, Period, bool]]) -> list[Person]:
    """People who hold roles, and seats by virtue of them, as far as the register takes it."""
    people = [factories.person(f"Amina Number{number}", work_email=f"{number}@example.org") for number in range(PEOPLE)]
    roles = [factories.role(area.lmc, area.director) for _ in range(ROLES)]
    skill, seat, pot = factories.skill(), area.seat("Experienced leader"), factories.funding_source()
    taken: list[Appointment] = []
    for person, role, period, seated in some:
        rows = Appointment(person=people[person], role=roles[role]).between(*period)
        if any(each.person_id == rows.person_id and each.role_id == rows.role_id for each in taken):
            continue
        taken.append(factories.appointment(people[person], roles[role], period=period))
        if seated and not Membership.objects.filter(person=people[person]).exists():
            factories.membership(seat, people[person], taken[-1], period=period)
            actions.add_funding_line(appointment=taken[-1], funding=actions.Funding(pot), **IN_TEST)
    for person in people[:2]:
        actions.add_skill_to_person(person=person, skill=skill, start=day("2018-01-01"), **IN_TEST)
    actions.add_deputy(membership=area.memberships[0], person=people[0], start=area.chair.start, **IN_TEST)
    actions.add_deputy(membership=area.memberships[0], person=people[1], start=area.chair.start, **IN_TEST)
    actions.say_two_people(one=people[2], other=people[3], **IN_TEST)
    return people


def merge(keep: Person, drop: Person, wanted: Resolution) -> None:
    """Merge two, resolving what both say as wanted, or as wide as both where that cannot be."""
    found = clashes(keep, drop)
    narrow = {clash.key: wanted if wanted in clash.choices else clash.choices[0] for clash in found}
    wide = {clash.key: Resolution.WIDEN if Resolution.WIDEN in clash.choices else Resolution.THIS for clash in found}
    try:
        actions.merge_people(keep=keep, drop=drop, resolutions=narrow, **IN_TEST)
    except ValidationError as refusal:
        if refusal.code != "money_outside":
            raise
        actions.merge_people(keep=keep, drop=drop, resolutions=wide, **IN_TEST)


def now(person: Person) -> Person:
    """The entry that somebody's own has become part of."""
    merged = MergedPerson.objects.filter(former_id=person.pk).first()
    return merged.survivor if merged else Person.objects.get(pk=person.pk)


def undo_one() -> None:
    """Take the latest merge apart that nothing later rests on."""
    merged = next(each for each in MergedPerson.objects.order_by("-pk") if merged_later(each) is None)
    actions.unmerge_people(merged=merged, **IN_TEST)


def assert_every_fact_is_there_once(people: list[Person], held_first: Counter[tuple[int, int]]) -> None:
    """Whoever held a role holds it still, under whatever entry they have now, and nobody holds it twice."""
    expected = {
        (now(person).pk, role) for number, person in enumerate(people) for pk, role in held_first if pk == number
    }
    left = Counter(
        Appointment.objects.filter(person__in=[now(person).pk for person in people]).values_list("person", "role")
    )
    assert set(left) == expected
    skilled = Counter(PersonSkill.objects.values_list("person", flat=True))
    assert set(skilled) == {now(person).pk for person in people[:2]}
    assert max(skilled.values()) == 1


class AnySequence(TestCase):
    """Registers, and what is done to them."""

    @given(st.lists(held, max_size=6), st.lists(steps, min_size=1, max_size=5), st.data())
    @settings(max_examples=15)
    def test_merges_and_unmerges_lose_nothing_and_undo_each_other(self, some, done, data) -> None:
        area = factories.small_area()
        people = entered(area, some)
        numbers = {person.pk: number for number, person in enumerate(people)}
        rows = Appointment.objects.filter(person__in=people).values_list("person", "role")
        held_first = Counter((numbers[pk], role) for pk, role in rows)
        before = facts()
        for keep, drop, resolution in done:
            one, other = now(people[keep]), now(people[drop])
            if one != other:
                merge(one, other, resolution)
            elif MergedPerson.objects.exists():
                undo_one()
            assert_every_fact_is_there_once(people, held_first)
        while MergedPerson.objects.exists():
            undo_one()
        assert facts() == before
