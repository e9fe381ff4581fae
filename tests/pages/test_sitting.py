"""Who sits, since when without a gap, what is vacant, and what ends next: the rows of a group's page."""

import datetime
from decimal import Decimal

import pytest

from ics_leadership.periods import PartialDate
from memberships import actions, seating
from memberships.actions import NewSeat
from memberships.models import Category, Group, Membership, Seat, Terms
from memberships.outlook import kept_areas
from memberships.places import replaced_on, taking_places
from memberships.presenters.groups import VACANT, endings, sector_rows
from memberships.presenters.sitting import (
    OpenSeat,
    Sitter,
    TablePart,
    member_since,
    seat_ending,
    table,
    unseated,
)
from organisations.models import Kind, Sector
from roles.models import FundingKind
from tests import factories as make
from tests.factories import SmallArea
from tests.periods import NORMAL, NOT_KNOWN, day, gone_by, known_by, month, year

pytestmark = pytest.mark.django_db

ON = datetime.date(2022, 7, 1)


def parts(area: SmallArea, on: datetime.date = ON, *, kept: bool = True) -> dict[str, TablePart]:
    """The table of the area's group by heading, as the page builds it."""
    versions = seating.versions_of_terms(area.group, on)
    members = seating.members(versions, on)
    seating.add_reasons(members.sitting, on)
    found = table(
        members.sitting,
        next((terms for terms in versions if terms.holds(on)), None),
        on=on,
        kept=kept,
        history=members.of_those_who_sit,
        last_held=members.last_held,
        evidence={},
    )
    return {part.heading: part for part in found}


def seated(area: SmallArea, on: datetime.date) -> seating.Members:
    return seating.members(seating.versions_of_terms(area.group, on), on)


def open_seats(part: TablePart) -> list[OpenSeat]:
    return [row for row in part.rows if isinstance(row, OpenSeat)]


def names(part: TablePart) -> list[str]:
    return [row.name for row in part.rows if isinstance(row, Sitter)]


def since(area: SmallArea, membership: Membership) -> Membership:
    return member_since(membership, Membership.objects.filter(seat__terms__group=area.group, person=membership.person))


def second_version(area: SmallArea, start: str = "2024-04-01") -> Terms:
    return make.terms(
        area.group,
        [
            NewSeat("Chair", Category.CHAIR, Kind.LMC),
            NewSeat("PCN clinical directors", Category.CORE, area.director, number=2),
        ],
        version="2.0",
        period=(day(start), None),
    )


# --- vacant


def paid(area: SmallArea, name: str, on: datetime.date = ON, *, kept: bool = True) -> list[str]:
    """Who is said to pay for the post by virtue of which somebody sits."""
    rows = [row for part in parts(area, on, kept=kept).values() for row in part.rows if isinstance(row, Sitter)]
    (row,) = (row for row in rows if row.name == name)
    return ["".join(piece.text for piece in pieces) for pieces in row.paid]


def test_who_pays_for_the_post_of_a_member_is_told_on_each_day_and_never_how_much(area: SmallArea):
    held = area.directors[0]
    core = make.funding_source(FundingKind.ICB_CORE, name="ICB core")
    actions.add_funding_line(
        appointment=held,
        funding=actions.Funding(core, payer=area.icb, annual_amount=Decimal(12345), start=NORMAL[0], end=NORMAL[1]),
        **make.IN_TEST,
    )
    assert paid(area, held.person.name) == [f"ICB core, paid by {area.icb}"]
    after = NORMAL[1].date + datetime.timedelta(days=1)
    assert paid(area, held.person.name, after) == ["not recorded"]
    assert paid(area, held.person.name, after, kept=False) == []


def test_nobody_pays_for_experience(area: SmallArea):
    adviser = make.person("Ada Adviser")
    make.membership(area.seat("Experienced leader"), adviser, "Long years")
    assert paid(area, "Ada Adviser") == []


def test_seat_that_nobody_holds_is_vacant(area: SmallArea):
    [experienced] = open_seats(parts(area)["Core members"])
    assert (experienced.label, experienced.title) == ("Vacant", "Experienced leader")
    assert experienced.why == (
        "Nobody has sat here since these terms came into force (1 April 2021). It is drawn from people with experience."
    )
    assert experienced.terms == "Seat “Experienced leader”, terms of reference version 1.0"


