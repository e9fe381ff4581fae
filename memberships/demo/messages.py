"""What readers of the demonstration told its keepers: two messages that wait for an answer, one that has one."""

from __future__ import annotations

import datetime
import uuid

from django.utils import timezone

from ics_leadership.accounts import demo_accounts
from ics_leadership.accounts.models import User
from memberships.actions.messages import answer_message, tell_keeper
from memberships.messages import about
from memberships.models import Group, Message, Person
from roles.models import Role


def send_demo_messages() -> None:
    """Send the messages, and answer the first."""
    accounts = {each.email: each for each in User.objects.filter(email__in=[one.email for one in demo_accounts.SHOWN])}
    vacant = Role.objects.get(role_type__name="Federation Chair", organisation__name="Wexmoor Primary Care Federation")
    director = Person.objects.get(slug="rima-haddad-kershaw")
    group = Group.objects.get(name="Marlshire GP Leadership Group")

    asked = _sent(
        days_ago=12,
        page=vacant.get_absolute_url(),
        text="Is this right? I thought that somebody had been chosen in September.",
        sender=accounts[demo_accounts.LEADER],
    )
    _sent(
        days_ago=5,
        page=director.get_absolute_url(),
        text="Dr Haddad-Kershaw is away until the new year. Whom do we ring about Edgemoor meanwhile?",
        address="practice.manager@edgemoor.example",
    )
    _sent(
        days_ago=1,
        page=f"{group.get_absolute_url()}?as_at=2024-06-30",
        text="I sat on this group in the summer of 2024, for the federation, and am not on the list.",
        sender=accounts[demo_accounts.READER],
    )
    answered = answer_message(
        message=asked,
        by=accounts[demo_accounts.EDITOR],
        answer="Somebody was chosen and then withdrew, so the post is vacant. The federation chooses again in January.",
    )
    # Its sender was told then, so that no letter goes out as the demonstration is loaded.
    answered.answered_at = answered.told_at = _days_ago(10)
    answered.save(update_fields=["answered_at", "told_at"])


def _sent(*, days_ago: int, page: str, text: str, sender: User | None = None, address: str = "") -> Message:
    message = tell_keeper(about=about(page), text=text, token=uuid.uuid4(), sender=sender, address=address)
    message.sent_at = _days_ago(days_ago)
    message.save(update_fields=["sent_at"])
    return message


def _days_ago(number: int) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=number)
