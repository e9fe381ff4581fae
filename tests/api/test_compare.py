"""Two states of the role map side by side: what differs, and whether it really changed, was corrected or recorded late."""

from __future__ import annotations

import datetime
import html
import json
import random
import re

import pytest
from django.test import Client
from django.utils import timezone

from ics_leadership.history import change, event_model
from ics_leadership.known_at import KnownAt
from memberships.actions import NewSeat
from memberships.comparing import Comparison, differences
from memberships.exports.differences import SUBJECTS, ToldAs
from memberships.models import Appointment, Category, Membership, Person
from organisations.models import Kind, LinkKind, Organisation
from tests import factories
from tests.api.reading import body, refusal, table
from tests.factories import IN_TEST
from tests.periods import day as typed

COMPARE = "/api/v1/compare"
SINCE = typed("2013-04-01")
day = datetime.date.fromisoformat


def held_from(start: str | None, end: str | None = None) -> Appointment:
    """An appointment of somebody, recorded now; `end` is its last day."""
    period = (day(start) if start else None, day(end) + datetime.timedelta(days=1) if end else None)
    post, person = factories.role(factories.organisation(), factories.role_type()), factories.person()
    with change(**IN_TEST):
        return Appointment.objects.create(
            person=person, role=post, period=period, start_precision="day" if start else "unknown"
        )


def told(client: Client, question: str, key: str = "appointment_id") -> dict[int, str]:
    answer = client.get(f"{COMPARE}?{question}")
    assert answer.status_code == 200, answer.content
    return {row[key]: row["told_as"] for row in json.loads(answer.content)["results"]}


def naive(first: datetime.datetime, second: datetime.datetime, on: datetime.date) -> dict[int, str]:
    """The differences as the decision defines them, event by event."""

    def known(moment: datetime.datetime) -> dict[int, object]:
        events = event_model(Appointment).objects.filter(known_from__lte=moment)
        return {each.id: each for each in events if each.known_to is None or each.known_to > moment}

    def held(version) -> bool:
        return version is not None and (version.period.lower or on) <= on < (version.period.upper or datetime.date.max)

    since = timezone.localdate(first)
    before, after = known(first), known(second)
    found = {}
    for key in before.keys() | after.keys():
        a, b = before.get(key), after.get(key)
        if not held(a) and not held(b):
            continue
        if a is None:
            started = b.period.lower
            found[key] = "really_changed" if started and started >= since else "recorded_late"
        elif b is None:
            found[key] = "corrected"
        elif a.period != b.period:
            starts, ends = (a.period.lower, b.period.lower), (a.period.upper, b.period.upper)
            if starts[0] != starts[1] and not all(each and each >= since for each in starts):
                found[key] = "corrected"
            elif ends[0] == ends[1]:
                found[key] = "really_changed"
            elif ends[0] and ends[0] <= since:
                found[key] = "corrected"
            else:
                found[key] = "recorded_late" if ends[1] and ends[1] <= since else "really_changed"
    return found


def test_statement_and_definition_agree_on_any_history(committing: None):
    chance = random.Random(20)
    days = [day(f"2026-{month:02d}-{number:02d}") for month in range(1, 7) for number in (1, 15)]
    to_come = timezone.localdate() + datetime.timedelta(days=9)
    kept = [held_from(chance.choice([None, *map(str, days[:6])])) for _ in range(12)]
    moments = [timezone.now()]
    for step in range(25):
        held = chance.choice(kept)
        rows = Appointment.objects.filter(pk=held.pk)
        held.refresh_from_db()
        start = held.period.lower if step % 3 else chance.choice([*days[:6], to_come])
        end = chance.choice([None, *days[6:], to_come]) if start != to_come else None
        with change(**IN_TEST):
            if step % 5 == 4:
                kept.remove(held)
                rows.delete()
            else:
                rows.update(period=(start, end), start_precision="day" if start else "unknown")
        if step % 4 == 0:
            kept.append(held_from(str(chance.choice([*days[:6], to_come]))))
        moments.append(timezone.now())
    seen: set[str] = set()
    for first, second in [(0, 5), (5, 15), (0, 25), (12, 20)]:
        known = KnownAt(moments[first], is_day=False), KnownAt(moments[second], is_day=False)
        for on in (day("2026-02-20"), day("2026-05-10"), timezone.localdate(), to_come):
            rows = differences(Comparison((on, on), known), 10_000)
            found = {row["appointment_id"]: row["told_as"] for row in rows}
            assert found == naive(moments[first], moments[second], on)
            seen |= set(found.values())
    assert seen == {"really_changed", "corrected", "recorded_late"}