def test_seats_are_counted_as_at_the_day(area: SmallArea):
    leaver = area.memberships[1]
    actions.end_membership(**make.IN_TEST, membership=leaver, end=day("2022-06-30"))
    before = open_seats(parts(area, datetime.date(2022, 6, 30))["Core members"])
    after = open_seats(parts(area, ON)["Core members"])
    assert [seat.title for seat in before] == ["Experienced leader"]
    assert [(seat.label, seat.title) for seat in after] == [
        ("Vacant: 1 of 2 seats", "PCN clinical directors"),
        ("Vacant", "Experienced leader"),
    ]
    assert after[0].why.startswith("The terms provide 2 seats; 1 is held.")


@pytest.mark.parametrize(
    ("end", "said"),
    [
        (day("2022-06-30"), "left on 30 June 2022."),
        (month("2022-06"), "left in June 2022."),
        (year(2021), "left in 2021."),
        (known_by("2022-06-30"), "left (by 30 June 2022)."),
        (gone_by("2022-06-30"), "left, on a day that is not known."),
    ],
)
def test_empty_seat_says_who_left_it_last_and_when(area: SmallArea, end: PartialDate, said: str):
    chair = area.memberships[0]
    actions.end_membership(**make.IN_TEST, membership=chair, end=end)
    [seat] = open_seats(parts(area)["Chair"])
    assert seat.why.startswith(f"Nobody has sat here since {chair.person.name} {said}")


def test_nothing_is_called_vacant_where_nobody_keeps_the_area(area: SmallArea):
    [seat] = open_seats(parts(area, kept=False)["Core members"])
    assert (seat.label, seat.vacant) == ("Not recorded", False)


def test_who_sits_in_place_of_a_member_takes_no_second_place(area: SmallArea):
    chair = area.memberships[0]
    stand_in = make.membership(chair.seat, make.person(), "Deputy for years", attends_for=chair.person)
    assert taking_places([chair, stand_in]) == [chair]
    assert taking_places([stand_in]) == [stand_in]
    assert "Chair" in parts(area)
    assert open_seats(parts(area)["Chair"]) == []


@pytest.mark.parametrize(("kept", "chair", "core"), [(True, "Vacant", "3 seats, all vacant"), (False, "", "3 seats")])
def test_seats_that_nobody_holds_are_not_counted_as_no_people(area: SmallArea, kept: bool, chair: str, core: str):
    for membership in area.memberships:
        actions.end_membership(**make.IN_TEST, membership=membership, end=day("2022-06-30"))
    found = parts(area, kept=kept)
    assert (found["Chair"].count, found["Core members"].count) == (chair, core)


def vacant_seats(area: SmallArea, on: datetime.date) -> tuple[int, int, int]:
    """How many seats at the table are vacant, as the group's page, the list of groups and the first page count them."""
    sitting, terms = seating.sitting(area.group, on), seating.versions_of_terms(area.group, on)[0]
    table_row = sector_rows(sitting, terms, {}, [], on=on, kept=True)[0]
    listed = seating.with_table(Group.objects.all(), on).get(pk=area.group.pk)
    of_area = kept_areas(on).get(area=area.icb)
    drawn = sum(part.count for part in table_row.parts if part.kind == VACANT)
    return drawn, listed.open_seats, of_area.vacant_seats


def test_who_sits_in_place_of_a_member_is_counted_alike_on_every_page(area: SmallArea):
    one, other = area.memberships[1:3]
    actions.end_membership(**make.IN_TEST, membership=other, end=day("2022-03-31"))
    make.membership(one.seat, make.person(), "Deputy for years", attends_for=one.person)
    assert vacant_seats(area, ON) == (2, 2, 2)
    [row] = sector_rows(seating.sitting(area.group, ON), None, {}, [], on=ON, kept=False)
    assert row.line == "2 seats"


def test_who_sits_in_place_of_a_member_who_has_left_takes_the_place(area: SmallArea):
    one = area.memberships[1]
    stand_in = make.membership(one.seat, make.person(), "Deputy for years", attends_for=one.person)
    actions.end_membership(**make.IN_TEST, membership=one, end=day("2022-06-30"))
    at_the_table = Membership.objects.filter(pk=stand_in.pk)
    assert at_the_table.filter(replaced_on(datetime.date(2022, 6, 30))).exists()
    assert not at_the_table.filter(replaced_on(ON)).exists()
    assert vacant_seats(area, datetime.date(2022, 6, 30)) == (1, 1, 1)
    assert vacant_seats(area, ON) == (1, 1, 1)


# --- under another version of the terms


