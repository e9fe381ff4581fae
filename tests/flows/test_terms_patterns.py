"""Terms that start from a pattern: every pattern can be adopted as it stands, for a group that has what it asks for."""

import pytest
from django.test import Client

from ics_leadership.periods import today
from memberships.forms.terms_patterns import beginning
from memberships.models import Category, Condition, Eligibility, Group, GroupKind, Seat, Terms
from memberships.patterns import PATTERNS, ROLE_TYPES, Pattern
from memberships.places import places_of
from memberships.presenters.terms import open_for_words
from organisations.models import Kind, LinkKind
from roles.models import RoleType
from tests import factories
from tests.factories import SmallArea
from tests.flows.sending import confirmed, fields_of, sent

pytestmark = pytest.mark.django_db


def new_group(area: SmallArea, kind: GroupKind = GroupKind.GP_LEADERSHIP_GROUP, **facts: object) -> Group:
    return factories.group(area.lmc, kind=kind, **{"name": "New group", "covers": area.place} | facts)


def adopted(client: Client, group: Group, pattern: str) -> Terms:
    """The terms of a group that adopts a pattern without changing anything."""
    address = f"/groups/{group.slug}/terms/new?from={pattern}"
    check = sent(client, address, start="1 April 2026", why="First terms of reference")
    confirmed(client, check)
    return Terms.objects.get(group=group)


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS)
def test_clauses_seats_and_conditions_of_a_pattern_name_each_other(pattern: Pattern):
    numbers = [number for number, _, _ in pattern.clauses]
    titles = [seat.title for seat in pattern.seats]
    assert len(set(numbers)) == len(numbers)
    assert len(set(titles)) == len(titles)
    assert {seat.clause for seat in pattern.seats} | {each.clause for each in pattern.conditions} <= set(numbers)
    assert {each.seat for each in pattern.conditions if each.seat} <= set(titles)
    assert all(type in ROLE_TYPES.values() for type in pattern.needs)


@pytest.mark.parametrize("key", PATTERNS)
def test_every_pattern_is_adopted_as_it_stands(editor_client: Client, area: SmallArea, key: str):
    pattern = PATTERNS[key]
    terms = adopted(editor_client, new_group(area, pattern.kind), key)
    assert terms.clauses.count() == len(pattern.clauses)
    assert {seat.title for seat in terms.seats.all()} == {seat.title for seat in pattern.seats}
    assert terms.eligibilities.count() == len(pattern.conditions)
    assert all(seat.clause for seat in terms.seats.all())


def test_a_leadership_group_keeps_off_whom_the_board_of_its_area_employs(editor_client: Client, area: SmallArea):
    terms = adopted(editor_client, new_group(area), "gp-leadership-group")
    condition = Eligibility.objects.get(terms=terms, condition=Condition.NOT_ENGAGED_BY)
    assert (condition.organisation, condition.clause.number) == (area.icb, "2.4")
    networks = Seat.objects.get(terms=terms, title="Primary care network")
    assert open_for_words(places_of(networks, today()).open_for) == "East Norwich PCN and West Norwich PCN"


def test_types_of_role_that_the_register_lacks_are_made_once_and_said_before(editor_client: Client, area: SmallArea):
    director = factories.role_type("PCN Clinical Director", plural="Network directors")
    group = new_group(area, GroupKind.PCN_DIRECTORS_FORUM)
    before = set(RoleType.objects.values_list("name", flat=True))
    address = f"/groups/{group.slug}/terms/new?from=pcn-clinical-directors-forum"
    check = sent(editor_client, address, start="1 April 2026", why="First terms of reference")
    assert "PCN Manager, acts for general practice" in check.content.decode()
    confirmed(editor_client, check)
    assert set(RoleType.objects.values_list("name", flat=True)) - before == {"PCN Manager"}
    terms = Terms.objects.get(group=group)
    assert terms.seats.get(title="Clinical director").role_type == director, "what is there is taken, by its name"


