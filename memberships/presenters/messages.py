"""Messages to the keeper in words: for those who wrote them, and for the editors who answer."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from ics_leadership.as_at import AsAt
from ics_leadership.words import day_words
from memberships.models import Message

LINE = 200
"""How many characters of a message a list shows."""


@dataclass(frozen=True)
class MessageLine:
    """A message in a list: `href` leads to the message for editors, to the page that it is about for its sender."""

    about: str
    href: str
    text: str
    sent: str
    answer: str = ""
    answered: str = ""


def message_line(message: Message) -> MessageLine:
    """A message that waits for an answer."""
    area = f", {message.area}" if message.area else ""
    return MessageLine(message.about, _own_page(message), _shortened(message.text), f"{_day(message.sent_at)}{area}")


def answered_line(message: Message) -> MessageLine:
    """A message that was answered, as editors look it up."""
    return MessageLine(
        message.about,
        _own_page(message),
        _shortened(message.text),
        _day(message.sent_at),
        _shortened(message.answer),
        f"{_day(message.answered_at)}, {message.answered_by}",
    )


def sent_line(message: Message) -> MessageLine:
    """A message whole, as its sender finds it again, with its answer if there is one."""
    return MessageLine(
        message.about,
        page_as_shown(message),
        message.text,
        _day(message.sent_at),
        message.answer,
        _day(message.answered_at),
    )


@dataclass(frozen=True)
class Asked:
    """What an editor needs to know of a message: the page as its sender saw it, its day, and who wants to be told."""

    page: str
    day: str
    sent: str
    sender: str
    told: str
    answered: str


def asked(message: Message) -> Asked:
    """The circumstances of one message."""
    return Asked(
        page=page_as_shown(message),
        day=day_words(message.as_at),
        sent=_moment(message.sent_at),
        sender=str(message.sender) if message.sender else "Somebody who had not signed in",
        told=_told(message),
        answered=f"{message.answered_by}, {_moment(message.answered_at)}" if message.answered_at else "",
    )


def page_as_shown(message: Message) -> str:
    """The address of the page with the day that it showed, whatever day it is by now."""
    return AsAt(message.as_at).keep(message.page)


def _own_page(message: Message) -> str:
    return reverse("message", args=[message.pk])


def _told(message: Message) -> str:
    address = message.address or (message.sender.email if message.sender else "")
    if message.told_at:
        return f"At {address}, on {_moment(message.told_at)}"
    if message.answered_at:
        return f"At {address}, as soon as the letter goes out" if address else "Nobody: no address was left"
    return f"At {address}, when it is answered" if address else "Nobody: no address was left"


def _day(moment: datetime.datetime | None) -> str:
    return day_words(timezone.localdate(moment)) if moment else ""


def _moment(moment: datetime.datetime) -> str:
    local = timezone.localtime(moment)
    return f"{day_words(local.date())} at {local:%H:%M}"


def _shortened(text: str) -> str:
    return text if len(text) <= LINE else f"{text[:LINE].rsplit(' ', 1)[0]} …"
