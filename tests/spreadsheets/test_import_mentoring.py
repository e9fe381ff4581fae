"""Lists of offers to mentor and of skills are judged and brought in."""

import pytest

from ics_leadership.accounts.models import Standing, User
from memberships import actions
from memberships.models import MentorOffer, Person, PersonSkill, Skill, Verdict
from memberships.spreadsheets import importing
from memberships.spreadsheets.columns import ListKind
from tests import factories
from tests.factories import IN_TEST, SmallArea
from tests.periods import day
from tests.spreadsheets.bringing_in import brought_in, previewed, row, verdicts
from tests.spreadsheets.round_trip import brought_back, edited, taken_away

SKILLS, OFFERS = ListKind.SKILLS, ListKind.OFFERS


@pytest.fixture
def idle(known: SmallArea) -> Person:
    """Somebody who holds a skill and no role."""
    return PersonSkill.objects.get().person


def problems(sheet: str, by: User, kind: ListKind) -> str:
    return " ".join(each["why"] for one in previewed(sheet, by, kind).rows.all() for each in one.problems)


# --- skills


def test_skills_are_brought_in_for_people_of_the_register_and_for_new_ones(editor, idle):
    brought_in(
        previewed(
            f"""
            Name,Skill,How they came by it,From,Until,Person number
            Dr Siân O’Brien-Lee,strategy; Contracting,Two contracts,2015,,{idle.pk}
            Jo Newcombe (GP),Contracting,,,left 2020,
            """,
            editor,
            SKILLS,
        )
    )
    held = PersonSkill.objects.order_by("pk").values_list("person__family_name", "skill__name", "gained_through")
    assert list(held) == [
        ("O’Brien-Lee", "Strategy", "Two contracts"),
        ("O’Brien-Lee", "Contracting", "Two contracts"),
        ("Newcombe", "Contracting", ""),
    ]


def test_a_row_that_says_what_is_held_already_changes_nothing(editor, idle):
    sheet = f"Name,Skill,From,Person number\nDr Siân O’Brien-Lee,Strategy,2013,{idle.pk}\nDr Siân O’Brien-Lee,strategy,,{idle.pk}"
    assert verdicts(previewed(sheet, editor, SKILLS)) == [Verdict.HELD, Verdict.HELD]


def test_a_skill_that_lapsed_is_held_again_from_another_row(editor, idle):
    held = PersonSkill.objects.get()
    actions.correct_skill_of_person(held=held, start=held.start, end=day("2019-12-31"), **IN_TEST)
    sheet = f"Name,Skill,From,Person number\nSiân O’Brien-Lee,Strategy,2022,{idle.pk}"
    brought_in(previewed(sheet, editor, SKILLS))
    assert PersonSkill.objects.filter(person=idle, skill=held.skill).count() == 2


def test_an_edited_skill_is_corrected_and_one_that_was_added_below_is_added(client, editor, idle):
    def edit(page, columns):
        page.cell(2, columns["Until"]).value = "2024"
        page.cell(2, columns["How they came by it"]).value = None
        for heading, value in (
            ("Given names", "Siân"),
            ("Family name", "O’Brien-Lee"),
            ("Skill", "Contracting"),
            ("From", "2025"),
        ):
            page.cell(3, columns[heading]).value = value
        page.cell(3, columns["Person number (do not change)"]).value = idle.pk

    content = edited(taken_away(client, "/mentors/unused-skills.xlsx"), edit)
    changed, new = brought_back(content, editor, SKILLS)
    assert [(each.what, each.new) for each in changed.edits] == [("How they came by it", ""), ("Until", "2024")]
    assert new.added == ["Contracting, since 2025"]