def test_what_was_known_of_a_day_differs_by_what_was_recorded_since(committing: None):
    wrong = held_from("2025-01-01")
    before = timezone.now().isoformat().replace("+00:00", "Z")
    late = held_from("2025-03-01")
    with change(**IN_TEST):
        Appointment.objects.filter(pk=wrong.pk).delete()
    question = f"as_at=2025-06-01&from_known={before}&to_known={timezone.now().isoformat().replace('+00:00', 'Z')}"
    assert told(Client(), question) == {wrong.pk: "corrected", late.pk: "recorded_late"}
    page = Client().get(f"/compare?{question}").content.decode()
    assert "Recorded late" in page
    assert "Corrected" in page


def test_two_days_differ_by_who_began_and_who_ended(committing: None):
    began, ended = held_from("2026-03-01"), held_from("2025-01-01", "2026-02-15")
    throughout = held_from("2025-01-01")
    question = "from_day=2026-01-01&to_day=2026-06-01"
    assert told(Client(), question) == {began.pk: "really_changed", ended.pk: "really_changed"}
    rows = {int(row["appointment_id"]): row["on_side"] for row in table(Client(), f"{COMPARE}?{question}")}
    assert rows == {began.pk: "only_second", ended.pk: "only_first"}
    page = Client().get(f"/compare?{question}").content.decode()
    assert "Roles: 2 differences" in page
    assert "Seats: 0 differences" in page
    assert "Who held which role and sat in which seat on 1 January 2026 and on 1 June 2026" in page
    assert f'<a href="{began.person.get_absolute_url()}">{began.person}</a>' in page
    assert f'<a href="{began.role.get_absolute_url()}">{began.role.title}</a>' in html.unescape(page)
    assert str(began.person) in page
    assert str(throughout.person) not in page


def test_whoever_holds_the_role_on_both_days_has_stayed_though_they_were_appointed_anew(db: None):
    before = held_from("2025-01-01", "2026-03-31")
    with change(**IN_TEST):
        again = Appointment.objects.create(
            person=before.person, role=before.role, period=(day("2026-04-01"), None), start_precision="day"
        )
        other = Appointment.objects.create(
            person=factories.person(), role=before.role, period=(day("2026-04-01"), None), start_precision="day"
        )
    assert told(Client(), "from_day=2026-01-01&to_day=2026-06-01") == {other.pk: "really_changed"}
    assert again.pk != other.pk


def test_two_days_are_compared_as_known_at_a_moment(committing: None):
    early = held_from("2026-03-01")
    name = early.person.family_name
    moment = timezone.now().isoformat().replace("+00:00", "Z")
    late = held_from("2026-03-01")
    with change(**IN_TEST):
        Person.objects.filter(pk=early.person_id).update(family_name="Renamed-Later")
    days = "from_day=2026-01-01&to_day=2026-06-01"
    assert told(Client(), days) == {early.pk: "really_changed", late.pk: "really_changed"}
    assert told(Client(), f"{days}&known_at={moment}") == {early.pk: "really_changed"}
    answer = Client().get(f"{COMPARE}?{days}&known_at={moment}").json()
    assert [datetime.datetime.fromisoformat(each) for each in answer["known_at"]] == [
        datetime.datetime.fromisoformat(moment)
    ] * 2
    for rows in (table(Client(), f"{COMPARE}?{days}&known_at={moment}"), answer["results"]):
        [row] = rows
        assert (int(row["appointment_id"]), row["person_name"]) == (early.pk, f"{early.person.given_names} {name}")


