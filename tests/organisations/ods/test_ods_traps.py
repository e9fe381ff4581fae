"""Every trap of the published data, on lines cut from the published files."""

import datetime
import itertools
from collections.abc import Iterator

import pytest
from django.db.models import Max
from pytest_django import DjangoDbBlocker

from organisations.models import Kind, Link, LinkKind, Organisation, PublishedFile, Status, Succession
from organisations.ods.report import Report
from tests.organisations.ods.published_files import EXTRACTS, bring_in, on, passing_register

LAST_DAY_OF_CCGS = on("2022-06-30")
FIRST_DAY_OF_ICBS = on("2022-07-01")


@pytest.fixture(scope="module")
def report(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Report]:
    """The outcome of importing every extract at once; the tests of this module read one register."""
    with django_db_blocker.unblock(), passing_register():
        yield bring_in(EXTRACTS)


def bearer(code: str, kind: Kind) -> Organisation:
    return Organisation.objects.get(ods_code=code, kind=kind)


def above(code: str, kind: Kind, date: datetime.date) -> set[tuple[str, str]]:
    """Codes and kinds of what an organisation is part of on a day."""
    links = Link.objects.as_at(date).filter(organisation=bearer(code, kind), kind=LinkKind.PART_OF)
    return set(links.values_list("other__ods_code", "other__kind"))


# 1. A code is not an organisation.


@pytest.mark.parametrize("code", ["10Q", "14Y", "15A", "D4U1Y", "02Q"])
def test_code_of_a_ccg_is_another_organisations_from_the_day_of_sub_icb_locations(report: Report, code: str) -> None:
    ccg, location = bearer(code, Kind.CCG), bearer(code, Kind.SUB_ICB)
    assert ccg.end_date == LAST_DAY_OF_CCGS
    assert location.start_date == FIRST_DAY_OF_ICBS
    assert Succession.objects.filter(predecessor=ccg, successor=location, on=FIRST_DAY_OF_ICBS).exists()


def test_ccg_keeps_the_opening_day_and_not_the_name_of_the_record(report: Report) -> None:
    ccg = bearer("14Y", Kind.CCG)
    assert ccg.start_date == on("2018-04-01")
    assert ccg.name == "NHS Buckinghamshire CCG"
    assert bearer("14Y", Kind.SUB_ICB).name == "NHS Buckinghamshire, Oxfordshire and Berkshire West ICB - 14Y"


def test_qu9_is_an_stp_and_then_an_icb(report: Report) -> None:
    stp, icb = bearer("QU9", Kind.STP), bearer("QU9", Kind.ICB)
    assert stp.end_date == LAST_DAY_OF_CCGS
    assert (icb.start_date, icb.end_date) == (FIRST_DAY_OF_ICBS, on("2026-03-31"))


def test_one_published_spell_under_a_code_is_two_links(report: Report) -> None:
    under = Link.objects.filter(organisation__ods_code="K84003", other__ods_code="10Q")
    assert [(link.other.kind, link.start_date, link.end_date) for link in under.order_by("period")] == [
        (Kind.CCG, on("2013-04-01"), LAST_DAY_OF_CCGS),
        (Kind.SUB_ICB, FIRST_DAY_OF_ICBS, None),
    ]


# 2. The kind comes from the file.


def test_five_characters_are_an_icb_a_sub_icb_location_or_a_trust(report: Report) -> None:
    assert bearer("S0E4D", Kind.ICB)
    assert bearer("D4U1Y", Kind.SUB_ICB)
    assert bearer("G6V2S", Kind.TRUST)


def test_hubs_and_reporting_entities_are_neither_ccgs_nor_sub_icb_locations(report: Report) -> None:
    assert list(Organisation.objects.filter(ods_code__in=["13Q", "C7X7P"]).values_list("kind", flat=True)) == [
        Kind.OTHER,
        Kind.OTHER,
    ]


# 3. Mergers and splits.


def test_what_stood_under_a_closed_icb_with_one_successor_stands_under_that(report: Report) -> None:
    assert above("10Q", Kind.SUB_ICB, on("2026-03-31")) == {("QU9", "icb")}
    assert above("10Q", Kind.SUB_ICB, on("2026-04-01")) == {("S0E4D", "icb")}
    inside = Organisation.objects.within(bearer("S0E4D", Kind.ICB), on("2026-04-01"))
    assert set(inside.filter(ods_code__in=["K84003", "U20931"]).values_list("kind", flat=True)) == {"practice", "pcn"}


