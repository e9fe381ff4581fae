"""The resource of the API about what does not add up: the rules' findings that the reader may see, as every other table."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest

from ics_leadership.api.filters import ABOUT_THE_ANSWER, ApiFilters, ListedFilter, RecordFilter, ordered
from ics_leadership.api.paging import NO_CURSOR_SENTENCE, Cursor, Page, paged
from ics_leadership.api.resource import Resource
from ics_leadership.errors import Refusal
from ics_leadership.exports import Question
from memberships import rules
from memberships.api_filters import PersonFilter
from memberships.exports.findings import FINDINGS, row
from memberships.models import Group, ManagedFinding
from memberships.rules import RULES, Finding
from organisations.filters import AreaFilter, OrganisationFilter
from roles.models import ActsFor, Pathway, Role, RoleType


class AreaLookedAt(AreaFilter):
    """The area within which the rules are asked."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        self.parent.area = self.area
        return qs


class OfRule(django_filters.ChoiceFilter):
    """Findings of one rule."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if value:
            self.parent.fits.append(lambda finding: finding.code == value)
        return qs


class OfRoles(django_filters.Filter):
    """Findings that concern a role of which something is true on the day, as a table of roles is narrowed by it."""

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        if value:
            posts = super().filter(Role.objects.with_remit(self.parent.date), value)
            numbers = frozenset(posts.order_by().values_list("pk", flat=True))
            self.parent.fits.append(lambda finding: finding.roles & numbers)
        return qs


class OfRolesThat(OfRoles, django_filters.ChoiceFilter):
    """The same, of what is one of a few choices."""


class OfRolesListed(OfRoles, ListedFilter):
    """The same, of what is in a short list."""


class AboutPerson(PersonFilter):
    """Findings that concern a person."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if value:
            who = self.record(value).pk
            self.parent.fits.append(lambda finding: who in finding.people)
        return qs


class AboutGroup(RecordFilter):
    """Findings that concern a group."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if value:
            group = self.record(value).pk
            self.parent.fits.append(lambda finding: group in finding.groups)
        return qs


class AboutOrganisation(OrganisationFilter):
    """Findings that concern an organisation, or lie just in its area."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if self.area:
            body = self.area.pk
            self.parent.fits.append(lambda finding: body in finding.organisations or finding.place == body)
        return qs


class Saying(django_filters.CharFilter):
    """Findings in whose sentence something stands."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if value:
            said = value.casefold()
            self.parent.fits.append(lambda finding: said in finding.text.casefold())
        return qs


class FindingFilters(ApiFilters):
    """Findings by rule, area and whom they concern. They are in no table, so that the filters gather what is asked.

    After `qs`, `area` is where the rules are to be asked (None: everywhere), and `fits` what must be true of a finding.
    """

    # As it was known at a moment, everything is shown as everybody sees it, and no finding is for everybody.
    beside = tuple(name for name in ABOUT_THE_ANSWER if name != "known_at")
    columns = (ordered("rule"), ordered("since_date"), ordered("sentence"))
    meanings = {
        "q": "Those in whose sentence these words stand.",
        "within": "Those that lie inside an area on the day, which is named as everywhere.",
        "kind": "Those of a rule, by its code.",
        "role_type": "Those that concern a type of role, by the name in its address.",
        "acts_for": "Those that concern a role that acts for this party on the day.",
        "pathway": "Those that concern a role that leads a field of care on the day, by the name in its address.",
        "person": "Those that concern a person, by number or by the name in their address.",
        "organisation": "Those that concern an organisation, which is named as everywhere.",
        "group": "Those that concern a group, by its number or the name in its address.",
    }
    q = Saying(max_length=200)
    within = AreaLookedAt()
    kind = OfRule(choices=[(each.code, each.what()) for each in RULES])
    role_type = OfRolesListed(RoleType.objects.all(), "role_type")
    acts_for = OfRolesThat(field_name="acts_for", choices=ActsFor.choices)
    pathway = OfRolesListed(Pathway.objects.all(), "remit__pathway")
    person = AboutPerson("")
    organisation = AboutOrganisation()
    group = AboutGroup(Group, "")

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, ManagedFinding.objects.none())
        self.area: Any = None
        self.fits: list[Callable[[Finding], Any]] = []

    def asked(self) -> tuple[Collection[int] | None, Callable[[Finding], bool]]:
        """Inside which organisations the rules are to be asked, and which findings fit. Raises Refusal as `qs` does."""
        # All that it does is to read what was asked.
        _ = self.qs
        return [self.area.pk] if self.area else None, lambda finding: all(fit(finding) for fit in self.fits)


class Findings(Resource):
    """What does not add up on a day, of what the reader may see."""

    table = FINDINGS
    filters = FindingFilters
    is_worked_out = True

    def question(self, asked: HttpRequest) -> Question:
        filters = FindingFilters(asked)
        areas, fits = filters.asked()
        rights: Any = asked.rights  # type: ignore[attr-defined]
        found = rules.visible(rights, rules.find(filters.date, areas)) if rights.is_signed_in else []
        rows = _in_order([row(finding) for finding in found if fits(finding)], asked.GET.get("ordering", ""))
        numbered = [{**each, "number": number} for number, each in enumerate(rows)]
        return Question(filters.qs, filters.date, keys=range(len(rows)), worked_out=numbered)

    def page(self, question: Question, cursor: Cursor, limit: int) -> Page:
        rows = question.worked_out or ()
        by, descending = cursor.ordering.removeprefix("-"), cursor.ordering.startswith("-")
        places = [(each["finding"], *([each[by]] if by else [])) for each in rows]
        if cursor.key is not None:
            said = (cursor.key, *cursor.values)
            if len(said) != 1 + bool(by) or not all(each is None or isinstance(each, str) for each in said):
                raise Refusal(NO_CURSOR_SENTENCE)
            places = [each for each in places if each != said and _is_beyond(each, said, descending) is not cursor.back]
        if cursor.back:
            places.reverse()
        page = paged(places[: limit + 1], cursor, limit)
        numbers = {each["finding"]: each["number"] for each in rows}
        return replace(page, keys=[numbers[finding] for finding in page.keys])


def _in_order(rows: Sequence[Mapping[str, Any]], ordering: str) -> list[Mapping[str, Any]]:
    """Rows in the order asked for, those without a value last either way round; those that are alike by what they rest on."""
    by, found = ordering.removeprefix("-"), sorted(rows, key=lambda each: each["finding"])
    if not by:
        return found
    known = [each for each in found if each[by] is not None]
    # Sorted by what they rest on first, turned round or not.
    known.sort(key=lambda each: each[by], reverse=ordering.startswith("-"))
    return [*known, *(each for each in found if each[by] is None)]


def _is_beyond(place: Sequence[Any], said: Sequence[Any], descending: bool) -> bool:
    """Whether a row comes after a place, each given by its finding and what it is ordered by."""
    (finding, *value), (after, *than) = place, said
    if value == than:
        return bool(finding > after)
    if than == [None] or value == [None]:
        return value == [None]
    return bool(value < than if descending else value > than)
