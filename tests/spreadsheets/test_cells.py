"""What people type into a row means what they say; what cannot be told is named with its cell and what would do."""

import datetime
import doctest
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ics_leadership.periods import PartialDate, Precision
from memberships.spreadsheets import cells, typed_names, typed_roles, typed_values
from memberships.spreadsheets.cells import Held, NamedOrganisation, Reading, is_month_first, read_row
from memberships.spreadsheets.columns import COLUMNS, ListKind, match_columns

NORTH = "Constituency North"
YEAR_2023 = PartialDate(datetime.date(2023, 1, 1), Precision.YEAR)
APRIL_2019 = PartialDate(datetime.date(2019, 4, 1), Precision.MONTH)


def people(*, day_first: bool = True, number: int = 14, **row: object) -> Reading:
    """A row of a list of people, its columns in the order given, read."""
    return read_row(ListKind.PEOPLE, dict(enumerate(row)), list(row.values()), number, day_first=day_first)


def name_of(typed: str) -> tuple[object, ...]:
    reading = people(name=typed)
    assert not reading.problems
    return tuple(reading.values[key] for key in ("title", "given_names", "family_name"))


def the_problem(reading: Reading) -> tuple[str, str]:
    (problem,) = reading.problems
    assert problem.why.endswith(".")
    assert problem.would_do.endswith((".", "”"))
    return problem.cell, problem.why


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("Dr Siân O'Brien-Lee (GP)", ("Dr", "Siân", "O'Brien-Lee")),
        ("O’Brien-Lee, Siân", (None, "Siân", "O’Brien-Lee")),
        ("O'BRIEN-LEE, Dr. Siân", ("Dr", "Siân", "O'Brien-Lee")),
        ("DR SIAN O'BRIEN", ("Dr", "Sian", "O'Brien")),
        ("SMITH John", (None, "John", "Smith")),
        ("sian mcdonald", (None, "Sian", "McDonald")),
        ("Prof Dame Jane Smith OBE FRCGP", ("Prof Dame", "Jane", "Smith")),
        ("Jane Smith, MBBS MRCGP", (None, "Jane", "Smith")),
        ("Dr A J van der Berg", ("Dr", "A J", "van der Berg")),
        ("VAN DER BERG, ANNA", (None, "Anna", "van der Berg")),
        ("AJ Smith", (None, "AJ", "Smith")),
        ("Dr Patel", ("Dr", None, "Patel")),
        ("Patel", (None, None, "Patel")),
        ("  Dr   Amina\u00a0Yusuf ", ("Dr", "Amina", "Yusuf")),
        ("Cllr Mary St John", ("Cllr", "Mary", "St John")),
        ("Dr.Patel A. J.", ("Dr", "A. J.", "Patel")),
        ("Lopez Garcia M", (None, "M", "Lopez Garcia")),
        ("\u200bDr Amina Yusuf, GP", ("Dr", "Amina", "Yusuf")),
        ("A. Patel", (None, "A.", "Patel")),
    ],
)
def test_a_name_is_told_from_its_title_whatever_comes_first(typed, parts):
    assert name_of(typed) == parts


@pytest.mark.parametrize(
    ("typed", "profession"),
    [
        ("Dr Jo Lee (GP)", "gp"),
        ("Jo Lee (Practice Manager)", "manager"),
        ("Jo Lee – nurse", "nurse"),
        ("Lee, Jo, GP", "gp"),
        ("Jo Lee [Lay]", "lay"),
    ],
)
def test_a_profession_may_stand_beside_the_name(typed, profession):
    assert people(name=typed).values["profession"] == profession


def test_a_column_of_professions_counts_before_brackets():
    assert people(name="Jo Lee (GP)", profession="Nurse").values["profession"] == "nurse"
    assert people(profession="Nurse", name="Jo Lee (GP)").values["profession"] == "nurse"


def test_a_name_may_say_when_somebody_left():
    reading = people(name="Dr Jo Lee (left 2023)", role="CD")
    assert reading.held[0].end == YEAR_2023


