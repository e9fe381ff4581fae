"""Entries about sign-off and interests: proposals, what the organs answer, and what members declare."""

from __future__ import annotations

import datetime
from itertools import groupby

from memberships import actions
from memberships.demo.book import Book
from memberships.demo.dates import known, period
from memberships.demo.entries.change import Entry
from memberships.demo.tables import rows
from memberships.models import InterestCategory, ProposalParty, Says
from memberships.organs import leads_on, organs_of


def proposes(
    key: str, group: str, title: str, text: str, *, by: str = "", answer_by: str = "", also: str = ""
) -> Entry:
    """A group puts something to every organ of its area, and `also` to other groups; on the day of the change."""

    def enter(book: Book) -> None:
        this = book.groups[group]
        book.proposals[key] = actions.put_proposal(
            **book.said,
            group=this,
            title=title,
            # Lines of the table are no lines of the text.
            text=" ".join(text.split()),
            sponsor=book.person(by) if by else None,
            put_on=book.day,
            answer_by=known(answer_by).date if answer_by else None,
            parties=[*organs_of(this, book.day), *(book.groups[name] for name in also.split(", ") if name)],
            source=book.source,
        )

    return enter


def answers(key: str, table: str) -> Entry:
    """What organs and groups answer. Columns: who, what, on which day, reason. Whoever led it on that day answered."""

    def enter(book: Book) -> None:
        for who, says, day, reason in rows(table, columns=4):
            party = _party(book, key, who)
            given_on = datetime.date.fromisoformat(day)
            actions.answer(
                **book.said,
                party=party,
                says=Says(says),
                given_on=given_on,
                reason=reason,
                by_right_of=leads_on(party, given_on).first(),
                source=book.source,
            )

    return enter


def _party(book: Book, key: str, who: str) -> ProposalParty:
    parties = ProposalParty.objects.filter(proposal=book.proposals[key])
    if who in book.groups:
        return parties.get(group=book.groups[who])
    return parties.get(organisation=book.organisations[who])


def declares(declared_on: str, table: str) -> Entry:
    """What people declare on a day, all that each has. Columns: person, category, what, in which body, period; a row with
    the person alone: that there is nothing.
    """

    def enter(book: Book) -> None:
        for key, lines in groupby(rows(table, columns=5), key=lambda cells: cells[0]):
            person = book.person(key)
            held = {row.what: row for row in person.interests.all()}
            declared = []
            for _, category, what, body, when in lines:
                if not category:
                    continue
                start, end = period(when)
                new = actions.NewInterest(
                    InterestCategory(category), what, start, end, book.organisations[body] if body else None
                )
                declared.append((held.get(what), new))
            actions.declare_interests(
                **book.said,
                person=person,
                declared_on=datetime.date.fromisoformat(declared_on),
                interests=declared,
                source=book.source,
            )

    return enter
