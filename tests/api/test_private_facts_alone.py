"""Writing a private fact and nothing else shows to nobody who may not see it: in no answer, order, filter, feed or history."""

import base64
import datetime
import json
import re
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from django.db.models import Model
from django.test import Client

from ics_leadership import recorded
from ics_leadership.addresses import address_of
from ics_leadership.history import Change, change, version_of
from ics_leadership.periods import today
from ics_leadership.restoring import undo, withdraw
from ics_leadership.writing import keep
from memberships import actions
from memberships.api import RESOURCES
from memberships.models import Appointment, FundingLine, GroupFunding, Person
from tests import factories
from tests.api.reading import body
from tests.factories import IN_TEST
from tests.periods import OPEN_ENDED

LONG_AGO = datetime.datetime(2025, 2, 3, 9, tzinfo=datetime.UTC)
COUNTING = {"ETag", "Changes-Cursor"}
"""Headers that follow from how many changes there have been, whatever these wrote."""

PRIVATE = [(each.model, column) for each in recorded.all_declared() if not each.rows for column in each.private]

Rows = dict[type[Model], Model]


class Asker(NamedTuple):
    """Who may not see some private facts of these rows, and what they were answered before any was written, `since` when."""

    client: Client
    rows: Rows
    since: datetime.datetime
    told: dict[str, object]
    seen: dict[str, str]


def something(column: str, number: int) -> object:
    """Something to write into a private column, another thing for each number."""
    taking_no_words = {"work_email": f"new{number}@example.org", "annual_amount": Decimal(1000 * number)}
    return taking_no_words.get(column, f"hushed {number}")


@pytest.fixture(scope="module")
def rows(committing_together: None) -> Rows:
    """A row of each table with a private column, in a register that was written long ago."""
    with change(**IN_TEST, at=LONG_AGO):
        area = factories.small_area()
        pot = factories.funding_source()
        line = actions.add_funding_line(appointment=area.chair, funding=actions.Funding(pot), **IN_TEST)
        paid = actions.fund_group(group=area.group, funding_source=pot, start=OPEN_ENDED[0], **IN_TEST)
    return {Person: area.chair.person, Appointment: area.chair, FundingLine: line, GroupFunding: paid}


@pytest.fixture(scope="module")
def stranger(rows: Rows) -> Asker:
    """A stranger, who looks at somebody else than the reader: a reader sees in their history that what a stranger may not see was
    written."""
    return asker(Client(), rows | {Person: factories.person()})


@pytest.fixture(scope="module")
def reader(rows: Rows, stranger: Asker) -> Asker:
    client = Client()
    client.force_login(factories.user())
    return asker(client, rows)


def asker(client: Client, rows: Rows) -> Asker:
    since = last_change().recorded_at
    assert since
    return Asker(client, rows, since, answers(client, rows, since), pages(client, rows))


def write(row: Model, **facts: Any) -> None:
    with change(**IN_TEST):
        keep(type(row)._default_manager.get(pk=row.pk), **facts)


def write_in_bulk(row: Model, **facts: Any) -> None:
    with change(**IN_TEST):
        type(row)._default_manager.filter(pk=row.pk).update(**facts)


def answers(client: Client, rows: Rows, since: datetime.datetime) -> dict[str, object]:
    """All that is answered, headers too: every table as it is, by when it was written, what was written since, one row alone."""
    addresses = []
    for resource in RESOURCES:
        name = resource.table.name
        addresses += [f"/api/v1/{name}", f"/api/v1/{name}?format=csv"]
        addresses += [f"/api/v1/{name}?ordering={each}" for each in resource.filters.orders() if "updated_at" in each]
        if "updated_since" in resource.filters.base_filters:
            addresses.append(f"/api/v1/{name}?updated_since={said(since)}")
    addresses.append(f"/api/v1/people/{rows[Person].pk}")
    addresses += [f"/api/v1/{name}/{rows[Appointment].pk}" for name in ("appointments", "role-map")]
    return {address: answered(client, address) for address in addresses}


def answered(client: Client, address: str) -> tuple[dict[str, str], bytes]:
    answer = client.get(address)
    assert answer.status_code == 200, address
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return {name: value for name, value in answer.headers.items() if name not in COUNTING}, content


