"""Somebody steps down, is appointed, has a term extended: as an editor does it, and what it leaves behind."""

import datetime

import pytest
from django.http import HttpResponse
from django.test import Client
from playwright.sync_api import expect

from ics_leadership.history import Change
from ics_leadership.periods import PartialDate, Precision
from memberships.models import Appointment, Membership, Person, Profession
from tests import factories
from tests.factories import SmallArea
from tests.flows.conftest import Editing
from tests.flows.keyboard import assert_sound, choose, press, type_into
from tests.flows.sending import confirmed, sent
from tests.periods import day

pytestmark = pytest.mark.django_db


def seat_of(appointment: Appointment) -> Membership:
    return Membership.objects.get(basis_appointment=appointment)


# --- somebody steps down


def test_stepping_down_ends_the_seats_that_rest_on_the_appointment(editor_client: Client, area: SmallArea):
    director = area.directors[0]
    answer = sent(editor_client, f"/appointments/{director.pk}/end", end="30 November 2026", why="Stepped down")
    page = answer.content.decode()
    assert "Nothing is recorded yet" in page
    assert "Seats that this empties" in page
    assert area.group.name in page
    assert Appointment.objects.get(pk=director.pk).end is None, "until it is confirmed"
    confirmed(editor_client, answer)
    assert Appointment.objects.get(pk=director.pk).end == day("2026-11-30")
    assert seat_of(director).end == day("2026-11-30")


def test_a_seat_may_stay_when_somebody_steps_down(editor_client: Client, area: SmallArea):
    director = area.directors[0]
    seat = seat_of(director)
    confirmed(
        editor_client,
        sent(
            editor_client,
            f"/appointments/{director.pk}/end",
            end="May 2026",
            why="Retired",
            **{f"seat_{seat.pk}": "stays"},
        ),
    )
    assert seat_of(director).end is None


def test_a_seat_may_go_on_by_virtue_of_another_appointment(editor_client: Client, area: SmallArea):
    director = area.directors[0]
    seat = seat_of(director)
    other = factories.appointment(director.person, factories.role(area.lmc, area.director))
    confirmed(
        editor_client,
        sent(
            editor_client,
            f"/appointments/{director.pk}/end",
            end="30 November 2026",
            why="Moved to another post",
            **{f"seat_{seat.pk}": str(other.pk)},
        ),
    )
    assert seat_of(director).end == day("2026-11-30")
    assert seat_of(other).start == day("2026-12-01")


def test_who_takes_over_is_appointed_in_the_same_change(editor_client: Client, area: SmallArea):
    director = area.directors[0]
    answer = sent(
        editor_client,
        f"/appointments/{director.pk}/end",
        end="30 November 2026",
        why="Stepped down",
        successor="new",
        **{"successor-typed": "Dr Siân O'Brien-Lee", "successor_how": "acting"},
    )
    confirmed(editor_client, answer)
    successor = Person.objects.get(family_name="O'Brien-Lee")
    assert (successor.title, successor.given_names) == ("Dr", "Siân")
    took_over = successor.appointments.get()
    assert (took_over.role, took_over.start, took_over.how) == (director.role, day("2026-12-01"), "acting")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Fill in “Last day in post”."),
        ("sometime", "is not read as a date"),
        ("31 February 2026", "has 28 days"),
        ("1 April 1999", "The end is before the start."),
    ],
)
def test_a_last_day_that_is_none_is_refused_beside_the_field(
    typed: str, sentence: str, editor_client: Client, area: SmallArea
):
    answer = sent(editor_client, f"/appointments/{area.directors[0].pk}/end", end=typed, why="Stepped down")
    page = answer.content.decode()
    assert "There is a problem" in page
    assert sentence in page
    assert 'href="#id_end"' in page


def test_a_change_without_a_reason_is_not_taken(editor_client: Client, area: SmallArea):
    answer = sent(editor_client, f"/appointments/{area.directors[0].pk}/end", end="May 2026")
    assert "Choose why, or say it in your own words." in answer.content.decode()


def test_sending_a_form_twice_changes_nothing_twice(editor_client: Client, area: SmallArea):
    director = area.directors[0]
    answer = sent(editor_client, f"/appointments/{director.pk}/end", end="May 2026", why="Retired")
    first, second = confirmed(editor_client, answer), confirmed(editor_client, answer)
    assert first.url == second.url
    assert Change.objects.filter(why="Retired").count() == 1


