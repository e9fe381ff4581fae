"""Proposals in words: where each stands, in one sentence; who answered what, by what right; and how one is cited."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from ics_leadership.words import count_words, day_words, list_words, period_words
from memberships.decisions import Asked, Outcome, Standing
from memberships.models import Answer, DecisionRule, Proposal, ProposalParty, Says
from memberships.presenters.reasons import Piece, organisation_piece, person_piece, role_pieces
from memberships.proposals import AskedOf, PartyThen, ProposalThen
from organisations.models import Organisation

NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

RULE_SENTENCES = {
    DecisionRule.CONSENSUS: "By consensus of all who are asked: an objection stops it, who abstains stands aside.",
    DecisionRule.ORGANS: "By consensus of the organs: each must agree, an objection stops it, who abstains stands aside.",
    DecisionRule.VOTE: "By majority of those who vote in time: more must agree than object.",
    DecisionRule.TWO_STAGE: "The group decides first; then each organ must agree, and an objection stops it.",
    DecisionRule.UNSAID: "The terms do not say how such a thing is decided, so the answers are counted, no more.",
}
"""What the rule of the terms means for a proposal."""

OUTCOMES = {
    Outcome.OPEN: "Open",
    Outcome.AGREED: "Agreed",
    Outcome.STOPPED: "Stopped",
    Outcome.LOST: "Not agreed",
    Outcome.ANSWERED: "All have answered",
    Outcome.WITHDRAWN: "Withdrawn",
}


def in_words(number: int) -> str:
    """A small number as a sentence has it inside: "two", but "14"."""
    return NUMBERS[number] if number < len(NUMBERS) else f"{number:,}"


def weekday_words(date: datetime.date, on: datetime.date) -> str:
    """A day with its weekday, and its year where that is not the year of `on`: "Friday 4 December".

    >>> from datetime import date
    >>> weekday_words(date(2026, 12, 4), date(2026, 11, 26)), weekday_words(date(2027, 1, 8), date(2026, 11, 26))
    ('Friday 4 December', 'Friday 8 January 2027')
    """
    said = f"{date:%A} {date.day} {date:%B}"
    return said if date.year == on.year else f"{said} {date.year}"


def standing_sentence(then: ProposalThen, on: datetime.date) -> str:
    """Where a proposal stands on a day, in a sentence: "Agreed by 9 of 11 organs; two have until Friday 4 December."."""
    found, row = then.standing, then.row
    if found.outcome is Outcome.WITHDRAWN:
        by_then = f"; {_so_far(found, then.rule, lower=True)} by then" if found.counted else ""
        return f"Withdrawn on {day_words(row.withdrawn_on)}{by_then}."
    if not found.counted and not found.first:
        return "Nobody is left to answer." if found.gone else "Nobody is asked."
    if then.rule == DecisionRule.VOTE:
        return _vote_sentence(found, row.answer_by, on)
    if found.first:
        return _first_sentence(then, on)
    if found.outcome is Outcome.STOPPED:
        rest = [_so_far(found, then.rule, lower=True), *_not_answered(found)]
        return f"Stopped: {_names(found.object)} {_verb(found.object, 'objects', 'object')}; {', '.join(rest)}."
    if found.outcome is Outcome.LOST:
        return f"Not agreed: {_all(found.abstain, _noun(found, then.rule))} abstained."
    if found.outcome is Outcome.AGREED:
        if found.abstain:
            stood_aside = f"{in_words(len(found.abstain))} {_verb(found.abstain, 'stands', 'stand')} aside"
            return f"Agreed: by {len(found.agree)} of {_total(found, then.rule)}; {stood_aside}."
        return f"Agreed by {_all(found.agree, _noun(found, then.rule))}."
    parts = [_so_far(found, then.rule)]
    if found.object:
        parts.append(f"{in_words(len(found.object))} {_verb(found.object, 'objects', 'object')}")
    if found.abstain:
        parts.append(f"{in_words(len(found.abstain))} {_verb(found.abstain, 'abstains', 'abstain')}")
    if found.waiting:
        parts.append(_have_until(found.waiting, row.answer_by, on))
    return f"{'; '.join(parts)}."


def _noun(found: Standing, rule: DecisionRule) -> str:
    """What those who count are called: organs where all are, groups where all are, else parties."""
    kinds = {each.is_group for each in (*found.agree, *found.object, *found.abstain, *found.waiting)}
    if kinds == {False}:
        return "organ"
    return "group" if kinds == {True} else "party"


def _total(found: Standing, rule: DecisionRule) -> str:
    return count_words(found.counted, _noun(found, rule), "parties" if _noun(found, rule) == "party" else "")


def _all(parties: Sequence[Asked], noun: str) -> str:
    """ "all 11 organs", "both organs", or the one by its name."""
    if len(parties) == 1:
        return parties[0].name
    plural = "parties" if noun == "party" else f"{noun}s"
    return f"both {plural}" if len(parties) == 2 else f"all {len(parties)} {plural}"


def _so_far(found: Standing, rule: DecisionRule, *, lower: bool = False) -> str:
    said = f"{len(found.agree) or 'none'} of {_total(found, rule)}"
    if not found.agree:
        said = f"none of {_total(found, rule)}" if found.counted > 1 else "nobody"
    return f"{'agreed' if lower else 'Agreed'} by {said}"


def _not_answered(found: Standing) -> list[str]:
    if not found.waiting:
        return []
    return [f"and {in_words(len(found.waiting))} {_verb(found.waiting, 'has', 'have')} not answered"]


def _have_until(waiting: Sequence[Asked], answer_by: datetime.date | None, on: datetime.date) -> str:
    number, has = in_words(len(waiting)), _verb(waiting, "has", "have")
    if answer_by is None:
        return f"{number} {has} not answered, and no day is set"
    if answer_by < on:
        return f"{number} {has} not answered, and had until {weekday_words(answer_by, on)}"
    return f"{number} {has} until {weekday_words(answer_by, on)}"


def _names(parties: Sequence[Asked]) -> str:
    return list_words([each.name for each in parties])


def _verb(parties: Sequence[Asked], one: str, several: str) -> str:
    return one if len(parties) == 1 else several


def _vote_sentence(found: Standing, answer_by: datetime.date | None, on: datetime.date) -> str:
    votes = f"{len(found.agree)} for, {len(found.object)} against"
    if found.abstain:
        votes += f", {len(found.abstain)} abstaining"
    is_over = answer_by is not None and on > answer_by
    if found.waiting and is_over:
        rest = f"; {in_words(len(found.waiting))} did not vote by {weekday_words(answer_by, on)}" if answer_by else ""
    else:
        rest = f"; {_have_until(found.waiting, answer_by, on)}" if found.waiting else ""
    opening = {Outcome.AGREED: "Carried", Outcome.LOST: "Not carried"}.get(found.outcome, "Not decided yet")
    return f"{opening}: {votes}{rest}."


def _first_sentence(then: ProposalThen, on: datetime.date) -> str:
    """A proposal that a group has to decide on before the organs do."""
    found = then.standing
    first = _names(found.first)
    after = f" {_so_far(found, then.rule)} already." if found.agree else ""
    if found.outcome is Outcome.STOPPED:
        return f"Stopped before the organs decide: {first} {_verb(found.first, 'objects', 'object')}."
    if found.outcome is Outcome.LOST:
        return f"Not agreed: {first} abstained, so the organs do not decide."
    until = _have_until(found.first, then.row.answer_by, on).split(" ", 1)[1]
    if len(found.first) > 1:
        return f"Waits first for {first}, who {until}.{after}"
    return f"Waits first for {first}, which {until}.{after}"


# --- a page


@dataclass(frozen=True)
class AnswerLine:
    """One answer: what, why, on which day, by whom and by what right."""

    row: Answer
    says: str
    tag: str
    reason: str
    day: str
    by: Sequence[Piece]


@dataclass(frozen=True)
class PartyLine:
    """One party with the answer that counts, and its earlier ones, the latest first."""

    row: ProposalParty
    name: str
    href: str
    kind: str
    asked: str
    answer: AnswerLine | None
    earlier: Sequence[AnswerLine]
    counts: bool
    gone: Sequence[Piece]
    to_ask: Sequence[Organisation]
    """Who took over from an organ that closed before it answered, and is not asked yet."""


@dataclass(frozen=True)
class ProposalLine:
    """A proposal in a list."""

    title: str
    href: str
    group: str
    group_href: str
    invented: bool
    outcome: str
    is_open: bool
    sentence: str
    put_on: str
    answer_by: str


def proposal_line(then: ProposalThen, on: datetime.date) -> ProposalLine:
    row = then.row
    return ProposalLine(
        title=row.title,
        href=row.get_absolute_url(),
        group=row.group.name,
        group_href=row.group.get_absolute_url(),
        invented=row.group.invented,
        outcome=OUTCOMES[then.standing.outcome],
        is_open=not then.standing.is_settled,
        sentence=standing_sentence(then, on),
        put_on=day_words(row.put_on),
        answer_by=day_words(row.answer_by) if row.answer_by else "",
    )


def party_lines(then: ProposalThen, on: datetime.date) -> list[PartyLine]:
    """The parties with what each answered."""
    return [_party_line(party, then, on) for party in then.parties]


def _party_line(party: PartyThen, then: ProposalThen, on: datetime.date) -> PartyLine:
    row = party.row
    body = row.organisation or row.group
    assert body
    lines = [answer_line(each, on) for each in party.answers]
    heard = {each.name for each in then.standing.heard}
    return PartyLine(
        row=row,
        name=body.name,
        href=body.get_absolute_url(),
        kind=body.get_kind_display(),
        asked=day_words(row.asked_on) if row.asked_on != then.row.put_on else "",
        answer=lines[0] if lines else None,
        earlier=lines[1:],
        counts=body.name not in heard and not (party.is_gone and lines),
        gone=gone_pieces(party) if party.is_gone else (),
        to_ask=party.to_ask,
    )


def gone_pieces(party: PartyThen) -> list[Piece]:
    """That an organ closed before it answered, when, and who answers in its place."""
    body = party.row.organisation
    assert body
    closed = f", its last day being {day_words(body.end_date, body.end_precision)}" if body.end_date else ""
    pieces = [organisation_piece(body), Piece(f" closed{closed}, and had not answered: it counts no more.")]
    for each in party.asked_instead:
        pieces += [Piece(" "), organisation_piece(each), Piece(" took over from it, and is asked itself.")]
    for each in party.to_ask:
        said = " took over from it, and is to answer in its place, but was not asked yet."
        pieces += [Piece(" "), organisation_piece(each), Piece(said)]
    if not party.asked_instead and not party.to_ask:
        pieces.append(Piece(" Nobody is recorded to have taken over from it."))
    return pieces


TAGS = {Says.AGREES: "", Says.OBJECTS: "vacant", Says.ABSTAINS: "ended"}


def answer_line(row: Answer, on: datetime.date) -> AnswerLine:
    by: list[Piece] = []
    if row.person:
        by.append(person_piece(row.person))
    if row.by_right_of:
        by += [Piece(", as "), *role_pieces(row.by_right_of.role), Piece(f", {period_words(row.by_right_of, on)}")]
    return AnswerLine(
        row=row,
        says=Says(row.says).label,
        tag=TAGS[Says(row.says)],
        reason=row.reason,
        day=day_words(row.given_on),
        by=by,
    )


def citation(proposal: Proposal, sentence: str, on: datetime.date, address: str, register: str) -> str:
    """The line by which a page is cited: what was proposed, where it stood on which day, and where that can be read."""
    return (
        f"{proposal.group.name}, “{proposal.title}”, put on {day_words(proposal.put_on)}. "
        f"As at {day_words(on)}: {sentence} {register}, {address}"
    )


# --- what somebody is asked


@dataclass(frozen=True)
class AskedLine:
    """What somebody is asked: the proposal, for which organ, until when, and where they answer."""

    title: str
    href: str
    party: str
    group: str
    until: str
    as_whom: Sequence[Piece]
    answer: str


def asked_line(asked: AskedOf, on: datetime.date) -> AskedLine:
    row = asked.proposal.row
    until = "no day is set"
    if row.answer_by:
        until = f"{'until' if row.answer_by >= on else 'asked for until'} {weekday_words(row.answer_by, on)}"
    return AskedLine(
        title=row.title,
        href=row.get_absolute_url(),
        party=str(asked.party.row),
        group=row.group.name,
        until=until,
        as_whom=[*role_pieces(asked.right.role), Piece(".")],
        answer=f"/parties/{asked.party.row.pk}/answer",
    )
