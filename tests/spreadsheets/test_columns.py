"""The headings that people write are matched to the register's columns."""

import doctest

import pytest

from memberships.spreadsheets.columns import COLUMNS, ListKind, guess_kind, headings, match_columns, plain


def keys(
    *written: object, kind: ListKind = ListKind.PEOPLE, remembered: dict[str, str] | None = None
) -> list[str | None]:
    found = match_columns(kind, written, remembered)
    return [found.get(place) for place in range(len(written))]


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Name", "name"),
        ("GP", "name"),
        ("Full Name", "name"),
        ("Role", "role"),
        ("Job title", "role"),
        ("PCN", "network"),
        ("Primary Care Network", "network"),
        ("Practice", "practice"),
        ("Surgery name", "practice"),
        ("From", "start"),
        ("Start date", "start"),
        ("START DATE:", "start"),
        ("Start Date\n(dd/mm/yy)", "start"),
        ("Until", "end"),
        ("Term ends", "end"),
        ("Term of office", "term"),
        ("Elected", "elected"),
        ("Constituency", "constituency"),
        ("Email", "work_email"),
        ("E-mail address", "work_email"),
        ("GMC", "registration_number"),
        ("GMC No.", "registration_number"),
        ("Sessions", "sessions"),
        ("Paid by", "paid_by"),
        ("Forename(s)", "given_names"),
        ("Surname", "family_name"),
        ("Emial", "work_email"),
        ("Practise", "practice"),
        ("Favourite colour", None),
        (None, None),
        (2026, None),
    ],
)
def test_a_heading_is_known_by_what_people_call_it(heading, key):
    assert keys(heading) == [key]


def test_no_column_is_meant_twice():
    assert keys("Name", "GP", "Full name", "Start", "From") == ["name", None, None, None, "start"]


def test_what_an_editor_said_a_heading_means_counts_first():
    assert keys("Member", "Who for", remembered={"who for": "organisation", "member": ""}) == [None, "organisation"]


def test_what_was_remembered_of_another_list_is_no_column():
    assert keys("Chair", kind=ListKind.PEOPLE, remembered={"chair": "chair"}) == [None]


@pytest.mark.parametrize("kind", list(ListKind))
def test_the_registers_own_headings_mean_their_columns(kind):
    columns = COLUMNS[kind]
    assert keys(*(each.heading for each in columns), kind=kind) == [each.key for each in columns]
    assert guess_kind([each.heading for each in columns]) == kind


@pytest.mark.parametrize("kind", list(ListKind))
def test_no_two_columns_of_a_list_share_a_heading_or_a_key(kind):
    columns = COLUMNS[kind]
    assert len({plain(each.heading) for each in columns}) == len({each.key for each in columns}) == len(columns)


def test_a_list_of_names_and_networks_is_one_of_people():
    assert guess_kind(["Name", "PCN", "Role"]) == ListKind.PEOPLE
    assert guess_kind(["Group", "Seat", "Name", "By virtue of"]) == ListKind.SEATS
    assert guess_kind([]) == ListKind.PEOPLE


def test_examples_in_the_module_hold():
    assert doctest.testmod(headings).failed == 0
