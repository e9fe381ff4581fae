"""Lists: what they can be asked, what they answer to a question that makes no sense, and how they are paged."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client, RequestFactory
from playwright.sync_api import Page, expect

from ics_leadership.as_at import AsAt
from ics_leadership.errors import Refusal
from ics_leadership.lists import section
from ics_leadership.periods import today
from organisations.filters import OrganisationFilters, area_named
from organisations.models import Kind, LinkKind, Organisation
from tests import factories as make
from tests.browser import open_page
from tests.periods import ADJACENT_EARLIER, BEFORE_NORMAL, FIRST_DAY, LATER, NORMAL

pytestmark = pytest.mark.django_db

Filters = Callable[[str], OrganisationFilters]


@pytest.fixture
def filters(rf: RequestFactory) -> Filters:
    """The filters of the list of organisations, as asked by an address's query on the first day of `NORMAL`."""

    def ask(query: str) -> OrganisationFilters:
        request = rf.get(f"/organisations?{query}")
        request.as_at = AsAt(FIRST_DAY)  # type: ignore[attr-defined]
        return OrganisationFilters(request, Organisation.objects.all())

    return ask


def names(filters: OrganisationFilters) -> list[str]:
    return [organisation.name for organisation in filters.qs]


# --- narrowing


def test_a_list_shows_the_rows_of_the_day_unless_asked_otherwise(filters: Filters) -> None:
    make.organisation(name="Gone", period=ADJACENT_EARLIER)
    make.organisation(name="Here", period=NORMAL)
    make.organisation(name="To come", period=LATER)
    assert names(filters("")) == ["Here"]
    assert names(filters("period=current")) == ["Here"]
    assert names(filters("period=ended")) == ["Gone"]
    assert names(filters("period=upcoming")) == ["To come"]
    assert names(filters("period=all&ordering=name")) == ["Gone", "Here", "To come"]


def test_filters_narrow_together(filters: Filters) -> None:
    area = make.small_area("Norwich")
    make.small_area("Truro")
    assert names(filters(f"within={area.icb.slug}&kind=pcn&ordering=-name")) == ["West Norwich PCN", "East Norwich PCN"]
    assert names(filters(f"within={area.lmc.slug}&kind=place")) == ["Norwich Place"]


def test_an_empty_value_is_no_filter(filters: Filters) -> None:
    make.organisation(name="Any")
    assert names(filters("q=&kind=&within=&period=&status=&ordering=")) == ["Any"]


def test_a_search_puts_the_likeliest_first_unless_another_order_is_asked_for(filters: Filters) -> None:
    make.organisation(name="A Wensom Surgery")
    make.organisation(name="The Wensum Surgery")
    assert names(filters("q=wensum"))[0] == "The Wensum Surgery"
    assert names(filters("q=wensum&ordering=name"))[0] == "A Wensom Surgery"


def test_a_code_finds_those_who_bear_or_bore_it_and_nobody_whose_code_is_like_it(filters: Filters) -> None:
    make.organisation(Kind.SUB_ICB, name="A location", ods_code="26A", period=NORMAL)
    make.organisation(Kind.CCG, name="Some CCG", ods_code="26A", period=ADJACENT_EARLIER)
    make.organisation(Kind.CCG, name="Another CCG", ods_code="26B", period=ADJACENT_EARLIER)
    make.organisation(name="The 26a Surgery", ods_code="D82026", period=NORMAL)
    assert names(filters("q=26a")) == ["A location"]
    assert names(filters("q=%2026A%20&period=all")) == ["Some CCG", "A location"]
    assert names(filters("q=26a&period=all&kind=ccg")) == ["Some CCG"]
    assert names(filters("q=26a&kind=ccg")) == []


def test_a_code_in_letters_alone_finds_no_name_that_holds_them(filters: Filters) -> None:
    make.organisation(Kind.TRUST, name="Oxford Trust", ods_code="RTH")
    make.organisation(name="The Northern Surgery", ods_code="D82026")
    assert names(filters("q=rth")) == ["Oxford Trust"]
    assert names(filters("q=north")) == ["The Northern Surgery"]


