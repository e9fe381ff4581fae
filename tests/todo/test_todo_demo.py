"""The demonstration has messages to the keeper, one of them answered, and an editor whom the others wait for."""

import pytest
from django.core import mail
from django.test import Client

from ics_leadership.accounts import demo_accounts
from ics_leadership.accounts.models import User
from memberships import messages
from memberships.models import Message
from organisations.rights import Rights
from tests.pages.reading import words


def test_demonstration_has_messages_that_wait_and_one_that_was_answered(demo_client: Client):
    editor = User.objects.get(email=demo_accounts.EDITOR)
    reaching = messages.reaching(Rights(editor))
    assert (messages.waiting(reaching).count(), messages.answered(reaching).count()) == (2, 1)
    assert Message.objects.count() == 3
    assert mail.outbox == []


@pytest.mark.parametrize("account", [demo_accounts.EDITOR, demo_accounts.ADMINISTRATOR])
def test_to_do_list_of_the_demonstration_has_something_of_most_sorts(demo_client: Client, account: str):
    demo_client.force_login(User.objects.get(email=account))
    seen = words(demo_client.get("/to-do"))
    for part in ("Messages to the keeper 2", "What does not add up", "Roles that nobody holds", "Still true?"):
        assert part in seen
