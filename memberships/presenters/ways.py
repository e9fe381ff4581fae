"""The changes that a record's own page offers to its editors, each with the words and address of its form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Model
from django.urls import reverse

from memberships.models import (
    Appointment,
    Deputy,
    FundingLine,
    Group,
    GroupFunding,
    Influence,
    Interest,
    Membership,
    Person,
    PostOffer,
    Proposal,
    ReportingLine,
    Seat,
    Terms,
)
from memberships.presenters.reasons import Piece
from organisations.models import Kind, Link, Organisation
from roles.models import Role

Named = tuple[str, str]
"""The words of a change, and the name of its address."""

OF_PERSON: Sequence[Named] = (
    ("Takes up a role", "appoint-person"),
    ("Name, profession, contact", "correct-person"),
    ("Moves to another practice", "move-practice-of-person"),
    ("Add a skill", "add-skill"),
    ("Offers to mentor", "add-offer"),
    ("Offers to take on a post", "add-post-offer"),
    ("Declares interests", "declare-interests"),
    ("Has one interest more", "add-interest"),
    ("Where they may sit, and where not", "why-not-of-person"),
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
    ("Puts a proposal", "new-proposal"),
    ("Who funds it", "fund-group"),
    ("Reports to somebody", "new-reporting-line"),
    ("Is there to influence somebody", "new-influence"),
    ("Who may sit, and who not", "why-not"),
    ("Ends", "end-group"),
)
OF_ORGANISATION: Sequence[Named] = (
    ("Name, dates, address", "correct-organisation"),
    ("Belongs to another", "new-link"),
    ("Closes", "close-organisation"),
    ("Needs a function led", "need-function"),
)
OF_PROPOSAL: Sequence[Named] = (
    ("Ask one more", "add-party"),
    ("Correct", "correct-proposal"),
    ("Is withdrawn", "withdraw-proposal"),
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
    ways = _by_slug(OF_ORGANISATION)(organisation)
    if organisation.kind == Kind.PRACTICE:
        ways.append(Piece("Moves to another network", reverse("move-practice", args=[organisation.slug])))
    if organisation.kind == Kind.PCN:
        ways.append(Piece("Merges with others", f"{reverse('merge-networks')}?with={organisation.slug}"))
    return [*ways, Piece("Add a role here", f"{reverse('new-role')}?organisation={organisation.pk}")]


def _of_person(person: Person) -> list[Piece]:
    return [*_by_slug(OF_PERSON)(person), _what_if(f"person={person.slug}", "What if they leave")]


def _of_role(role: Role) -> list[Piece]:
    return [*_by_slug(OF_ROLE)(role), _what_if(f"role={role.slug}", "What if it is abolished")]


def _of_group(group: Group) -> list[Piece]:
    return [*_by_slug(OF_GROUP)(group), _what_if(f"group={group.slug}", "What if a member leaves")]


def _of_appointment(held: Appointment) -> list[Piece]:
    return [*_by_number(*OF_APPOINTMENT)(held), *_what_if_term(f"appointment={held.pk}", held)]


def _of_membership(seat: Membership) -> list[Piece]:
    return [*_by_number(*OF_MEMBERSHIP)(seat), *_what_if_term(f"membership={seat.pk}", seat)]


def _what_if(asked: str, text: str) -> Piece:
    return Piece(text, f"{reverse('what-if')}?{asked}")


def _what_if_term(asked: str, row: Appointment | Membership) -> list[Piece]:
    ways = [_what_if(asked, "What if they leave")]
    if row.end_date:
        ways.append(_what_if(f"{asked}&not_renewed=yes", "What if it is not renewed"))
    return ways


_WAYS: dict[type[Model], Callable[[Any], list[Piece]]] = {
    Person: _of_person,
    Role: _of_role,
    Group: _of_group,
    Organisation: _of_organisation,
    Appointment: _of_appointment,
    Membership: _of_membership,
    Seat: _by_number(("Fill it", "fill-seat")),
    Deputy: _by_number(("Deputises no longer", "end-deputy")),
    FundingLine: _by_number(("Correct", "correct-funding")),
    Terms: _by_number(("Correct this version", "correct-terms")),
    ReportingLine: _by_number(("Ends", "end-reporting-line")),
    GroupFunding: _by_number(("Ends", "end-group-funding")),
    Influence: _by_number(("Ends", "end-influence")),
    Interest: _by_number(("Correct", "correct-interest"), ("Ends", "end-interest")),
    PostOffer: _by_number(("Offers it no longer", "end-post-offer")),
    Proposal: _by_slug(OF_PROPOSAL),
    Link: _by_number(("Ends", "end-link"), ("Correct", "correct-link")),
}


def ways_to_change(record: Model) -> list[Piece]:
    """The changes that start from a record, the most frequent first."""
    return _WAYS[type(record)](record) if type(record) in _WAYS else []
