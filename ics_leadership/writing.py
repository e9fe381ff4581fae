"""What every action does with a row: check it, save it, find it an address, end what went before it.

Only the actions of the apps call these, within `history.change`.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify

from ics_leadership import recorded
from ics_leadership.facts import Confirmed
from ics_leadership.gathering import save, under_way
from ics_leadership.history import day, event_model, is_replayed
from ics_leadership.periods import Dated, PartialDate, PeriodQuerySet, period_between

R = TypeVar("R", bound=models.Model)


def keep(row: R, **facts: Any) -> R:
    """Set `facts` on a row, check it against every rule of its table, save it and return it.

    Whoever writes a row has looked at it: it counts as confirmed on the day of the change. Who wrote private facts alone has
    confirmed nothing of what everybody sees, and everybody would learn of it.
    Raises ValidationError with the sentences of the rules that it breaks, and for a row that is no longer there.
    """
    for name, value in facts.items():
        setattr(row, name, value)
    if isinstance(row, Confirmed) and not _is_privately_new(row):
        row.confirmed_on = day()
    if not is_replayed():
        row.full_clean()
    if gathering := under_way():
        gathering.write(row)
    else:
        save(row)
    return row


def _is_privately_new(row: models.Model) -> bool:
    """Whether what a row would say anew, of which there is something, is all for some to see."""
    private = recorded.of(type(row)).private
    if not private or row._state.adding:
        return False
    stored = {each.name: each.attname for each in row._meta.concrete_fields if not each.generated}
    before = type(row)._default_manager.filter(pk=row.pk).values(*stored.values()).first() or {}
    new = {name for name, attname in stored.items() if before and getattr(row, attname) != before[attname]}
    return bool(new) and new <= private.keys()


ADDRESSES_OF_FORMS = {"new", "merge"}
"""What stands in addresses where a record's own name stands otherwise."""


def free_slug(model: type[models.Model], *words: str, of: int | None = None) -> str:
    """An address made of `words` that no row of `model` has or ever had: "amina-yusuf", for her namesake "amina-yusuf-2".

    What was withdrawn keeps its address, to which it comes back; what was merged leads on from it. The row with the number
    `of` may take one that it had before.
    """
    slug = slugify(" ".join(words).replace("_", "-"))[:190].strip("-") or model._meta.model_name or ""
    gathering = under_way()
    if gathering and of is None:
        taken = gathering.taken(model)
    else:
        ever = event_model(model)._default_manager.filter(slug__startswith=slug).exclude(id=of)
        taken = set(ever.values_list("slug", flat=True))
    free, number = slug, 1
    while free in taken or free in ADDRESSES_OF_FORMS:
        number += 1
        free = f"{slug}-{number}"
    return free


def make_room(versions: PeriodQuerySet, start: PartialDate, end: PartialDate | None) -> PartialDate | None:
    """Let the version that is in force when a new one starts end on its eve, and say when the new one ends.

    That is `end`, or where none is given the eve of the next version, for versions that are entered late. A start that
    may be on either side of the next one's decides nothing: somebody has to say which came first.
    """
    first_day, latest = start.first_day, start.last_day
    later = versions.filter(period__startswith__isnull=False)
    if first_day:
        later = versions.upcoming(first_day)
        former: Dated | None = versions.as_at(first_day).exclude(period__startswith=first_day).first()
        if former:
            keep(former.between(former.start, start.eve))
    following: Dated | None = later.order_by("period").first()
    if end is None and following and (latest is None or latest < following.period.lower):
        return following.start.eve
    return end


def end_with(rows: PeriodQuerySet, end: PartialDate) -> None:
    """End those of `rows` that go on beyond `end`, as what they belong to does.

    Raises ValidationError naming one that only begins afterwards: somebody has to decide what was meant by it.
    """
    until = period_between(PartialDate(None), end)
    for row in rows.exclude(period__not_gt=until):
        if row.start_date and row.start_date >= until.upper:
            raise ValidationError(f"“{row}” begins only after that day. Correct it first.", code="begins_after")
        keep(row.between(row.start, end))
