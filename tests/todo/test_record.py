"""Where an editor begins to record a change: in plain words, by name, and only of what they may change."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from memberships import starting
from tests import factories
from tests.factories import SmallArea
from tests.pages.reading import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(area: SmallArea) -> Client:
    client = Client()
    client.force_login(factories.editor(area.icb))
    return client


def found(client: Client, q: str, **asked: str) -> str:
    return words(client.get("/record", {"q": q, **asked}))


def test_every_kind_of_change_is_said_in_plain_words(client: Client):
    seen = words(client.get("/record"))
    assert "Somebody steps down" in seen
    assert "A group has new terms of reference" in seen


def test_person_who_steps_down_is_found_by_name(client: Client, area: SmallArea):
    held = area.directors[0]
    page = client.get("/record", {"change": "steps-down", "q": held.person.family_name})
    assert f"/appointments/{held.pk}/end" in page.content.decode()
    assert f"/appointments/{held.pk}/correct" not in page.content.decode()


def test_role_leads_to_who_steps_down_and_who_follows(client: Client, area: SmallArea):
    held = area.directors[0]
    page = client.get("/record", {"q": held.role.title}).content.decode()
    assert f"/appointments/{held.pk}/end" in page
    assert f"/roles/{held.role.slug}/appoint" in page


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("retired", starting.STEPS_DOWN),
        ("somebody resigns", starting.STEPS_DOWN),
        ("elected", starting.APPOINTED),
        ("Married", starting.PERSON),
        ("quorum", starting.TERMS),
        ("excel", starting.MANY),
    ],
)
def test_change_is_found_by_other_words_for_it(typed: str, kind: starting.ChangeKind):
    assert kind.is_called(typed)


def test_word_that_says_little_finds_no_change():
    assert not starting.STEPS_DOWN.is_called("the new")


def test_nothing_starts_from_what_others_keep(client: Client, area: SmallArea):
    other = factories.small_area("Ely").chair
    page = client.get("/record", {"q": other.person.family_name})
    assert "Outside your area today." in words(page)
    assert f"/appointments/{other.pk}/" not in page.content.decode()


def test_administrator_starts_anywhere(area: SmallArea):
    client = Client()
    client.force_login(factories.user(is_superuser=True))
    held = area.directors[0]
    assert f"/appointments/{held.pk}/end" in client.get("/record", {"q": held.person.family_name}).content.decode()


def test_name_that_nobody_has_is_said_so(client: Client):
    assert "Nothing in the register is called so." in found(client, "Xyzzyqwx")


def test_kind_of_change_that_is_none_is_refused(client: Client):
    assert client.get("/record", {"change": "magic"}).status_code == 400


def test_readers_record_nothing(area: SmallArea):
    client = Client()
    assert client.get("/record").status_code == 302
    client.force_login(factories.user())
    assert client.get("/record").status_code == 403


def test_search_asks_as_many_queries_however_much_is_found(client: Client, area: SmallArea):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            found(client, "Norwich")
        return len(captured)

    def one_more_of_each() -> None:
        factories.appointment(factories.person("Pat Norwich"), factories.role(area.pcns[0], area.director))
        factories.group(area.lmc, name="Norwich forum", covers=area.place)

    one_more_of_each()
    queries()
    few = queries()
    for _ in range(5):
        one_more_of_each()
    assert queries() == few
