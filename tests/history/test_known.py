"""As known at a moment, the register answers what it answered then, to every query and on every page, and is not written."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings

from ics_leadership.history import Change, change
from ics_leadership.known import as_known_at
from memberships.actions import offer_to_mentor
from memberships.models import MentorOffer, Person
from tests import factories
from tests.databases import connected_to
from tests.every_table import tracked_models
from tests.factories import IN_TEST, SmallArea
from tests.history.registers import commit, said
from tests.history.test_replay import Pick, examples, funded_area
from tests.pages.examples import A_LATER_DAY, PAGES, addresses, on
from tests.periods import OPEN_ENDED

__all__ = ["funded_area"]


def then() -> datetime.datetime:
    """The moment of the last change, which no later one shares."""
    return Change.objects.exclude(position=None).latest("position").recorded_at


def answered() -> dict[str, Any]:
    return {model.__name__: sorted(map(repr, model._default_manager.values_list())) for model in tracked_models()}


@settings(max_examples=10)
@given(examples)
@pytest.mark.usefixtures("funded_area")
def test_register_as_known_at_each_moment_answers_what_it_answered_then(
    steps: list[tuple[Callable[[Pick], None], list[int]]],
):
    with transaction.atomic():
        live = {then(): answered()}
        for step, numbers in steps:
            try:
                with transaction.atomic():
                    step(Pick(numbers))
                    commit()
            except ValidationError:
                continue
            live[then()] = answered()
        for moment, answer in live.items():
            with as_known_at(moment):
                assert answered() == answer
        assert said()
        transaction.set_rollback(True)


def test_page_as_known_at_a_moment_is_what_it_was_then(client: Client, area: SmallArea):
    commit()
    person = area.directors[0].person
    address = f"/people/{person.slug}?as_at={A_LATER_DAY}"
    before, moment = client.get(address).content.decode(), then()
    with change(**IN_TEST):
        Person.objects.filter(pk=person.pk).update(family_name="Otherwise")
    commit()
    assert "Otherwise" in client.get(address).content.decode()
    known = client.get(f"{address}&known_at={moment.isoformat().replace('+00:00', 'Z')}").content.decode()
    assert "Otherwise" not in known
    assert person.family_name in known
    assert person.family_name in before
    assert "As it was known on" in known


def test_offer_that_may_no_longer_be_shown_is_not_shown_as_known_before_either(client: Client, area: SmallArea):
    start, end = OPEN_ENDED
    offer = offer_to_mentor(
        person=area.directors[0].person,
        area=area.icb,
        offer="An hour a month",
        start=start,
        end=end,
        agreed_to_show=True,
        **IN_TEST,
    )
    commit()
    address = f"/mentors?as_at={A_LATER_DAY}"
    known = f"{address}&known_at={then().isoformat().replace('+00:00', 'Z')}"
    assert "An hour a month" in client.get(known).content.decode()
    with change(**IN_TEST):
        MentorOffer.objects.filter(pk=offer.pk).update(agreed_to_show=False)
    commit()
    assert "An hour a month" not in client.get(known).content.decode()


@pytest.mark.usefixtures("area")
def test_nothing_is_written_as_known_at_a_moment(client: Client):
    commit()
    with as_known_at(timezone.now()), pytest.raises(DatabaseError, match=r"not changed afterwards|read-only"):
        Person.objects.update(family_name="Otherwise")
    assert not Person.objects.filter(family_name="Otherwise").exists()
    assert client.post("/tell-the-keeper?known_at=2026-05-01").status_code == 400


@pytest.mark.usefixtures("area")
def test_views_refuse_to_be_written_even_where_the_transaction_would_allow_it():
    commit()
    for model in tracked_models():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('register.known_at', %s, true)", [timezone.now().isoformat()])
            cursor.execute(f"SELECT count(*) FROM known.{model._meta.db_table}")
            if not cursor.fetchone()[0]:
                continue
        refused = pytest.raises(DatabaseError, match="not changed afterwards")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM known.{model._meta.db_table}")


@pytest.mark.parametrize("asked", ["nonsense", "", "2999-01-01", "2026-02-30", "2026-05-01T25:00", "May 2026"])
@pytest.mark.django_db
def test_moment_that_is_none_or_has_yet_to_come_is_refused_with_a_sentence(asked: str, client: Client):
    response = client.get("/people", {"known_at": asked})
    assert response.status_code == 400
    assert "Show this page as known now" in response.content.decode()


@pytest.mark.parametrize(
    ("asked", "said_so"),
    [
        ("2026-05-01", "on 1 May 2026"),
        ("1 May 2026", "on 1 May 2026"),
        ("1 May 2026 at 14:30", "on 1 May 2026 at 14:30"),
        ("2026-05-01T13:30Z", "on 1 May 2026 at 14:30"),
        ("2026-05-01T14:30:00+01:00", "on 1 May 2026 at 14:30"),
    ],
)
@pytest.mark.django_db
def test_moment_is_read_in_plain_words_and_in_iso_and_kept_by_links(asked: str, said_so: str, client: Client):
    page = client.get("/people", {"known_at": asked}).content.decode()
    assert f"As it was known {said_so}</strong>" in page
    assert '<a href="/people?">Show as known now</a>' in page
    assert 'name="known_at" type="date"' in page
    assert 'value="2026-05-01"' in page
    assert "/groups?known_at=2026-05-01" in page


def test_every_page_answers_as_known_at_a_moment_in_as_many_queries(demo_database: str, demo_client: Client):
    """The same number, and at most those that hold the moment and what is not taken from the cache."""
    with connected_to(demo_database):
        moment = timezone.now().isoformat().replace("+00:00", "Z")
        for name in PAGES:
            for address in addresses(name):
                address = on(A_LATER_DAY, address)
                known, counts = f"{address}&known_at={moment}", []
                demo_client.get(address)
                for each in (address, known):
                    with CaptureQueriesContext(connection) as captured:
                        response = demo_client.get(each)
                    assert response.status_code == 200, each
                    counts.append(len(captured))
                assert counts[0] <= counts[1] <= counts[0] + 4, (address, counts)


@pytest.mark.django_db
def test_event_tables_have_every_index_that_their_tables_have():
    factories.person()
    for model in tracked_models():
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT substring(indexdef FROM ' USING .*') FROM pg_indexes WHERE tablename = %s AND indexname NOT LIKE %s",
                [table, "%pkey"],
            )
            live = {how for (how,) in cursor.fetchall()}
            cursor.execute(
                "SELECT substring(indexdef FROM ' USING .*') FROM pg_indexes WHERE tablename = %s", [table + "event"]
            )
            assert live <= {how for (how,) in cursor.fetchall()}, table
