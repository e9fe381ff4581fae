"""The list of roles and the page of one: its remit, who holds it, the gaps between holders, who pays."""

import datetime
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from playwright.sync_api import Page

from ics_leadership.periods import PartialDate
from memberships import posts
from memberships.actions import Funding
from memberships.models import HowAppointed
from memberships.presenters.posts import post
from memberships.presenters.roles import Gap, gaps, remit_versions
from organisations.models import KeptArea, Kind, Organisation
from roles import actions
from roles.models import ActsFor, FundingKind, OpenTo, Part, Role
from tests import factories as make
from tests.browser import assert_page_is_sound
from tests.periods import (
    ADJACENT_LATER,
    AFTER_NORMAL,
    ALWAYS,
    BEFORE_NORMAL,
    FIRST_DAY,
    LAST_DAY,
    MID_NORMAL,
    NORMAL,
    OPEN_ENDED,
    WITHIN,
    day,
    gone_by,
    known_by,
    month,
    year,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept() -> Organisation:
    """An ICB whose area is kept."""
    icb = make.organisation(Kind.ICB, name="Norwich ICB", period=ALWAYS)
    make.keep_area(icb, make.organisation(Kind.LMC, period=ALWAYS), period=ALWAYS)
    return icb


def lead(organisation: Organisation, **facts: object) -> Role:
    usual = {"title": "System Clinical Lead", "period": OPEN_ENDED}
    return make.role(organisation, make.role_type("Lead", acts_for=ActsFor.SYSTEM), **usual | facts)


def shown(client: Client, role: Role, date: datetime.date = MID_NORMAL) -> str:
    """The page of a role on a day, as HTML with its white space closed up."""
    answer = client.get(role.get_absolute_url(), {"as_at": date.isoformat()})
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def section(html: str, heading: str) -> str:
    _, _, rest = html.partition(f">{heading}</h2>")
    return rest.partition("<h2")[0]


def listed(client: Client, **query: str) -> list[str]:
    """The titles of the roles on the list's first page, in its order, as at the first day of `NORMAL`."""
    answer = client.get("/roles", {"as_at": FIRST_DAY.isoformat(), **query})
    assert answer.status_code == 200, answer.content.decode()
    return [row.post.title for row in answer.context["rows"]]


# --- the list


def test_roles_are_narrowed_by_type_sides_pathway_and_area(client: Client, kept: Organisation) -> None:
    urgent, planned = make.pathway("Urgent care"), make.pathway("Planned care")
    lead(kept, title="Urgent lead", pathway=urgent, open_to=OpenTo.GPS)
    elsewhere = make.organisation(Kind.ICB)
    make.role(elsewhere, make.role_type("Chair", acts_for=ActsFor.GENERAL_PRACTICE), title="Chair", pathway=planned)
    assert listed(client) == ["Chair", "Urgent lead"]
    assert listed(client, ordering="-title") == ["Urgent lead", "Chair"]
    for name, value in (
        ("role_type", "lead"),
        ("acts_for", "system"),
        ("open_to", "gps"),
        ("pathway", "urgent-care"),
        ("within", kept.slug),
        ("q", "urgnt lead"),
    ):
        assert listed(client, **{name: value}) == ["Urgent lead"], name


def test_side_and_pathway_are_those_of_the_remit_in_force_on_the_day(client: Client, kept: Organisation) -> None:
    role = lead(kept, title="Lead", period=(day("2015-04-01"), None), pathway=make.pathway())
    actions.new_remit_version(
        by=None, why="test", role=role, start=day("2021-04-01"), acts_for=ActsFor.COMMISSIONER, open_to=OpenTo.ANYONE
    )
    assert listed(client, acts_for="commissioner") == ["Lead"]
    assert listed(client, acts_for="system") == []
    assert listed(client, acts_for="system", pathway="urgent-care", as_at=BEFORE_NORMAL.isoformat()) == ["Lead"]


def test_held_vacant_and_not_recorded_share_out_the_roles_of_a_day(client: Client, kept: Organisation) -> None:
    make.appointment(make.person(), lead(kept, title="Held"), period=NORMAL)
    make.role(kept, make.role_type("Deputy"), title="Empty")
    make.role(make.organisation(Kind.ICB), make.role_type("Stranger"), title="Unknown")
    assert listed(client, held="held") == ["Held"]
    assert listed(client, held="vacant") == ["Empty"]
    assert listed(client, held="not_recorded") == ["Unknown"]
    assert listed(client, held="vacant", as_at=AFTER_NORMAL.isoformat()) == ["Empty", "Held"]


def test_list_says_vacant_and_not_recorded_in_their_places(client: Client, kept: Organisation) -> None:
    lead(kept, title="Empty")
    make.role(make.organisation(Kind.ICB), make.role_type("Stranger"), title="Unknown")
    empty, unknown = client.get("/roles").context["rows"]
    assert empty.post.is_vacant
    assert not unknown.post.is_vacant


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("acts_for=patients", "general_practice, own_organisation, system, commissioner and public_health"),
        ("role_type=wizard", "lead"),
        ("pathway=moon", "urgent-care"),
        ("held=maybe", "held, vacant and not_recorded"),
    ],
)
def test_a_filter_that_is_none_is_refused_and_told_what_would_do(
    client: Client, kept: Organisation, query: str, named: str
) -> None:
    lead(kept, pathway=make.pathway())
    answer = client.get(f"/roles?{query}")
    assert answer.status_code == 400
    assert named in answer.content.decode()


