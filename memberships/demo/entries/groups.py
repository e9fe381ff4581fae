"""Entries about groups: that they form, adopt terms, report, are funded; and who sits on them."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Any

from ics_leadership.periods import ONE_DAY, PartialDate
from memberships import actions
from memberships.demo.book import Book
from memberships.demo.dates import known, period
from memberships.demo.entries.change import Entry
from memberships.demo.entries.roles import functions_of
from memberships.demo.entries.yearly_check import notice_later
from memberships.demo.tables import rows
from memberships.models import Appointment, Category, Condition, Group, GroupKind, Membership, Seat, Terms, Topic
from organisations.models import Kind, Organisation
from roles.models import FundingKind, RoleType


def forms(
    key: str,
    kind: str,
    name: str,
    when: str,
    *,
    host: str,
    covers: str = "",
    remit: str = "",
    functions: str = "",
    reports_to: str = "",
    influences: str = "",
) -> Entry:
    """A group begins, with its remit, to whom it reports and whom it is there to influence."""

    def enter(book: Book) -> None:
        start, end = period(when)
        book.groups[key] = actions.add_group(
            **book.said,
            kind=GroupKind(kind),
            name=name,
            host=book.organisations[host],
            covers=book.organisations[covers] if covers else None,
            start=start,
            end=end,
            remit=remit,
            functions=functions_of(book, functions),
            reports_to=[_reported_to(book, to) for to in reports_to.split(", ") if to],
            influences=[book.organisations[body] for body in influences.split(", ") if body],
            invented=True,
            source=book.source,
        )

    return enter


def reports(group: str, to: str, when: str, on: str) -> Entry:
    """To whom a group reports, and on what."""

    def enter(book: Book) -> None:
        start, end = period(when)
        actions.add_reporting_line(
            **book.said,
            group=book.groups[group],
            to=_reported_to(book, to),
            start=start,
            end=end,
            on=on,
            source=book.source,
        )

    return enter


def influences(group: str, table: str) -> Entry:
    """Whom a group is there to influence. Columns: organisation, period."""

    def enter(book: Book) -> None:
        for organisation, when in rows(table, columns=2):
            start, end = period(when)
            actions.add_influence(
                **book.said,
                group=book.groups[group],
                organisation=book.organisations[organisation],
                start=start,
                end=end,
                source=book.source,
            )

    return enter


def _reported_to(book: Book, key: str) -> Group | Organisation:
    return book.groups.get(key) or book.organisations[key]


def group_remit(group: str, start: str, summary: str, functions: str = "") -> Entry:
    """What a group is responsible for from a day on."""

    def enter(book: Book) -> None:
        actions.new_group_remit_version(
            **book.said,
            group=book.groups[group],
            start=known(start),
            summary=summary,
            functions=functions_of(book, functions),
            source=book.source,
        )

    return enter


def funds(group: str, source: str, payer: str, when: str, amount: int | None = None) -> Entry:
    """Who funds a group, from which pot, with how many pounds a year."""

    def enter(book: Book) -> None:
        start, end = period(when)
        actions.fund_group(
            **book.said,
            group=book.groups[group],
            funding_source=book.funding_sources[source],
            payer=book.organisations[payer],
            start=start,
            end=end,
            annual_amount=Decimal(amount) if amount else None,
            source=book.source,
        )

    return enter


def adopts(
    group: str,
    version: str,
    when: str,
    *,
    seats: str,
    clauses: str = "",
    conditions: str = "",
    review_on: str = "",
    going_over: str = "",
    **facts: Any,
) -> Entry:
    """A group adopts terms. Whoever sits in a seat that has one of the same title under the new terms is seated anew in it;
    those who go over to a seat of another title are named. Columns of `going_over`: person, seat.

    Columns of seats: title, category, how many ("6", "1 each"), "voting" or nothing, drawn from, clause, how many of them a
    quorum asks for. Drawn from: "type cd", "kind pcn", "organisation mw-lmc", "group wex-forum", "experience". Clauses: a
    line each, the number first, then what it is about in square brackets, if the register evaluates that. Columns of
    conditions: condition, of what, seat, clause.
    """

    def enter(book: Book) -> None:
        start, end = period(when)
        former = book.terms.get(group)
        adopted = actions.adopt_terms(
            **book.said,
            group=book.groups[group],
            version=version,
            start=start,
            end=end,
            clauses=[_clause(line) for line in clauses.splitlines() if line.strip()],
            seats=[_seat(book, *row) for row in rows(seats, columns=7)],
            eligibilities=[_condition(book, *row) for row in rows(conditions, columns=4)],
            review_on=datetime.date.fromisoformat(review_on) if review_on else None,
            source=book.source,
            **facts,
        )
        book.terms[group] = adopted
        if former:
            _seat_anew(book, group, former, adopted, start, dict(rows(going_over, columns=2)))

    return enter


def _clause(line: str) -> actions.NewClause:
    number, text = line.strip().split(maxsplit=1)
    about = re.match(r"\[(\w+)\]\s+", text)
    return actions.NewClause(number, text[about.end() :] if about else text, Topic(about[1]) if about else "")


def _condition(book: Book, condition: str, of_what: str, seat: str, clause: str) -> actions.NewEligibility:
    kind = Condition(condition)
    return actions.NewEligibility(
        kind,
        seat=seat,
        clause=clause,
        organisation=book.organisations[of_what] if kind == Condition.NOT_ENGAGED_BY else None,
        profession=of_what if kind == Condition.PROFESSION else "",
        other_seat=of_what if kind == Condition.NOT_ALSO_IN else "",
        months=int(of_what) if kind == Condition.LONGEST_SERVICE else None,
        funding_kind=FundingKind(of_what) if kind == Condition.NOT_PAID_FROM else "",
    )


def _seat(
    book: Book, title: str, category: str, number: str, voting: str, drawn_from: str, clause: str, quorum_of: str
) -> actions.NewSeat:
    source: RoleType | Kind | Organisation | Group | None
    match drawn_from.split():
        case ["type", key]:
            source = book.role_types[key]
        case ["kind", key]:
            source = Kind(key)
        case ["organisation", key]:
            source = book.organisations[key]
        case ["group", key]:
            source = book.groups[key]
        case ["experience"]:
            source = None
        case _:
            raise ValueError(f"“{drawn_from}” is nothing that a seat is drawn from.")
    how_many, _, each = number.partition(" ")
    return actions.NewSeat(
        title=title,
        category=Category(category),
        drawn_from=source,
        number=int(how_many or 1),
        each=each == "each",
        voting=voting == "voting",
        clause=clause,
        quorum_of=int(quorum_of) if quorum_of else None,
    )


def _seat_anew(
    book: Book, group: str, former: Terms, adopted: Terms, start: PartialDate, going_over: dict[str, str]
) -> None:
    assert start.first_day
    eve = start.first_day - ONE_DAY
    same_seat = {seat.title: seat for seat in adopted.seats.all()}
    keys = {membership.pk: key for key, membership in book.memberships.items()}
    for sat in Membership.objects.filter(seat__terms=former).as_at(eve).select_related("seat", "basis_appointment"):
        end = sat.end
        if end is None or sat.holds(start.first_day):
            actions.end_membership(**book.said, membership=sat, end=PartialDate(eve))
            _, title, person = keys[sat.pk]
            seat = same_seat.get(going_over.get(person, title))
            if seat:
                book.memberships[group, seat.title, person] = actions.seat_member(
                    **book.said,
                    seat=seat,
                    person=sat.person,
                    basis=sat.basis_appointment or sat.basis_experience,
                    start=start,
                    end=end,
                    put_forward_by=sat.put_forward_by,
                    attends_for=sat.attends_for,
                    source=book.source,
                )


def sits(group: str, table: str) -> Entry:
    """Who sits. Columns: person, seat, basis, period, put forward by, in place of whom.

    The basis is the key of a role that they hold, or, in words, the experience for which they were put forward.
    """

    def enter(book: Book) -> None:
        for person, seat, basis, when, put_forward_by, attends_for in rows(table, columns=6):
            start, end = period(when)
            book.memberships[group, seat, person] = actions.seat_member(
                **book.said,
                seat=Seat.objects.get(terms=book.terms[group], title=seat),
                person=book.person(person),
                basis=_basis(book, person, basis),
                start=start,
                end=end,
                put_forward_by=book.organisations[put_forward_by] if put_forward_by else None,
                attends_for=book.person(attends_for) if attends_for else None,
                source=book.source,
            )
            notice_later(book, book.memberships[group, seat, person], when)

    return enter


def _basis(book: Book, person: str, basis: str) -> Appointment | str:
    return book.appointments[person, basis] if "@" in basis else basis


def stands_down(group: str, table: str) -> Entry:
    """Who no longer sits. Columns: person, seat, last day."""

    def enter(book: Book) -> None:
        for person, seat, last_day in rows(table, columns=3):
            membership = book.memberships[group, seat, person]
            actions.end_membership(**book.said, membership=membership, end=known(last_day))

    return enter


def corrects_seat(group: str, table: str) -> Entry:
    """Memberships whose dates were recorded wrongly. Columns: person, seat, period as it should have been."""

    def enter(book: Book) -> None:
        for person, seat, when in rows(table, columns=3):
            start, end = period(when)
            membership = book.memberships[group, seat, person]
            actions.correct_membership(**book.said, membership=membership, start=start, end=end)

    return enter


def deputises(group: str, table: str) -> Entry:
    """Who sits in for whom. Columns: member, seat, deputy, period."""

    def enter(book: Book) -> None:
        for person, seat, deputy, when in rows(table, columns=4):
            start, end = period(when)
            actions.add_deputy(
                **book.said,
                membership=book.memberships[group, seat, person],
                person=book.person(deputy),
                start=start,
                end=end,
                source=book.source,
            )

    return enter
