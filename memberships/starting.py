"""Where the recording of a change begins: the changes in plain words, and the records found by name that they may start
from, as far as an editor may change them.

The changes themselves are flows of their own; what is said of what is found is left to `presenters.record`.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from memberships import finding, outlook
from memberships.models import Group, Membership, Person, Seat
from memberships.rights import editable_people, in_group
from organisations.models import Organisation
from organisations.rights import Rights
from roles.models import Role


class Of(StrEnum):
    """What kind of record a change starts from."""

    PERSON = "people"
    ROLE = "roles"
    GROUP = "groups"
    ORGANISATION = "organisations"


@dataclass(frozen=True)
class ChangeKind:
    """A kind of change. It starts from a record of one of the kinds `of`, for which the page asks `asks`; or where there is
    none, on the page `page`.

    `also_called` are words by which people look for it that its title and sentence do not hold.
    """

    name: str
    title: str
    says: str
    of: tuple[Of, ...] = ()
    asks: str = "Who, or which role?"
    page: str = ""
    also_called: str = ""

    def is_called(self, words: str) -> bool:
        """Whether any of the longer words that somebody typed begins a word of this kind."""
        known = f"{self.title} {self.also_called}".casefold().split()
        typed = [word.casefold() for word in words.split() if len(word) > SHORT]
        return any(each.startswith(word) for word in typed for each in known)


SHORT = 3

STEPS_DOWN = ChangeKind(
    "steps-down",
    "Somebody steps down",
    "They leave a role. You see first which seats rest on it and what falls vacant.",
    of=(Of.PERSON, Of.ROLE),
    also_called="leaves left resigns resigned retires retired ends ended gone dies died vacant vacancy",
)
APPOINTED = ChangeKind(
    "appointed",
    "Somebody is appointed",
    "They take a role, with the seats that go with it and who pays.",
    of=(Of.PERSON, Of.ROLE),
    also_called="elected nominated joins starts succeeds replaces acting interim new director chair lead",
)
TERM = ChangeKind(
    "term",
    "A term is extended or corrected",
    "The dates of a role, how they came to it or what else was written down wrongly.",
    of=(Of.PERSON, Of.ROLE),
    also_called="extension extends renewed reappointed wrong dates mistake funding sessions",
)
VACANT = ChangeKind(
    "vacant",
    "A post is vacant",
    "Nobody holds it, since a day that is known or not.",
    of=(Of.ROLE,),
    asks="Which role?",
    also_called="vacancy empty unfilled nobody",
)
PERSON = ChangeKind(
    "person",
    "Somebody changes name or profession",
    "Or can be reached elsewhere.",
    of=(Of.PERSON,),
    asks="Who?",
    also_called="marries married surname contact telephone email registration",
)
PRACTICE = ChangeKind(
    "practice",
    "Somebody changes practice",
    "They work at another practice from a day on.",
    of=(Of.PERSON,),
    asks="Who?",
    also_called="moves partner salaried",
)
SEAT_FILLED = ChangeKind(
    "seat-filled",
    "A seat is filled",
    "Somebody comes to sit on a group, and on what basis.",
    of=(Of.GROUP,),
    asks="Which group?",
    also_called="member membership joins board committee",
)
SEAT_LEFT = ChangeKind(
    "seat-left",
    "Somebody leaves a seat",
    "They sit on a group no more, whatever roles they hold.",
    of=(Of.PERSON,),
    asks="Who?",
    also_called="member membership board committee resigns term",
)
GROUP = ChangeKind(
    "group",
    "A group changes its name or whom it covers",
    "Or something else that was written down wrongly.",
    of=(Of.GROUP,),
    asks="Which group?",
    also_called="renamed corrected host",
)
ROLE = ChangeKind(
    "role",
    "A role changes its title or whom it acts for",
    "Or something else that was written down wrongly.",
    of=(Of.ROLE,),
    asks="Which role?",
    also_called="renamed corrected remit",
)
TERMS = ChangeKind(
    "terms",
    "A group has new terms of reference",
    "A new version, from a day on: its seats, its rules, what of the former goes on.",
    of=(Of.GROUP,),
    asks="Which group?",
    also_called="constitution rules quorum seats version",
)
ORGANISATION = ChangeKind(
    "organisation",
    "An organisation changes",
    "Its name, or anything else that people keep of it.",
    of=(Of.ORGANISATION,),
    asks="Which organisation?",
    also_called="renamed corrected address",
)
NETWORK = ChangeKind(
    "network",
    "A practice changes network",
    "It leaves one primary care network for another, or for none.",
    of=(Of.ORGANISATION,),
    asks="Which practice?",
    also_called="pcn moves joins leaves",
)
CLOSES = ChangeKind(
    "closes",
    "An organisation closes",
    "You see what it leaves open: roles, seats, groups.",
    of=(Of.ORGANISATION,),
    asks="Which organisation?",
    also_called="closed closure abolished ends",
)
NEW_PERSON = ChangeKind(
    "new-person",
    "There is somebody new",
    "Somebody whom the register does not know yet. Appointing them adds them too.",
    page="new-person",
    also_called="added",
)
MERGER = ChangeKind(
    "merger",
    "Networks merge",
    "One takes over from others, with their practices.",
    page="merge-networks",
    also_called="pcn merger merged join succession split",
)
NEW_GROUP = ChangeKind(
    "new-group", "There is a new group", "A board, a forum or a committee.", page="new-group", also_called="added"
)
NEW_ROLE = ChangeKind(
    "new-role",
    "There is a new role",
    "A post, whether or not anybody holds it.",
    page="new-role",
    also_called="added post",
)
NEW_ORGANISATION = ChangeKind(
    "new-organisation",
    "There is a new organisation",
    "One that nothing published speaks of.",
    page="new-organisation",
    also_called="added practice federation alliance",
)
MANY = ChangeKind(
    "many",
    "Many changes at once",
    "Bring in a spreadsheet, and see what each row would change before anything does.",
    page="new-import",
    also_called="import excel xlsx csv upload spreadsheet list",
)

KINDS = (
    ("People", (STEPS_DOWN, APPOINTED, TERM, PERSON, PRACTICE, NEW_PERSON)),
    ("Groups and seats", (SEAT_FILLED, SEAT_LEFT, TERMS, GROUP, NEW_GROUP)),
    ("Roles", (VACANT, ROLE, NEW_ROLE)),
    ("Organisations", (NETWORK, MERGER, ORGANISATION, CLOSES, NEW_ORGANISATION)),
    ("Spreadsheets", (MANY,)),
)
"""Every kind of change, those made most often first."""


def kind_called(name: str) -> ChangeKind | None:
    """The kind of that name."""
    return next((kind for _, kinds in KINDS for kind in kinds if kind.name == name), None)


@dataclass(frozen=True)
class Startable:
    """What was found by name, and of it the ids of what an editor may change; for the people the seats that they hold,
    for the groups those that nobody fills.
    """

    found: finding.Found
    editable: dict[Of, set[int]]
    seats_held: dict[int, list[Membership]]
    seats_open: dict[int, list[Seat]]


def startable(words: str, rights: Rights, date: datetime.date) -> Startable:
    """What is called roughly `words`, in a fixed number of queries."""
    found = finding.find(words, date)
    inside = rights.inside(date)
    editable = {
        Of.PERSON: _ids(editable_people(rights, Person.objects.all()), found.people),
        Of.ROLE: _ids(_allowed(rights, Role.objects.all(), Q(organisation__in=inside)), found.roles),
        Of.GROUP: _ids(_allowed(rights, Group.objects.all(), in_group(rights, "")), found.groups),
        Of.ORGANISATION: _ids(_allowed(rights, Organisation.objects.all(), Q(pk__in=inside)), found.organisations),
    }
    held = Membership.objects.as_at(date).filter(person__in=editable[Of.PERSON]).select_related("seat__terms__group")
    vacant = outlook.vacant_seats(date).filter(terms__group__in=editable[Of.GROUP]).select_related("terms__group")
    return Startable(
        found,
        editable,
        _by(held.order_by("seat__terms__group__name", "pk"), "person_id"),
        _by(vacant.order_by("order"), "terms.group_id"),
    )


R = TypeVar("R", bound=Model)


def _allowed(rights: Rights, rows: QuerySet[R], within: Q) -> QuerySet[R]:
    return rows if rights.is_administrator else rows.filter(within)


def _ids(rows: QuerySet[Any], found: Iterable[Model]) -> set[int]:
    return set(rows.filter(pk__in=[row.pk for row in found]).values_list("pk", flat=True))


def _by(rows: Iterable[R], key: str) -> dict[int, list[R]]:
    grouped: dict[int, list[R]] = defaultdict(list)
    of = attrgetter(key)
    for row in rows:
        grouped[of(row)].append(row)
    return grouped
