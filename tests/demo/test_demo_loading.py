"""Loading the demonstration: all of it, into an empty register only, each change at its moment."""

import datetime
from io import StringIO

import pytest
from django.core.cache import cache, caches
from django.core.management import CommandError, call_command
from django.test import Client

from ics_leadership.accounts import demo_accounts
from ics_leadership.accounts.models import Sight, User
from ics_leadership.history import Change, event_model, event_models
from ics_leadership.periods import Precision
from memberships.context import DEMONSTRATION, demonstration
from memberships.demo import replay
from memberships.demo.dates import known, period
from memberships.demo.tables import rows
from memberships.models import Appointment, Person
from organisations.rights import Rights

pytestmark = pytest.mark.usefixtures("demo_client")


def appointment(person: str, role: str) -> Appointment:
    return Appointment.objects.get(person__slug=person, role__title=role)


def test_second_load_is_refused_and_changes_nothing() -> None:
    before = Change.objects.count(), User.objects.count()
    with pytest.raises(CommandError, match="not empty"):
        call_command("load_demo", stdout=StringIO())
    said = StringIO()
    call_command("load_demo", if_empty=True, stdout=said)
    assert "nothing was changed" in said.getvalue()
    assert before == (Change.objects.count(), User.objects.count())


def test_changes_stand_in_the_order_in_which_they_were_recorded_over_all_the_years() -> None:
    *moments, accounts = Change.objects.order_by("position").values_list("recorded_at", flat=True)
    assert len(moments) == len(replay.LOG)
    assert accounts >= moments[-1], "what the accounts may do is granted when the log is entered"
    assert len(moments) >= 100
    assert moments == sorted(moments)
    assert len(set(moments)) == len(moments)
    assert {moment.year for moment in moments} == set(range(2013, 2027))


def test_every_change_says_who_why_and_something() -> None:
    assert not Change.objects.filter(by=None).exists()
    said = {change_id for model in event_models() for change_id in model.objects.values_list("change", flat=True)}
    assert said == set(Change.objects.values_list("pk", flat=True))


def test_what_was_recorded_is_known_from_its_moment_on() -> None:
    for model in event_models():
        assert not model.objects.filter(known_from=None).exists(), model
        assert not model.objects.exclude(known_from__year__gte=2013, known_from__year__lte=2026).exists(), model


def test_wrong_date_is_put_right_later_and_the_wrong_one_is_still_known_as_of_then() -> None:
    began = appointment("edmund-coleridge-nash", "PCN Clinical Director, Tarrowmouth PCN")
    assert began.start_date == datetime.date(2019, 9, 1)
    first = event_model(Appointment).objects.filter(id=began.pk).earliest("pgh_id")
    assert first.period.lower == datetime.date(2019, 7, 1)
    assert first.known_to.date() == datetime.date(2020, 2, 10)


def test_late_entry_is_known_long_after_it_was_true() -> None:
    late = appointment("tahir-iqbal-renshaw", "CCG Clinical Director, NHS East Tarrow CCG")
    first = event_model(Appointment).objects.filter(id=late.pk).earliest("pgh_id")
    assert late.start_date.year == 2013
    assert first.known_from.year == 2017


def test_every_row_holds_what_its_fields_allow() -> None:
    for model in (each.pgh_tracked_model for each in event_models()):
        relations = [field.name for field in model._meta.fields if field.is_relation]
        generated = [field.name for field in model._meta.fields if field.generated]
        for row in model.objects.all():
            row.clean_fields(exclude=[*relations, *generated])


def test_dates_are_known_in_every_way() -> None:
    starts = set(Appointment.objects.values_list("start_precision", flat=True))
    ends = set(Appointment.objects.values_list("end_precision", flat=True))
    assert starts == ends == set(Precision.values)


def test_sign_in_is_said_on_this_machine_alone(settings) -> None:
    assert demo_accounts.ADMINISTRATOR in " ".join(demo_accounts.demo_sign_in_lines())
    settings.PUBLISHED = True
    assert demo_accounts.demo_sign_in_lines() == []


@pytest.mark.parametrize("shown", demo_accounts.SHOWN, ids=lambda shown: shown.email)
def test_visitors_sign_in_with_the_documented_password(shown: demo_accounts.DemoAccount) -> None:
    client = Client()
    cache.clear()
    client.post("/account/sign-in", {"login": shown.email, "password": demo_accounts.PASSWORD})
    assert "_auth_user_id" in client.session


def test_former_editors_sign_in_no_more() -> None:
    assert not User.objects.get(name="Margery Plumstead-Oke").is_active


def test_accounts_of_the_demonstration_may_do_what_they_are_shown_for() -> None:
    rights = {each.email: Rights(User.objects.get(email=each.email)) for each in demo_accounts.SHOWN}
    assert rights[demo_accounts.ADMINISTRATOR].is_administrator
    assert [email for email in rights if rights[email].areas] == [demo_accounts.EDITOR, demo_accounts.NEIGHBOUR]
    assert rights[demo_accounts.ANALYST].areas_seen(Sight.AMOUNTS) is None
    leader = Person.objects.get(account_link__account__email=demo_accounts.LEADER)
    assert leader.name.endswith("Yusuf-Calder")


def test_sign_in_page_shows_the_accounts_on_this_machine_alone(settings) -> None:
    page = Client().get("/account/sign-in").content.decode()
    assert demo_accounts.PASSWORD in page
    elsewhere = Client().get("/account/sign-in", REMOTE_ADDR="192.0.2.1").content.decode()
    assert demo_accounts.PASSWORD not in elsewhere
    settings.PUBLISHED = True
    assert demo_accounts.PASSWORD not in Client().get("/account/sign-in").content.decode()


def test_every_page_says_which_areas_are_invented(rf) -> None:
    caches["process"].delete(DEMONSTRATION)
    assert demonstration(rf.get("/")) == {"demonstration": "Tarrow Valley ICB"}


def test_dates_are_read_as_the_tables_write_them() -> None:
    assert known("2019").precision == Precision.YEAR
    assert known("gone 2024-05-31").precision == Precision.UNKNOWN
    assert known("unknown").date is None
    assert period("2019-07 until 2020")[1] is None
    assert period("by 2019-04-30 to 2020-01-31")[1] == known("2020-01-31")
    with pytest.raises(ValueError, match="no date"):
        known("soon")


def test_row_with_too_many_columns_is_an_error() -> None:
    with pytest.raises(ValueError, match="More than 2 columns"):
        list(rows("a | b | c", columns=2))
