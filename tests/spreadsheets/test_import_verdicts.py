"""What a row of a spreadsheet is to the register: new, already held, a change, a close match, or not to be read."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ics_leadership.accounts.models import User
from ics_leadership.periods import Precision
from memberships import actions
from memberships.models import Appointment, HowAppointed, Person, Profession, Verdict
from memberships.spreadsheets import importing
from memberships.spreadsheets.columns import ListKind
from organisations.models import Kind, LinkKind
from roles.models import FundingKind, RoleType
from tests import factories
from tests.factories import IN_TEST, SmallArea
from tests.periods import day
from tests.spreadsheets.bringing_in import brought_in, previewed, row, verdicts

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(area: SmallArea) -> RoleType:
    """A type of role that roles of the area's networks are of."""
    role_type = factories.role_type("PCN Pharmacy Lead")
    for pcn in area.pcns:
        factories.role(pcn, role_type, title=f"PCN Pharmacy Lead, {pcn.name}")
    return role_type


@pytest.fixture
def editor(area: SmallArea, lead: RoleType) -> User:
    return factories.editor(area.icb)


@pytest.fixture
def amina(area: SmallArea, lead: RoleType) -> Person:
    """Dr Amina Yusuf, who leads on pharmacy in the eastern network since April 2019."""
    person = factories.person("Amina Yusuf", title="Dr", work_email="amina@example.nhs.uk")
    role = area.pcns[0].roles.get(role_type=lead)
    factories.appointment(person, role, period=(day("2019-04-01"), None))
    return person


def test_somebody_new_in_a_role_that_is_there(editor):
    this = previewed(
        """
        Name,Profession,Role,PCN,From
        Dr Jo Bloggs,GP,PCN Pharmacy Lead,West Norwich,Apr 2021
        """,
        editor,
    )
    (only,) = this.rows.all()
    assert only.verdict == Verdict.NEW
    assert only.judgement["added"] == [
        "Dr Jo Bloggs (GP), new in the register",
        "PCN Pharmacy Lead, West Norwich PCN, since April 2021",
    ]
    brought_in(this)
    held = Appointment.objects.get(person__family_name="Bloggs")
    assert held.role.title == "PCN Pharmacy Lead, West Norwich PCN"
    assert (held.start.date, held.start_precision) == (day("2021-04-01").date, Precision.MONTH)


def test_a_role_that_is_not_there_is_added_with_the_title_that_such_roles_have(area, editor):
    factories.role_type("PCN Manager")
    this = brought_in(previewed("Name,Role,PCN\nJo Bloggs,PCN Manager,East Norwich PCN", editor))
    added = area.pcns[0].roles.get(role_type__name="PCN Manager")
    assert added.title == "PCN Manager, East Norwich PCN"
    assert added.start == area.pcns[0].start
    assert (
        "PCN Manager, East Norwich PCN, a role that the register does not have yet" in row(this, 2).judgement["added"]
    )


def test_what_the_register_holds_already_changes_nothing(editor, amina):
    this = previewed(
        """
        Name,Profession,Role,PCN,From
        Dr Amina Yusuf,GP,PCN Pharmacy Lead,East Norwich,01/04/19
        Dr Amina Yusuf,GP,PCN Pharmacy Lead,East Norwich,2019
        """,
        editor,
    )
    assert verdicts(this) == [Verdict.HELD, Verdict.HELD]


def test_a_date_known_less_exactly_takes_nothing_from_what_is_known(editor, amina):
    this = previewed("Name,Role,PCN,From\nDr Amina Yusuf,PCN Pharmacy Lead,East Norwich,by 2024", editor)
    assert verdicts(this) == [Verdict.HELD]


