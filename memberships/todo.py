"""What waits for an editor: everything in the areas they look after that somebody has to do something about.

Each function gives the rows of one part of the list as a queryset, or a sequence where what is found is worked out in
Python; the page cuts them up. What is said of the rows, and where they are dealt with, is left to `presenters.todo`.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import RawSQL

from ics_leadership import recorded
from memberships import messages, outlook, rules
from memberships.duplicates import Pair
from memberships.duplicates.finding import pairs_for
from memberships.models import Appointment, Membership, Message, Person, Seat, SpreadsheetImport, Stage
from memberships.rules import Finding, Rule
from memberships.unconfirmed import unconfirmed as unconfirmed_by_table
from organisations.models import KeptArea, Link, LinkKind, Organisation, Succession
from organisations.models.areas import within
from organisations.rights import Rights
from roles.models import Role


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
    """What one rule finds: what waits for somebody, and what is managed already."""

    rule: Rule
    waiting: Sequence[Finding]
    managed: Sequence[Finding]


def findings(scope: Scope) -> list[OfRule]:
    """What every rule finds, in their order; rules that find nothing are left out."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in rules.find(scope.date, scope.areas):
        found[finding.code].append(finding)
    return [_of_rule(rule, found[rule.code]) for rule in rules.RULES if rule.code in found]


def findings_of(rule: Rule, scope: Scope) -> OfRule:
    """What one rule finds, asked of it alone."""
    return _of_rule(rule, rules.find_by(rule, scope.date, scope.areas))


def _of_rule(rule: Rule, found: Iterable[Finding]) -> OfRule:
    found = list(found)
    return OfRule(
        rule, [each for each in found if each.managed is None], [each for each in found if each.managed is not None]
    )


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


def last_holders(roles: Sequence[Role], date: datetime.date) -> dict[int, Appointment]:
    """For each of some roles that somebody held before that day: the appointment that ended last, by the role's id."""
    rows = Appointment.objects.ended(date).filter(role__in=roles).select_related("person")
    return {row.role_id: row for row in rows.order_by("role_id", "-period__endswith", "pk").distinct("role_id")}


def seats_vacant(scope: Scope) -> QuerySet[Seat]:
    """Seats at the table that nobody fills, or fewer than they are for."""
    seats = outlook.vacant_seats(scope.date).filter(place__in=scope.inside)
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


def records(rows: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Any]:
    """The records of some tables, named as in addresses, and ids, with what names them; a query for each table."""
    ids: dict[str, list[int]] = defaultdict(list)
    for table, pk in rows:
        ids[table].append(pk)
    found: dict[tuple[str, int], Any] = {}
    for table, wanted in ids.items():
        known = recorded.by_address(table)
        if known:
            named = known.model._default_manager.select_related(*_NAMED_BY.get(known.model, ()))
            found |= {(table, pk): row for pk, row in named.in_bulk(wanted).items()}
    return found


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


def duplicates(scope: Scope) -> Sequence[Pair]:
    """Pairs of entries that may be one person's, the likeliest first."""
    return pairs_for(scope.rights)


def people_of(pairs: Sequence[Pair]) -> dict[int, Person]:
    """The people of some pairs, by their ids."""
    return Person.objects.in_bulk({pk for pair in pairs for pk in (pair.first, pair.second)})
