"""Every story that the demonstration is to tell is told in it, in a way that the register can be asked about."""

import datetime
from datetime import date

import pytest
from django.db.models import Count, F, Q

from ics_leadership.periods import today
from memberships import rules
from memberships.duplicates import alike_pairs
from memberships.models import (
    Appointment,
    Category,
    Condition,
    Deputy,
    FundingLine,
    Group,
    GroupFunding,
    GroupKind,
    Membership,
    MentorOffer,
    Nature,
    Person,
    PersonSkill,
    PostOffer,
    Profession,
    ReportingLine,
    Seat,
    Terms,
)
from organisations.models import Kind, Organisation, Sector
from roles.models import ActsFor, FundingKind, Part, Remit, Role

pytestmark = pytest.mark.usefixtures("demo_client")

AUTUMN = date(2026, 11, 22)
LAST_DAY_OF_CCGS = date(2022, 6, 30)
THREE_GROUPS = [
    "Marlshire GP Leadership Group",
    "Wexmoor General Practice Leadership Group",
    "East Tarrow GP Leadership Group",
]


def terms_of(group: str, day: date = AUTUMN) -> Terms:
    return Terms.objects.as_at(day).get(group__name=group)


def sitting(group: str, *categories: Category, day: date = AUTUMN):
    rows = Membership.objects.as_at(day).filter(seat__terms__group__name=group)
    return rows.filter(seat__category__in=categories) if categories else rows


def held(person: str, day: date = AUTUMN) -> set[str]:
    return set(
        Appointment.objects.as_at(day).filter(person__slug=person).values_list("role__role_type__name", flat=True)
    )


def vacant_seats(group: str, day: date = AUTUMN) -> dict[str, int]:
    seats = Seat.objects.filter(terms=terms_of(group, day)).annotate(
        taken=Count("memberships", filter=Q(memberships__period__contains=day))
    )
    return {seat.title: seat.number - seat.taken for seat in seats if seat.taken < seat.number}


# --- what became of the clinical directors of 2022


def directors_of_2022() -> list[str]:
    rows = Appointment.objects.as_at(LAST_DAY_OF_CCGS).filter(role__role_type__name="CCG Clinical Director")
    return list(rows.values_list("person__slug", flat=True))


def test_clinical_directors_became_network_directors_took_system_roles_or_vanished() -> None:
    now = {person: held(person) - {"GP Partner"} for person in directors_of_2022()}
    assert len(now) >= 12
    assert sum("PCN Clinical Director" in roles for roles in now.values()) >= 5
    assert sum("System Clinical Lead" in roles for roles in now.values()) >= 1
    nothing = {person for person, roles in now.items() if not roles}
    assert {"anders-lindqvist-rook", "tamsin-winslow-peake"} <= nothing
    assert held("anders-lindqvist-rook") == set()


def test_some_of_them_mentor_and_hold_skills_that_nobody_uses() -> None:
    assert MentorOffer.objects.as_at(AUTUMN).filter(person__slug="fergus-haldane-moyle", agreed_to_show=True).exists()
    unused = PersonSkill.objects.filter(person__slug="anders-lindqvist-rook")
    assert unused.count() >= 2


def test_some_offers_to_mentor_are_not_agreed_to_be_shown_and_one_has_ended() -> None:
    assert MentorOffer.objects.as_at(AUTUMN).filter(agreed_to_show=False).exists()
    assert MentorOffer.objects.as_at(AUTUMN).filter(agreed_to_show=True).count() >= 5
    assert MentorOffer.objects.ended(AUTUMN).exists()


def test_two_offer_to_take_on_what_falls_free_in_the_spring() -> None:
    for offer in PostOffer.objects.as_at(AUTUMN):
        assert offer.role.appointments.as_at(AUTUMN).filter(period__endswith__lt=date(2027, 6, 1)).exists()
    assert PostOffer.objects.as_at(AUTUMN).count() == 2


# --- the three leadership groups


@pytest.mark.parametrize("name", THREE_GROUPS)
def test_each_place_has_a_leadership_group_with_two_versions_of_its_terms(name: str) -> None:
    group = Group.objects.get(name=name)
    assert group.kind == GroupKind.GP_LEADERSHIP_GROUP
    assert group.covers.kind == Kind.PLACE
    versions = Terms.objects.filter(group=group).annotate(clauses_said=Count("clauses", distinct=True))
    assert [version.clauses_said > 0 for version in versions] == [True, True]
    categories = set(terms_of(name).seats.values_list("category", flat=True))
    assert {Category.CHAIR, Category.CORE, Category.ATTENDING} <= categories