def test_a_change_says_from_what_to_what(editor, amina):
    this = previewed(
        """
        Name,Profession,Role,PCN,From,Until,How appointed,Work e-mail
        Dr Amina Yusuf,GP,PCN Pharmacy Lead,East Norwich,2018,31/3/2027,elected,amina.yusuf@example.nhs.uk
        """,
        editor,
    )
    (only,) = this.rows.all()
    assert only.verdict == Verdict.CHANGES
    assert [(each["what"], each["former"], each["new"]) for each in only.judgement["edits"]] == [
        ("Work e-mail", "amina@example.nhs.uk", "amina.yusuf@example.nhs.uk"),
        ("From", "1 April 2019", "2018"),
        ("Until", "no end", "31 March 2027"),
        ("How appointed", "", "Elected"),
    ]
    brought_in(this)
    held = Appointment.objects.get(person=amina)
    assert (held.end_date, held.how) == (day("2027-03-31").date, HowAppointed.ELECTED)


def test_who_comes_back_after_leaving_is_appointed_anew(area, editor, amina):
    actions.end_appointment(appointment=amina.appointments.get(), end=day("2020-03-31"), **IN_TEST)
    this = brought_in(
        previewed("Name,Role,PCN,From\nDr Amina Yusuf,PCN Pharmacy Lead,East Norwich PCN,1 May 2023", editor)
    )
    assert verdicts(this) == [Verdict.NEW]
    assert amina.appointments.count() == 2


def test_a_namesake_elsewhere_is_asked_about_with_what_they_hold(editor, amina):
    this = previewed("Name,Profession,Role,PCN\nDr Amina Yusuf,GP,PCN Pharmacy Lead,West Norwich", editor)
    (only,) = this.rows.all()
    assert only.verdict == Verdict.CLOSE
    (question,) = only.judgement["questions"]
    known, new = question["options"]
    assert known["name"] == "Dr Amina Yusuf"
    assert known["description"] == "GP; PCN Pharmacy Lead, East Norwich PCN, since 1 April 2019"
    assert new["name"] == "Somebody else: add Dr Amina Yusuf"


@pytest.mark.parametrize(("answer", "people"), [("same", 1), ("new", 2)])
def test_an_editor_says_whether_namesakes_are_one(answer, people, editor, amina):
    this = previewed("Name,Profession,Role,PCN\nDr Amina Yusuf,GP,PCN Pharmacy Lead,West Norwich", editor)
    importing.decide(row(this, 2), "person", str(amina.pk) if answer == "same" else "new")
    assert verdicts(this) == [Verdict.NEW]
    brought_in(this)
    assert Person.objects.filter(family_name="Yusuf").count() == people
    assert Appointment.objects.filter(person__family_name="Yusuf").count() == 2


def test_those_of_the_very_name_are_taken_at_once_where_there_is_but_one(editor, amina):
    factories.person("Jo Bloggs")
    factories.person("Jo Bloggs")
    this = previewed(
        """
        Name,Role,PCN
        Dr Amina Yusuf,PCN Pharmacy Lead,West Norwich
        Jo Bloggs,PCN Pharmacy Lead,West Norwich
        Amina Yusf,PCN Pharmacy Lead,West Norwich
        """,
        editor,
    )
    assert verdicts(this) == [Verdict.CLOSE] * 3
    assert importing.decide_same_names(this) == 1
    assert verdicts(this) == [Verdict.NEW, Verdict.CLOSE, Verdict.CLOSE]
    assert row(this, 2).judgement["address"] == amina.get_absolute_url()


def test_a_slip_of_the_finger_is_a_close_match(editor, amina):
    this = previewed("Name,Profession,Role,PCN\nDr Amina Yusf,GP,PCN Pharmacy Lead,East Norwich", editor)
    assert verdicts(this) == [Verdict.CLOSE]
    importing.decide(row(this, 2), "person", str(amina.pk))
    assert verdicts(this) == [Verdict.HELD]
    assert row(this, 2).judgement["notes"] == ["The name stays as the register has it: Dr Amina Yusuf."]


