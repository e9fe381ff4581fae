"""What changed from one version of a group's terms to the next, as a reader is told."""

from typing import Any

import pytest

from memberships import actions
from memberships.actions import NewClause, NewEligibility, NewSeat
from memberships.models import Category, Condition, DecisionRule, Group, Nature, Terms
from memberships.presenters.terms import drawn_from_words, months_words
from memberships.presenters.terms_changes import changes, word_runs
from memberships.presenters.versions import versions
from memberships.seating import versions_of_terms
from organisations.models import Kind
from tests import factories as make
from tests.periods import NORMAL, day

pytestmark = pytest.mark.django_db


@pytest.fixture
def group() -> Group:
    return make.group(make.organisation(Kind.LMC))


def two_versions(group: Group, before: dict[str, Any], after: dict[str, Any]) -> tuple[Terms, Terms]:
    make.terms(group, before.pop("seats", []), version="1", period=(day("2021-04-01"), None), **before)
    make.terms(group, after.pop("seats", []), version="2", period=(day("2024-04-01"), None), **after)
    newer, older = versions_of_terms(group, day("2024-03-31").date)
    return older, newer


def test_versions_stand_newest_first_each_with_what_it_changed(group: Group):
    two_versions(group, {"quorum": 4}, {"quorum": 5})
    newer, older = versions(versions_of_terms(group, day("2024-03-31").date), day("2024-03-31").date)
    assert (newer.name, newer.in_force, newer.when) == ("Version 2", False, "from 1 April 2024 (not yet begun)")
    assert (older.name, older.in_force, older.when) == ("Version 1", True, "from 1 April 2021 to 31 March 2024")
    assert older.changes is None
    assert newer.changes is not None
    assert newer.changes.facts == ["Quorum: 5; before, 4."]


def test_clauses_are_told_apart_by_what_they_say(group: Group):
    older, newer = two_versions(
        group,
        {
            "clauses": [
                NewClause("1", "The group speaks for the practices of the place."),
                NewClause("2", "The group meets each month in the town hall."),
                NewClause("3", "The quorum is four core members."),
                NewClause("4", "Minutes are kept."),
            ]
        },
        {
            "clauses": [
                NewClause("1", "The group speaks for the practices of the place. It is not a representative body."),
                NewClause("2", "Nobody employed by the board sits on it."),
                NewClause("3", "The quorum is five core members."),
                NewClause("5", "Minutes are kept."),
            ]
        },
    )
    told = changes(older, newer)
    assert [(change.number, change.note) for change in told.clauses] == [
        ("Clause 1", "changed"),
        ("Clause 2", "added"),
        ("Clause 3", "changed"),
        ("Clause 2", "removed"),
    ]
    assert told.unchanged_clauses == 1
    assert [(run.text, run.kind) for run in told.clauses[2].runs] == [
        ("The quorum is ", ""),
        ("four ", "removed"),
        ("five ", "added"),
        ("core members.", ""),
    ]


def test_clause_that_moved_and_changed_says_where_it_was(group: Group):
    older, newer = two_versions(
        group,
        {
            "clauses": [
                NewClause("1", "New first clause."),
                NewClause("2", "The chair is elected by the core members each year."),
            ]
        },
        {
            "clauses": [
                NewClause("1", "New first clause."),
                NewClause("2", "Money comes from the levy alone, whatever anybody offers."),
                NewClause("3", "The chair is elected by the core members every other year."),
            ]
        },
    )
    assert [(change.number, change.note) for change in changes(older, newer).clauses] == [
        ("Clause 2", "added"),
        ("Clause 3", "changed (was clause 2)"),
    ]


def test_seats_are_added_removed_and_changed(group: Group):
    director, lead = make.role_type("PCN Clinical Director"), make.role_type("System Clinical Lead")
    older, newer = two_versions(
        group,
        {
            "seats": [
                NewSeat("Clinical directors", Category.CORE, director, number=3, voting=True),
                NewSeat("System leads", Category.CORE, lead),
                NewSeat("Hospital", Category.OBSERVER, Kind.TRUST),
            ]
        },
        {
            "seats": [
                NewSeat("PCN clinical directors", Category.CORE, director, number=4, voting=True),
                NewSeat("System leads", Category.ATTENDING, lead),
                NewSeat("Practice manager", Category.CORE, None, voting=True),
            ]
        },
    )
    assert [(change.title, change.note) for change in changes(older, newer).seats] == [
        ("PCN clinical directors", "was called “Clinical directors”; 4 seats instead of 3"),
        ("System leads", "in attendance instead of core member"),
        ("Practice manager", "added: 1 seat, core member, voting, for people with experience"),
        ("Hospital", "removed: 1 seat, observer, for any NHS trust or foundation trust"),
    ]


def test_facts_that_changed_are_sentences(group: Group):
    icb = make.organisation(Kind.ICB, name="Norfolk ICB")
    older, newer = two_versions(
        group,
        {"decision_rule": DecisionRule.VOTE, "quorum": 4, "purpose": "To speak."},
        {
            "decision_rule": DecisionRule.CONSENSUS,
            "nature": Nature.EXPERT,
            "term_months": 36,
            "eligibilities": [NewEligibility(Condition.NOT_ENGAGED_BY, organisation=icb)],
            "purpose": "To speak and to listen.",
        },
    )
    told = changes(older, newer)
    assert told.facts == [
        "What the group is: a group of subject-matter experts; before, the terms do not say.",
        "How it decides: consensus of those at the table; before, majority of those who vote.",
        "A member’s term: 3 years; not said before.",
        "Who may be a member: not employed or engaged by Norfolk ICB; not said before.",
        "Quorum: no longer said; before, 4.",
    ]
    assert told.clauses[0].number == "Purpose"


def test_version_that_only_moves_its_review_changes_nothing(group: Group):
    older, newer = two_versions(group, {"review_on": day("2024-01-01").date}, {"review_on": day("2027-01-01").date})
    assert changes(older, newer).nothing


def test_words_for_texts_that_have_nothing_in_common():
    assert [(run.text, run.kind) for run in word_runs("", "All new.")] == [("All new.", "added")]
    assert [(run.text, run.kind) for run in word_runs("All old.", "")] == [("All old.", "removed")]


def test_whom_a_seat_is_for(group: Group):
    lmc = make.organisation(Kind.LMC, name="Norfolk LMC")
    terms = make.terms(
        group,
        [
            NewSeat("A", Category.CORE, make.role_type("PCN Clinical Director")),
            NewSeat("B", Category.CORE, Kind.FEDERATION),
            NewSeat("C", Category.CORE, lmc),
            NewSeat("D", Category.CORE, None),
        ],
        period=NORMAL,
    )
    assert [drawn_from_words(seat) for seat in terms.seats.all()] == [
        "PCN Clinical Directors",
        "any GP federation",
        "Norfolk LMC",
        "people with experience",
    ]


def test_lengths_of_terms():
    assert [months_words(months) for months in (1, 11, 12, 18, 36)] == [
        "1 month",
        "11 months",
        "1 year",
        "18 months",
        "3 years",
    ]


def test_actions_and_page_agree_on_versions(group: Group):
    """The version before ends the day before, so that one version is in force on every day."""
    make.terms(group, [], version="1", period=(day("2021-04-01"), None))
    actions.adopt_terms(**make.IN_TEST, group=group, version="2", start=day("2024-04-01"))
    for date in (day("2024-03-31").date, day("2024-04-01").date):
        assert sum(version.in_force for version in versions(versions_of_terms(group, date), date)) == 1
