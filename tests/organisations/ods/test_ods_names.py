"""Names in capitals are shown as people write them, and the published name can always be found again."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisations.ods.names import as_written

WRITTEN = [
    ("THE DENSHAM SURGERY", "The Densham Surgery"),
    ("NHS NORTH EAST AND NORTH CUMBRIA ICB - 16C", "NHS North East and North Cumbria ICB - 16C"),
    ("NHS FRIMLEY ICB - D4U1Y", "NHS Frimley ICB - D4U1Y"),
    ("DR A B SMITH & PARTNERS", "Dr A B Smith & Partners"),
    ("DR AK MITTAL'S PRACTICE", "Dr AK Mittal's Practice"),
    ("DR NG & PARTNERS", "Dr Ng & Partners"),
    ("ST JOHN'S HILL SURGERY", "St John's Hill Surgery"),
    ("ST. MARY'S HEALTH CENTRE", "St. Mary's Health Centre"),
    ("DR O'BRIEN & DR MCKAY", "Dr O'Brien & Dr McKay"),
    ("STOCKTON-ON-TEES PCN", "Stockton-on-Tees PCN"),
    ("CHESTER LE STREET PCN", "Chester le Street PCN"),
    ("NORTH OXFORDSHIRE RURAL ALLIANCE (NORA) PCN", "North Oxfordshire Rural Alliance (NORA) PCN"),
    ("KIDLINGTON, ISLIP, WOODSTOCK & YARNTON (KIWY) PCN", "Kidlington, Islip, Woodstock & Yarnton (KIWY) PCN"),
    ("PRACTICE III MEDICAL CTR", "Practice III Medical Ctr"),
    ("DOCTORS' SURGERY 1ST FLOOR", "Doctors' Surgery 1st Floor"),
    ("THE GP SURGERY LTD", "The GP Surgery Ltd"),
    ("EAST OXFORD GPS", "East Oxford GPs"),
    ("KING'S COLLEGE HOSPITAL NHS FOUNDATION TRUST", "King's College Hospital NHS Foundation Trust"),
    ("  LINCOLNSHIRE   STP\n", "Lincolnshire STP"),
    ("Morecombe Bay CCG", "Morecombe Bay CCG"),
    ("S0E4D", "S0E4D"),
]

capitals = st.text(alphabet=string.ascii_uppercase + string.digits + " '’-&.,()/", max_size=60)


@pytest.mark.parametrize(("published", "written"), WRITTEN, ids=[written for _, written in WRITTEN])
def test_published_name_is_shown_as_people_write_it(published: str, written: str) -> None:
    assert as_written(published) == written


@given(st.one_of(capitals, st.text(max_size=60)))
def test_writing_a_name_twice_changes_nothing_more(name: str) -> None:
    assert as_written(as_written(name)) == as_written(name)


@given(st.one_of(capitals, st.text(max_size=60)))
def test_no_letter_is_lost_or_added(name: str) -> None:
    assert "".join(as_written(name).split()).casefold() == "".join(name.split()).casefold()