def test_what_is_like_a_code_that_nobody_bore_is_looked_for_roughly(filters: Filters) -> None:
    make.organisation(name="One Surgery", ods_code="K84001")
    make.organisation(name="Two Surgery", ods_code="K84002")
    assert names(filters("q=k84003")) == ["One Surgery", "Two Surgery"]


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("kind=hospital", "practice, pcn, federation"),
        ("period=never", "current, ended, upcoming and all"),
        ("ordering=size", "name, -name"),
        ("colour=blue", "q, kind, within, period, status, ordering, as_at, known_at and page"),
        ("kind=pcn&kind=lmc", "more than one value"),
        ("within=nowhere", "no organisation of this register"),
        ("within=%00", "no organisation of this register"),
        ("q=%00", "q"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_and_told_what_would(
    filters: Filters, query: str, named: str
) -> None:
    with pytest.raises(Refusal) as refused:
        _ = filters(f"{query}&status=active").qs
    assert named in refused.value.sentence
    assert refused.value.way_on is not None
    _, address = refused.value.way_on
    assert parse_qs(urlsplit(address).query) == {"status": ["active"]}


def test_the_page_for_a_bad_filter_keeps_the_day(client: Client) -> None:
    answer = client.get("/organisations?kind=hospital&as_at=2022-06-30")
    assert answer.status_code == 400
    assert b'href="/organisations?as_at=2022-06-30"' in answer.content


# --- the area, by address or by code


def test_a_code_means_the_organisation_that_bore_it_on_the_day() -> None:
    stp = make.organisation(Kind.STP, name="Norfolk STP", ods_code="QMM", period=ADJACENT_EARLIER)
    icb = make.organisation(Kind.ICB, name="Norfolk ICB", ods_code="QMM")
    assert area_named("qmm", BEFORE_NORMAL) == stp
    assert area_named("QMM", FIRST_DAY) == icb
    assert area_named(stp.slug, FIRST_DAY) == stp


def test_a_code_that_two_bear_on_the_day_is_refused_and_both_are_named() -> None:
    make.organisation(Kind.CCG, name="Norfolk CCG", ods_code="26A")
    make.organisation(Kind.SUB_ICB, name="Norfolk location", ods_code="26A")
    with pytest.raises(Refusal) as refused:
        area_named("26A", FIRST_DAY)
    for words in ("Norfolk CCG", "Norfolk location", "ccg-26a", "sub-icb-26a"):
        assert words in refused.value.sentence


def test_a_number_means_its_organisation_unless_another_bears_it_as_a_code() -> None:
    surgery = make.organisation(name="Mill Surgery", ods_code="D82001", period=ADJACENT_EARLIER)
    assert area_named(str(surgery.pk), FIRST_DAY) == surgery
    make.organisation(Kind.LOCAL_AUTHORITY, name="Norfolk", ods_code=str(surgery.pk))
    with pytest.raises(Refusal, match=f"Mill Surgery .* and Norfolk .* have {surgery.pk} as number or code"):
        area_named(str(surgery.pk), FIRST_DAY)


def test_a_code_that_nobody_bears_on_the_day_says_who_bore_it() -> None:
    make.organisation(Kind.CCG, name="Norfolk CCG", ods_code="26A", period=ADJACENT_EARLIER)
    with pytest.raises(Refusal, match=r"Norfolk CCG .* from 1 April 2018 to 31 March 2021"):
        area_named("26A", FIRST_DAY)


def test_the_area_asked_for_is_among_the_choices_whatever_it_is(filters: Filters) -> None:
    practice = make.organisation(name="Mill Surgery", ods_code="D82001")
    make.organisation(Kind.ICB, name="Norfolk ICB")
    asked = filters("within=d82001")
    assert asked.form.fields["within"].choices == [("d82001", "Mill Surgery"), ("icb-norfolk-icb", "Norfolk ICB")]
    assert list(asked.qs) == [practice]


# --- paging


def test_fifty_rows_stand_on_a_page_and_all_are_counted(client: Client) -> None:
    for _ in range(51):
        make.organisation()
    first = client.get("/organisations")
    second = client.get("/organisations?page=2")
    assert (len(first.context["rows"]), len(second.context["rows"])) == (50, 1)
    assert "51 organisations</strong>, showing 1 to 50" in first.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "2", "x", "1.5", "²", "99999999999999999999"])
