"""Experience on offer, and experience that nobody uses.

Who may see which offer is said by `holdings.offers_seen`. Filters of both lists stand here beside the queries that they
narrow.
"""

from __future__ import annotations

import datetime
from typing import Any

import django_filters
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from ics_leadership.lists import Column, ListFilters
from memberships import holdings
from memberships.models import Appointment, MentorOffer, Person, PersonSkill, Skill
from organisations.filters import AreaFilter
from organisations.models.areas import around, within
from organisations.rights import Rights


def offers(date: datetime.date, rights: Rights) -> QuerySet[MentorOffer]:
    """The offers of that day that may be seen, each with `roles_then` of the person who made it."""
    held = Prefetch("person__appointments", holdings.in_post(date), to_attr="roles_then")
    return holdings.offers_seen(date, rights).prefetch_related(held)


def unused_skills(date: datetime.date) -> QuerySet[Person]:
    """People with a recorded skill and no role on that day.

    Each has `skills_then`, and `held_before`, what they held until then, the last first.
    """
    skills: Any = PersonSkill.objects.as_at(date)
    before = Appointment.objects.ended(date).select_related("role__organisation", "role__of_group__group")
    return (
        Person.objects.filter(Exists(skills.filter(person=OuterRef("pk"))))
        .exclude(holdings.holding_something(date))
        .prefetch_related(
            Prefetch("skills", skills.select_related("skill").order_by("skill__name"), to_attr="skills_then"),
            Prefetch("appointments", before.order_by(F("period__endswith").desc(), "pk"), to_attr="held_before"),
        )
        .order_by("family_name", "given_names", "pk")
    )


class SkillFilter(django_filters.ModelChoiceFilter):
    """Rows about one skill, named by its slug."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(label="Skill", queryset=Skill.objects.all(), to_field_name="slug", **facts)


class OfferedInFilter(AreaFilter):
    """Offers made inside an area, and those made in a wider one that holds it."""

    def filter(self, qs: QuerySet[MentorOffer], value: str) -> QuerySet[MentorOffer]:
        if not self.area:
            return qs
        date = self.parent.date
        return qs.filter(Q(area__in=within([self.area.pk], date)) | Q(area__in=around([self.area.pk], date)))


class OfferFilters(ListFilters):
    """What the list of offers can be narrowed and sorted by."""

    columns = (
        Column("name", "Name", ("person__family_name", "person__given_names"), "A to Z", "Z to A"),
        Column("until", "Until", ("period__endswith", "person__family_name"), "ends first", "ends last"),
    )
    skill = SkillFilter()
    within = OfferedInFilter()


class UnusedSkillFilters(ListFilters):
    """What the list of people with unused skills can be narrowed and sorted by."""

    columns = (Column("name", "Name", ("family_name", "given_names"), "A to Z", "Z to A"),)
    skill = SkillFilter(method="holding_skill")

    def holding_skill(self, people: QuerySet[Person], name: str, value: Skill) -> QuerySet[Person]:
        held: Any = PersonSkill.objects.as_at(self.date).filter(skill=value, person=OuterRef("pk"))
        return people.filter(Exists(held))
