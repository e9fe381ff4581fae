"""One organisation in words: what it is, who leads it, where it stands among the others. No query is made here."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ics_leadership.periods import ONE_DAY
from ics_leadership.pictures import Column, Node, Tree, tree
from ics_leadership.words import day_words, period_words
from memberships.models import Appointment, Group
from memberships.presenters.groups import Absence
from memberships.presenters.posts import Holder, Post, holder, names_first
from organisations.models import Kind, Link, LinkKind, Organisation, Succession
from organisations.presenters import LinkRow, kind_counted, standing_sentence
from organisations.standing import WAY_UP

# A picture of what came before or after holds no more boxes than these on a side; where there may be more, a table has all.
MOST_BOXES = 12
# How many of its roles an organisation's page names before everything else.
FIRST_ROLES = 3


# --- first on the page


def key_facts(
    organisation: Organisation,
    posts: Sequence[Post],
    links: Sequence[Link],
    inside: Mapping[Kind, int],
    on: datetime.date,
) -> list[dict[str, Any]]:
    """What a reader with a phone wants first: who leads it, what it is part of, how many practices it has."""
    facts: list[dict[str, Any]] = [
        {
            "term": shown.kind,
            "values": names_first(shown.holders)
            or ([{"text": "Vacant", "href": shown.href}] if shown.is_vacant else []),
        }
        for shown in posts[:FIRST_ROLES]
    ]
    if not facts:
        facts.append({"term": "Leadership", "values": []})
    above = [link for link in links if link.kind != LinkKind.COVERS]
    if above:
        facts.append({"term": "Part of", "values": [_place_value(link, on) for link in above]})
    if inside.get(Kind.PRACTICE) and organisation.kind != Kind.PRACTICE:
        number = inside[Kind.PRACTICE]
        facts.append(
            {
                "term": "Practices",
                "values": [{"text": f"{number:,}", "href": list_address(organisation, Kind.PRACTICE)}],
            }
        )
    return facts


def _place_value(link: Link, on: datetime.date) -> dict[str, str]:
    return {
        "text": link.other.short_name or link.other.name,
        "href": link.other.get_absolute_url(),
        "line": _standing(link, on),
    }


def list_address(area: Organisation, kind: Kind) -> str:
    """The list of the organisations of a kind inside an area."""
    return f"/organisations?within={area.slug}&kind={kind}"


# --- when it was not open, and who else bore its code


def absence(organisation: Organisation, on: datetime.date) -> Absence | None:
    """What to say on a day before an organisation opened or after it closed; nothing where it was open."""
    lower, upper = organisation.period.lower, organisation.period.upper
    sentence = standing_sentence(organisation, on)
    if lower and on < lower:
        return Absence(sentence, lower)
    return Absence(sentence, upper - ONE_DAY) if upper and upper <= on else None


def code_sentence(organisation: Organisation, other: Organisation, on: datetime.date) -> str:
    """When another organisation bore this one's code, up to its name: "… was borne until 30 June 2022 by"."""
    if other.end_date and (organisation.start_date is None or other.end_date < organisation.start_date):
        return f"The code {organisation.ods_code} was borne until {day_words(other.end_date, other.end_precision)} by"
    if other.start_date and other.start_date > on:
        return f"The code {organisation.ods_code} will be borne from {day_words(other.start_date, other.start_precision)} by"
    if other.holds(on) and not organisation.holds(on):
        return f"The code {organisation.ods_code} is borne {period_words(other, on)} by"
    return f"The code {organisation.ods_code} is shared, {period_words(other, on)}, by"


# --- where it stands


@dataclass(frozen=True)
class Step:
    """One step of the way from an organisation up to its region: usually one organisation, sometimes several."""

    organisations: Sequence[Organisation]


@dataclass(frozen=True)
class Place:
    """Where an organisation stands: the way down to it from the widest, and whatever else it lies inside."""

    way: Sequence[Step]
    others: Sequence[Organisation]


def place(organisation: Organisation, containing: Iterable[Organisation], links: Iterable[Link]) -> Place:
    """The way from the region, as far as it is known, and the bodies that stand beside it: LMCs, federations, boards.

    Of the bodies those to which `links` leads directly are left out: the picture shows them.
    """
    above = list(containing)
    own = next((number for number, kinds in enumerate(WAY_UP) if organisation.kind in kinds), -1)
    wider = WAY_UP[own + 1 :]
    steps = [Step(found) for kinds in reversed(wider) if (found := [each for each in above if each.kind in kinds])]
    shown = {each.pk for step in steps for each in step.organisations}
    shown |= {pk for link in links for pk in (link.organisation_id, link.other_id)}
    return Place(steps, [each for each in above if each.pk not in shown])


