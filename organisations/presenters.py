"""Organisations in words: rows of the list, and how an organisation stands on a day. No query is made here."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from ics_leadership.words import day_words, period_words
from organisations.models import Organisation, Status


@dataclass(frozen=True)
class OrganisationRow:
    """One row of the list. `part_of` are the organisations that it stands under on the day; `standing` is empty while
    it is simply open."""

    name: str
    href: str
    kind: str
    code: str
    part_of: list[Organisation]
    open: str
    standing: str
    invented: bool


def organisation_row(organisation: Organisation, on: datetime.date) -> OrganisationRow:
    """A row of the list from an organisation with `above`, its links upward on the day (`OrganisationQuerySet`)."""
    return OrganisationRow(
        name=organisation.name,
        href=organisation.get_absolute_url(),
        kind=organisation.get_kind_display(),
        code=organisation.ods_code or "",
        part_of=[link.other for link in organisation.above],  # type: ignore[attr-defined]
        open=period_words(organisation, on),
        standing=standing_tag(organisation, on),
        invented=organisation.invented,
    )


def standing_tag(organisation: Organisation, on: datetime.date) -> str:
    """One or two words where an organisation is not simply open on that day."""
    if organisation.period.lower and organisation.period.lower > on:
        return "Not open yet"
    if not organisation.holds(on):
        return "Closed"
    return organisation.get_status_display() if organisation.status in (Status.DORMANT, Status.PROPOSED) else ""


def standing_sentence(organisation: Organisation, on: datetime.date) -> str:
    """How it stood on a day when it was not open, as a sentence; empty when it was."""
    if organisation.period.lower and organisation.period.lower > on:
        opens = day_words(organisation.start_date, organisation.start_precision)
        return f"Not open yet on {day_words(on)}. It opens on {opens}."
    if organisation.holds(on):
        return ""
    if organisation.end_date is None:
        return f"Closed by {day_words(on)}, on a day that is not recorded."
    closed = day_words(organisation.end_date, organisation.end_precision)
    return f"Closed on {day_words(on)}. Its last day was {closed}."
