"""A version of terms as a document, and two versions compared, as readers see them."""

import re

import pytest
from django.test import Client

from memberships import actions
from memberships.actions import NewClause, NewEligibility, NewSeat
from memberships.models import Category, Condition, DecisionRule, Terms, Topic
from memberships.presenters.reasons import reason
from memberships.seating import sitting
from organisations.models import Kind
from tests import factories as make
from tests.factories import IN_TEST, SmallArea
from tests.periods import day

pytestmark = pytest.mark.django_db


def text_of(page) -> str:
    """The words of a page, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page.content.decode()))


def second_version(area: SmallArea, **facts: object) -> Terms:
    """The group's terms from 2024 on: with a seat for each network, a condition, and a rule of decision."""
    return make.terms(
        area.group,
        [
            NewSeat("Chair", Category.CHAIR, None, voting=True),
            NewSeat("Network", Category.CORE, Kind.PCN, each=True, voting=True, clause="2", quorum_of=1),
        ],
        version="2.0",
        period=(day("2024-04-01"), None),
        clauses=[
            NewClause("1", "The group speaks for all practices of the place."),
            NewClause("2", "Every network sends somebody."),
            NewClause("3", "It decides by consensus.", Topic.DECISION),
        ],
        eligibilities=[NewEligibility(Condition.NOT_ENGAGED_BY, clause="2", organisation=area.icb)],
        decision_rule=DecisionRule.CONSENSUS,
        quorum=2,
        **facts,
    )


def test_a_version_reads_as_a_document_with_what_each_clause_means_to_the_register(area: SmallArea, client: Client):
    terms = second_version(area)
    east = area.directors[0]
    make.membership(terms.seats.get(title="Network"), east.person, east, period=(day("2024-04-01"), None))
    page = client.get(f"/groups/{area.group.slug}/terms/{terms.pk}?as_at=2024-06-01")
    text = text_of(page)
    assert "In force on 1 June 2024." in text
    assert (
        "Every network sends somebody.Seat “Network”: 1 seat, core member, voting, for each primary care network"
        in text
    )
    assert "It decides by consensus.How it decides: consensus of those at the table" in text
    assert "Quorum2, of them at least 1 from “Network”" in text
    assert f"Chair and core members: not employed or engaged by {area.icb}" in text
    assert f"{east.person.name}, {east.role.title}" in text
    assert "Vacant: 1 of 2 (West Norwich PCN)" in text


def test_the_document_of_a_version_shows_who_sat_under_it_on_the_day_asked_for(area: SmallArea, client: Client):
    address = f"/groups/{area.group.slug}/terms/{area.terms.pk}"
    chair = area.memberships[0]
    actions.end_membership(**IN_TEST, membership=chair, end=day("2023-12-31"))
    assert chair.person.name in text_of(client.get(f"{address}?as_at=2023-12-31"))
    assert chair.person.name not in text_of(client.get(f"{address}?as_at=2024-01-01"))


def test_the_document_does_not_name_a_member_by_a_post_that_has_ended(area: SmallArea, client: Client):
    actions.end_appointment(appointment=area.chair, end=day("2024-03-31"), **IN_TEST)
    address, title = f"/groups/{area.group.slug}/terms/{area.terms.pk}", area.chair.role.title
    assert f", formerly {title}, since" in text_of(client.get(f"{address}?as_at=2024-04-01"))
    assert f", {title}, since" in text_of(client.get(f"{address}?as_at=2024-03-31"))


def test_why_somebody_sits_leads_to_the_clause_in_the_document(area: SmallArea, client: Client):
    membership = sitting(area.group, day("2024-01-01").date)[0]
    address = f"/groups/{area.group.slug}/terms/{area.terms.pk}"
    links = {piece.text: piece.href for piece in reason(membership, on=day("2024-01-01").date).pieces if piece.href}
    assert links["terms of reference version 1.0"] == address
    assert links["clause 2"] == f"{address}#clause-2"
    assert 'id="clause-2"' in client.get(address).content.decode()
    assert f'href="{address}#clause-2"' in client.get(area.group.get_absolute_url()).content.decode()


def test_evidence_stands_in_the_reason_for_those_alone_who_may_see_it(area: SmallArea, client: Client):
    chair = area.chair
    actions.correct_appointment(
        **IN_TEST, appointment=chair, start=chair.start, end=chair.end, evidence="Minutes of 3 May"
    )
    page = area.group.get_absolute_url()
    assert "Minutes of 3 May" not in client.get(page).content.decode()
    reader = Client()
    reader.force_login(make.user())
    assert "Minutes of 3 May" not in reader.get(page).content.decode()
    editor = Client()
    editor.force_login(make.editor(area.place))
    assert "evidence: Minutes of 3 May" in text_of(editor.get(page))


def test_two_versions_stand_beside_each_other_clause_by_clause(area: SmallArea, client: Client):
    terms = second_version(area)
    page = client.get(f"/groups/{area.group.slug}/terms/{terms.pk}/compare")
    text = text_of(page)
    assert "Version 1.0, from 1 April 2021 to 31 March 2024, beside Version 2.0" in text
    assert "The group speaks for [removed: the ]practices" in text or "[added: all ]" in text
    assert "Not there 3 It decides by consensus. Added" in text
    assert "PCN clinical directors" in text
    backwards = client.get(f"/groups/{area.group.slug}/terms/{area.terms.pk}/compare?with={terms.pk}")
    assert text_of(backwards).count("beside Version 2.0") == 1


def test_a_group_with_one_version_has_nothing_to_compare(area: SmallArea, client: Client):
    page = client.get(f"/groups/{area.group.slug}/terms/{area.terms.pk}/compare")
    assert "There is nothing to compare it with." in text_of(page)


@pytest.mark.parametrize(
    "end", ["0", "0/compare", "{pk}/compare?with=nonsense", "{pk}/compare?with=99999999999999999999"]
)
def test_a_version_that_is_not_there_is_explained(area: SmallArea, client: Client, end: str):
    page = client.get(f"/groups/{area.group.slug}/terms/{end.format(pk=area.terms.pk)}")
    assert page.status_code == 404


def test_the_groups_page_leads_to_both(area: SmallArea, client: Client):
    terms = second_version(area)
    page = client.get(area.group.get_absolute_url()).content.decode()
    assert f'href="/groups/{area.group.slug}/terms/{terms.pk}"' in page
    assert f'href="/groups/{area.group.slug}/terms/{terms.pk}/compare"' in page
