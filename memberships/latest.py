"""What was recorded lately that everyone may know: who came into a role or a seat, who left, which terms were adopted.

Read from the history of the tables. Changes that touched only what is not for everyone are left out, and so is
whatever was said of an entry that was removed since, and who only went over to another seat of their group, where nobody
came or left; who made a change and why is never read.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from ics_leadership.history import event_model
from ics_leadership.periods import ONE_DAY
from memberships.models import Appointment, Membership, Terms

# What everyone may see of a row, and may therefore learn to have changed.
PUBLIC: dict[type[Any], tuple[str, ...]] = {
    Appointment: ("person_id", "role_id", "period", "start_precision", "end_precision", "how", "made_by_id", "employer_id"),
    Membership: (
        "person_id", "seat_id", "period", "start_precision", "end_precision",
        "basis_appointment_id", "basis_experience", "put_forward_by_id", "attends_for_id",
    ),
    Terms: ("version", "period", "start_precision", "end_precision"),
}  # fmt: skip

NAMED: dict[type[Any], tuple[str, ...]] = {
    Appointment: ("person", "role__organisation", "role__of_group__group"),
    Membership: ("person", "seat__terms__group"),
    Terms: ("group",),
}


@dataclass(frozen=True)
class Recorded:
    """A row as a change left it, `before` as it stood until then (None: it is new), and the day it was recorded."""

    row: Any
    before: Any
    day: datetime.date


def recorded_lately(date: datetime.date, number: int) -> list[Recorded]:
    """At most `number` public changes that were recorded on that day or before it, the last first."""
    midnight = timezone.make_aware(datetime.datetime.combine(date + ONE_DAY, datetime.time()))
    found = chain.from_iterable(_of(model, midnight, number) for model in PUBLIC)
    latest = sorted(found, key=lambda pair: (pair[0].change.position, pair[0].pk), reverse=True)
    return [Recorded(row, before, timezone.localdate(row.change.recorded_at)) for row, before in latest[:number]]


def _of(model: type[Any], until: datetime.datetime, number: int) -> Iterable[tuple[Any, Any]]:
    """The latest public events of a table before a moment, each with the event before it of the same row, or None."""
    events: Any = event_model(model)._default_manager
    said = JSONObject(**{name: name for name in PUBLIC[model]})
    earlier = events.filter(id=OuterRef("id"), pk__lt=OuterRef("pk")).order_by("-pk")
    removed = events.filter(id=OuterRef("id"), pk__gt=OuterRef("pk"), pgh_label="delete", change__recorded_at__lt=until)
    told = events.exclude(_went_over(events)) if model is Membership else events
    lately = list(
        told.exclude(pgh_label="delete")
        .filter(~Exists(removed), change__recorded_at__lt=until)
        .alias(said=said, said_before=Subquery(earlier.values_list(said)[:1]))
        .filter(Q(said_before__isnull=True) | ~Q(said=F("said_before")))
        .annotate(before=Subquery(earlier.values("pk")[:1]))
        .select_related("change", *NAMED[model])
        .order_by("-change__position")[:number]
    )
    before = events.in_bulk([event.before for event in lately if event.before])
    return [(event, before.get(event.before)) for event in lately]


def _went_over(events: Any) -> Q:
    """Whether an event is one half of what a change wrote of somebody who goes on: in the same seat or under other terms of
    their group, the one membership ends and the next begins (see `going_on`).
    """
    of_them = events.filter(
        Q(seat=OuterRef("seat")) | ~Q(seat__terms=OuterRef("seat__terms")),
        change=OuterRef("change"),
        person=OuterRef("person"),
        seat__terms__group=OuterRef("seat__terms__group"),
    )
    next_ones = of_them.filter(pgh_label="insert", period__startswith=OuterRef("period__endswith"))
    former = of_them.filter(pgh_label="update", period__endswith=OuterRef("period__startswith"))
    return Q(Exists(next_ones), pgh_label="update") | Q(Exists(former), pgh_label="insert")
