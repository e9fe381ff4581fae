"""The role map through the API: the same rows in every format, narrowed as the pages are, private where it has to be."""

import base64
import datetime
import json
from urllib.parse import unquote

import pytest
from django.test import Client
from django.utils import timezone

from ics_leadership import streams
from memberships import actions
from memberships.models import Appointment, Person
from organisations import actions as organisations
from organisations.models import KeptArea, Kind, Organisation
from tests import factories
from tests.api.reading import body, lines, pages, refusal, table
from tests.factories import IN_TEST
from tests.periods import day

DAY = datetime.date(2025, 6, 30)
ROLE_MAP = f"/api/v1/role-map?as_at={DAY}"

NASTY = [
    "=1+1",
    "@SUM(A1)",
    "-2",
    "+44",
    "\ttab",
    'comma, "quotes"',
    "two\nlines",
    "two\r\nlines",
    "emoji 🩺",
    "שלום",
    "x" * 10_000,
]
"""What a note may hold and a format break on; none begins with an apostrophe."""


def test_every_format_has_the_same_rows(demo_client: Client):
    by_page = pages(demo_client, f"{ROLE_MAP}&limit=37")
    assert by_page == pages(demo_client, f"{ROLE_MAP}&limit=1000") == lines(demo_client, ROLE_MAP)
    assert [row["appointment_id"] for row in by_page] == list(
        Appointment.objects.as_at(DAY).order_by("pk").values_list("pk", flat=True)
    )
    written = [{name: "" if value is None else value for name, value in row.items()} for row in by_page]
    for row in written:
        row.update({name: str(value).lower() for name, value in row.items() if isinstance(value, bool)})
        row.update({name: str(value) for name, value in row.items() if isinstance(value, int)})
        row["sessions_per_week"] = row["sessions_per_week"] and f"{row['sessions_per_week']:.2f}"
    assert table(demo_client, ROLE_MAP) == written


def test_pages_lead_back_to_where_they_came_from(demo_client: Client):
    first = json.loads(body(demo_client, f"{ROLE_MAP}&limit=20"))
    second = json.loads(body(demo_client, first["next"]))
    assert first["previous"] is None
    back = json.loads(body(demo_client, second["previous"]))
    assert back["results"] == first["results"]
    assert back["previous"] is None


def test_a_row_says_where_its_role_lies_on_the_day_and_who_pays(demo_client: Client):
    director = next(row for row in lines(demo_client, ROLE_MAP) if row["accountable"] and row["funded_by"])
    network = Organisation.objects.get(pk=director["organisation_id"])
    place = Organisation.objects.get(pk=director["place_id"])
    assert (network.kind, place.kind) == (Kind.PCN, Kind.PLACE)
    assert Organisation.objects.filter(pk=network.pk).within(place, DAY).exists()
    assert director["acts_for"] == "general_practice"
    assert director["icb_name"] == Organisation.objects.get(pk=director["icb_id"]).name


def test_every_place_is_one_in_which_the_role_lies(demo_client: Client):
    rows = lines(demo_client, ROLE_MAP)
    for name in ("place_id", "icb_id"):
        for area in Organisation.objects.filter(pk__in={row[name] for row in rows if row[name]}):
            inside = set(Organisation.objects.within(area, DAY).values_list("pk", flat=True))
            assert {row["organisation_id"] for row in rows if row[name] == area.pk and row["accountable"]} <= inside


def test_without_a_day_the_answer_is_todays_and_says_so(demo_client: Client):
    page = json.loads(body(demo_client, "/api/v1/role-map?limit=1"))
    assert page["as_at"] == datetime.date.today().isoformat()


def test_all_that_ever_was_can_be_asked_for(demo_client: Client):
    assert len(lines(demo_client, "/api/v1/role-map?period=all")) == Appointment.objects.count()


def test_every_filter_narrows_as_it_says(demo_client: Client):
    everything = lines(demo_client, ROLE_MAP)
    area = KeptArea.objects.as_at(DAY).order_by("pk").first().area
    inside = set(Organisation.objects.within(area, DAY).values_list("pk", flat=True))
    one = everything[0]
    person = Person.objects.get(pk=one["person_id"])
    questions = {
        "acts_for=system": lambda row: row["acts_for"] == "system",
        "kind=pcn": lambda row: row["organisation_kind"] == "pcn",
        f"within={area.slug}": lambda row: row["organisation_id"] in inside,
        f"person={person.slug}": lambda row: row["person_id"] == person.pk,
        f"person={person.pk}": lambda row: row["person_id"] == person.pk,
        "role_type=pcn-clinical-director": lambda row: row["role_type"] == "PCN Clinical Director",
    }
    for question, fits in questions.items():
        expected = [row for row in everything if fits(row)]
        assert expected, question
        assert expected != everything, question
        assert lines(demo_client, f"{ROLE_MAP}&{question}") == expected, question


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("colour=red", "This list has no filter “colour”."),
        ("format=pdf", "“pdf” is no format. It can be json, csv, ndjson, xlsx, popolo and zip."),
        ("acts_for=nobody", "“nobody” is no value of “acts_for”."),
        ("as_at=yesterday", "“yesterday” is not a date."),
        ("within=nowhere", "“nowhere” is no organisation of this register."),
        ("person=nobody", "“nobody” is no person of this register."),
        ("limit=0", "“0” is no limit."),
        ("limit=1001", "“1001” is no limit."),
        ("cursor=abc", "This cursor is none that the register gave."),
        ("format=csv&limit=5", "“limit” is for pages of JSON"),
        ("bom=1", "“bom” is for CSV."),
        ("format=csv&bom=maybe", "“maybe” is no value of “bom”."),
        ("acts_for=system&acts_for=commissioner", "This address gives more than one value for “acts_for”."),
    ],
)
def test_what_is_asked_amiss_is_refused_in_a_sentence(demo_client: Client, question: str, sentence: str):
    assert refusal(demo_client, f"/api/v1/role-map?{question}").startswith(sentence)


