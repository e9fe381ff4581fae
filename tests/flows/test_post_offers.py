"""Somebody offers to take on a post: they themselves or an editor records it, who sees it, and how it ends."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from playwright.sync_api import expect

from ics_leadership.accounts.models import User
from ics_leadership.periods import PartialDate, today
from memberships import actions
from memberships.actions.identity import link_account
from memberships.models import PostOffer
from memberships.presenters.history import history_address
from tests import factories
from tests.factories import IN_TEST, SmallArea
from tests.flows.conftest import Editing
from tests.flows.keyboard import assert_sound, choose, follow, press, type_into
from tests.flows.sending import confirmed, sent
from tests.periods import day

pytestmark = pytest.mark.django_db
WHY = {"why": "They offered"}


@pytest.fixture
def themselves(area: SmallArea) -> User:
    """The director of the first network, whose account is linked to their entry."""
    account = factories.user()
    link_account(person=area.directors[0].person, account=account, **IN_TEST)
    return account


@pytest.fixture
def own_client(themselves: User) -> Client:
    client = Client()
    client.force_login(themselves)
    return client


def form(area: SmallArea) -> str:
    return f"{area.directors[0].person.get_absolute_url()}/post-offers/new"


def test_somebody_offers_to_take_on_a_role_and_withdraws_it(area: SmallArea, own_client: Client):
    person = area.directors[0].person
    check = sent(own_client, form(area), role=area.chair.role.pk, start="1 May 2026", note="After the summer", **WHY)
    confirmed(own_client, check)
    offer = PostOffer.objects.get()
    assert (offer.person, offer.role, offer.start, offer.end) == (person, area.chair.role, day("2026-05-01"), None)
    page = own_client.get(person.get_absolute_url()).content.decode()
    assert f"{area.chair.role.title}, {area.lmc.name}" in page
    assert "After the summer" in page
    confirmed(own_client, sent(own_client, f"/post-offers/{offer.pk}/end", end="2 May 2026", why="They told us"))
    assert PostOffer.objects.get().end == day("2026-05-02")
    assert "After the summer" in own_client.get(f"{person.get_absolute_url()}?as_at=2026-05-02").content.decode()
    assert "After the summer" not in own_client.get(f"{person.get_absolute_url()}?as_at=2026-05-03").content.decode()


def test_an_editor_records_that_somebody_would_take_on_any_role_of_a_kind_until_a_day(
    area: SmallArea, editor_client: Client
):
    asked = {"role_type": area.director.pk, "area": area.place.pk, "start": "2026", "end": "31 December 2027"}
    confirmed(editor_client, sent(editor_client, form(area), **asked, **WHY))
    offer = PostOffer.objects.get()
    assert (offer.role_type, offer.area, offer.end) == (area.director, area.place, day("2027-12-31"))
    assert str(offer.post) == f"Any {area.director.name} in {area.place.name}"


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ((), "Say one thing"),
        (("role", "group"), "Say one thing"),
        (("role_type",), "Say in which area they would take on such a role"),
        (("group", "area"), "An area goes with a kind of role alone"),
    ],
)
def test_an_offer_names_one_post(area: SmallArea, editor_client: Client, named: tuple[str, ...], sentence: str):
    choices = {"role": area.chair.role, "group": area.group, "role_type": area.director, "area": area.place}
    answer = sent(editor_client, form(area), start="2026", **{name: choices[name].pk for name in named}, **WHY)
    assert sentence in answer.content.decode()
    assert not PostOffer.objects.exists()


def test_an_offer_does_not_end_before_it_begins(area: SmallArea, editor_client: Client):
    answer = sent(editor_client, form(area), group=area.group.pk, start="May 2026", end="April 2026", **WHY)
    assert "before" in answer.content.decode()
    assert not PostOffer.objects.exists()


def test_an_offer_of_nothing_is_refused_by_the_register_itself(area: SmallArea):
    with pytest.raises(ValidationError, match="Say one thing"):
        actions.offer_to_take_on(person=area.chair.person, start=day("2026-01-01"), **IN_TEST)


def test_an_offer_is_seen_by_editors_and_by_who_made_it_alone(area: SmallArea, editor: User, themselves: User):
    person = area.directors[0].person
    offer = actions.offer_to_take_on(
        person=person, group=area.group, start=day("2026-01-01"), note="hushed-note", **IN_TEST
    )
    pages = [person.get_absolute_url(), history_address(PostOffer, offer.pk), "/changes"]
    for account, sees in ((None, False), (factories.user(), False), (editor, True), (themselves, True)):
        client = Client()
        if account:
            client.force_login(account)
        assert ["hushed-note" in client.get(page).content.decode() for page in pages[:2]] == [sees, sees]
        answer = client.get(f"/post-offers/{offer.pk}/end")
        assert answer.status_code == (200 if sees else 404 if account else 302)
        if not sees:
            assert "hushed-note" not in client.get(pages[2]).content.decode()


def test_nobody_offers_in_the_name_of_others(area: SmallArea, own_client: Client):
    other = area.chair.person
    assert own_client.get(f"{other.get_absolute_url()}/post-offers/new").status_code == 403
    assert own_client.get(f"/pick/roles?field=role&role-typed={area.chair.role.title}").status_code == 200
    assert own_client.get("/pick/people?field=who&who-typed=Sam").status_code == 403


def test_somebody_offers_by_keyboard_on_a_phone(editing: Editing):
    area, person = editing.area, editing.area.directors[0].person
    page = editing.open(person.get_absolute_url())
    follow(page, "Offer to take on a post")
    press(page, "See what this changes")
    expect(page.get_by_role("alert").get_by_text("Say one thing")).to_be_visible()
    type_into(page, "Or a seat on a group", area.group.name)
    choose(page, area.group.name)
    choose(page, "They offered")
    press(page, "See what this changes")
    press(page, "Record this")
    assert PostOffer.objects.get().group == area.group
    expect(page.get_by_text(f"A seat on {area.group.name}", exact=True)).to_be_visible()
    follow(page, "Offers it no longer")
    choose(page, "They told us")
    press(page, "See what this changes")
    press(page, "Record this")
    assert PostOffer.objects.get().end == PartialDate(today())
    editing.open(f"/succession?group={area.group.slug}")
    assert_sound(page)
    expect(page.get_by_role("link", name="Offered: a seat on").first).to_be_visible()