def test_a_slip_in_the_short_name_of_an_organisation_is_a_close_match(area, editor):
    this = previewed("Name,Role,PCN\nJo Bloggs,PCN Pharmacy Lead,Est Norwich", editor)
    (question,) = row(this, 2).judgement["questions"]
    assert question["asks"] == "Which organisation is “Est Norwich”?"
    assert question["options"][0]["name"] == "East Norwich PCN"


def test_an_editor_of_several_committees_says_once_whose_a_list_without_one_is(area, editor):
    other = factories.organisation(Kind.LMC, name="Broads LMC")
    factories.link(other, LinkKind.PART_OF, area.icb)
    factories.role_type("LMC Committee Member")
    this = previewed(
        """
        Name,Role
        Jo Bloggs,"LMC rep (elected 2023, constituency North)"
        Kim Brown,"LMC rep (elected 2023, constituency South)"
        """,
        editor,
    )
    (question,) = row(this, 2).judgement["questions"]
    assert [each["name"] for each in question["options"]] == ["Broads LMC", "Norwich LMC"]
    importing.decide(row(this, 2), question["about"], str(other.pk))
    this.refresh_from_db()
    assert verdicts(this) == [Verdict.NEW, Verdict.NEW]
    brought_in(this)
    assert set(Appointment.objects.filter(role__organisation=other).values_list("evidence", flat=True)) == {
        "Constituency North",
        "Constituency South",
    }


def test_a_registration_number_tells_namesakes_apart(editor, amina):
    actions.correct_person(person=amina, registration_number="7012345", **IN_TEST)
    other = factories.person("Amina Yusuf", registration_number="7099999")
    this = previewed("Name,Role,PCN,GMC number\nDr Amina Yusuf,PCN Pharmacy Lead,West Norwich,7099999", editor)
    assert row(this, 2).judgement["address"] == other.get_absolute_url()


def test_an_answer_about_words_holds_for_every_row_that_asks_the_same(editor, area):
    this = previewed(
        """
        Name,Role,PCN
        Jo Bloggs,Pharmacy Lead PCN,West Norwich
        Al Green,Pharmacy Lead PCN,West Norwich
        """,
        editor,
    )
    (question,) = row(this, 2).judgement["questions"]
    assert verdicts(this) == [Verdict.CLOSE, Verdict.CLOSE]
    importing.decide(row(this, 2), question["about"], question["options"][0]["value"])
    assert verdicts(this) == [Verdict.NEW, Verdict.NEW]
    importing.decide(row(this, 3), question["about"], "")
    assert verdicts(this) == [Verdict.CLOSE, Verdict.CLOSE]


def test_everything_that_cannot_be_read_is_told_at_once_with_what_would_do(editor):
    this = previewed(
        """
        Name,Profession,Role,PCN,From,Work e-mail
        Jo Bloggs,wizard,Astronaut,West Norwich,32/13/2020,nowhere
        Al Green,GP,PCN Pharmacy Lead,Atlantis PCN,2020,
        """,
        editor,
    )
    assert verdicts(this) == [Verdict.UNREADABLE, Verdict.UNREADABLE]
    assert {each["cell"] for each in row(this, 2).problems} == {"B2", "C2", "E2", "F2"}
    assert all(each["why"] and each["would_do"] for each in [*row(this, 2).problems, *row(this, 3).problems])
    assert row(this, 3).problems[0]["why"] == "The register has no organisation called “Atlantis PCN”."


def test_a_role_and_an_organisation_that_are_not_there_are_told_together(editor):
    this = previewed(
        """
        Name,Role,Organisation,Practice
        Jo Bloggs,Astronaut,Atlantis PCN,
        Al Green,Astronaut,,Castle Surgery
        """,
        editor,
    )
    no_type, no_organisation = (
        "The register has no type of role called “Astronaut”.",
        "The register has no organisation called “Atlantis PCN”.",
    )
    assert {each["why"] for each in row(this, 2).problems} == {no_type, no_organisation}
    unsaid, of_what = row(this, 3).problems
    assert of_what["why"] == no_type
    assert "A practice beside it is where somebody works" in unsaid["would_do"]


