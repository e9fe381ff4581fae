"""The page of a group and the list of groups, as a reader gets them on a day."""

import datetime
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from ics_leadership.history import change
from ics_leadership.lists import SIZE_OF_THE_PAST
from memberships import actions
from memberships.actions import NewClause, NewSeat
from memberships.models import Category, Group, GroupKind
from organisations.models import Kind, LinkKind
from roles.models import ActsFor, FundingKind, Part
from tests import factories as make
from tests.factories import SmallArea
from tests.pages.reading import words
from tests.periods import LAST_DAY, NORMAL, day, known_by

pytestmark = pytest.mark.django_db

ON = "2022-07-01"


def says(client: Client, address: str) -> str:
    """What a page says, in words."""
    response = client.get(address)
    assert response.status_code == 200
    return words(response)


def group_page(client: Client, group: Group, on: str = ON) -> str:
    return says(client, f"{group.get_absolute_url()}?as_at={on}")


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


# --- first on the page


def test_chair_core_members_and_what_ends_next_come_first(client: Client, area: SmallArea):
    said = group_page(client, area.group)
    first, _, rest = said.partition("Who sits and why")
    assert first.index("Chair") < first.index(area.chair.person.name) < first.index("Core members")
    for director in area.directors:
        assert director.person.name in first
    assert "Vacant: Experienced leader" in first
    assert first.index("Ends next") < first.index("31 March 2024")
    assert rest


def test_beside_each_name_stands_why(client: Client, area: SmallArea):
    said = group_page(client, area.group)
    for pcn in area.pcns:
        assert (
            f"Sits as a core member because they have been PCN Clinical Director (Norwich), {pcn.name} since 1 April "
            "2021; seat “PCN clinical directors”, terms of reference version 1.0, clause 2."
        ) in said
    assert (
        "Chairs the group because they have been LMC Chair (Norwich), Norwich LMC since 1 April 2021; put forward by"
        in said
    )


def test_job_share_and_deputy_are_named(client: Client, area: SmallArea):
    first = area.directors[0]
    other = make.appointment(make.person("Ben Hart"), first.role)
    deputy = make.person("Cara Lunn")
    actions.add_deputy(**make.IN_TEST, membership=area.memberships[1], person=deputy, start=day("2022-01-01"))
    said = group_page(client, area.group)
    assert f"(job share with {other.person.name}); deputy: Cara Lunn; seat" in said
    assert "Cara Lunn" not in group_page(client, area.group, "2021-12-31")


def test_member_whose_appointment_has_ended_is_shown_with_its_days_and_not_as_a_failing(
    client: Client, area: SmallArea
):
    actions.end_appointment(**make.IN_TEST, appointment=area.directors[0], end=day("2022-06-30"))
    said = group_page(client, area.group)
    assert "held from 1 April 2021 to 30 June 2022" in said
    assert "appointment ended" not in said
    assert said.count("Acts for general practice") == 2
    assert group_page(client, area.group, "2022-06-30").count("Acts for general practice") == 3


def test_members_are_those_of_the_day(client: Client, area: SmallArea):
    leaver = area.memberships[1]
    actions.end_membership(**make.IN_TEST, membership=leaver, end=day("2022-06-30"))
    before = group_page(client, area.group, "2022-06-30")
    after = group_page(client, area.group, "2022-07-01")
    assert f"{leaver.person.name} Voting, from 1 April 2021 to 30 June 2022" in before
    assert "Nobody is recorded who sat before this day and no longer does." in before
    assert f"{leaver.person.name} Core member. From 1 April 2021 to 30 June 2022" in after.partition("Past members")[2]


def test_earlier_seat_of_somebody_who_still_sits_is_no_past_membership(client: Client, area: SmallArea):
    director = area.memberships[1]
    actions.end_membership(**make.IN_TEST, membership=director, end=day("2022-06-30"))
    make.membership(
        area.seat("Experienced leader"), director.person, "Ran two networks", period=(day("2022-07-01"), None)
    )
    _, _, past = group_page(client, area.group).partition("Past members")
    past, _, earlier = past.partition("Earlier seats of those who sit now")
    assert director.person.name not in past
    assert f"{director.person.name} Core member. From 1 April 2021 to 30 June 2022" in earlier


