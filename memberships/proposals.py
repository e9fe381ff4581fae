"""Proposals as their pages need them: who may see which, and each with its parties, their answers and where it stands.

Whether a proposal is published is asked of the terms in force on the day it was put, by which its parties answered; what
is not published is for readers who are signed in. A fixed number of queries, however many proposals.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, prefetch_related_objects
from django.db.models.functions import Coalesce

from ics_leadership.periods import ONE_DAY, today
from ics_leadership.prepared import prepared
from memberships.decisions import Asked, Said, Standing, standing
from memberships.models import (
    Answer,
    Appointment,
    DecisionRule,
    Group,
    PersonAccount,
    Proposal,
    ProposalParty,
    Says,
    Terms,
)
from memberships.organs import chaired_by_virtue_of, in_order, leads
from organisations.models import Organisation, Succession
from organisations.rights import Rights


def visible(rights: Rights, proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Those of `proposals` that may be seen: all by who is signed in, and by everybody those that terms publish."""
    if rights.is_signed_in:
        return proposals
    return proposals.filter(Exists(_terms_when_put().filter(publishes_proposals=True)))


def _terms_when_put() -> QuerySet[Terms]:
    terms: QuerySet[Terms] = Terms.objects.filter(group=OuterRef("group"), period__contains=OuterRef("put_on"))
    return terms


@dataclass
class PartyThen:
    """A party as at a day: all that it answered by then, the latest first; of an organ that closed before it answered, who
    took over from it and has to answer in its place, or is asked already.
    """

    row: ProposalParty
    answers: list[Answer] = field(default_factory=list)
    is_gone: bool = False
    to_ask: list[Organisation] = field(default_factory=list)
    asked_instead: list[Organisation] = field(default_factory=list)

    @property
    def latest(self) -> Answer | None:
        return self.answers[0] if self.answers else None


@dataclass
class ProposalThen:
    """A proposal as at a day, with the parties asked by then and where it stands."""

    row: Proposal
    rule: DecisionRule
    parties: list[PartyThen]
    standing: Standing


def as_at(proposals: QuerySet[Proposal], date: datetime.date) -> list[ProposalThen]:
    """Those of `proposals` that had been put by that day, in their order."""
    return _then(list(_put_by(proposals, date)), date)


def _put_by(proposals: QuerySet[Proposal], date: datetime.date) -> QuerySet[Proposal]:
    rule = Coalesce(Subquery(_terms_when_put().values("decision_rule")[:1]), Value(DecisionRule.UNSAID.value))
    put = proposals.filter(put_on__lte=date).annotate(rule=rule)
    return put.select_related("group__host", "group__covers", "sponsor", "source")


def _then(rows: list[Proposal], date: datetime.date) -> list[ProposalThen]:
    if rows:
        prefetch_related_objects(rows, Prefetch("parties", _parties(date), to_attr="asked_then"))
    closed = {each.organisation for row in rows for each in row.asked_then if _last_day(each)}  # type: ignore[attr-defined]
    successors = _successors([each.pk for each in closed if each.is_over(date)], date)
    return [_as_at(row, date, successors) for row in rows]


def _last_day(party: ProposalParty) -> datetime.date | None:
    """The last day of an organ that closes, by the widest reading of it."""
    upper = party.organisation.period.upper if party.organisation else None
    return upper - ONE_DAY if upper else None


def _successors(closed: list[int], date: datetime.date) -> dict[int, list[Succession]]:
    """For each organisation that closed by a day, who has taken over from it, by its id; of those that closed in their turn
    too, which takes a query a step.
    """
    found: dict[int, list[Succession]] = {}
    while closed:
        rows = Succession.objects.filter(predecessor__in=closed, on__lte=date).select_related("successor")
        found |= {pk: [] for pk in closed}
        for row in rows.order_by("successor__name", "pk"):
            found[row.predecessor_id].append(row)
        closed = [row.successor_id for row in rows if row.successor.is_over(date) and row.successor_id not in found]
    return found


def _in_place_of(closed: int | None, successors: dict[int, list[Succession]], date: datetime.date) -> list[Succession]:
    """Who stands on a day in the place of an organisation that closed, through as many successions as it takes."""
    seen, left, found = {closed}, [closed], []
    while left:
        for row in successors.get(left.pop() or 0, ()):
            if row.successor_id in seen:
                continue
            seen.add(row.successor_id)
            if row.successor.is_over(date):
                left.append(row.successor_id)
            else:
                found.append(row)
    return found


def _parties(date: datetime.date) -> QuerySet[Any]:
    answers = (
        Answer.objects.filter(given_on__lte=date)
        .select_related("person", "by_right_of__role__organisation", "by_right_of__role__of_group__group", "source")
        .order_by("given_on", "pk")
    )
    return (
        ProposalParty.objects.filter(asked_on__lte=date)
        .select_related("organisation", "group")
        .prefetch_related(Prefetch("answers", answers, to_attr="given_then"))
        .annotate(kind=Coalesce("organisation__kind", Value("")))
        .order_by("kind", Coalesce("organisation__name", "group__name"), "pk")
    )


