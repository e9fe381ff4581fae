"""What a version of the terms of reference says, in words: its facts, its seats and whom they are for, who may be a member."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ics_leadership.words import count_words, day_words, list_words
from memberships.models import (
    Category,
    ChairChosen,
    Condition,
    DecisionRule,
    DrawnFrom,
    Eligibility,
    Nature,
    RegisterOfInterests,
    Seat,
    Terms,
)


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


@dataclass(frozen=True)
class SeatRow:
    """A seat of a version: what it is called, how one sits in it, how many, whom it is for, under which clause."""

    title: str
    category: str
    number: str
    voting: bool
    drawn_from: str
    clause: str


def facts_of(terms: Terms, *, conditions: bool = True) -> list[tuple[str, str]]:
    """What a version says beside its clauses and seats, as pairs of heading and words; who may be a member too if asked."""
    facts = [("What the group is", capital(Nature(terms.nature).label))]
    facts.append(("How it decides", DecisionRule(terms.decision_rule).label))
    if terms.quorum or any(seat.quorum_of for seat in terms.seats.all()):
        facts.append(("Quorum", quorum_words(terms)))
    if terms.term_months:
        facts.append(("A member’s term", months_words(terms.term_months)))
    if terms.term_limit:
        facts.append(("In a row", count_words(terms.term_limit, "term")))
    if terms.chair_chosen != ChairChosen.UNSAID:
        facts.append(("The chair is chosen", ChairChosen(terms.chair_chosen).label))
    if terms.interests != RegisterOfInterests.NONE:
        facts.append(("Register of interests", RegisterOfInterests(terms.interests).label))
    published = [
        what
        for what, said in (("what does not add up", terms.publishes_findings), ("proposals", terms.publishes_proposals))
        if said
    ]
    if published:
        facts.append(("Published", capital(list_words(published))))
    if conditions:
        facts += [("Who may be a member", condition_words(each)) for each in terms.eligibilities.all()]
    if terms.review_on:
        facts.append(("To be reviewed", day_words(terms.review_on)))
    return facts


def seat_row(seat: Seat) -> SeatRow:
    return SeatRow(
        title=seat.title,
        category=Category(seat.category).label,
        number=f"{seat.number} each" if seat.each else str(seat.number),
        voting=seat.voting,
        drawn_from=capital(drawn_from_words(seat)),
        clause=seat.clause.number if seat.clause else "",
    )


def quorum_words(terms: Terms) -> str:
    """A quorum: "5, of them at least 1 from “Networks” and 1 from “Local medical committee”"."""
    among = [f"{seat.quorum_of} from “{seat.title}”" for seat in terms.seats.all() if seat.quorum_of]
    if not among:
        return str(terms.quorum)
    least = f"at least {list_words(among)}"
    return f"{terms.quorum}, of them {least}" if terms.quorum else capital(least)


def condition_sentence(row: Eligibility) -> str:
    """A condition with whom it binds: "Chair and core members: not employed or engaged by Norfolk ICB"."""
    words = _condition(row)
    return f"{f'Seat “{row.seat}”' if row.seat else 'Chair and core members'}: {uncapital(words)}"


def condition_words(row: Eligibility) -> str:
    """A condition of eligibility: "Not employed or engaged by Norfolk ICB (seat “Chair”)"."""
    words = _condition(row)
    return f"{words} (seat “{row.seat}”)" if row.seat else words


def _condition(row: Eligibility) -> str:
    match row.condition:
        case Condition.NOT_ENGAGED_BY:
            return f"Not employed or engaged by {row.organisation}"
        case Condition.PROFESSION:
            return f"By profession: {uncapital(row.get_profession_display())}"
        case Condition.NOT_ALSO_IN:
            return f"Does not also have the seat “{row.other_seat}”"
        case Condition.LONGEST_SERVICE:
            return f"Has served no longer than {months_words(row.months or 0)}"
        case Condition.NOT_PAID_FROM:
            return f"Is not paid from {uncapital(row.get_funding_kind_display())}"
        case _:
            return Condition(row.condition).label


def drawn_from_words(seat: Seat) -> str:
    """Whom a seat is for: "PCN Clinical Directors", "any GP federation", "each GP federation", "people with experience"."""
    if seat.each and seat.drawn_from == DrawnFrom.KIND:
        return f"each {uncapital(seat.get_organisation_kind_display())} of the area"
    if seat.each and seat.role_type:
        return f"each of the {seat.role_type.plural} of the area"
    if seat.drawn_from == DrawnFrom.ROLE_TYPE and seat.role_type:
        return seat.role_type.plural
    if seat.drawn_from == DrawnFrom.KIND:
        return f"any {uncapital(seat.get_organisation_kind_display())}"
    if seat.drawn_from == DrawnFrom.ORGANISATION and seat.organisation:
        return seat.organisation.name
    if seat.drawn_from == DrawnFrom.GROUP and seat.group:
        return f"members of {seat.group.name}"
    return DrawnFrom.EXPERIENCE.label


def open_for_words(missing: Sequence[Mapping[str, Any]]) -> str:
    """Those for whom nobody sits, of whom several are missing with how many: "Tarrow PCN (2) and Wexbridge PCN"."""
    return list_words(
        [f"{each['name']} ({each['missing']})" if each["missing"] > 1 else str(each["name"]) for each in missing]
    )


def seat_in_words(seat: Seat) -> str:
    """A seat in a line: "2 seats, core member, voting, for any GP federation"."""
    vote = ", voting" if seat.voting else ""
    category = uncapital(seat.get_category_display())
    return f"{count_words(seat.number, 'seat')}, {category}{vote}, for {drawn_from_words(seat)}"


def months_words(months: int) -> str:
    """A length of time as terms put it.

    >>> months_words(36), months_words(12), months_words(18)
    ('3 years', '1 year', '18 months')
    """
    years, rest = divmod(months, 12)
    return count_words(months, "month") if rest or not years else count_words(years, "year")


def uncapital(words: str) -> str:
    """Small first letter, except of what is written in capitals: "place", "NHS trust"."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]
