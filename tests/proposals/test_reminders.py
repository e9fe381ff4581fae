"""Letters about proposals that wait: to whom, when, and each once."""

import datetime
from typing import Any

import pytest

from ics_leadership.accounts.models import User
from ics_leadership.periods import today
from memberships import reminder_tasks
from memberships.actions.proposals import correct_proposal
from memberships.models import ProposalLetter, Says
from memberships.reminder_tasks import remind_of_proposals
from tests import factories
from tests.factories import IN_TEST
from tests.proposals.conftest import Asking

pytestmark = pytest.mark.django_db


def due_in(asking: Asking, days: int) -> None:
    row = asking.proposal
    correct_proposal(
        proposal=row,
        title=row.title,
        text="",
        sponsor=None,
        put_on=row.put_on,
        answer_by=today() + datetime.timedelta(days=days),
        **IN_TEST,
    )


def on_day(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    """Let it be so many days later for the task."""
    later = today() + datetime.timedelta(days=days)
    monkeypatch.setattr(reminder_tasks, "today", lambda: later)


def test_leaders_and_editors_are_reminded_a_week_before_and_on_the_eve_and_each_once(
    asking: Asking, leader: User, mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch
):
    editor = factories.editor(asking.area.icb)
    factories.editor(factories.small_area("Vale").icb)
    due_in(asking, 8)
    sent = {}
    for days in range(10):
        on_day(monkeypatch, days)
        for _ in range(2):
            remind_of_proposals()
        sent[days] = sorted(letter.to[0] for letter in mailoutbox)
        mailoutbox.clear()
    both = sorted([leader.email, editor.email])
    assert {days: to for days, to in sent.items() if to} == {1: both, 7: both}


def test_letter_to_a_leader_names_what_they_lead_and_that_to_an_editor_who_is_missing(
    asking: Asking, leader: User, mailoutbox: list[Any]
):
    editor = factories.editor(asking.area.icb)
    due_in(asking, 3)
    asking.answered(asking.area.lmc, Says.AGREES)
    remind_of_proposals()
    letters = {letter.to[0]: letter.body for letter in mailoutbox}
    assert f"{asking.area.pcns[0]} has not answered this proposal yet, and you lead it:" in letters[leader.email]
    assert f"- {asking.area.pcns[1]}\n" in letters[editor.email]
    assert f"- {asking.area.lmc}\n" not in letters[editor.email]


def test_leader_whose_organ_has_answered_gets_no_letter(asking: Asking, leader: User, mailoutbox: list[Any]):
    due_in(asking, 3)
    asking.answered(asking.area.pcns[0], Says.ABSTAINS)
    remind_of_proposals()
    assert mailoutbox == []


def test_nobody_is_reminded_of_what_is_settled_or_withdrawn(asking: Asking, leader: User, mailoutbox: list[Any]):
    due_in(asking, 3)
    asking.answered(asking.area.lmc, Says.OBJECTS, reason="No.")
    remind_of_proposals()
    assert mailoutbox == []


def test_letter_that_did_not_go_is_not_taken_for_sent(
    asking: Asking, leader: User, mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch
):
    due_in(asking, 3)

    def away(*_: Any) -> None:
        raise OSError("The mail server is away.")

    with monkeypatch.context() as patch:
        patch.setattr(reminder_tasks, "send_mail", away)
        with pytest.raises(OSError, match="away"):
            reminder_tasks.remind.run(asking.proposal.pk, leader.pk)
    assert not ProposalLetter.objects.exists()
    remind_of_proposals()
    assert [letter.to for letter in mailoutbox] == [[leader.email]]


def test_proposal_with_a_new_day_is_reminded_of_anew(asking: Asking, leader: User, mailoutbox: list[Any]):
    due_in(asking, 3)
    remind_of_proposals()
    due_in(asking, 5)
    remind_of_proposals()
    assert len(mailoutbox) == 2
