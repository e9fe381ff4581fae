"""What a rule finds: a warning in plain words, whom and what it concerns, and which page settles it.

A finding is never stored. It is known by its rule and its `subject`, which names the record it is about and all that it
rests on: when those facts change, it is another finding, and what was written down about the former no longer stands.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from ics_leadership.periods import PartialDate
from ics_leadership.words import day_words
from memberships.models import ManagedFinding
from memberships.presenters.reasons import Piece

LONGEST_SUBJECT = 200
"""As long as `ManagedFinding.subject` can be."""


class Page(StrEnum):
    """What a page does that settles a finding, each with the record that it does it to."""

    END_MEMBERSHIP = "end-membership"  # membership
    CHANGE_MEMBERSHIP = "change-membership"  # membership
    END_APPOINTMENT = "end-appointment"  # appointment
    CHANGE_APPOINTMENT = "change-appointment"  # appointment
    FUND_APPOINTMENT = "fund-appointment"  # appointment
    APPOINT = "appoint"  # role
    CHANGE_ROLE = "change-role"  # role
    END_ROLE = "end-role"  # role
    ADD_ROLE = "add-role"  # organisation
    FILL_SEAT = "fill-seat"  # seat
    NEW_TERMS = "new-terms"  # group
    CHANGE_GROUP = "change-group"  # group
    END_GROUP = "end-group"  # group
    CORRECT_PERSON = "correct-person"  # person
    END_NEED = "end-need"  # needed function
    DECLARE = "declare-interests"  # person


@dataclass(frozen=True)
class Way:
    """Something that would settle a finding, in words, and the page on which it is done to which record."""

    text: str
    page: Page
    pk: int


@dataclass(frozen=True)
class Finding:
    """That something does not add up on the day `as_at`. Every finding is a warning; people decide.

    `about` is the record it is about ("membership:12"), `rests_on` the other facts without which it would be another
    finding. `place` is the id of the organisation in whose area it lies; `people`, `roles`, `groups`, `organisations` and
    `functions` are the ids of those that it concerns. `since` is the day from which all that it rests on has been so, None where
    that is not known. `managed` is what an editor wrote down about just this finding, if that was so by then and its review was not overdue.
    """

    code: str
    as_at: datetime.date
    about: str
    pieces: tuple[Piece, ...]
    place: int
    ways: tuple[Way, ...]
    rests_on: tuple[str, ...] = ()
    people: frozenset[int] = frozenset()
    roles: frozenset[int] = frozenset()
    groups: frozenset[int] = frozenset()
    organisations: frozenset[int] = frozenset()
    functions: frozenset[int] = frozenset()
    since: PartialDate | None = None
    managed: ManagedFinding | None = None

    @property
    def subject(self) -> str:
        """What the finding is about and rests on, as `ManagedFinding.subject` keeps it; shortened where it is long."""
        facts = ",".join(self.rests_on)
        if not facts:
            return self.about
        whole = f"{self.about}/{facts}"
        return whole if len(whole) <= LONGEST_SUBJECT else f"{self.about}/{hashlib.sha256(facts.encode()).hexdigest()}"

    @property
    def key(self) -> str:
        """The finding by its words: the same when a change is tried and when it is made, though new records get other
        numbers.
        """
        return f"{self.code}:{hashlib.sha256(self.text.encode()).hexdigest()[:16]}"

    @property
    def text(self) -> str:
        """The sentence as plain words."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def since_words(self) -> str:
        """The day since when it has been so, as exactly as it is known; empty where it is not."""
        if self.since is None or self.since.first_day is None:
            return ""
        return day_words(self.since.date, self.since.precision)


def compare(before: Iterable[Finding], after: Iterable[Finding]) -> tuple[list[Finding], list[Finding]]:
    """What a change would bring about and what it would settle, out of what the rules find before and after it.

    A finding that grew (two of six places vacant instead of one) is gained, as it reads afterwards. One that only
    shrank is neither gained nor settled, nor is one that reads the same of another record: of the seat under new terms to
    which a member went over.
    """
    had, has = ({(each.code, each.about): each for each in findings} for findings in (before, after))
    read, reads = ({each.key for each in findings.values()} for findings in (had, has))
    gained = [
        finding
        for key, finding in has.items()
        if (key not in had or not set(finding.rests_on) <= set(had[key].rests_on)) and finding.key not in read
    ]
    return gained, [finding for key, finding in had.items() if key not in has and finding.key not in reads]


def with_managed(findings: Iterable[Finding]) -> list[Finding]:
    """The findings with what was written down about each; one query for each day that they are of."""
    known: list[Finding] = []
    for date, of_one_day in groupby(findings, lambda finding: finding.as_at):
        found = list(of_one_day)
        rows = ManagedFinding.objects.filter(
            subject__in={finding.subject for finding in found}, since__lte=date
        ).exclude(review_on__lt=date)
        written = {(row.rule, row.subject): row for row in rows.select_related("area").order_by("-pk")}
        known += [replace(finding, managed=written.get((finding.code, finding.subject))) for finding in found]
    return known
