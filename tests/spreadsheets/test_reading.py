"""Files as people have them are read as they show, or refused with the sentence that helps."""

import datetime
import doctest

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memberships.spreadsheets import measured
from memberships.spreadsheets.measured import NOT_WORKED_OUT
from memberships.spreadsheets.unreadable import MAX_ROWS, Unreadable
from memberships.spreadsheets.workbooks import Book, guess_heading_row, read
from tests.spreadsheets import messy
from tests.spreadsheets.messy import COMMITTEE


def rows(content: bytes, name: str = "list.xlsx") -> list[list[object]]:
    return [list(row) for row in read(name, content).sheets[0].rows]


def test_a_workbook_is_read_as_it_shows():
    assert rows(messy.workbook()) == COMMITTEE


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_in_whatever_alphabet_and_with_whatever_between_its_cells(encoding, delimiter):
    table = [[cell.replace(";", "/") if isinstance(cell, str) else cell for cell in row] for row in COMMITTEE]
    table[2][0] = "Arjun Patel"
    assert rows(messy.text(table, encoding=encoding, delimiter=delimiter), "list.csv") == table


def test_csv_says_itself_what_stands_between_its_cells_and_keeps_its_row_numbers():
    assert rows(b"sep=;\r\nName;Role\r\nA, B;CD") == [[None, None], ["Name", "Role"], ["A, B", "CD"]]


def test_quoted_cells_hold_line_breaks_and_delimiters():
    assert rows(b'Name,Role\r\n"Yusuf, Amina","CD\nLMC member"\r\n') == [
        ["Name", "Role"],
        ["Yusuf, Amina", "CD\nLMC member"],
    ]


def test_blank_rows_and_columns_at_the_end_are_cut_and_those_before_keep_their_places():
    table = [[None, None, None], [None, "Name", "  "], [None, "Yusuf", None], [None, None, None]]
    assert rows(messy.text(table), "list.csv") == [[None, None], [None, "Name"], [None, "Yusuf"]]
    assert rows(messy.workbook(table)) == [[None, None], [None, "Name"], [None, "Yusuf"]]


def test_a_cell_merged_over_rows_stands_in_each_of_them():
    table = [["PCN", "Name"], [None, "Yusuf"], [None, "Patel"], [None, "Lee"]]
    merged = messy.workbook(table, merged=[("A2:A3", "Tarrow Vale")])
    assert rows(merged) == [["PCN", "Name"], ["Tarrow Vale", "Yusuf"], ["Tarrow Vale", "Patel"], [None, "Lee"]]


def test_a_title_merged_over_columns_stands_once():
    assert rows(messy.workbook([[None], ["Name", "PCN"]], merged=[("A1:C1", "Members 2026")])) == [
        ["Members 2026", None],
        ["Name", "PCN"],
    ]


def test_a_formula_is_its_value_and_one_without_says_so():
    assert rows(messy.with_formulas())[1] == ["Dr Amina Yusuf", "#N/A", 2, NOT_WORKED_OUT]


def test_a_date_is_known_no_more_exactly_than_it_is_shown():
    day = datetime.date(2019, 4, 15)
    first = datetime.date(2019, 1, 1)
    assert rows(messy.with_dates_shown_in_part())[1:] == [
        ["January 2019", "January 2019", "2019", first, first, "January 2019"],
        [day] * 6,
    ]


def test_days_may_be_counted_from_1904():
    assert rows(messy.with_days_counted_from_1904())[1] == [datetime.date(2019, 4, 1), "April 2019"]


def test_millions_of_blank_lines_are_none():
    assert rows(b"Name,Role\r\nYusuf,CD\r\n" + b"\r\n" * 2_000_000, "list.csv") == [["Name", "Role"], ["Yusuf", "CD"]]


def test_numbers_are_whole_where_they_are():
    assert rows(messy.workbook([["Sessions"], [2], [1.5], [7012345], [True]])) == [
        ["Sessions"],
        [2],
        [1.5],
        [7012345],
        [True],
    ]


def test_sheets_that_are_hidden_or_empty_are_left_out():
    assert [sheet.name for sheet in read("list.xlsx", messy.with_hidden_sheet()).sheets] == ["Members"]


def test_a_workbook_whose_tags_bear_a_prefix_is_read_alike():
    plain = messy.workbook([["Name", "Role"], ["Yusuf", 2]])
    for old, new in (
        (b"<c ", b"<x:c "),
        (b"</c>", b"</x:c>"),
        (b"<v>", b"<x:v>"),
        (b"</v>", b"</x:v>"),
        (b"<row", b"<x:row"),
        (b"</row", b"</x:row"),
        (b"<sheetData", b"<x:sheetData"),
        (b"</sheetData", b"</x:sheetData"),
        (b"<worksheet xmlns=", b"<x:worksheet xmlns:x="),
        (b"</worksheet", b"</x:worksheet"),
    ):
        plain = messy.rewritten(plain, "xl/worksheets/sheet1.xml", old, new)
    assert rows(plain) == [["Name", "Role"], ["Yusuf", 2]]


