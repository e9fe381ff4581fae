"""What ends when, month by month for the page, and as iCalendar (RFC 5545) for programs that follow it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from icalendar import Calendar
from icalendar import Event as Entry

from ics_leadership.periods import ONE_DAY
from ics_leadership.words import day_words
from memberships.calendar import Event

DOMAIN = "gp-leadership-register"


@dataclass(frozen=True)
class Month:
    """A month's name, and its events with the day of each in words."""

    name: str
    lines: Sequence[tuple[str, Event]]


def months(events: Iterable[Event]) -> list[Month]:
    """The events, which stand in the order of their days, by month."""
    of_month = groupby(events, lambda event: event.day.strftime("%B %Y"))
    return [Month(name, [(day_words(each.day, each.precision), each) for each in rows]) for name, rows in of_month]


def feed(events: Iterable[Event], name: str, absolute: Callable[[str], str], now: datetime.datetime) -> bytes:
    """The events as a calendar, each a whole day. `absolute` makes an address that works outside the register."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{DOMAIN}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for each in events:
        entry = Entry()
        entry.add("uid", f"{each.key}@{DOMAIN}")
        entry.add("dtstamp", now)
        entry.add("dtstart", each.day)
        entry.add("dtend", each.day + ONE_DAY)
        entry.add("summary", f"{each.what}: {each.about}")
        entry.add("description", f"{each.what}, {day_words(each.day, each.precision)}.\n{absolute(each.href)}")
        entry.add("url", absolute(each.href))
        entry.add("transp", "TRANSPARENT")
        calendar.add_component(entry)
    text: bytes = calendar.to_ical()
    return text
