"""The entry for the office's yearly check of who is still there: it notices what ended without anybody telling."""

from __future__ import annotations

from memberships import actions
from memberships.demo.book import Book
from memberships.demo.dates import UNTIL, known
from memberships.demo.entries.change import Entry
from memberships.models import Appointment, Membership
from roles import actions as roles


def notice_later(book: Book, row: Appointment | Membership, when: str) -> None:
    """Let a later check notice the end that `when` says with "until", if it does."""
    _, until, end = when.partition(UNTIL)
    if until:
        book.to_be_noticed.append((row, known(end)))


def checks_who_is_still_there() -> Entry:
    """End what had ended before the day of the check. With a partnership its role ends: it waits for nobody."""

    def enter(book: Book) -> None:
        for row, end in book.to_be_noticed[:]:
            if end.last_day is None or end.last_day >= book.day:
                continue
            book.to_be_noticed.remove((row, end))
            row.refresh_from_db()
            if row.has_end:
                continue
            if isinstance(row, Membership):
                actions.end_membership(**book.said, membership=row, end=end)
            else:
                actions.end_appointment(**book.said, appointment=row, end=end)
                if row.role.role_type == book.role_types["partner"]:
                    roles.end_role(**book.said, role=row.role, end=end)

    return enter
