"""Declared interests: who declares them, who sees them, and the register that a group keeps of its members'."""

import datetime
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ics_leadership.accounts.models import Sight, Standing, User
from ics_leadership.periods import ONE_DAY, PartialDate, today
from memberships.actions import NewInterest, declare_interests, end_membership
from memberships.models import Interest, InterestCategory, InterestDeclaration, Person, RegisterOfInterests
from memberships.presenters.history import history_address
from tests import factories
from tests.factories import IN_TEST, SmallArea
from tests.flows.sending import confirmed, sent
from tests.periods import OPEN_ENDED, day
from tests.proposals.conftest import signed_in

pytestmark = pytest.mark.django_db
SHARES = "Shares in a company that rents rooms"


def declared(person: Person, *interests: NewInterest, on: datetime.date | None = None) -> InterestDeclaration:
    return declare_interests(
        person=person, declared_on=on or today(), interests=[(None, each) for each in interests], **IN_TEST
    )


def shares(what: str = SHARES, since: str = "2020-01-01") -> NewInterest:
    return NewInterest(InterestCategory.FINANCIAL, what, day(since))


# --- declaring


def test_leader_declares_what_they_have(area: SmallArea, leader: User):
    person, client = area.directors[0].person, signed_in(leader)
    address = f"{person.get_absolute_url()}/interests/declare"
    check = sent(
        client,
        address,
        interest_0_category="financial",
        interest_0_what=SHARES,
        interest_0_start="2020",
        interest_0_body=str(area.lmc.pk),
        why="The yearly declaration",
    )
    confirmed(client, check)
    interest = Interest.objects.get(person=person)
    assert (interest.what, interest.body, interest.category) == (SHARES, area.lmc, InterestCategory.FINANCIAL)
    assert InterestDeclaration.objects.get(person=person).declared_on == today()
    page = client.get(person.get_absolute_url()).content.decode()
    assert SHARES in page
    assert "Not declared within a year" not in page


def test_leader_names_an_organisation_and_is_offered_none_to_add(area: SmallArea, leader: User):
    client = signed_in(leader)
    asked = f"?field=interest_0_body&interest_0_body-typed={area.lmc.name}"
    found = client.get(f"/pick/organisations{asked}").content.decode()
    assert area.lmc.name in found
    assert "Add an organisation" not in found
    assert (
        "Add an organisation"
        in signed_in(factories.editor(area.icb)).get(f"/pick/organisations{asked}").content.decode()
    )
    assert client.get("/pick/people?field=who&who-typed=Sam").status_code == 403


def test_leader_declares_that_there_is_nothing(area: SmallArea, leader: User):
    person, client = area.directors[0].person, signed_in(leader)
    declared(person, shares(), on=today() - 400 * ONE_DAY)
    assert "Not declared within a year" in client.get(person.get_absolute_url()).content.decode()
    address = f"{person.get_absolute_url()}/interests/declare"
    check = sent(client, address, none="on", interest_rows="", why="The yearly declaration")
    assert "No longer among them" in check.content.decode()
    confirmed(client, check)
    assert Interest.objects.get(person=person).end_date == today() - ONE_DAY
    assert "Declared that there was nothing to declare" in client.get(person.get_absolute_url()).content.decode()


def test_declaration_says_something_or_that_there_is_nothing_and_not_both(area: SmallArea, leader: User):
    person, client = area.directors[0].person, signed_in(leader)
    address = f"{person.get_absolute_url()}/interests/declare"
    neither = sent(client, address, why="The yearly declaration").content.decode()
    assert "or say that there is nothing to declare" in neither
    both = sent(client, address, none="on", interest_0_what=SHARES, why="The yearly declaration").content.decode()
    assert "Either there is nothing to declare" in both


def test_what_stays_in_the_list_is_the_same_interest_and_what_is_left_out_ends(area: SmallArea):
    person = area.chair.person
    declared(person, shares(), shares("A column in a journal"), on=today() - 30 * ONE_DAY)
    kept = Interest.objects.get(what=SHARES)
    declare_interests(person=person, declared_on=today(), interests=[(kept, shares())], **IN_TEST)
    assert list(Interest.objects.as_at(today()).filter(person=person)) == [kept]
    assert Interest.objects.get(what="A column in a journal").end_date == today() - ONE_DAY


@pytest.mark.parametrize(
    ("on", "since", "sentence"),
    [(1, "2020-01-01", "a day to come"), (0, "2099-01-01", "begins only later")],
)
def test_declaration_of_what_they_do_not_have_on_its_day_is_refused(
    area: SmallArea, on: int, since: str, sentence: str
):
    with pytest.raises(ValidationError, match=sentence):
        declared(area.chair.person, shares(since=since), on=today() + on * ONE_DAY)


def test_leader_corrects_and_ends_one_interest(area: SmallArea, leader: User):
    person, client = area.directors[0].person, signed_in(leader)
    declared(person, shares())
    row = Interest.objects.get()
    confirmed(client, sent(client, f"/interests/{row.pk}/correct", what="Half of it", why="They told us"))
    assert Interest.objects.get().what == "Half of it"
    confirmed(client, sent(client, f"/interests/{row.pk}/end", end="31 March 2026", why="They told us"))
    assert Interest.objects.get().end == PartialDate(datetime.date(2026, 3, 31))


