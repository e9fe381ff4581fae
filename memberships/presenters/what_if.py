"""What would follow from a departure, in words: what falls vacant, who deputises, what would not add up and what is settled."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from itertools import groupby

from django.urls import reverse

from ics_leadership.periods import ONE_DAY
from ics_leadership.words import day_words, list_words
from memberships.flows import Consequence
from memberships.models import Membership, Person
from memberships.presenters.holdings import role_words
from memberships.presenters.reasons import Piece, person_piece
from memberships.rules import Finding
from memberships.what_if import Answer, LeftPost, WhatIf

GAINED = {
    "GL05": "Seats vacant or soon to be",
    "GL06": "Organs without a seat",
    "GL07": "Quorum lost",
    "GL08": "Networks without a director",
}
"""Headings for what would not add up, by the code of the rule; all else stands under `OTHERWISE`."""

OTHERWISE = "What else would not add up"


def consequences(question: WhatIf, answer: Answer) -> list[Consequence]:
    """What follows, the heaviest first."""
    found = [*_roles(question, answer), *_seats(question, answer)]
    found += [Consequence(title, lines, "warning") for title, lines in _gained(answer.outcome.gained)]
    if answer.outcome.settled:
        found.append(Consequence("What this settles", [each.pieces for each in answer.outcome.settled]))
    return found


def _roles(question: WhatIf, answer: Answer) -> list[Consequence]:
    if question.role:
        return [Consequence("The post", [_about_role(question)], "")]
    vacant: list[Sequence[Piece]] = []
    held: list[Sequence[Piece]] = []
    for post in answer.posts:
        link = Piece(role_words(post.role), post.role.get_absolute_url())
        if post.vacant_on is None:
            held.append((link, Piece(f" is then held by {_names(post.others)}.")))
        else:
            follow = Piece("Who could follow", f"{reverse('succession')}?role={post.role.slug}")
            vacant.append((link, Piece(f" {_vacant_words(post, post.vacant_on, question.after)} "), follow))
    found = [Consequence("Posts vacant", vacant, "warning")] if vacant else []
    return [*found, Consequence("Posts that others hold still", held)] if held else found


def _vacant_words(post: LeftPost, vacant_on: datetime.date, after: datetime.date) -> str:
    if vacant_on == after:
        return f"falls vacant on {day_words(vacant_on)}."
    until = day_words(vacant_on - ONE_DAY)
    if not post.others:
        return f"stays vacant after {until}: nobody else is to come."
    holds = "holds" if len(post.others) == 1 else "hold"
    return f"falls vacant on {day_words(vacant_on)}: {_names(post.others)} {holds} it until {until}, and nobody else is to come."


def _about_role(question: WhatIf) -> list[Piece]:
    assert question.role
    names = [row.person for row in question.appointments]
    left = f" {_names(names)} would leave it." if names else " Nobody holds it."
    return [
        Piece(role_words(question.role), question.role.get_absolute_url()),
        Piece(f" ends on {day_words(question.last_day)}.{left}"),
    ]


def _seats(question: WhatIf, answer: Answer) -> list[Consequence]:
    lines = [_seat(row, question, answer) for row in answer.seats]
    return [Consequence("Seats given up", lines, "warning")] if lines else []


def _seat(row: Membership, question: WhatIf, answer: Answer) -> list[Piece]:
    group = row.seat.terms.group
    pieces = [
        Piece(group.name, group.get_absolute_url()),
        Piece(f": {row.seat.get_category_display().lower()}, “{row.seat}”"),
    ]
    if (first_day := question.first_day(row)) > question.after:
        pieces.append(Piece(f", from {day_words(first_day)}"))
    if question.role:
        pieces += [Piece(", "), person_piece(row.person)]
    deputies = answer.deputies.get(row.pk)
    pieces.append(Piece(f". Deputy: {_names(deputies)}, until then." if deputies else ". No deputy is named."))
    if others := answer.beside.get(row.pk):
        pieces.append(Piece(f" In the same seat: {_names(others)}."))
    return [*pieces, Piece(" "), Piece("Who could follow", f"{reverse('succession')}?group={group.slug}")]


def _names(people: Sequence[Person]) -> str:
    return list_words([person.name for person in people])


def _gained(findings: Sequence[Finding]) -> list[tuple[str, list[Sequence[Piece]]]]:
    headings = [*GAINED.values(), OTHERWISE]

    def heading(finding: Finding) -> int:
        # Terms that are past their review date are found by the rule about quorums.
        is_review = finding.about.endswith(":review")
        return headings.index(OTHERWISE if is_review else GAINED.get(finding.code, OTHERWISE))

    ordered = sorted(findings, key=heading)
    return [(headings[number], [each.pieces for each in of]) for number, of in groupby(ordered, heading)]