def test_what_stood_under_an_icb_that_was_split_is_listed_for_an_editor(report: Report) -> None:
    assert above("D4U1Y", Kind.SUB_ICB, on("2026-03-31")) == {("QNQ", "icb")}
    assert above("D4U1Y", Kind.SUB_ICB, on("2026-04-01")) == set()
    listed = {case["code"]: case for case in report.waiting["unallocated"].cases}
    assert listed["D4U1Y"]["successors"] == ["QRL", "S0E4D", "S9B9J"]
    assert listed["D4U1Y"]["since"] == on("2026-04-01")
    assert "10Q" not in listed


def test_practice_follows_its_merged_ccg(report: Report) -> None:
    assert above("A81001", Kind.PRACTICE, on("2020-03-31")) == {("00K", "ccg")}
    assert above("A81001", Kind.PRACTICE, on("2020-04-01")) == {("16C", "ccg")}
    assert Succession.objects.filter(predecessor__ods_code="00K", successor__ods_code="16C").exists()


def test_organisation_known_only_by_its_code_is_called_by_it_and_listed(report: Report) -> None:
    new_icb = bearer("S0E4D", Kind.ICB)
    assert (new_icb.name, new_icb.start_date, new_icb.end_date) == ("S0E4D", on("2026-04-01"), None)
    assert new_icb in Organisation.objects.unnamed()
    listed = {(case["code"], case["kind"]) for case in report.waiting["known_only_by_code"].cases}
    assert {("S0E4D", "icb"), ("S9B9J", "icb"), ("D4U1Y", "ccg")} <= listed
    assert listed == set(Organisation.objects.unnamed().values_list("ods_code", "kind"))


def test_new_icb_stands_in_the_region_that_its_trusts_name(report: Report) -> None:
    assert above("S0E4D", Kind.ICB, on("2026-04-01")) == {("Y59", "region")}


def test_trust_stands_under_its_icb_from_the_day_that_both_existed(report: Report) -> None:
    assert above("RTH", Kind.TRUST, on("2026-03-31")) == set()
    assert above("RTH", Kind.TRUST, on("2026-04-01")) == {("S0E4D", "icb")}
    assert not Link.objects.filter(organisation__ods_code="RBF").exists(), "it closed in 2011"


# 4. Spells in networks.


def test_every_spell_in_a_network_is_kept_as_published(report: Report) -> None:
    spells = Link.objects.filter(kind=LinkKind.CORE_PARTNER_OF)
    assert spells.count() == len((EXTRACTS / "epcncorepartnerdetails_2025-01.csv").read_text().splitlines())
    assert all(spells.values_list("as_published", flat=True))


def test_practice_in_two_networks_on_one_day_is_kept_and_listed(report: Report) -> None:
    networks = Link.objects.as_at(on("2024-07-01")).filter(
        kind=LinkKind.CORE_PARTNER_OF, organisation__ods_code="P85004"
    )
    assert set(networks.values_list("other__ods_code", flat=True)) == {"U04503", "U17156"}
    listed = {case["code"]: case["networks"] for case in report.waiting["overlapping_spells"].cases}
    assert listed["P85004"] == ["U04503", "U17156"]
    assert {"F82001", "H84031", "K81656", "M83627", "P85004", "P85010"} <= listed.keys()
    assert "K84003" not in listed


def test_spell_of_one_day_holds_that_day(report: Report) -> None:
    spell = Link.objects.get(organisation__ods_code="H84031", other__ods_code="U84150")
    assert spell.start_date == spell.end_date == on("2024-10-01")


def test_network_stands_in_its_sub_icb_locations_area_and_before_that_in_the_ccgs(report: Report) -> None:
    assert above("U20931", Kind.PCN, on("2021-04-01")) == {("10Q", "ccg")}
    assert above("U20931", Kind.PCN, FIRST_DAY_OF_ICBS) == {("10Q", "sub_icb")}


# 5. Who is kept.


def test_only_gp_practices_of_england_are_kept_unasked(report: Report) -> None:
    kept = Organisation.objects.filter(ods_code__in=["A81001", "B81042", "W00005", "Y00296", "A91034"])
    assert set(kept.values_list("ods_code", flat=True)) == {"A81001", "B81042"}
    assert report.organisations["practice"].left_out == 2


def test_everything_that_a_kept_spell_refers_to_is_kept(report: Report) -> None:
    partners = Organisation.objects.filter(ods_code__in=["Y00313", "Y00361", "Y00848", "Y05180"])
    assert list(partners.values_list("kind", flat=True)) == [Kind.OTHER] * 4
    assert bearer("7A6", Kind.OTHER).name == "7A6"
    assert above("W93019", Kind.PRACTICE, on("2016-01-01")) == {("7A6", "other")}
    assert above("Y03584", Kind.PRACTICE, on("2014-01-01")) == {("13A", "other")}


