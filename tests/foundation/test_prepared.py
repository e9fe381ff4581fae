"""A prepared question finds what its queryset finds, whatever it is asked about, and keeps nothing of what it found."""

from __future__ import annotations

import datetime
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import F, Prefetch, Q, QuerySet
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ics_leadership.history import change
from ics_leadership.known import as_known_at
from ics_leadership.lists import PAGE_SIZE, section
from ics_leadership.prepared import OneOf, prepared, prepared_beside
from memberships.models import Appointment, Membership, Person
from organisations.models import Kind, Organisation
from organisations.models.areas import around_each, within
from tests import factories as make
from tests.factories import IN_TEST, SmallArea
from tests.history.registers import commit
from tests.periods import AFTER_NORMAL, BEFORE_NORMAL, FIRST_DAY, LAST_DAY, MID_NORMAL, NORMAL

pytestmark = pytest.mark.django_db


@prepared
def of_organisations(organisations: list[int], date: datetime.date) -> QuerySet[Appointment]:
    held: QuerySet[Appointment] = Appointment.objects.as_at(date).filter(OneOf(F("role__organisation"), organisations))
    return held.select_related("role__organisation").order_by("pk")


@prepared
def ended(date: datetime.date) -> QuerySet[Appointment]:
    return Appointment.objects.ended(date).order_by("pk")


@prepared
def upcoming(date: datetime.date) -> QuerySet[Appointment]:
    return Appointment.objects.upcoming(date).order_by("pk")


@prepared
def inside(area: int, date: datetime.date) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk__in=within([area], date)).order_by("pk")


@prepared
def codes_of(kind: str) -> QuerySet[Organisation, tuple[str, str | None]]:
    return Organisation.objects.filter(kind=kind).order_by("pk").values_list("name", "ods_code")


def seats_with_reasons(date: datetime.date) -> QuerySet[Membership]:
    holders = Appointment.objects.as_at(date).select_related("person").order_by("pk")
    return Membership.objects.order_by("pk").prefetch_related(
        Prefetch("basis_appointment", Appointment.objects.select_related("role")),
        Prefetch("basis_appointment__role__appointments", holders, to_attr="holders_then"),
        "deputies",
    )


seats = prepared(seats_with_reasons)


@prepared
def called(name: str) -> QuerySet[Organisation]:
    return Organisation.objects.filter(name=name)


# --- it finds what the queryset finds


def test_finds_what_its_queryset_finds_for_one_several_and_none(area: SmallArea) -> None:
    east, west = area.pcns
    for asked in ([east.pk], [east.pk, west.pk], [], [area.icb.pk]):
        for date in (BEFORE_NORMAL, MID_NORMAL, AFTER_NORMAL):
            found = of_organisations(organisations=asked, date=date)
            held = Appointment.objects.as_at(date).filter(role__organisation__in=asked)
            assert found == list(held.order_by("pk"))


def test_its_queryset_is_built_once_however_often_it_is_asked(area: SmallArea) -> None:
    built = []

    @prepared
    def at(slug: str) -> QuerySet[Organisation]:
        built.append(slug)
        return Organisation.objects.filter(slug=slug)

    assert [at(slug=pcn.slug) for pcn in area.pcns] == [[pcn] for pcn in area.pcns]
    assert len(built) == 1


@pytest.mark.parametrize("date", [BEFORE_NORMAL, FIRST_DAY, MID_NORMAL, LAST_DAY, AFTER_NORMAL])
def test_a_day_in_a_range_is_filled_in(area: SmallArea, date: datetime.date) -> None:
    make.appointment(make.person(), area.chair.role, period=NORMAL)
    assert ended(date=date) == list(Appointment.objects.ended(date).order_by("pk"))
    assert upcoming(date=date) == list(Appointment.objects.upcoming(date).order_by("pk"))


def test_an_argument_in_a_list_within_a_statement_of_ours_is_filled_in(area: SmallArea) -> None:
    for organisation in (area.icb, area.place, area.practices[0]):
        there = Organisation.objects.within(organisation, MID_NORMAL).order_by("pk")
        assert inside(area=organisation.pk, date=MID_NORMAL) == list(there)


def test_gives_rows_of_values_where_its_queryset_does(area: SmallArea) -> None:
    assert codes_of(kind=Kind.PCN) == [(pcn.name, pcn.ods_code) for pcn in area.pcns]


def test_what_looks_like_a_part_of_a_statement_is_only_a_name(area: SmallArea) -> None:
    for name in ("%s", "' OR true --", "100 %", "\\"):
        assert called(name=name) == []
        there = make.organisation(name=name)
        assert called(name=name) == [there]


def test_the_way_up_from_each_row_is_the_same_for_a_day_that_is_filled_in(area: SmallArea) -> None:
    @prepared
    def in_the_area(area: int, date: datetime.date) -> QuerySet[Organisation]:
        rows = Organisation.objects.filter(kind=Kind.PRACTICE).annotate(here=F("pk"))
        return rows.filter(pk__in=around_each(F("pk"), date)).order_by("pk")

    assert in_the_area(area=area.icb.pk, date=MID_NORMAL) == sorted(area.practices, key=lambda each: each.pk)


