"""Frozen exports as pages: frozen where an export is offered, told whole on a page of their own, the same for ever."""

import hashlib
import html
import re
from urllib.parse import unquote, urlencode

import pytest
from django.test import Client, override_settings

from ics_leadership.history import Change
from memberships import actions
from memberships.actions.snapshots import erase_from_snapshots
from memberships.models import Person, Snapshot
from tests import factories
from tests.api.reading import body
from tests.factories import IN_TEST, SmallArea, small_area


@pytest.fixture(scope="module")
def frozen_area(committing_together: None) -> SmallArea:
    return small_area()


@pytest.fixture
def reader(frozen_area: SmallArea, client: Client) -> Client:
    client.force_login(factories.user(name="Robin Reader"))
    return client


def shown(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content
    return html.unescape(answer.content.decode())


def frozen_from(client: Client, page: str) -> Snapshot:
    """What the button of a page freezes, when its question is answered as it stands."""
    offered = re.search(r'name="of" value="([^"]+)"', client.get(page).content.decode())
    assert offered, page
    form = client.get("/snapshots/new", {"of": html.unescape(offered[1])})
    assert form.status_code == 200
    action = re.search(r'<form method="post" action="(/snapshots/new[^"]+)"', form.content.decode())
    assert action
    answer = client.post(html.unescape(action[1]), {"format": "csv"})
    assert answer.status_code == 302, answer.content
    return Snapshot.objects.get(key=answer.headers["Location"].rpartition("/")[2])


def test_list_is_frozen_with_its_filters_its_day_and_what_was_known(reader: Client, frozen_area: SmallArea):
    person = frozen_area.directors[0].person
    former = person.family_name
    then = Change.objects.exclude(position=None).latest("position").recorded_at.isoformat().replace("+00:00", "Z")
    actions.correct_person(person=person, family_name="Otherwise", **IN_TEST)
    page = f"/people?within={frozen_area.place.slug}&as_at=2026-06-30&known_at={then}"
    snapshot = frozen_from(reader, page)
    asked = {"within": frozen_area.place.slug, "as_at": "2026-06-30", "known_at": then}
    assert asked.items() <= snapshot.asked.items()
    file = body(reader, f"/api/v1/snapshots/{snapshot.key}/file")
    assert former in file.decode()
    assert b"Otherwise" not in file
    assert frozen_area.chair.person_id not in snapshot.people
    said = shown(reader, f"/snapshots/{snapshot.key}")
    assert "</span> People, as at 30 June 2026" in said
    assert f"<dt>Within</dt><dd>{frozen_area.place.name}</dd>" in said
    assert "which had passed when it was frozen" in said


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/people/role-map.csv", "Role map of the list of people"),
        ("/groups/role-map.csv", "Role map of the list of groups"),
        ("/api/v1/people", "People"),
        ("/api/v1/groups", "Groups"),
        ("/api/v1/role-map?listed=people", "Role map"),
        ("/api/v1/role-map?format=zip", "All tables"),
    ],
)
def test_what_is_frozen_is_called_by_what_it_is(reader: Client, frozen_area: SmallArea, address: str, title: str):
    asks = shown(reader, f"/snapshots/new?{urlencode({'of': address})}")
    assert f"<dt>What</dt><dd>{title}</dd>" in asks


def test_snapshot_tells_how_to_cite_it_and_is_the_same_bytes_whenever_it_is_asked(
    reader: Client, frozen_area: SmallArea
):
    snapshot = frozen_from(reader, frozen_area.group.get_absolute_url())
    address = f"/api/v1/snapshots/{snapshot.key}/file"
    first = body(reader, address)
    actions.correct_person(person=frozen_area.chair.person, family_name="Otherwise", **IN_TEST)
    assert body(reader, address) == first
    said = shown(reader, f"/snapshots/{snapshot.key}")
    assert said.count(hashlib.sha256(first).hexdigest()) == 2
    assert f"{len(first):,} bytes" in said
    assert f"http://testserver/snapshots/{snapshot.key}" in said
    assert f'href="{address}"' in said
    assert f"<dt>Group</dt><dd>{frozen_area.group}</dd>" in said


