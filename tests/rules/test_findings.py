"""What is done with findings: told apart, compared, managed, shown to those who may see them; and what they cost."""

import datetime
import json
from dataclasses import replace
from io import StringIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ics_leadership.accounts.models import Grant, Sight, Standing, User
from ics_leadership.history import change
from ics_leadership.periods import ONE_DAY, today
from ics_leadership.writing import keep
from memberships import actions, rules
from memberships.models import ManagedFinding, Person, PersonAccount
from memberships.presenters.reasons import Piece
from memberships.rules import RULES, Finding, compare, visible
from memberships.rules.findings import LONGEST_SUBJECT
from organisations.models import Kind, Organisation
from organisations.rights import Rights
from tests import factories as make
from tests.factories import IN_TEST, SmallArea, small_area
from tests.periods import FIRST_DAY, MID_NORMAL, OPEN_ENDED, day

pytestmark = pytest.mark.django_db


def an_account(name: str) -> User:
    return User.objects.create_user(f"{name}@example.org")


def granted(account: User, standing: Standing, area: Organisation | None = None, **facts: object) -> Rights:
    """The rights of an account with one grant, since 1 April 2021."""
    with change(**IN_TEST):
        keep(Grant(account=account, standing=standing, area=area, **facts).between(*OPEN_ENDED))
    return Rights(account)


def some_finding(about: str = "seat:1", *rests_on: str) -> Finding:
    return Finding("GL05", MID_NORMAL, about, (Piece(f"About {about}: {rests_on}"),), 1, (), rests_on)


# --- the rules themselves


def test_the_rules_are_those_of_the_domain_in_their_order():
    of_the_domain = [rule.code for rule in RULES if rule.code.startswith("GL")]
    assert of_the_domain == [f"GL{number:02}" for number in range(1, 13)]
    assert [rule.code for rule in RULES][: len(of_the_domain)] == of_the_domain


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_says_what_it_finds_why_it_matters_and_where_it_comes_from(rule: rules.Rule):
    assert rule.what().endswith(".")
    assert rule.why().endswith(".")
    if rule.code.startswith("GL"):
        assert rule.source.startswith(f"domain.md, rule {int(rule.code[2:])}: ")
    assert rule.source.endswith(".")


def test_asking_costs_the_same_however_much_there_is(area: SmallArea):
    rules.find(MID_NORMAL)
    with CaptureQueriesContext(
        connection,
    ) as few:
        found = rules.find(MID_NORMAL)
    for name in ("Lowestoft", "Ipswich", "Diss"):
        small_area(name)
    with CaptureQueriesContext(connection) as many:
        more = rules.find(MID_NORMAL)
    assert len(more) == 4 * len(found) > 0
    assert len(many) == len(few)


def test_rules_ask_of_one_area_alone(area: SmallArea):
    other = small_area("Diss")
    (of_other,) = {finding.place for finding in rules.find(MID_NORMAL, [other.place.pk]) if finding.code == "GL05"}
    assert of_other == other.place.pk
    assert rules.find(MID_NORMAL, [area.icb.pk, other.icb.pk]) == rules.find(MID_NORMAL)


# --- told apart


def test_the_subject_of_a_finding_holds_what_it_rests_on():
    assert some_finding().subject == "seat:1"
    assert some_finding("seat:1", "place:1", "place:2").subject == "seat:1/place:1,place:2"
    longer = [some_finding("seat:1", *(f"place:{n}" for n in range(number))).subject for number in (50, 51)]
    assert longer[0] != longer[1]
    assert all(len(subject) <= LONGEST_SUBJECT for subject in longer)


def test_a_change_gains_what_was_not_so_before_and_settles_what_is_no_longer():
    gone, same, came = some_finding("seat:1"), some_finding("seat:2"), some_finding("seat:3")
    assert compare([gone, same], [same, came]) == ([came], [gone])