def test_member_of_a_seat_of_former_terms_is_shown_and_fills_no_seat(area: SmallArea):
    new = second_version(area)
    on = datetime.date(2024, 4, 1)
    part = parts(area, on)["Core members"]
    assert names(part) == [membership.person.name for membership in seating.sitting(area.group, on)[1:]]
    assert [seat.label for seat in open_seats(part)] == ["Vacant: 2 of 2 seats"]
    assert isinstance(part.rows[-1], Sitter)
    assert ("Seat of version 1.0", "ended") in part.rows[-1].tags
    assert "(in force from 1 April 2021 to 31 March 2024)" in part.rows[-1].reason.text
    assert unseated(seating.sitting(area.group, on), new) == 3


def test_day_before_new_terms_shows_the_former_ones(area: SmallArea):
    second_version(area)
    part = parts(area, datetime.date(2024, 3, 31))["Core members"]
    assert [seat.title for seat in open_seats(part)] == ["Experienced leader"]


# --- member since


def test_member_who_was_seated_anew_under_new_terms_is_a_member_since_the_first_seat(area: SmallArea):
    director = area.memberships[1]
    actions.end_membership(**make.IN_TEST, membership=director, end=day("2024-03-31"))
    seat = second_version(area).seats.get(title="PCN clinical directors")
    anew = make.membership(seat, director.person, director.basis_appointment, period=(day("2024-04-01"), None))
    assert since(area, anew) == director
    row = next(
        row
        for row in parts(area, datetime.date(2024, 5, 1))["Core members"].rows
        if isinstance(row, Sitter) and row.name == director.person.name
    )
    assert row.aside == ["No vote, since 1 April 2024", "Member since 1 April 2021"]


def test_gap_of_one_day_breaks_membership(area: SmallArea):
    director = area.memberships[1]
    actions.end_membership(**make.IN_TEST, membership=director, end=day("2024-03-30"))
    seat = second_version(area).seats.get(title="PCN clinical directors")
    anew = make.membership(seat, director.person, director.basis_appointment, period=(day("2024-04-01"), None))
    assert since(area, anew) == anew


@pytest.mark.parametrize("end", [known_by("2024-03-31"), gone_by("2024-04-01")])
def test_nothing_is_claimed_across_an_end_that_nobody_knows(area: SmallArea, end: PartialDate):
    director = area.memberships[1]
    actions.end_membership(**make.IN_TEST, membership=director, end=end)
    seat = second_version(area).seats.get(title="PCN clinical directors")
    anew = make.membership(seat, director.person, director.basis_appointment, period=(day("2024-04-01"), None))
    assert since(area, anew) == anew


def test_years_that_touch_are_contiguous_and_seats_that_overlap_too(area: SmallArea):
    person = make.person()
    experienced, lead = area.seat("Experienced leader"), area.seat("System clinical lead")
    first = make.membership(lead, person, "Long experience", period=(year(2021), year(2022)))
    second = make.membership(experienced, person, "Long experience", period=(day("2022-10-01"), year(2023)))
    third = make.membership(lead, person, "Long experience", period=(year(2024), None))
    assert since(area, third) == first
    assert since(area, second) == first


def test_first_seat_whose_start_nobody_knows_says_no_date(area: SmallArea):
    person, lead = make.person(), area.seat("System clinical lead")
    make.membership(lead, person, "Long experience", period=(NOT_KNOWN, day("2022-03-31")))
    make.membership(area.seat("Experienced leader"), person, "Long experience", period=(day("2022-04-01"), None))
    rows = [row for row in parts(area)["Core members"].rows if isinstance(row, Sitter) and row.name == person.name]
    assert rows[0].aside == ["Voting, since 1 April 2022"]


# --- what ends


def test_seat_ends_as_recorded(area: SmallArea):
    membership = area.memberships[1]
    actions.end_membership(**make.IN_TEST, membership=membership, end=month("2023-03"))
    ending = seat_ending(membership)
    assert ending is not None
    assert (ending.when, ending.what) == ("March 2023", f"{membership.person.name}’s seat")


def test_seat_without_an_end_ends_with_the_term_that_the_terms_give(area: SmallArea):
    ending = seat_ending(area.memberships[1])
    assert ending is not None
    assert (ending.when, ending.what) == ("31 March 2024", f"{area.memberships[1].person.name}’s term of 3 years")


def test_no_term_is_reckoned_from_a_start_known_only_by_a_day(area: SmallArea):
    membership = make.membership(
        area.seat("Experienced leader"), make.person(), "Long experience", period=(known_by("2021-04-01"), None)
    )
    assert seat_ending(membership) is None


