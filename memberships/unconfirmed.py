"""What nobody has confirmed for a year: for the to-do list of editors, and for the mark that readers see.

Only what people keep, and only as it stands today: what the NHS publishes is confirmed by the next file, and what has
ended stays as it was. `settings.CONFIRM_AFTER_MONTHS` says how long a confirmation holds.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from ics_leadership.facts import Confirmed
from ics_leadership.periods import Dated, today
from memberships.holdings import holding_something, sitting_somewhere
from memberships.models import Appointment, Group, Membership, Person
from organisations.models import Organisation, within
from roles.models import Role


def last_day_unconfirmed() -> datetime.date:
    """The last day on which a confirmation no longer counts today: so many months ago, the day before.

    A confirmation counts through the same day of its last month, or that month's end.
    """
    on = today()
    years, month = divmod(on.year * 12 + on.month - 1 - settings.CONFIRM_AFTER_MONTHS, 12)
    first_after = datetime.date(years + (month == 11), (month + 1) % 12 + 1, 1)
    same_day = min(on.day, (first_after - datetime.timedelta(days=1)).day)
    return datetime.date(years, month + 1, same_day) - datetime.timedelta(days=1)


def is_kept_by_people(record: Model) -> bool:
    """Whether a record is somebody's to confirm; an organisation that the NHS publishes is not."""
    return isinstance(record, Confirmed) and not (isinstance(record, Organisation) and record.published)


def unconfirmed_since(record: Model) -> datetime.date | None:
    """The day on which a record was last confirmed, where that is too long ago for one that is true today; else None."""
    if not isinstance(record, Confirmed) or not is_kept_by_people(record):
        return None
    if isinstance(record, Dated) and not record.holds(today()):
        return None
    return record.confirmed_on if record.confirmed_on <= last_day_unconfirmed() else None


def unconfirmed(areas: Collection[int] | None) -> dict[type[Model], QuerySet[Any]]:
    """What within these areas (None: anywhere) is true today and was confirmed too long ago, by table.

    Each queryset is the longest unconfirmed first, with what names its rows.
    """
    on = today()
    due = Q(confirmed_on__lte=last_day_unconfirmed())
    if areas is None:
        inside: Any = Organisation.objects.values("pk")
    else:
        inside = list(Organisation.objects.filter(pk__in=within(areas, on)).values_list("pk", flat=True))
    here = Appointment.objects.as_at(on).filter(role__organisation__in=inside)
    groups = Q(covers__in=inside) | Q(covers=None, host__in=inside)
    sits = Membership.objects.as_at(on).filter(
        Q(seat__terms__group__covers__in=inside)
        | Q(seat__terms__group__covers=None, seat__terms__group__host__in=inside)
    )
    leads_here = Exists(here.filter(person=OuterRef("pk"))) | Exists(sits.filter(person=OuterRef("pk")))
    people = Person.objects.filter(leads_here if areas is not None else holding_something(on) | sitting_somewhere(on))
    rows: dict[type[Model], QuerySet[Any]] = {
        Appointment: here.select_related("person", "role__organisation"),
        Membership: sits.select_related("person", "seat__terms__group"),
        Role: Role.objects.as_at(on).filter(organisation__in=inside).select_related("organisation"),
        Group: Group.objects.as_at(on).filter(groups),
        Person: people,
        Organisation: Organisation.objects.as_at(on).filter(published__isnull=True, pk__in=inside),
    }
    return {model: found.filter(due).order_by("confirmed_on", "pk") for model, found in rows.items()}
