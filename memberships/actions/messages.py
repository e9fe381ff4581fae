"""Messages to the keeper: sending one, and saying what became of it.

They are no facts of the register: they are written without a change, and its history never holds what somebody wrote or
where they can be reached.
"""

from __future__ import annotations

import uuid
from functools import partial
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from ics_leadership.words import day_words
from memberships.message_tasks import tell_sender
from memberships.models import Message

if TYPE_CHECKING:
    from ics_leadership.accounts.models import User
    from memberships.messages import About


def tell_keeper(*, about: About, text: str, token: uuid.UUID, sender: User | None = None, address: str = "") -> Message:
    """Send a message about a page to the keepers of its area. The same form sent again sends nothing: it returns the
    message that was sent.
    """
    message = Message(
        page=about.page,
        about=about.words,
        as_at=about.date,
        area=about.kept.area if about.kept else None,
        text=text,
        sender=sender,
        # Whoever is signed in is told at the address of their account, whatever it is by then.
        address="" if sender else address,
        token=token,
    )
    message.full_clean(validate_unique=False)
    sent, _ = Message.objects.get_or_create(token=token, defaults={name: getattr(message, name) for name in _WRITTEN})
    return sent


_WRITTEN = ("page", "about", "as_at", "area", "text", "sender", "address")


def answer_message(*, message: Message, by: User, answer: str, tell: bool = True) -> Message:
    """Say what became of a message. Its sender is told, unless `tell` is false: then their address is forgotten.

    Raises ValidationError where somebody answered it already, saying who: two editors never tell one sender two things.
    """
    with transaction.atomic():
        this = Message.objects.select_for_update().get(pk=message.pk)
        if this.answered_at:
            raise ValidationError(
                f"{this.answered_by} answered this message on {day_words(timezone.localdate(this.answered_at))}. "
                "The sender is told that answer; yours was not kept.",
                code="answered",
            )
        this.answer, this.answered_by, this.answered_at = answer, by, timezone.now()
        if not tell:
            this.address = ""
        this.full_clean(validate_unique=False)
        this.save()
        # The answer stands even where the queue is away; `tell_senders_missed` makes up for it.
        transaction.on_commit(partial(tell_sender.delay, this.pk), robust=True)
    return this
