"""What keeps a copy in step and what is taken away whole call the same facts by the same names."""

import pytest

from memberships.api import RESOURCES
from memberships.feed import feed

KEPT = {each.resource: each for each in feed().tables}
BOTH = [each for each in RESOURCES if each.table.name in KEPT]

OTHERWISE = {
    # The seat is named with its group and terms, the basis in one column whichever it is, others by what they are called.
    "memberships": {"seat_id", "basis_experience", "put_forward_by_id", "attends_for_id", "source_id"}
    # Who keeps a copy reckons days from it; whoever takes the table asks as at a day.
    | {"ended_by"},
}
"""Facts that a joined table tells in another way."""


@pytest.mark.parametrize("resource", BOTH, ids=lambda each: each.table.name)
def test_the_feed_and_the_table_call_facts_by_the_same_names(resource):
    told = {column.name: column for column in KEPT[resource.table.name].columns}
    columns = {column.name: column for column in resource.table.columns}
    key = resource.table.columns[0]
    assert (key.name, told.pop("id").of) == (f"{KEPT[resource.table.name].model._meta.model_name}_id", key.of)
    assert set(told) - set(columns) == OTHERWISE.get(resource.table.name, set())
    for name in set(told) & set(columns):
        assert told[name].of == columns[name].of, name
        assert set(told[name].choices) == set(columns[name].choices), name


def test_every_table_that_is_kept_by_people_is_in_the_feed():
    assert {each.table.name for each in BOTH} == {
        "organisations",
        "people",
        "roles",
        "appointments",
        "groups",
        "memberships",
    }
