"""Sign-off as people do it: a proposal is put, answered, corrected, withdrawn; and who may do which."""

import datetime
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.test import Client

from ics_leadership.accounts.models import User
from ics_leadership.history import change
from ics_leadership.periods import today
from memberships.actions import end_appointment
from memberships.actions.proposals import add_party, answer, put_proposal
from memberships.models import Answer, DecisionRule, Proposal, ProposalParty, Says
from memberships.organs import leads_on
from memberships.proposals import answerable, as_at
from memberships.rights import right_to_answer
from organisations.models import Kind
from organisations.rights import Rights
from tests import factories
from tests.factories import IN_TEST, SmallArea
from tests.flows.sending import confirmed, sent
from tests.periods import day
from tests.proposals.conftest import Asking, signed_in

pytestmark = pytest.mark.django_db
NEXT_WEEK = today() + datetime.timedelta(days=7)


@pytest.fixture
def editor_client(area: SmallArea) -> Client:
    return signed_in(factories.editor(area.icb))


def test_editor_puts_a_proposal_to_the_organs_that_the_terms_offer(
    area: SmallArea, decides: Callable[..., None], editor_client: Client
):
    decides(DecisionRule.ORGANS)
    address = f"{area.group.get_absolute_url()}/proposals/new"
    check = sent(
        editor_client, address, title="One rota", answer_by=NEXT_WEEK.isoformat(), why="other", why_words="Agreed"
    )
    answered = confirmed(editor_client, check)
    proposal = Proposal.objects.get()
    assert answered["Location"] == proposal.get_absolute_url() == "/proposals/one-rota"
    asked = set(proposal.parties.values_list("organisation__name", flat=True))
    assert asked == {area.lmc.name, *(pcn.name for pcn in area.pcns)}
    assert proposal.answer_by == NEXT_WEEK


def test_group_that_decides_first_is_asked_even_where_nobody_chose_it(area: SmallArea, decides: Callable[..., None]):
    decides(DecisionRule.TWO_STAGE)
    proposal = put_proposal(group=area.group, title="One rota", put_on=today(), parties=[area.lmc], **IN_TEST)
    assert proposal.parties.filter(group=area.group).exists()


def test_proposal_to_nobody_is_refused_with_a_sentence(
    area: SmallArea, decides: Callable[..., None], editor_client: Client
):
    decides()
    address = f"{area.group.get_absolute_url()}/proposals/new"
    page = sent(editor_client, address, title="One rota", organs=[], groups=[], why="Agreed at a meeting")
    assert "Choose who has to agree" in page.content.decode()
    with pytest.raises(ValidationError, match="at least one organ"):
        put_proposal(group=area.group, title="One rota", put_on=today(), parties=[], **IN_TEST)


def test_leader_answers_for_their_own_organ_and_by_which_right_is_worked_out(asking: Asking, leader: User):
    director, organ = asking.area.directors[0], asking.area.pcns[0]
    client = signed_in(leader)
    address = f"/parties/{asking.party(organ).pk}/answer"
    assert f'href="{address}"' in client.get("/").content.decode()
    assert f'href="{address}"' in client.get(director.person.get_absolute_url()).content.decode()
    check = sent(client, address, says=Says.AGREES, why="Decided by the organ")
    assert confirmed(client, check)["Location"] == asking.proposal.get_absolute_url()
    given = Answer.objects.get()
    assert (given.person, given.by_right_of, given.given_on) == (director.person, director, today())
    assert f'href="{address}"' not in client.get("/").content.decode()


def test_leader_answers_for_no_organ_but_their_own(asking: Asking, leader: User):
    client = signed_in(leader)
    for other in (asking.area.pcns[1], asking.area.lmc):
        assert client.get(f"/parties/{asking.party(other).pk}/answer").status_code == 403
        assert client.post(f"/parties/{asking.party(other).pk}/answer", {"says": "agrees"}).status_code == 403


def test_leader_whose_post_has_ended_answers_no_more(asking: Asking, leader: User):
    end_appointment(appointment=asking.area.directors[0], end=day("2024-03-31"), **IN_TEST)
    own = f"/parties/{asking.party(asking.area.pcns[0]).pk}/answer"
    assert signed_in(leader).get(own).status_code == 403


def test_page_and_rights_agree_on_who_may_answer_for_which_party(asking: Asking, leader: User):
    [then] = as_at(Proposal.objects.all(), today())
    for account in (leader, factories.user(), factories.editor(asking.area.icb), None):
        rights = Rights(account)
        may = {party.row.pk for party in then.parties if right_to_answer(party.row, rights)}
        assert answerable(rights, then) == may
        assert bool(may) == (account == leader)


def test_role_of_a_group_does_not_lead_the_organisation_that_hosts_it(asking: Asking):
    from memberships.actions import add_group_role

    area = asking.area
    of_group = factories.role(area.lmc, area.chair.role.role_type, title="Chair of the group")
    add_group_role(group=area.group, role=of_group, **IN_TEST)
    chair = factories.appointment(factories.person(), of_group)
    group = add_party(proposal=asking.proposal, party=area.group, asked_on=today(), **IN_TEST)
    assert list(leads_on(asking.party(area.lmc), today())) == [area.chair]
    assert set(leads_on(group, today())) == {chair, area.chair}, "whose role it is, and who sits in the chair"


