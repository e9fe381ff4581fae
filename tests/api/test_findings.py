"""What does not add up, through the API: the findings of the pages, for whoever may see them and nobody else."""

import base64
import io
import json
import zipfile
from urllib.parse import unquote

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client

from ics_leadership.accounts import demo_accounts
from ics_leadership.accounts.models import Sight, Standing, User
from ics_leadership.exports import Question
from ics_leadership.history import change
from ics_leadership.periods import today
from memberships import rules
from memberships.actions.managed import manage_finding
from memberships.exports import findings
from memberships.models import ManagedFinding, Terms
from memberships.rules import Finding
from organisations.models import Organisation
from organisations.rights import Rights
from roles.models import Role
from tests import factories
from tests.accounts.test_tokens import made
from tests.api.reading import body, lines, refusal, table
from tests.api.test_role_map import DAY
from tests.factories import IN_TEST

FINDINGS = f"/api/v1/findings?as_at={DAY}"


def signed_in(client: Client, email: str) -> Client:
    client.force_login(User.objects.get(email=email))
    return client


def seen_by(account: User | AnonymousUser) -> list[Finding]:
    return rules.visible(Rights(account), rules.find(DAY))


@pytest.mark.parametrize("email", ["", *(each.email for each in demo_accounts.SHOWN)])
def test_everybody_is_shown_what_the_pages_show_them(demo_client: Client, email: str):
    client = signed_in(demo_client, email) if email else demo_client
    found = seen_by(User.objects.get(email=email) if email else AnonymousUser())
    rows = lines(client, FINDINGS)
    assert [row["sentence"] for row in rows] == [
        each.text for each in sorted(found, key=lambda each: f"{each.code}/{each.subject}")
    ]
    assert len({row["finding"] for row in rows}) == len(rows)
    assert bool(rows) == (email in (demo_accounts.EDITOR, demo_accounts.ADMINISTRATOR) or bool(found))
    assert [row["sentence"] for row in table(client, FINDINGS)] == [row["sentence"] for row in rows]


def test_every_filter_narrows_as_it_says(demo_client: Client):
    client = signed_in(demo_client, demo_accounts.ADMINISTRATOR)
    everything = {
        f"{each.code}/{each.subject}": each for each in seen_by(User.objects.get(email=demo_accounts.ADMINISTRATOR))
    }
    one = next(each for each in everything.values() if each.people and each.groups)
    (person, *_), (group, *_) = sorted(one.people), sorted(one.groups)
    place = Organisation.objects.get(pk=one.place)
    inside = set(Organisation.objects.within(place, DAY).values_list("pk", flat=True))
    post = next(each for each in everything.values() if each.roles)
    role_type = rules_of_type(post)
    questions = {
        f"kind={one.code}": lambda each: each.code == one.code,
        f"person={person}": lambda each: person in each.people,
        f"group={group}": lambda each: group in each.groups,
        f"organisation={place.pk}": lambda each: place.pk in each.organisations or each.place == place.pk,
        f"within={place.slug}": lambda each: each.place in inside,
        "q=vacant": lambda each: "vacant" in each.text.lower(),
        f"role_type={role_type[0]}": lambda each: each.roles & role_type[1],
    }
    for question, fits in questions.items():
        expected = {key for key, each in everything.items() if fits(each)}
        assert expected, question
        assert expected < set(everything), question
        assert {row["finding"] for row in lines(client, f"{FINDINGS}&{question}")} == expected, question


def rules_of_type(finding: Finding) -> tuple[str, set[int]]:
    """The name of a type of role that a finding concerns, and the numbers of all roles of it."""
    role_type = Role.objects.get(pk=min(finding.roles)).role_type
    return role_type.slug, set(role_type.roles.values_list("pk", flat=True))


