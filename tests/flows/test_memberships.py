"""A seat is filled, a membership ends or is corrected, somebody deputises."""

import pytest
from django.http import HttpResponse
from django.test import Client

from memberships.models import Deputy, Membership, Person
from tests import factories
from tests.factories import SmallArea
from tests.flows.sending import confirmed, fields_of, sent
from tests.periods import day

pytestmark = pytest.mark.django_db


def test_filling_a_seat_proposes_the_post_it_is_drawn_from(editor_client: Client, area: SmallArea):
    director = factories.appointment(factories.person(), area.directors[0].role)
    seat = area.seat("PCN clinical directors")
    answer = sent(
        editor_client,
        f"/seats/{seat.pk}/fill",
        person=director.person.pk,
        start="1 December 2026",
        why="Follows their post",
    )
    page = answer.content.decode()
    assert "Why they sit" in page
    assert "Nothing is recorded yet" not in page
    answer = editor_client.post(f"/seats/{seat.pk}/fill", fields_of(answer))
    assert "Nothing is recorded yet" in answer.content.decode()
    confirmed(editor_client, answer)
    membership = Membership.objects.get(person=director.person)
    assert membership.basis_appointment == director
    assert membership.end == day("2029-11-30"), "the 36 months that the terms give"


def test_a_seat_for_experience_asks_which(editor_client: Client, area: SmallArea):
    seat, person = area.seat("Experienced leader"), factories.person()
    answer = sent(
        editor_client,
        f"/seats/{seat.pk}/fill?person={person.pk}",
        person=person.pk,
        start="2026",
        why="Put forward",
        basis="experience",
        experience="",
    )
    assert "Say for which experience they were put forward." in answer.content.decode()
    answer = sent(
        editor_client,
        f"/seats/{seat.pk}/fill?person={person.pk}",
        person=person.pk,
        start="2026",
        end="31 March 2028",
        why="Put forward",
        basis="experience",
        experience="Eight years as a chair",
        put_forward_by=area.lmc.pk,
    )
    confirmed(editor_client, answer)
    membership = Membership.objects.get(person=person)
    assert (membership.basis_experience, membership.put_forward_by) == ("Eight years as a chair", area.lmc)


def filled(client: Client, area: SmallArea, person: Person) -> HttpResponse:
    """The page of consequences of giving somebody the one seat for experience."""
    return sent(
        client,
        f"/seats/{area.seat('Experienced leader').pk}/fill?person={person.pk}",
        person=person.pk,
        start="1 December 2026",
        why="Put forward",
        basis="experience",
        experience="Eight years as a chair",
    )


def test_the_second_of_two_editors_who_fill_one_place_is_told_that_it_is_taken(editor_client: Client, area: SmallArea):
    other_client = Client()
    other_client.force_login(factories.editor(area.place))
    first, second = factories.person("Ann First"), factories.person("Ben Second")
    mine, theirs = filled(editor_client, area, first), filled(other_client, area, second)
    assert "More people than places" not in mine.content.decode()
    confirmed(other_client, theirs)
    answer = confirmed(editor_client, mine)
    assert "Somebody else changed this meanwhile" in answer.content.decode()
    again = editor_client.post(answer.wsgi_request.get_full_path(), fields_of(answer))
    assert "More people than places" in again.content.decode()
    assert "2 people for 1 place" in again.content.decode()
    assert not Membership.objects.filter(person=first).exists()


def test_nobody_sits_by_virtue_of_anothers_post(editor_client: Client, area: SmallArea):
    seat, person = area.seat("Experienced leader"), factories.person()
    answer = sent(
        editor_client,
        f"/seats/{seat.pk}/fill?person={person.pk}",
        person=person.pk,
        start="2026",
        why="Put forward",
        basis=area.directors[0].pk,
    )
    assert "is not one of the available choices" in answer.content.decode()


def test_leaving_a_seat_shows_what_falls_vacant_and_who_deputised(editor_client: Client, area: SmallArea):
    member = area.memberships[1]
    deputy = factories.person("Amina Yusuf")
    confirmed(
        editor_client,
        sent(
            editor_client, f"/memberships/{member.pk}/deputy", person=deputy.pk, start="2025", why="Named by the member"
        ),
    )
    answer = sent(editor_client, f"/memberships/{member.pk}/end", end="30 November 2026", why="Stepped down")
    page = answer.content.decode()
    assert "1 place of 2 vacant." in page
    assert "Amina Yusuf" in page
    confirmed(editor_client, answer)
    assert Deputy.objects.get().end == day("2026-11-30")


def test_a_membership_is_extended(editor_client: Client, area: SmallArea):
    member = area.memberships[1]
    confirmed(
        editor_client,
        sent(editor_client, f"/memberships/{member.pk}/correct", end="31 March 2029", why="Term extended"),
    )
    member.refresh_from_db()
    assert member.end == day("2029-03-31")
    assert member.basis_appointment == area.directors[0]


def test_a_deputy_no_longer_deputises(editor_client: Client, area: SmallArea):
    member = area.memberships[1]
    confirmed(
        editor_client,
        sent(
            editor_client,
            f"/memberships/{member.pk}/deputy",
            person="new",
            start="2025",
            why="Named by the member",
            **{"person-typed": "Dr Tomos Quillfeather"},
        ),
    )
    deputy = Deputy.objects.get()
    confirmed(editor_client, sent(editor_client, f"/deputies/{deputy.pk}/end", end="May 2026", why="Stepped down"))
    deputy.refresh_from_db()
    assert deputy.end_precision == "month"


def test_the_chair_of_a_group_does_not_edit_who_sits_on_it(area: SmallArea):
    chair = factories.user()
    client = Client()
    client.force_login(chair)
    assert client.get(f"/memberships/{area.memberships[0].pk}/end").status_code == 403
