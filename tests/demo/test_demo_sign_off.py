"""What the demonstration tells of consent and of interests."""

import datetime

import pytest

from ics_leadership.periods import today
from memberships.interests import register_of
from memberships.models import Group, Person, Proposal
from memberships.presenters.interests import declared_line
from memberships.presenters.proposals import standing_sentence
from memberships.proposals import as_at, asked_of

pytestmark = pytest.mark.usefixtures("demo_client")


def stands(slug: str, on: datetime.date) -> str:
    [then] = as_at(Proposal.objects.filter(slug=slug), on)
    return standing_sentence(then, on)


def test_proposal_is_agreed_by_all_after_one_had_objected() -> None:
    slug = "one-list-of-urgent-appointments"
    committee = "Marlshire and Wexmoor Local Medical Committee"
    stopped = f"Stopped: {committee} objects; agreed by 5 of 13 organs, and seven have not answered."
    assert stands(slug, datetime.date(2026, 6, 29)) == stopped
    assert stands(slug, datetime.date(2026, 7, 31)) == "Agreed by all 13 organs."


def test_proposal_is_stopped_with_a_reason() -> None:
    assert stands("one-list-of-fees-for-locums", today()).startswith("Stopped: ")


def test_open_proposal_waits_for_the_leader_whose_account_is_shown() -> None:
    assert stands("three-winter-hubs", today()).startswith("Agreed by 10 of 13 organs; three have until ")
    leader = Person.objects.get(slug="amina-yusuf-calder")
    assert [str(asked.party.row) for asked in asked_of(leader.pk, today())] == ["Castle Wolmer PCN"]


def test_same_group_decided_by_vote_under_its_first_terms() -> None:
    said = "Carried: 7 for, 1 against, 1 abstaining; four did not vote by Monday 31 March."
    assert stands("a-letter-with-every-discharge", datetime.date(2025, 12, 1)) == said


def test_some_members_have_declared_some_never_and_one_not_for_more_than_a_year() -> None:
    autumn = datetime.date(2026, 11, 22)
    group = Group.objects.get(name="Marlshire GP Leadership Group")
    lines = {line.name: line for line in (declared_line(each, autumn) for each in register_of(group, autumn))}
    late = {name: line.last for name, line in lines.items() if line.is_late}
    assert late["Dr Huw Pritchard-Elms"] == "Declared on 8 May 2025"
    assert late["Dr Niamh Brennan-Tuohy"] == "Has never declared"
    assert lines["Dr Kavita Desai-Thorne"].last == "Declared that there was nothing to declare on 7 May 2026"