def above_and_below(
    organisation: Organisation,
    links: Sequence[Link],
    covers: Sequence[Link],
    inside: Mapping[Kind, int],
    on: datetime.date,
) -> Tree | None:
    """What an organisation is linked to directly, above it, and what lies inside it, counted by kind; or nothing."""
    above = [_above(link, on) for link in links]
    below = [
        Node(kind_counted(kind, number), list_address(organisation, kind))
        for kind, number in sorted(inside.items(), key=lambda item: (item[0] == Kind.PRACTICE, item[0].label))
    ]
    if not above and not below:
        return None
    here = Node(organisation.name, line=organisation.get_kind_display(), here=True)
    heading = "Covers, and what lies inside" if covers else "Inside it"
    return tree([Column("Part of", above), Column("Here", [here]), Column(heading, below)])


def _above(link: Link, on: datetime.date) -> Node:
    if link.kind == LinkKind.COVERS:
        return Node(link.organisation.name, link.organisation.get_absolute_url(), f"covers it {period_words(link, on)}")
    return Node(link.other.name, link.other.get_absolute_url(), _standing(link, on))


def _standing(link: Link, on: datetime.date) -> str:
    """As what one belongs to another, and when: "core partner since July 2019"; of a mere part, only when."""
    when = period_words(link, on)
    return when if link.kind == LinkKind.PART_OF else f"{link.get_kind_display().removesuffix(' of')} {when}"


def before_and_after(organisation: Organisation, successions: Sequence[Succession]) -> Tree | None:
    """Whom it took over from and who took over from it, as a picture; nothing where neither is recorded."""
    if not successions:
        return None
    before = [
        Node(
            row.predecessor.name,
            row.predecessor.get_absolute_url(),
            f"until {day_words(row.on - ONE_DAY)}",
        )
        for row in successions
        if row.successor_id == organisation.pk
    ]
    after = [
        Node(row.successor.name, row.successor.get_absolute_url(), f"from {day_words(row.on)}")
        for row in successions
        if row.predecessor_id == organisation.pk
    ]
    here = Node(organisation.name, line=organisation.get_kind_display(), here=True)
    return tree([Column("Before", _few(before)), Column("Here", [here]), Column("After", _few(after))])


def _few(nodes: list[Node]) -> list[Node]:
    if len(nodes) <= MOST_BOXES:
        return nodes
    return [*nodes[:MOST_BOXES], Node(f"and {len(nodes) - MOST_BOXES} more", "#successions")]


def succession_row(row: Succession, organisation: Organisation) -> LinkRow:
    """Whom an organisation took over from, or who took over from it, as a row of the table of all."""
    from_other = row.successor_id == organisation.pk
    other = row.predecessor if from_other else row.successor
    return LinkRow(
        what="took over from" if from_other else "taken over by",
        name=other.name,
        href=other.get_absolute_url(),
        kind=other.get_kind_display(),
        when=f"on {day_words(row.on)}",
    )


# --- what belongs to it


@dataclass(frozen=True)
class Member:
    """An organisation that belongs to another, with who is accountable for it where somebody should be.

    `holders`, `coming` and `is_vacant` as of a `Post`.
    """

    name: str
    href: str
    kind: str
    standing: str
    invented: bool
    has_director: bool
    holders: Sequence[Holder]
    is_vacant: bool
    coming: Sequence[Holder] = ()


def member(link: Link, on: datetime.date) -> Member:
    """A row from a link as `posts.with_leaders` gives it."""
    organisation = link.organisation
    roles = organisation.accountable_then  # type: ignore[attr-defined]
    holders = [holder(each, on) for role in roles for each in role.holders_then]
    return Member(
        name=organisation.name,
        href=organisation.get_absolute_url(),
        kind=organisation.get_kind_display(),
        standing=_standing(link, on),
        invented=organisation.invented,
        has_director=organisation.kind == Kind.PCN,
        holders=holders,
        is_vacant=link.is_kept and not holders,  # type: ignore[attr-defined]
    )


def members_heading(organisation: Organisation, number: int) -> str:
    """What to call those who belong to an organisation, or where nobody does, what it covers."""
    if organisation.kind == Kind.PCN:
        return "Its practices"
    return "What belongs to it" if number else "What it covers"


# --- its groups


@dataclass(frozen=True)
class GroupLine:
    name: str
    href: str
    line: str
    invented: bool


def group_line(group: Group, organisation: Organisation, on: datetime.date) -> GroupLine:
    """A group of an organisation's: whether it hosts it, is covered by it, or both."""
    hosted = "hosted here" if group.host_id == organisation.pk else f"hosted by {group.host.name}"
    area = f", for {group.covers.name}" if group.covers and group.covers_id != organisation.pk else ""
    line = f"{group.get_kind_display()}, {hosted}{area}; {period_words(group, on)}"
    return GroupLine(group.name, group.get_absolute_url(), line, group.invented)


# --- what was before


@dataclass(frozen=True)
class FormerHolder:
    """Somebody who held a role here."""

    name: str
    href: str
    role: str
    role_href: str
    when: str
    invented: bool


def former_holder(appointment: Appointment, on: datetime.date) -> FormerHolder:
    return FormerHolder(
        name=appointment.person.name,
        href=appointment.person.get_absolute_url(),
        role=appointment.role.title,
        role_href=appointment.role.get_absolute_url(),
        when=period_words(appointment, on),
        invented=appointment.person.invented,
    )
