"""What the base does in the background."""

from celery import shared_task
from django.core.management import call_command


@shared_task
def forget_ended_sessions() -> None:
    """Delete the sessions whose time is over; Django itself never does."""
    call_command("clearsessions")
