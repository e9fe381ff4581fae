"""The rules' queries find, in any register, what plain loops over its rows find; and about some of it, just that."""

import datetime
import random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from memberships import rules
from memberships.rules import Finding
from tests.rules.naive import Naive
from tests.rules.registers import Register, chances, make, some_days
from tests.strategies import Period

CONCERNED = ("people", "roles", "groups", "organisations", "functions")


def concerns(finding: Finding, sought: dict[str, set[int]]) -> bool:
    return any(getattr(finding, what) & ids for what, ids in sought.items())


def some_of(register: Register, data: st.DataObject) -> dict[str, set[int]]:
    """A few people, roles, groups, organisations and functions, or none of a kind."""
    return {
        what: set(data.draw(st.lists(st.sampled_from([row.pk for row in getattr(register, what)]), max_size=2)))
        for what in CONCERNED
    }


@pytest.mark.django_db
# A smaller register that fails tells no more, and takes minutes to find.
@settings(
    max_examples=25, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.reuse, Phase.generate]
)
@given(chances, st.data())
def test_queries_find_what_plain_loops_find(
    chance: tuple[random.Random, list[Period], list[datetime.date]], data: st.DataObject
):
    with transaction.atomic():
        register = make(chance)
        date = data.draw(st.sampled_from(some_days(register) or [datetime.date(2019, 1, 1)]))
        found = rules.find(date)
        expected = Naive(register, date).everything()
        sought = some_of(register, data)
        about = rules.find_about(date, **sought)
        transaction.set_rollback(True)
    known = {(each.code, each.about, frozenset(each.rests_on)) for each in found}
    assert (known - expected, expected - known) == (set(), set()), date
    assert len({(each.code, each.about) for each in found}) == len(found), "a rule finds a thing once"
    assert [each.subject for each in about] == [each.subject for each in found if concerns(each, sought)]