def test_a_full_list_costs_no_more_queries_than_a_short_one(
    client: Client, kept: Organisation, django_assert_num_queries: Callable[..., object]
) -> None:
    kind = make.role_type("Lead")
    for wanted in (5, 100):
        while Role.objects.count() < wanted:
            make.appointment(make.person(), make.role(make.organisation(), kind))
        with django_assert_num_queries(6):
            client.get("/roles")


# --- who holds it


def test_job_share_stands_side_by_side_with_how_each_came_to_it_and_who_pays(
    client: Client, kept: Organisation
) -> None:
    core = make.funding_source(FundingKind.ICB_CORE)
    practice = make.organisation(name="Mill Surgery")
    role = lead(kept)
    make.appointment(
        make.person("Amina Yusuf"),
        role,
        how=HowAppointed.ELECTED,
        made_by=kept,
        employer=practice,
        funding=[Funding(core, kept, Decimal("2.50"), Decimal(25000))],
    )
    make.appointment(
        make.person("Beth Osei"),
        role,
        how=HowAppointed.INTERIM,
        made_by=kept,
        funding=[Funding(make.funding_source(FundingKind.UNPAID))],
    )
    html = shown(client, role)
    holders = section(html, "Who holds it")
    for said in ("Amina Yusuf", "Elected by", "Mill Surgery", "ICB core, paid by", "2.5 sessions a week"):
        assert said in holders
    for said in ("Beth Osei", "Interim, made by", "Unpaid"):
        assert said in holders
    assert "25000" not in html
    assert "25,000" not in html
    assert "Shared by" in html


def test_role_is_vacant_on_the_day_after_its_holder_left(client: Client, kept: Organisation) -> None:
    role = lead(kept)
    make.appointment(make.person("Amina Yusuf"), role, period=NORMAL)
    assert "Amina Yusuf" in section(shown(client, role, LAST_DAY), "Who holds it")
    after = section(shown(client, role, AFTER_NORMAL), "Who holds it")
    assert "Amina Yusuf" not in after
    assert "Vacant" in after


def test_role_nobody_is_recorded_in_is_not_called_vacant_where_nobody_keeps_the_area(client: Client) -> None:
    holders = section(shown(client, lead(make.organisation(Kind.ICB))), "Who holds it")
    assert "Not recorded" in holders
    assert "Vacant" not in holders


def test_who_is_to_come_is_named(client: Client, kept: Organisation) -> None:
    role = lead(kept)
    make.appointment(make.person("Amina Yusuf"), role, period=ADJACENT_LATER)
    assert "Amina Yusuf" in section(shown(client, role), "Who holds it").partition("To come")[2]