def _as_at(row: Any, date: datetime.date, successors: dict[int, list[Succession]]) -> ProposalThen:
    rule = DecisionRule(row.rule)
    parties = [PartyThen(each, each.given_then[::-1]) for each in row.asked_then]
    asked = [
        Asked(
            name=str(each.row),
            is_group=each.row.group_id is not None,
            since=each.row.asked_on,
            answers=[Said(Says(one.says), one.given_on) for one in each.answers[::-1]],
            until=_last_day(each.row),
        )
        for each in parties
    ]
    days = {"on": date, "answer_by": row.answer_by, "withdrawn_on": row.withdrawn_on}
    gone = standing(rule, asked, **days).gone
    among = {each.row.organisation_id for each in parties}
    instead: dict[int, Asked] = {}
    for party in [party for party, each in zip(parties, asked, strict=True) if each in gone]:
        party.is_gone = True
        for succession in _in_place_of(party.row.organisation_id, successors, date):
            successor = succession.successor
            (party.asked_instead if successor.pk in among else party.to_ask).append(successor)
            if successor.pk not in among:
                instead[successor.pk] = Asked(successor.name, is_group=False, since=succession.on)
    return ProposalThen(row, rule, parties, standing(rule, [*asked, *instead.values()], **days))


def open_ones(proposals: QuerySet[Proposal], date: datetime.date) -> list[ProposalThen]:
    """Those that are open on that day, the one to be answered first before the others."""
    return _still_open(as_at(proposals.exclude(withdrawn_on__lte=date), date))


def _still_open(proposals: Iterable[ProposalThen]) -> list[ProposalThen]:
    waiting = (each for each in proposals if not each.standing.is_settled)
    return sorted(waiting, key=lambda each: each.row.answer_by or datetime.date.max)


def open_ones_of(group: Group, rights: Rights, date: datetime.date) -> list[ProposalThen]:
    """The proposals of a group that may be seen and are open on that day, as `open_ones` orders them."""
    asked = _not_withdrawn if rights.is_signed_in else _not_withdrawn_for_all
    return _still_open(_then(asked(group=group.pk, date=date), date))


@prepared
def _not_withdrawn(group: int, date: datetime.date) -> QuerySet[Proposal]:
    return _put_by(Proposal.objects.filter(group=group).exclude(withdrawn_on__lte=date), date)


@prepared
def _not_withdrawn_for_all(group: int, date: datetime.date) -> QuerySet[Proposal]:
    return visible(Rights(None), _not_withdrawn.ask(group, date))


def entry_of(rights: Rights) -> int | None:
    """The id of the entry of whoever looks, where their account has been linked to one."""
    if not rights.is_signed_in:
        return None
    link = PersonAccount.objects.filter(account=rights.account).first()
    return link.person_id if link else None


def answerable(rights: Rights, then: ProposalThen) -> set[int]:
    """The ids of the parties for which whoever looks may answer today; the same as `right_to_answer` says of each."""
    person = entry_of(rights)
    if person is None or then.row.withdrawn_on:
        return set()
    organisations, groups = led_by(person, today())
    return {
        party.row.pk
        for party in then.parties
        if party.row.organisation_id in organisations or party.row.group_id in groups
    }


def waiting_for(organisations: Iterable[Organisation], date: datetime.date) -> list[tuple[ProposalThen, PartyThen]]:
    """The proposals that are open on a day and wait for one of these organisations, each with it as a party."""
    asked = [each.pk for each in organisations]
    waits = ProposalParty.objects.filter(organisation__in=asked, proposal=OuterRef("pk"), answers=None)
    return [
        (each, party)
        for each in open_ones(Proposal.objects.filter(Exists(waits)), date)
        for party in each.parties
        if party.row.organisation_id in asked and not party.answers and not party.is_gone
    ]


@dataclass(frozen=True)
class AskedOf:
    """What somebody is asked: the proposal, the party for which they may answer, and by right of which appointment."""

    proposal: ProposalThen
    party: PartyThen
    right: Appointment


def asked_of(person: int, date: datetime.date) -> list[AskedOf]:
    """The open proposals that wait for an organ or group that somebody (by id) leads on that day, the most urgent first."""
    organisations, groups = led_by(person, date)
    if not organisations and not groups:
        return []
    waits = ProposalParty.objects.filter(
        Q(organisation__in=organisations) | Q(group__in=groups), proposal=OuterRef("pk"), answers=None
    )
    return [
        AskedOf(each, party, right)
        for each in open_ones(Proposal.objects.filter(Exists(waits)), date)
        for party in each.parties
        if not party.answers
        and (right := organisations.get(party.row.organisation_id) or groups.get(party.row.group_id))
    ]


def led_by(person: int, date: datetime.date) -> tuple[dict[int | None, Appointment], dict[int | None, Appointment]]:
    """The organisations and the groups that somebody leads on a day, by id, each with the appointment that says so."""
    organisations: dict[int | None, Appointment] = {}
    groups: dict[int | None, Appointment] = {}
    leading = in_order(Appointment.objects.as_at(date).filter(leads(date), person=person))
    for row in leading.annotate(chaired=chaired_by_virtue_of(date)):
        of_group = getattr(row.role, "of_group", None)
        if row.role.role_type.leads and of_group is None:
            organisations.setdefault(row.role.organisation_id, row)
        if row.role.role_type.leads and of_group:
            groups.setdefault(of_group.group_id, row)
        for group in row.chaired:
            groups.setdefault(group, row)
    return organisations, groups