def said(moment: datetime.datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def pages(client: Client, rows: Rows) -> dict[str, str]:
    """The page of the person, and the history of each record, without what is made for one request."""
    histories = [address_of("history", recorded.of(type(row)).address, row.pk) for row in rows.values()]
    made_for_one = r'nonce="[^"]+"|name="csrfmiddlewaretoken" value="[^"]+"'
    return {
        address: re.sub(made_for_one, "", client.get(address).content.decode())
        for address in (rows[Person].get_absolute_url(), *histories)  # type: ignore[attr-defined]
    }


def last_change() -> Change:
    latest: Change = Change.objects.exclude(position=None).latest("position")
    return latest


@pytest.mark.parametrize("who", ["stranger", "reader"])
def test_writing_one_changes_nothing_for_who_may_not_see_it(who: str, request: pytest.FixtureRequest):
    """Each is written by itself, twice; what is answered is asked once all are written, because asking takes long."""
    client, rows, since, told, seen = request.getfixturevalue(who)
    hidden = [(rows[model], column) for model, column in PRIVATE if hidden_from(model, column) == who]
    assert hidden
    was = [getattr(type(row)._default_manager.get(pk=row.pk), column) for row, column in hidden]
    feed = json.loads(body(client, "/api/v1/changes?limit=1000"))
    assert feed["up_to_date"]
    for row, column in hidden:
        for number, writing in enumerate((write, write_in_bulk), start=1):
            version = version_of(row)
            writing(row, **{column: something(column, number)})
            assert version_of(row) > version, f"whoever has a form with {column} open learns of it"
    assert answers(client, rows, since) == told
    assert pages(client, rows) == seen
    going_on = json.loads(body(client, f"/api/v1/changes?since={feed['next']}"))
    assert (going_on["results"], going_on["up_to_date"]) == ([], True)
    assert place_in(going_on["next"]) == [last_change().position, "", 0], "how many changes there were, and no more"
    for of in ("appointments", "memberships"):
        compared = f"/api/v1/compare?of={of}&as_at=2025-06-30&from_known={said(since)}"
        assert json.loads(body(client, compared))["results"] == []
    # The reader sees in tables what the stranger does not.
    for (row, column), before in zip(hidden, was, strict=True):
        write(row, **{column: before})


def hidden_from(model: type[Model], column: str) -> str:
    """Who of the two is asked about a private fact: the stranger where whoever is signed in sees it."""
    return "stranger" if recorded.of(model).private[column] == recorded.SIGNED_IN else "reader"


def place_in(cursor: str) -> list[Any]:
    place: list[Any] = json.loads(base64.urlsafe_b64decode(cursor))
    return place


def row_of(resource: str, row: Model) -> dict[str, Any]:
    """What a stranger is answered about a row."""
    record: dict[str, Any] = json.loads(body(Client(), f"/api/v1/{resource}/{row.pk}"))["record"]
    return record


@pytest.fixture
def person(committing: None) -> Person:
    """Somebody who was written down long ago, and whose note was written since."""
    with change(**IN_TEST, at=LONG_AGO):
        found = factories.person("Amina Yusuf")
    write(found, note="of no concern to others")
    return found


def test_writing_what_everybody_sees_shows(person: Person):
    assert row_of("people", person)["updated_at"] == "2025-02-03T09:00:00.000000Z"
    write(person, family_name="Bell", note="married")
    row = row_of("people", person)
    assert row["updated_at"] == said_exactly(last_change())
    assert row["confirmed_on"] == str(today())


def test_what_is_written_of_both_in_one_change_is_taken_together(person: Person):
    before = row_of("people", person)["updated_at"]
    with change(**IN_TEST):
        write_in_bulk(person, family_name="Bell")
        write_in_bulk(person, family_name="Yusuf", note="never was Bell")
    assert row_of("people", person)["updated_at"] == before, "as it was before"
    with change(**IN_TEST):
        keep(person, family_name="Bell")
        keep(person, note="is Bell")
    assert row_of("people", person)["updated_at"] == said_exactly(last_change())


def test_writing_a_private_fact_confirms_nothing_and_writing_nothing_anew_does(person: Person):
    assert row_of("people", person)["confirmed_on"] == "2025-02-03"
    write(person)
    assert row_of("people", person)["confirmed_on"] == str(today())
    assert row_of("people", person)["updated_at"] == said_exactly(last_change())


def test_undoing_what_was_written_of_a_private_fact_shows_no_more_than_writing_it(person: Person):
    before = row_of("people", person)
    undo(change=last_change(), **IN_TEST)
    assert Person.objects.get(pk=person.pk).note == ""
    assert row_of("people", person) == before


def test_what_came_back_was_written_when_it_came_back(person: Person):
    withdraw(row=person, **IN_TEST)
    undo(change=last_change(), **IN_TEST)
    assert row_of("people", person)["updated_at"] == said_exactly(last_change())


def test_past_state_says_when_it_had_been_written(person: Person):
    then = last_change().recorded_at
    assert then
    write(person, family_name="Bell")
    past = json.loads(body(Client(), f"/api/v1/people/{person.pk}?known_at={said(then)}"))["record"]
    assert (past["family_name"], past["updated_at"]) == ("Yusuf", "2025-02-03T09:00:00.000000Z")


def said_exactly(this: Change) -> str:
    assert this.recorded_at
    return f"{this.recorded_at:%Y-%m-%dT%H:%M:%S.%fZ}"
