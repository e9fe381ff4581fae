"""The to-do list: what waits for an editor, of their area alone, each with the page on which it is dealt with."""

import datetime
import uuid

import pytest
from django.test import Client

from ics_leadership.accounts.models import Standing, User
from ics_leadership.history import change
from ics_leadership.periods import ONE_DAY, PartialDate, today
from memberships import actions, messages, todo
from memberships.actions.identity import link_account
from memberships.actions.messages import answer_message, tell_keeper
from memberships.models import Message, Person, SpreadsheetImport, Stage
from memberships.presenters.todo import PARTS
from memberships.todo import Scope
from organisations import actions as organisations
from organisations.models import Kind, LinkKind, Organisation
from organisations.rights import Rights
from tests import factories
from tests.factories import IN_TEST, SmallArea
from tests.pages.reading import words
from tests.periods import day

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(area: SmallArea) -> User:
    return factories.editor(area.icb)


@pytest.fixture
def administrator() -> User:
    account = factories.user(name="Ada Ministrator")
    factories.grant(account, Standing.ADMINISTRATOR)
    return account


def scope_of(account: User) -> Scope:
    rights = Rights(account)
    return Scope(rights, [area.pk for area in todo.areas_of(rights, today())], today())


def signed_in(account: User) -> Client:
    client = Client()
    client.force_login(account)
    return client


def in_days(number: int) -> PartialDate:
    return PartialDate(today() + number * ONE_DAY)


def told(page: str) -> Message:
    return tell_keeper(about=messages.about(page), text="She left in May.", token=uuid.uuid4())


# --- what is on it


def test_message_waits_until_somebody_answers_it(area: SmallArea, editor: User):
    message = told(area.group.get_absolute_url())
    assert list(todo.messages_waiting(scope_of(editor))) == [message]
    answer_message(message=message, by=editor, answer="She is gone.")
    assert not todo.messages_waiting(scope_of(editor)).exists()


def test_message_about_no_area_waits_for_administrators(area: SmallArea, editor: User, administrator: User):
    message = told("/people")
    assert message not in todo.messages_waiting(scope_of(editor))
    assert message in todo.messages_waiting(scope_of(administrator))


def test_role_that_nobody_holds_waits_with_who_held_it_last(area: SmallArea, editor: User):
    held = area.directors[0]
    actions.end_appointment(appointment=held, end=in_days(-2), **IN_TEST)
    assert held.role in todo.roles_vacant(scope_of(editor))
    seen = words(signed_in(editor).get("/to-do/vacant-roles"))
    assert str(held.role) in seen
    assert f"Last held by {held.person}" in seen


def test_seat_that_nobody_fills_waits(area: SmallArea, editor: User):
    assert list(todo.seats_vacant(scope_of(editor))) == [area.seat("Experienced leader")]
    page = signed_in(editor).get("/to-do/vacant-seats")
    assert "Experienced leader, Norwich GP Leadership Group" in words(page)


def test_appointment_and_seat_that_end_soon_wait(area: SmallArea, editor: User):
    actions.end_membership(membership=area.memberships[1], end=in_days(30), **IN_TEST)
    actions.end_appointment(appointment=area.directors[0], end=in_days(30), **IN_TEST)
    assert list(todo.roles_ending(scope_of(editor))) == [area.directors[0]]
    assert area.memberships[1] in todo.seats_ending(scope_of(editor))


def test_organisation_known_only_by_its_code_waits_to_be_named(area: SmallArea, editor: User):
    unnamed = factories.organisation(name="Y99999", ods_code="Y99999")
    factories.link(unnamed, LinkKind.PART_OF, area.place)
    elsewhere = factories.organisation(name="Y88888", ods_code="Y88888")
    assert list(todo.organisations_unnamed(scope_of(editor))) == [unnamed]
    assert elsewhere not in todo.organisations_unnamed(scope_of(editor))


def test_what_stood_under_a_body_that_was_split_waits_to_be_placed(area: SmallArea, editor: User):
    closed = factories.organisation(Kind.PLACE, name="Former Place")
    practice = factories.organisation(name="Left behind Surgery")
    last = day("2024-03-31")
    factories.link(practice, LinkKind.PART_OF, closed, period=(day("2020-04-01"), None))
    organisations.close_organisation(organisation=closed, end=last, **IN_TEST)
    for successor in (area.place, factories.organisation(Kind.PLACE, name="Elsewhere")):
        organisations.record_succession(
            predecessor=closed, successor=successor, on=datetime.date(2024, 4, 1), **IN_TEST
        )
    assert list(todo.bodies_split(scope_of(editor))) == [closed]
    page = signed_in(editor).get("/to-do/split")
    assert "Closed on 31 March 2024 with 2 successors; 1 organisation that stood under it has no place yet" in words(
        page
    )
    assert f"/organisations/{closed.slug}/successors" in page.content.decode()
    factories.link(practice, LinkKind.PART_OF, area.place, period=(day("2024-04-01"), None))
    assert not todo.bodies_split(scope_of(editor)).exists()


def test_spreadsheet_that_was_not_brought_in_waits_for_whoever_uploaded_it(area: SmallArea, editor: User):
    def upload(by: User, stage: Stage, area: Organisation | None = None) -> SpreadsheetImport:
        return SpreadsheetImport.objects.create(name=f"{stage} by {by}", by=by, area=area, stage=stage, content=b"")

    other = factories.user()
    mine, ours = upload(editor, Stage.PREVIEWED), upload(other, Stage.FAILED, area.icb)
    upload(editor, Stage.APPLIED), upload(other, Stage.PREVIEWED)
    assert set(todo.imports_waiting(scope_of(editor))) == {mine, ours}