def test_one_of_them_is_as_the_article_describes() -> None:
    terms = terms_of("Marlshire GP Leadership Group")
    assert terms.nature == Nature.EXPERT
    assert terms.decision_rule == "organs"
    kept_off = terms.eligibilities.get(condition=Condition.NOT_ENGAGED_BY).organisation
    assert kept_off.kind == Kind.ICB
    assert "not a representative body" in terms.clauses.get(number="1.1").text
    assert "cannot instruct" in terms.clauses.get(number="4.2").text
    funding = GroupFunding.objects.as_at(AUTUMN).get(group=terms.group)
    assert funding.funding_source.kind == FundingKind.ICB_CORE
    assert funding.payer == kept_off
    core = sitting(terms.group.name, Category.CHAIR, Category.CORE)
    assert not core.filter(basis_appointment__employer=kept_off).exists()
    bases = Appointment.objects.with_remit(AUTUMN).filter(memberships__in=core)
    assert set(bases.values_list("acts_for", flat=True)) == {ActsFor.GENERAL_PRACTICE}


def test_system_clinical_leads_sat_as_members_and_attend_now() -> None:
    name = "Wexmoor General Practice Leadership Group"
    leads = {"basis_appointment__role__role_type__name": "System Clinical Lead"}
    then, now = sitting(name, day=date(2023, 6, 1)).filter(**leads), sitting(name).filter(**leads)
    assert set(then.values_list("seat__category", flat=True)) == {Category.CORE}
    assert set(now.values_list("seat__category", flat=True)) == {Category.ATTENDING}


def test_one_core_member_also_acts_for_the_system() -> None:
    member = sitting("Wexmoor General Practice Leadership Group", Category.CORE).get(
        person__slug="ibrahim-bello-saunders"
    )
    other = Appointment.objects.as_at(AUTUMN).with_remit(AUTUMN).filter(person=member.person)
    assert {ActsFor.GENERAL_PRACTICE, ActsFor.SYSTEM} <= set(other.values_list("acts_for", flat=True))


def test_one_core_member_is_employed_by_the_board_that_the_terms_keep_off() -> None:
    name = "East Tarrow GP Leadership Group"
    people = sitting(name, Category.CORE).values("person")
    kept_off = terms_of(name).eligibilities.get(condition=Condition.NOT_ENGAGED_BY).organisation
    employed = Appointment.objects.as_at(AUTUMN).filter(person__in=people, employer=kept_off)
    assert [row.person.slug for row in employed] == ["hala-nasser-quinton"]
    assert not employed.get().role.organisation.holds(AUTUMN)


@pytest.mark.parametrize(
    ("code", "person", "group", "clause"),
    [
        ("TE01", "ibrahim-bello-saunders", "Wexmoor Health and Wellbeing Board", "12.4"),
        ("TE02", "valerie-lampardy", "East Tarrow GP Leadership Group", "2"),
        ("TE03", "marta-wojcik-harland", "Marlcare Federation Board", "6"),
        ("TE04", "declan-keane-ruddock", "Marlshire and Wexmoor LMC Committee", "3.3"),
        ("GL10", "deepa-menon-ashby", "East Tarrow GP Leadership Group", "7"),
    ],
)
def test_somebody_sits_whom_a_condition_of_the_terms_keeps_off(code: str, person: str, group: str, clause: str) -> None:
    about = {"people": [Person.objects.get(slug=person).pk], "groups": [Group.objects.get(name=group).pk]}
    texts = [each.text for each in rules.find_about(AUTUMN, **about) if each.code == code and group in each.text]
    (text,) = texts
    assert f"(clause {clause})" in text or f", clause {clause})" in text


@pytest.mark.parametrize(
    ("code", "person", "group"),
    [
        ("GL04", "graham-abbotsholme", "Marlshire GP Leadership Group"),
        ("GL01", "ibrahim-bello-saunders", "Wexmoor General Practice Leadership Group"),
    ],
)
def test_what_does_not_add_up_is_managed_by_agreement(code: str, person: str, group: str) -> None:
    (found,) = (
        each
        for each in rules.find_about(AUTUMN, people=[Person.objects.get(slug=person).pk])
        if each.code == code and group in each.text
    )
    assert found.managed
    assert found.managed.agreed_by
    assert found.managed.review_on > AUTUMN


def test_committee_is_elected_by_constituencies() -> None:
    seats = terms_of("Marlshire and Wexmoor LMC Committee").seats.filter(role_type__name="LMC Committee Member")
    assert {seat.title: seat.number for seat in seats} == {"Member for Marlshire": 6, "Member for Wexmoor": 4}
    sat = sitting("Marlshire and Wexmoor LMC Committee").values_list("seat__title", flat=True)
    assert {"Member for Marlshire", "Member for Wexmoor"} <= set(sat)


def test_one_core_member_sits_for_a_hospital() -> None:
    rows = sitting("Wexmoor General Practice Leadership Group", Category.CORE)
    assert rows.filter(basis_appointment__role__organisation__kind=Kind.TRUST).count() == 1


