"""What the rules find, in lines for editors: the sentence, since when, the pages that settle it, how it is managed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Model
from django.urls import reverse

from ics_leadership.words import day_words
from memberships.models import Group, ManagedFinding, Person
from memberships.presenters.reasons import Piece
from memberships.rules import Finding, Page, Way
from roles.models import Role

Slugs = Callable[[type[Model], Sequence[int]], Mapping[int, str]]

BY_ADDRESS: dict[Page, type[Model]] = {
    Page.APPOINT: Role,
    Page.CHANGE_ROLE: Role,
    Page.END_ROLE: Role,
    Page.NEW_TERMS: Group,
    Page.CHANGE_GROUP: Group,
    Page.END_GROUP: Group,
    Page.CORRECT_PERSON: Person,
    Page.DECLARE: Person,
}
"""The records whose pages are found by the last part of their address; the others by their number."""

NAMES: dict[Page, str] = {
    Page.END_MEMBERSHIP: "end-membership",
    Page.CHANGE_MEMBERSHIP: "correct-membership",
    Page.END_APPOINTMENT: "end-appointment",
    Page.CHANGE_APPOINTMENT: "correct-appointment",
    Page.FUND_APPOINTMENT: "fund-appointment",
    Page.APPOINT: "appoint-to-role",
    Page.CHANGE_ROLE: "correct-role",
    Page.END_ROLE: "end-role",
    Page.ADD_ROLE: "new-role",
    Page.FILL_SEAT: "fill-seat",
    Page.NEW_TERMS: "new-terms",
    Page.CHANGE_GROUP: "correct-group",
    Page.END_GROUP: "end-group",
    Page.CORRECT_PERSON: "correct-person",
    Page.END_NEED: "end-need",
    Page.DECLARE: "declare-interests",
}


@dataclass(frozen=True)
class FindingLine:
    """One finding: its sentence, since when, the pages that would settle it; and where it is, how it is managed."""

    pieces: Sequence[Piece]
    since: str
    ways: Sequence[Piece]
    how: str
    agreed: str


def finding_lines(findings: Sequence[Finding], slugs: Slugs, *, kept: Collection[int]) -> list[FindingLine]:
    """Lines for findings; `slugs` gives the last parts of the addresses of some records of one kind, by their ids.

    The pages that settle them are named for findings in places `kept` by the reader, who may open those.
    """
    wanted: dict[type[Model], list[int]] = {}
    for finding in findings:
        for way in finding.ways if finding.place in kept else ():
            if model := BY_ADDRESS.get(way.page):
                wanted.setdefault(model, []).append(way.pk)
    known = {model: slugs(model, ids) for model, ids in wanted.items()}
    return [
        FindingLine(
            pieces=finding.pieces,
            since=finding.since_words,
            ways=[*(piece for way in finding.ways if (piece := _way(way, known))), _managing(finding)]
            if finding.place in kept
            else [],
            how=finding.managed.how if finding.managed else "",
            agreed=_agreed(finding.managed) if finding.managed else "",
        )
        for finding in findings
    ]


def _way(way: Way, known: Mapping[type[Model], Mapping[int, str]]) -> Piece | None:
    """The link to a page that settles a finding; None where its record has gone meanwhile."""
    if way.page == Page.ADD_ROLE:
        return Piece(way.text, reverse(NAMES[way.page]))
    model = BY_ADDRESS.get(way.page)
    record = known[model].get(way.pk) if model else way.pk
    return Piece(way.text, reverse(NAMES[way.page], args=[record])) if record else None


def _managing(finding: Finding) -> Piece:
    """The link to the page that says how a finding is managed."""
    words = "Change how this is managed" if finding.managed else "Say how this is managed"
    return Piece(words, reverse("manage-finding", args=[finding.code, finding.subject]))


def _agreed(managed: ManagedFinding) -> str:
    parts = [
        f"agreed by {managed.agreed_by}" if managed.agreed_by else "",
        f"to be looked at again on {day_words(managed.review_on)}" if managed.review_on else "",
    ]
    return ", ".join(part for part in parts if part)