def test_editor_records_who_answered_and_is_offered_only_who_led_the_organ(asking: Asking, editor_client: Client):
    area = asking.area
    address = f"/parties/{asking.party(area.pcns[0]).pk}/record-answer"
    form = editor_client.get(address).content.decode()
    assert area.directors[0].person.name in form
    assert area.directors[1].person.name not in form
    check = sent(editor_client, address, says=Says.ABSTAINS, by_right_of=str(area.directors[0].pk), why="They wrote")
    confirmed(editor_client, check)
    assert Answer.objects.get().by_right_of == area.directors[0]


def test_objection_needs_a_reason(asking: Asking, editor_client: Client):
    address = f"/parties/{asking.party(asking.area.lmc).pk}/record-answer"
    page = sent(editor_client, address, says=Says.OBJECTS, why="They wrote")
    assert "Say why they object." in page.content.decode()


def test_answer_of_who_did_not_lead_the_organ_on_that_day_is_refused(asking: Asking):
    party = asking.party(asking.area.pcns[0])
    with pytest.raises(ValidationError, match="did not lead"):
        answer(party=party, says=Says.AGREES, given_on=today(), by_right_of=asking.area.directors[1], **IN_TEST)


@pytest.mark.parametrize(("days", "sentence"), [(1, "still to come"), (-1, "before they were asked")])
def test_answer_on_a_day_on_which_there_can_be_none_is_refused(asking: Asking, days: int, sentence: str):
    when = today() + datetime.timedelta(days=days)
    with pytest.raises(ValidationError, match=sentence):
        answer(party=asking.party(asking.area.lmc), says=Says.AGREES, given_on=when, **IN_TEST)


def test_later_answer_counts_and_the_earlier_stays_on_the_page(asking: Asking, editor_client: Client):
    area = asking.area
    asking.answered(area.lmc, Says.OBJECTS, area.chair, "Not like this.")
    asking.answered(area.lmc, Says.AGREES, area.chair)
    page = editor_client.get(asking.proposal.get_absolute_url()).content.decode()
    assert "Agreed by 1 of 3 organs; two have not answered, and no day is set." in page
    assert "Earlier:</span> objects" in page
    assert "Not like this." in page


def test_answers_are_never_rewritten(asking: Asking):
    asking.answered(asking.area.lmc, Says.AGREES)
    for column, value in {"says": Says.ABSTAINS, "reason": "No.", "given_on": datetime.date(2020, 1, 1)}.items():
        with pytest.raises(DatabaseError), transaction.atomic(), change(**IN_TEST):
            Answer.objects.update(**{column: value})


def test_proposal_is_corrected_until_somebody_answers(asking: Asking, editor_client: Client):
    address = f"{asking.proposal.get_absolute_url()}/correct"
    confirmed(editor_client, sent(editor_client, address, title="One rota for all", why="Was written down wrongly"))
    assert Proposal.objects.get().title == "One rota for all"
    asking.answered(asking.area.lmc, Says.AGREES)
    refused = sent(editor_client, address, title="Two rotas", why="Was written down wrongly")
    assert f"{asking.area.lmc.name} answered what stood there: only the day" in refused.content.decode()


def test_day_to_be_answered_by_still_moves_after_an_answer_and_history_says_so(asking: Asking, editor_client: Client):
    asking.answered(asking.area.lmc, Says.AGREES)
    address = f"{asking.proposal.get_absolute_url()}/correct"
    later = asking.proposal.put_on + datetime.timedelta(days=60)
    page = sent(editor_client, address, answer_by=later.isoformat(), why="Asked for by a member")
    assert confirmed(editor_client, page)
    assert Proposal.objects.get().answer_by == later
    told = editor_client.get(f"/history/proposal/{asking.proposal.pk}").content.decode()
    assert "Asked for by a member" in told


def test_one_more_is_asked_and_is_waited_for_from_that_day_on(asking: Asking, editor_client: Client):
    federation = factories.organisation(Kind.FEDERATION, name="Norwich Federation")
    address = f"{asking.proposal.get_absolute_url()}/parties/new"
    confirmed(editor_client, sent(editor_client, address, organisation=federation.pk, why="Was forgotten"))
    assert ProposalParty.objects.filter(organisation=federation, asked_on=today()).exists()
    twice = sent(editor_client, address, organisation=federation.pk, why="Was forgotten")
    assert "This party is asked already." in twice.content.decode()


def test_withdrawn_proposal_asks_nobody_and_keeps_what_was_answered(
    asking: Asking, leader: User, editor_client: Client
):
    asking.answered(asking.area.lmc, Says.AGREES)
    address = f"{asking.proposal.get_absolute_url()}/withdrawn"
    confirmed(editor_client, sent(editor_client, address, why="No longer needed"))
    page = editor_client.get(asking.proposal.get_absolute_url()).content.decode()
    assert "Withdrawn on" in page
    assert "Record an answer" not in page
    client = signed_in(leader)
    assert "What you are asked" not in client.get("/").content.decode()
    own = f"/parties/{asking.party(asking.area.pcns[0]).pk}/answer"
    assert "nobody is asked any more" in sent(client, own, says="agrees", why="Decided by the organ").content.decode()
