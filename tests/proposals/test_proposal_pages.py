"""What readers see of proposals: who may see which, where each stands in a sentence, on any day; and how it is cited."""

import datetime
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ics_leadership.periods import today
from memberships.actions.proposals import put_proposal
from memberships.models import DecisionRule, Proposal, Says
from memberships.presenters.history import history_address
from memberships.presenters.proposals import standing_sentence
from memberships.proposals import as_at
from tests import factories
from tests.factories import IN_TEST, SmallArea
from tests.proposals.conftest import Asking, signed_in

pytestmark = pytest.mark.django_db
PUT = datetime.date(2026, 11, 2)
FRIDAY = datetime.date(2026, 12, 4)


@pytest.mark.parametrize("published", [True, False])
def test_strangers_see_a_proposal_where_the_terms_of_its_day_publish_it(
    asking: Asking, decides: Callable[..., None], client: Client, published: bool
):
    decides(published=published)
    address = asking.proposal.get_absolute_url()
    group = asking.area.group.get_absolute_url()
    assert client.get(address).status_code == (200 if published else 404)
    for page in ("/proposals", group):
        assert ("One rota" in client.get(page).content.decode()) == published
    reader = signed_in(factories.user())
    for page in (address, "/proposals", group):
        assert "One rota" in reader.get(page).content.decode()


def test_history_of_proposals_is_for_who_is_signed_in(asking: Asking, decides: Callable[..., None], client: Client):
    decides(published=True)
    histories = [history_address(type(row), row.pk) for row in (asking.proposal, asking.party(asking.area.lmc))]
    of_group = history_address(type(asking.area.group), asking.area.group.pk)
    assert [client.get(each).status_code for each in histories] == [404, 404]
    assert "One rota" not in client.get(of_group).content.decode()
    reader = signed_in(factories.user())
    assert [reader.get(each).status_code for each in histories] == [200, 200]
    assert "One rota" in reader.get(of_group).content.decode()


def put(area: SmallArea, **facts: object) -> Proposal:
    return put_proposal(
        **{"group": area.group, "title": "Hubs", "put_on": PUT, "answer_by": FRIDAY, "parties": [area.lmc, *area.pcns]}
        | facts  # type: ignore[arg-type]
        | IN_TEST
    )


def sentence(proposal: Proposal, on: datetime.date) -> str:
    [then] = as_at(Proposal.objects.filter(pk=proposal.pk), on)
    return standing_sentence(then, on)


def say(proposal: Proposal, **said: tuple[Says, datetime.date]) -> None:
    """Let the parties answer: `lmc`, `east` and `west`."""
    from ics_leadership.history import change
    from ics_leadership.writing import keep
    from memberships.models import Answer

    names = {"lmc": "LMC", "east": "East", "west": "West", "group": "Leadership Group"}
    with change(**IN_TEST):
        for key, (says, day) in said.items():
            [party] = [each for each in proposal.parties.all() if names[key] in str(each)]
            keep(Answer(party=party, says=says, given_on=day, reason="Because."))


def test_sentence_says_where_the_organs_stand_on_every_day(area: SmallArea, decides: Callable[..., None]):
    decides()
    proposal = put(area)
    middle = datetime.date(2026, 11, 20)
    say(proposal, east=(Says.AGREES, PUT), lmc=(Says.AGREES, middle))
    assert sentence(proposal, PUT) == "Agreed by 1 of 3 organs; two have until Friday 4 December."
    assert sentence(proposal, middle) == "Agreed by 2 of 3 organs; one has until Friday 4 December."
    late = datetime.date(2026, 12, 7)
    assert sentence(proposal, late) == "Agreed by 2 of 3 organs; one has not answered, and had until Friday 4 December."
    say(proposal, west=(Says.AGREES, late))
    assert sentence(proposal, late) == "Agreed by all 3 organs."
    assert sentence(proposal, middle) == "Agreed by 2 of 3 organs; one has until Friday 4 December."


def test_sentence_names_who_stops_it(area: SmallArea, decides: Callable[..., None]):
    decides()
    proposal = put(area)
    say(proposal, east=(Says.AGREES, PUT), lmc=(Says.OBJECTS, PUT))
    expected = f"Stopped: {area.lmc.name} objects; agreed by 1 of 3 organs, and one has not answered."
    assert sentence(proposal, PUT) == expected


