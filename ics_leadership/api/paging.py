"""Pages of JSON by cursor: where a page begins is the row before it, by what rows are ordered by and its key, so that no row is
missed or told twice, whatever the order.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy

from ics_leadership.errors import Refusal

FIRST, MOST = 100, 1000
"""How many rows a page has unless asked, and at most."""

NO_CURSOR_SENTENCE = "This cursor is none that the register gave. Start again without one."
OTHER_QUESTION_SENTENCE = (
    "This cursor is of another question: other filters, another day or another order. Start again without one."
)


@dataclass(frozen=True)
class Cursor:
    """A place between two rows: after the row with this key (None: before all of them), or, `back`, before it.

    `ordering` is the order asked for, `question` stands for all that was asked, `values` are what that row has of the order.
    """

    key: int | str | None = None
    back: bool = False
    ordering: str = ""
    question: str = ""
    values: Sequence[Any] = ()

    @classmethod
    def read(cls, text: str, ordering: str, question: str) -> Cursor:
        """The place that a `cursor` of an earlier answer names. Raises Refusal for one that is none, or of another question."""
        if not text:
            return cls(ordering=ordering, question=question)
        try:
            way, key, order, of, *values = json.loads(base64.urlsafe_b64decode(text.encode("ascii", "replace")))
            texts = [each for each in (key, *values) if isinstance(each, str)]
            if way not in ("after", "before") or not _is_key(key) or any("\0" in each for each in texts):
                raise ValueError
            # Half a character cannot be asked about.
            "".join(texts).encode()
        except (ValueError, TypeError, binascii.Error, RecursionError):
            raise Refusal(NO_CURSOR_SENTENCE) from None
        if (order, of) != (ordering, question):
            raise Refusal(OTHER_QUESTION_SENTENCE)
        return cls(key, way == "before", ordering, question, values)

    def __str__(self) -> str:
        said = ["before" if self.back else "after", self.key, self.ordering, self.question, *self.values]
        return base64.urlsafe_b64encode(json.dumps(said, default=_written).encode()).decode()


def _is_key(key: object) -> bool:
    return isinstance(key, str) or (isinstance(key, int) and not isinstance(key, bool) and 0 <= key < 2**63)


def _written(value: Any) -> str:
    """A date, a moment or a decimal number, as exactly as the database has it."""
    return str(value.isoformat() if hasattr(value, "isoformat") else value)


@dataclass(frozen=True)
class Page:
    """The keys of the rows of a page, and the places where the pages beside it begin; None at the ends."""

    keys: Sequence[Any]
    previous: Cursor | None
    next: Cursor | None


def page_of(rows: QuerySet[Any], order: Sequence[OrderBy], cursor: Cursor, limit: int) -> Page:
    """The page that begins at a place. Raises Refusal for a cursor whose values are none of what rows are ordered by."""
    names = [f"ordered_by_{place}" for place, _ in enumerate(order)]
    rows = rows.order_by().annotate(**{name: each.expression for name, each in zip(names, order, strict=True)})
    if cursor.key is not None:
        rows = rows.filter(_beyond(rows, names, order, cursor))
    way = [
        OrderBy(F(name), descending=each.descending, nulls_last=True) for name, each in zip(names, order, strict=True)
    ]
    by = [*way, F("pk").asc()]
    if cursor.back:
        for each in by:
            each.reverse_ordering()
    found = list(rows.order_by(*by).values_list("pk", *names)[: limit + 1])
    return paged(found, cursor, limit)


def paged(found: Sequence[tuple[Any, ...]], cursor: Cursor, limit: int) -> Page:
    """The page whose rows, and one more if there is one, were `found` from a place on in the direction of its cursor: of
    each its key and what it is ordered by.
    """
    more, found = len(found) > limit, found[:limit]
    if cursor.back:
        found = found[::-1]
    if not found:
        return Page([], None, None)
    before = more if cursor.back else cursor.key is not None
    after = cursor.back or more
    (first, *of_first), (last, *of_last) = found[0], found[-1]
    return Page(
        [key for key, *_ in found],
        replace(cursor, key=first, back=True, values=of_first) if before else None,
        replace(cursor, key=last, back=False, values=of_last) if after else None,
    )


def _beyond(rows: QuerySet[Any], names: Sequence[str], order: Sequence[OrderBy], cursor: Cursor) -> Q:
    """The rows beyond a place: which differ from it in the first of several things only, or in the next, …, or in their key."""
    if len(cursor.values) != len(names) or not isinstance(cursor.key, int):
        raise Refusal(NO_CURSOR_SENTENCE)
    ways, alike = [], Q()
    for name, by, said in zip(names, order, cursor.values, strict=True):
        value = _value(rows.query.annotations[name].output_field, said)
        ways.append(alike & _further(name, value, descending=by.descending, back=cursor.back))
        alike &= Q(**{f"{name}__isnull": True}) if value is None else Q(**{name: value})
    ways.append(alike & Q(**{"pk__lt" if cursor.back else "pk__gt": cursor.key}))
    return reduce(or_, ways)


def _further(name: str, value: Any, *, descending: bool, back: bool) -> Q:
    """What comes after a value, or `back`, before it; what has none comes last either way round."""
    if value is None:
        return Q(**{f"{name}__isnull": False}) if back else Q(pk__in=[])
    further = Q(**{f"{name}__{'lt' if descending != back else 'gt'}": value})
    return further if back else further | Q(**{f"{name}__isnull": True})


def _value(field: Any, said: Any) -> Any:
    """A value of a cursor as the database compares it."""
    if said is not None and not isinstance(said, (str, int, float)):
        raise Refusal(NO_CURSOR_SENTENCE)
    try:
        return field.to_python(said)
    except (ValidationError, ValueError, TypeError, OverflowError):
        raise Refusal(NO_CURSOR_SENTENCE) from None


def limit_asked(text: str) -> int:
    """How many rows a page is to have. Raises Refusal for a number that is none, or that no page may have."""
    if not text:
        return FIRST
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    if not 1 <= number <= MOST:
        raise Refusal(
            f"“{text[:20]}” is no limit. A page of JSON has from 1 to {MOST} rows; the other formats have them all."
        )
    return number
