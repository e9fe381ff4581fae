"""What erasing somebody takes and leaves, in words."""

from __future__ import annotations

from collections.abc import Iterator

from ics_leadership.words import count_words
from memberships.actions.erasing import Erased


def what_goes(erased: Erased) -> Iterator[str]:
    """A line for everything that goes, by how much of it there is."""
    for model, number in erased.rows.items():
        meta = model._meta
        yield count_words(number, str(meta.verbose_name), str(meta.verbose_name_plural))
    yield "All that the history knows of these"
    beside = (
        (erased.accounts, "account, closed and without a name", "accounts, closed and without a name"),
        (erased.snapshots, "frozen export loses its file", "frozen exports lose their files"),
        (erased.messages, "message about their page", "messages about their page"),
        (erased.imported, "row of a spreadsheet that was brought", "rows of spreadsheets that were brought"),
        (
            erased.texts,
            "other row that names them says “[erased]” instead",
            "other rows that name them say “[erased]” instead",
        ),
        (erased.loosened, "row of somebody else leads to them no more", "rows of others lead to them no more"),
    )
    yield from (count_words(number, one, many) for number, one, many in beside if number)


def what_stays(others: int) -> Iterator[str]:
    """What nobody can do for the administrator, and what is kept of the erased."""
    yield "A number and today’s day for each row, so that copies of the register can follow and the page can say that it was erased."
    yield "Texts that mention them by the family name alone, or otherwise: look for those yourself, before this or after it."
    yield "Days that have passed show what they held as though nobody had held it."
    yield "Backups, letters that were sent, and files that people took away."
    if others:
        yield (
            f"{count_words(others, 'other person bears', 'other people bear')} the same name. Their entries stay as they are; texts that "
            "name them in full will say “[erased]” too."
        )
