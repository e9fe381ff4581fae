"""Entries about what does not add up: how an editor wrote down that it is managed."""

from __future__ import annotations

from memberships import actions, rules
from memberships.demo.book import Book
from memberships.demo.dates import known
from memberships.demo.entries.change import Entry
from memberships.demo.tables import rows


def manages(area: str, group: str, table: str) -> Entry:
    """How findings about members of a group are managed. Columns: person, rule, how, agreed by, to be looked at again on."""

    def enter(book: Book) -> None:
        about = book.groups[group]
        for person, code, how, agreed_by, review_on in rows(table, columns=5):
            who = book.person(person).pk
            (finding,) = (
                each
                for each in rules.find_about(book.day, people={who}, groups={about.pk})
                if each.code == code and who in each.people and about.pk in each.groups
            )
            actions.manage_finding(
                **book.said,
                rule=finding.code,
                subject=finding.subject,
                area=book.organisations[area],
                how=how,
                agreed_by=agreed_by,
                review_on=known(review_on).date if review_on else None,
                source=book.source,
            )

    return enter