def test_the_register_as_it_was_known_compares_two_moments_up_to_then(committing: None):
    before = timezone.now().isoformat().replace("+00:00", "Z")
    early = held_from("2026-03-01")
    name = early.person.family_name
    then = timezone.now().isoformat().replace("+00:00", "Z")
    held_from("2026-03-01")
    with change(**IN_TEST):
        Person.objects.filter(pk=early.person_id).update(family_name="Renamed-Later")
    asked = f"as_at=2026-06-01&from_known={before}&known_at={then}"
    [row] = table(Client(), f"{COMPARE}?{asked}")
    assert (int(row["appointment_id"]), row["told_as"]) == (early.pk, "recorded_late")
    assert name in row["person_name"]
    assert table(Client(), f"{COMPARE}?{asked}&to_known={then}") == [row]


def test_an_area_is_compared_as_it_lay_on_each_of_the_days(db: None):
    former, new = (
        factories.organisation(Kind.ICB, name=name, ods_code=code, period=period)
        for name, code, period in (
            ("Former ICB", "QX1", (SINCE, typed("2026-03-31"))),
            ("New ICB", "QX2", (typed("2026-04-01"), None)),
        )
    )
    network, other = (factories.organisation(Kind.PCN, name=name) for name in ("Stays PCN", "Other PCN"))
    factories.link(network, LinkKind.PART_OF, former, period=(SINCE, typed("2026-03-31")))
    factories.link(network, LinkKind.PART_OF, new, period=(typed("2026-04-01"), None))
    kind = factories.role_type()

    def holds(body: Organisation, start: str | None, end: str | None) -> Appointment:
        period = (typed(start) if start else SINCE, typed(end) if end else None)
        return factories.appointment(factories.person(), factories.role(body, kind), period=period)

    chair = holds(former, None, "2026-03-31")
    director = holds(network, None, "2026-03-31")
    successor = holds(network, "2026-04-01", None)
    holds(network, None, None)
    holds(other, None, "2026-03-31")
    days = "from_day=2026-03-31&to_day=2026-04-01"
    gone = {chair.pk: "really_changed", director.pk: "really_changed"}
    assert told(Client(), f"{days}&within={former.slug}") == gone
    assert told(Client(), f"{days}&within=QX1") == gone, "a code is that of the earlier day where nobody bears it later"
    assert told(Client(), f"{days}&within=QX2") == {successor.pk: "really_changed"}
    page = html.unescape(Client().get(f"/compare?{days}&within=QX1").content.decode())
    assert f'<option value="{former.slug}" selected>Former ICB</option>' in page


def test_whoever_is_appointed_anew_has_stayed_though_the_body_went_to_another_area(db: None):
    place = factories.organisation(Kind.PLACE)
    network = factories.organisation(Kind.PCN)
    factories.link(network, LinkKind.PART_OF, place, period=(SINCE, typed("2026-03-31")))
    person, role = factories.person(), factories.role(network, factories.role_type())
    for period in ((SINCE, typed("2026-03-31")), (typed("2026-04-01"), None)):
        factories.appointment(person, role, period=period)
    assert told(Client(), f"from_day=2026-03-31&to_day=2026-04-01&within={place.slug}") == {}