def test_role_is_not_called_vacant_before_a_holder_known_only_by_some_day(client: Client, kept: Organisation) -> None:
    role = lead(kept)
    make.appointment(make.person("Amina Yusuf"), role, period=(known_by("2022-10-01"), None))
    html = shown(client, role)
    assert "Vacant" not in html
    assert "by 1 October 2022" in section(html, "Who holds it").partition("To come")[2]
    assert "not yet begun" not in html
    [listed] = posts.posts_of(organisation=kept.pk, date=MID_NORMAL)
    assert not post(listed, MID_NORMAL, kept=True).is_vacant
    make.appointment(make.person("Beth Osei"), role, period=(day("2022-09-01"), None))
    [listed] = posts.posts_of(organisation=kept.pk, date=MID_NORMAL)
    assert post(listed, MID_NORMAL, kept=True).is_vacant
    assert "Vacant" in section(shown(client, role), "Who holds it")


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (day("2025-04-01"), "This role does not exist yet on 1 July 2022. It begins on 1 April 2025."),
        (month("2025-04"), "This role does not exist yet on 1 July 2022. It begins in April 2025."),
        (year(2025), "This role does not exist yet on 1 July 2022. It begins in 2025."),
        (
            known_by("2025-04-01"),
            "This role is first recorded on 1 April 2025; the register does not know since when it existed.",
        ),
    ],
)
def test_role_of_later_days_says_when_it_begins_as_exactly_as_it_is_known(
    client: Client, kept: Organisation, start: PartialDate, said: str
) -> None:
    assert said in shown(client, lead(kept, period=(start, None)))


def test_seats_by_virtue_of_the_role_and_its_group_are_named(client: Client) -> None:
    area = make.small_area()
    html = shown(client, area.chair.role)
    assert area.group.name in section(html, "Who holds it")


def test_role_that_has_ended_says_so_and_its_days_tell_whether_the_area_was_kept(
    client: Client, kept: Organisation
) -> None:
    role = lead(kept, period=NORMAL)
    make.appointment(make.person(), role, period=WITHIN)
    html = shown(client, role, AFTER_NORMAL)
    assert "This role had ended by 1 April 2024. It existed from 1 April 2021 to 31 March 2024." in html
    assert f'href="{role.get_absolute_url()}?as_at=2024-03-31"' in html
    assert section(html, "Holders over time").count("Vacant") > 1


def test_private_facts_of_holders_are_not_on_the_page(client: Client, kept: Organisation) -> None:
    role = lead(kept)
    person = make.person("Amina Yusuf", work_email="amina@example.org", registration_number="7654321", note="Secret")
    make.appointment(person, role, note="Also secret")
    html = shown(client, role)
    for hidden in ("amina@example.org", "7654321", "Secret", "Also secret"):
        assert hidden not in html


def test_unknown_role_is_not_found(client: Client) -> None:
    assert client.get("/roles/no-such").status_code == 404


# --- the gaps between holders


def held(role: Role, *periods: tuple) -> None:
    for period in periods:
        make.appointment(make.person(), role, period=period)


def gaps_of(role: Role, on: datetime.date = AFTER_NORMAL) -> list[tuple[str, str | None, bool]]:
    found = gaps(role, posts.holders_of(role), list(KeptArea.objects.all()), on)
    return [(str(gap.start), gap.end and str(gap.end), gap.vacant) for gap in found]


def test_days_between_two_holders_are_a_gap(kept: Organisation) -> None:
    role = lead(kept)
    held(role, (day("2021-04-01"), day("2021-12-31")), (day("2022-02-01"), None))
    assert gaps_of(role) == [("2022-01-01", "2022-01-31", True)]


def test_holders_who_follow_or_overlap_each_other_leave_no_gap(kept: Organisation) -> None:
    role = lead(kept)
    held(role, (day("2021-04-01"), day("2022-06-30")), (day("2022-07-01"), None), (year(2021), year(2022)))
    assert gaps_of(role) == []


def test_gap_that_goes_on_has_no_end_and_one_before_a_planned_holder_has(kept: Organisation) -> None:
    role = lead(kept)
    held(role, NORMAL)
    assert gaps_of(role) == [("2024-04-01", None, True)]
    held(role, (day("2024-06-01"), None))
    assert gaps_of(role) == [("2024-04-01", "2024-05-31", True)]


def test_gap_ends_with_the_role(kept: Organisation) -> None:
    role = lead(kept, period=NORMAL)
    held(role, WITHIN)
    assert gaps_of(role) == [("2021-04-01", "2022-03-31", True), ("2022-10-01", "2024-03-31", True)]


def test_role_that_was_never_held_is_one_gap(kept: Organisation) -> None:
    assert gaps_of(lead(kept)) == [("2021-04-01", None, True)]
    assert gaps_of(lead(kept, title="To come"), BEFORE_NORMAL) == []


