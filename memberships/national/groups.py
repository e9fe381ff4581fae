"""Who sits where: the groups of each place, committee, board and former commissioning group, their terms, seats and members."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from random import Random
from typing import NamedTuple

from django.utils.text import slugify

from memberships.models import (
    Category,
    DecisionRule,
    DrawnFrom,
    Group,
    GroupFunding,
    GroupKind,
    Membership,
    Nature,
    ReportingLine,
    Seat,
    Terms,
)
from memberships.national.country import Body, Country, Place
from memberships.national.holders import Holders, Holding
from memberships.national.posts import Posts
from memberships.national.sheets import CHANGES, SPAN_COLUMNS, Sheet, Span, change_after
from organisations.models import Kind
from roles.models import FundingSource, RoleType

TERMS_ANEW = (datetime.date(2017, 10, 1), datetime.date(2024, 10, 1))
"""The days on which every group that there is gets a new version of its terms."""


class Table(NamedTuple):
    """A seat: what it is called, its category, how many, whether for each, what it is drawn from (the key of a type of role,
    a kind of organisation, or nothing: experience), and the keys of the types of role whose holders fill it."""

    title: str
    category: Category
    number: int
    each: bool
    drawn_from: str | Kind | None
    filled_by: Sequence[str]


def _of(key: str, title: str, number: int = 1, category: Category = Category.CORE) -> Table:
    return Table(title, category, number, False, key, (key,))


LEADERSHIP_GROUP = (
    _of("glg-chair", "Chair", category=Category.CHAIR),
    Table("Primary care network", Category.CORE, 1, True, Kind.PCN, ("cd",)),
    Table("Local medical committee", Category.CORE, 1, True, Kind.LMC, ("lmc-chair",)),
    Table("GP federation", Category.CORE, 1, True, Kind.FEDERATION, ("fed-chair",)),
    Table("Experienced leader", Category.CORE, 2, False, None, ("glg-lead",)),
    _of("lead", "System clinical lead", 4, Category.ATTENDING),
)
PLACE_BOARD = (
    _of("place-dir", "Chair", category=Category.CHAIR),
    _of("place-lead", "Place clinical lead"),
    Table("Local medical committee", Category.CORE, 1, False, Kind.LMC, ("lmc-sec",)),
    Table("GP federation", Category.CORE, 1, False, Kind.FEDERATION, ("fed-md",)),
    Table("Primary care networks", Category.CORE, 12, False, Kind.PCN, ("acd",)),
    _of("icb-pcd", "Director of primary care", category=Category.ATTENDING),
)
COMMITTEE = (
    _of("lmc-chair", "Chair", category=Category.CHAIR),
    _of("lmc-vice", "Vice chair"),
    _of("lmc-member", "Elected member", 10),
    _of("lmc-sec", "Medical secretary", category=Category.ATTENDING),
)
BOARD = (
    _of("icb-chair", "Chair", category=Category.CHAIR),
    _of("icb-ceo", "Chief executive"),
    _of("icb-cmo", "Chief medical officer"),
    _of("icb-cno", "Chief nursing officer"),
    _of("icb-cfo", "Chief finance officer"),
    _of("icb-ned", "Non-executive member", 4),
    _of("icb-primary", "Partner member for primary medical services"),
)
GOVERNING_BODY = (
    _of("ccg-chair", "Clinical chair", category=Category.CHAIR),
    _of("ccg-ao", "Accountable officer"),
    _of("ccg-cfo", "Chief finance officer"),
    _of("ccgd", "Clinical director", 4),
    _of("ccg-lay", "Lay member", 2),
    _of("ccg-nurse", "Governing body nurse"),
    _of("ccg-doctor", "Secondary care doctor"),
)


class Tables:
    """The groups, and the sheets that they are written on; `of_place` gives a place's leadership group by the place's number."""

    def __init__(self, types: dict[str, RoleType], core: FundingSource, chance: Random, source: int) -> None:
        self.types, self.core, self.chance, self.source = types, core, chance, source
        self.of_place: dict[int, int] = {}
        self.groups = Sheet(
            Group,
            "slug",
            "name",
            "kind",
            "host_id",
            "covers_id",
            *SPAN_COLUMNS,
            "invented",
            "confirmed_on",
            "source_id",
        )
        self.funding = Sheet(
            GroupFunding, "group_id", "funding_source_id", "payer_id", "annual_amount", *SPAN_COLUMNS, "source_id"
        )
        self.lines = Sheet(ReportingLine, "group_id", "to_group_id", *SPAN_COLUMNS, "source_id")
        self.terms = Sheet(
            Terms, "group_id", "version", "purpose", "nature", "decision_rule", "quorum", "term_months", *SPAN_COLUMNS, "review_on", "source_id"
        )  # fmt: skip
        self.seats = Sheet(
            Seat, "terms_id", "order", "title", "category", "number", "each", "voting", "drawn_from", "role_type_id", "organisation_kind", "source_id"
        )  # fmt: skip
        self.memberships = Sheet(
            Membership, "seat_id", "person_id", "basis_appointment_id", "basis_experience", "put_forward_by_id", *SPAN_COLUMNS, "confirmed_on", "source_id"
        )  # fmt: skip
        self._slugs: set[str] = set()
        self._laid: list[tuple[int, Span, Table, Sequence[Body]]] = []
        """Every seat with the days of its version of the terms, and the bodies whose roles fill it."""

    @property
    def sheets(self) -> Sequence[Sheet]:
        """In the order in which they refer to each other."""
        return self.groups, self.funding, self.lines, self.terms, self.seats

    def lay(self, country: Country) -> None:
        """Make every group, with its terms and seats."""
        for place in country.places:
            self._of_place(place)
        for committee in country.bodies[Kind.LMC]:
            self._group(f"{committee.name} committee", GroupKind.LMC_COMMITTEE, committee, COMMITTEE, [committee])
        for board in country.bodies[Kind.ICB]:
            self._group(f"Board of {board.name}", GroupKind.ICB_BOARD, board, BOARD, [board])
        for group in country.bodies[Kind.CCG]:
            self._group(f"Governing body of {group.name}", GroupKind.CCG_GOVERNING_BODY, group, GOVERNING_BODY, [group])

    def fill(self, posts: Posts, holders: Holders) -> None:
        """Seat whoever holds a role that fills a seat, for the days that both last."""
        for seat, days, table, bodies in self._laid:
            sat: dict[int, list[Span]] = defaultdict(list)
            for holding in _holders(posts, holders, table, bodies):
                span = holding.span.common(days)
                # Somebody who has two such roles at once sits once.
                if span and not any(span.common(other) for other in sat[holding.person]):
                    sat[holding.person].append(span)
                    self._seat(seat, holding, span, by_experience=table.drawn_from is None)

    def _of_place(self, place: Place) -> None:
        name = place.body.name
        bodies = [
            place.body,
            place.committee,
            place.federation,
            *place.networks,
            *([place.board] if place.board else []),
        ]
        group = self._group(
            f"{name} GP Leadership Group", GroupKind.GP_LEADERSHIP_GROUP, place.body, LEADERSHIP_GROUP, bodies
        )
        board = self._group(f"{name} Place Board", GroupKind.PLACE_BOARD, place.body, PLACE_BOARD, bodies)
        self.of_place[place.body.id] = group
        since, change = place.body.span, change_after(place.body.span.start)
        payer = place.board.id if place.board else None
        self.funding.add(change, group, self.core.pk, payer, 60_000, *since.columns, self.source)
        self.lines.add(change, group, board, *since.columns, self.source)

    def _group(self, name: str, kind: GroupKind, host: Body, tables: Sequence[Table], bodies: Sequence[Body]) -> int:
        slug = slugify(name)[:180]
        slug = f"{slug}-{host.id}" if slug in self._slugs else slug
        self._slugs.add(slug)
        change = change_after(host.span.start)
        group = self.groups.add(
            change,
            slug,
            name[:290],
            kind.value,
            host.id,
            host.id,
            *host.span.columns,
            True,
            CHANGES[change],
            self.source,
        )
        for number, days in enumerate(_versions(host.span), 1):
            known = change_after(days.start)
            terms = self.terms.add(
                known, group, f"version {number}", "To think and plan together on behalf of the area.", Nature.EXPERT.value,
                DecisionRule.CONSENSUS.value, 5, 36, *days.columns, days.start.replace(year=days.start.year + 3), self.source,
            )  # fmt: skip
            for order, table in enumerate(tables, 1):
                self._laid.append((self._lay_seat(known, terms, order, table), days, table, bodies))
        return group

    def _lay_seat(self, known: int, terms: int, order: int, table: Table) -> int:
        drawn_from, role_type, kind = DrawnFrom.EXPERIENCE, None, ""
        if isinstance(table.drawn_from, Kind):
            drawn_from, kind = DrawnFrom.KIND, table.drawn_from.value
        elif table.drawn_from:
            drawn_from, role_type = DrawnFrom.ROLE_TYPE, self.types[table.drawn_from].pk
        voting = table.category in (Category.CHAIR, Category.CORE)
        return self.seats.add(
            known, terms, order, table.title, table.category.value, table.number, table.each, voting, drawn_from.value, role_type, kind, self.source
        )  # fmt: skip

    def _seat(self, seat: int, holding: Holding, span: Span, *, by_experience: bool) -> None:
        known = max(change_after(span.start), holding.known)
        basis = (None, "Years of leading general practice here") if by_experience else (holding.id, "")
        put_forward = holding.post.body.id if self.chance.random() < 0.5 else None
        self.memberships.add(
            known, seat, holding.person, *basis, put_forward, *span.columns, CHANGES[known], self.source
        )


def _versions(span: Span) -> Iterator[Span]:
    """The days of each version of the terms of a group that lasts so long."""
    begins = [span.start, *(day for day in TERMS_ANEW if span.start < day and (span.end is None or day < span.end))]
    for start, end in zip(begins, [*begins[1:], span.end], strict=True):
        yield Span(start, end)


def _holders(posts: Posts, holders: Holders, table: Table, bodies: Iterable[Body]) -> Iterator[Holding]:
    for body in bodies:
        for key in table.filled_by:
            for each in posts.of.get((body.id, key), ()):
                yield from holders.of.get(each.id, ())
