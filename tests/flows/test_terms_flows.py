"""New terms of reference, and terms that were written down wrongly: nobody loses a seat without being told."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from ics_leadership.history import change
from memberships import actions
from memberships.models import (
    Category,
    Clause,
    Deputy,
    DrawnFrom,
    Group,
    ManagedFinding,
    Membership,
    Nature,
    Seat,
    Terms,
)
from memberships.seat_matching import matched
from organisations.models import Kind
from tests import factories
from tests.factories import IN_TEST, SmallArea
from tests.flows.conftest import Editing
from tests.flows.keyboard import assert_sound, choose, press, tab_to, type_into
from tests.flows.sending import confirmed, fields_of, sent
from tests.periods import day

pytestmark = pytest.mark.django_db

NEW = {"version": "2.0", "start": "1 April 2026", "why": "Agreed by the group"}


def seats(terms: Terms) -> dict[str, Seat]:
    return {seat.title: seat for seat in terms.seats.all()}


def new_terms(client: Client, area: SmallArea, **typed: object):
    """The page that follows the form of new terms: with what is typed, and everything else as before."""
    return sent(client, f"/groups/{area.group.slug}/terms/new", **NEW | typed)


def after_members(client: Client, page, **typed: object):
    """The page that follows the question what becomes of those who sit."""
    return client.post(page.wsgi_request.path, fields_of(page) | typed)


# --- which seat is which


def _seat(pk: int, title: str, **facts: object) -> Seat:
    return Seat(pk=pk, title=title, **{"category": Category.CORE, "drawn_from": DrawnFrom.EXPERIENCE} | facts)


def test_a_seat_is_known_by_its_title():
    former = [_seat(1, "Chair", category=Category.CHAIR), _seat(2, "Experienced leader")]
    now = [_seat(0, "Experienced  Leader"), _seat(0, "Chair", category=Category.CHAIR)]
    assert matched(former, now, {}) == {1: 1, 2: 0}


def test_a_seat_of_another_title_is_known_by_where_it_is_drawn_from():
    former = [_seat(1, "PCN directors", drawn_from=DrawnFrom.KIND, organisation_kind=Kind.PCN)]
    now = [_seat(0, "Network leads", drawn_from=DrawnFrom.KIND, organisation_kind=Kind.PCN)]
    assert matched(former, now, {}) == {1: 0}


def test_two_seats_for_experience_are_not_the_same_because_of_that():
    assert matched([_seat(1, "Elder")], [_seat(0, "Patient voice")], {}) == {}


def test_a_seat_that_an_editor_made_into_quite_another_is_not_the_same():
    former = [_seat(1, "Elder")]
    other = _seat(0, "Trust lead", drawn_from=DrawnFrom.KIND, organisation_kind=Kind.TRUST)
    assert matched(former, [other], {0: 1}) == {}
    renamed = _seat(0, "Experienced leader")
    assert matched(former, [renamed], {0: 1}) == {1: 0}


# --- a new version


def test_the_form_starts_from_the_version_in_force(editor_client: Client, area: SmallArea):
    form = fields_of(editor_client.get(f"/groups/{area.group.slug}/terms/new"))
    assert form["version"] == ["2.0"]
    assert form["clause_0_text"] == ["The group speaks for the practices of the place."]
    assert form["seat_1_title"] == ["PCN clinical directors"]
    assert form["seat_1_drawn_from"] == [f"role_type:{area.director.pk}"]
    assert form["term_months"] == ["36"]


def test_members_whose_seat_is_the_same_go_over_without_being_asked_for(editor_client: Client, area: SmallArea):
    deputy = actions.add_deputy(
        membership=area.memberships[1], person=factories.person(), start=day("2024-05-01"), **IN_TEST
    )
    actions.correct_membership(
        membership=area.memberships[1], start=area.memberships[1].start, end=day("2027-03-31"), **IN_TEST
    )
    page = new_terms(editor_client, area, quorum="3")
    assert "What becomes of those who sit" in page.content.decode()
    assert Terms.objects.count() == 1
    confirmed(editor_client, after_members(editor_client, page))
    former, now = Terms.objects.filter(group=area.group).order_by("period")
    assert (former.end, now.start, now.quorum) == (day("2026-03-31"), day("2026-04-01"), 3)
    for before in area.memberships:
        before.refresh_from_db()
        after = Membership.objects.get(person=before.person, seat__terms=now)
        assert before.end == day("2026-03-31")
        assert after.seat.title == before.seat.title
        assert after.basis_appointment == before.basis_appointment
        assert after.put_forward_by == before.put_forward_by
    goes_on = Membership.objects.get(person=area.memberships[1].person, seat__terms=now)
    assert goes_on.end == day("2027-03-31"), "the term ends when it was to end"
    assert [each.person for each in Deputy.objects.filter(membership=goes_on)] == [deputy.person]


def test_who_goes_over_keeps_the_end_that_the_length_of_a_term_gave(editor_client: Client, area: SmallArea):
    person = factories.person()
    factories.membership(area.seat("Experienced leader"), person, "Eight years", period=(day("2025-04-01"), None))
    check = after_members(editor_client, new_terms(editor_client, area))
    assert "until 31 March 2028" in check.content.decode()
    confirmed(editor_client, check)
    assert Membership.objects.get(person=person, seat__terms__version="2.0").end == day("2028-03-31")
    chair = Membership.objects.get(person=area.chair.person, seat__terms__version="2.0")
    assert chair.end is None, "a term that has run out gives no end"


def test_a_member_whose_seat_is_gone_has_to_be_decided_about(editor_client: Client, area: SmallArea):
    chair = area.memberships[0]
    page = new_terms(editor_client, area, seat_rows="1,2,3")
    answer = after_members(editor_client, page)
    assert f"Say what becomes of {chair.person.name}." in answer.content.decode()
    check = after_members(editor_client, answer, **{f"member_{chair.pk}": "ends"})
    text = check.content.decode()
    assert "Who leaves the group" in text
    assert "removed: 1 seat, chair" in text
    confirmed(editor_client, check)
    assert Membership.objects.filter(person=chair.person).count() == 1
    chair.refresh_from_db()
    assert chair.end == day("2026-03-31")


def test_a_member_may_go_over_to_another_seat(editor_client: Client, area: SmallArea):
    chair = area.memberships[0]
    page = new_terms(editor_client, area, seat_rows="1,2,3")
    check = after_members(editor_client, page, **{f"member_{chair.pk}": "row:2"})
    confirmed(editor_client, check)
    assert Membership.objects.get(person=chair.person, period__endswith=None).seat.title == "Experienced leader"


def test_places_that_are_vacant_or_too_few_are_told_before(editor_client: Client, area: SmallArea):
    check = after_members(editor_client, new_terms(editor_client, area, seat_1_number="1", seat_2_number="3"))
    text = check.content.decode()
    assert "2 people for 1 place" in text
    assert "Experienced leader: 3 places of 3" in text
    assert "1 seat instead of 2" in text


@pytest.mark.parametrize(
    ("begins", "told"), [("2030-04-01", ""), ("2030-03-31", "2 people for 1 place from 31 March 2030")]
)
def test_those_who_follow_one_another_take_one_place(editor_client: Client, area: SmallArea, begins: str, told: str):
    seat = area.seat("Experienced leader")
    factories.membership(seat, factories.person(), "Eight years", period=(day("2021-04-01"), day("2030-03-31")))
    factories.membership(seat, factories.person(), "Ten years", period=(day(begins), None))
    check = after_members(editor_client, new_terms(editor_client, area, start="1 January 2030"))
    text = check.content.decode()
    assert ("More people than places" in text) == bool(told)
    assert told in text


def test_a_membership_that_is_only_to_begin_takes_up_the_seat_of_the_new_version(
    editor_client: Client, area: SmallArea
):
    later = factories.membership(
        area.seat("Experienced leader"), factories.person(), "Eight years", period=(day("2030-01-01"), None)
    )
    confirmed(editor_client, after_members(editor_client, new_terms(editor_client, area)))
    later.refresh_from_db()
    assert (later.start, later.seat.terms.version) == (day("2030-01-01"), "2.0")


def test_who_left_since_the_day_of_terms_entered_late_sat_under_them_until_they_left(
    editor_client: Client, area: SmallArea
):
    left, long_gone = factories.person("Ada Leaver"), factories.person("Abe Former")
    seat = area.seat("Experienced leader")
    factories.membership(seat, left, "Eight years", period=(day("2021-04-01"), day("2024-09-30")))
    factories.membership(seat, long_gone, "Ten years", period=(day("2021-04-01"), day("2023-03-31")))
    check = after_members(editor_client, new_terms(editor_client, area, start="1 April 2024"))
    text = check.content.decode()
    assert "Who has left since, and sat under the new version until then" in text
    assert "until 30 September 2024" in text
    assert "Abe Former" not in text
    confirmed(editor_client, check)
    before, after = Membership.objects.filter(person=left).order_by("period")
    assert (before.seat.terms.version, before.start, before.end) == ("1.0", day("2021-04-01"), day("2024-03-31"))
    assert (after.seat.terms.version, after.start, after.end) == ("2.0", day("2024-04-01"), day("2024-09-30"))
    assert Membership.objects.get(person=long_gone).end == day("2023-03-31")


def test_whose_term_ends_before_the_terms_begin_does_not_go_over(editor_client: Client, area: SmallArea):
    leaver = factories.person()
    period = (day("2021-04-01"), day("2029-12-31"))
    factories.membership(area.seat("Experienced leader"), leaver, "Eight years", period=period)
    page = new_terms(editor_client, area, start="1 April 2030")
    confirmed(editor_client, after_members(editor_client, page))
    assert Membership.objects.get(person=leaver).end == day("2029-12-31")


def test_terms_entered_late_leave_members_in_the_version_in_force(editor_client: Client, area: SmallArea):
    with change(**IN_TEST):
        Group.objects.filter(pk=area.group.pk).update(period=(day("2019-04-01").date, None))
    check = new_terms(editor_client, area, version="0.9", start="1 April 2019")
    assert "What becomes of those who sit" not in check.content.decode()
    confirmed(editor_client, check)
    assert Terms.objects.get(version="0.9").end == day("2021-03-31")
    assert {each.seat.terms.version for each in Membership.objects.all()} == {"1.0"}


def test_the_terms_can_be_changed_again_after_the_question_about_members(editor_client: Client, area: SmallArea):
    page = new_terms(editor_client, area, purpose="To speak")
    again = after_members(editor_client, page, stage="terms")
    form = fields_of(again)
    assert form["purpose"] == ["To speak"]
    assert "What becomes of those who sit" not in again.content.decode()
    page = editor_client.post(again.wsgi_request.path, form | {"purpose": "To lead"})
    confirmed(editor_client, after_members(editor_client, page))
    assert Terms.objects.get(version="2.0").purpose == "To lead"


def test_way_back_from_a_question_that_was_not_asked_shows_the_form(editor_client: Client, area: SmallArea):
    answer = editor_client.post(f"{area.group.get_absolute_url()}/terms/new", {"stage": "terms"})
    assert answer.status_code == 200
    assert "What becomes of those who sit" not in answer.content.decode()


def test_terms_in_force_before_there_was_a_group_are_explained(editor_client: Client, area: SmallArea):
    actions.correct_group(group=area.group, start=day("2019-04-01"), end=None, **IN_TEST)
    check = new_terms(editor_client, area, version="0.9", start="31 March 2019")
    assert "began on 1 April 2019: no terms of its can be in force before that." in check.content.decode()
    assert not Terms.objects.filter(version="0.9").exists()


def test_a_version_of_a_name_that_is_taken_is_explained(editor_client: Client, area: SmallArea):
    page = new_terms(editor_client, area, version="1.0")
    answer = after_members(editor_client, page)
    assert "This group has a version of that name already." in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"seat_0_title": ""}, "Say what the seat is called."),
        ({"seat_0_drawn_from": ""}, "Say who the seat is for."),
        ({"seat_0_number": "0"}, "greater than or equal to 1"),
        ({"seat_0_clause": "99"}, "There is no clause 99 below."),
        ({"clause_1_number": "1"}, "Another clause has this number."),
        ({"clause_0_text": ""}, "Write the clause, or take it out."),
        ({"start": "not known"}, "Say from when, because people sit"),
    ],
)
def test_what_is_wrong_with_terms_is_said_beside_the_field(
    typed: dict[str, str], sentence: str, editor_client: Client, area: SmallArea
):
    answer = new_terms(editor_client, area, **typed)
    assert sentence in answer.content.decode()


def test_rows_left_empty_are_no_seats_and_no_clauses(editor_client: Client, area: SmallArea):
    page = new_terms(editor_client, area, seat_rows="0,1,2,3,9", clause_rows="0,1,9", seat_9_number="1")
    confirmed(editor_client, after_members(editor_client, page))
    now = Terms.objects.get(version="2.0")
    assert (now.seats.count(), now.clauses.count()) == (4, 2)


def test_first_terms_are_written_from_an_empty_form(editor_client: Client, area: SmallArea):
    group = factories.group(area.lmc, covers=area.place)
    check = sent(
        editor_client,
        f"/groups/{group.slug}/terms/new",
        start="2026",
        nature="expert",
        seat_0_title="Anybody who knows",
        seat_0_category="core",
        seat_0_drawn_from="experience:",
        why="First terms of reference",
    )
    confirmed(editor_client, check)
    terms = Terms.objects.get(group=group)
    assert (terms.version, terms.nature, terms.seats.get().number) == ("1.0", Nature.EXPERT, 1)


def test_a_seat_may_be_for_any_organisation_of_the_register(editor_client: Client, area: SmallArea):
    trust = factories.organisation(Kind.TRUST, name="Norwich Hospital")
    page = new_terms(editor_client, area, seat_2_drawn_from="", seat_2_organisation=trust.pk)
    confirmed(editor_client, after_members(editor_client, page))
    assert seats(Terms.objects.get(version="2.0"))["Experienced leader"].organisation == trust


def test_what_others_changed_while_terms_were_written_is_told(editor_client: Client, area: SmallArea):
    page = new_terms(editor_client, area)
    actions.correct_membership(
        membership=area.memberships[0],
        start=area.memberships[0].start,
        end=day("2027-03-31"),
        by=None,
        why="By another",
    )
    answer = after_members(editor_client, page)
    text = answer.content.decode()
    assert "Somebody else changed this meanwhile" in text
    assert "By another" in text
    confirmed(editor_client, after_members(editor_client, answer))
    assert Membership.objects.get(person=area.chair.person, seat__terms__version="2.0").end == day("2027-03-31")


def test_how_a_conflict_is_managed_goes_over_with_the_member(editor_client: Client, area: SmallArea):
    chair = area.memberships[0]
    actions.manage_finding(
        rule="GL01",
        subject=f"membership:{chair.pk}/appointment:7",
        area=area.icb,
        how="Leaves the room",
        **IN_TEST,
    )
    confirmed(editor_client, after_members(editor_client, new_terms(editor_client, area)))
    goes_on = Membership.objects.get(person=chair.person, seat__terms__version="2.0")
    assert ManagedFinding.objects.get(subject=f"membership:{goes_on.pk}/appointment:7").how == "Leaves the room"


def test_a_groups_page_leads_its_editors_to_what_can_be_changed(editor_client: Client, area: SmallArea):
    money = actions.fund_group(
        group=area.group, funding_source=factories.funding_source(), start=day("2024-04-01"), **IN_TEST
    )
    line = actions.add_reporting_line(group=area.group, to=area.icb, start=day("2024-04-01"), **IN_TEST)
    influence = actions.add_influence(group=area.group, organisation=area.icb, start=day("2024-04-01"), **IN_TEST)
    page = editor_client.get(area.group.get_absolute_url()).content.decode()
    for address in (
        f"/terms/{area.terms.pk}/correct",
        f"/group-funding/{money.pk}/end",
        f"/reporting-lines/{line.pk}/end",
        f"/influences/{influence.pk}/end",
        f"/groups/{area.group.slug}/terms/new",
    ):
        assert f'href="{address}"' in page
        assert editor_client.get(address).status_code == 200
    assert "/correct" not in Client().get(area.group.get_absolute_url()).content.decode()


# --- a correction


def test_a_mistake_in_terms_is_corrected_in_the_version_itself(editor_client: Client, area: SmallArea):
    check = sent(
        editor_client,
        f"/terms/{area.terms.pk}/correct",
        clause_0_text="The group speaks for all practices of the place.",
        seat_2_title="Elder",
        clause_rows="1,0",
        seat_rows="3,0,1,2",
        why="Written down wrongly",
    )
    confirmed(editor_client, check)
    terms = Terms.objects.get(group=area.group)
    assert [clause.number for clause in terms.clauses.all()] == ["2", "1"]
    assert [seat.title for seat in terms.seats.all()] == [
        "System clinical lead",
        "Chair",
        "PCN clinical directors",
        "Elder",
    ]
    assert Membership.objects.filter(seat__terms=terms).count() == 3, "who sits, sits"
    assert seats(terms)["Chair"].clause == Clause.objects.get(terms=terms, number="2")


def test_a_seat_in_which_somebody_sits_is_not_taken_out_of_a_version(editor_client: Client, area: SmallArea):
    answer = sent(editor_client, f"/terms/{area.terms.pk}/correct", seat_rows="1,2,3", why="Written down wrongly")
    text = answer.content.decode()
    assert "cannot be taken out of this version" in text
    assert area.chair.person.name in text


def test_an_empty_seat_and_a_clause_are_taken_out_of_a_version(editor_client: Client, area: SmallArea):
    check = sent(
        editor_client, f"/terms/{area.terms.pk}/correct", seat_rows="0,1,3", clause_rows="1", why="Written down wrongly"
    )
    confirmed(editor_client, check)
    assert "Experienced leader" not in seats(area.terms)
    assert [clause.number for clause in area.terms.clauses.all()] == ["2"]


def test_the_version_before_ends_where_a_corrected_one_begins(editor_client: Client, area: SmallArea):
    confirmed(editor_client, after_members(editor_client, new_terms(editor_client, area)))
    second = Terms.objects.get(version="2.0")
    for start, eve in (("1 May 2026", "2026-04-30"), ("1 March 2026", "2026-02-28")):
        confirmed(
            editor_client, sent(editor_client, f"/terms/{second.pk}/correct", start=start, why="Written down wrongly")
        )
        assert Terms.objects.get(version="1.0").end == day(eve)


def test_nobody_corrects_the_terms_of_another_area(area: SmallArea):
    client = Client()
    client.force_login(factories.editor(factories.organisation(Kind.PLACE, name="Elsewhere")))
    assert client.get(f"/terms/{area.terms.pk}/correct").status_code == 403


# --- in the browser


def test_an_officer_writes_a_new_version_by_keyboard_on_a_phone(editing: Editing):
    page = editing.open(f"/groups/{editing.area.group.slug}/terms/new")
    assert_sound(page)
    type_into(page, "In force from", "1 April 2026")
    tab_to(page, page.get_by_role("button", name="Take out seat 1", exact=True))
    page.keyboard.press("Enter")
    page.locator("#seat-0").wait_for(state="detached")
    tab_to(page, page.get_by_role("button", name="Add one below clause 2"))
    page.keyboard.press("Enter")
    page.locator("#id_clause_2_text").wait_for()
    page.wait_for_function("() => document.activeElement.id === 'clause-2'")
    tab_to(page, page.locator("#id_clause_2_number"))
    page.keyboard.type("3")
    tab_to(page, page.locator("#id_clause_2_text"))
    page.keyboard.type("It meets every month.")
    choose(page, "Agreed by the group")
    press(page, "See what this changes")
    expect(page.get_by_role("heading", name="What becomes of those who sit")).to_be_visible()
    chair = editing.area.memberships[0]
    tab_to(page, page.locator(f"#id_member_{chair.pk}"))
    page.keyboard.type("Leaves")
    press(page, "See what this changes")
    expect(page.get_by_role("heading", name="Who leaves the group")).to_be_visible()
    press(page, "Record this")
    now = Terms.objects.get(version="2.0")
    assert [clause.text for clause in now.clauses.all()][-1] == "It meets every month."
    assert Membership.objects.filter(seat__terms=now).count() == 2


def test_a_new_version_is_written_without_scripts(editing_without_scripts: Editing):
    page = editing_without_scripts.open(f"/groups/{editing_without_scripts.area.group.slug}/terms/new")
    page.get_by_label("In force from").fill("1 April 2026")
    page.get_by_role("button", name="Add one below clause 2").click()
    page.locator("#id_clause_2_number").fill("3")
    page.locator("#id_clause_2_text").fill("It meets every month.")
    page.get_by_label("Agreed by the group", exact=True).check()
    page.get_by_role("button", name="See what this changes").last.click()
    page.get_by_role("button", name="See what this changes").last.click()
    page.get_by_role("button", name="Record this").click()
    assert Terms.objects.get(version="2.0").clauses.count() == 3


def test_an_officer_corrects_a_clause_by_keyboard_on_a_phone(editing: Editing):
    page = editing.open(f"/terms/{editing.area.terms.pk}/correct")
    assert_sound(page)
    tab_to(page, page.locator("#id_clause_0_text"))
    page.keyboard.press("Control+A")
    page.keyboard.type("The group speaks for all practices.")
    choose(page, "Written down wrongly")
    press(page, "See what this changes")
    press(page, "Record this")
    assert editing.area.terms.clauses.first().text == "The group speaks for all practices."