def test_a_name_may_say_the_role():
    assert people(name="Dr Jo Lee (CD)").held[0].role == "PCN Clinical Director"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("Dr A Smith & Dr B Jones", "more than one person"),
        ("Jane Smith 2", "not read as a name"),
        ("jane@example.nhs.uk", "not read as a name"),
        ("Dr", "gives no family name"),
        ("Dr Jane (Smith", "bracket without its other half"),
        ("Dr Jo Lee (maternity leave)", "“maternity leave” beside the name"),
        ("x" * 200, "longer than a name"),
    ],
)
def test_a_name_that_cannot_be_told_is_a_problem_of_its_cell(typed, why):
    cell, sentence = the_problem(people(name=typed))
    assert cell == "A14"
    assert why in sentence


@pytest.mark.parametrize("typed", ["VACANT", "Vacant", "vacancy", "Vacant (was Dr Patel)", "to be appointed"])
def test_a_row_may_say_that_nobody_holds_the_role(typed):
    reading = people(name=typed, role="CD", network="Tarrow Vale")
    assert reading.vacant
    assert not reading.problems
    assert reading.held[0].organisation == NamedOrganisation("Tarrow Vale")


def test_several_roles_of_a_cell_each_have_the_body_that_hosts_such_roles():
    reading = people(
        name="Dr Jo Lee",
        network="Tarrow Vale",
        practice="Densham Surgery",
        organisation="Marlshire LMC",
        role="CD; LMC member\nPartner",
    )
    assert [(held.role, held.organisation.name) for held in reading.held] == [
        ("PCN Clinical Director", "Tarrow Vale"),
        ("LMC Committee Member", "Marlshire LMC"),
        ("GP Partner", "Densham Surgery"),
    ]


def test_the_body_beside_a_role_counts_before_the_columns():
    held = people(name="Dr Jo Lee", network="Wexmoor", role="CD – Tarrow Vale").held[0]
    assert (held.role, held.typed, held.organisation, held.kind) == (
        "PCN Clinical Director",
        "CD – Tarrow Vale",
        NamedOrganisation("Tarrow Vale"),
        "pcn",
    )


@pytest.mark.parametrize(
    ("typed", "roles"),
    [
        ("CD/LMC rep", ["PCN Clinical Director", "LMC Committee Member"]),
        ("CD / Portfolio lead", ["PCN Clinical Director", "Portfolio lead"]),
        ("CD (from 01/04/2019)", ["PCN Clinical Director"]),
        ("CD and LMC member", ["PCN Clinical Director", "LMC Committee Member"]),
        ("LMC Chair, CD, Fed MD", ["LMC Chair", "PCN Clinical Director", "Federation Medical Director"]),
        ("Named GP for Safeguarding Adults and Children", ["Named GP for Safeguarding Adults and Children"]),
        ("Chair/CEO", ["Chair/CEO"]),
        ("CD for Tarrow Vale and Wexmoor", ["PCN Clinical Director"]),
        ("Partner governor", ["Partner governor"]),
    ],
)
def test_words_part_roles_where_each_part_is_one_and_slashes_where_any_is(typed, roles):
    assert [held.role for held in people(name="Jo Lee", role=typed).held] == roles


@pytest.mark.parametrize(
    ("typed", "role", "body"),
    [
        ("Tarrow Vale PCN CD", "PCN Clinical Director", "Tarrow Vale"),
        ("CD (Tarrow Vale)", "PCN Clinical Director", "Tarrow Vale"),
        ("Joint CD, Tarrow Vale", "PCN Clinical Director", "Tarrow Vale"),
        ("Chair of the Marlshire Local Medical Committee", "LMC Chair", "Marlshire Local Medical Committee"),
        ("Medical Lead, Tarrow Valley Area Team", "Medical Lead", "Tarrow Valley Area Team"),
        ("Clinical Lead (urgent care)", "Clinical Lead (urgent care)", None),
        ("LMC", "LMC Committee Member", None),
    ],
)
def test_a_role_is_told_from_the_body_beside_it(typed, role, body):
    held = people(name="Jo Lee", role=typed).held[0]
    assert (held.role, held.organisation and held.organisation.name) == (role, body)


def test_what_stands_beside_a_role_says_how_and_since_when():
    held = people(name="Jo Lee", role="LMC member (elected 2023, constituency North); Interim CD since April 2019").held
    assert [(each.how, each.start, each.evidence) for each in held] == [
        ("elected", YEAR_2023, NORTH),
        ("interim", APRIL_2019, ""),
    ]


