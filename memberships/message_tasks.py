"""Telling those who wrote to the keeper what became of it, and forgetting what they wrote when it is no longer needed."""

from __future__ import annotations

import datetime

from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from memberships.models import Message

A_WHILE = datetime.timedelta(minutes=30)
"""Within so long of an answer its letter is on its way by itself."""


# A mail server that does not answer, or answers with an error, is an OSError to Python.
@shared_task(autoretry_for=(OSError,), retry_backoff=60, retry_backoff_max=60 * 60, max_retries=12)
def tell_sender(message: int) -> None:
    """Send the answer to a message to whoever wrote it, once, if they can be reached."""
    with transaction.atomic():
        told = _to_be_told().select_for_update(skip_locked=True, of=("self",)).filter(pk=message).first()
        address = told and (told.address or (told.sender.email if told.sender else ""))
        if not told or not address:
            return
        subject = " ".join(f"Your message about {told.about}".split())
        text = render_to_string("messages/told.txt", {"message": told, "register_name": settings.REGISTER_NAME})
        send_mail(subject, text, None, [address])
        told.told_at = timezone.now()
        told.save(update_fields=["told_at"])


@shared_task
def tell_senders_missed() -> None:
    """Tell those whose letter was never sent: the queue may have been away when their message was answered."""
    for message in _to_be_told().filter(answered_at__lt=timezone.now() - A_WHILE):
        tell_sender.delay(message.pk)


@shared_task
def forget_answered_messages() -> None:
    """Delete messages that were answered long ago, as many days as the setting says."""
    long_ago = timezone.now() - datetime.timedelta(days=settings.MESSAGES_KEPT_DAYS)
    Message.objects.filter(answered_at__lt=long_ago).delete()


def _to_be_told() -> QuerySet[Message]:
    """Messages that were answered, whose sender can be reached and has not been told."""
    reachable = ~Q(address="") | Q(sender__is_active=True)
    return Message.objects.filter(reachable, answered_at__isnull=False, told_at=None).select_related("sender")