def test_role_that_exists_nobody_knows_since_when_is_vacant_only_after_its_first_holder(kept: Organisation) -> None:
    role = lead(kept, period=ALWAYS)
    assert gaps_of(role) == []
    held(role, (day("2021-04-01"), gone_by("2022-04-01")))
    assert gaps_of(role) == [("2022-04-01", None, True)]


def test_gap_is_vacant_only_for_the_days_on_which_the_area_was_kept() -> None:
    icb = make.organisation(Kind.ICB)
    make.keep_area(icb, make.organisation(Kind.LMC), period=WITHIN)
    assert gaps_of(lead(icb)) == [
        ("2021-04-01", "2022-03-31", False),
        ("2022-04-01", "2022-09-30", True),
        ("2022-10-01", None, False),
    ]


def test_days_before_a_holder_known_only_by_some_day_are_not_called_vacant(kept: Organisation) -> None:
    role = lead(kept)
    held(role, (known_by("2022-10-01"), day("2022-12-31")), (day("2023-03-01"), None))
    assert gaps_of(role) == [("2021-04-01", "2022-09-30", False), ("2023-01-01", "2023-02-28", True)]


def test_gap_in_words() -> None:
    gap = Gap(datetime.date(2022, 1, 1), datetime.date(2022, 1, 31), vacant=True)
    assert (gap.label, gap.when) == ("Vacant", "from 1 January 2022 to 31 January 2022")
    gap = Gap(datetime.date(2022, 1, 1), None, vacant=False)
    assert (gap.label, gap.when) == ("Not recorded", "since 1 January 2022")


# --- its remit


def test_versions_of_the_remit_say_what_each_changed(client: Client, kept: Organisation) -> None:
    workforce, dental, estates = (make.function(name) for name in ("Workforce", "Dental commissioning", "Estates"))
    role = lead(kept, summary="At first.", functions={workforce: Part.LEADS, dental: Part.SHARES}, open_to=OpenTo.GPS)
    actions.new_remit_version(
        by=None,
        why="test",
        role=role,
        start=day("2022-07-01"),
        summary="Later.",
        acts_for=ActsFor.COMMISSIONER,
        pathway=make.pathway(),
        functions={workforce: Part.CONTRIBUTES, estates: Part.LEADS},
    )
    newer, older = remit_versions(posts.remits_of(role), MID_NORMAL)
    assert newer.in_force
    assert not older.in_force
    assert list(newer.changes) == [
        "It acts for the commissioner; before, it acted for the system.",
        "It is open to: Any clinician. Before: GPs only.",
        "Its pathway is Urgent care; before, none.",
        "Taken on: Estates (leads).",
        "Given up: Dental commissioning.",
        "Workforce: contributes; before, leads.",
        "Its description was written anew.",
    ]
    remit = section(shown(client, role), "What it is responsible for")
    assert remit.index("Later.") < remit.index("Remit from 1 April 2021 to 30 June 2022") < remit.index("At first.")
    before = section(shown(client, role, FIRST_DAY), "What it is responsible for")
    assert before.index("At first.") < before.index("Later.")


# --- the page as a whole


def test_the_page_costs_the_same_for_one_holder_and_for_many(
    client: Client, kept: Organisation, django_assert_max_num_queries: Callable[..., object]
) -> None:
    role = lead(kept)
    for _ in range(60):
        make.appointment(make.person(), role)
    with django_assert_max_num_queries(16):
        html = shown(client, role)
    assert 'in_post=2#in_post"' in html
    assert 'holders=2#holders"' in html


def test_the_pages_are_sound_in_a_browser(site: str, page: Page, kept: Organisation) -> None:
    role = lead(kept, functions={make.function(): Part.LEADS})
    held(role, (year(2021), day("2022-12-31")), (day("2024-01-01"), None), (day("2024-01-01"), None))
    actions.new_remit_version(by=None, why="test", role=role, start=day("2023-04-01"), summary="Later.")
    assert_page_is_sound(page, site + role.get_absolute_url())
    assert_page_is_sound(page, site + lead(kept, title="Empty").get_absolute_url())
    assert_page_is_sound(page, f"{site}/roles?held=vacant&within={kept.slug}")
