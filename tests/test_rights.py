"""Who may change which record: what lies within an editor's area, and what its leaders hold elsewhere."""

import pytest

from ics_leadership.accounts.models import Sight, Standing
from ics_leadership.restoring import withdraw
from memberships.rights import may_change, people_seen, sees_of_person
from organisations import actions as organisations
from organisations.models import Kind
from organisations.rights import Rights
from tests import factories
from tests.factories import IN_TEST, SmallArea
from tests.periods import OPEN_ENDED, day

pytestmark = pytest.mark.django_db


@pytest.fixture
def area() -> SmallArea:
    return factories.small_area()


@pytest.fixture
def rights(area: SmallArea) -> Rights:
    return Rights(factories.editor(area.place))


@pytest.fixture
def board():
    """A body outside the area."""
    return factories.organisation(Kind.ICB, name="Another board")


def test_editor_changes_what_lies_within_their_area(area: SmallArea, rights: Rights):
    assert may_change(area.practices[0], rights)
    assert may_change(area.directors[0], rights)
    assert may_change(area.directors[0].person, rights)
    assert may_change(area.group, rights)
    assert may_change(area.memberships[0], rights)


def test_editor_changes_nothing_of_bodies_elsewhere(rights: Rights, board):
    role = factories.role(board, factories.role_type())
    assert not may_change(board, rights)
    assert not may_change(role, rights)
    assert not may_change(factories.appointment(factories.person(), role), rights)


def test_editor_changes_what_their_leaders_hold_elsewhere(area: SmallArea, rights: Rights, board):
    role = factories.role(board, factories.role_type())
    held = factories.appointment(area.directors[0].person, role)
    assert may_change(held, rights)
    assert may_change(role, rights)
    factories.appointment(factories.person(), role)
    assert not may_change(role, rights), "once somebody else's people hold it too"


def test_editor_changes_a_practice_that_has_closed(area: SmallArea, rights: Rights):
    closed = organisations.close_organisation(organisation=area.practices[0], end=day("2024-03-31"), **IN_TEST)
    assert may_change(closed, rights)


def test_somebody_who_holds_nothing_is_for_the_editors_of_whoever_wrote_their_entry(
    area: SmallArea, rights: Rights, board
):
    newcomer = factories.person(by=factories.editor(area.place))
    assert may_change(newcomer, rights)
    assert sees_of_person(newcomer, Sight.NOTES, rights)
    elsewhere = Rights(factories.editor(board))
    for stranger in (newcomer, factories.person()):
        assert not may_change(stranger, elsewhere)
        assert not sees_of_person(stranger, Sight.NOTES, elsewhere)
        assert not people_seen(Sight.NOTES, elsewhere).filter(pk=stranger.pk).exists()


def test_whoever_loses_what_they_held_stays_with_those_who_wrote_it(area: SmallArea, rights: Rights, board):
    who = factories.person(by=factories.editor(area.place))
    held = factories.appointment(who, factories.role(area.place, factories.role_type()))
    withdraw(row=held, **IN_TEST)
    assert may_change(who, rights)
    assert not may_change(who, Rights(factories.editor(board)))


def test_newcomer_stays_with_the_area_when_their_editor_has_left(area: SmallArea, rights: Rights):
    gone = factories.user()
    factories.grant(gone, Standing.EDITOR, area.place, period=(OPEN_ENDED[0], day("2024-03-31")))
    assert may_change(factories.person(by=gone), rights)


def test_account_without_a_grant_changes_nothing(area: SmallArea):
    for nobody in (Rights(None), Rights(factories.user())):
        assert not nobody.is_editor
        assert not may_change(area.directors[0], nobody)
        assert not may_change(factories.person(), nobody)


def test_grant_that_has_ended_allows_nothing(area: SmallArea):
    account = factories.user()
    factories.grant(account, Standing.EDITOR, area.place, period=(OPEN_ENDED[0], day("2024-03-31")))
    assert not Rights(account).is_editor


def test_administrator_changes_everything(area: SmallArea, board):
    account = factories.user()
    factories.grant(account, Standing.ADMINISTRATOR)
    assert may_change(board, Rights(account))
    assert may_change(area.directors[0].role.role_type, Rights(account))


def test_closed_account_has_no_rights(area: SmallArea):
    account = factories.editor(area.place)
    account.is_active = False
    assert not Rights(account).is_editor


def test_analyst_sees_what_was_granted_where_it_was_granted(area: SmallArea, board):
    account, person = factories.user(), area.directors[0].person
    factories.grant(account, Standing.ANALYST, area.place, sees=[Sight.AMOUNTS])
    rights = Rights(account)
    assert rights.sees(Sight.AMOUNTS, area.practices[0])
    assert not rights.sees(Sight.AMOUNTS, board)
    assert not rights.sees(Sight.NOTES, area.practices[0])
    assert sees_of_person(person, Sight.AMOUNTS, rights)
    assert not sees_of_person(person, Sight.NOTES, rights)
    assert not rights.is_editor