def test_a_misspelt_role_is_asked_about_beside_a_misspelt_organisation(editor, area):
    this = previewed("Name,Role,Organisation\nJo Bloggs,Pharmacy Lead PCN,West Norwch PCN", editor)
    about_organisation, about_role = row(this, 2).judgement["questions"]
    importing.decide(row(this, 2), about_role["about"], about_role["options"][0]["value"])
    importing.decide(row(this, 2), about_organisation["about"], about_organisation["options"][0]["value"])
    assert verdicts(this) == [Verdict.NEW]


def test_a_row_of_an_area_that_is_somebody_elses_is_not_taken(editor, lead):
    factories.role(factories.organisation(Kind.PCN, name="Far Away PCN"), lead)
    this = previewed("Name,Role,PCN\nJo Bloggs,PCN Pharmacy Lead,Far Away PCN", editor)
    assert verdicts(this) == [Verdict.UNREADABLE]
    assert "it lies in no area that you edit" in row(this, 2).problems[0]["why"]


def test_who_leads_here_may_be_given_a_role_elsewhere(editor, lead, amina):
    factories.role(factories.organisation(Kind.PCN, name="Far Away PCN"), lead)
    this = previewed(
        "Name,Role,PCN,Work e-mail\nDr Amina Yusuf,PCN Pharmacy Lead,Far Away PCN,amina@example.nhs.uk", editor
    )
    assert verdicts(this) == [Verdict.NEW]


def test_a_person_of_somebody_elses_area_is_not_corrected(editor, lead):
    elsewhere = factories.role(factories.organisation(Kind.PCN, name="Far Away PCN"), lead)
    stranger = factories.appointment(factories.person("Omar Hughes"), elsewhere).person
    this = previewed(
        f"Given names,Family name,Work telephone,Person number\nOmar,Hughes,01632 960001,{stranger.pk}", editor
    )
    assert verdicts(this) == [Verdict.UNREADABLE]
    assert row(this, 2).problems[0]["why"] == "Omar Hughes leads in no area that you edit."


def test_rows_that_say_the_same_are_brought_in_once(editor):
    this = brought_in(
        previewed(
            """
            Name,Profession,Role,PCN,From,Work e-mail
            Dr Jo Bloggs,GP,PCN Pharmacy Lead,West Norwich,2021,
            Dr Jo Bloggs,GP,PCN Pharmacy Lead,West Norwich,2021,jo@example.nhs.uk
            Dr Jo Bloggs,GP,PCN Pharmacy Lead,East Norwich PCN,2022,
            """,
            editor,
        )
    )
    assert row(this, 3).judgement["notes"] == [
        "The same new person as in row 2.",
        "PCN Pharmacy Lead, West Norwich PCN stands in row 2 already.",
    ]
    bloggs = Person.objects.get(family_name="Bloggs")
    assert bloggs.appointments.count() == 2


def test_rows_that_contradict_each_other_are_told_so(editor):
    this = previewed(
        """
        Name,Role,PCN,From
        Dr Jo Bloggs,PCN Pharmacy Lead,West Norwich,2021
        Dr Jo Bloggs,PCN Pharmacy Lead,West Norwich,2020
        """,
        editor,
    )
    assert verdicts(this) == [Verdict.NEW, Verdict.UNREADABLE]
    assert "Row 2 gives other dates" in row(this, 3).problems[0]["why"]