def test_member_to_come_is_announced(client: Client, area: SmallArea):
    held = make.appointment(make.person("Dora New"), area.directors[0].role)
    make.membership(area.seat("PCN clinical directors"), held.person, held, period=(day("2023-01-01"), None))
    said = group_page(client, area.group)
    assert (
        "To come 1 seat Who is to sit after this day Dora New Core member. From 1 January 2023 (not yet begun) Will sit as a core member"
        in said
    )


# --- its terms, remit, lines, money


def test_all_versions_of_the_terms_and_what_changed(client: Client, area: SmallArea):
    make.terms(
        area.group,
        [NewSeat("Chair", Category.CHAIR, Kind.LMC)],
        version="2.0",
        period=(day("2024-04-01"), None),
        clauses=[NewClause("1", "The group speaks for the practices of the place and of nobody else.")],
    )
    said = group_page(client, area.group, "2024-04-01")
    assert "Version 2.0 since 1 April 2024 In force" in said
    assert "Version 1.0 from 1 April 2021 to 31 March 2024" in said
    assert "What changed from version 1.0" in said
    assert "[removed: place. ] [added: place and of nobody else. ]" in said
    assert "PCN clinical directors: removed: 2 seats" in said
    assert (
        "3 people sit in seats of another version of the terms than the one in force on this day, version 2.0" in said
    )


def test_remit_by_function_in_versions(client: Client, area: SmallArea):
    actions.new_group_remit_version(
        **make.IN_TEST,
        group=area.group,
        start=day("2022-07-01"),
        summary="To speak and to answer.",
        functions={make.function("Workforce"): Part.LEADS, make.function("Estates"): Part.STEPS_IN},
    )
    said = group_page(client, area.group)
    assert "Remit since 1 July 2022 To speak and to answer." in said
    assert "Leads Workforce Steps in where others cannot Estates" in said
    assert "Remit from 1 April 2021 to 30 June 2022" in said


def test_reporting_lines_funding_and_influence_of_the_day(client: Client, area: SmallArea):
    board = make.group(area.icb, GroupKind.ICB_BOARD, name="Norwich ICB Board")
    said_of = {"group": area.group, **make.IN_TEST}
    actions.add_reporting_line(**said_of, to=board, start=day("2022-01-01"), on="urgent care")
    actions.add_reporting_line(**said_of, to=area.lmc, start=day("2022-01-01"))
    actions.add_influence(**said_of, organisation=area.icb, start=day("2022-01-01"))
    actions.fund_group(
        **said_of,
        funding_source=make.funding_source(FundingKind.ICB_CORE),
        payer=area.icb,
        annual_amount=91234,
        start=day("2022-01-01"),
        end=day("2023-03-31"),
    )
    said = group_page(client, area.group)
    assert "Reports to Norwich ICB Board on urgent care Norwich LMC" in said
    assert "Funded by ICB core, paid by Norwich ICB from 1 January 2022 to 31 March 2023" in said
    assert "There to influence Norwich ICB" in said
    assert "Kept by Norwich LMC which keeps Norwich ICB" in said
    assert "Report to it Norwich GP Leadership Group on urgent care" in group_page(client, board)
    before = group_page(client, area.group, "2021-12-31")
    assert "Reports to Not recorded" in before
    assert "Funded by Not recorded" in before


def test_amounts_of_money_are_nowhere_on_the_page(client: Client, area: SmallArea):
    actions.fund_group(
        **make.IN_TEST,
        group=area.group,
        funding_source=make.funding_source(FundingKind.ICB_CORE),
        annual_amount=91234,
        start=day("2022-01-01"),
    )
    page = client.get(f"{area.group.get_absolute_url()}?as_at={ON}").content.decode()
    assert "ICB core" in page
    assert not re.search(r"91[,.]?234", strip_tags(page))


def test_seats_are_counted_by_sector(client: Client, area: SmallArea):
    trust = make.organisation(Kind.TRUST, name="Norwich Hospitals")
    held = make.appointment(make.person(), make.role(trust, make.role_type("Liaison", acts_for=ActsFor.SYSTEM)))
    make.membership(area.seat("System clinical lead"), held.person, held)
    said = group_page(client, area.group)
    assert "Chair and core members, 1 July 2022 4 seats, 1 of them vacant" in said
    assert "In attendance and observing 1 seat" in said
    assert "General practice Vacant Acute" in said


# --- what is not recorded


def test_group_without_terms_says_so(client: Client, area: SmallArea):
    bare = make.group(area.lmc, name="New group", covers=area.place)
    said = group_page(client, bare)
    assert "No terms of reference are recorded" in said
    assert "vacant" not in said.lower()


