"""Saying that records are still true: of people, roles, appointments, groups, seats held, and organisations that people keep."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Model

from ics_leadership.facts import Confirmed
from ics_leadership.history import change, day

if TYPE_CHECKING:
    from ics_leadership.accounts.models import User

STILL_TRUE = "Still true"


def confirm(*, by: User | None, records: Iterable[Model], why: str = STILL_TRUE) -> int:
    """Note that somebody looked at these records today and found them true; returns how many were not noted so yet.

    What was confirmed today already is no change. Raises TypeError for a record that nobody confirms.
    """
    ids: dict[type[Model], list[int]] = defaultdict(list)
    for record in records:
        if not isinstance(record, Confirmed):
            raise TypeError(f"A {record._meta.verbose_name} is not confirmed by itself.")
        if record.confirmed_on != day():
            ids[type(record)].append(record.pk)
    if not ids:
        return 0
    with change(by=by, why=why):
        return sum(model._default_manager.filter(pk__in=rows).update(confirmed_on=day()) for model, rows in ids.items())
