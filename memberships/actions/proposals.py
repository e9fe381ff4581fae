"""Sign-off: a proposal put to its parties, corrected while nobody has answered, withdrawn; and what a party answers."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from ics_leadership.facts import Source
from ics_leadership.history import change, day
from ics_leadership.words import day_words, list_words, period_words
from ics_leadership.writing import free_slug, keep
from memberships.models import Answer, Appointment, DecisionRule, Group, Person, Proposal, ProposalParty, Says, Terms
from memberships.organs import leads_on
from organisations.models import Organisation

if TYPE_CHECKING:
    from ics_leadership.accounts.models import User

NOBODY_SENTENCE = "Say who has to agree: at least one organ or group."
AHEAD_SENTENCE = "That day is still to come. Give the day on which it was answered."
BEFORE_SENTENCE = "Nobody can answer before they were asked, on {day}."
WITHDRAWN_SENTENCE = "The proposal was withdrawn on {day}, and nobody is asked any more."
NOT_THERE_SENTENCE = "{party} did not exist on {day}: {period}. It cannot have answered then."
NOT_TO_ASK_SENTENCE = "{party} did not exist on {day}: {period}. Ask who stands in its place."
NOT_LEADING_SENTENCE = "{person} did not lead {party} on {day}, so the answer cannot be theirs to give."


def put_proposal(
    *,
    by: User | None,
    why: str,
    group: Group,
    title: str,
    put_on: datetime.date,
    parties: Iterable[Organisation | Group],
    text: str = "",
    sponsor: Person | None = None,
    answer_by: datetime.date | None = None,
    source: Source | None = None,
) -> Proposal:
    """Put something to the groups and organs that must agree to it. Where the terms let the group decide first, and the
    organs then, the group itself is asked too. Raises ValidationError when nobody is asked.
    """
    with change(by=by, why=why):
        asked = list(dict.fromkeys(parties))
        terms = Terms.objects.as_at(put_on).filter(group=group).first()
        if terms and terms.decision_rule == DecisionRule.TWO_STAGE and group not in asked:
            asked.insert(0, group)
        if not asked:
            raise ValidationError(NOBODY_SENTENCE, code="nobody")
        proposal = keep(
            Proposal(
                slug=free_slug(Proposal, title),
                group=group,
                title=title,
                text=text,
                sponsor=sponsor,
                put_on=put_on,
                answer_by=answer_by,
                source=source,
            )
        )
        for each in asked:
            _ask(proposal, each, put_on)
        return proposal


def correct_proposal(
    *,
    by: User | None,
    why: str,
    proposal: Proposal,
    title: str,
    text: str,
    sponsor: Person | None,
    put_on: datetime.date,
    answer_by: datetime.date | None,
) -> Proposal:
    """Say anew what is proposed. Once somebody has answered, what they answered stays as it stood; who proposes it and the day
    to be answered by still move.
    """
    with change(by=by, why=why):
        answered = ProposalParty.objects.filter(proposal=proposal, answers__isnull=False).distinct()
        is_another = (title, text, put_on) != (proposal.title, proposal.text, proposal.put_on)
        if is_another and (names := sorted(str(party) for party in answered.select_related("organisation", "group"))):
            raise ValidationError(
                f"{list_words(names)} answered what stood there: only the day to be answered by, and who proposes it, can "
                "change now. Withdraw this proposal and put a new one.",
                code="answered",
            )
        for party in ProposalParty.objects.filter(proposal=proposal, asked_on=proposal.put_on):
            keep(party, asked_on=put_on)
        return keep(proposal, title=title, text=text, sponsor=sponsor, put_on=put_on, answer_by=answer_by)


def add_party(
    *, by: User | None, why: str, proposal: Proposal, party: Organisation | Group, asked_on: datetime.date
) -> ProposalParty:
    """Ask one more. Refused for who is asked already, and where the proposal was withdrawn by then."""
    with change(by=by, why=why):
        _check_stands(proposal, asked_on)
        if asked_on < proposal.put_on:
            raise ValidationError(f"The proposal was put on {day_words(proposal.put_on)}.", code="before")
        return _ask(proposal, party, asked_on)


def withdraw_proposal(*, by: User | None, why: str, proposal: Proposal, withdrawn_on: datetime.date) -> Proposal:
    """Nobody is asked any more from a day on; what was answered stays. (A proposal that never was one is a mistake, and is
    taken back as every record is.)
    """
    with change(by=by, why=why):
        if withdrawn_on > day():
            raise ValidationError("That day is still to come.", code="ahead")
        return keep(proposal, withdrawn_on=withdrawn_on)


def answer(
    *,
    by: User | None,
    why: str,
    party: ProposalParty,
    says: Says | str,
    given_on: datetime.date,
    reason: str = "",
    by_right_of: Appointment | None = None,
    source: Source | None = None,
) -> Answer:
    """Note what a party answered on a day, by right of which appointment. An earlier answer stays, and counts no longer.

    Raises ValidationError for a day to come, before they were asked or on which the party did not exist, and for an
    appointment that did not lead it on that day.
    """
    with change(by=by, why=why):
        if given_on > day():
            raise ValidationError({"given_on": ValidationError(AHEAD_SENTENCE, code="ahead")})
        if given_on < party.asked_on:
            sentence = BEFORE_SENTENCE.format(day=day_words(party.asked_on))
            raise ValidationError({"given_on": ValidationError(sentence, code="before")})
        body = party.organisation or party.group
        if body and (sentence := _not_there(body, given_on, NOT_THERE_SENTENCE)):
            raise ValidationError({"given_on": ValidationError(sentence, code="not_there")})
        _check_stands(party.proposal, given_on)
        if by_right_of and not leads_on(party, given_on).filter(pk=by_right_of.pk).exists():
            sentence = NOT_LEADING_SENTENCE.format(person=by_right_of.person, party=party, day=day_words(given_on))
            raise ValidationError({"by_right_of": ValidationError(sentence, code="not_leading")})
        return keep(
            Answer(
                party=party,
                says=says,
                reason=reason.strip(),
                given_on=given_on,
                person=by_right_of.person if by_right_of else None,
                by_right_of=by_right_of,
                source=source,
            )
        )


def _ask(proposal: Proposal, party: Organisation | Group, asked_on: datetime.date) -> ProposalParty:
    if sentence := _not_there(party, asked_on, NOT_TO_ASK_SENTENCE):
        raise ValidationError(sentence, code="not_there")
    group, organisation = (party, None) if isinstance(party, Group) else (None, party)
    return keep(ProposalParty(proposal=proposal, group=group, organisation=organisation, asked_on=asked_on))


def _not_there(party: Organisation | Group, on: datetime.date, sentence: str) -> str:
    """The sentence about a party that did not exist on a day; empty where it did."""
    if party.holds(on):
        return ""
    return sentence.format(party=party, day=day_words(on), period=period_words(party, on))


def _check_stands(proposal: Proposal, on: datetime.date) -> None:
    if proposal.withdrawn_on and on >= proposal.withdrawn_on:
        raise ValidationError(WITHDRAWN_SENTENCE.format(day=day_words(proposal.withdrawn_on)), code="withdrawn")