@pytest.mark.parametrize(
    "row",
    [
        {"how": "elected 2023, constituency North"},
        {"elected": 2023, "constituency": "North"},
        {"elected": "2023 (constituency North)"},
        {"elected": "yes", "start": "2023", "constituency": "North"},
        {"how": "Elected", "start": 2023, "evidence": NORTH},
    ],
)
def test_an_election_is_told_in_one_cell_or_in_several(row):
    held = people(name="Jo Lee", role="LMC member", **row).held[0]
    assert (held.how, held.start, held.evidence) == ("elected", YEAR_2023, NORTH)


@pytest.mark.parametrize(
    "cell",
    [
        "01/04/19",
        "1 April 2019",
        datetime.date(2019, 4, 1),
        datetime.datetime(2019, 4, 1, 9, 30),
        43556,
        43556.0,
        "43556",
    ],
)
def test_a_day_is_read_from_words_from_dates_and_from_a_spreadsheets_numbers(cell):
    assert people(name="Jo Lee", role="CD", start=cell).held[0].start == PartialDate(datetime.date(2019, 4, 1))


def test_a_term_stands_in_one_cell():
    held = people(name="Jo Lee", role="CD", term="2019-23").held[0]
    assert held.start == PartialDate(datetime.date(2019, 1, 1), Precision.YEAR)
    assert held.end == YEAR_2023


def test_several_roles_have_several_dates_in_the_same_order():
    held = people(name="Jo Lee", role="CD; LMC member", start="April 2019; 2023").held
    assert [each.start for each in held] == [APRIL_2019, YEAR_2023]


def test_a_date_that_stands_empty_between_semicolons_is_not_said():
    held = people(name="Jo Lee", role="CD; LMC member", start="; 2023", end="2022;").held
    assert [each.start for each in held] == [None, YEAR_2023]
    assert [each.end and each.end.date.year for each in held] == [2022, None]
    assert [each.start for each in people(name="Jo Lee", role="CD", start="2023;").held] == [YEAR_2023]


def test_as_many_dates_as_roles_or_one_for_all():
    assert the_problem(people(name="Jo Lee", role="CD", start="April 2019; 2023")) == (
        "B14",
        "The row names 1 role and 2 dates for them.",
    )
    assert [each.start for each in people(name="Jo Lee", role="CD; LMC member", start="2023").held] == [YEAR_2023] * 2


def test_dates_without_a_role_are_a_problem():
    cell, why = the_problem(people(name="Jo Lee", start="2019"))
    assert cell == "row 14"
    assert why == "The row says something under “From”, and not which role it is about."


def test_a_column_of_names_headed_with_a_role_says_what_they_hold():
    role = typed_roles.role_of_heading("PCN CD")
    held = read_row(ListKind.PEOPLE, {0: "network", 1: "name"}, ["Tarrow Vale", "Jo Lee"], 2, role=role).held
    assert [(each.role, each.organisation.name) for each in held] == [("PCN Clinical Director", "Tarrow Vale")]
    said = read_row(ListKind.PEOPLE, {0: "role", 1: "name"}, ["LMC Chair", "Jo Lee"], 2, role=role).held
    assert [each.role for each in said] == ["LMC Chair"]


def test_where_somebody_works_tells_namesakes_apart_and_makes_no_role():
    reading = people(name="Jo Lee", practice="Densham Surgery", network="Tarrow Vale")
    assert (reading.held, reading.problems) == ((), ())
    assert reading.values["practice"] == NamedOrganisation("Densham Surgery")


@pytest.mark.parametrize("end", ["", None, "-", "ongoing", "current"])
def test_who_is_still_in_post_has_no_end(end):
    reading = people(name="Jo Lee", role="CD", end=end)
    assert reading.values["end"] is None
    assert reading.held[0].end is None


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("Tarrow Vale PCN (U12345)", ("Tarrow Vale PCN", "U12345")),
        ("u12345", ("", "U12345")),
        ("U12345 - Tarrow Vale", ("Tarrow Vale", "U12345")),
        ("QUE", ("QUE", "QUE")),
        ("The Surgery (Smith & Partners)", ("The Surgery (Smith & Partners)", "")),
    ],
)
def test_an_organisation_is_named_by_name_by_code_or_by_both(cell, read):
    assert people(name="Jo Lee", practice=cell).values["practice"] == NamedOrganisation(*read)