def test_a_number_says_who_is_meant_whatever_else_changes(editor, amina):
    held = amina.appointments.get()
    this = previewed(
        f"""
        Title,Given names,Family name,Role,Organisation,From,Until,Person number,Appointment number
        Dr,Amina,Yusuf-Lee,"PCN Pharmacy Lead, East Norwich PCN",East Norwich PCN,1 April 2019,,{amina.pk},{held.pk}
        """,
        editor,
    )
    (only,) = this.rows.all()
    assert [(each["what"], each["former"], each["new"]) for each in only.judgement["edits"]] == [
        ("Family name", "Yusuf", "Yusuf-Lee")
    ]


def test_a_row_overwritten_with_who_came_after_is_asked_about(editor, amina):
    held = amina.appointments.get()
    this = previewed(
        f"""
        Given names,Family name,Role,Person number,Appointment number
        Tomasz,Zieliński,"PCN Pharmacy Lead, East Norwich PCN",{amina.pk},{held.pk}
        """,
        editor,
    )
    (only,) = this.rows.all()
    assert only.verdict == Verdict.CLOSE
    assert only.judgement["questions"][0]["asks"] == (
        "The number of this row is that of Dr Amina Yusuf. Has Dr Amina Yusuf changed name?"
    )


def test_money_is_taken_from_the_pot_from_which_its_payer_usually_pays(area, editor):
    factories.funding_source(FundingKind.LMC_LEVY)
    brought_in(
        previewed(
            "Name,Role,PCN,Paid by,Sessions a week\nJo Bloggs,PCN Pharmacy Lead,West Norwich,Norwich LMC,2", editor
        )
    )
    (line,) = Appointment.objects.get(person__family_name="Bloggs").funding_lines.all()
    assert (line.funding_source.kind, line.payer, line.sessions_per_week) == (FundingKind.LMC_LEVY, area.lmc, 2)


@pytest.mark.parametrize("until", ["31 March 2027", "30 September 2027"])
def test_money_corrected_in_the_row_that_corrects_a_term_moves_with_it(until, editor, amina):
    appointment = amina.appointments.get()
    actions.correct_appointment(**IN_TEST, appointment=appointment, start=appointment.start, end=day("2027-06-30"))
    paid = actions.Funding(factories.funding_source(), sessions_per_week=Decimal(2))
    actions.add_funding_line(**IN_TEST, appointment=appointment, funding=paid)
    brought_in(
        previewed(
            f"""
            Name,Role,PCN,Until,Sessions
            Dr Amina Yusuf,PCN Pharmacy Lead,East Norwich,{until},3
            """,
            editor,
        )
    )
    appointment = Appointment.objects.get(pk=appointment.pk)
    line = appointment.funding_lines.get()
    assert (line.sessions_per_week, line.end) == (3, appointment.end)
    assert f"{appointment.end_date:%-d %B %Y}" == until


def test_a_vacant_role_that_somebody_holds_is_told_who_holds_it(editor, amina):
    this = previewed(
        "Name,Role,PCN\nVacant,PCN Pharmacy Lead,East Norwich\nVacant,PCN Pharmacy Lead,West Norwich", editor
    )
    assert verdicts(this) == [Verdict.UNREADABLE, Verdict.HELD]
    assert "held by Dr Amina Yusuf" in row(this, 2).problems[0]["why"]


def test_two_organisations_of_one_name_are_told_apart_by_an_editor(area, editor, lead):
    for code in ("D81001", "D81002"):
        twin = factories.organisation(Kind.PRACTICE, name="The Surgery", ods_code=code)
        factories.link(twin, "part_of", area.place)
    factories.role_type("GP Partner")
    this = previewed("Name,Role,Practice\nJo Bloggs,GP Partner,The Surgery", editor)
    (question,) = row(this, 2).judgement["questions"]
    assert {each["description"] for each in question["options"]} == {
        "General practice, D81001",
        "General practice, D81002",
    }


