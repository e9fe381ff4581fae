"""The page on which the recording of a change begins, in words: what was found, and the changes that start from it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse

from memberships import starting
from memberships.models import Group, Person
from memberships.presenters.holdings import role_words
from memberships.presenters.reasons import Piece
from memberships.presenters.search import group_result, organisation_result, person_result, role_result
from memberships.starting import ChangeKind, Of, Startable
from organisations.models import Kind, Organisation
from roles.models import Role


@dataclass(frozen=True)
class Offer:
    """A kind of change, and where it starts."""

    title: str
    says: str
    href: str


@dataclass(frozen=True)
class Start:
    """A record that was found, what tells it from its namesakes, and the changes that start from it.

    Where there are none, `none` says why.
    """

    name: str
    href: str
    line: str
    ways: Sequence[Piece]
    none: str


def offers() -> list[tuple[str, list[Offer]]]:
    """All kinds of change under their headings."""
    return [(heading, [_offer(kind) for kind in kinds]) for heading, kinds in starting.KINDS]


def offers_called(words: str) -> list[Offer]:
    """The kinds of change that somebody may have meant by what they typed."""
    return [_offer(kind) for _, kinds in starting.KINDS for kind in kinds if kind.is_called(words)]


def _offer(kind: ChangeKind) -> Offer:
    return Offer(kind.title, kind.says, reverse(kind.page) if kind.page else f"{reverse('record')}?change={kind.name}")


def starts(startable: Startable, chosen: ChangeKind | None, on: datetime.date) -> list[Start]:
    """What was found, with the changes that start from each: those of the kind that was chosen, or all."""
    found = startable.found
    rows = [
        *((Of.PERSON, person, person_result(person, on)) for person in found.people),
        *((Of.ROLE, role, role_result(role, on)) for role in found.roles),
        *((Of.GROUP, group, group_result(group, on)) for group in found.groups),
        *(
            (Of.ORGANISATION, organisation, organisation_result(organisation, on))
            for organisation in found.organisations
        ),
    ]
    shown = []
    for of, row, result in rows:
        if chosen and of not in chosen.of:
            continue
        may_change = row.pk in startable.editable[of]
        ways = [piece for kind, piece in _WAYS[of](row, startable, on) if chosen in (None, kind)] if may_change else []
        none = (
            "Nothing of this kind starts here."
            if may_change
            else "Outside your area today. Its own page says what you may change of it."
        )
        shown.append(Start(result.name, result.href, result.line, ways, "" if ways else none))
    return shown


Ways = Iterator[tuple[ChangeKind, Piece]]


def _of_person(person: Person, startable: Startable, on: datetime.date) -> Ways:
    held = [each for each in person.appointments_ever if each.holds(on)]  # type: ignore[attr-defined]
    for each in held:
        yield _way(starting.STEPS_DOWN, f"Steps down: {role_words(each.role)}", "end-appointment", each.pk)
    yield _way(starting.APPOINTED, "Is appointed to a role", "appoint-person", person.slug)
    for each in held:
        yield _way(starting.TERM, f"Extend or correct: {role_words(each.role)}", "correct-appointment", each.pk)
    for sits in startable.seats_held.get(person.pk, ()):
        group = sits.seat.terms.group
        yield _way(starting.SEAT_LEFT, f"Leaves the seat: {sits.seat.title}, {group}", "end-membership", sits.pk)
    yield _way(starting.PRACTICE, "Changes practice", "move-practice-of-person", person.slug)
    yield _way(starting.PERSON, "Changes name or profession", "correct-person", person.slug)


def _of_role(role: Role, startable: Startable, on: datetime.date) -> Ways:
    held = role.held_then  # type: ignore[attr-defined]
    yield _way(starting.APPOINTED, "Somebody is appointed", "appoint-to-role", role.slug)
    for each in held:
        yield _way(starting.STEPS_DOWN, f"{each.person} steps down", "end-appointment", each.pk)
    yield _way(starting.VACANT, "It is vacant", "vacant-role", role.slug)
    for each in held:
        yield _way(starting.TERM, f"Extend or correct the term of {each.person}", "correct-appointment", each.pk)
    yield _way(starting.ROLE, "Correct the role", "correct-role", role.slug)


def _of_group(group: Group, startable: Startable, on: datetime.date) -> Ways:
    for seat in startable.seats_open.get(group.pk, ()):
        yield _way(starting.SEAT_FILLED, f"Fill the seat: {seat.title}", "fill-seat", seat.pk)
    yield _way(starting.TERMS, "New terms of reference", "new-terms", group.slug)
    yield _way(starting.GROUP, "Correct the group", "correct-group", group.slug)


def _of_organisation(organisation: Organisation, startable: Startable, on: datetime.date) -> Ways:
    if organisation.kind == Kind.PRACTICE:
        yield _way(starting.NETWORK, "Changes network", "move-practice", organisation.slug)
    yield _way(starting.ORGANISATION, "Correct or rename it", "correct-organisation", organisation.slug)
    if organisation.holds(on):
        yield _way(starting.CLOSES, "Closes", "close-organisation", organisation.slug)


_WAYS: dict[Of, Callable[..., Ways]] = {
    Of.PERSON: _of_person,
    Of.ROLE: _of_role,
    Of.GROUP: _of_group,
    Of.ORGANISATION: _of_organisation,
}


def _way(kind: ChangeKind, text: str, name: str, *arguments: object) -> tuple[ChangeKind, Piece]:
    return kind, Piece(text, reverse(name, args=arguments))
