"""What waits for an editor: everything in the areas they look after that somebody has to do something about.

Each function gives the rows of one part of the list as a queryset, or a sequence where what is found is worked out in
Python; the page cuts them up. What is said of the rows, and where they are dealt with, is left to `presenters.todo`.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, Max, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from ics_leadership import recorded
from ics_leadership.history import Change
from ics_leadership.periods import today
from ics_leadership.remembering import remembered
from memberships import messages, outlook, proposals, rules
from memberships.duplicates import Pair
from memberships.duplicates.finding import pairs_for
from memberships.models import Appointment, Membership, Message, Person, Proposal, Seat, SpreadsheetImport, Stage
from memberships.places import open_for
from memberships.proposals import ProposalThen
from memberships.rules import Finding, Rule
from memberships.unconfirmed import unconfirmed as unconfirmed_by_table
from organisations.models import KeptArea, Link, LinkKind, Organisation, Succession
from organisations.models.areas import within
from organisations.rights import Rights
from roles.models import Role

AN_HOUR = 60 * 60


@dataclass(frozen=True)
class Scope:
    """Whose list it is, of which areas (ids of organisations), on which day."""

    rights: Rights
    areas: Sequence[int]
    date: datetime.date

    @property
    def inside(self) -> RawSQL:
        """Ids of the organisations within those areas, for use after `__in`."""
        return within(self.areas, self.date)


def areas_of(rights: Rights, date: datetime.date) -> QuerySet[Organisation]:
    """The areas that somebody looks after: an editor's own; for an administrator all that are kept."""
    if rights.is_administrator:
        kept = KeptArea.objects.as_at(date).values("area")
        return Organisation.objects.filter(Q(pk__in=kept) | Q(pk__in=rights.areas)).order_by("name", "pk")
    return Organisation.objects.filter(pk__in=rights.areas).order_by("name", "pk")


def messages_waiting(scope: Scope) -> QuerySet[Message]:
    """Messages to the keeper that nobody answered. Those about no area are for administrators, whatever area they chose."""
    reaching = messages.waiting(messages.reaching(scope.rights))
    about = Q(area__in=scope.inside)
    return reaching.filter(about | Q(area=None) if scope.rights.is_administrator else about)


@dataclass(frozen=True)
class OfRule:
    """How much one rule finds that waits for somebody, and how much that is managed."""

    rule: Rule
    waiting: int
    managed: int


def findings(scope: Scope) -> list[OfRule]:
    """How much every rule finds, in their order, those last of which all is managed; rules that find nothing are left out.

    Counted anew when the register has changed, because asking every rule about everything takes longer than a page may.
    """
    # A change that was begun before another may be kept after it: numbers alone would not tell.
    latest = Change.objects.aggregate(begun=Max("pk"), kept=Max("position"))
    areas = "-".join(map(str, sorted(scope.areas)))
    key = f"findings:{areas}:{scope.date}:{latest['begun']}:{latest['kept']}"
    counted = remembered(key, lambda: _counted(scope), AN_HOUR) or {}
    of_rules = [OfRule(rule, *counted[rule.code]) for rule in rules.RULES if rule.code in counted]
    return sorted(of_rules, key=lambda each: not each.waiting)


def _counted(scope: Scope) -> dict[str, tuple[int, int]]:
    found = rules.find(scope.date, scope.areas)
    all_of, waiting = (
        Counter(finding.code for finding in these)
        for these in (found, [finding for finding in found if finding.managed is None])
    )
    return {code: (waiting[code], all_of[code] - waiting[code]) for code in all_of}


def findings_of(rule: Rule, scope: Scope) -> tuple[list[Finding], list[Finding]]:
    """What one rule finds, asked of it alone: what waits, and what is managed."""
    found = rules.find_by(rule, scope.date, scope.areas)
    return [each for each in found if each.managed is None], [each for each in found if each.managed is not None]


def slugs(model: type[Model], ids: Iterable[int]) -> dict[int, str]:
    """The last part of the addresses of some records of one kind, by their ids."""
    wanted = set(ids)
    return dict(model._default_manager.filter(pk__in=wanted).values_list("pk", "slug")) if wanted else {}


def imports_waiting(scope: Scope) -> QuerySet[SpreadsheetImport]:
    """Spreadsheets that somebody uploaded and nobody has brought in: their own, and those for areas they look after."""
    waiting = SpreadsheetImport.objects.filter(stage__in=[Stage.UPLOADED, Stage.PREVIEWED, Stage.FAILED])
    mine = Q(by=scope.rights.account) | Q(area__in=scope.areas)
    return waiting.filter(mine).defer("content").select_related("by", "area")


def roles_vacant(scope: Scope) -> QuerySet[Role]:
    """Roles that nobody holds."""
    roles = outlook.vacant_roles(scope.date).filter(organisation__in=scope.inside)
    return roles.select_related("organisation", "of_group__group").order_by("title", "pk")


def with_last_holders(roles: Iterable[Role]) -> list[tuple[Role, Appointment | None]]:
    """Roles that nobody holds today, each with the appointment to it that ended last, if there ever was one."""
    vacant = list(roles)
    ended = Appointment.objects.ended(today()).filter(role__in=vacant).select_related("person")
    last = {row.role_id: row for row in ended.order_by("role_id", "-period__endswith", "pk").distinct("role_id")}
    return [(role, last.get(role.pk)) for role in vacant]


