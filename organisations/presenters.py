"""Organisations in words: rows of the list, and how an organisation stands on a day. No query is made here."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from ics_leadership.periods import Precision
from ics_leadership.words import count_words, day_words, period_words
from organisations.models import Kind, Link, LinkKind, Organisation, Status


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
        return "Not recorded yet" if organisation.start_precision == Precision.BY else "Not open yet"
    if not organisation.holds(on):
        return "Closed"
    return organisation.get_status_display() if organisation.status in (Status.DORMANT, Status.PROPOSED) else ""


def standing_sentence(organisation: Organisation, on: datetime.date) -> str:
    """How it stood on a day when it was not open, as a sentence; empty when it was.

    One that was open by some day may have been so on any day before it.
    """
    opens, closed, precision = organisation.start_date, organisation.end_date, Precision(organisation.end_precision)
    if opens and opens > on:
        if organisation.start_precision == Precision.BY:
            return f"It is first recorded on {day_words(opens)}; the register does not know since when it was open."
        exactly = organisation.start_precision == Precision.DAY
        return (
            f"Not open yet on {day_words(on)}. "
            f"It opens {'on' if exactly else 'in'} {day_words(opens, organisation.start_precision)}."
        )
    if organisation.holds(on):
        return ""
    if closed is None:
        return f"Closed by {day_words(on)}, on a day that is not recorded."
    if precision == Precision.DAY:
        return f"Not open on {day_words(on)}: its last day was {day_words(closed)}."
    when = day_words(closed, precision) if precision == Precision.BY else f"in {day_words(closed, precision)}"
    return f"Not open on {day_words(on)}: it closed {when}."


_PLURALS = {
    Kind.TRUST: "NHS trusts or foundation trusts",
    Kind.LOCAL_AUTHORITY: "Local authorities",
    Kind.VOLUNTARY: "Voluntary-sector bodies",
    Kind.ALLIANCE: "Provider collaboratives or GP alliances",
}


def kind_counted(kind: Kind, number: int) -> str:
    """A number of organisations of one kind: "25 primary care networks"."""
    singular, plural = kind.label, _PLURALS.get(kind, f"{kind.label}s")
    return count_words(number, _inside_a_sentence(singular), _inside_a_sentence(plural))


def _inside_a_sentence(words: str) -> str:
    """Without its capital, unless an abbreviation begins it."""
    return words if words[1:2].isupper() else f"{words[:1].lower()}{words[1:]}"


# What the one at the other end of a link is to this one: seen from below, and seen from above.
_FROM_BELOW = {kind: kind.label for kind in LinkKind}
_FROM_ABOVE = {
    LinkKind.PART_OF: "its part",
    LinkKind.CORE_PARTNER_OF: "its core partner",
    LinkKind.MEMBER_OF: "its member",
    LinkKind.COVERS: "covered by",
}


@dataclass(frozen=True)
class LinkRow:
    """A link seen from one of its ends: "core partner of", the other end, when."""

    what: str
    name: str
    href: str
    kind: str
    when: str


def link_row(link: Link, organisation: Organisation, on: datetime.date) -> LinkRow:
    """The row for the page of `organisation`, which stands at either end of the link."""
    from_below = link.organisation_id == organisation.pk
    other = link.other if from_below else link.organisation
    return LinkRow(
        what=(_FROM_BELOW if from_below else _FROM_ABOVE)[LinkKind(link.kind)],
        name=other.name,
        href=other.get_absolute_url(),
        kind=other.get_kind_display(),
        when=period_words(link, on),
    )


# The facts that files publish, as columns, and what they are called.
_PUBLISHED = (
    ("name", "written", "name"),
    ("status", "status", "status"),
    ("address", "address", "address"),
    ("postcode", "postcode", "postcode"),
    ("telephone", "telephone", "telephone"),
)


def changed_by_hand(organisation: Organisation) -> list[str]:
    """What an editor has written otherwise than it was published."""
    published = organisation.published or {}
    return [
        label
        for column, key, label in _PUBLISHED
        if published.get(key) and getattr(organisation, column) != published[key]
    ]


def published_as_of(organisation: Organisation) -> datetime.date | None:
    """The day of the newest file that its published facts come from."""
    as_of = (organisation.published or {}).get("as_of")
    return datetime.date.fromisoformat(as_of) if as_of else None