def test_what_ends_stands_in_order_and_nothing_that_is_over(area: SmallArea):
    basis = area.directors[0]
    actions.end_appointment(**make.IN_TEST, appointment=basis, end=day("2023-06-30"))
    on = datetime.date(2022, 7, 1)
    told = endings(area.group, seated(area, on), area.terms, [], on)
    assert [(ending.when, ending.what) for ending in told][:1] == [
        ("30 June 2023", f"{basis.person.name}’s appointment as {basis.role.title}")
    ]
    assert ("31 March 2024", "Terms of reference to be reviewed") in [(each.when, each.what) for each in told]
    later = endings(area.group, seated(area, on), area.terms, [], datetime.date(2024, 4, 1))
    assert later == []


def test_end_of_the_group_itself_is_told(area: SmallArea):
    group = make.group(area.lmc, period=NORMAL)
    assert [(each.when, each.what) for each in endings(group, seating.members([], ON), None, [], ON)] == [
        ("31 March 2024", "The group itself")
    ]


def test_seat_that_ends_within_the_warning_of_the_terms_is_marked(area: SmallArea):
    def tags(on: str) -> list[tuple[str, str]]:
        row = parts(area, day(on).date)["Chair"].rows[0]
        assert isinstance(row, Sitter)
        return row.tags

    assert ("Until 31 March 2024", "soon") not in tags("2023-09-30")
    assert ("Until 31 March 2024", "soon") in tags("2023-10-01")
    assert ("Until 31 March 2024", "soon") in tags("2024-03-31")


def test_who_serves_beyond_a_term_is_not_shown_up(area: SmallArea):
    row = parts(area, datetime.date(2024, 4, 1))["Chair"].rows[0]
    assert isinstance(row, Sitter)
    assert row.tags == [("Acts for general practice", "general_practice")]


# --- by sector


def test_seats_are_counted_by_the_sector_of_the_body_that_hosts_the_basis(area: SmallArea):
    trust = make.organisation(Kind.TRUST)
    lead_type = make.role_type("System Clinical Lead")
    held = make.appointment(make.person(), make.role(trust, lead_type))
    make.membership(area.seat("System clinical lead"), held.person, held)
    make.membership(area.seat("Experienced leader"), make.person(), "Long experience")
    sitting = seating.sitting(area.group, ON)
    terms = seating.versions_of_terms(area.group, ON)[0]
    rows = sector_rows(sitting, terms, {}, [], on=ON, kept=True)
    assert [(row.label, {part.kind: part.count for part in row.parts}) for row in rows] == [
        ("Chair and core members, 1 July 2022", {Sector.GENERAL_PRACTICE: 3, "experience": 1}),
        ("In attendance and observing", {Sector.ACUTE: 1}),
    ]


def test_vacant_seats_at_the_table_are_counted(area: SmallArea):
    [row] = sector_rows(
        seating.sitting(area.group, ON), seating.versions_of_terms(area.group, ON)[0], {}, [], on=ON, kept=True
    )
    assert row.line == "4 seats, 1 of them vacant"


def test_table_of_former_terms_is_counted_on_their_last_day(area: SmallArea):
    second_version(area)
    versions = seating.versions_of_terms(area.group, ON)
    counted = seating.sectors_on_last_days([versions[1]])
    assert counted == {versions[1].pk: {Sector.GENERAL_PRACTICE: 3}}
    assert seating.sectors_on_last_days([]) == {}


def test_basis_that_is_over_counts_for_no_sector(area: SmallArea):
    actions.end_appointment(**make.IN_TEST, appointment=area.directors[0], end=day("2022-06-30"))
    [terms] = seating.versions_of_terms(area.group, ON)

    def counted(on: datetime.date) -> dict[str, int]:
        [row] = sector_rows(seating.sitting(area.group, on), terms, {}, [], on=on, kept=False)
        return {part.label: part.count for part in row.parts}

    assert counted(datetime.date(2022, 6, 30)) == {"General practice": 3}
    assert counted(ON) == {"General practice": 2, "No role on this day": 1}


def test_basis_that_is_over_on_the_last_day_of_former_terms_counts_for_no_sector(area: SmallArea):
    actions.end_appointment(**make.IN_TEST, appointment=area.directors[0], end=day("2022-06-30"))
    second_version(area)
    former = seating.versions_of_terms(area.group, ON)[1]
    assert seating.sectors_on_last_days([former]) == {
        former.pk: {Sector.GENERAL_PRACTICE: 2, seating.NO_ROLE: 1},
    }


def test_last_holder_is_told_for_each_seat(area: SmallArea):
    seat: Seat = area.seat("Experienced leader")
    for period in ((day("2021-04-01"), day("2021-12-31")), (day("2022-01-01"), day("2022-05-31"))):
        last = make.membership(seat, make.person(), "Long experience", period=period)
    assert seating.members(seating.versions_of_terms(area.group, ON), ON).last_held == {seat.pk: last}
