"""Where a proposal stands: each decision rule on its own, and all of them against plain loops over any answers."""

import datetime
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memberships.decisions import Asked, Outcome, Said, standing
from memberships.models import DecisionRule, Says

PUT = datetime.date(2026, 11, 2)
BY = datetime.date(2026, 12, 4)
ON = datetime.date(2026, 11, 26)
AFTER = datetime.date(2026, 12, 5)
EVE = datetime.date(2026, 11, 25)
AGREES, OBJECTS, ABSTAINS = Says.AGREES, Says.OBJECTS, Says.ABSTAINS


def organ(name: str, *answers: Says, on: datetime.date = PUT) -> Asked:
    return Asked(name, False, PUT, [Said(says, on) for says in answers])


def group(name: str, *answers: Says) -> Asked:
    return Asked(name, True, PUT, [Said(says, PUT) for says in answers])


def closing(name: str, *answers: Says, until: datetime.date = EVE) -> Asked:
    return Asked(name, False, PUT, [Said(says, PUT) for says in answers], until)


def outcome(rule: DecisionRule, *asked: Asked, on: datetime.date = ON) -> Outcome:
    return standing(rule, asked, on=on, answer_by=BY).outcome


def test_organs_agree_when_each_has_agreed():
    assert outcome(DecisionRule.ORGANS, organ("East", AGREES), organ("West", AGREES)) is Outcome.AGREED
    assert outcome(DecisionRule.ORGANS, organ("East", AGREES), organ("West")) is Outcome.OPEN


def test_objection_of_one_organ_stops_it_whatever_the_others_say():
    assert outcome(DecisionRule.ORGANS, organ("East", AGREES), organ("West", OBJECTS), organ("LMC")) is Outcome.STOPPED


def test_organ_that_abstains_stands_aside_but_not_all_may():
    assert outcome(DecisionRule.ORGANS, organ("East", AGREES), organ("West", ABSTAINS)) is Outcome.AGREED
    assert outcome(DecisionRule.ORGANS, organ("East", ABSTAINS), organ("West", ABSTAINS)) is Outcome.LOST


def test_later_answer_counts_in_the_place_of_the_earlier():
    assert outcome(DecisionRule.ORGANS, organ("East", OBJECTS, AGREES)) is Outcome.AGREED
    assert outcome(DecisionRule.ORGANS, organ("East", AGREES, OBJECTS)) is Outcome.STOPPED


def test_group_is_heard_where_the_organs_decide():
    found = standing(DecisionRule.ORGANS, [organ("East", AGREES), group("Forum", OBJECTS)], on=ON)
    assert (found.outcome, [each.name for each in found.heard]) == (Outcome.AGREED, ["Forum"])


def test_consensus_of_those_at_the_table_counts_the_group_too():
    assert outcome(DecisionRule.CONSENSUS, organ("East", AGREES), group("Forum", OBJECTS)) is Outcome.STOPPED


def test_group_decides_first_and_then_every_organ():
    stages = DecisionRule.TWO_STAGE
    waits = standing(stages, [group("Forum"), organ("East", AGREES)], on=ON)
    assert (waits.outcome, [each.name for each in waits.first]) == (Outcome.OPEN, ["Forum"])
    assert outcome(stages, group("Forum", AGREES), organ("East")) is Outcome.OPEN
    assert outcome(stages, group("Forum", AGREES), organ("East", AGREES)) is Outcome.AGREED
    assert outcome(stages, group("Forum", AGREES), organ("East", OBJECTS)) is Outcome.STOPPED
    assert outcome(stages, group("Forum", OBJECTS), organ("East", AGREES)) is Outcome.STOPPED


def test_majority_is_of_those_who_vote_and_a_tie_is_none():
    vote = DecisionRule.VOTE
    assert outcome(vote, organ("East", AGREES), organ("West", ABSTAINS)) is Outcome.AGREED
    assert outcome(vote, organ("East", AGREES), organ("West", OBJECTS)) is Outcome.LOST
    assert outcome(vote, organ("East", AGREES), organ("West", OBJECTS), organ("LMC")) is Outcome.OPEN


def test_majority_is_decided_when_nobody_can_turn_it():
    vote = DecisionRule.VOTE
    assert outcome(vote, organ("East", AGREES), organ("West", AGREES), organ("LMC")) is Outcome.AGREED
    assert outcome(vote, organ("East", OBJECTS), organ("West", OBJECTS), organ("LMC")) is Outcome.LOST


