"""The page of an organisation: who leads it, where it stands, how it stood before; the words that it is told in."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page

from ics_leadership.history import change
from memberships.actions import add_group_role
from memberships.presenters.organisations import code_sentence, place
from organisations import actions, standing
from organisations.models import Kind, LinkKind, Organisation, Sector
from organisations.presenters import kind_counted, standing_sentence, standing_tag
from tests import factories as make
from tests.browser import assert_page_is_sound
from tests.periods import (
    ADJACENT_EARLIER,
    ADJACENT_LATER,
    AFTER_NORMAL,
    BEFORE_NORMAL,
    EARLIER,
    FIRST_DAY,
    LAST_DAY,
    LATER,
    NORMAL,
    day,
    gone_by,
    known_by,
    month,
)

pytestmark = pytest.mark.django_db

Shown = Callable[..., str]


@pytest.fixture
def shown(client: Client) -> Shown:
    """The page of an organisation on a day, as HTML with its white space closed up."""

    def get(organisation: Organisation, date: datetime.date = FIRST_DAY, **query: str) -> str:
        answer = client.get(organisation.get_absolute_url(), {"as_at": date.isoformat(), **query})
        assert answer.status_code == 200
        return " ".join(answer.content.decode().split())

    return get


def section(html: str, heading: str) -> str:
    """What stands between one heading of the page and the next of its rank."""
    _, _, rest = html.partition(f">{heading}</h2>")
    return rest.partition("<h2")[0]


# --- who leads it


def test_holder_of_a_role_stands_first(shown: Shown) -> None:
    area = make.small_area()
    html = shown(area.pcns[0])
    key_facts, _, _ = html.partition('<section class="reg-section"')
    assert area.directors[0].person.name in key_facts
    assert "since 1 April 2021" in key_facts


def test_role_that_nobody_holds_is_vacant_where_the_area_is_kept(shown: Shown) -> None:
    area = make.small_area()
    make.role(area.pcns[0], make.role_type("Manager"), title="PCN Manager")
    assert "Vacant" in section(shown(area.pcns[0]), "Roles and who holds them")


def test_role_that_nobody_holds_is_not_recorded_where_nobody_keeps_the_area(shown: Shown) -> None:
    pcn = make.organisation(Kind.PCN)
    make.role(pcn, make.role_type("Manager"))
    roles = section(shown(pcn), "Roles and who holds them")
    assert "Leadership not recorded" in roles
    assert "Not recorded" in roles
    assert "Vacant" not in roles


def test_holder_is_shown_on_the_last_day_and_not_on_the_day_after(shown: Shown) -> None:
    area = make.small_area()
    role = make.role(area.pcns[0], make.role_type("Manager"))
    make.appointment(make.person("Amina Yusuf"), role, period=NORMAL)
    last = section(shown(area.pcns[0], LAST_DAY), "Roles and who holds them")
    after = shown(area.pcns[0], AFTER_NORMAL)
    assert "Amina Yusuf" in last
    assert "Amina Yusuf" not in section(after, "Roles and who holds them")
    assert "Amina Yusuf" in section(after, "How it stood before")


def test_roles_of_its_own_stand_before_those_of_groups_that_it_hosts(shown: Shown) -> None:
    area = make.small_area()
    chair = make.role(area.lmc, make.role_type("Chair"), title="Chair of the group")
    add_group_role(by=None, why="test", group=area.group, role=chair)
    roles = section(shown(area.lmc), "Roles and who holds them")
    assert roles.index("LMC Chair") < roles.index("Chair of the group")


def test_of_many_holders_a_few_are_named_first_and_the_others_counted(shown: Shown) -> None:
    area = make.small_area()
    member = make.role(area.lmc, make.role_type("Committee member"), title="A committee member")
    for number in range(6):
        make.appointment(make.person(f"Sam Member{number}"), member)
    html = shown(area.lmc)
    key_facts, _, _ = html.partition('<section class="reg-section"')
    assert "Sam Member3" in key_facts
    assert "Sam Member4" not in key_facts
    assert "and 2 more" in key_facts
    assert "Sam Member5" in section(html, "Roles and who holds them")


def test_who_is_to_come_into_a_vacant_role_is_named(shown: Shown) -> None:
    area = make.small_area()
    role = make.role(area.pcns[0], make.role_type("Manager"))
    make.appointment(make.person("Amina Yusuf"), role, period=ADJACENT_LATER)
    assert "To come: <a" in section(shown(area.pcns[0], LAST_DAY), "Roles and who holds them")


def test_roles_of_all_that_lies_inside_are_counted_with_a_way_to_them(shown: Shown) -> None:
    area = make.small_area()
    make.role(area.pcns[0], make.role_type("Manager"))
    roles = section(shown(area.icb), "Roles and who holds them")
    assert f'<a href="/roles?within={area.icb.slug}&amp;as_at=2021-04-01">4 roles</a>, 3 of them held' in roles


def test_contact_details_and_notes_of_holders_are_not_on_the_page(shown: Shown) -> None:
    area = make.small_area()
    person = make.person("Amina Yusuf", work_email="amina@example.org", registration_number="7654321", note="Secret")
    make.appointment(person, make.role(area.pcns[0], make.role_type("Manager")), note="Also secret")
    html = shown(area.pcns[0])
    for hidden in ("amina@example.org", "7654321", "Secret", "Also secret"):
        assert hidden not in html


# --- its groups


def test_groups_that_it_hosts_and_that_cover_it_are_listed(shown: Shown) -> None:
    area = make.small_area()
    assert "hosted here, for Norwich Place" in section(shown(area.lmc), "Groups")
    assert "hosted by Norwich LMC" in section(shown(area.place), "Groups")


def test_seats_held_by_virtue_of_its_roles_are_listed(shown: Shown) -> None:
    area = make.small_area()
    groups = section(shown(area.pcns[0]), "Groups")
    assert area.group.name in groups
    assert area.directors[0].person.name in groups
    assert area.directors[1].person.name not in groups


# --- where it stands


def test_the_way_from_the_region_down_to_a_practice() -> None:
    region, icb, sub, pcn, practice, lmc = (
        make.organisation(kind) for kind in (Kind.REGION, Kind.ICB, Kind.SUB_ICB, Kind.PCN, Kind.PRACTICE, Kind.LMC)
    )
    make.link(icb, LinkKind.PART_OF, region)
    make.link(sub, LinkKind.PART_OF, icb)
    make.link(pcn, LinkKind.PART_OF, sub)
    make.link(practice, LinkKind.PART_OF, sub)
    make.link(practice, LinkKind.CORE_PARTNER_OF, pcn)
    make.link(lmc, LinkKind.COVERS, icb)
    found = place(
        practice,
        standing.containing(organisation=practice.pk, date=FIRST_DAY),
        standing.links_of(organisation=practice.pk, date=FIRST_DAY),
    )
    assert [step.organisations for step in found.way] == [[region], [icb], [sub], [pcn]]
    assert found.others == [lmc]
    assert standing.containing(organisation=practice.pk, date=BEFORE_NORMAL) == []


def test_practices_of_a_network_are_those_of_the_day(shown: Shown) -> None:
    pcn, gone, here = make.organisation(Kind.PCN), make.organisation(name="Gone"), make.organisation(name="Here")
    make.link(gone, LinkKind.CORE_PARTNER_OF, pcn, period=ADJACENT_EARLIER)
    make.link(here, LinkKind.CORE_PARTNER_OF, pcn, period=NORMAL)
    html = shown(pcn, LAST_DAY)
    assert "Here" in section(html, "Its practices")
    assert "Gone" not in section(html, "Its practices")
    before = section(html, "How it stood before")
    assert "Gone" in before
    assert "its core partner" in before


def test_what_has_closed_belongs_to_nothing_even_if_its_link_was_not_ended(shown: Shown) -> None:
    lmc = make.organisation(Kind.LMC)
    make.link(lmc, LinkKind.COVERS, make.organisation(Kind.PCT, name="Closed PCT", period=ADJACENT_EARLIER))
    make.link(lmc, LinkKind.COVERS, make.organisation(Kind.PLACE, name="Open Place"))
    covered = section(shown(lmc), "What it covers")
    assert "Open Place" in covered
    assert "Closed PCT" not in covered


def test_network_without_an_accountable_director_is_vacant_in_its_place(shown: Shown) -> None:
    area = make.small_area()
    headless = make.organisation(Kind.PCN, name="Headless PCN")
    make.link(headless, LinkKind.PART_OF, area.place)
    members = section(shown(area.place), "What belongs to it")
    assert area.directors[0].person.name in members
    assert members.count("Vacant") == 1


def test_links_that_begin_later_are_still_to_come(shown: Shown) -> None:
    practice, pcn = make.organisation(), make.organisation(Kind.PCN, name="Next PCN")
    make.link(practice, LinkKind.CORE_PARTNER_OF, pcn, period=LATER)
    assert "Next PCN" in section(shown(practice), "Its place among the others")


def test_what_lies_inside_is_counted_by_kind_with_a_way_to_each_list(shown: Shown) -> None:
    area = make.small_area()
    inside = section(shown(area.icb), "Its place among the others")
    assert f'href="/organisations?within={area.icb.slug}&amp;kind=practice&amp;as_at=2021-04-01"' in inside
    assert "4 general practices" in inside
    assert "1 place" in inside


def test_long_parts_of_the_page_come_fifty_at_a_time(shown: Shown) -> None:
    sub = make.organisation(Kind.SUB_ICB)
    for number in range(51):
        make.link(make.organisation(name=f"Surgery {number:02}"), LinkKind.PART_OF, sub)
    first = section(shown(sub), "What belongs to it")
    assert "Surgery 49" in first
    assert "Surgery 50" not in first
    assert 'members=2#members"' in first
    assert "Surgery 50" in section(shown(sub, members="2"), "What belongs to it")


def test_a_page_of_a_part_that_is_not_there_is_refused(client: Client) -> None:
    answer = client.get(make.organisation().get_absolute_url(), {"members": "7"})
    assert answer.status_code == 400
    assert "There is 1 page." in answer.content.decode()


# --- one code, one after the other


def ccg_and_location() -> tuple[Organisation, Organisation]:
    ccg = make.organisation(Kind.CCG, name="Norwich CCG", ods_code="26A", period=ADJACENT_EARLIER)
    location = make.organisation(Kind.SUB_ICB, name="Norwich location", ods_code="26A")
    actions.record_succession(by=None, why="test", predecessor=ccg, successor=location, on=FIRST_DAY)
    return ccg, location


def test_two_that_share_a_code_point_to_one_another(shown: Shown) -> None:
    ccg, location = ccg_and_location()
    assert f'The code 26A was borne until 31 March 2021 by <a href="/organisations/{ccg.slug}' in shown(location)
    assert f'The code 26A is borne since 1 April 2021 by <a href="/organisations/{location.slug}' in shown(ccg)
    assert f'The code 26A will be borne from 1 April 2021 by <a href="/organisations/{location.slug}' in shown(
        ccg, BEFORE_NORMAL
    )


def test_two_that_share_a_code_on_one_day_say_so() -> None:
    one = make.organisation(Kind.ICB, ods_code="QMM")
    other = make.organisation(Kind.OTHER, ods_code="QMM")
    assert code_sentence(one, other, FIRST_DAY) == "The code QMM is shared, since 1 April 2021, by"


def test_predecessors_and_successors_stand_in_a_picture_and_a_table(shown: Shown) -> None:
    ccg, location = ccg_and_location()
    before = section(shown(location), "Its place among the others")
    assert before.count("Norwich CCG") == 2
    assert "until 31 March 2021" in before
    assert "from 1 April 2021" in section(shown(ccg, BEFORE_NORMAL), "Its place among the others")


def test_all_of_many_predecessors_are_in_a_table_by_fifty(shown: Shown) -> None:
    board = make.organisation(Kind.ICB, name="Merged board")
    for number in range(60):
        trust = make.organisation(Kind.PCT, name=f"Trust {number:02}", period=ADJACENT_EARLIER)
        actions.record_succession(by=None, why="test", predecessor=trust, successor=board, on=FIRST_DAY)
    first = section(shown(board), "Its place among the others")
    assert '<a class="reg-tree__box" href="#successions"><span>and 48 more</span>' in first
    assert 'id="successions"' in first
    assert "Trust 49</a>" in first
    assert "Trust 50</a>" not in first
    assert "took over from" in first
    assert "Trust 59</a>" in section(shown(board, successions="2"), "Its place among the others")


def test_few_predecessors_need_no_table_beside_the_picture(shown: Shown) -> None:
    _, location = ccg_and_location()
    assert 'id="successions"' not in shown(location)


# --- open and closed


def test_page_of_a_closed_organisation_says_so_and_leads_to_a_day_on_which_it_was_open(shown: Shown) -> None:
    ccg, _ = ccg_and_location()
    html = shown(ccg)
    assert "Not open on 1 April 2021: its last day was 31 March 2021." in html
    assert f'href="/organisations/{ccg.slug}?as_at=2021-03-31"' in html
    assert "Leadership not recorded" not in html


def test_page_of_an_organisation_that_is_not_open_yet_says_so(shown: Shown) -> None:
    icb = make.organisation(Kind.ICB, period=LATER)
    assert "Not open yet on 1 April 2021. It opens on 1 April 2025." in shown(icb)


@pytest.mark.parametrize(
    ("period", "on", "said"),
    [
        (NORMAL, FIRST_DAY, ""),
        (NORMAL, LAST_DAY, ""),
        (NORMAL, AFTER_NORMAL, "Not open on 1 April 2024: its last day was 31 March 2024."),
        (NORMAL, BEFORE_NORMAL, "Not open yet on 31 March 2021. It opens on 1 April 2021."),
        ((month("2025-04"), None), FIRST_DAY, "Not open yet on 1 April 2021. It opens in April 2025."),
        (
            (known_by("2025-04-01"), None),
            FIRST_DAY,
            "It is first recorded on 1 April 2025; the register does not know since when it was open.",
        ),
        (
            (day("2013-04-01"), known_by("2018-06-01")),
            FIRST_DAY,
            "Not open on 1 April 2021: it closed by 1 June 2018.",
        ),
        ((day("2013-04-01"), month("2018-06")), FIRST_DAY, "Not open on 1 April 2021: it closed in June 2018."),
        (
            (day("2013-04-01"), gone_by("2018-06-01")),
            FIRST_DAY,
            "Closed by 1 April 2021, on a day that is not recorded.",
        ),
    ],
)
def test_how_it_stood_on_a_day_in_a_sentence(period: tuple, on: datetime.date, said: str) -> None:
    assert standing_sentence(make.organisation(period=period), on) == said


def test_one_first_recorded_later_is_not_said_to_be_unopened() -> None:
    assert standing_tag(make.organisation(period=(known_by("2025-04-01"), None)), FIRST_DAY) == "Not recorded yet"
    assert standing_tag(make.organisation(period=LATER), FIRST_DAY) == "Not open yet"


# --- facts


def test_published_facts_say_of_which_day_they_are_and_what_an_editor_changed(shown: Shown) -> None:
    practice = make.organisation(
        name="Mill Surgery",
        telephone="01603 000000",
        source=actions.add_source(by=None, why="test", title="epraccur, February 2026"),
    )
    practice.published = {"name": "THE MILL SURGERY", "written": "The Mill Surgery", "as_of": "2026-02-28"}
    with change(by=None, why="test"):
        practice.save()
    facts = section(shown(practice), "Facts and where they come from")
    assert "As published on 28 February 2026" in facts
    assert "epraccur, February 2026" in facts
    assert "published as “THE MILL SURGERY”" in facts
    assert "01603 000000" in facts


def test_what_is_invented_is_marked_so(shown: Shown) -> None:
    assert "Invented" in shown(make.organisation(invented=True))
    assert "Invented" not in shown(make.organisation())


@pytest.mark.parametrize(
    ("kind", "number", "said"),
    [
        (Kind.PRACTICE, 1, "1 general practice"),
        (Kind.PRACTICE, 1285, "1,285 general practices"),
        (Kind.FEDERATION, 2, "2 GP federations"),
        (Kind.TRUST, 2, "2 NHS trusts or foundation trusts"),
        (Kind.LOCAL_AUTHORITY, 3, "3 local authorities"),
        (Kind.SUB_ICB, 2, "2 sub-ICB locations"),
    ],
)
def test_kinds_are_counted_in_words(kind: Kind, number: int, said: str) -> None:
    assert kind_counted(kind, number) == said


# --- the page as a whole


def test_unknown_organisation_is_not_found(client: Client) -> None:
    assert client.get("/organisations/no-such").status_code == 404


def test_a_large_organisation_costs_no_more_queries_than_a_small_one(
    client: Client, django_assert_max_num_queries: Callable[..., object]
) -> None:
    area = make.small_area()
    with django_assert_max_num_queries(30) as small:
        client.get(area.place.get_absolute_url())
    manager = make.role_type("Manager")
    for number in range(60):
        pcn = make.organisation(Kind.PCN, sector=Sector.GENERAL_PRACTICE)
        make.link(pcn, LinkKind.PART_OF, area.place)
        make.appointment(make.person(), make.role(pcn, area.director))
        make.appointment(make.person(), make.role(area.place, manager, title=f"Manager {number}"))
        make.link(make.organisation(), LinkKind.PART_OF, area.place, period=EARLIER)
    with django_assert_max_num_queries(30) as large:
        client.get(area.place.get_absolute_url())
    # A page of nothing is not asked for: what is new here is one query for each list that was empty.
    assert len(large) <= len(small) + 6


def test_the_page_is_sound_in_a_browser(site: str, page: Page) -> None:
    area = make.small_area()
    ccg, _ = ccg_and_location()
    make.role(area.pcns[0], make.role_type("Manager"))
    for organisation in (area.icb, area.pcns[0], area.practices[0], area.lmc, ccg):
        assert_page_is_sound(page, site + organisation.get_absolute_url())
    assert_page_is_sound(page, f"{site}/organisations?within={area.icb.slug}")
