"""An area whose group decides by consensus of the organs, and somebody of each kind who looks at it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client

from ics_leadership.accounts.models import User
from ics_leadership.history import change
from ics_leadership.periods import today
from memberships.actions.identity import link_account
from memberships.actions.proposals import answer, put_proposal
from memberships.models import Appointment, DecisionRule, Proposal, ProposalParty, RegisterOfInterests, Says, Terms
from organisations.models import Organisation
from tests import factories
from tests.factories import IN_TEST, SmallArea


@dataclass
class Asking:
    """A proposal of the area's group, put today to both networks and the committee."""

    area: SmallArea
    proposal: Proposal

    def party(self, organisation: Organisation) -> ProposalParty:
        return ProposalParty.objects.get(proposal=self.proposal, organisation=organisation)

    def answered(self, organisation: Organisation, says: Says, by: Appointment | None = None, reason: str = "") -> None:
        answer(party=self.party(organisation), says=says, given_on=today(), reason=reason, by_right_of=by, **IN_TEST)


@pytest.fixture
def decides(area: SmallArea) -> Callable[..., None]:
    """Let the group's terms say how it decides, and what of it is published."""

    def say(rule: DecisionRule = DecisionRule.ORGANS, *, published: bool = False, interests: str = "") -> None:
        with change(**IN_TEST):
            Terms.objects.filter(pk=area.terms.pk).update(
                decision_rule=rule,
                publishes_proposals=published,
                interests=interests or RegisterOfInterests.NONE,
            )

    return say


@pytest.fixture
def asking(area: SmallArea, decides: Callable[..., None]) -> Asking:
    decides()
    put = put_proposal(group=area.group, title="One rota", put_on=today(), parties=[area.lmc, *area.pcns], **IN_TEST)
    return Asking(area, put)


@pytest.fixture
def leader(area: SmallArea) -> User:
    """The director of the first network, whose account is linked to their entry."""
    account = factories.user()
    link_account(person=area.directors[0].person, account=account, **IN_TEST)
    return account


def signed_in(account: User) -> Client:
    client = Client()
    client.force_login(account)
    return client
