"""Entries that may be one person's are found, and only those, with the reasons for and against."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from memberships import actions
from memberships.duplicates import Entry, alike_pairs, compare, finding, likely, likely_each
from memberships.duplicates.finding import named, pairs_for
from memberships.duplicates.likeness import could_be_worth_a_look
from memberships.models import Person
from organisations.rights import Rights
from tests import factories
from tests.factories import IN_TEST, SmallArea
from tests.periods import EARLIER, LATER, NORMAL


def entry(name: str, profession: str = "gp", **facts: str) -> Entry:
    """An entry from a name with a bar between given names and family name."""
    given, _, family = name.partition("|")
    return Entry(given, family, profession, **facts)


ONE_PERSON = [
    ("Siân|Pritchard", "Sian|Pritchard"),
    ("Sian|Pritchard", "Sian|Pritchard-Elms"),
    ("Sian|Pritchard Elms", "Siân|Elms-Pritchard"),
    ("S|Pritchard", "Siân|Pritchard"),
    ("S. M.|Pritchard", "Siân Mary|Pritchard"),
    ("SM|Pritchard", "Siân Mary|Pritchard"),
    ("Pritchard|Sian", "Sian|Pritchard"),
    ("Dr Sian|Pritchard", "Sian|Pritchard MBE"),
    ("Bob|O'Connell", "Robert|O’Connell"),
    ("Liz|Greenhalgh", "Elizabeth|Greenhalgh"),
    ("Tim|Osborne", "Timothy|Osborne"),
    ("Mohammed|Siddiqui", "Muhammad|Siddiqi"),
    ("Steven|Thompson", "Stephen|Thomson"),
    ("Beatriz|Da Costa", "Beatriz|Costa"),
    ("Katalin|Szabó-Lennard", "Katalin|Szabo Lennard"),
    ("Lakshmi|Venkatraghavan", "Lakshmi|Venkataraghavan"),
    ("John Robert|Hollingdale", "Robert|Hollingdale"),
]

TWO_PEOPLE = [
    ("Amina|Yusuf", "Anita|Yusuf"),
    ("Sian|Pritchard", "Sian|Calder"),
    ("Sian|Pritchard", "Huw|Pritchard"),
    ("John Robert|Smith", "John Peter|Smythe-Jones"),
    ("Wei|Li", "Wei|Le"),
    ("A|Khan", "B|Khan"),
]


@pytest.mark.parametrize(("one", "other"), ONE_PERSON)
def test_names_that_may_be_one_persons(one: str, other: str):
    likeness = compare(entry(one), entry(other))
    assert likeness.is_worth_a_look
    assert could_be_worth_a_look(entry(one), entry(other))
    assert entry(one).answers() & entry(other).questions(), "they would never be compared"
    assert entry(other).answers() & entry(one).questions()
    assert likeness.score == compare(entry(other), entry(one)).score


@pytest.mark.parametrize(("one", "other"), TWO_PEOPLE)
def test_names_that_alone_say_nothing(one: str, other: str):
    assert not compare(entry(one), entry(other)).is_worth_a_look


def test_score_says_why():
    likeness = compare(
        entry("Siân|Pritchard", registration_number="7012345"), entry("Sian|Pritchard", registration_number="7012345")
    )
    assert [reason.words for reason in likeness.reasons] == [
        "same family name",
        "same given names, “Siân” and “Sian”",
        "registration numbers equal",
        "same profession, GP",
    ]
    assert likeness.band == "Very likely"
    assert [reason.number for reason in likeness.reasons if reason.number] == ["7012345"]


def test_different_registration_numbers_speak_strongly_against():
    one = entry("John|Smith", registration_number="1234567")
    other = entry("John|Smith", registration_number="7654321")
    assert not compare(one, other).is_worth_a_look
    assert [reason.words for reason in compare(one, other).reasons if reason.against] == ["registration numbers differ"]


def test_equal_registration_numbers_are_shown_whatever_the_names():
    one = entry("Huw|Pritchard", registration_number="C 0123456")
    other = entry("Zofia|Bray", registration_number="c0123456")
    assert compare(one, other).is_worth_a_look
    assert one.answers() & other.questions()


def test_name_that_many_bear_says_less():
    one, other = entry("John|Smith"), entry("John|Smith")
    assert compare(one, other, bearers=100).score < compare(one, other, bearers=2).score


def test_other_profession_speaks_against():
    assert (
        compare(entry("A|Yusuf"), entry("Amina|Yusuf", "nurse")).score
        < compare(entry("A|Yusuf"), entry("Amina|Yusuf")).score
    )


# --- in the register


@pytest.fixture
def people(db: None):
    return Person.objects.all()


def found(people) -> set[frozenset[str]]:
    return {frozenset(Person.objects.in_bulk([pair.first, pair.second]).values()) for pair in alike_pairs(people)}


def test_pairs_are_found_wherever_the_other_leads(people):
    here = factories.person("Sian Pritchard")
    elsewhere = factories.person("Siân Pritchard-Elms")
    factories.person("Huw Vaughanley")
    assert found(Person.objects.filter(pk=here.pk)) == {frozenset([here, elsewhere])}
    assert found(people) == {frozenset([here, elsewhere])}
    assert found(Person.objects.filter(family_name="Vaughanley")) == set()


def test_new_family_name_is_recognised_by_the_role_that_both_held(area: SmallArea):
    role = area.chair.role
    maiden, married = factories.person("Sian Pritchard"), factories.person("Siân Elms")
    assert frozenset([maiden, married]) not in found(Person.objects.filter(pk=maiden.pk))
    factories.appointment(maiden, role, period=NORMAL)
    factories.appointment(married, role, period=NORMAL)
    [pair] = alike_pairs(Person.objects.filter(pk=maiden.pk))
    assert {pair.first, pair.second} == {maiden.pk, married.pk}
    assert f"both hold or held {role.title} at the same time" in [each.words for each in pair.likeness.reasons]


def test_role_held_one_after_the_other_weighs_less_than_at_one_time(area: SmallArea):
    role, one = area.chair.role, factories.person("Sian Pritchard")
    together, after = factories.person("Sian Pritchard"), factories.person("Sian Pritchard")
    for person, period in ((one, EARLIER), (together, EARLIER), (after, LATER)):
        factories.appointment(person, role, period=period)
    scores = {pair.second: pair.likeness.score for pair in alike_pairs(Person.objects.filter(pk=one.pk))}
    assert scores[together.pk] > scores[after.pk]


def test_those_said_to_be_two_people_are_left_out(people):
    one, other = factories.person("Sian Pritchard"), factories.person("Siân Pritchard")
    said = actions.say_two_people(one=one, other=other, **IN_TEST)
    assert found(people) == set()
    actions.take_back_two_people(said=said, **IN_TEST)
    assert found(people) == {frozenset([one, other])}


def test_likeliest_come_first(people):
    one = factories.person("Sian Pritchard", registration_number="7012345")
    alike = factories.person("Siân Pritchard-Elms")
    same = factories.person("Siân Pritchard", registration_number="7012345")
    pairs = alike_pairs(Person.objects.filter(pk=one.pk))
    assert [pair.second for pair in pairs] == [same.pk, alike.pk]


def test_finding_asks_as_many_queries_however_many_there_are(people):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            alike_pairs(people)
        return len(asked)

    for _ in range(2):
        factories.person("Sian Pritchard")
    few = queries()
    for _ in range(8):
        factories.person("Sian Pritchard")
    assert queries() == few


def test_list_is_remembered_until_the_register_changes(area: SmallArea):
    editor = factories.editor(area.place)
    rights = Rights(editor)
    factories.person("Sian Pritchard", by=editor)
    before = len(pairs_for(rights))
    with CaptureQueriesContext(connection) as asked:
        assert len(pairs_for(rights)) == before
    assert len(asked) == 1
    factories.person("Siân Pritchard", by=editor)
    assert len(pairs_for(rights)) == before + 1


def test_list_of_many_people_is_remembered_but_for_those_who_were_dealt_with(
    area: SmallArea, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(finding, "MANY_PEOPLE", 1)
    editor = factories.editor(area.place)
    rights = Rights(editor)
    names = ("Sian Pritchard", "Siân Pritchard", "S Pritchard")
    one, other, third = (factories.person(name, by=editor) for name in names)
    met = {(one.pk, other.pk), (one.pk, third.pk), (other.pk, third.pk)}
    assert met <= {(pair.first, pair.second) for pair in pairs_for(rights)}
    factories.person("Sian Pritchard-Elms", by=editor)
    actions.say_two_people(one=one, other=other, **IN_TEST)
    actions.merge_people(keep=one, drop=third, **IN_TEST)
    assert met.isdisjoint((pair.first, pair.second) for pair in pairs_for(rights))
    with CaptureQueriesContext(connection) as asked:
        pairs_for(rights)
    assert len(asked) == 3


# --- for somebody about to be entered


def test_whoever_is_entered_again_is_recognised(people):
    sian = factories.person("Siân Pritchard-Elms", registration_number="7012345")
    for number in range(80):
        factories.person(f"Huw Pritchard{number}")
    for name in ("Dr Sian Pritchard", "S Pritchard-Elms", "sian pritchard elms"):
        assert [known.person for known in likely(name, "gp")] == [sian], name
    assert [known.person for known in likely("Zofia Bray", registration_number="7012345")] == [sian]
    assert likely("Zofia Bray", "gp") == []


def test_many_who_are_entered_at_once_are_recognised_in_one_reading(people):
    sian, huw = factories.person("Siân Pritchard-Elms"), factories.person("Huw Vaughan")
    asked = [named("Dr Sian Pritchard", "gp"), named("Zofia Bray", "gp"), named("H Vaughan", "gp")]
    with CaptureQueriesContext(connection) as queries:
        answers = likely_each(asked)
    assert [[pk for pk, _ in answer] for answer in answers] == [[sian.pk], [], [huw.pk]]
    assert len([query for query in queries if query["sql"].startswith(("SELECT", "DECLARE"))]) == 1


@pytest.mark.parametrize(
    ("name", "given", "family"),
    [
        ("Dr. Beatriz da Costa-Wren MBE", "Beatriz", "da Costa-Wren"),
        ("Amina Yusuf", "Amina", "Yusuf"),
        ("Yusuf", "", "Yusuf"),
        ("de la Cruz", "", "de la Cruz"),
    ],
)
def test_whole_name_is_read_as_people_say_it(name: str, given: str, family: str):
    assert (named(name).given_names, named(name).family_name) == (given, family)
