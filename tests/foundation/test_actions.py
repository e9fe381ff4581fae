"""Actions: what belongs to a row ends with it, what replaces a version ends it, and what contradicts is refused."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from ics_leadership.accounts.models import User
from ics_leadership.history import change, event_model
from ics_leadership.models import Change
from ics_leadership.periods import PartialDate
from memberships import actions as memberships
from memberships.models import Appointment, Category, Clause, FundingLine, Membership, Terms
from organisations import actions as organisations
from organisations.models import Kind, Link, LinkKind, Organisation, Sector
from roles import actions as roles
from roles.models import ActsFor, Part
from tests import factories
from tests.factories import IN_TEST, SmallArea
from tests.periods import (
    ADJACENT_EARLIER,
    ADJACENT_LATER,
    ALWAYS,
    BACKWARDS,
    EARLIER,
    LAST_DAY,
    LATER,
    NORMAL,
    NOT_KNOWN,
    OPEN_ENDED,
    OVERLAP_LATER,
    WITHIN,
    day,
    gone_by,
    known_by,
    month,
    year,
)

LAST = day(LAST_DAY.isoformat())

pytestmark = pytest.mark.django_db


# --- who and why


def test_an_action_is_one_change_by_somebody_for_a_reason(area: SmallArea):
    editor = User.objects.create_user("editor@example.org")
    made = memberships.appoint(
        by=editor,
        why="Elected in March",
        person=factories.person(),
        role=area.chair.role,
        start=day("2024-04-01"),
        funding=[memberships.Funding(factories.funding_source()), memberships.Funding(factories.funding_source())],
    )
    assert made.funding_lines.count() == 2
    assert [each.why for each in Change.objects.filter(by=editor)] == ["Elected in March"]


def test_actions_inside_a_change_are_part_of_it(db: None):
    with change(by=None, why="Reorganisation") as reorganisation:
        old, new = factories.organisation(Kind.CCG), factories.organisation(Kind.ICB)
        organisations.record_succession(predecessor=old, successor=new, on=LAST_DAY, by=None, why="said inside")
    assert list(Change.objects.all()) == [reorganisation]


def test_an_action_that_is_refused_writes_nothing(area: SmallArea):
    before = Change.objects.count()
    with pytest.raises(ValidationError):
        factories.appointment(area.chair.person, area.chair.role)
    assert Change.objects.count() == before


@pytest.mark.parametrize("period", [BACKWARDS, (year(2024), year(2023))])
def test_the_order_of_dates_is_checked_before_anything_else(area: SmallArea, period: tuple):
    with pytest.raises(ValidationError) as refusal:
        factories.appointment(area.chair.person, area.chair.role, period=period)
    assert refusal.value.messages == ["The end is before the start. Check both dates."]


# --- addresses


def test_an_organisation_has_its_address_from_its_kind_and_code(db: None):
    assert factories.organisation(Kind.SUB_ICB, name="Norfolk", ods_code="26A").slug == "sub-icb-26a"
    assert factories.organisation(Kind.PLACE, name="Great Yarmouth & Waveney").slug == "place-great-yarmouth-waveney"


def test_a_namesake_has_an_address_of_their_own(db: None):
    assert [factories.person("Zoë Müller").slug for _ in range(3)] == ["zoe-muller", "zoe-muller-2", "zoe-muller-3"]
    assert factories.person("Zoe Mullerson").slug == "zoe-mullerson"


def test_a_name_in_no_letters_that_an_address_takes_still_has_an_address(db: None):
    assert factories.person("李").slug == "person"


def test_an_address_outlives_the_name(db: None):
    network = factories.organisation(Kind.PCN, name="East PCN")
    organisations.rename_organisation(organisation=network, name="Sunrise PCN", **IN_TEST)
    person = factories.person("Amina Yusuf")
    memberships.correct_person(person=person, family_name="Bell", title="Dr", **IN_TEST)
    network.refresh_from_db()
    person.refresh_from_db()
    assert (network.name, network.slug) == ("Sunrise PCN", "pcn-east-pcn")
    assert (person.name, person.slug) == ("Dr Amina Bell", "amina-yusuf")


# --- what ends with what


def test_an_organisation_that_closes_takes_its_links_with_it(area: SmallArea):
    network = area.pcns[0]
    organisations.close_organisation(organisation=network, end=LAST, **IN_TEST)
    links = Link.objects.filter(other=network) | Link.objects.filter(organisation=network)
    assert {link.end_date for link in links} == {LAST_DAY}
    assert Organisation.objects.get(pk=network.pk).end_date == LAST_DAY
    assert Appointment.objects.get(pk=area.directors[0].pk).end_date is None


def test_an_organisation_does_not_close_before_something_of_it_begins(area: SmallArea):
    newcomer = factories.organisation()
    factories.link(newcomer, LinkKind.CORE_PARTNER_OF, area.pcns[0], period=ADJACENT_LATER)
    with pytest.raises(ValidationError, match="begins only after that day"):
        organisations.close_organisation(organisation=area.pcns[0], end=LAST, **IN_TEST)


def test_what_has_ended_already_stays_as_it_was(area: SmallArea):
    former = factories.organisation()
    factories.link(former, LinkKind.CORE_PARTNER_OF, area.pcns[0], period=ADJACENT_EARLIER)
    organisations.close_organisation(organisation=area.pcns[0], end=LAST, **IN_TEST)
    link = Link.objects.get(organisation=former)
    assert (link.start, link.end) == ADJACENT_EARLIER


def test_money_ends_with_the_appointment_and_the_seat_does_not(area: SmallArea):
    appointment, membership = area.directors[0], area.memberships[1]
    funding = memberships.Funding(factories.funding_source(), area.icb, Decimal("2"), Decimal("21000"))
    line = memberships.add_funding_line(appointment=appointment, funding=funding, **IN_TEST)
    assert (line.start, line.end) == OPEN_ENDED
    memberships.end_appointment(appointment=appointment, end=gone_by("2024-06-01"), **IN_TEST)
    line.refresh_from_db()
    assert (line.has_end, line.end_date, line.end) == (True, None, gone_by("2024-06-01"))
    assert not Membership.objects.get(pk=membership.pk).has_end


def test_money_may_be_for_a_part_of_the_appointment(area: SmallArea):
    funding = memberships.Funding(factories.funding_source(), start=NORMAL[0], end=NORMAL[1])
    line = memberships.add_funding_line(appointment=area.directors[0], funding=funding, **IN_TEST)
    assert (line.start, line.end) == NORMAL


def test_a_remit_ends_with_the_role(area: SmallArea):
    role = area.chair.role
    roles.end_role(role=role, end=LAST, **IN_TEST)
    assert [remit.end_date for remit in role.remits.all()] == [LAST_DAY]
    assert role.end_date == LAST_DAY


def test_deputies_stop_with_the_member(area: SmallArea):
    membership = area.memberships[1]
    deputy = memberships.add_deputy(membership=membership, person=factories.person(), start=OPEN_ENDED[0], **IN_TEST)
    memberships.end_membership(membership=membership, end=LAST, **IN_TEST)
    deputy.refresh_from_db()
    assert deputy.end_date == LAST_DAY


def test_terms_and_reporting_lines_end_with_the_group_and_members_do_not(area: SmallArea):
    line = memberships.add_reporting_line(group=area.group, to=area.icb, start=OPEN_ENDED[0], **IN_TEST)
    memberships.end_group(group=area.group, end=LAST, **IN_TEST)
    line.refresh_from_db()
    assert [row.end_date for row in (area.group, Terms.objects.get(), area.group.remits.get(), line)] == [LAST_DAY] * 4
    assert not any(membership.has_end for membership in Membership.objects.all())


# --- versions


def test_a_role_acts_for_whom_its_type_usually_does_until_its_remit_says_otherwise(area: SmallArea):
    role = area.directors[0].role
    first = role.remits.get()
    assert first.acts_for == ActsFor.GENERAL_PRACTICE
    workforce = factories.function("Workforce")
    second = roles.new_remit_version(
        role=role,
        start=day("2024-04-01"),
        acts_for=ActsFor.SYSTEM,
        summary="Leads workforce for the system",
        functions={workforce: Part.LEADS},
        **IN_TEST,
    )
    first.refresh_from_db()
    assert first.end_date == LAST_DAY
    assert [str(each) for each in second.functions.all()] == ["leads Workforce"]


def test_new_terms_end_the_old_ones_the_day_before_and_move_nobody(area: SmallArea):
    new = memberships.adopt_terms(
        group=area.group,
        version="2.0",
        start=day("2024-04-01"),
        clauses=[memberships.NewClause("1", "As before.")],
        seats=[memberships.NewSeat("Lay member", Category.CORE, None, clause="1")],
        **IN_TEST,
    )
    assert Terms.objects.get(pk=area.terms.pk).end_date == LAST_DAY
    assert [seat.clause for seat in new.seats.all()] == [Clause.objects.get(terms=new)]
    assert {each.seat.terms for each in Membership.objects.all()} == {area.terms}


@pytest.mark.parametrize(
    ("start", "first_day", "end"),
    [
        (day("2024-04-01"), "2024-04-01", day("2024-03-31")),
        (month("2024-04"), "2024-04-01", month("2024-03")),
        (year(2024), "2024-01-01", year(2023)),
        (known_by("2024-04-01"), "2024-04-01", known_by("2024-03-31")),
    ],
)
def test_a_version_ends_as_exactly_as_the_start_of_the_next_is_known(
    area: SmallArea, start: PartialDate, first_day: str, end: PartialDate
):
    role = area.chair.role
    former = {
        Terms.objects.get(): memberships.adopt_terms(group=area.group, version="2.0", start=start, **IN_TEST),
        area.group.remits.get(): memberships.new_group_remit_version(group=area.group, start=start, **IN_TEST),
        role.remits.get(): roles.new_remit_version(role=role, start=start, **IN_TEST),
    }
    for ended, begun in former.items():
        ended.refresh_from_db()
        assert (ended.end_date, ended.end.precision) == (end.last_day, end.precision)
        assert (begun.start_date, begun.start.precision) == (day(first_day).date, start.precision)
        assert ended.period.upper == begun.period.lower


@pytest.mark.parametrize(
    ("start", "following", "end"),
    [
        (day("2018-04-01"), day("2021-01-01"), day("2020-12-31")),
        (year(2018), month("2021-01"), month("2020-12")),
        (month("2020-12"), year(2021), year(2020)),
        (known_by("2018-04-01"), known_by("2021-01-01"), known_by("2020-12-31")),
        (NOT_KNOWN, day("2021-01-01"), day("2020-12-31")),
    ],
)
def test_a_version_that_is_entered_late_ends_on_the_eve_of_the_next(
    area: SmallArea, start: PartialDate, following: PartialDate, end: PartialDate
):
    group = factories.group(area.lmc, period=ALWAYS)
    role = factories.role(area.lmc, area.director, period=(following, None))
    factories.terms(group, [], period=(following, None))
    memberships.new_group_remit_version(group=group, start=following, **IN_TEST)
    for late in (
        factories.terms(group, [], period=(start, None)),
        memberships.new_group_remit_version(group=group, start=start, **IN_TEST),
        roles.new_remit_version(role=role, start=start, **IN_TEST),
    ):
        assert (late.end_date, late.end.precision) == (end.last_day, end.precision)


def test_a_version_between_two_others_ends_the_one_and_gives_way_to_the_other(area: SmallArea):
    later = factories.terms(area.group, [], period=LATER)
    between = factories.terms(area.group, [], period=(day("2024-04-01"), None))
    assert Terms.objects.get(pk=area.terms.pk).end_date == LAST_DAY
    assert between.end == day("2025-03-31")
    assert (later.start, later.end) == LATER


def test_a_version_entered_late_keeps_the_end_that_is_said(area: SmallArea):
    group = factories.group(area.lmc, period=ALWAYS)
    factories.terms(group, [], period=NORMAL)
    earlier = factories.terms(group, [], period=EARLIER)
    assert (earlier.start, earlier.end) == EARLIER


def test_terms_of_which_nobody_can_say_that_they_came_first_are_refused(area: SmallArea):
    with pytest.raises(ValidationError, match="Another version of the terms is in force"):
        factories.terms(area.group, [], period=(year(2021), None))


def test_terms_from_a_day_on_which_others_begin_are_refused(area: SmallArea):
    with pytest.raises(ValidationError, match="Another version of the terms is in force"):
        factories.terms(area.group, [])


def test_a_seat_says_where_it_is_drawn_from(area: SmallArea):
    terms = factories.terms(
        area.group,
        [
            memberships.NewSeat("A", Category.CORE, area.director),
            memberships.NewSeat("B", Category.CORE, Kind.FEDERATION),
            memberships.NewSeat("C", Category.CORE, area.lmc),
            memberships.NewSeat("D", Category.CORE, None),
        ],
        period=ADJACENT_LATER,
    )
    drawn = [
        (seat.role_type or seat.organisation_kind or seat.organisation or "experience") for seat in terms.seats.all()
    ]
    assert drawn == [area.director, Kind.FEDERATION, area.lmc, "experience"]


# --- corrections


def test_a_correction_says_the_dates_anew_and_keeps_what_is_left_out(area: SmallArea):
    appointment = area.directors[0]
    memberships.correct_appointment(
        appointment=appointment, start=year(2020), end=appointment.end, employer=area.icb, **IN_TEST
    )
    appointment.refresh_from_db()
    assert (appointment.start, appointment.end, appointment.employer) == (year(2020), None, area.icb)
    assert event_model(Appointment).objects.filter(id=appointment.pk).count() == 2


def paid(appointment: Appointment, *periods: tuple[PartialDate, PartialDate | None]) -> list[FundingLine]:
    """A line of money for the appointment in each of these periods."""
    source = factories.funding_source()
    return [
        memberships.add_funding_line(
            appointment=appointment, funding=memberships.Funding(source, start=start, end=end), **IN_TEST
        )
        for start, end in periods
    ]


def test_money_moves_with_the_dates_that_it_shared_with_the_appointment(area: SmallArea):
    appointment = factories.appointment(factories.person(), area.chair.role, period=NORMAL)
    lines = paid(appointment, NORMAL, (NORMAL[0], WITHIN[1]), (WITHIN[0], NORMAL[1]), WITHIN)
    start, end = day("2020-04-01"), month("2026-03")
    memberships.correct_appointment(appointment=appointment, start=start, end=end, **IN_TEST)
    for line in lines:
        line.refresh_from_db()
    starts_and_ends = [(line.start, line.end_date) for line in lines]
    assert starts_and_ends == [
        (start, end.last_day),
        (start, WITHIN[1].date),
        (WITHIN[0], end.last_day),
        (WITHIN[0], WITHIN[1].date),
    ]
    assert lines[0].end == appointment.end


def test_money_that_went_on_with_the_appointment_ends_with_it_as_corrected(area: SmallArea):
    [line] = paid(area.chair, OPEN_ENDED)
    memberships.correct_appointment(appointment=area.chair, start=area.chair.start, end=LAST, **IN_TEST)
    line.refresh_from_db()
    assert (line.start, line.end) == (OPEN_ENDED[0], LAST)


@pytest.mark.parametrize(
    ("line", "corrected"),
    [
        ((WITHIN[0], day("2023-03-31")), (NORMAL[0], day("2022-12-31"))),
        (WITHIN, LATER),
        ((NORMAL[0], WITHIN[1]), LATER),
        ((year(2022), year(2022)), (NORMAL[0], day("2021-12-31"))),
        ((WITHIN[0], None), (NORMAL[0], LAST)),
    ],
)
def test_a_correction_that_leaves_money_outside_the_appointment_is_refused(
    area: SmallArea, line: tuple[PartialDate, PartialDate | None], corrected: tuple[PartialDate, PartialDate]
):
    appointment = factories.appointment(factories.person(), area.chair.role, period=(NORMAL[0], LATER[1]))
    paid(appointment, line)
    with pytest.raises(ValidationError, match="would be for days outside the appointment"):
        memberships.correct_appointment(appointment=appointment, start=corrected[0], end=corrected[1], **IN_TEST)
    appointment.refresh_from_db()
    assert (appointment.start, appointment.end) == (NORMAL[0], LATER[1])
    assert [(each.start_date, each.has_end) for each in appointment.funding_lines.all()] == [
        (line[0].first_day, line[1] is not None)
    ]


def test_money_known_only_to_the_year_may_be_from_the_day_that_is_right(area: SmallArea):
    appointment = factories.appointment(factories.person(), area.chair.role, period=NORMAL)
    [line] = paid(appointment, (year(2021), NORMAL[1]))
    memberships.correct_appointment(appointment=appointment, start=day("2021-06-01"), end=NORMAL[1], **IN_TEST)
    assert FundingLine.objects.get(pk=line.pk).start == year(2021)


def test_the_same_person_may_return_to_a_role(area: SmallArea):
    memberships.end_appointment(appointment=area.chair, end=LAST, **IN_TEST)
    again = factories.appointment(area.chair.person, area.chair.role, period=ADJACENT_LATER)
    assert again != area.chair
    with pytest.raises(ValidationError, match="holds this role already"):
        factories.appointment(area.chair.person, area.chair.role, period=OVERLAP_LATER)


def test_two_people_may_share_a_role(area: SmallArea):
    factories.appointment(factories.person(), area.directors[0].role)
    assert Appointment.objects.as_at(LAST_DAY).filter(role=area.directors[0].role).count() == 2


def test_what_a_kind_belongs_to_can_be_said_otherwise(db: None):
    assert factories.organisation(Kind.TRUST).sector == Sector.ACUTE
    assert factories.organisation(Kind.TRUST, sector=Sector.MENTAL_HEALTH).sector == Sector.MENTAL_HEALTH


def test_a_group_is_added_with_what_it_is_for(area: SmallArea):
    function = factories.function()
    group = factories.group(
        area.lmc,
        remit="Speaks for practices",
        functions={function: Part.SHARES},
        reports_to=[area.group, area.icb],
        influences=[area.icb],
    )
    assert group.remits.get().functions.get().function == function
    assert {line.to_group or line.to_organisation for line in group.reporting_lines.all()} == {area.group, area.icb}
    assert group.influences.get().organisation == area.icb