def test_what_nobody_confirmed_for_long_waits_and_is_settled_by_a_click(area: SmallArea, editor: User):
    with change(**IN_TEST):
        Person.objects.filter(pk=area.chair.person.pk).update(confirmed_on=datetime.date(2020, 1, 1))
    client = signed_in(editor)
    seen = words(client.get("/to-do"))
    assert f"{area.chair.person} Person, last confirmed on 1 January 2020" in seen
    client.post(f"/history/person/{area.chair.person.pk}/still-true", {"back": "/to-do"})
    assert "last confirmed on 1 January 2020" not in words(client.get("/to-do"))


def test_finding_waits_under_its_rule_and_folds_away_once_it_is_managed(area: SmallArea, editor: User):
    actions.end_appointment(appointment=area.directors[0], end=in_days(-2), **IN_TEST)
    (of_rule,) = [each for each in todo.findings(scope_of(editor)) if each.rule.code == "GL04"]
    assert (of_rule.waiting, of_rule.managed) == (1, 0)
    ((finding,), _) = todo.findings_of(of_rule.rule, scope_of(editor))
    client = signed_in(editor)
    assert finding.text in words(client.get("/to-do/findings?rule=GL04"))
    actions.manage_finding(
        rule="GL04", subject=finding.subject, area=area.icb, how="She hands over until May.", **IN_TEST
    )
    seen = words(client.get("/to-do/findings?rule=GL04"))
    assert "Nothing of this kind waits: all of it is managed. 1 finding managed" in seen
    assert "She hands over until May." in seen
    (of_rule,) = [each for each in todo.findings(scope_of(editor)) if each.rule.code == "GL04"]
    assert (of_rule.waiting, of_rule.managed) == (0, 1)


def test_two_entries_for_one_person_wait_to_be_compared(area: SmallArea, editor: User):
    twins = [factories.person("Bartholomew Quennell", registration_number="1234567") for _ in range(2)]
    for each in twins:
        factories.appointment(each, area.chair.role, period=(day("2015-01-01"), day("2016-01-01")))
    likeliest = todo.duplicates(scope_of(editor))[0]
    assert (likeliest.first, likeliest.second) == (twins[0].pk, twins[1].pk)
    assert "Bartholomew Quennell and Bartholomew Quennell" in words(signed_in(editor).get("/to-do"))


# --- whose it is


def test_editor_is_told_of_their_own_area_alone(area: SmallArea, editor: User):
    factories.small_area("Ely")
    seen = words(signed_in(editor).get("/to-do"))
    assert "Norwich GP Leadership Group" in seen
    assert "Ely" not in seen


def test_administrator_chooses_an_area_or_sees_all(area: SmallArea, administrator: User):
    factories.small_area("Ely")
    client = signed_in(administrator)
    both = words(client.get("/to-do/vacant-seats"))
    assert "Norwich GP Leadership Group" in both
    assert "Ely GP Leadership Group" in both
    one = words(client.get("/to-do/vacant-seats", {"within": area.icb.slug}))
    assert "Norwich GP Leadership Group" in one
    assert "Ely GP Leadership Group" not in one


def test_area_that_is_not_theirs_is_refused(area: SmallArea, editor: User):
    other = factories.small_area("Ely").icb
    assert signed_in(editor).get("/to-do", {"within": other.slug}).status_code == 400


@pytest.mark.parametrize("path", ["/to-do/vacant-seats", "/to-do/findings", "/to-do/findings?rule=GL01", "/messages"])
def test_readers_have_no_list(area: SmallArea, path: str):
    assert Client().get(path).status_code == 302
    assert signed_in(factories.user()).get(path).status_code == 403


def test_reader_who_signs_in_is_led_to_the_first_page_of_everybody(area: SmallArea):
    answer = signed_in(factories.user()).get("/to-do")
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_chair_of_a_group_has_no_list_by_being_its_chair(area: SmallArea):
    account = factories.user()
    link_account(person=area.chair.person, account=account, **IN_TEST)
    assert signed_in(account).get("/to-do/messages").status_code == 403


def test_part_that_is_none_is_not_found(editor: User):
    assert signed_in(editor).get("/to-do/nothing").status_code == 404


def test_rule_that_is_none_is_refused(editor: User):
    assert signed_in(editor).get("/to-do/findings?rule=GL99").status_code == 400


def test_head_of_every_page_says_how_many_messages_wait(area: SmallArea, editor: User):
    told(area.group.get_absolute_url())
    assert "To do (1 message)" in signed_in(editor).get("/about").content.decode()
    assert "To do" not in signed_in(factories.user()).get("/about").content.decode()


# --- how long it may be


@pytest.mark.parametrize("part", [part.name for part in PARTS])
def test_every_part_has_a_page_that_shows_it_whole(editor: User, part: str):
    assert signed_in(editor).get(f"/to-do/{part}", follow=True).status_code == 200


def test_list_shows_a_few_of_each_and_leads_to_all(area: SmallArea, editor: User):
    for number in range(60):
        factories.role(area.pcns[0], area.director, title=f"Deputy director {number:02}")
    page = signed_in(editor).get("/to-do")
    assert "All 60" in words(page)
    assert "Deputy director 05" not in words(page)
    assert "Deputy director 49" in words(signed_in(editor).get("/to-do/vacant-roles"))
    assert "Deputy director 59" in words(signed_in(editor).get("/to-do/vacant-roles?page=2"))


def test_list_of_an_area_in_which_nothing_waits_says_so(administrator: User):
    assert "Nothing waits." in words(signed_in(administrator).get("/to-do"))