def test_seats_are_compared_as_roles_are(committing: None):
    area = factories.small_area()
    before = timezone.now().isoformat().replace("+00:00", "Z")
    late = factories.membership(
        area.seat("Experienced leader"), factories.person(), "Ran the network", period=(typed("2026-03-01"), None)
    )
    with change(**IN_TEST):
        Membership.objects.filter(pk=area.memberships[0].pk).delete()
    asked = f"of=memberships&as_at=2026-06-01&from_known={before}"
    rows = table(Client(), f"{COMPARE}?{asked}")
    found = {int(row["membership_id"]): (row["told_as"], row["on_side"], row["seat"]) for row in rows}
    assert found == {
        late.pk: ("recorded_late", "only_second", "Experienced leader"),
        area.memberships[0].pk: ("corrected", "only_first", "Chair"),
    }
    days = "of=memberships&from_day=2026-01-01&to_day=2026-06-01"
    assert told(Client(), days, "membership_id") == {late.pk: "really_changed"}
    assert told(Client(), f"{days}&within={area.place.slug}", "membership_id") == {late.pk: "really_changed"}
    elsewhere = factories.organisation(Kind.PLACE)
    assert told(Client(), f"{days}&within={elsewhere.slug}", "membership_id") == {}
    page = html.unescape(
        Client().get(f"/compare?from_day=2026-01-01&to_day=2026-06-01&within={area.place.slug}").content.decode()
    )
    assert "Seats: 1 difference" in page
    assert f'<a href="{area.group.get_absolute_url()}">Experienced leader</a>, {area.group}' in page
    assert f"sat in which seat in {area.place.name} on" in page


def test_members_who_stay_under_new_terms_are_no_difference(db: None):
    area = factories.small_area()
    rules = factories.terms(
        area.group, [NewSeat("Chair", Category.CHAIR, area.chair.role.role_type)], period=(typed("2026-04-01"), None)
    )
    with change(**IN_TEST):
        Membership.objects.filter(pk=area.memberships[0].pk).update(period=(day("2021-04-01"), day("2026-04-01")))
    factories.membership(rules.seats.get(), area.chair.person, area.chair, period=(typed("2026-04-01"), None))
    days = "of=memberships&from_day=2026-01-01&to_day=2026-06-01"
    assert area.memberships[0].pk not in told(Client(), days, "membership_id")


def test_page_holds_fifty_differences_and_leads_to_the_others(demo_client: Client):
    asked = "/compare?from_day=2015-01-01"
    first = demo_client.get(asked).content.decode()
    total = int(re.search(r"Roles: ([\d,]+) differences", first)[1].replace(",", ""))
    assert total > 50
    following = demo_client.get(f"{asked}&roles=2").content.decode()
    assert re.search(r'href="/compare\?from_day=2015-01-01&amp;roles=2#roles"', first)
    assert first.count("What happened</th>") == 2
    assert following != first
    for address in re.findall(r'href="(/api/v1/compare[^"]+)"', following):
        assert body(demo_client, html.unescape(address))