def test_a_longer_sheet_asks_the_database_no_more(editor, amina):
    def asked(rows: int) -> int:
        names = [f"Dr Jo {'abcdefghijklmnopqrstuvwxyz'[n % 26]}{'aeiou'[n % 5]}rton" for n in range(rows)]
        sheet = "Name,Role,PCN\n" + "\n".join(f"{name},PCN Pharmacy Lead,West Norwich" for name in names)
        with CaptureQueriesContext(connection) as queries:
            previewed(sheet, editor)
        return len(queries)

    assert asked(40) == asked(4)


# --- other lists


def test_a_list_of_roles_adds_and_corrects(area, editor, lead):
    there = area.pcns[0].roles.get(role_type=lead)
    this = brought_in(
        previewed(
            f"""
            Role,Type of role,Organisation,From,Role number
            "Pharmacy Lead, East",PCN Pharmacy Lead,East Norwich PCN,,{there.pk}
            Deputy Pharmacy Lead,PCN Pharmacy Lead,West Norwich PCN,2024,
            """,
            editor,
            ListKind.ROLES,
        )
    )
    assert verdicts(this) == [Verdict.CHANGES, Verdict.NEW]
    there.refresh_from_db()
    assert there.title == "Pharmacy Lead, East"
    assert area.pcns[1].roles.filter(title="Deputy Pharmacy Lead").exists()


def test_a_list_of_seats_seats_people_on_a_basis(area, editor, amina):
    group = area.group.name
    this = previewed(
        f"""
        Group,Seat,Name,By virtue of,For experience of,From
        {group},Experienced leader,Dr Amina Yusuf (GP),,Eight years as clinical lead,May 2024
        {group},PCN clinical directors,Dr Amina Yusuf (GP),PCN Pharmacy Lead,,May 2024
        {group},Chair,Dr Amina Yusuf (GP),Astronaut,,2024
        {group},Throne,Dr Amina Yusuf (GP),PCN Pharmacy Lead,,2024
        """,
        editor,
        ListKind.SEATS,
    )
    assert verdicts(this) == [Verdict.NEW, Verdict.NEW, Verdict.UNREADABLE, Verdict.UNREADABLE]
    brought_in(this)
    bases = {each.seat.title: each.basis_appointment_id for each in amina.memberships.all()}
    assert bases == {"Experienced leader": None, "PCN clinical directors": amina.appointments.get().pk}


def test_a_list_of_groups_adds_one_that_the_area_hosts_and_none_elsewhere(area, editor):
    factories.organisation(Kind.LMC, name="Far Away LMC")
    this = brought_in(
        previewed(
            """
            Group,Kind,Hosted by,Covers,From
            Norwich Forum,PCN clinical director forum,Norwich LMC,Norwich Place,2020
            Far Forum,PCN clinical director forum,Far Away LMC,,2020
            """,
            editor,
            ListKind.GROUPS,
        )
    )
    assert verdicts(this) == [Verdict.NEW, Verdict.UNREADABLE]
    assert area.lmc.groups_hosted.get(name="Norwich Forum").covers == area.place


def test_a_list_of_organisations_adds_what_is_part_of_the_area(area, editor):
    this = brought_in(
        previewed(
            """
            Organisation,Kind,ODS code,Part of,Telephone
            New Street Surgery,General practice,D99999,East Norwich PCN,
            Nowhere Surgery,General practice,D99998,,
            Norwich Surgery 1,General practice,,,01632 960111
            """,
            editor,
            ListKind.ORGANISATIONS,
        )
    )
    assert verdicts(this) == [Verdict.NEW, Verdict.UNREADABLE, Verdict.CHANGES]
    area.practices[0].refresh_from_db()
    assert area.practices[0].telephone == "01632 960111"
    assert area.pcns[0].links_from.filter(organisation__ods_code="D99999").exists()


def test_professions_are_kept_as_the_register_has_them(editor):
    brought_in(previewed("Name,Role,PCN\nJo Bloggs (pharmacist),PCN Pharmacy Lead,West Norwich", editor))
    assert Person.objects.get(family_name="Bloggs").profession == Profession.PHARMACIST