def test_status_of_both_layouts_is_kept(report: Report) -> None:
    assert bearer("A81001", Kind.PRACTICE).status == Status.ACTIVE
    assert bearer("A81065", Kind.PRACTICE).status == Status.DORMANT
    assert bearer("A81003", Kind.PRACTICE).status == Status.INACTIVE
    assert bearer("A81069", Kind.PRACTICE).status == Status.INACTIVE


def test_active_line_with_a_closing_day_is_listed(report: Report) -> None:
    assert [case["code"] for case in report.waiting["active_with_close_date"].cases] == ["A91034", "A91115"]


# 6. An organisation that is absent from a newer file.


def test_practice_that_is_absent_from_the_newer_file_is_reported_and_not_deleted(report: Report) -> None:
    assert bearer("A81069", Kind.PRACTICE).name == "Rainbow Surgery"
    assert [case["code"] for case in report.waiting["absent"].cases] == ["A81069", "Y03134"]
    assert report.organisations["practice"].absent == 2


# 7. Names.


def test_name_is_shown_as_people_write_it_and_kept_as_published(report: Report) -> None:
    practice = bearer("A81001", Kind.PRACTICE)
    assert practice.name == "The Densham Surgery"
    assert practice.published is not None
    assert practice.published["name"] == "THE DENSHAM SURGERY"


def test_name_is_that_of_the_newest_file(report: Report) -> None:
    assert bearer("B81617", Kind.PRACTICE).name == "Cherry Tree Medical Practice"


# Pasts.


def test_pct_is_named_and_ends_where_its_ccgs_begin(report: Report) -> None:
    pct = bearer("5QE", Kind.PCT)
    assert (pct.name, pct.start_date, pct.end_date) == ("Oxfordshire PCT", on("2006-10-01"), on("2013-03-31"))
    assert set(pct.successions_onward.values_list("successor__ods_code", "successor__kind")) == {("10Q", "ccg")}


def test_practices_past_commissioners_follow_one_another(report: Report) -> None:
    links = Link.objects.filter(organisation__ods_code="K84003", kind=LinkKind.PART_OF).order_by("period")
    assert [link.other.kind for link in links][-3:] == [Kind.PCT, Kind.CCG, Kind.SUB_ICB]
    days = [(link.period.lower, link.period.upper) for link in links]
    assert all(end == start for (_, end), (start, _) in itertools.pairwise(days))


def test_source_of_a_fact_is_the_published_file_under_its_licence(report: Report) -> None:
    source = bearer("A81001", Kind.PRACTICE).source
    assert source is not None
    assert source.title == "GP practices and other prescribing cost centres (epraccur), published 2026-02"
    assert "Open Government Licence" in source.licence
    assert source.address.endswith("report=epraccur")


@pytest.mark.parametrize(
    ("code", "kind", "day"),
    [
        ("A81001", Kind.PRACTICE, "2026-02-28"),  # in both files of practices
        ("A81069", Kind.PRACTICE, "2025-09-30"),  # absent from the newer one
        ("U20931", Kind.PCN, "2025-01-31"),
        ("RTH", Kind.TRUST, "2026-04-30"),
        ("S0E4D", Kind.ICB, "2026-04-30"),  # known by its code, as what trusts stand under
    ],
)
def test_fact_is_confirmed_by_the_file_that_it_was_taken_from(report: Report, code: str, kind: Kind, day: str) -> None:
    assert bearer(code, kind).confirmed_on == on(day)


def test_every_organisation_is_confirmed_on_the_day_of_its_source(report: Report) -> None:
    published = dict(PublishedFile.objects.values_list("source").annotate(Max("published_last")))
    for one in Organisation.objects.exclude(published=None):
        assert one.confirmed_on == published[one.source_id]


def test_numbers_of_a_kind_add_up(report: Report) -> None:
    for tally in report.organisations.values():
        assert tally.read == tally.created + tally.changed + tally.unchanged + tally.left_out
    for links in report.links.values():
        assert links.read == links.created + links.changed + links.unchanged


def test_spell_published_as_older_than_its_ccg_begins_with_it_and_the_pcts_before_stay(report: Report) -> None:
    links = Link.objects.filter(organisation__ods_code="Y03134", kind=LinkKind.PART_OF).order_by("period")
    assert [(link.other.ods_code, link.start_date, link.end_date) for link in links] == [
        ("5D7", on("2010-10-04"), on("2013-03-31")),
        ("00G", on("2013-04-01"), on("2013-10-31")),
    ]