def test_sentence_counts_the_votes(area: SmallArea, decides: Callable[..., None]):
    decides(DecisionRule.VOTE)
    proposal = put(area)
    say(proposal, east=(Says.AGREES, PUT), lmc=(Says.OBJECTS, PUT))
    assert sentence(proposal, PUT) == "Not decided yet: 1 for, 1 against; one has until Friday 4 December."
    after = datetime.date(2026, 12, 5)
    assert sentence(proposal, after) == "Not carried: 1 for, 1 against; one did not vote by Friday 4 December."


def test_sentence_waits_for_the_group_first(area: SmallArea, decides: Callable[..., None]):
    decides(DecisionRule.TWO_STAGE)
    proposal = put(area)
    say(proposal, east=(Says.AGREES, PUT))
    waits = f"Waits first for {area.group.name}, which has until Friday 4 December. Agreed by 1 of 3 organs already."
    assert sentence(proposal, PUT) == waits
    say(proposal, group=(Says.AGREES, PUT))
    assert sentence(proposal, PUT) == "Agreed by 1 of 3 organs; two have until Friday 4 December."


def test_page_of_a_day_before_it_was_put_says_so(area: SmallArea, decides: Callable[..., None]):
    decides()
    page = signed_in(factories.user()).get(f"{put(area).get_absolute_url()}?as_at=2026-11-01").content.decode()
    assert "Not put yet on this day" in page
    assert "?as_at=2026-11-02" in page


def test_page_is_cited_with_its_day_and_address(area: SmallArea, decides: Callable[..., None]):
    decides()
    reader = signed_in(factories.user())
    page = reader.get(f"{put(area).get_absolute_url()}?as_at=2026-11-20").content.decode()
    assert f"{area.group.name}, “Hubs”, put on 2 November 2026." in page
    assert "As at 20 November 2026: Agreed by none of 3 organs; three have until Friday 4 December." in page
    assert "http://testserver/proposals/hubs?as_at=2026-11-20" in page


def test_list_is_narrowed_to_a_group_and_to_what_is_open(asking: Asking, area: SmallArea):
    other = factories.group(area.lmc, name="The forum", covers=area.place)
    put(area, group=other, title="Stopped at once", parties=[area.lmc], put_on=today(), answer_by=None)
    asking.answered(area.lmc, Says.OBJECTS, reason="No.")
    reader = signed_in(factories.user())

    def listed(query: str) -> set[str]:
        page = reader.get(f"/proposals{query}").content.decode()
        return {title for title in ("One rota", "Stopped at once") if title in page}

    assert listed("") == {"One rota", "Stopped at once"}
    assert listed("?state=settled") == {"One rota"}
    assert listed("?state=open") == {"Stopped at once"}
    assert listed(f"?group={other.slug}") == {"Stopped at once"}
    assert listed("?as_at=2020-01-01") == set()
    for wrong in ("?state=perhaps", "?group=none", "?colour=blue"):
        assert reader.get(f"/proposals{wrong}").status_code == 400


def test_pages_ask_no_more_queries_of_more_proposals_and_answers(asking: Asking, area: SmallArea):
    reader = signed_in(factories.editor(area.icb))
    pages = ("/proposals", asking.proposal.get_absolute_url(), area.group.get_absolute_url(), "/to-do")

    def costs() -> list[int]:
        counts = []
        for page in pages:
            with CaptureQueriesContext(connection) as captured:
                assert reader.get(page).status_code == 200
            counts.append(len(captured))
        return counts

    asking.answered(area.lmc, Says.AGREES, area.chair)
    before = costs()
    for number in range(4):
        put(area, title=f"Another {number}", put_on=today(), answer_by=None)
    for director, pcn in zip(area.directors, area.pcns, strict=True):
        asking.answered(pcn, Says.ABSTAINS, director)
        asking.answered(pcn, Says.ABSTAINS, director)
    assert costs() <= before


def test_to_do_list_says_what_waits_for_an_answer_until_it_is_settled(asking: Asking):
    editor = signed_in(factories.editor(asking.area.icb))
    assert "Proposals waiting for an answer" in editor.get("/to-do").content.decode()
    assert f"Missing: {asking.area.lmc.name}" in editor.get("/to-do/proposals").content.decode()
    asking.answered(asking.area.lmc, Says.OBJECTS, reason="No.")
    assert "No proposal waits for an answer." in editor.get("/to-do/proposals").content.decode()
