"""Words for what people hold, as several pages say them: a role in a line, an appointment in full, bars over years."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ics_leadership.periods import Dated
from ics_leadership.pictures import Bar
from ics_leadership.words import day_words, period_words
from memberships.holdings import soon_after
from memberships.models import Appointment, FundingLine, Group, HowAppointed
from memberships.presenters.reasons import LARGEST_JOB_SHARE, Piece, organisation_piece, person_piece
from organisations.models import Organisation
from roles.models import ActsFor, FundingKind, Role


def body_of(role: Role) -> Group | Organisation:
    """Whose role it is: the group that it belongs to, otherwise the organisation that hosts it."""
    of_group = getattr(role, "of_group", None)
    return of_group.group if of_group else role.organisation


def body_name(role: Role) -> str:
    """The name of that body, its short one where it has one."""
    body = body_of(role)
    return getattr(body, "short_name", "") or body.name


def names_body(role: Role) -> bool:
    """Whether a role's title says already whose role it is."""
    return any(name.casefold() in role.title.casefold() for name in (body_of(role).name, body_name(role)))


def role_words(role: Role) -> str:
    """A role in a few words: "Clinical director, Ferry Lane PCN"; the title alone where that names the body."""
    return role.title if names_body(role) else f"{role.title}, {body_name(role)}"


def acts_for_words(value: str) -> str:
    """On whose behalf, after "acts": "for general practice"."""
    label = ActsFor(value).label
    return f"for {label[0].lower()}{label[1:]}"


def ends_soon(row: Dated, on: datetime.date) -> str:
    """A row's last day in words when it stands within the months that count as soon, otherwise nothing."""
    if row.end_date is None or not on <= row.end_date <= soon_after(on):
        return ""
    return day_words(row.end_date, row.end_precision)


@dataclass(frozen=True)
class RoleLine:
    """A role somebody holds, in one line of a list: what, where, on whose behalf, since or until when.

    With `names_body` the title says already where.
    """

    title: str
    href: str
    body: str
    body_href: str
    names_body: bool
    acts_for: str
    when: str
    ends_soon: str


_RANKS = [
    ActsFor.GENERAL_PRACTICE,
    ActsFor.SYSTEM,
    ActsFor.COMMISSIONER,
    ActsFor.PUBLIC_HEALTH,
    ActsFor.OWN_ORGANISATION,
]


def rank(acts_for: str) -> int:
    """The place of a role among those that somebody holds: what they do for others before what they do for their own."""
    return _RANKS.index(ActsFor(acts_for))


def role_lines(appointments: Iterable[Appointment], on: datetime.date) -> list[RoleLine]:
    """Lines for what somebody holds on a day, in the order of `rank`."""
    return sorted((role_line(held, on) for held in appointments), key=lambda line: rank(line.acts_for))


def role_line(appointment: Appointment, on: datetime.date, acts_for: str = "") -> RoleLine:
    """The line for an appointment that carries `acts_for` as at that day, or the value given instead."""
    role = appointment.role
    return RoleLine(
        title=role.title,
        href=role.get_absolute_url(),
        body=body_name(role),
        body_href=body_of(role).get_absolute_url(),
        names_body=names_body(role),
        acts_for=acts_for or appointment.acts_for,  # type: ignore[attr-defined]
        when=period_words(appointment, on),
        ends_soon=ends_soon(appointment, on),
    )


@dataclass(frozen=True)
class Post:
    """An appointment of the day in full: how they came to it, who employs and who pays, with whom they share it.

    `holders` is how many hold the role where those are a body rather than a job share, else nought.
    """

    row: Appointment
    line: RoleLine
    acts_for: str
    how: Sequence[Piece]
    employer: Piece | None
    paid: Sequence[Sequence[Piece]]
    unpaid: bool
    shared_with: Sequence[Piece]
    holders: int
    source: Piece | None
    source_seen: str


def post(appointment: Appointment, on: datetime.date) -> Post:
    """The post for an appointment as `holdings.appointments_of` gives it."""
    source = appointment.source
    others = [other.person for other in appointment.role.held_beside]  # type: ignore[attr-defined]
    is_job_share = len(others) < LARGEST_JOB_SHARE
    return Post(
        row=appointment,
        line=role_line(appointment, on),
        acts_for=acts_for_words(appointment.acts_for),  # type: ignore[attr-defined]
        how=_how(appointment),
        employer=organisation_piece(appointment.employer) if appointment.employer else None,
        paid=[
            _paid(line)
            for line in appointment.paid_then  # type: ignore[attr-defined]
            if line.funding_source.kind != FundingKind.UNPAID
        ],
        unpaid=any(
            line.funding_source.kind == FundingKind.UNPAID
            for line in appointment.paid_then  # type: ignore[attr-defined]
        ),
        shared_with=[person_piece(person) for person in others] if is_job_share else [],
        holders=0 if is_job_share else len(others) + 1,
        source=Piece(source.title, source.address) if source else None,
        source_seen=day_words(source.seen_on) if source and source.seen_on else "",
    )


def _how(appointment: Appointment) -> list[Piece]:
    how = HowAppointed(appointment.how).label if appointment.how else ""
    if not appointment.made_by:
        return [Piece(how)] if how else []
    return [Piece(f"{how or 'Appointed'} by "), organisation_piece(appointment.made_by)]


def _paid(line: FundingLine) -> list[Piece]:
    pieces = [Piece(line.funding_source.name)]
    if line.payer:
        pieces += [Piece(", paid by "), organisation_piece(line.payer)]
    return pieces


def bar(row: Dated, label: str, href: str, kind: str, on: datetime.date) -> Bar:
    """A spell over the years, paler where its dates are not certain."""
    certain = row.certain
    # An empty range has no days: it begins where nothing does.
    start, upper = (datetime.date.max, None) if certain.isempty else (certain.lower, certain.upper)
    return Bar(
        label=label,
        when=period_words(row, on),
        href=href,
        start=row.start_date,
        end=row.period.upper - datetime.timedelta(days=1) if row.period.upper else None,
        certain_start=start,
        certain_end=upper - datetime.timedelta(days=1) if upper else None,
        kind=kind,
    )