def test_an_unknown_address_of_the_api_is_answered_as_the_api_answers(demo_client: Client):
    assert refusal(demo_client, "/api/v1/nothing", 404)


def test_who_may_not_read_is_told_so(demo_client: Client, settings):
    settings.PUBLIC_READING = False
    assert refusal(demo_client, ROLE_MAP, 401)


# --- what a cell may hold


def test_any_text_comes_through_whole(committing: None):
    for text in NASTY:
        source = organisations.add_source(title=text, **IN_TEST)
        post = factories.role(factories.organisation(), factories.role_type())
        factories.appointment(factories.person(), post, source=source)
    client, address = Client(), "/api/v1/role-map?period=all"
    assert {row["source"] for row in lines(client, address)} == set(NASTY)
    assert {row["source"] for row in pages(client, address)} == set(NASTY)
    assert {row["source"] for row in table(client, f"{address}&neutralise=false")} == set(NASTY)
    for row in table(client, address):
        said = row["source"]
        assert said in NASTY or (said[0] == "'" and said[1:] in NASTY and said[1] in "=@+-\t")


def test_spreadsheets_are_given_the_mark_that_they_like(demo_client: Client):
    assert body(demo_client, f"{ROLE_MAP}&format=csv&bom=1").startswith(b"\xef\xbb\xbfappointment_id,")
    assert body(demo_client, f"{ROLE_MAP}&format=csv").startswith(b"appointment_id,")


# --- who sees what


def test_amounts_are_there_for_those_who_may_see_them_and_absent_for_all_others(committing: None):
    area, elsewhere = factories.small_area(), factories.small_area("Diss")
    for each in (area, elsewhere):
        actions.add_funding_line(
            appointment=each.directors[0],
            funding=actions.Funding(factories.funding_source(), payer=each.icb, annual_amount=12_000),
            **IN_TEST,
        )
    address = "/api/v1/role-map?period=all"
    assert all("annual_amount" not in row for row in lines(Client(), address))
    assert "annual_amount" not in table(Client(), address)[0]
    editor = Client()
    editor.force_login(factories.editor(area.icb))
    seen = {row["appointment_id"]: row["annual_amount"] for row in lines(editor, address)}
    assert seen[area.directors[0].pk] == 12_000
    assert seen[elsewhere.directors[0].pk] is None
    # A state that is past is shown as everybody sees it, in every format, to administrators too.
    past = f"{address}&known_at={timezone.now().isoformat().replace('+00:00', 'Z')}"
    administrator = Client()
    administrator.force_login(factories.user(is_superuser=True))
    for client in (editor, administrator):
        assert "annual_amount" in lines(client, address)[0]
        found = [*lines(client, past), *pages(client, past), *table(client, past)]
        assert found
        assert all("annual_amount" not in row for row in found)
        one = client.get(f"/api/v1/role-map/{area.directors[0].pk}?{past.partition('&')[2]}")
        assert "annual_amount" not in json.loads(one.content)["record"]
        assert b"annual_amount" in body(client, "/people/role-map.csv")
        assert b"annual_amount" not in body(client, f"/people/role-map.csv?{past.partition('&')[2]}")


# --- how it travels


def test_an_export_that_is_left_off_gives_back_its_turn_and_its_connection(committing: None, settings):
    factories.appointment(
        factories.person(),
        factories.role(factories.organisation(), factories.role_type()),
        period=(day("2020-01-01"), None),
    )
    for _ in range(3 * settings.EXPORTS_AT_ONCE):
        answer = Client().get("/api/v1/role-map?format=csv")
        assert answer.status_code == 200
        answer.close()


