"""What the base does in the background."""

from celery import shared_task
from django.core.management import call_command

from ics_leadership.accounts import tokens


@shared_task
def forget_ended_sessions() -> None:
    """Delete the sessions whose time is over; Django itself never does."""
    call_command("clearsessions")


@shared_task
def forget_old_uses_of_tokens() -> None:
    """Delete from where and what tokens asked, as long ago as is no longer kept."""
    tokens.forget_old_uses()