def test_who_froze_it_is_told_to_whoever_is_signed_in(reader: Client, frozen_area: SmallArea):
    snapshot = frozen_from(reader, "/people")
    assert "by Robin Reader" in shown(reader, f"/snapshots/{snapshot.key}")
    with override_settings(PUBLIC_READING=True):
        assert "Robin Reader" not in shown(Client(), f"/snapshots/{snapshot.key}")


def test_one_s_own_snapshots_are_listed_and_nobody_else_s(reader: Client, frozen_area: SmallArea):
    snapshot = frozen_from(reader, "/roles")
    assert f'href="/snapshots/{snapshot.key}"' in shown(reader, "/snapshots")
    other = Client()
    other.force_login(factories.user())
    assert "You have frozen nothing yet." in shown(other, "/snapshots")


def test_snapshot_of_somebody_who_was_erased_says_so_with_the_day_and_keeps_its_hash(
    reader: Client, frozen_area: SmallArea
):
    snapshot = frozen_from(reader, "/people")
    erase_from_snapshots(frozen_area.chair.person_id)
    snapshot.refresh_from_db()
    said = shown(reader, f"/snapshots/{snapshot.key}")
    assert f"Its file was removed on {snapshot.erased_on.day} {snapshot.erased_on:%B %Y}" in said
    assert snapshot.sha256 in said
    assert "/file" not in said
    assert "File removed" in shown(reader, "/snapshots")


@override_settings(PUBLIC_READING=True)
def test_session_that_does_not_show_that_a_page_sent_it_freezes_nothing_and_is_told_why(db: None):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(factories.user())
    answer = browser.post("/api/v1/snapshots/of/role-map")
    assert answer.status_code == 403
    said = answer.json()["detail"]
    assert said.startswith("The CSRF token is missing or wrong")
    assert "Authorization: Token" in said
    assert not Snapshot.objects.exists()


def test_strangers_are_offered_no_freezing_and_freeze_nothing(frozen_area: SmallArea):
    before = Snapshot.objects.count()
    assert "Freeze this export" not in shown(Client(), "/people")
    assert Client().post("/snapshots/new?of=/people/role-map.csv").status_code == 302
    assert Snapshot.objects.count() == before


@pytest.mark.parametrize(
    ("of", "sentence"),
    [
        ("", "Say what to freeze"),
        ("https://elsewhere.example/api/v1/role-map", "leads to nothing that can be frozen"),
        ("/people", "leads to nothing that can be frozen"),
        ("/nowhere", "leads to nothing that can be frozen"),
        ("/people/role-map.csv?colour=red", "has no filter “colour”"),
        ("/people/role-map.csv?as_at=soon", "“soon” is not a date"),
        ("/people/role-map.csv?format=zip", "“zip” cannot be frozen. It can be xlsx and csv."),
        ("/api/v1/role-map?limit=5", "a snapshot is whole"),
    ],
)
def test_what_cannot_be_frozen_is_refused_with_a_sentence(reader: Client, of: str, sentence: str):
    before = Snapshot.objects.count()
    assert sentence in shown(reader, f"/snapshots/new?of={of.replace('?', '%3F').replace('=', '%3D')}", 400)
    assert Snapshot.objects.count() == before


def test_person_is_kept_among_the_parameters_by_number_and_not_by_name(reader: Client, frozen_area: SmallArea):
    person: Person = frozen_area.chair.person
    snapshot = frozen_from(reader, person.get_absolute_url())
    assert snapshot.asked["person"] == str(person.pk)
    assert person.slug not in unquote(str(snapshot.asked))
    assert f"<dt>Person</dt><dd>{person}</dd>" in shown(reader, f"/snapshots/{snapshot.key}")
