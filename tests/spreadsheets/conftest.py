"""An area of which everything that lists hold is recorded, and somebody who edits it."""

from decimal import Decimal

import pytest
from django.test import Client

from ics_leadership.accounts.models import User
from memberships import actions
from memberships.models import HowAppointed
from tests import factories
from tests.factories import IN_TEST, SmallArea
from tests.periods import day, year


@pytest.fixture
def editor(client: Client, area: SmallArea) -> User:
    account = factories.editor(area.icb)
    client.force_login(account)
    return account


@pytest.fixture
def known(area: SmallArea) -> SmallArea:
    """An area of which everything is recorded that an editor may see and others may not."""
    held = area.chair
    actions.correct_person(
        person=held.person,
        given_names="Amina",
        family_name="Yusuf",
        registration_number="7012345",
        work_email="chair@example.org",
        note="Prefers the telephone.\r\nAfter surgery.",
        **IN_TEST,
    )
    actions.correct_appointment(
        appointment=held,
        start=day("2019-04-01"),
        end=None,
        how=HowAppointed.ELECTED,
        made_by=area.lmc,
        employer=area.lmc,
        evidence="=Minutes of 4 May",
        note="-1 vote",
        **IN_TEST,
    )
    money = actions.Funding(factories.funding_source(), area.lmc, Decimal("1.50"), Decimal(12345))
    actions.add_funding_line(appointment=held, funding=money, **IN_TEST)
    strategy, _ = factories.skill("Strategy"), factories.skill("Contracting")
    skilled = {
        "person": factories.person("Siân O’Brien-Lee", title="Dr", by=factories.editor(area.icb)),
        "skill": strategy,
    }
    actions.add_skill_to_person(**skilled, start=year(2013), gained_through="Chairing,\r\nfor years", **IN_TEST)
    offer = {"area": area.place, "start": day("2022-06-01"), **IN_TEST}
    actions.offer_to_mentor(person=held.person, offer="An hour a month", skill=strategy, agreed_to_show=True, **offer)
    director = actions.correct_person(
        person=area.directors[0].person, given_names="Ben", family_name="Okoro", **IN_TEST
    )
    actions.offer_to_mentor(person=director, offer="In confidence", **offer)
    return area