def test_a_skill_that_the_register_does_not_have_is_asked_about_or_added_by_an_administrator(editor, idle):
    sheet = f"Name,Skill,Person number\nSiân O’Brien-Lee,Stratgey,{idle.pk}\nSiân O’Brien-Lee,Juggling,{idle.pk}"
    near, unknown = previewed(sheet, editor, SKILLS).rows.all()
    assert [each["name"] for each in near.judgement["questions"][0]["options"]] == ["Strategy"]
    assert "no skill called “Juggling”" in unknown.problems[0]["why"]
    factories.grant(editor, Standing.ADMINISTRATOR)
    this = previewed(sheet, editor, SKILLS)
    importing.decide(row(this, 3), "skill:juggling", "new")
    brought_in(this)
    assert PersonSkill.objects.get(skill__name="Juggling").person == idle
    assert not Skill.objects.filter(name="Stratgey").exists()


def test_a_number_that_stands_in_two_rows_is_refused(editor, idle):
    held = PersonSkill.objects.get()
    sheet = f"""
        Name,Skill,Held skill number,Person number
        Siân O’Brien-Lee,Strategy,{held.pk},{idle.pk}
        Siân O’Brien-Lee,Contracting,{held.pk},{idle.pk}
        Siân O’Brien-Lee,Contracting,{held.pk + 1000},{idle.pk}
    """
    assert problems(sheet, editor, SKILLS) == (
        f"Row 2 has the same number. The register has no held skill with the number {held.pk + 1000}."
    )


# --- offers


def test_an_offer_is_brought_in_and_not_shown_unless_the_sheet_says_that_they_agreed(editor, known, idle):
    brought_in(
        previewed(
            f"""
            Name,What they offer,Skill,Area,From,Agreed to be shown,Person number
            Siân O’Brien-Lee,Ring me,Contracting,Norwich Place,2024,,{idle.pk}
            Siân O’Brien-Lee,Visit me,,Norwich ICB,2024,yes,{idle.pk}
            """,
            editor,
            OFFERS,
        )
    )
    ring, visit = MentorOffer.objects.filter(person=idle).order_by("pk")
    assert (ring.skill.name, ring.area, ring.agreed_to_show) == ("Contracting", known.place, False)
    assert (visit.skill, visit.area, visit.agreed_to_show) == (None, known.icb, True)


def test_the_edits_of_an_offer_are_written(client, editor, known):
    offer = MentorOffer.objects.get(agreed_to_show=True)
    sheet = f"""
        Name,What they offer,Skill,Area,From,Until,Agreed to be shown,Offer number,Person number
        {offer.person.name},An hour a week,,Norwich ICB,2022,2030,no,{offer.pk},{offer.person_id}
    """
    brought_in(previewed(sheet, editor, OFFERS))
    offer.refresh_from_db()
    assert (offer.offer, offer.skill, offer.area, offer.agreed_to_show) == ("An hour a week", None, known.icb, False)
    assert (str(offer.start_date), str(offer.end_date)) == ("2022-01-01", "2030-12-31")


def test_an_offer_of_somebody_who_leads_elsewhere_is_not_theirs_to_change(known):
    elsewhere = factories.editor(factories.small_area("Vale").icb)
    offer = MentorOffer.objects.get(agreed_to_show=True)
    sheet = f"""
        Name,What they offer,Area,Offer number,Person number
        {offer.person.name},Something else,Norwich Place,{offer.pk},{offer.person_id}
    """
    assert "leads in no area that you edit" in problems(sheet, elsewhere, OFFERS)


def test_an_offer_that_may_not_be_seen_is_as_if_it_were_not_there(known):
    elsewhere = factories.editor(factories.small_area("Vale").icb)
    offer = MentorOffer.objects.get(agreed_to_show=False)
    sheet = f"""
        Name,What they offer,Area,Offer number,Person number
        {offer.person.name},In confidence,Norwich Place,{offer.pk},{offer.person_id}
        {offer.person.name},In confidence,Norwich Place,,{offer.person_id}
    """
    by_number, by_words = previewed(sheet, elsewhere, OFFERS).rows.all()
    assert "no offer with the number" in by_number.problems[0]["why"]
    assert "leads in no area that you edit" in by_words.problems[0]["why"]