def test_nothing_is_vacant_where_nobody_keeps_the_area(client: Client, area: SmallArea):
    elsewhere = make.organisation(Kind.PLACE, name="Elsewhere")
    group = make.group(elsewhere, name="Elsewhere group", covers=elsewhere)
    make.terms(group, [NewSeat("Chair", Category.CHAIR, None)])
    said = group_page(client, group)
    assert "Nobody keeps this area" in said
    assert "vacant" not in said.lower()
    assert "Chair Not recorded" in said


def test_area_that_is_kept_from_a_day_on_has_vacancies_from_that_day(client: Client):
    lmc, place = make.organisation(Kind.LMC), make.organisation(Kind.PLACE)
    make.keep_area(place, lmc, period=NORMAL)
    group = make.group(place)
    make.terms(group, [NewSeat("Chair", Category.CHAIR, None)])
    assert "Chair Vacant" in group_page(client, group, LAST_DAY.isoformat())
    assert "Chair Not recorded" in group_page(client, group, "2024-04-01")


def test_group_known_only_by_some_day_is_not_said_to_begin_on_it(client: Client):
    group = make.group(make.organisation(Kind.LMC), period=(known_by("2021-04-01"), None))
    said = "This group is first recorded on 1 April 2021; the register does not know since when it existed."
    assert said in group_page(client, group, "2021-03-31")


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2021-03-31", "This group had not begun on 31 March 2021. The register has it from 1 April 2021 to 31 March"),
        ("2024-04-01", "This group had ended by 1 April 2024. It ran from 1 April 2021 to 31 March 2024."),
    ],
)
def test_day_outside_the_group_says_so_and_leads_to_one_inside(client: Client, area: SmallArea, on: str, said: str):
    group = make.group(area.lmc, name="Short group", period=NORMAL)
    page = group_page(client, group, on)
    assert said in page
    assert "Show the group on" in page


@pytest.mark.parametrize("on", ["2021-04-01", "2024-03-31"])
def test_first_and_last_day_are_days_of_the_group(client: Client, area: SmallArea, on: str):
    group = make.group(area.lmc, name="Short group", period=NORMAL)
    assert "This group had" not in group_page(client, group, on)


def test_invented_group_and_members_are_marked(client: Client, area: SmallArea):
    group = make.group(area.lmc, name="Invented group", invented=True)
    assert "Invented" in group_page(client, group)
    real = client.get(f"{area.group.get_absolute_url()}?as_at={ON}").content.decode()
    assert "reg-tag--invented" not in real


# --- addresses


def test_unknown_group_is_a_page_with_a_sentence(client: Client):
    response = client.get("/groups/no-such-group")
    assert response.status_code == 404
    assert "The register has no group at this address." in response.content.decode()


@pytest.mark.parametrize("query", ["as_at=yesterday", "past=9", "past=x"])
def test_question_that_makes_no_sense_is_refused(client: Client, area: SmallArea, query: str):
    assert client.get(f"{area.group.get_absolute_url()}?{query}").status_code == 400


def test_every_link_keeps_the_day(client: Client, area: SmallArea):
    page = client.get(f"{area.group.get_absolute_url()}?as_at={ON}").content.decode()
    main = page.partition("<main")[2].partition("</main>")[0]
    links = [link for link in re.findall(r'href="(/[^"]*)"', main) if link != "/"]
    assert links
    assert [link for link in links if f"as_at={ON}" not in link] == []


def test_page_costs_the_same_queries_however_many_sit(client: Client, area: SmallArea):
    address = f"{area.group.get_absolute_url()}?as_at={ON}"
    experienced, past = area.seat("Experienced leader"), (day("2021-04-01"), day("2022-01-31"))
    to_come = (day("2023-01-01"), None)
    make.membership(experienced, make.person(), "Experience", period=past)
    make.membership(experienced, make.person(), "Experience", period=to_come)
    make.membership(experienced, area.chair.person, "Experience", period=past)
    few = queries(client, address)
    with change(by=None, why="for a test"):
        for number in range(20):
            held = make.appointment(make.person(), area.directors[number % 2].role)
            make.membership(area.seat("PCN clinical directors"), held.person, held, put_forward_by=area.lmc)
            make.membership(
                area.seat("Experienced leader"),
                make.person(),
                "Experience",
                period=(day("2021-04-01"), day("2022-01-31")),
            )
    assert queries(client, address) <= few + 1  # who sat before is counted, then read
    assert few <= 34