def test_dates_are_told_as_exactly_as_they_were_known(committing: None):
    gone = held_from("2019-01-01", "2024-04-30")
    with change(**IN_TEST):
        Appointment.objects.filter(pk=gone.pk).update(
            start_precision="year", end_precision="month", period=(day("2019-01-01"), day("2024-05-01"))
        )
    before = timezone.now().isoformat().replace("+00:00", "Z")
    with change(**IN_TEST):
        Appointment.objects.filter(pk=gone.pk).update(end_precision="unknown")
    question = f"as_at=2020-06-01&from_known={before}"
    page = Client().get(f"/compare?{question}").content.decode()
    assert "In post: from 2019 to April 2024" in page
    assert "In post: from 2019 (ended, day not known)" in page
    row = table(Client(), f"{COMPARE}?{question}")[0]
    assert (row["first_end_date"], row["first_end_precision"]) == ("2024-04-30", "month")
    assert (row["second_end_date"], row["second_end_precision"]) == ("", "unknown")


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("", "Say what to compare"),
        ("from_day=2026-01-01&from_known=2026-01-01", "Compare either two days"),
        ("to_day=2026-01-01", "Say from which day to compare"),
        ("to_known=2026-01-01", "Say from which moment to compare"),
        ("from_day=2026-02-01&to_day=2026-01-01", "The day to compare from is later than"),
        ("from_known=2026-02-01&to_known=2026-01-01", "The moment to compare from is later than"),
        ("as_at=2026-01-01&from_day=2026-01-01", "“as_at” is the one day that is compared as known at two moments"),
        (
            "from_known=2025-01-01&to_known=2026-02-02&known_at=2026-02-01",
            "As it was known on 1 February 2026, the reg",
        ),
        ("from_known=2026-02-02&known_at=2026-02-01", "The moment to compare from is later than"),
        ("from_day=2026-01-01&known_at=soon", "“soon” is neither a day nor a moment."),
        ("from_day=2026-01-01&known_at=2100-01-01", "Nobody knows yet"),
        ("from_day=soon", "“soon” is not a date."),
        ("from_day=2026-01-01&format=pdf", "“pdf” is no format. It can be json, csv, ndjson and xlsx."),
        (
            "from_day=2026-01-01&of=proposals",
            "“proposals” is no value of “of”. It can be appointments and memberships.",
        ),
        ("from_day=2026-01-01&bom=true", "“bom” is for CSV."),
        ("from_day=2026-01-01&format=xlsx&bom=true", "“bom” is for CSV."),
        ("from_day=2026-01-01&format=ndjson&neutralise=false", "“neutralise” is for CSV."),
        ("from_day=2026-01-01&format=csv&bom=maybe", "“maybe” is no value of “bom”. It can be true or false."),
        ("from_day=2026-01-01&format=csv&neutralise=2", "“2” is no value of “neutralise”."),
        ("from_day=2026-01-01&limit=5", "This page cannot be asked about “limit”."),
        ("from_day=2026-01-01&colour=red", "This page cannot be asked about “colour”."),
    ],
)
def test_what_cannot_be_compared_is_refused_in_a_sentence(db: None, question: str, sentence: str):
    assert refusal(Client(), f"{COMPARE}?{question}").startswith(sentence)


@pytest.mark.parametrize("of", list(SUBJECTS))
def test_the_demonstration_shows_every_kind_of_difference(demo_client: Client, of: str):
    question = f"of={of}&as_at=2022-10-01&from_known=2023-01-01"
    assert set(told(demo_client, question, SUBJECTS[of].key.name).values()) == {*ToldAs}


def test_a_code_that_was_handed_on_means_on_each_side_who_bears_it_then(db: None):
    """As QU9 is that of a partnership, and then of the board that came after it."""
    kind = factories.role_type()

    def bearer(of: Kind, name: str, start: str, end: str) -> Organisation:
        period = (typed(start), typed(end))
        return factories.organisation(of, name=name, ods_code="QX9", period=period)

    def held(body: Organisation, start: str, end: str | None) -> Appointment:
        period = (typed(start), typed(end) if end else None)
        return factories.appointment(factories.person(), factories.role(body, kind), period=period)

    former, new = (
        bearer(Kind.STP, "Former", "2020-04-01", "2022-07-31"),
        bearer(Kind.ICB, "New", "2022-07-01", "2026-03-31"),
    )
    left, came = held(former, "2020-04-01", "2022-06-30"), held(new, "2022-08-01", None)
    days = "from_day=2022-06-01&to_day=2022-09-01"
    told_of = told(Client(), f"{days}&within=QX9")
    assert told_of == {left.pk: "really_changed", came.pk: "really_changed"}
    page = Client().get(f"/compare?{days}&within=QX9").content.decode()
    assert "in Former on 1 June 2022 and in New on 1 September 2022" in page
    for days in ("from_day=2022-07-10&to_day=2022-09-01", "from_day=2022-06-01&to_day=2022-07-10"):
        assert "share the code QX9 on 10 July 2022" in refusal(Client(), f"/api/v1/compare?{days}&within=QX9")
    days = "from_day=2022-09-01&to_day=2026-05-01"
    assert told(Client(), f"{days}&within=QX9") == told(Client(), f"{days}&within={new.slug}")