def test_nobody_declares_for_others_but_their_editors(area: SmallArea, leader: User):
    other = area.chair.person
    declared(other, shares())
    pages = [
        f"{other.get_absolute_url()}/interests/declare",
        f"{other.get_absolute_url()}/interests/new",
        f"/interests/{Interest.objects.get().pk}/correct",
    ]
    assert [signed_in(leader).get(page).status_code for page in pages] == [403, 403, 404]
    editor = signed_in(factories.editor(area.icb))
    assert [editor.get(page).status_code for page in pages] == [200, 200, 200]


# --- seeing


def sees(page: str, account: User | None) -> bool:
    return SHARES in (signed_in(account) if account else Client()).get(page).content.decode()


@pytest.mark.parametrize(
    ("kept", "readers_see"),
    [
        (RegisterOfInterests.NONE, False),
        (RegisterOfInterests.KEPT, False),
        (RegisterOfInterests.PUBLISHED, True),
    ],
)
def test_readers_see_interests_where_a_group_on_which_somebody_sits_publishes_them(
    area: SmallArea, decides: Callable[..., None], kept: RegisterOfInterests, readers_see: bool
):
    decides(interests=kept)
    declared(area.chair.person, shares())
    page, register = area.chair.person.get_absolute_url(), f"{area.group.get_absolute_url()}/interests"
    reader, editor = factories.user(), factories.editor(area.icb)
    analyst = factories.user()
    factories.grant(analyst, Standing.ANALYST, area.icb, sees=[Sight.INTERESTS])
    assert [sees(page, account) for account in (None, reader, editor, analyst)] == [False, readers_see, True, True]
    exists = kept != RegisterOfInterests.NONE
    assert [sees(register, account) for account in (None, reader, editor, analyst)] == [
        False,
        readers_see,
        exists,
        exists,
    ]
    link = f'href="{register}"'
    for account, offered in ((reader, readers_see), (editor, exists)):
        assert (link in signed_in(account).get(area.group.get_absolute_url()).content.decode()) == offered


def test_interests_of_who_left_the_group_are_published_no_more(area: SmallArea, decides: Callable[..., None]):
    decides(interests=RegisterOfInterests.PUBLISHED)
    person, reader = area.chair.person, factories.user()
    declared(person, shares())
    end_membership(membership=area.memberships[0], end=day("2026-03-31"), **IN_TEST)
    page, register = person.get_absolute_url(), f"{area.group.get_absolute_url()}/interests"
    assert [sees(page, reader), sees(register, reader)] == [False, False]
    assert sees(f"{register}?as_at=2026-03-31", reader)


def test_interests_are_in_nobodys_history_or_search_who_may_not_see_them(area: SmallArea, decides: Callable[..., None]):
    decides()
    person = area.chair.person
    declared(person, shares())
    row = Interest.objects.get()
    reader, analyst = signed_in(factories.user()), factories.user()
    factories.grant(analyst, Standing.ANALYST, area.icb, sees=[Sight.INTERESTS])
    pages = [history_address(Person, person.pk), "/search?q=shares", "/people", "/changes"]
    assert not any(SHARES in reader.get(page).content.decode() for page in pages)
    assert reader.get(history_address(Interest, row.pk)).status_code == 404
    assert SHARES in signed_in(analyst).get(history_address(Interest, row.pk)).content.decode()
    assert SHARES in signed_in(factories.editor(area.icb)).get(pages[0]).content.decode()


# --- the register


def test_register_says_when_each_last_declared_and_who_is_late(area: SmallArea, decides: Callable[..., None]):
    decides(interests=RegisterOfInterests.PUBLISHED)
    declared(area.chair.person, shares())
    declared(area.directors[0].person, on=today() - 400 * ONE_DAY)
    reader = signed_in(factories.user())
    page = reader.get(f"{area.group.get_absolute_url()}/interests").content.decode()
    assert "of whom 2 have not declared within a year" in page
    assert "Has never declared" in page
    assert "Declared that there was nothing to declare" in page


def test_register_is_taken_away_as_workbook_and_as_text_that_runs_no_formula(
    area: SmallArea, decides: Callable[..., None]
):
    decides(interests=RegisterOfInterests.PUBLISHED)
    declared(area.chair.person, shares('=HYPERLINK("x")'))
    reader, register = signed_in(factories.user()), f"{area.group.get_absolute_url()}/interests"
    lines = reader.get(f"{register}.csv").content.decode().splitlines()
    assert lines[0] == "Person,Category,Interest,Organisation,From,Until,Last declared,Source"
    assert any("'=HYPERLINK" in line for line in lines)
    assert len(lines) == 4, "a line for whoever has declared nothing too"
    content = b"".join(reader.get(f"{register}.xlsx").streaming_content)
    with zipfile.ZipFile(BytesIO(content)) as workbook:
        sheet = workbook.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert "HYPERLINK" in workbook.read("xl/sharedStrings.xml").decode()


def test_register_asks_no_more_queries_of_more_members_and_interests(area: SmallArea, decides: Callable[..., None]):
    decides(interests=RegisterOfInterests.PUBLISHED)
    reader, register = signed_in(factories.user()), f"{area.group.get_absolute_url()}/interests"

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert reader.get(register).status_code == 200
        return len(captured)

    declared(area.chair.person, shares())
    before = cost()
    for director in area.directors:
        declared(director.person, shares(), shares("More shares"))
    factories.membership(area.seat("Experienced leader"), factories.person(), "Ten years", period=OPEN_ENDED)
    assert cost() == before