def test_a_finding_that_grows_is_gained_and_one_that_shrinks_is_neither():
    one, two = some_finding("seat:1", "place:1"), some_finding("seat:1", "place:1", "place:2")
    assert compare([one], [two]) == ([two], [])
    assert compare([two], [one]) == ([], [])


def test_a_finding_that_reads_the_same_of_another_record_is_neither_gained_nor_settled():
    before, after = some_finding("membership:1"), replace(some_finding("membership:1"), about="membership:2")
    assert compare([before], [after]) == ([], [])


def test_what_somebody_leaving_would_bring_about_can_be_told_from_what_concerns_them(area: SmallArea):
    director = area.directors[0]
    touched = {"people": [director.person_id], "roles": [director.role_id], "organisations": [area.pcns[0].pk]}
    before = rules.find_about(MID_NORMAL, **touched)
    actions.end_appointment(appointment=director, end=day("2022-06-30"), **IN_TEST)
    gained, settled = compare(before, rules.find_about(MID_NORMAL, **touched))
    assert [finding.code for finding in gained] == ["GL04", "GL08"]
    assert [finding.code for finding in settled] == ["GL10"]


# --- managed


def manage(finding: Finding, area: Organisation, **facts: object) -> ManagedFinding:
    return actions.manage_finding(
        rule=finding.code, subject=finding.subject, area=area, **IN_TEST | {"how": "They leave the room."} | facts
    )


def vacancy(date: datetime.date) -> Finding:
    return next(finding for finding in rules.find(date) if finding.code == "GL05" and finding.about.startswith("seat"))


def test_a_finding_is_managed_from_the_day_that_it_is_said_since(area: SmallArea):
    eve = today() - datetime.timedelta(days=1)
    row = manage(vacancy(today()), area.icb)
    assert (vacancy(eve).managed, vacancy(today()).managed) == (None, row)
    manage(vacancy(today()), area.icb, since=eve, how="Somebody deputises.")
    assert vacancy(eve).managed == row
    manage(vacancy(today()), area.icb, how="Nobody deputises any more.")
    assert vacancy(eve).managed == row, "what was written down before stays"
    with pytest.raises(ValidationError, match="as a day that has come"):
        manage(vacancy(today()), area.icb, since=today() + datetime.timedelta(days=1))


def test_a_finding_is_managed_up_to_the_day_of_its_review(area: SmallArea):
    review = today() + datetime.timedelta(days=30)
    row = manage(vacancy(today()), area.icb, review_on=review, agreed_by="The committee")
    assert vacancy(review).managed == row
    assert vacancy(review + ONE_DAY).managed is None


def test_a_finding_comes_back_when_what_it_rests_on_changes(area: SmallArea):
    actions.end_membership(membership=area.memberships[1], end=day("2022-06-30"), **IN_TEST)
    seat = f"seat:{area.memberships[1].seat_id}"
    (finding,) = [each for each in rules.find(MID_NORMAL) if (each.code, each.about) == ("GL05", seat)]
    manage(finding, area.icb)
    actions.end_membership(membership=area.memberships[2], end=day("2022-06-30"), **IN_TEST)
    (finding,) = [each for each in rules.find(MID_NORMAL) if (each.code, each.about) == ("GL05", seat)]
    assert finding.managed is None


def test_what_is_written_down_anew_takes_the_place_of_what_was(area: SmallArea):
    first = manage(vacancy(FIRST_DAY), area.icb)
    second = manage(vacancy(FIRST_DAY), area.icb, how=" An election is called. ")
    assert (second.pk, second.how) == (first.pk, "An election is called.")


def test_no_review_is_set_for_a_day_that_has_passed(area: SmallArea):
    with pytest.raises(ValidationError, match="Choose a day to come"):
        manage(vacancy(FIRST_DAY), area.icb, review_on=today() - ONE_DAY)
    manage(vacancy(FIRST_DAY), area.icb, review_on=today())


def test_saying_nothing_manages_nothing(area: SmallArea):
    with pytest.raises(ValidationError, match="Say how this is managed"):
        manage(vacancy(FIRST_DAY), area.icb, how="  ")