def test_somebody_sits_for_experience_and_a_seat_for_it_is_vacant() -> None:
    name = "Marlshire GP Leadership Group"
    assert sitting(name, Category.CORE).exclude(basis_experience="").exists()
    assert vacant_seats(name)["Experience"] == 1


def test_organ_is_promised_a_seat_that_nobody_fills() -> None:
    assert vacant_seats("East Tarrow GP Leadership Group")["Local medical committee"] == 1


def test_members_sit_on_bases_that_have_ended() -> None:
    stale = Membership.objects.as_at(AUTUMN).filter(basis_appointment__period__endswith__lte=AUTUMN)
    assert set(stale.values_list("person__slug", flat=True)) >= {
        "graham-abbotsholme",
        "dariush-rezai-colton",
        "dilani-jayawardena-poole",
    }


def test_somebody_comes_in_place_of_another_then_and_now() -> None:
    for day in (date(2014, 1, 1), AUTUMN):
        assert Membership.objects.as_at(day).exclude(attends_for=None).exists()


def test_members_have_deputies() -> None:
    assert Deputy.objects.as_at(AUTUMN).count() >= 2
    assert Deputy.objects.ended(AUTUMN).exists()


def test_terms_of_one_group_are_past_their_review() -> None:
    assert terms_of("Wexmoor General Practice Leadership Group").review_on < AUTUMN


# --- networks


def test_directorship_is_shared_by_two() -> None:
    role = Role.objects.get(title="PCN Clinical Director, Hallowmere PCN")
    assert Appointment.objects.as_at(AUTUMN).filter(role=role).count() == 2


def test_two_open_networks_have_no_named_director() -> None:
    networks = Organisation.objects.as_at(AUTUMN).filter(kind=Kind.PCN, invented=True)
    directed = Appointment.objects.as_at(AUTUMN).filter(role__role_type__accountable=True)
    without = networks.exclude(pk__in=directed.values("role__organisation"))
    assert set(without.values_list("name", flat=True)) == {"Ellerwick and Redwick PCN", "Flaxholme PCN"}


def test_closed_network_still_has_a_director_and_a_seat() -> None:
    appointment = Appointment.objects.as_at(AUTUMN).get(role__title="PCN Clinical Director, Copperbridge PCN")
    assert not appointment.role.organisation.holds(AUTUMN)
    assert Membership.objects.as_at(AUTUMN).filter(basis_appointment=appointment).exists()


def test_director_is_unpaid() -> None:
    director = Appointment.objects.as_at(AUTUMN).get(role__title="PCN Clinical Director, Brindlewick PCN")
    assert [line.funding_source.kind for line in director.funding_lines.all()] == [FundingKind.UNPAID]


def test_nurses_pharmacists_and_a_paramedic_direct_networks() -> None:
    directors = Appointment.objects.filter(role__role_type__accountable=True)
    professions = set(directors.values_list("person__profession", flat=True))
    assert {Profession.GP, Profession.NURSE, Profession.PHARMACIST, Profession.PARAMEDIC} <= professions


def test_role_for_gps_only_is_held_by_somebody_else() -> None:
    rows = Appointment.objects.as_at(AUTUMN).with_remit(AUTUMN).filter(open_to="gps")
    assert [row.person.slug for row in rows.exclude(person__profession=Profession.GP)] == ["valerie-lampardy"]


def test_successor_is_known_before_the_term_ends() -> None:
    ending = Appointment.objects.get(role__title="PCN Clinical Director, Edgemoor PCN", period__endswith__gt=AUTUMN)
    follows = Appointment.objects.upcoming(AUTUMN).get(role=ending.role)
    assert follows.start_date - ending.end_date == datetime.timedelta(days=1)


# --- money, and who employs whom


def test_one_person_is_hosted_employed_and_paid_by_three_bodies() -> None:
    hub = Appointment.objects.as_at(AUTUMN).get(role__role_type__name="Training Hub Lead")
    bodies = {hub.role.organisation, hub.employer, *(line.payer for line in hub.funding_lines.all())}
    assert {body.kind for body in bodies} == {Kind.ICB, Kind.FEDERATION, Kind.REGION}


def test_money_comes_from_every_kind_of_source_and_amounts_are_recorded() -> None:
    kinds = set(FundingLine.objects.values_list("funding_source__kind", flat=True))
    assert kinds == set(FundingKind.values)
    assert FundingLine.objects.exclude(annual_amount=None).count() >= 100
    assert FundingLine.objects.exclude(sessions_per_week=None).count() >= 200


def test_someone_is_paid_from_two_sources_for_one_role() -> None:
    assert Appointment.objects.annotate(lines=Count("funding_lines")).filter(lines__gt=1).exists()


# --- groups


