"""Terms of reference adopted and corrected: a version with its clauses, its seats, and who may fill them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db.models import Model

from ics_leadership.facts import Source
from ics_leadership.history import change
from ics_leadership.periods import PartialDate, Precision
from ics_leadership.restoring import withdraw
from ics_leadership.words import day_words, list_words
from ics_leadership.writing import keep, make_room
from memberships.models import (
    Category,
    ChairChosen,
    Clause,
    Condition,
    DecisionRule,
    DrawnFrom,
    Eligibility,
    Group,
    Membership,
    Nature,
    RegisterOfInterests,
    Seat,
    Terms,
    Topic,
)
from organisations.models import Kind, Organisation
from roles.models import FundingKind, RoleType

if TYPE_CHECKING:
    from ics_leadership.accounts.models import User


class TermsFacts(TypedDict, total=False):
    """What a version of the terms may say beside its clauses, its seats and who may fill them."""

    purpose: str
    nature: Nature
    decision_rule: DecisionRule
    quorum: int | None
    term_months: int | None
    term_limit: int | None
    warning_months: int
    chair_chosen: ChairChosen
    interests: RegisterOfInterests
    publishes_findings: bool
    publishes_proposals: bool
    review_on: datetime.date | None
    source: Source | None


@dataclass(frozen=True)
class NewClause:
    """A clause as it is written, and what it is about where the register evaluates that."""

    number: str
    text: str
    about: Topic | str = ""


@dataclass(frozen=True)
class NewSeat:
    """A seat of terms that are being adopted.

    `drawn_from` is a type of role, a kind of organisation, one organisation, another group, or None for people with
    experience; with `each`, `number` is for each of that type or kind in the group's area. `quorum_of` is how many from
    this seat a quorum asks for; `clause` the number of the clause that gives the seat.
    """

    title: str
    category: Category
    drawn_from: RoleType | Kind | Organisation | Group | None
    number: int = 1
    voting: bool = False
    clause: str = ""
    each: bool = False
    quorum_of: int | None = None

    def drawn(self) -> Seat:
        """The seat, unsaved, with where it is drawn from."""
        seat = Seat(
            title=self.title,
            category=self.category,
            number=self.number,
            each=self.each,
            voting=self.voting,
            quorum_of=self.quorum_of,
        )
        match self.drawn_from:
            case RoleType():
                seat.drawn_from, seat.role_type = DrawnFrom.ROLE_TYPE, self.drawn_from
            case Organisation():
                seat.drawn_from, seat.organisation = DrawnFrom.ORGANISATION, self.drawn_from
            case Group():
                seat.drawn_from, seat.group = DrawnFrom.GROUP, self.drawn_from
            case None:
                seat.drawn_from = DrawnFrom.EXPERIENCE
            case kind:
                seat.drawn_from, seat.organisation_kind = DrawnFrom.KIND, kind
        return seat


@dataclass(frozen=True)
class NewEligibility:
    """A condition that members have to fulfil: whoever has the seat called `seat`, or the chair and all core members.

    Of `organisation`, `profession`, `other_seat` (by its title), `months` and `funding_kind` just the one is given that
    the condition is about. `clause` is the number of the clause that says it.
    """

    condition: Condition
    seat: str = ""
    clause: str = ""
    organisation: Organisation | None = None
    profession: str = ""
    other_seat: str = ""
    months: int | None = None
    funding_kind: FundingKind | str = ""


def adopt_terms(
    *,
    by: User | None,
    why: str,
    group: Group,
    version: str,
    start: PartialDate,
    end: PartialDate | None = None,
    clauses: Iterable[NewClause] = (),
    seats: Iterable[NewSeat] = (),
    eligibilities: Iterable[NewEligibility] = (),
    **facts: Unpack[TermsFacts],
) -> Terms:
    """Let a version of a group's terms be in force from a day on; the version before ends the day before.

    Without an `end`, a version that is entered late ends the day before the next one begins. Nobody changes seats by it:
    members stay in those of the former version until they are seated anew. Raises ValidationError for terms in force before there
    is a group, and KeyError when a seat names a clause, or a condition a clause or seat, that the terms do not have.
    """
    with change(by=by, why=why):
        _check_there_is(group, start)
        end = make_room(Terms.objects.filter(group=group), start, end)
        terms = keep(Terms(group=group, version=version, **facts).between(start, end))
        _say(
            terms,
            [(None, each) for each in clauses],
            [(None, each) for each in seats],
            [(None, each) for each in eligibilities],
        )
        return terms


def correct_terms(
    *,
    by: User | None,
    why: str,
    terms: Terms,
    version: str,
    start: PartialDate,
    end: PartialDate | None,
    clauses: Sequence[tuple[Clause | None, NewClause]],
    seats: Sequence[tuple[Seat | None, NewSeat]],
    eligibilities: Sequence[tuple[Eligibility | None, NewEligibility]],
    **facts: Unpack[TermsFacts],
) -> Terms:
    """Say anew what a version of the terms says: a mistake is corrected, no new version made.

    `clauses` are all of them in order, each beside the row that it corrects, or None; `seats` and `eligibilities`
    likewise. The version before goes on to end on the eve. Raises ValidationError for a seat taken out in which somebody
    sits or sat and for terms in force before there is a group, and KeyError as `adopt_terms` does.
    """
    with change(by=by, why=why):
        _check_there_is(terms.group, start)
        _move_start(terms, start)
        keep(terms.between(start, end), version=version, **facts)
        tables: tuple[tuple[type[Model], Sequence[Model | None]], ...] = (
            (Eligibility, [row for row, _ in eligibilities]),
            (Seat, [row for row, _ in seats]),
            (Clause, [row for row, _ in clauses]),
        )
        gone = {model: _left_out(model, terms, rows) for model, rows in tables}
        _check_nobody_sits_in(gone[Seat])
        for row in gone[Eligibility]:
            withdraw(row=row, by=by, why=why)
        for model, rows in tables:
            _clear_places(gone[model] if model is not Eligibility else (), rows)
        _say(terms, clauses, seats, eligibilities)
        for row in (*gone[Seat], *gone[Clause]):
            withdraw(row=row, by=by, why=why)
        return terms


def _check_there_is(group: Group, start: PartialDate) -> None:
    began, latest = group.start, start.last_day
    if began.precision != Precision.BY and began.first_day and latest and latest < began.first_day:
        when = f"{'on' if began.precision == Precision.DAY else 'in'} {day_words(began.date, began.precision)}"
        sentence = f"{group} began {when}: no terms of its can be in force before that."
        raise ValidationError({"start": ValidationError(sentence, code="before_group")})


def _say(
    terms: Terms,
    clauses: Iterable[tuple[Clause | None, NewClause]],
    seats: Iterable[tuple[Seat | None, NewSeat]],
    eligibilities: Iterable[tuple[Eligibility | None, NewEligibility]],
) -> None:
    """Write the clauses, seats and conditions of a version in their order, each into its row or into a new one."""
    by_number: Mapping[str, Clause] = {
        clause.number: keep(
            row or Clause(terms=terms), order=order, number=clause.number, text=clause.text, about=clause.about
        )
        for order, (row, clause) in enumerate(clauses, start=1)
    }
    by_title: dict[str, Seat] = {}
    for order, (seat_row, seat) in enumerate(seats, start=1):
        drawn = seat.drawn()
        said: dict[str, Any] = {name: getattr(drawn, name) for name in _SAID_OF_A_SEAT}
        kept = keep(
            seat_row or Seat(terms=terms),
            order=order,
            clause=by_number[seat.clause] if seat.clause else None,
            **said,
        )
        by_title.setdefault(seat.title, kept)
    for order, (eligibility_row, new) in enumerate(eligibilities, start=1):
        keep(
            eligibility_row or Eligibility(terms=terms),
            order=order,
            condition=new.condition,
            seat=by_title[new.seat] if new.seat else None,
            clause=by_number[new.clause] if new.clause else None,
            organisation=new.organisation,
            profession=new.profession,
            other_seat=by_title[new.other_seat] if new.other_seat else None,
            months=new.months,
            funding_kind=new.funding_kind,
        )


_SAID_OF_A_SEAT = (
    "title",
    "category",
    "number",
    "each",
    "voting",
    "quorum_of",
    "drawn_from",
    "role_type",
    "organisation_kind",
    "organisation",
    "group",
)

OUT_OF_THE_WAY = 10_000
"""Beyond any place of a row: where rows wait while others take theirs."""


def _left_out(model: type[Any], terms: Terms, rows: Iterable[Model | None]) -> list[Any]:
    return list(model.objects.filter(terms=terms).exclude(pk__in=[row.pk for row in rows if row]))


def _check_nobody_sits_in(seats: Iterable[Seat]) -> None:
    for seat in seats:
        if people := list(Membership.objects.filter(seat=seat).select_related("person").order_by("pk")):
            names = list_words(sorted({each.person.name for each in people}))
            raise ValidationError(
                f"“{seat}” cannot be taken out of this version, because {names} sit or sat in it. If the seat was given "
                "up, write a new version of the terms.",
                code="seat_held",
            )


def _clear_places(gone: Iterable[Any], rows: Iterable[Any]) -> None:
    """Put aside every row whose place another takes."""
    for place, row in enumerate(rows, start=1):
        if row and row.order != place:
            keep(row, order=OUT_OF_THE_WAY + place)
    for place, row in enumerate(gone, start=1):
        keep(row, order=2 * OUT_OF_THE_WAY + place)


def _move_start(terms: Terms, start: PartialDate) -> None:
    """Let the version before, where it ended on the eve, end on the new eve; never two in force on one day."""
    if start == terms.start or terms.start.eve is None or start.eve is None:
        return
    for former in Terms.objects.filter(group=terms.group_id).exclude(pk=terms.pk):
        if former.end == terms.start.eve:
            later = start.first_day and terms.start.first_day and start.first_day > terms.start.first_day
            if later:
                # This version first makes room for it.
                keep(terms.between(start, terms.end))
            keep(former.between(former.start, start.eve))