# --- who sees them


@pytest.fixture
def findings(area: SmallArea) -> list[Finding]:
    """What is found in two areas: that of `area`, and another."""
    small_area("Diss")
    return rules.find(today())


def inside(area: SmallArea, findings: list[Finding]) -> list[Finding]:
    of_area = rules.find(today(), [area.icb.pk])
    return [finding for finding in findings if finding in of_area]


def test_editors_see_the_findings_of_their_area(area: SmallArea, findings: list[Finding]):
    assert (
        visible(granted(an_account("editor"), Standing.EDITOR, area.icb), findings)
        == inside(area, findings)
        != findings
    )


def test_administrators_see_all_findings(findings: list[Finding]):
    assert visible(granted(an_account("administrator"), Standing.ADMINISTRATOR), findings) == findings


def test_analysts_see_findings_where_they_were_granted(area: SmallArea, findings: list[Finding]):
    sees, sees_not = (
        granted(an_account(what), Standing.ANALYST, area.icb, sees=[what]) for what in (Sight.FINDINGS, Sight.AMOUNTS)
    )
    assert visible(sees, findings) == inside(area, findings)
    assert visible(sees_not, findings) == []


def test_whom_a_finding_concerns_sees_it(area: SmallArea, findings: list[Finding]):
    account, person = an_account("director"), area.directors[0].person
    rights = granted(account, Standing.READER)
    assert visible(rights, findings) == []
    with change(**IN_TEST):
        keep(PersonAccount(person=Person.objects.get(pk=person.pk), account=account))
    assert {tuple(finding.people) for finding in visible(rights, findings)} == {(person.pk,)}


def test_nobody_else_sees_a_finding(findings: list[Finding]):
    assert visible(Rights(AnonymousUser()), findings) == []


# --- from the command line


def checked(*arguments: str, status: int = 1) -> str:
    """What the command says, which ends with this status."""
    output, ended = StringIO(), 0
    try:
        call_command("check_register", *arguments, stdout=output)
    except SystemExit as end:
        ended = end.code
    assert ended == status
    return output.getvalue()


def test_the_command_says_what_is_found_and_how_it_is_managed(area: SmallArea):
    manage(vacancy(MID_NORMAL), area.icb, since=MID_NORMAL, review_on=today())
    said = checked("--as-at", "2022-07-01", "--within", area.icb.ods_code)
    assert said.startswith("4 findings, 1 July 2022: Norwich ICB\n\nGL05 A seat is vacant,")
    assert "  - The seat “Experienced leader” of Norwich GP Leadership Group is vacant." in said
    assert f"    Managed (to be reviewed on {today().day} {today():%B %Y}): They leave the room." in said
    assert "    Would settle it: " in said


def test_the_command_ends_well_once_all_is_managed(area: SmallArea):
    for finding in rules.find(MID_NORMAL):
        manage(finding, area.icb, since=MID_NORMAL, review_on=today())
    assert "4 findings" in checked("--as-at", "2022-07-01", status=0)


def test_the_command_gives_the_same_as_json(area: SmallArea):
    rows = json.loads(checked("--as-at", "2022-07-01", "--json"))
    assert [(row["code"], row["subject"]) for row in rows] == [
        (finding.code, finding.subject) for finding in rules.find(MID_NORMAL)
    ]


def test_the_command_says_that_nothing_is_found_as_well(db: None):
    board = make.organisation(Kind.ICB)
    make.keep_area(board, board)
    assert checked("--as-at", "2022-07-01", status=0) == "Nothing found, 1 July 2022: all kept areas\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--as-at", "2022-06-31"], "is not a date"),
        (["--within", "nowhere"], "is no organisation of this register"),
        (["--as-at", "2021-03-31"], "Nobody keeps any area on 31 March 2021"),
    ],
)
def test_the_command_fails_where_nothing_could_be_asked(arguments: list[str], sentence: str):
    with pytest.raises(CommandError, match=sentence) as refused:
        checked(*arguments)
    assert refused.value.returncode == 2