def test_twenty_thousand_rows_are_read():
    table = [["Name", "Role"], *([f"Person {number}", "CD"] for number in range(20_000))]
    assert rows(messy.workbook(table)) == table
    assert rows(messy.text(table), "list.csv") == table


REFUSED = {
    "nothing": (b"", "This file is empty"),
    "blanks": (b"\r\n \r\n", "This file is empty"),
    "commas": (b",,,\r\n,,\r\n", "holds no rows"),
    "empty workbook": (messy.workbook([]), "holds no rows"),
    "password": (messy.password_protected(), "protected with a password"),
    "xls": (messy.old_excel(), "old Office program"),
    "pdf": (b"%PDF-1.7 ...", "This is a PDF"),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0", "This is a picture"),
    "web page": (b"\xef\xbb\xbf<html><table><tr><td>Name", "This is a web page"),
    "program": (bytes(range(256)) * 8, "neither an Excel workbook nor text"),
    "alphabet": ("Name,Rôle\r\n".encode("shift_jis", "ignore") + b"\x81\x8d\x90", "neither an Excel workbook nor text"),
    "quotation mark": (b'Name,Role\r\n"' + b"x" * 200_000, "quotation mark is opened"),
    "document": (messy.archive(word__document_xml=b"<w/>"), "an archive or a document"),
    "ods": (messy.archive(content_xml=b"<o/>", mimetype=b""), "OpenDocument"),
    "xlsb": (messy.archive(xl__workbook_bin=b"", mimetype=b""), "binary workbook"),
    "cut short": (messy.workbook()[:-200], "damaged or cut short"),
    "no archive": (b"PK\x03\x04 and no more", "damaged or cut short"),
    "row far away": (messy.far_away_cell("A1048576"), "goes on to row 1,048,576; 50,000 rows can be read"),
    "column far away": (messy.far_away_cell("XFD7"), "16,384 columns; 200 can be read"),
    "many rows": (messy.text([["a", "b"]] * (MAX_ROWS + 1)), "50,000 rows can be read"),
}


@pytest.mark.parametrize("why", REFUSED)
def test_what_cannot_be_read_is_refused_with_what_would_do(why):
    content, sentence = REFUSED[why]
    with pytest.raises(Unreadable, match=sentence) as refused:
        read("list.xlsx", content)
    assert refused.value.sentence.endswith(".")


@pytest.mark.parametrize("bomb", [messy.zip_bomb, messy.lying_zip_bomb, messy.much_shared_text])
def test_a_workbook_that_unpacks_to_far_more_is_never_opened(bomb):
    with pytest.raises(Unreadable, match=r"unpacks to far more|damaged"):
        read("list.xlsx", bomb())


def test_a_row_that_is_only_coloured_is_no_row():
    coloured = messy.rewritten(
        messy.workbook(),
        "xl/worksheets/sheet1.xml",
        b"</sheetData>",
        b'<row r="1048576" spans="1:9"><c r="A1048576" s="1"/></row></sheetData>',
    )
    assert rows(coloured) == COMMITTEE


@settings(max_examples=60)
@given(st.binary(max_size=400))
def test_whatever_is_sent_is_read_or_refused_with_a_sentence(content):
    assert ending(content) in (".", "read")


@settings(max_examples=60)
@given(st.integers(0, 5000), st.binary(min_size=1, max_size=20))
def test_a_damaged_workbook_is_read_or_refused_with_a_sentence(place, damage):
    sound = messy.workbook()
    assert ending(sound[:place] + damage + sound[place + len(damage) :]) in (".", "read")


def ending(content: bytes) -> str:
    try:
        return "read" if isinstance(read("list", content), Book) else ""
    except Unreadable as refused:
        return refused.sentence[-1]


@pytest.mark.parametrize("above", [0, 1, 4])
def test_headings_are_found_below_titles_and_blank_rows(above):
    table = [
        *[["Marlshire LMC: members", None, None, "as at", "May 2026"]][:above],
        *[[None] * 5] * (above - 1),
        *COMMITTEE,
    ]
    assert guess_heading_row(table) == above


def test_headings_that_nobody_knows_are_the_first_row_with_cells_side_by_side():
    assert guess_heading_row([["Our list", None], [None, None], ["Aaa", "Bbb"], ["c", "d"]]) == 2
    assert guess_heading_row([]) == 0


def test_examples_in_the_module_hold():
    assert doctest.testmod(measured).failed == 0
