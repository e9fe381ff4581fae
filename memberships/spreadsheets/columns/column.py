"""What a column of a spreadsheet is to the register, and the parts that columns of several kinds of list share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db import models

from ics_leadership.accounts.models import Sight

NOT_SHOWN = "not shown"
"""What a list writes where its reader may not see what the register holds, whether it holds something or not."""

NOT_IN_A_CELL = "see the register"
"""What a list writes for what one cell cannot hold: money from several pots, a text longer than a spreadsheet takes."""

LEFT_ALONE = frozenset([NOT_SHOWN, NOT_IN_A_CELL])
"""What says nothing when it is brought back: the register keeps what it has."""


class ListKind(models.TextChoices):
    """What a row of a sheet is about."""

    PEOPLE = "people", "People and what they hold"
    ROLES = "roles", "Roles"
    SEATS = "seats", "Seats in groups, and who holds them"
    GROUPS = "groups", "Groups"
    ORGANISATIONS = "organisations", "Organisations"
    OFFERS = "offers", "Offers to mentor"
    SKILLS = "skills", "Skills, and who holds them"


class Means(StrEnum):
    """How the cells of a column are read (see `cells`)."""

    TEXT = "text"
    NAME = "name"
    EMAIL = "email"
    REGISTRATION = "registration"
    CHOICE = "choice"
    START = "start"
    END = "end"
    TERM = "term"
    HOW = "how"
    ELECTED = "elected"
    NUMBER = "number"
    MONEY = "money"
    YES_NO = "yes_no"
    ORGANISATION = "organisation"
    ROLES = "roles"
    ID = "id"


@dataclass(frozen=True)
class Column:
    """One column of a kind of list.

    `heading` is what exports and the template write; `others` what people call it. A column that is `shown_only` is
    written for information: bringing it back changed is no edit. `sight` says which right it takes to see it, `personal`
    that it is for signed-in readers. A column that is not `exported` stands for several that are,
    or is written by some lists alone.
    """

    key: str
    heading: str
    meaning: str
    example: str
    means: Means = Means.TEXT
    others: tuple[str, ...] = ()
    choices: type[models.TextChoices] | None = None
    required: bool = False
    exported: bool = True
    shown_only: bool = False
    in_template: bool = False
    personal: bool = False
    sight: Sight | None = None
    width: int = 18


def number_column(key: str, what: str) -> Column:
    """The register's own number of a record, by which a row that was exported is known again."""
    return Column(
        key,
        f"{what} number (do not change)",
        f"The register’s number of the {what.lower()}. It says which record the row is about, whatever else changes.",
        "1204",
        Means.ID,
        (f"{what} number", f"{what} id", f"{what}_id"),
        width=10,
    )


def start_column(what: str, example: str = "April 2019", others: tuple[str, ...] = ()) -> Column:
    return Column(
        "start",
        "From",
        f"The first day {what}, as exactly as it is known: “1 April 2019”, “April 2019”, “2019”, “by April 2019”, “not known”.",
        example,
        Means.START,
        ("Start", "Start date", "Since", "Date from", "Started", "Date started", "Commenced", "In post since", *others),
        in_template=True,
    )


def end_column(what: str, example: str = "31 March 2027", others: tuple[str, ...] = ()) -> Column:
    return Column(
        "end",
        "Until",
        f"The last day {what}, that day included; empty while none is known. “left, date not known” is an answer.",
        example,
        Means.END,
        ("End", "End date", "To", "Date to", "Ends", "Ended", "Finished", "Expires", *others),
        in_template=True,
    )


ORGANISATION_MEANING = "A name or an ODS code; both, as “Tarrow Vale PCN (U12345)”, where names are alike."


NAME_PARTS = (
    Column("title", "Title", "Dr, Professor, Mrs, …", "Dr", others=("Salutation", "Prefix"), width=8),
    Column(
        "given_names",
        "Given names",
        "All names before the family name.",
        "Siân",
        others=("First name", "First names", "Forename", "Forenames", "Given name", "Christian name"),
    ),
    Column("family_name", "Family name", "The family name alone.", "O’Brien-Lee", others=("Surname", "Last name")),
)
"""A name in its parts, as lists write it, so that it reads back the same whatever it is."""
