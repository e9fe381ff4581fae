"""A load of the demonstration that ends early, or on a register that others can reach."""

import pytest

from ics_leadership.accounts.demo_accounts import create_demo_accounts
from ics_leadership.accounts.models import User
from ics_leadership.history import Change
from memberships.demo import replay
from memberships.demo.entries import recorded
from memberships.models import Person
from organisations.models import Organisation

pytestmark = pytest.mark.usefixtures("committing")


def test_nothing_is_left_of_a_load_that_breaks_off(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks_off(book: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(replay, "LOG", [replay.LOG[0], recorded("2013-01-15", "It breaks off", breaks_off)])
    with pytest.raises(ZeroDivisionError):
        replay.load()
    assert not Change.objects.exists()
    assert not Organisation.objects.exists()
    assert not Person.objects.exists()
    assert not User.objects.exists()


def test_accounts_have_no_password_where_others_can_reach_the_register(settings) -> None:
    settings.PUBLISHED = True
    create_demo_accounts()
    assert User.objects.exists()
    assert not any(user.has_usable_password() for user in User.objects.all())
