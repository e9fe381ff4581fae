"""The geometry of the pictures, and that what is drawn is a link with a title and stands in a table too."""

import datetime

from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from ics_leadership.pictures import (
    Bar,
    Column,
    Node,
    Part,
    StackRow,
    TimelineRow,
    stack,
    timeline,
    tree,
)

DAY = datetime.date(2022, 6, 30)


def date(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def one_row(*bars: Bar):
    return timeline([TimelineRow("Chair", bars)], on=DAY)


def percent(text: str) -> float:
    assert text.endswith("%")
    return float(text[:-1])


def test_bar_begins_and_ends_where_its_days_do() -> None:
    picture = one_row(Bar("A", "in 2021", "/a", date("2021-01-01"), date("2021-12-31")))
    (bar,) = picture.rows[0].bars
    assert percent(bar.x) == 0
    assert abs(percent(bar.x) + percent(bar.width) - 50) < 0.01
    assert [tick.label for tick in picture.ticks] == ["2021", "2022"]


def test_bar_without_an_end_reaches_the_edge_and_says_so() -> None:
    (bar,) = one_row(Bar("A", "since 2021", "/a", date("2021-01-01"))).rows[0].bars
    assert percent(bar.x) + percent(bar.width) == 100
    assert bar.open_end


def test_days_that_are_not_certain_are_told_from_those_that_are() -> None:
    (bar,) = (
        one_row(Bar("A", "2021", "/a", date("2021-01-01"), date("2022-12-31"), date("2021-12-31"), date("2022-01-01")))
        .rows[0]
        .bars
    )
    assert percent(bar.certain_x) > percent(bar.x)
    assert percent(bar.certain_x) + percent(bar.certain_width) < percent(bar.x) + percent(bar.width)


def test_those_who_share_a_post_stand_below_each_other() -> None:
    first = Bar("A", "", "/a", date("2019-01-01"), date("2021-12-31"))
    beside = Bar("B", "", "/b", date("2020-01-01"), date("2022-12-31"))
    after = Bar("C", "", "/c", date("2022-01-01"))
    picture = one_row(first, beside, after)
    lanes = {bar.bar.label: bar.y for bar in picture.rows[0].bars}
    assert lanes == {"A": 0, "B": 24, "C": 0}
    assert picture.rows[0].height == 48


def test_a_century_still_has_a_handful_of_labels() -> None:
    picture = one_row(Bar("A", "", "/a", date("1948-07-05"), date("2090-01-01")))
    assert 2 <= len(picture.ticks) <= 11


def test_a_row_without_bars_is_drawn_empty() -> None:
    assert timeline([TimelineRow("Chair", [])], on=DAY).rows[0].height == 24


days = st.dates(min_value=datetime.date(1948, 1, 1), max_value=datetime.date(2100, 12, 31))


@given(spells=st.lists(st.tuples(st.none() | days, st.none() | days), max_size=6), on=days)
def test_every_bar_stays_inside_the_picture(spells, on) -> None:
    bars = [
        Bar("A", "", "/a", *((min(pair), max(pair)) if None not in pair else pair))  # type: ignore[type-var]
        for pair in spells
    ]
    picture = timeline([TimelineRow("Chair", bars)], on=on)
    assert 0 <= percent(picture.day_x) <= 100
    for bar in picture.rows[0].bars:
        assert percent(bar.x) >= 0
        assert percent(bar.width) > 0
        assert percent(bar.x) + percent(bar.width) <= 100.02
        assert percent(bar.certain_width) <= percent(bar.width) + 0.02


def test_tree_joins_every_predecessor_to_the_one_in_the_middle() -> None:
    picture = tree(
        [Column("Before", [Node("A"), Node("B")]), Column("Here", [Node("C", here=True)]), Column("After", [])]
    )
    assert [column.heading for column, _ in picture.columns] == ["Before", "Here"]
    assert picture.columns[0][1] == ["M0,25 C50,25 50,50 100,50", "M0,75 C50,75 50,50 100,50"]
    assert picture.columns[1][1] == []


def test_tree_joins_only_what_it_is_told_to() -> None:
    columns = [Column("PCTs", [Node("A"), Node("B")]), Column("CCGs", [Node("C"), Node("D")])]
    assert len(tree(columns).columns[0][1]) == 4
    assert tree(columns, links=[(0, 0, 1)]).columns[0][1] == ["M0,25 C50,25 50,75 100,75"]


def test_seats_share_one_scale_and_empty_parts_are_left_out() -> None:
    gp, acute = Part("general_practice", "General practice", 3, "/g"), Part("acute", "Acute", 0, "/a")
    picture = stack([StackRow("Then", [gp, acute]), StackRow("Now", [Part("acute", "Acute", 6, "/a")])])
    assert [part.width for part in picture.rows[0][1]] == ["50%"]
    assert picture.rows[1][1][0].width == "100%"
    assert [entry.kind for entry in picture.key] == ["general_practice", "acute"]
    assert [[count for _, count in cells] for _, cells in picture.table] == [[3, 0], [0, 6]]


def test_a_board_without_seats_is_drawn_empty() -> None:
    assert stack([StackRow("Nobody", [])]).rows[0][1] == []


def test_every_mark_is_a_link_with_a_title_and_stands_in_the_table() -> None:
    picture = one_row(Bar("Dr Amara Okafor", "since April 2022", "/people/okafor", date("2022-04-01"), kind="system"))
    html = render_to_string("pictures/timeline.html", {"picture": picture, "caption": "Chairs."})
    drawing, table = html.split("<table", 1)
    assert 'href="/people/okafor"' in drawing
    assert "<title>Dr Amara Okafor, since April 2022</title>" in drawing
    assert "reg-bar--system" in drawing
    assert "since April 2022" in table
    boards = stack([StackRow("Board", [Part("acute", "Acute", 5, "/board?sector=acute")])])
    html = render_to_string("pictures/stack.html", {"picture": boards, "caption": "Seats."})
    assert "<title>Acute: 5</title>" in html.split("<table", 1)[0]
    assert ' style="' not in html
