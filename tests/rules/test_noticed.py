"""What does not add up about a record, on its page: for its editors, whom it concerns, and where a group publishes it."""

import re

import pytest
from django.test import Client

from ics_leadership.accounts.models import User
from ics_leadership.history import change
from ics_leadership.periods import today
from ics_leadership.writing import keep
from memberships import actions
from memberships.actions.identity import link_account
from memberships.models import RegisterOfInterests
from memberships.rules import find
from roles.models import ActsFor
from tests import factories
from tests.factories import IN_TEST, SmallArea

pytestmark = pytest.mark.django_db

HEADING = "What does not add up"


@pytest.fixture
def conflicted(area: SmallArea) -> SmallArea:
    """The area, whose first core member also acts for the system."""
    lead = factories.role(area.icb, factories.role_type("Place Lead", acts_for=ActsFor.SYSTEM), title="Place Lead")
    factories.appointment(area.directors[0].person, lead)
    return area


def page(account: User | None, address: str) -> str:
    client = Client()
    if account:
        client.force_login(account)
    answer = client.get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def pages_of(area: SmallArea) -> list[str]:
    member = area.memberships[1]
    return [each.get_absolute_url() for each in (area.group, member.person)]


def test_editors_see_it_with_what_would_settle_it(conflicted: SmallArea):
    editor = factories.editor(conflicted.place)
    for address in pages_of(conflicted):
        said = page(editor, address)
        assert HEADING in said
        assert "is also Place Lead of Norwich ICB" in said
        assert "Say how this is managed" in said


def test_nobody_else_sees_it(conflicted: SmallArea):
    elsewhere = factories.editor(factories.small_area("Diss").place)
    for account in (None, factories.user(), elsewhere):
        for address in pages_of(conflicted):
            assert HEADING not in page(account, address)


def test_whom_it_concerns_sees_it_without_the_editors_tools(conflicted: SmallArea):
    account = factories.user()
    link_account(person=conflicted.memberships[1].person, account=account, **IN_TEST)
    for address in pages_of(conflicted):
        said = page(account, address)
        assert "is also Place Lead of Norwich ICB" in said
        assert "Say how this is managed" not in said


def test_a_group_publishes_it_to_those_who_are_signed_in(conflicted: SmallArea):
    with change(**IN_TEST):
        keep(conflicted.terms, publishes_findings=True)
    address = conflicted.group.get_absolute_url()
    assert "is also Place Lead of Norwich ICB" in page(factories.user(), address)
    assert "is also Place Lead" not in page(None, address), "the public is shown no list of failings"
    elsewhere = page(factories.editor(factories.small_area("Diss").place), address)
    assert "is also Place Lead of Norwich ICB" in elsewhere
    assert "Say how this is managed" not in elsewhere, "it is not theirs to settle"


def test_no_group_publishes_who_has_not_declared_interests(conflicted: SmallArea):
    with change(**IN_TEST):
        keep(conflicted.terms, publishes_findings=True, interests=RegisterOfInterests.PUBLISHED)
    address = conflicted.group.get_absolute_url()
    assert "has not declared interests" in page(factories.editor(conflicted.place), address)
    assert "has not declared interests" not in page(factories.user(), address)


def test_what_is_managed_is_shown_as_managed(conflicted: SmallArea):
    (finding,) = (each for each in find(today()) if each.code == "GL01")
    actions.manage_finding(
        rule=finding.code,
        subject=finding.subject,
        area=conflicted.icb,
        how="Does not vote on the place’s money.",
        agreed_by="The group",
        **IN_TEST,
    )
    said = page(factories.editor(conflicted.place), conflicted.group.get_absolute_url())
    assert "Managed: Does not vote on the place’s money. (agreed by The group)" in said