def seats_vacant(scope: Scope) -> QuerySet[Seat]:
    """Seats at the table that nobody fills, or fewer than they are for."""
    seats = outlook.vacant_seats(scope.date).filter(place__in=scope.inside).annotate(open_for=open_for(scope.date))
    return seats.select_related("terms__group").order_by("terms__group__name", "order", "pk")


def roles_ending(scope: Scope) -> QuerySet[Appointment]:
    """Appointments that end soon, the next first."""
    return outlook.roles_ending(scope.date, scope.inside)


def seats_ending(scope: Scope) -> QuerySet[Membership]:
    """Memberships of groups that end soon, the next first."""
    return outlook.seats_ending(scope.date, scope.inside)


def unconfirmed(scope: Scope) -> QuerySet[Any]:
    """What nobody confirmed for long, the longest first: the day of the last time, which table, and the id."""
    of_each = [
        rows.order_by().annotate(table=Value(recorded.of(model).address)).values_list("confirmed_on", "table", "id")
        for model, rows in unconfirmed_by_table(scope.areas).items()
    ]
    return of_each[0].union(*of_each[1:], all=True).order_by("confirmed_on", "table", "id")


_NAMED_BY: dict[type[Model], tuple[str, ...]] = {
    Appointment: ("person", "role__organisation", "role__of_group__group"),
    Membership: ("person", "seat__terms__group"),
    Role: ("organisation", "of_group__group"),
}


def with_records(rows: Iterable[tuple[datetime.date, str, int]]) -> list[tuple[datetime.date, str, Any]]:
    """Rows of `unconfirmed` with the records in the place of their ids, and what names them; a query for each table."""
    shown, ids = list(rows), defaultdict(list)
    for _, table, pk in shown:
        ids[table].append(pk)
    found: dict[tuple[str, int], Any] = {}
    for table, wanted in ids.items():
        known = recorded.by_address(table)
        if known:
            named = known.model._default_manager.select_related(*_NAMED_BY.get(known.model, ()))
            found |= {(table, pk): row for pk, row in named.in_bulk(wanted).items()}
    return [(day, table, found[table, pk]) for day, table, pk in shown if (table, pk) in found]


def organisations_unnamed(scope: Scope) -> QuerySet[Organisation]:
    """Organisations of the day known only by their code."""
    unnamed: QuerySet[Organisation] = Organisation.objects.as_at(scope.date).unnamed().filter(pk__in=scope.inside)
    return unnamed.order_by("kind", "ods_code", "pk")


def bodies_split(scope: Scope) -> QuerySet[Organisation]:
    """Bodies that closed with several `successors`, and how many that stood under each are `left`: they stand under none
    of its successors' kind. They wait for the editors of whatever area a successor lies in.
    """
    successions = Succession.objects.filter(predecessor=OuterRef("pk")).order_by()
    several = successions.values("predecessor").annotate(number=Count("successor", distinct=True)).values("number")
    since = Succession.objects.filter(predecessor=OuterRef("other")).order_by("on").values("on")[:1]
    of_that_kind = Succession.objects.filter(
        predecessor=OuterRef(OuterRef("other")), successor__kind=OuterRef("other__kind")
    )
    placed = Link.objects.filter(
        Exists(of_that_kind),
        kind=LinkKind.PART_OF,
        organisation=OuterRef("organisation"),
        period__contains=OuterRef("since"),
    )
    stood = Link.objects.filter(kind=LinkKind.PART_OF, other=OuterRef("pk")).annotate(since=Subquery(since))
    left = stood.filter(
        Q(period__endswith=None) | Q(period__endswith__gte=F("since")),
        ~Exists(placed),
        organisation__period__contains=F("since"),
    )
    number = left.order_by().values("other").annotate(number=Count("organisation", distinct=True)).values("number")
    return (
        Organisation.objects.filter(Exists(successions.filter(successor__in=scope.inside)))
        .annotate(successors=Subquery(several))
        .filter(successors__gt=1)
        .annotate(left=Subquery(number))
        .filter(left__gt=0)
        .order_by("name", "pk")
    )


def proposals_waiting(scope: Scope) -> list[ProposalThen]:
    """Open proposals of groups of the area that wait for somebody's answer, the most urgent first."""
    there = Proposal.objects.alias(area=Coalesce("group__covers", "group__host")).filter(area__in=scope.inside)
    return proposals.open_ones(there, scope.date)


def duplicates(scope: Scope) -> Sequence[Pair]:
    """Pairs of entries that may be one person's, the likeliest first."""
    return pairs_for(scope.rights)


def with_people(pairs: Iterable[Pair]) -> list[tuple[Pair, Person, Person]]:
    """Pairs with the two people of each; pairs of which one has been merged meanwhile are left out."""
    shown = list(pairs)
    people = Person.objects.in_bulk({pk for pair in shown for pk in (pair.first, pair.second)})
    return [
        (pair, people[pair.first], people[pair.second])
        for pair in shown
        if pair.first in people and pair.second in people
    ]