def test_a_seat_may_be_for_a_kind_of_organisation_instead_of_a_new_type(editor_client: Client, area: SmallArea):
    group = new_group(area, GroupKind.PCN_DIRECTORS_FORUM)
    before = RoleType.objects.count()
    check = sent(
        editor_client,
        f"/groups/{group.slug}/terms/new?from=pcn-clinical-directors-forum",
        start="1 April 2026",
        seat_0_drawn_from="organisation_kind:pcn",
        seat_1_drawn_from="organisation_kind:pcn",
        seat_2_drawn_from="organisation_kind:pcn",
        why="First terms of reference",
    )
    confirmed(editor_client, check)
    assert RoleType.objects.count() == before


def test_a_committee_has_members_for_each_constituency_and_co_opted_ones(editor_client: Client, area: SmallArea):
    other = factories.organisation(Kind.PLACE, name="Yarmouth Place")
    factories.link(other, LinkKind.PART_OF, area.icb)
    group = new_group(area, GroupKind.LMC_COMMITTEE, covers=area.lmc)
    terms = adopted(editor_client_of(area), group, "lmc-committee")
    constituencies = [seat.title for seat in terms.seats.all() if seat.title.startswith("Constituency")]
    assert constituencies == ["Constituency member, Norwich Place", "Constituency member, Yarmouth Place"]
    co_opted = terms.seats.get(title="Co-opted member")
    assert (co_opted.category, co_opted.voting) == (Category.CORE, False)
    assert co_opted.eligibilities.get().months == 12


def editor_client_of(area: SmallArea) -> Client:
    """An editor of the whole of the board's area."""
    client = Client()
    client.force_login(factories.editor(area.icb))
    return client


def test_patterns_are_offered_the_fitting_one_first(editor_client: Client, area: SmallArea):
    group = new_group(area, GroupKind.LMC_COMMITTEE)
    page = editor_client.get(f"/groups/{group.slug}/terms/new").content.decode()
    offered = [page.index(f"?from={key}") for key in ("lmc-committee", "gp-leadership-group", "icb-board")]
    assert offered == sorted(offered)
    later = editor_client.get(f"/groups/{area.group.slug}/terms/new?from=summit-of-nobody").content.decode()
    assert "Start from something else" in later
    chosen = editor_client.get(f"/groups/{area.group.slug}/terms/new?from=icb-board")
    assert "The pattern “ICB board”" in chosen.content.decode()
    assert f'href="/groups/{area.group.slug}/terms/new"' in chosen.content.decode(), "and back to the version in force"
    assert fields_of(chosen)["version"] == ["2.0"]


def test_members_go_over_to_the_seats_of_a_pattern_or_leave(editor_client: Client, area: SmallArea):
    address = f"/groups/{area.group.slug}/terms/new?from=gp-leadership-group"
    page = sent(editor_client, address, start="1 April 2026", why="Agreed by the group")
    assert "What becomes of those who sit" in page.content.decode()
    answers = {}
    for member in area.memberships[1:]:
        answers[f"member_{member.pk}"] = "row:1"
    check = editor_client.post(address, fields_of(page) | answers)
    assert "New types of role" in check.content.decode()
    confirmed(editor_client, check)
    terms = Terms.objects.get(group=area.group, version="2.0")
    assert terms.seats.get(title="Primary care network").memberships.count() == 2


def test_a_pattern_says_when_it_cannot_know_which_board_is_meant(editor_client: Client, area: SmallArea):
    alone = factories.organisation(Kind.LMC, name="Far LMC")
    group = factories.group(alone, name="Far group")
    client = Client()
    client.force_login(factories.editor(alone))
    answer = sent(
        client, f"/groups/{group.slug}/terms/new?from=gp-leadership-group", start="1 April 2026", why="Reviewed"
    )
    assert "Say by which organisation." in answer.content.decode()
    typed = beginning(PATTERNS["gp-leadership-group"], group, today()).typed
    assert [row.get("organisation") for row in typed["condition"]] == [None, None]