def test_signs_of_statements_and_texts_in_the_question_itself_stay_what_they_are(area: SmallArea) -> None:
    @prepared
    def odd(kind: str) -> QuerySet[Organisation]:
        names = Q(name="50 %s of 'it'") | Q(name__contains="100 %") | Q(name__startswith="a\\b")
        return Organisation.objects.filter(names, kind=kind).order_by("pk")

    there = [make.organisation(name=name) for name in ("50 %s of 'it'", "all 100 %", "a\\b c")]
    make.organisation(name="50 1 of it")
    assert odd(kind=Kind.PRACTICE) == there


# --- as the database keeps it


def number_prepared() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        number: int = cursor.fetchone()[0]
    return number


def test_a_statement_is_prepared_once_over_a_connection_whatever_became_of_the_transaction(area: SmallArea) -> None:
    @prepared
    def of_kind(kind: str) -> QuerySet[Organisation]:
        return Organisation.objects.filter(kind=kind).order_by("pk")

    before = number_prepared()
    with transaction.atomic():
        assert of_kind(kind=Kind.PCN) == area.pcns
        transaction.set_rollback(True)
    assert of_kind(kind=Kind.PCN) == area.pcns
    assert of_kind(kind=Kind.LMC) == [area.lmc]
    assert number_prepared() == before + 1


def test_every_connection_prepares_for_itself(area: SmallArea) -> None:
    @prepared
    def one() -> QuerySet[Organisation, int]:
        return Organisation.objects.filter(pk=area.icb.pk).values_list("pk", flat=True)

    def asked() -> list[int]:
        try:
            return one()
        finally:
            connection.close()

    assert one() == [area.icb.pk]
    # What this test has written is there for its own connection alone.
    with ThreadPoolExecutor() as threads:
        assert [threads.submit(asked).result() for _ in range(2)] == [[], []]


# --- with what is prefetched


def test_prefetches_what_its_queryset_prefetches(area: SmallArea) -> None:
    experienced = make.membership(area.seat("Experienced leader"), make.person(), "Years of it")

    def said(rows: list[Any]) -> list[Any]:
        return [
            (row, row.basis_appointment, list(row.deputies.all()), basis and (basis.role, basis.role.holders_then))
            for row in rows
            for basis in (row.basis_appointment,)
        ]

    for date in (BEFORE_NORMAL, MID_NORMAL):
        there = said(list(seats_with_reasons(date)))
        assert experienced in [row for row, *_ in there]
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert said(seats(date=date)) == there
        assert len(asked) == 4


def test_asks_nothing_for_rows_that_are_not_there(db: None) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert seats(date=MID_NORMAL) == []
    assert len(asked) == 1


def test_those_that_point_at_a_row_know_it(area: SmallArea) -> None:
    @prepared_beside(Person)
    def held(date: datetime.date) -> list[Prefetch[Any]]:
        return [Prefetch("appointments", Appointment.objects.as_at(date), to_attr="held_then")]

    people: list[Any] = list(Person.objects.order_by("pk"))
    held(people, date=MID_NORMAL)
    with CaptureQueriesContext(connection) as asked:
        assert all(each.person is person for person in people for each in person.held_then)
    assert not asked.captured_queries
    assert sum(len(person.held_then) for person in people) == Appointment.objects.as_at(MID_NORMAL).count() > 0


# --- and keeps nothing


def test_a_change_shows_at_once(area: SmallArea) -> None:
    assert called(name="Renamed") == []
    with change(**IN_TEST):
        Organisation.objects.filter(pk=area.icb.pk).update(name="Renamed")
    [found] = called(name="Renamed")
    assert found == area.icb
    found.name = "Something else"
    assert called(name="Renamed")[0].name == "Renamed"


def test_of_a_past_moment_it_answers_what_was_known_then(area: SmallArea) -> None:
    commit()
    before, moment = area.icb.name, timezone.now()
    assert called(name=before) == [area.icb]
    with change(**IN_TEST):
        Organisation.objects.filter(pk=area.icb.pk).update(name="Renamed")
    commit()
    assert called(name=before) == []
    with as_known_at(moment):
        assert called(name=before) == [area.icb]
        assert called(name="Renamed") == []


# --- in parts of pages


def test_the_first_page_of_a_part_is_one_question(rf: RequestFactory, area: SmallArea) -> None:
    @prepared
    def of_kind(kind: str) -> QuerySet[Organisation]:
        return Organisation.objects.filter(kind=kind).order_by("pk")

    request = rf.get("/anywhere")
    with CaptureQueriesContext(connection) as asked:
        part = section(request, "members", of_kind.about(kind=Kind.PCN))
    assert (part.rows, part.total, part.is_paged, len(asked)) == (area.pcns, 2, False, 1)
    for _ in range(PAGE_SIZE):
        make.organisation(Kind.PCN)
    with CaptureQueriesContext(connection) as asked:
        part = section(request, "members", of_kind.about(kind=Kind.PCN))
    assert (len(part.rows), part.total, part.first, part.last, len(asked)) == (PAGE_SIZE, 52, 1, PAGE_SIZE, 1)
    part = section(rf.get("/anywhere?members=2"), "members", of_kind.about(kind=Kind.PCN))
    assert (len(part.rows), part.first, part.last, part.next) == (2, 51, 52, "")
