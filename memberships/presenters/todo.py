"""The to-do list in words: what waits, since or until when, and the pages on which it is dealt with."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone

from ics_leadership import recorded
from ics_leadership.periods import today
from ics_leadership.words import count_words, day_words, list_words, period_words
from memberships import todo
from memberships.duplicates import Pair
from memberships.models import Appointment, Category, Membership, Message, Person, SpreadsheetImport, Stage
from memberships.presenters.history import page_address
from memberships.presenters.messages import message_line
from memberships.presenters.proposals import standing_sentence
from memberships.presenters.reasons import Piece, organisation_piece, person_piece, role_pieces
from memberships.presenters.terms import open_for_words
from memberships.proposals import ProposalThen
from memberships.rules import Rule
from memberships.todo import OfRule, Scope
from organisations.models import Organisation
from roles.models import Role


@dataclass(frozen=True)
class Item:
    """One thing to do: what it is about, a line that says more, and where it is dealt with, the likeliest first.

    `confirm` is where a click says that a record is still true.
    """

    about: Sequence[Piece]
    line: str
    ways: Sequence[Piece]
    confirm: str = ""


def _as_many_as_rows(rows: Paginator) -> int:
    return rows.count


@dataclass(frozen=True)
class Part:
    """A part of the list. `name` is its address, `none` what is said where it is empty. `rows` asks for all of it, `load`
    gives those that are shown what an `item` says of each; `number` is how much there is to do in all. `page` is the name of the page that shows it whole, where that is not a page of the list's own.
    """

    name: str
    title: str
    lead: str
    none: str
    rows: Callable[[Scope], Any]
    item: Callable[[Any], Item]
    load: Callable[[Iterable[Any]], Sequence[Any]] = list
    number: Callable[[Paginator], int] = _as_many_as_rows
    page: str = ""

    @property
    def href(self) -> str:
        return reverse(self.page) if self.page else reverse("to-do-section", args=[self.name])


def _way(text: str, name: str, *arguments: Any) -> Piece:
    return Piece(text, reverse(name, args=arguments))


def _of_rule(each: OfRule) -> Item:
    waiting = count_words(each.waiting, "finding") if each.waiting else "Nothing that waits"
    managed = f"; {each.managed:,} managed" if each.managed else ""
    return Item([Piece(each.rule.what(), _findings_of(each.rule))], waiting + managed, [])


def _findings_of(rule: Rule) -> str:
    return f"{reverse('to-do-findings')}?rule={rule.code}"


def _findings_waiting(of_rules: Paginator) -> int:
    return sum(each.waiting for each in of_rules.object_list)


def _message(message: Message) -> Item:
    line = message_line(message)
    return Item([Piece(line.about, line.href)], f"Sent on {line.sent}: {line.text}", [Piece("Answer", line.href)])


def _import(sheet: SpreadsheetImport) -> Item:
    page = _way("Go on with it", "import", sheet.pk)
    what = f": {sheet.problem}" if sheet.stage == Stage.FAILED and sheet.problem else ""
    by = f"uploaded by {sheet.by} on {day_words(timezone.localdate(sheet.uploaded_at))}"
    return Item([Piece(sheet.name, page.href)], f"{sheet.get_stage_display().capitalize()}{what}; {by}", [page])


def _role_vacant(vacant: tuple[Role, Appointment | None]) -> Item:
    role, last = vacant
    return Item(
        role_pieces(role),
        _last_held(last) if last else "Nobody is recorded as having held it",
        [_way("Record who holds it", "appoint-to-role", role.slug)],
    )


def _last_held(by: Appointment) -> str:
    return f"Last held by {by.person}, {period_words(by, today())}"


def _seat_vacant(seat: Any) -> Item:
    group = seat.terms.group
    pieces = [Piece(f"{seat.title}, "), Piece(group.name, group.get_absolute_url())]
    line = f"{seat.missing} of {seat.places} places vacant" if seat.places > 1 else "Vacant"
    if seat.open_for and seat.missing < seat.places:
        line = f"{line}: {open_for_words(seat.open_for)}"
    return Item(pieces, line, [_way("Fill it", "fill-seat", seat.pk)])


def _role_ending(held: Appointment) -> Item:
    return Item(
        [person_piece(held.person), Piece(": "), *role_pieces(held.role)],
        _ends(held),
        [
            _way("Extend or correct", "correct-appointment", held.pk),
            _way("Record who follows", "appoint-to-role", held.role.slug),
        ],
    )


def _seat_ending(sits: Membership) -> Item:
    return Item(
        _seat_of(sits),
        _ends(sits),
        [
            _way("Extend or correct", "correct-membership", sits.pk),
            _way("Record who follows", "fill-seat", sits.seat_id),
        ],
    )


def _ends(row: Appointment | Membership) -> str:
    return f"Ends {day_words(row.end_date, row.end_precision)}" if row.end_date else "Ended, day not known"


def _unconfirmed(row: tuple[datetime.date, str, Any]) -> Item:
    confirmed_on, table, record = row
    return Item(
        _named(record),
        f"{recorded.of(type(record)).title}, last confirmed on {day_words(confirmed_on)}",
        [Piece("Look at it", page_address(record))],
        confirm=reverse("still-true", args=[table, record.pk]),
    )


def _named(record: Any) -> Sequence[Piece]:
    """A record of any kind that is confirmed, in pieces that lead to what it is about."""
    if isinstance(record, Appointment):
        return [person_piece(record.person), Piece(": "), *role_pieces(record.role)]
    if isinstance(record, Membership):
        return _seat_of(record)
    if isinstance(record, Role):
        return role_pieces(record)
    return [Piece(str(record), record.get_absolute_url())]


def _seat_of(sits: Membership) -> Sequence[Piece]:
    group = sits.seat.terms.group
    how = Category(sits.seat.category).label.lower()
    return [person_piece(sits.person), Piece(f": {how}, "), Piece(group.name, group.get_absolute_url())]


def _unnamed(organisation: Organisation) -> Item:
    return Item(
        [organisation_piece(organisation)],
        f"{organisation.get_kind_display()}, known only by its code",
        [_way("Name it", "correct-organisation", organisation.slug)],
    )


def _split(body: Organisation) -> Item:
    left, successors = body.left, body.successors  # type: ignore[attr-defined]
    return Item(
        [organisation_piece(body)],
        f"Closed on {day_words(body.end_date, body.end_precision)} with {count_words(successors, 'successor')}; "
        f"{count_words(left, 'organisation')} that stood under it {'has' if left == 1 else 'have'} no place yet",
        [_way("Say where they belong", "allocate-successors", body.slug)],
    )


def _proposal(waiting: ProposalThen) -> Item:
    row = waiting.row
    group = Piece(row.group.name, row.group.get_absolute_url())
    found = waiting.standing.first or waiting.standing.waiting
    missing = list_words([each.name for each in found]) if len(found) <= MOST_NAMED else f"{len(found)} parties"
    return Item(
        [Piece(row.title, row.get_absolute_url()), Piece(", "), group],
        f"{standing_sentence(waiting, today())} Missing: {missing}.",
        [Piece("Record an answer", f"{row.get_absolute_url()}#parties")],
    )


MOST_NAMED = 4
"""More parties than these are counted, not named."""


def _alike(row: tuple[Pair, Person, Person]) -> Item:
    pair, first, second = row
    return Item(
        [person_piece(first), Piece(" and "), person_piece(second)],
        "; ".join(reason.words for reason in pair.likeness.reasons),
        [_way("Compare them", "duplicate", first.pk, second.pk)],
    )


PARTS = (
    Part(
        "messages",
        "Messages to the keeper",
        "What readers say is wrong or missing.",
        "No message waits for an answer.",
        todo.messages_waiting,
        _message,
        page="messages",
    ),
    Part(
        "findings",
        "What does not add up",
        "What the rules find. A warning is a question: put the record right, or say how it is managed.",
        "The rules find nothing that does not add up.",
        todo.findings,
        _of_rule,
        number=_findings_waiting,
        page="to-do-findings",
    ),
    Part(
        "proposals",
        "Proposals waiting for an answer",
        "Those who must agree and have not answered. Record what they say; linked leaders can answer for themselves.",
        "No proposal waits for an answer.",
        todo.proposals_waiting,
        _proposal,
    ),
    Part(
        "imports",
        "Spreadsheets not brought in yet",
        "Uploaded, and neither brought in nor put aside.",
        "No spreadsheet waits.",
        todo.imports_waiting,
        _import,
    ),
    Part(
        "vacant-roles",
        "Roles that nobody holds",
        "Vacant today.",
        "Every role is held.",
        todo.roles_vacant,
        _role_vacant,
        load=todo.with_last_holders,
    ),
    Part(
        "vacant-seats",
        "Seats that nobody fills",
        "Chairs and core members whom the terms provide for.",
        "Every seat at the table is filled.",
        todo.seats_vacant,
        _seat_vacant,
    ),
    Part(
        "roles-ending",
        "Appointments that end soon",
        "Within six months.",
        "No appointment ends within six months.",
        todo.roles_ending,
        _role_ending,
    ),
    Part(
        "seats-ending",
        "Seats whose term ends soon",
        "Within six months.",
        "No seat’s term ends within six months.",
        todo.seats_ending,
        _seat_ending,
    ),
    Part(
        "unconfirmed",
        "Still true?",
        "What nobody has confirmed for long. Look, and say that it is still true, or correct it.",
        "Everything was confirmed lately.",
        todo.unconfirmed,
        _unconfirmed,
        load=todo.with_records,
    ),
    Part(
        "unnamed",
        "Organisations without a name",
        "Published by their code alone: give them the name that people use.",
        "Every organisation has a name.",
        todo.organisations_unnamed,
        _unnamed,
    ),
    Part(
        "split",
        "Bodies that were split",
        "Nothing published says which of their successors has what stood under them.",
        "All that stood under a body that was split has its place.",
        todo.bodies_split,
        _split,
    ),
    Part(
        "duplicates",
        "Entries that may be one person’s",
        "Compare them, and merge them or say that they are two people.",
        "No two entries look like one person’s.",
        todo.duplicates,
        _alike,
        load=todo.with_people,
        page="duplicates",
    ),
)
"""The parts in the order in which they are shown: what somebody waits for, then what lapses, then what can wait."""
