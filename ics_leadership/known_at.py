"""The moment as at whose knowledge a page shows the register: `?known_at=` is read once, here, and every link keeps it.

The middleware holds `known.as_known_at` around the whole answer, its template included. What only some may see or do is about
the register as it is known now, so a past state is shown as everybody sees it: no private fact leaves by this way, and no form.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ics_leadership import words
from ics_leadership.api.problems import is_api
from ics_leadership.errors import Refusal, bad_request
from ics_leadership.known import as_known_at
from ics_leadership.periods import Precision, today
from ics_leadership.typed_dates import NotRead, parse_start

EXAMPLES = "Write a day, like 2026-05-01 or “1 May 2026”, or a moment, like 2026-05-01T14:30 or “1 May 2026 at 14:30”."

_MOMENT = re.compile(
    r"(?P<day>.+?)(?:t| at |,? )(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.(?P<part>\d{1,6}))?)?"
    r"(?: ?(?P<zone>z|utc|[+ -]\d{2}:\d{2}))?"
)


def written(moment: datetime.datetime) -> str:
    """A moment as every answer has it: in UTC and to the microsecond, so that texts compare as moments do."""
    return f"{moment.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%S.%f}Z"


@dataclass(frozen=True)
class KnownAt:
    """A moment; `is_day` where a whole day was asked for, which means its end."""

    moment: datetime.datetime
    is_day: bool

    @property
    def param(self) -> str:
        """What a link needs to keep it."""
        return f"known_at={self.value}"

    @property
    def value(self) -> str:
        """It as it stands in addresses, without any sign that they would have to escape."""
        if self.is_day:
            return self.day.isoformat()
        return self.moment.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")

    @property
    def lasting(self) -> str:
        """The same so that it means this moment whenever it is asked: a day means its end, which today's has not reached."""
        return self.value if self.moment == _end_of(self.day) else KnownAt(self.moment, is_day=False).value

    @property
    def day(self) -> datetime.date:
        """The day of the moment, in England."""
        return timezone.localdate(self.moment)

    @property
    def words(self) -> str:
        """'on 1 May 2026', 'on 1 May 2026 at 14:30'."""
        local = timezone.localtime(self.moment)
        said = f"on {words.day_words(local.date())}"
        return said if self.is_day else f"{said} at {local:%H:%M}"


def parse(value: str) -> KnownAt:
    """The day or moment that somebody wrote, in England's time unless it says otherwise; a day means its end, today means now.

    Raises Refusal, with a sentence, for what is none and for what has yet to come.
    """
    asked = " ".join(value.lower().split())
    now = timezone.now()
    if found := _MOMENT.fullmatch(asked):
        known = KnownAt(_moment(found, value), is_day=False)
    else:
        day = _day(asked, value)
        end = _end_of(day)
        known = KnownAt(min(end, now) if day == today() else end, is_day=True)
    if known.moment > now:
        raise Refusal(f"Nobody knows yet what the register will say {known.words}. Ask about a moment that has passed.")
    return known


def _end_of(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time.max, tzinfo=timezone.get_default_timezone())


def _day(asked: str, value: str) -> datetime.date:
    if asked == "yesterday":
        return today() - datetime.timedelta(days=1)
    try:
        # An address is read by programs, too, which know no other digits.
        read = parse_start(asked) if asked.isascii() and asked else None
    except NotRead:
        read = None
    if read is None or read.date is None or read.precision != Precision.DAY:
        said = f"“{value[:40]}” is neither a day nor a moment." if value.strip() else "No moment was given."
        raise Refusal(f"{said} {EXAMPLES}")
    return read.date


def _moment(found: re.Match[str], value: str) -> datetime.datetime:
    day = _day(found["day"], value)
    try:
        time = datetime.time(
            int(found["hour"]),
            int(found["minute"]),
            int(found["second"] or 0),
            int((found["part"] or "").ljust(6, "0")),
        )
        zone: datetime.tzinfo = timezone.get_default_timezone()
        if found["zone"] in ("z", "utc"):
            zone = datetime.UTC
        elif found["zone"]:
            # A plus in an address arrives as a space.
            sign = "-" if found["zone"][0] == "-" else "+"
            zone = datetime.datetime.strptime(f"{sign}{found['zone'][1:]}", "%z").tzinfo or zone
        return datetime.datetime.combine(day, time, tzinfo=zone)
    except ValueError:
        raise Refusal(f"“{value[:40]}” names no time of day. {EXAMPLES}") from None


class KnownAtMiddleware:
    """Answers with the register as it was known at the moment that an address asks for, wholly made while it is held.

    What is no such moment, a write, and what only some may see or do are refused with a way to the same page as known now.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # The interface for machines reads its own questions, and streams from connections of its own.
        if "known_at" not in request.GET or is_api(request):
            return self.get_response(request)
        try:
            known = moment_asked(request)
        except Refusal as refusal:
            return _refused(request, refusal.sentence)
        if request.method not in ("GET", "HEAD"):
            return _refused(
                request, f"This shows the register as it was known {known.words}; nothing is changed there."
            )
        day = request.as_at  # type: ignore[attr-defined]
        request.as_at = replace(day, known=known)  # type: ignore[attr-defined]
        with as_known_at(known.moment):
            response = self.get_response(request)
        if response.status_code == HTTPStatus.FORBIDDEN:
            request.as_at = day  # type: ignore[attr-defined]
            return _refused(request, "What only some may see or do is about the register as it is known now.")
        return response


def moment_asked(request: HttpRequest) -> KnownAt:
    """The moment that the request asks about. Raises Refusal for what is none, and for more than one."""
    asked = set(request.GET.getlist("known_at"))
    if len(asked) > 1:
        raise Refusal("This address names more than one moment of knowledge. It can name one.")
    return parse(asked.pop())


def _refused(request: HttpRequest, sentence: str) -> HttpResponse:
    rest = request.GET.copy()
    del rest["known_at"]
    address = f"{request.path}?{rest.urlencode()}" if rest else request.path
    return bad_request(request, Refusal(sentence, way_on=("Show this page as known now", address)))