def test_past_members_are_paged(client: Client, area: SmallArea):
    with change(by=None, why="for a test"):
        for _ in range(SIZE_OF_THE_PAST + 1):
            make.membership(
                area.seat("Experienced leader"),
                make.person(),
                "Experience",
                period=(day("2021-04-01"), day("2022-01-31")),
            )
    address = f"{area.group.get_absolute_url()}?as_at={ON}"
    first, second = says(client, address), says(client, f"{address}&past=2")
    assert "Showing 1 to 10 of 11 rows. Next 10 past members" in first
    assert "Showing 11 to 11 of 11 rows. Previous 10 past members" in second


# --- the list


def test_list_says_who_chairs_and_what_is_vacant(client: Client, area: SmallArea):
    said = says(client, f"/groups?as_at={ON}")
    assert f"Norwich GP Leadership Group GP leadership group Norwich Place {area.chair.person.name} 3 1 seat" in said


def test_list_tells_vacant_from_not_recorded(client: Client, area: SmallArea):
    elsewhere = make.organisation(Kind.PLACE, name="Elsewhere")
    for place, name in ((area.place, "Here"), (elsewhere, "There")):
        make.terms(make.group(place, name=name), [NewSeat("Chair", Category.CHAIR, None)])
    make.group(area.place, name="Without terms")
    said = says(client, f"/groups?as_at={ON}&ordering=name")
    assert "Here GP leadership group Norwich Place Vacant None recorded 1 seat" in said
    assert "There GP leadership group Elsewhere Not recorded None recorded" in said
    assert "Without terms GP leadership group Norwich Place Not recorded None recorded" in said


def test_list_shows_the_groups_of_the_day_and_on_request_the_others(client: Client, area: SmallArea):
    make.group(area.place, GroupKind.CCG_GOVERNING_BODY, name="Former body", period=NORMAL)
    assert "Former body" in says(client, "/groups?as_at=2024-03-31")
    assert "Former body" not in says(client, "/groups?as_at=2024-04-01")
    assert "Former body From 1 April 2021 to 31 March 2024" in says(client, "/groups?as_at=2024-04-01&period=ended")


def test_list_is_narrowed_by_kind_area_and_name(client: Client, area: SmallArea):
    other = make.small_area("Truro")
    make.group(area.icb, GroupKind.ICB_BOARD, name="Norwich ICB Board", covers=area.icb)

    def listed(query: str) -> list[str]:
        page = client.get(f"/groups?as_at={ON}&{query}").content.decode()
        return re.findall(r'<th scope="row"><a [^>]*>([^<]*)', page)

    assert listed("kind=icb_board") == ["Norwich ICB Board"]
    assert listed(f"within={other.icb.slug}") == ["Truro GP Leadership Group"]
    assert listed(f"within={area.icb.slug}&ordering=-name") == ["Norwich ICB Board", "Norwich GP Leadership Group"]
    assert listed("q=truro") == ["Truro GP Leadership Group"]
    assert listed("ordering=area")[0] == "Norwich ICB Board"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("kind=club", "“club” is no value of “kind”. It can be gp_leadership_group"),
        ("colour=red", "This list has no filter “colour”"),
        ("within=nowhere", "“nowhere” is no organisation of this register"),
        ("page=2", "There is no page “2” here"),
    ],
)
def test_list_refuses_what_makes_no_sense(client: Client, query: str, said: str):
    response = client.get(f"/groups?{query}")
    assert response.status_code == 400
    assert said in response.content.decode()


def test_list_costs_the_same_queries_for_any_number_of_groups(client: Client, area: SmallArea):
    few = queries(client, f"/groups?as_at={ON}")
    with change(by=None, why="for a test"):
        for number in range(20):
            place = make.organisation(Kind.PLACE)
            make.link(place, LinkKind.PART_OF, area.icb)
            group = make.group(place, name=f"Group {number}", covers=place)
            terms = make.terms(group, [NewSeat("Chair", Category.CHAIR, None)])
            make.membership(terms.seats.get(), make.person(), "Experience")
    assert queries(client, f"/groups?as_at={ON}") == few


def test_day_shown_is_today_unless_the_reader_asks(client: Client, area: SmallArea):
    response = client.get(area.group.get_absolute_url())
    assert response.context["as_at"].date >= datetime.date(2026, 1, 1)
