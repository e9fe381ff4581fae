"""The day that a page shows: `?as_at=YYYY-MM-DD` is read once, here, and every link keeps it.

Views take `request.as_at.date` and pass it to `.as_at(date)` of their querysets. How a page says its day is left to
`templates/components/as_at_bar.html`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from django.http import HttpRequest, HttpResponse

from ics_leadership import words
from ics_leadership.errors import Refusal, bad_request
from ics_leadership.periods import today

if TYPE_CHECKING:
    from ics_leadership.known_at import KnownAt

# The National Health Service begins; no plan of anybody's reaches further than the second.
FIRST_DAY = datetime.date(1948, 1, 1)
LAST_DAY = datetime.date(2100, 12, 31)


@dataclass(frozen=True)
class AsAt:
    """A day, and whether the reader asked for it or is simply looking today; and the past moment as at whose knowledge the
    register answers, if it is not the present.
    """

    date: datetime.date
    asked: bool = False
    known: KnownAt | None = None

    @cached_property
    def is_today(self) -> bool:
        return self.date == today()

    @property
    def param(self) -> str:
        """What a link needs to keep the day, nothing when it is today, and the moment."""
        return "&".join(f"{name}={value}" for name, value in self.params)

    @property
    def params(self) -> list[tuple[str, str]]:
        """The same as pairs: hidden fields that let a form keep them."""
        day = [] if self.is_today else [("as_at", self.date.isoformat())]
        return [*day, ("known_at", self.known.value)] if self.known else day

    @property
    def words(self) -> str:
        """'Today, 22 November 2026' or 'As at 30 June 2022'."""
        said = words.day_words(self.date)
        return f"Today, {said}" if self.is_today else f"As at {said}"

    def keep(self, address: str) -> str:
        """The address with this day and moment in its query, but for what it names itself, unless it leads off this site."""
        params = self.params
        if not params:
            return address
        scheme, host, path, query, fragment = urlsplit(address)
        if scheme or host or (not path and not query):
            return address
        kept = [f"{name}={value}" for name, value in params if not re.search(rf"(^|&){name}=", query)]
        return (
            urlunsplit((scheme, host, path, "&".join([query, *kept] if query else kept), fragment)) if kept else address
        )


def parse(value: str) -> datetime.date:
    """The day that `YYYY-MM-DD` names. Raises Refusal, with a sentence, for anything else."""
    try:
        # `fromisoformat` alone would also take 20220630 and 2022-W26-4.
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise ValueError
        date = datetime.date.fromisoformat(value)
    except ValueError:
        raise Refusal(
            f"“{value[:40]}” is not a date. Write the day as year, month and day, like 2022-06-30."
            if value
            else "No date was given. Write the day as year, month and day, like 2022-06-30."
        ) from None
    if not FIRST_DAY <= date <= LAST_DAY:
        raise Refusal(
            f"The register can be asked about days from {words.day_words(FIRST_DAY)} to {words.day_words(LAST_DAY)}; "
            f"{words.day_words(date)} is outside."
        )
    return date


def day_asked(request: HttpRequest) -> AsAt:
    """The day that the request asks for: today unless it says otherwise. Raises Refusal for what is no day."""
    asked = set(request.GET.getlist("as_at"))
    if not asked:
        return AsAt(today())
    if len(asked) > 1:
        raise Refusal("This address names more than one day to show. It can name one.")
    return AsAt(parse(asked.pop()), asked=True)


class AsAtMiddleware:
    """Sets `request.as_at`; answers a day that is none with a page that says so and leads to the same page today."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            request.as_at = day_asked(request)  # type: ignore[attr-defined]
        except Refusal as refusal:
            request.as_at = AsAt(today())  # type: ignore[attr-defined]
            rest = request.GET.copy()
            del rest["as_at"]
            address = f"{request.path}?{rest.urlencode()}" if rest else request.path
            refusal.way_on = ("Show this page as it stands today", address)
            return bad_request(request, refusal)
        return self.get_response(request)