def test_findings_of_a_past_state_are_nobodys(demo_client: Client):
    client = signed_in(demo_client, demo_accounts.ADMINISTRATOR)
    assert refusal(client, f"{FINDINGS}&known_at=2026-01-01").startswith("This list has no filter “known_at”.")
    with zipfile.ZipFile(
        io.BytesIO(body(client, f"/api/v1/role-map?as_at={DAY}&format=zip&known_at=2026-06-01"))
    ) as old:
        assert "findings.csv" not in old.namelist()
    with zipfile.ZipFile(io.BytesIO(body(client, f"/api/v1/role-map?as_at={DAY}&format=zip&period=all"))) as now:
        assert now.read("findings.csv") == body(client, f"{FINDINGS}&format=csv")


def test_token_sees_findings_when_it_was_made_for_them_or_a_group_publishes_them(committing: None):
    area = factories.small_area()
    analyst = factories.user()
    factories.grant(analyst, Standing.ANALYST, sees=[Sight.FINDINGS])
    (_, plain), (_, granted) = made(analyst, name="Plain"), made(analyst, Sight.FINDINGS, name="Findings")
    every = lines(granted, "/api/v1/findings?")
    assert {row["rule"] for row in every} >= {"GL05", "GL07"}
    assert lines(plain, "/api/v1/findings?") == []
    one = next(row for row in every if row["rule"] == "GL07")
    rule, _, subject = one["finding"].partition("/")
    said = {"how": "A review is under way", "agreed_by": "The chair"}
    manage_finding(rule=rule, subject=subject, area=area.icb, **said, **IN_TEST)
    managed = next(row for row in lines(granted, "/api/v1/findings?kind=GL07") if row["finding"] == one["finding"])
    assert (managed["managed"], managed["agreed_by"]) == tuple(said.values())
    with change(**IN_TEST):
        Terms.objects.filter(pk=area.terms.pk).update(publishes_findings=True)
    published = lines(plain, "/api/v1/findings?")
    assert published
    assert all(str(area.group.pk) in row["group_ids"].split("; ") for row in published)
    assert lines(Client(), "/api/v1/findings?") == []


@pytest.mark.django_db
def test_everybody_whom_one_finding_concerns_is_named_in_it():
    found = [
        {"number": 1, "finding": "a", "person_id": 3, "person_ids": "3"},
        {"number": 2, "finding": "b", "person_id": None, "person_ids": "5; 12"},
        {"number": 3, "finding": "c", "person_id": None, "person_ids": None},
    ]
    question = Question(ManagedFinding.objects.none(), today(), keys=[1, 2, 3], worked_out=found)
    with connection.cursor() as cursor:
        cursor.execute(findings.FINDINGS.named_in(question))
        assert {number for (number,) in cursor.fetchall()} - {None} == {3, 5, 12}


def test_archive_that_is_frozen_has_no_findings_of_who_froze_it(committing: None, client: Client):
    factories.small_area()
    client.force_login(factories.user(is_superuser=True))
    said = json.loads(client.post("/api/v1/snapshots/of/role-map?format=zip").content)
    with zipfile.ZipFile(io.BytesIO(body(client, said["file"]))) as frozen:
        assert "people.csv" in frozen.namelist()
        assert "findings.csv" not in frozen.namelist()


def test_cursor_that_is_none_is_refused(demo_client: Client):
    client = signed_in(demo_client, demo_accounts.ADMINISTRATOR)
    following = json.loads(body(client, f"{FINDINGS}&limit=1"))["next"]
    said = json.loads(base64.urlsafe_b64decode(unquote(following.partition("cursor=")[2])))
    for made_up in (said[:3], [said[0], 5, *said[2:], None], [*said, 5]):
        cursor = base64.urlsafe_b64encode(json.dumps(made_up).encode()).decode()
        assert refusal(client, f"{FINDINGS}&cursor={cursor}").startswith("This cursor is none that the register gave.")
    assert json.loads(body(client, FINDINGS))["known_at"] is None
