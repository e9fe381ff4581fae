"""What ends when: seats, appointments, terms of reference to be reviewed, money of groups, proposals to be answered.

One list for the page and for the feed that calendars follow. What ends has an identity that stays when its day is
corrected, so that the entry in somebody's calendar moves.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce

from ics_leadership.periods import ONE_DAY, Precision
from memberships import proposals
from memberships.actions.terms import end_of_term
from memberships.going_on import last_of
from memberships.models import Appointment, Category, Group, GroupFunding, Membership, Proposal, Terms
from memberships.presenters.holdings import role_words
from organisations.rights import Rights


@dataclass(frozen=True)
class Event:
    """Something that ends or falls due: `what` it is, `about` whom, the page that shows it, its day as exactly as known.

    `key` names the record and what of it ends.
    """

    key: str
    day: datetime.date
    precision: str
    what: str
    about: str
    href: str


def events(
    first: datetime.date, last: datetime.date, rights: Rights, *, inside: Any, group: Group | None = None
) -> list[Event]:
    """What ends or falls due from `first` to `last` inside some organisations, as known on `first`; of one group alone where
    one is given. The next first. Of proposals those that may be seen.
    """
    found = [*_seats(first, last, inside, group), *_reviews(first, last, inside, group)]
    found += [*_money(first, last, inside, group), *_proposals(first, last, rights, inside, group)]
    found += _appointments(first, last, inside, group)
    return sorted(found, key=lambda event: (event.day, event.what, event.about, event.key))


def _of(rows: Any, path: str, inside: Any, group: Group | None) -> Any:
    rows = rows.annotate(place=Coalesce(F(f"{path}covers"), F(f"{path}host"))).filter(place__in=inside)
    return rows.filter(**{path.removesuffix("__") or "pk": group}) if group else rows


def _seats(first: datetime.date, last: datetime.date, inside: Any, group: Group | None) -> Iterable[Event]:
    rows = last_of(_of(Membership.objects.as_at(first), "seat__terms__group__", inside, group))
    for row in rows.select_related("person", "seat__terms__group"):
        end = end_of_term(row)
        if end and end.last_day and first <= end.last_day <= last:
            of = row.seat.terms.group
            how = Category(row.seat.category).label.lower()
            about = f"{row.person.name}, {how}, {of.name}"
            yield Event(f"membership-{row.pk}", end.last_day, end.precision, "Seat ends", about, of.get_absolute_url())


def _appointments(first: datetime.date, last: datetime.date, inside: Any, group: Group | None) -> Iterable[Event]:
    rows = Appointment.objects.as_at(first).filter(period__endswith__lte=last + ONE_DAY, role__organisation__in=inside)
    rows = rows.filter(role__of_group__group=group) if group else rows
    for row in rows.select_related("person", "role__organisation", "role__of_group__group"):
        if row.end_date:
            about = f"{row.person.name}, {role_words(row.role)}"
            address = row.role.get_absolute_url()
            yield Event(f"appointment-{row.pk}", row.end_date, row.end_precision, "Appointment ends", about, address)


def _reviews(first: datetime.date, last: datetime.date, inside: Any, group: Group | None) -> Iterable[Event]:
    rows = _of(Terms.objects.as_at(first).filter(review_on__range=(first, last)), "group__", inside, group)
    for row in rows.select_related("group"):
        about = f"{row.group.name}, version {row.version}"
        address = row.group.get_absolute_url()
        yield Event(
            f"terms-{row.pk}", row.review_on, Precision.DAY, "Terms of reference to be reviewed", about, address
        )


def _money(first: datetime.date, last: datetime.date, inside: Any, group: Group | None) -> Iterable[Event]:
    rows = _of(GroupFunding.objects.as_at(first).filter(period__endswith__lte=last + ONE_DAY), "group__", inside, group)
    # Who pays is for everyone, how much is not.
    for row in rows.defer("annual_amount").select_related("group", "funding_source"):
        if row.end_date:
            about, address = f"{row.group.name}, {row.funding_source}", row.group.get_absolute_url()
            yield Event(f"funding-{row.pk}", row.end_date, row.end_precision, "Money of a group ends", about, address)


def _proposals(
    first: datetime.date, last: datetime.date, rights: Rights, inside: Any, group: Group | None
) -> Iterable[Event]:
    asked = Proposal.objects.filter(put_on__lte=first, answer_by__range=(first, last), withdrawn_on=None)
    rows = _of(proposals.visible(rights, asked), "group__", inside, group)
    for row in rows.select_related("group"):
        about = f"{row.title}, {row.group.name}"
        yield Event(f"proposal-{row.pk}", row.answer_by, Precision.DAY, "Answers due", about, row.get_absolute_url())