def test_groups_report_along_two_lines_then_and_now() -> None:
    for day, least in ((date(2014, 1, 1), 1), (AUTUMN, 2)):
        lines = ReportingLine.objects.as_at(day).values("group").annotate(lines=Count("pk")).filter(lines__gte=2)
        assert len(lines) >= least


@pytest.mark.parametrize(
    "board",
    ["NHS Tarrow Valley ICB Board", "Marlshire Place Board", "East Tarrow Place Board"],
)
def test_boards_lean_to_acute_trusts(board: str) -> None:
    members = sitting(board, Category.CHAIR, Category.CORE)
    by_sector = {
        row["sector"]: row["seats"]
        for row in members.values(sector=F("basis_appointment__role__organisation__sector")).annotate(seats=Count("pk"))
    }
    practice = by_sector.get(Sector.GENERAL_PRACTICE, 0)
    assert by_sector[Sector.ACUTE] > practice
    assert practice <= 1


def test_wellbeing_board_has_a_seat_for_general_practice_that_nobody_takes() -> None:
    assert vacant_seats("East Tarrow Health and Wellbeing Board")["General practice"] == 1


def test_leaders_of_every_body_met_as_one_team_in_2013() -> None:
    members = sitting("Tarrow Valley Virtual Clinical Leadership Team", day=date(2014, 1, 1))
    sectors = set(members.values_list("basis_appointment__role__organisation__sector", flat=True))
    assert {Sector.SYSTEM, Sector.ACUTE, Sector.PUBLIC_HEALTH} <= sectors


# --- remits


def test_medical_leads_remit_changed_with_the_system() -> None:
    versions = Remit.objects.filter(role__title="Medical Lead, Tarrow Valley Area Team").order_by("period")
    parts = [{row.function.name: row.part for row in version.functions.all()} for version in versions]
    assert len(parts) == 2
    assert parts[0]["Pharmacy commissioning"] == Part.LEADS
    assert parts[1]["Pharmacy commissioning"] == Part.ASSURES
    assert parts[1]["Interface with hospitals"] == Part.STEPS_IN
    later = Remit.objects.filter(role__title="Medical Director (Tarrow Valley), NHS England Mid Shires")
    assert later.count() == 2


def test_two_lead_workforce_and_nobody_leads_premises() -> None:
    icb = Organisation.objects.get(name="NHS Tarrow Valley ICB")
    leads = Remit.objects.as_at(AUTUMN).filter(role__organisation=icb, functions__part=Part.LEADS)
    assert leads.filter(functions__function__name="Workforce").count() == 2
    assert not leads.filter(functions__function__name="Premises").exists()


def test_pathways_have_system_leads_and_beside_them_those_who_speak_for_practices() -> None:
    current = Appointment.objects.as_at(AUTUMN).with_remit(AUTUMN).exclude(pathway_id=None)
    for_system = set(current.filter(acts_for=ActsFor.SYSTEM).values_list("pathway_id", flat=True))
    for_practices = set(current.filter(acts_for=ActsFor.GENERAL_PRACTICE).values_list("pathway_id", flat=True))
    assert len(for_system) >= 7
    assert len(for_system & for_practices) >= 3
    assert for_system - for_practices


# --- time


def test_terms_are_about_to_end_whenever_it_is_loaded() -> None:
    soon = today() + datetime.timedelta(days=180)
    ending = Membership.objects.as_at(today()).filter(period__endswith__lte=soon)
    assert ending.filter(person__slug="amina-yusuf-calder").exists()


def test_there_is_something_in_every_year_and_to_come() -> None:
    for year in range(2012, 2028):
        assert Appointment.objects.overlapping(date(year, 1, 1), date(year, 12, 31)).exists()
    assert Appointment.objects.upcoming(AUTUMN).count() >= 3
    assert Membership.objects.upcoming(AUTUMN).exists()


def test_somebody_left_on_a_day_that_nobody_knows() -> None:
    gone = Appointment.objects.get(
        person__slug="fiona-lockhartley", role__title="PCN Clinical Director, Wexminster South PCN"
    )
    assert gone.end_date is None
    assert gone.has_end
    assert not gone.holds(AUTUMN)


def test_somebody_is_entered_twice_under_her_maiden_name() -> None:
    likeliest = alike_pairs(Person.objects.filter(invented=True))[0]
    found = Person.objects.in_bulk([likeliest.first, likeliest.second])
    assert {person.slug for person in found.values()} == {"sejal-bhatt", "sejal-bhatt-kingsley"}
    assert likeliest.likeness.band == "Very likely"


def test_facts_carry_the_document_that_they_were_found_in() -> None:
    for model in (Appointment, Membership, Person, Group, Terms):
        assert not model.objects.filter(source=None).exists(), model
    assert Organisation.objects.filter(invented=True, source=None).count() == 0