def test_vote_closes_after_its_last_day_and_what_is_said_later_is_only_heard():
    late = organ("West", OBJECTS, on=AFTER)
    votes = [organ("East", AGREES), late, organ("LMC")]
    assert standing(DecisionRule.VOTE, votes, on=BY, answer_by=BY).outcome is Outcome.OPEN
    found = standing(DecisionRule.VOTE, votes, on=AFTER, answer_by=BY)
    assert (found.outcome, found.heard) == (Outcome.AGREED, [late])


def test_consensus_waits_beyond_its_last_day():
    late = organ("West", AGREES, on=AFTER)
    assert standing(DecisionRule.ORGANS, [late], on=BY, answer_by=BY).outcome is Outcome.OPEN
    assert standing(DecisionRule.ORGANS, [late], on=AFTER, answer_by=BY).outcome is Outcome.AGREED


def test_terms_that_say_nothing_count_and_decide_nothing():
    assert outcome(DecisionRule.UNSAID, organ("East", OBJECTS), organ("West")) is Outcome.OPEN
    assert outcome(DecisionRule.UNSAID, organ("East", OBJECTS), organ("West", AGREES)) is Outcome.ANSWERED


def test_withdrawn_proposal_stands_as_it_did_on_the_eve():
    asked = [organ("East", AGREES), organ("West", OBJECTS, on=ON)]
    found = standing(DecisionRule.ORGANS, asked, on=AFTER, withdrawn_on=ON)
    assert (found.outcome, len(found.agree), len(found.waiting)) == (Outcome.WITHDRAWN, 1, 1)
    assert standing(DecisionRule.ORGANS, asked, on=PUT, withdrawn_on=ON).outcome is Outcome.OPEN


def test_party_asked_later_is_not_waited_for_before():
    later = Asked("LMC", False, AFTER)
    assert outcome(DecisionRule.ORGANS, organ("East", AGREES), later) is Outcome.AGREED
    assert outcome(DecisionRule.ORGANS, organ("East", AGREES), later, on=AFTER) is Outcome.OPEN


def test_organ_that_closed_before_it_answered_counts_from_the_day_after_no_more():
    asked = [organ("East", AGREES), closing("West")]
    before, after = (standing(DecisionRule.ORGANS, asked, on=day) for day in (EVE, ON))
    assert (before.outcome, [each.name for each in before.waiting]) == (Outcome.OPEN, ["West"])
    assert (after.outcome, after.counted, [each.name for each in after.gone]) == (Outcome.AGREED, 1, ["West"])


def test_what_an_organ_answered_before_it_closed_goes_on_to_count():
    assert outcome(DecisionRule.ORGANS, organ("East", AGREES), closing("West", OBJECTS)) is Outcome.STOPPED
    assert standing(DecisionRule.ORGANS, [closing("West", AGREES)], on=ON).outcome is Outcome.AGREED


def test_what_is_said_for_an_organ_after_it_closed_does_not_count():
    late = Asked("West", False, PUT, [Said(OBJECTS, ON)], EVE)
    found = standing(DecisionRule.ORGANS, [organ("East", AGREES), late], on=ON)
    assert (found.outcome, found.gone) == (Outcome.AGREED, [late])


@pytest.mark.parametrize("rule", [DecisionRule.ORGANS, DecisionRule.TWO_STAGE])
def test_group_does_not_decide_in_the_place_of_organs_that_closed(rule: DecisionRule):
    found = standing(rule, [group("Forum", AGREES), closing("West")], on=ON)
    assert (found.outcome, found.counted) == (Outcome.OPEN, 0)


def test_nobody_who_has_closed_can_turn_a_majority_and_a_vote_that_is_over_stays_as_it_is():
    votes = [organ("East", AGREES), organ("LMC", OBJECTS), organ("South", AGREES), closing("West")]
    assert outcome(DecisionRule.VOTE, *votes, on=EVE) is Outcome.OPEN
    assert outcome(DecisionRule.VOTE, *votes) is Outcome.AGREED
    over = [organ("East", AGREES), closing("West", until=BY)]
    assert [len(standing(DecisionRule.VOTE, over, on=AFTER, answer_by=BY).waiting)] == [1]