def test_one_export_too_many_is_asked_to_come_again(demo_client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(streams._turns, "_value", 0)
    answer = demo_client.get(f"{ROLE_MAP}&format=csv")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "15"


@pytest.mark.parametrize(
    ("form", "kind"), [("csv", "text/csv"), ("xlsx", "application/vnd.openxmlformats"), ("zip", "application/zip")]
)
def test_what_would_be_said_of_an_export_is_asked_without_one(
    demo_client: Client, monkeypatch: pytest.MonkeyPatch, form: str, kind: str
):
    monkeypatch.setattr(streams._turns, "_value", 0)
    answer = demo_client.head(f"{ROLE_MAP}&format={form}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith(kind)
    # How long it will be nobody knows yet.
    assert "Content-Length" not in answer.headers
    assert demo_client.head(f"{ROLE_MAP}&format=csv&colour=red").status_code == 400


# --- in which order, and as known when


@pytest.mark.parametrize("ordering", ["person_name", "-organisation_name", "end_date", "-end_date", "updated_at"])
def test_pages_in_any_order_tell_every_row_once_and_lead_back(demo_client: Client, ordering: str):
    address = f"{ROLE_MAP}&ordering={ordering}"
    by_page = pages(demo_client, f"{address}&limit=40")
    assert by_page == lines(demo_client, address)
    assert sorted(row["appointment_id"] for row in by_page) == [
        row["appointment_id"] for row in lines(demo_client, ROLE_MAP)
    ]
    last = json.loads(body(demo_client, f"{address}&limit=40"))
    while last["next"]:
        last = json.loads(body(demo_client, last["next"]))
    back = list(last["results"])
    while last["previous"]:
        last = json.loads(body(demo_client, last["previous"]))
        back = last["results"] + back
    assert back == by_page


def test_order_by_an_end_puts_what_has_none_last_either_way(demo_client: Client):
    for ordering in ("end_date", "-end_date"):
        ends = [row["end_date"] for row in lines(demo_client, f"{ROLE_MAP}&ordering={ordering}")]
        known = [end for end in ends if end]
        assert known == sorted(known, reverse=ordering.startswith("-"))
        assert ends == known + [None] * (len(ends) - len(known))


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("ordering=annual_amount", "“annual_amount” is no value of “ordering”."),
        ("updated_since=lately", "“lately” is no moment."),
        ("known_at=2099-01-01", "Nobody knows yet"),
    ],
)
def test_orders_and_moments_that_are_none_are_refused(demo_client: Client, question: str, sentence: str):
    assert refusal(demo_client, f"/api/v1/role-map?{question}").startswith(sentence)


def test_cursor_is_of_the_question_in_whose_answer_it_stood(demo_client: Client):
    address = f"{ROLE_MAP}&kind=pcn"
    following = json.loads(body(demo_client, f"{address}&limit=2"))["next"]
    assert json.loads(body(demo_client, following.replace("limit=2", "limit=3")))["results"], "a page may be longer"
    place = following.partition("cursor=")[2]
    for other in (
        ROLE_MAP,
        f"{ROLE_MAP}&kind=icb",
        f"{address}&acts_for=system",
        f"{address}&ordering=person_name",
        address.replace(str(DAY), "2025-07-01"),
        f"{address}&known_at=2026-05-01",
    ):
        assert refusal(demo_client, f"{other}&cursor={place}").startswith("This cursor is of another question"), other


def test_cursor_that_was_made_up_is_refused(demo_client: Client):
    following = json.loads(body(demo_client, f"{ROLE_MAP}&ordering=person_name&limit=2"))["next"]
    said = json.loads(base64.urlsafe_b64decode(unquote(following.partition("cursor=")[2])))
    for made_up in (said[:4], [*said, "more"], [said[0], True, *said[2:]], ["beside", *said[1:]]):
        place = base64.urlsafe_b64encode(json.dumps(made_up).encode()).decode()
        assert refusal(demo_client, f"{ROLE_MAP}&ordering=person_name&cursor={place}").startswith("This cursor is none")


def test_what_was_changed_since_a_moment_is_asked_by_the_moment_that_each_row_tells(demo_client: Client):
    address = "/api/v1/role-map?period=all"
    rows = lines(demo_client, address)
    moments = sorted({row["updated_at"] for row in rows})
    since = moments[len(moments) // 2]
    assert lines(demo_client, f"{address}&updated_since={since}") == [row for row in rows if row["updated_at"] >= since]


def test_the_register_as_it_was_known_answers_in_every_format_and_says_so(demo_client: Client):
    address = "/api/v1/role-map?period=all"
    moments = sorted({row["updated_at"] for row in lines(demo_client, address)})
    asked = f"{address}&known_at={moments[len(moments) // 2]}"
    then = lines(demo_client, asked)
    assert 0 < len(then) < len(lines(demo_client, address))
    assert max(row["updated_at"] for row in then) <= moments[len(moments) // 2]
    assert pages(demo_client, f"{asked}&limit=200") == then
    assert [row["appointment_id"] for row in table(demo_client, asked)] == [str(row["appointment_id"]) for row in then]
    page = demo_client.get(asked)
    assert json.loads(page.content)["known_at"] == page.headers["Register-Known-At"]