def test_the_second_of_two_editors_is_told_what_changed_and_loses_nothing(editor_client: Client, area: SmallArea):
    director = area.directors[0]
    other_client = Client()
    other_client.force_login(factories.editor(area.place))
    mine = sent(editor_client, f"/appointments/{director.pk}/correct", end="31 March 2027", why="Term extended")
    confirmed(other_client, sent(other_client, f"/appointments/{director.pk}/end", end="May 2026", why="Retired"))
    answer = confirmed(editor_client, mine)
    page = answer.content.decode()
    assert "Somebody else changed this meanwhile" in page
    assert "Retired" in page
    assert 'value="31 March 2027"' in page, "what was typed still stands"
    assert Appointment.objects.get(pk=director.pk).end == PartialDate(datetime.date(2026, 5, 31), Precision.MONTH)


# --- somebody is appointed


def test_appointing_in_the_place_of_a_holder_ends_theirs_the_day_before(editor_client: Client, area: SmallArea):
    former = area.directors[0]
    person = factories.person("Amina Yusuf")
    answer = sent(
        editor_client,
        f"/roles/{former.role.slug}/appoint",
        person=person.pk,
        role=former.role.pk,
        start="1 December 2026",
        why="Elected",
    )
    confirmed(editor_client, answer)
    assert Appointment.objects.get(pk=former.pk).end == day("2026-11-30")
    held = person.appointments.get()
    assert held.start == day("2026-12-01")
    assert seat_of(held).seat == seat_of(former).seat, "the seat goes with the role"


def test_a_role_may_be_shared(editor_client: Client, area: SmallArea):
    former = area.directors[0]
    person = factories.person("Amina Yusuf")
    answer = sent(
        editor_client,
        f"/roles/{former.role.slug}/appoint",
        person=person.pk,
        role=former.role.pk,
        start="1 December 2026",
        why="Elected",
        **{f"holder_{former.pk}": "shares"},
    )
    confirmed(editor_client, answer)
    assert Appointment.objects.get(pk=former.pk).end is None
    assert person.appointments.get().role == former.role


def test_choosing_a_role_that_somebody_holds_asks_what_becomes_of_them(editor_client: Client, area: SmallArea):
    former, person = area.directors[0], factories.person("Amina Yusuf")
    answer = sent(editor_client, "/appoint", person=person.pk, role=former.role.pk, start="2026", why="Elected")
    page = answer.content.decode()
    assert f"{former.person.name} holds this role" in page
    assert "Nothing is recorded yet" not in page


def test_nobody_is_appointed_twice_over_the_same_days(editor_client: Client, area: SmallArea):
    former = area.directors[0]
    answer = sent(
        editor_client,
        f"/roles/{former.role.slug}/appoint",
        person=former.person.pk,
        role=former.role.pk,
        start="1 December 2026",
        why="Elected",
        **{f"holder_{former.pk}": "shares"},
    )
    assert "This person holds this role already on some of these days." in answer.content.decode()


def test_nobody_of_elsewhere_is_appointed_elsewhere(editor_client: Client, area: SmallArea):
    elsewhere = factories.role(factories.organisation(), area.director)
    stranger = factories.appointment(factories.person(), elsewhere).person
    answer = sent(editor_client, "/appoint", person=stranger.pk, role=elsewhere.pk, start="2026", why="Elected")
    assert "is outside your area" in answer.content.decode()


def appoint_somebody_new(client: Client, area: SmallArea, name: str) -> HttpResponse:
    role = area.directors[0].role
    return sent(
        client,
        f"/roles/{role.slug}/appoint",
        person="new",
        role=role.pk,
        start="2026",
        why="Elected",
        **{"person-typed": name, f"holder_{area.directors[0].pk}": "shares"},
    )


def test_somebody_new_is_entered_with_the_profession_that_stands_beside_their_name(
    editor_client: Client, area: SmallArea
):
    confirmed(editor_client, appoint_somebody_new(editor_client, area, "O'BRIEN-LEE, Dr Siân (GP)"))
    added = Person.objects.get(given_names="Siân")
    assert (added.title, added.family_name, added.profession) == ("Dr", "O'Brien-Lee", Profession.GP)