def test_proposal_that_was_withdrawn_waited_for_whom_it_waited_then():
    found = standing(DecisionRule.ORGANS, [closing("West")], on=AFTER, withdrawn_on=EVE)
    assert (found.outcome, len(found.waiting), found.gone) == (Outcome.WITHDRAWN, 1, [])


@pytest.mark.parametrize("rule", DecisionRule)
def test_nothing_is_settled_while_nobody_is_asked(rule: DecisionRule):
    assert outcome(rule) is Outcome.OPEN


# --- any answers, by plain loops

days = st.dates(PUT, PUT + datetime.timedelta(days=8))
said = st.builds(Said, st.sampled_from(Says), days)
parties = st.builds(
    Asked,
    st.sampled_from("ABCDEFGH"),
    st.booleans(),
    days,
    st.lists(said, max_size=3).map(lambda answers: sorted(answers, key=lambda each: each.on)),
    st.none() | days,
)
many = st.lists(parties, max_size=7, unique_by=lambda each: each.name)


def naive(
    rule: DecisionRule, asked: Sequence[Asked], on: datetime.date, by: datetime.date | None, withdrawn: bool
) -> str:
    """What becomes of it, said again as slowly as possible."""
    if withdrawn:
        return "withdrawn"

    def votes(of: Sequence[Asked], until: datetime.date) -> list[str]:
        found = []
        for each in of:
            vote = "nothing"
            for answer in each.answers:
                if answer.on <= until and not (each.until and answer.on > each.until):
                    vote = answer.says.value
            found.append(vote)
        return found

    def together(of: Sequence[Asked]) -> str:
        said = votes(of, on)
        if "objects" in said:
            return "stopped"
        if not said or "nothing" in said:
            return "open"
        return "agreed" if "agrees" in said else "lost"

    there = [each for each in asked if each.since <= on]
    any_organs = any(not each.is_group for each in there)
    last = by if by and by < on and rule == DecisionRule.VOTE else on
    there = [each for each in there if each.until is None or each.until >= last or votes([each], last) != ["nothing"]]
    organs, groups = [each for each in there if not each.is_group], [each for each in there if each.is_group]
    match rule:
        case DecisionRule.CONSENSUS:
            return together(there)
        case DecisionRule.ORGANS:
            return together(organs) if any_organs else together(groups)
        case DecisionRule.TWO_STAGE:
            if groups and (together(groups) != "agreed" or not any_organs):
                return together(groups)
            return together(organs)
        case DecisionRule.VOTE:
            closed = by is not None and on > by
            said = votes(there, by if by and closed else on)
            # Whatever those who have not voted may still do.
            still = 0 if closed else said.count("nothing")
            ends = {
                said.count("agrees") + more > said.count("objects") + against
                for more in range(still + 1)
                for against in range(still + 1 - more)
            }
            if not there or len(ends) == 2:
                return "open"
            return "agreed" if ends == {True} else "lost"
        case _:
            return "open" if not there or "nothing" in votes(there, on) else "answered"


@given(rule=st.sampled_from(DecisionRule), asked=many, on=days, by=st.none() | days, withdrawn=st.none() | days)
def test_any_answers_stand_as_plain_loops_say(
    rule: DecisionRule,
    asked: list[Asked],
    on: datetime.date,
    by: datetime.date | None,
    withdrawn: datetime.date | None,
):
    found = standing(rule, asked, on=on, answer_by=by, withdrawn_on=withdrawn)
    assert found.outcome == naive(rule, asked, on, by, withdrawn is not None and on >= withdrawn)


@given(rule=st.sampled_from(DecisionRule), asked=many, on=days, by=st.none() | days)
def test_everybody_asked_is_counted_heard_or_first_and_once_among_those_that_count(
    rule: DecisionRule, asked: list[Asked], on: datetime.date, by: datetime.date | None
):
    found = standing(rule, asked, on=on, answer_by=by)
    counted = [each.name for each in (*found.agree, *found.object, *found.abstain, *found.waiting)]
    assert len(counted) == len(set(counted)) == found.counted
    there = {each.name for each in asked if each.since <= on}
    gone = {each.name for each in found.gone}
    assert gone <= there - {*counted}
    assert {*counted, *(each.name for each in (*found.heard, *found.first))} <= there
