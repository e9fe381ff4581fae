"""Whatever form is confirmed twice, by a double click or from a page that was kept, it changes nothing twice."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from ics_leadership.history import Change
from memberships import actions
from organisations import actions as organisation_actions
from organisations.models import Link, LinkKind
from tests import factories
from tests.factories import IN_TEST, SmallArea
from tests.flows.sending import confirmed, fields_of, sent
from tests.periods import day

pytestmark = pytest.mark.django_db

Filled = tuple[str, dict[str, Any]]

SINCE = day("2024-04-01")
ENDS = {"end": "30 November 2026"}


def a_skill(area: SmallArea) -> Filled:
    address = area.chair.person.get_absolute_url()
    return f"{address}/skills/new", {"skill": factories.skill().pk, "start": "2013", "why": "They told us"}


def an_offer(area: SmallArea) -> Filled:
    address = area.chair.person.get_absolute_url()
    return f"{address}/offers/new", {
        "offer": "An hour a month",
        "area": area.place.pk,
        "start": "2026",
        "why": "They offered",
    }


def money_of_an_appointment(area: SmallArea) -> Filled:
    pot = factories.funding_source()
    return f"/appointments/{area.chair.pk}/fund", {"funding_source": pot.pk, "why": "Funding agreed"}


def money_of_a_group(area: SmallArea) -> Filled:
    pot = factories.funding_source()
    return f"/groups/{area.group.slug}/fund", {"funding_source": pot.pk, "start": "2026", "why": "Funding agreed"}


def a_remit(area: SmallArea) -> Filled:
    role = area.directors[0].role
    typed = {"start": "1 December 2026", "acts_for": "system", "summary": "For all", "why": "The remit changed"}
    return f"{role.get_absolute_url()}/remit", typed


def the_end_of_a_role(area: SmallArea) -> Filled:
    held = area.directors[0]
    typed = ENDS | {"why": "Reorganisation", f"holder_{held.pk}": "ends"}
    return f"{held.role.get_absolute_url()}/end", typed


def a_deputy(area: SmallArea) -> Filled:
    typed = {"person": factories.person().pk, "start": "2026", "why": "Named by the member"}
    return f"/memberships/{area.memberships[0].pk}/deputy", typed


def the_end_of_a_deputy(area: SmallArea) -> Filled:
    deputy = actions.add_deputy(membership=area.memberships[0], person=factories.person(), start=SINCE, **IN_TEST)
    return f"/deputies/{deputy.pk}/end", ENDS | {"why": "Left their post"}


def an_influence(area: SmallArea) -> Filled:
    typed = {"organisation": area.icb.pk, "start": "2026", "why": "Recorded late"}
    return f"/groups/{area.group.slug}/influences/new", typed


def a_reporting_line(area: SmallArea) -> Filled:
    typed = {"to_organisation": area.lmc.pk, "start": "2026", "why": "Recorded late"}
    return f"/groups/{area.group.slug}/reporting-lines/new", typed


def a_link(area: SmallArea) -> Filled:
    typed = {"link_kind": "member_of", "other": area.lmc.pk, "start": "2026", "why": "Recorded late"}
    return f"{area.practices[0].get_absolute_url()}/links/new", typed


def the_end_of_a_link(area: SmallArea) -> Filled:
    link = Link.objects.get(organisation=area.practices[0], kind=LinkKind.CORE_PARTNER_OF)
    return f"/links/{link.pk}/end", ENDS | {"why": "It left"}


def the_correction_of_a_link(area: SmallArea) -> Filled:
    link = organisation_actions.link(
        organisation=area.practices[0], kind=LinkKind.MEMBER_OF, other=area.lmc, start=SINCE, **IN_TEST
    )
    return f"/links/{link.pk}/correct", {"start": "1 May 2024", "why": "It was written wrongly"}


@pytest.mark.parametrize(
    "fill",
    [
        a_skill,
        an_offer,
        money_of_an_appointment,
        money_of_a_group,
        a_remit,
        the_end_of_a_role,
        a_deputy,
        the_end_of_a_deputy,
        an_influence,
        a_reporting_line,
        a_link,
        the_end_of_a_link,
        the_correction_of_a_link,
    ],
    ids=lambda fill: fill.__name__.replace("_", " "),
)
def test_a_form_that_is_confirmed_twice_changes_nothing_twice(
    editor_client: Client, area: SmallArea, fill: Callable[[SmallArea], Filled]
):
    address, typed = fill(area)
    check = sent(editor_client, address, **typed)
    before = Change.objects.count()
    first = confirmed(editor_client, check)
    assert first.status_code == 302, first.content.decode()
    assert Change.objects.count() == before + 1
    again = confirmed(editor_client, check)
    assert again["Location"] == first["Location"]
    # From a session that knows nothing of it, as when both clicks are under way at once.
    session = editor_client.session
    del session["sent"]
    session.save()
    editor_client.post(address, fields_of(check) | {"step": "confirm"})
    assert Change.objects.count() == before + 1
