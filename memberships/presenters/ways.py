"""The changes that a record's own page offers to its editors, each with the words and address of its form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Model
from django.urls import reverse

from memberships.models import Appointment, Deputy, FundingLine, Group, Membership, Person, Seat
from memberships.presenters.reasons import Piece
from organisations.models import Organisation
from roles.models import Role

Named = tuple[str, str]
"""The words of a change, and the name of its address."""

OF_PERSON: Sequence[Named] = (
    ("Takes up a role", "appoint-person"),
    ("Name, profession, contact", "correct-person"),
    ("Moves to another practice", "move-practice-of-person"),
    ("Add a skill", "add-skill"),
    ("Offers to mentor", "add-offer"),
    ("Their account", "link-account"),
)
OF_ROLE: Sequence[Named] = (
    ("Somebody is appointed", "appoint-to-role"),
    ("Is vacant", "vacant-role"),
    ("Has a new remit", "new-remit"),
    ("Correct", "correct-role"),
    ("Ends", "end-role"),
)
OF_GROUP: Sequence[Named] = (
    ("Has new terms of reference", "new-terms"),
    ("Correct", "correct-group"),
    ("Has a new remit", "new-group-remit"),
    ("Who funds it", "fund-group"),
    ("Reports to somebody", "new-reporting-line"),
    ("Ends", "end-group"),
)
OF_APPOINTMENT: Sequence[Named] = (
    ("Steps down", "end-appointment"),
    ("Extend or correct", "correct-appointment"),
    ("Who pays", "fund-appointment"),
)
OF_MEMBERSHIP: Sequence[Named] = (
    ("Leaves the seat", "end-membership"),
    ("Extend or correct", "correct-membership"),
    ("Name a deputy", "add-deputy"),
)


def _by_slug(named: Sequence[Named]) -> Callable[[Any], list[Piece]]:
    return lambda record: [Piece(text, reverse(name, args=[record.slug])) for text, name in named]


def _by_number(*named: Named) -> Callable[[Any], list[Piece]]:
    return lambda record: [Piece(text, reverse(name, args=[record.pk])) for text, name in named]


def _of_organisation(organisation: Organisation) -> list[Piece]:
    return [Piece("Add a role here", f"{reverse('new-role')}?organisation={organisation.pk}")]


_WAYS: dict[type[Model], Callable[[Any], list[Piece]]] = {
    Person: _by_slug(OF_PERSON),
    Role: _by_slug(OF_ROLE),
    Group: _by_slug(OF_GROUP),
    Organisation: _of_organisation,
    Appointment: _by_number(*OF_APPOINTMENT),
    Membership: _by_number(*OF_MEMBERSHIP),
    Seat: _by_number(("Fill it", "fill-seat")),
    Deputy: _by_number(("Deputises no longer", "end-deputy")),
    FundingLine: _by_number(("Correct", "correct-funding")),
}


def ways_to_change(record: Model) -> list[Piece]:
    """The changes that start from a record, the most frequent first."""
    return _WAYS[type(record)](record) if type(record) in _WAYS else []