@pytest.mark.parametrize(
    ("key", "cell", "value"),
    [
        ("sessions", 2, "2"),
        ("sessions", "1½ sessions", "1.5"),
        ("sessions", "2 per week", "2"),
        ("amount", "£12,000 pa", "12000"),
        ("amount", 12000.5, "12000.5"),
        ("amount", "12k", "12000"),
        ("work_email", " mailto:jo@example.nhs.uk", "jo@example.nhs.uk"),
        ("registration_number", 7012345, "7012345"),
        ("registration_number", "GMC 7012345", "7012345"),
        ("profession", "GPs", None),
        ("sessions", "three", None),
        ("sessions", 15, None),
        ("amount", "a lot", None),
        ("work_email", "jo at example", None),
        ("registration_number", "pending", None),
        ("person_id", "12a", None),
    ],
)
def test_single_values_are_read_or_are_a_problem_of_their_cell(key, cell, value):
    reading = people(name="Jo Lee", **{key: cell})
    if value is None:
        assert the_problem(reading)[0] == "B14"
        assert key not in reading.values
    else:
        assert (reading.values[key], reading.problems) == (value, ())


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#not worked out"])
def test_a_failed_formula_is_a_problem_of_its_cell(error):
    assert the_problem(people(name="Jo Lee", work_email=error))[0] == "B14"


def test_all_problems_of_a_row_are_told_at_once():
    reading = people(name="Jo 2", role="CD", start="soon", end="31/02/2027", work_email="?", sessions="many")
    assert [problem.cell for problem in reading.problems] == ["A14", "C14", "D14", "E14", "F14"]


def test_a_row_without_a_name_says_so_and_an_empty_row_says_nothing():
    assert the_problem(people(name=None, role="CD")) == ("A14", "The row says nothing under “Name”.")
    assert people(name=None, role="  ", start="-").is_empty


def test_headings_that_stand_again_further_down_are_no_row():
    assert people(name="Name", role="Role", start="Start date").is_empty
    assert not people(name="Name", role="CD").is_empty


def test_a_row_with_the_registers_number_needs_no_more():
    reading = people(appointment_id=7, end="31/3/2027")
    assert reading.problems == ()
    assert reading.values["appointment_id"] == 7


def test_a_role_that_the_register_wrote_is_never_split():
    title = "Chair; and CD (elected 2023)"
    held = people(appointment_id=7, person_id=3, family_name="Lee", role=title, start="2019").held
    assert [(each.role, each.start.date.year, each.how) for each in held] == [(title, 2019, "")]


def test_a_list_that_puts_the_month_first_is_told_by_its_dates():
    assert is_month_first([["4/13/2019", "1/2/2019", None, "2019"]])
    assert not is_month_first([["4/12/2019", "1/2/2019"]])
    assert not is_month_first([["4/13/2019", "13/2/2019"]])
    assert people(name="Jo", role="CD", start="4/13/2019", day_first=False).held[0].start.date.month == 4


@pytest.mark.parametrize("kind", list(ListKind))
def test_the_example_of_every_column_is_read(kind):
    columns = [each for each in COLUMNS[kind] if each.key not in ("term", "elected")]
    mapping = match_columns(kind, [each.heading for each in columns])
    assert list(mapping.values()) == [each.key for each in columns]
    assert read_row(kind, mapping, [each.example for each in columns], 2).problems == ()


CELLS = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.sampled_from(
        ["CD; LMC member", "elected 2023", "2019–23", "Dr Jo (GP)", "U12345", "31/2/2019", "#N/A", "Vacant"]
    ),
)


@given(st.sampled_from(ListKind), st.data())
def test_whatever_stands_in_a_row_is_read_and_kept(kind, data):
    keys = [each.key for each in COLUMNS[kind]]
    row = data.draw(st.lists(CELLS, min_size=len(keys), max_size=len(keys)))
    reading = read_row(kind, dict(enumerate(keys)), row, 2)
    assert Reading.from_json(json.loads(json.dumps(reading.as_json()))) == reading


def test_a_row_is_as_much_as_it_says():
    assert isinstance(people(name="Jo Lee", role="CD").held[0], Held)


@pytest.mark.parametrize("module", [cells, typed_names, typed_roles, typed_values])
def test_examples_in_the_modules_hold(module):
    assert doctest.testmod(module).failed == 0