def test_a_page_that_is_not_there_is_refused_with_the_number_that_are(client: Client, page: str) -> None:
    answer = client.get("/organisations", {"page": page, "kind": "pcn"})
    assert answer.status_code == 400
    assert "There is 1 page." in answer.content.decode()
    assert b'href="/organisations?kind=pcn"' in answer.content


def test_a_part_of_a_page_is_paged_by_a_parameter_of_its_own(rf: RequestFactory) -> None:
    for _ in range(120):
        make.organisation()
    request = rf.get("/anywhere?as_at=2022-06-30&members=2")
    request.as_at = AsAt(today())  # type: ignore[attr-defined]
    members = section(request, "members", Organisation.objects.all())
    assert (members.first, members.last, members.total, len(members.rows)) == (51, 100, 120, 50)
    assert members.previous == "/anywhere?as_at=2022-06-30&members=1#members"
    assert members.next == "/anywhere?as_at=2022-06-30&members=3#members"


def test_a_short_part_of_a_page_is_not_paged(rf: RequestFactory) -> None:
    members = section(rf.get("/anywhere"), "members", Organisation.objects.all())
    assert not members.is_paged
    assert members.total == 0


# --- cost


def test_a_full_page_costs_no_more_queries_than_a_short_one(
    client: Client, django_assert_max_num_queries: Callable[..., object]
) -> None:
    place = make.organisation(Kind.PLACE)
    for _ in range(5):
        make.link(make.organisation(), LinkKind.PART_OF, place)
    with django_assert_max_num_queries(4):
        client.get("/organisations")
    for _ in range(95):
        make.link(make.organisation(), LinkKind.PART_OF, place)
    with django_assert_max_num_queries(4):
        client.get("/organisations")


# --- in a browser


def test_the_day_can_be_changed_after_filtering_without_losing_the_filter(site: str, page: Page) -> None:
    make.organisation(Kind.PCN, name="Wensum PCN")
    make.organisation(name="Wensum Surgery")
    open_page(page, site + "/organisations")
    page.get_by_label("Name or code").fill("wensum")
    page.locator(".reg-filters").get_by_role("button", name="Show").click()
    in_force = page.get_by_role("list", name="Filters in force")
    expect(in_force).to_contain_text("wensum")
    page.locator("#as-at").fill(FIRST_DAY.isoformat())
    page.locator(".reg-as-at").get_by_role("button", name="Show").click()
    expect(page.get_by_text("As at 1 April 2021").first).to_be_visible()
    expect(in_force).to_contain_text("wensum")
    assert "q=wensum" in page.url


def test_lists_work_without_scripts(site: str, page_without_scripts: Page) -> None:
    make.organisation(Kind.PCN, name="Wensum PCN")
    make.organisation(name="Wensum Surgery")
    page = page_without_scripts
    page.goto(site + "/organisations?as_at=2022-06-30")
    page.get_by_label("Kind").select_option("pcn")
    page.locator(".reg-filters").get_by_role("button", name="Show").click()
    expect(page.get_by_role("rowheader")).to_have_text(["Wensum PCN"])
    page.get_by_role("columnheader").get_by_role("link", name="Open").click()
    assert "as_at=2022-06-30" in page.url
    assert "kind=pcn" in page.url
    assert "ordering=open" in page.url