def test_who_may_be_the_newcomer_is_named_before_they_are_entered(editor_client: Client, area: SmallArea):
    known = factories.person("Amina Yusuf", profession=Profession.GP)
    page = appoint_somebody_new(editor_client, area, "Dr Amina Yusuff (GP)").content.decode()
    assert "Perhaps the same person, in the register already" in page
    assert known.get_absolute_url() in page


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("left, date not known", "is vacant, since a day that is not known."),
        ("by May 2026", "is vacant since 1 June 2026 or earlier."),
        ("31 May 2030", "falls vacant on 1 June 2030."),
        ("May 2030", "falls vacant by 1 June 2030."),
    ],
)
def test_a_role_falls_vacant_no_more_exactly_than_is_known(end: str, said: str, editor_client: Client, area: SmallArea):
    address = f"/appointments/{area.directors[0].pk}/end"
    assert said in sent(editor_client, address, end=end, why="Retired").content.decode()


def test_a_name_that_is_none_is_refused_beside_its_field(editor_client: Client, area: SmallArea):
    page = appoint_somebody_new(editor_client, area, "Dr Jo Bloggs (locally)").content.decode()
    assert "“locally” beside the name is not a profession." in page
    assert "Nothing is recorded yet" not in page


def test_somebody_is_found_whose_profession_was_typed_beside_their_name(editor_client: Client, area: SmallArea):
    factories.person("Amina Yusuf")
    found = editor_client.get("/pick/people", {"field": "person", "person-typed": "Amina Yusuf (GP)"})
    assert "Amina Yusuf" in found.content.decode().replace("Amina Yusuf (GP)", "")


# --- a term is extended or corrected


def test_seats_that_end_with_a_term_are_extended_with_it(editor_client: Client, area: SmallArea):
    director = area.directors[0]
    confirmed(
        editor_client, sent(editor_client, f"/appointments/{director.pk}/end", end="31 March 2027", why="Term ended")
    )
    confirmed(
        editor_client,
        sent(editor_client, f"/appointments/{director.pk}/correct", end="31 March 2030", why="Term extended"),
    )
    assert Appointment.objects.get(pk=director.pk).end == day("2030-03-31")
    assert seat_of(director).end == day("2030-03-31")


# --- in the browser


def test_an_officer_appoints_somebody_new_while_typing_a_name(editing: Editing):
    former = editing.area.directors[0]
    page = editing.open(f"/roles/{former.role.slug}/appoint")
    assert_sound(page)
    type_into(page, "Who", "Dr Siân O'Brien-Lee")
    page.get_by_label("Add somebody new: “Dr Siân O'Brien-Lee”").wait_for()
    choose(page, "Add somebody new: “Dr Siân O'Brien-Lee”")
    type_into(page, "From when", "December 2026")
    choose(page, "Elected")
    press(page, "See what this changes")
    press(page, "Record this")
    assert Person.objects.get(family_name="O'Brien-Lee").appointments.get().role == former.role


def test_a_mistake_is_explained_by_keyboard_on_a_phone(editing: Editing):
    page = editing.open(f"/appointments/{editing.area.directors[0].pk}/end")
    type_into(page, "Last day in post", "30 Febuary 2026")
    press(page, "See what this changes")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert page.get_by_label("Last day in post", exact=True).input_value() == "30 Febuary 2026"


def test_somebody_is_found_and_appointed_without_scripts(editing_without_scripts: Editing):
    former, page = editing_without_scripts.area.directors[0], editing_without_scripts.page
    factories.person("Amina Yusuf")
    editing_without_scripts.open(f"/roles/{former.role.slug}/appoint")
    page.get_by_label("Who", exact=True).fill("amina")
    page.get_by_role("button", name="Find who").click()
    page.get_by_label("Amina Yusuf").check()
    page.get_by_label("From when").fill("1 December 2026")
    page.get_by_label("Elected", exact=True).check()
    page.get_by_role("button", name="See what this changes").last.click()
    page.get_by_role("button", name="Record this").click()
    assert Person.objects.get(family_name="Yusuf").appointments.get().role == former.role
