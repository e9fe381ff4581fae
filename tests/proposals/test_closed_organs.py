"""Proposals that wait for an organ that closes: it counts no more, who took over answers, and whoever closes it is told."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from ics_leadership.periods import PartialDate, today
from ics_leadership.words import day_words
from memberships.actions.proposals import add_party, answer
from memberships.models import Answer, Says
from memberships.presenters.proposals import standing_sentence
from memberships.proposals import as_at
from organisations import actions as organisation_actions
from organisations.models import Kind, LinkKind, Organisation
from tests import factories
from tests.factories import IN_TEST
from tests.flows.sending import confirmed, fields_of, sent
from tests.proposals.conftest import Asking, signed_in

pytestmark = pytest.mark.django_db

TOMORROW = today() + datetime.timedelta(days=1)
AFTER = today() + datetime.timedelta(days=2)


def closes(organ: Organisation, last_day: datetime.date, *successors: Organisation) -> None:
    """An organ closes with a day, and others take over from the next."""
    for successor in successors:
        organisation_actions.record_succession(
            predecessor=organ, successor=successor, on=last_day + datetime.timedelta(days=1), **IN_TEST
        )
    organisation_actions.close_organisation(organisation=organ, end=PartialDate(last_day), **IN_TEST)


def network(asking: Asking, name: str) -> Organisation:
    new = factories.organisation(Kind.PCN, name=name)
    factories.link(new, LinkKind.PART_OF, asking.area.place)
    return new


def stands(asking: Asking, on: datetime.date) -> str:
    [then] = as_at(type(asking.proposal).objects.filter(pk=asking.proposal.pk), on)
    return standing_sentence(then, on)


def page(asking: Asking, on: datetime.date, client: Client | None = None) -> str:
    client = client or signed_in(factories.user())
    return client.get(asking.proposal.get_absolute_url(), {"as_at": on.isoformat()}).content.decode()


def test_organ_that_closed_counts_no_more_and_the_page_says_so_with_the_day(asking: Asking):
    west = asking.area.pcns[1]
    closes(west, today())
    assert stands(asking, today()) == "Agreed by none of 3 organs; three have not answered, and no day is set."
    assert stands(asking, TOMORROW) == "Agreed by none of 2 organs; two have not answered, and no day is set."
    assert "Closed</span>" not in page(asking, today())
    said = page(asking, TOMORROW)
    assert f" closed, its last day being {day_words(today())}, and had not answered: it counts no more." in said
    assert "Nobody is recorded to have taken over from it." in said
    assert "Closed</span>" in said


def test_successor_that_is_asked_answers_for_itself_alone(asking: Asking):
    east, west = asking.area.pcns
    closes(west, today(), east)
    assert stands(asking, TOMORROW).startswith("Agreed by none of 2 organs")
    assert f"{east.name}</a> took over from it, and is asked itself." in page(asking, TOMORROW)


def test_successor_that_is_not_asked_is_waited_for_until_it_was(asking: Asking):
    east, west = asking.area.pcns
    new = network(asking, "New PCN")
    for organ in (asking.area.lmc, east):
        asking.answered(organ, Says.AGREES)
    closes(west, today(), new)
    assert stands(asking, TOMORROW).startswith("Agreed by 2 of 3 organs; one has not answered")
    said = page(asking, TOMORROW)
    assert "New PCN</a> took over from it, and is to answer in its place, but was not asked yet." in said
    add_party(proposal=asking.proposal, party=new, asked_on=TOMORROW, **IN_TEST)
    assert "New PCN</a> took over from it, and is asked itself." in page(asking, TOMORROW)
    assert stands(asking, TOMORROW).startswith("Agreed by 2 of 3 organs; one has not answered")


def test_editor_is_led_to_ask_the_successor(asking: Asking):
    west, new = asking.area.pcns[1], network(asking, "New PCN")
    closes(west, today() - datetime.timedelta(days=1), new)
    editor = signed_in(factories.editor(asking.area.icb))
    address = f"{asking.proposal.get_absolute_url()}/parties/new?organisation={new.pk}"
    assert f'href="{address}"' in page(asking, today(), editor)
    assert "New PCN" in editor.get(address).content.decode()


def test_successor_of_a_successor_that_closed_too_is_waited_for(asking: Asking):
    west, first, second = asking.area.pcns[1], network(asking, "First PCN"), network(asking, "Second PCN")
    closes(west, today(), first)
    closes(first, TOMORROW, second)
    assert "First PCN</a> took over" in page(asking, TOMORROW)
    said = page(asking, AFTER)
    assert "Second PCN</a> took over" in said
    assert "First PCN</a> took over" not in said


def test_successor_of_both_parts_of_an_organ_that_was_split_is_named_once(asking: Asking):
    halves, whole = [network(asking, f"Half {n} PCN") for n in range(2)], network(asking, "Whole PCN")
    closes(asking.area.pcns[1], today(), *halves)
    for half in halves:
        closes(half, TOMORROW, whole)
    assert page(asking, AFTER).count("Whole PCN</a> took over") == 1


def test_two_that_become_one_are_waited_for_once(asking: Asking):
    new = network(asking, "New PCN")
    for organ in asking.area.pcns:
        closes(organ, today(), new)
    assert stands(asking, TOMORROW).startswith("Agreed by none of 2 organs")


def test_proposal_of_which_nobody_is_left_says_so(asking: Asking):
    for organ in (asking.area.lmc, *asking.area.pcns):
        closes(organ, today())
    assert stands(asking, TOMORROW) == "Nobody is left to answer."


def test_organ_answers_on_no_day_on_which_it_did_not_exist(asking: Asking):
    west = asking.area.pcns[1]
    party = asking.party(west)
    party.asked_on = today() - datetime.timedelta(days=9)
    closes(west, today() - datetime.timedelta(days=1))
    party.organisation.refresh_from_db()
    with pytest.raises(ValidationError, match=f"{west.name} did not exist on {day_words(today())}"):
        answer(party=party, says=Says.AGREES, given_on=today(), **IN_TEST)
    answer(party=party, says=Says.AGREES, given_on=today() - datetime.timedelta(days=1), **IN_TEST)


def test_form_of_an_answer_refuses_a_day_after_the_organ_closed(asking: Asking):
    west = asking.area.pcns[1]
    closes(west, today() - datetime.timedelta(days=1))
    editor = signed_in(factories.editor(asking.area.icb))
    address = f"/parties/{asking.party(west).pk}/record-answer"
    said = sent(editor, address, says="agrees", given_on=today().isoformat(), why="They wrote").content.decode()
    assert f"{west.name} did not exist on {day_words(today())}" in said
    assert not Answer.objects.exists()


def test_nobody_is_asked_who_has_closed(asking: Asking):
    gone = network(asking, "Gone PCN")
    closes(gone, today() - datetime.timedelta(days=1))
    gone.refresh_from_db()
    with pytest.raises(ValidationError, match=r"Gone PCN did not exist .* Ask who stands in its place"):
        add_party(proposal=asking.proposal, party=gone, asked_on=today(), **IN_TEST)


def test_who_closes_an_organ_is_told_which_proposals_wait_for_it(asking: Asking):
    west = asking.area.pcns[1]
    editor = signed_in(factories.editor(asking.area.icb))
    facts = {"end": today().isoformat(), "why": "Closed"}
    said = sent(editor, f"{west.get_absolute_url()}/close", **facts).content.decode()
    assert "Proposals that wait for an answer" in said
    assert f"One rota</a>, which {west.name} has not answered: it counts no more once it has closed." in said
    assert "Nobody answers in its place." in said
    asking.answered(west, Says.AGREES)
    assert "One rota" not in sent(editor, f"{west.get_absolute_url()}/close", **facts).content.decode()


@pytest.mark.parametrize(
    ("becomes", "said"),
    [
        ({"becomes": "first", "name": ""}, "East Norwich PCN is asked itself."),
        ({"becomes": "new", "name": "Norwich PCN"}, "Norwich PCN is to answer in its place, and has to be asked."),
    ],
)
def test_who_merges_networks_is_told_which_proposals_wait_for_those_that_close(
    asking: Asking, becomes: dict[str, str], said: str
):
    east, west = asking.area.pcns
    editor = signed_in(factories.editor(asking.area.icb))
    asks = sent(
        editor,
        "/organisations/merge",
        network_0_network=east.pk,
        network_1_network=west.pk,
        start=TOMORROW.isoformat(),
        why="The networks merged",
        **becomes,
    )
    ends = {name: "ends" for name in fields_of(asks) if name.startswith("held_")}
    ends |= {f"held_{held.pk}": "ends" for held in asking.area.directors}
    check = editor.post("/organisations/merge", fields_of(asks) | ends)
    text = check.content.decode()
    assert "Proposals that wait for an answer" in text
    assert f"{west.name} has not answered: it counts no more once it has closed. {said}" in text
    confirmed(editor, check)
    assert "and had not answered: it counts no more." in page(asking, TOMORROW)
