"""What ends when: which days, in page and feed; who may follow; an entry that moves when its day is corrected."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from ics_leadership.history import change
from memberships.models import Membership, Terms
from tests import factories
from tests.factories import IN_TEST, SmallArea

pytestmark = pytest.mark.django_db

AS_AT = "2026-06-01"


def ends(row: Membership, last_day: str) -> None:
    upper = datetime.date.fromisoformat(last_day) + datetime.timedelta(days=1)
    with change(**IN_TEST):
        Membership.objects.filter(pk=row.pk).update(period=(row.period.lower, upper))


def entries(client: Client, **asked: str) -> dict[str, Any]:
    answer = client.get(reverse("calendar-feed"), {"as_at": AS_AT, **asked})
    assert answer.headers["Content-Type"].startswith("text/calendar")
    return {str(each["uid"]): each for each in Calendar.from_ical(answer.content).walk("VEVENT")}


def test_seat_that_ends_stands_under_its_month(area: SmallArea, client: Client):
    ends(area.memberships[0], "2027-06-01")
    said = client.get(reverse("calendar"), {"as_at": AS_AT}).content.decode()
    assert "June 2027" in said
    ends(area.memberships[0], "2027-06-02")
    assert "June 2027" not in client.get(reverse("calendar"), {"as_at": AS_AT}).content.decode()


def test_changed_day_moves_the_same_entry(area: SmallArea, client: Client):
    uid = f"membership-{area.memberships[0].pk}@gp-leadership-register"
    ends(area.memberships[0], "2026-09-30")
    assert entries(client)[uid].decoded("dtstart") == datetime.date(2026, 9, 30)
    ends(area.memberships[0], "2026-10-31")
    assert entries(client)[uid].decoded("dtstart") == datetime.date(2026, 10, 31)


def test_review_of_terms_falls_due_once_and_for_its_group_alone(area: SmallArea, client: Client):
    with change(**IN_TEST):
        Terms.objects.filter(pk=area.terms.pk).update(review_on="2026-06-01")
    key = f"terms-{area.terms.pk}@gp-leadership-register"
    assert key in entries(client, group=area.group.slug)
    assert key not in entries(client, as_at="2026-06-02")
    vale = factories.small_area("Vale")
    assert key not in entries(client, group=vale.group.slug)
    assert key not in entries(client, within=vale.icb.slug)


def test_feed_needs_an_address_of_ones_own_where_reading_is_not_public(area: SmallArea, client: Client, settings: Any):
    settings.PUBLIC_READING = False
    ends(area.memberships[0], "2026-09-30")
    reader, stranger = factories.user(), Client()
    client.force_login(reader)
    page = client.post(reverse("new-calendar-address")).content.decode()
    key = page.partition("?key=")[2].partition('"')[0]
    assert len(key) > 30
    assert stranger.get(reverse("calendar-feed")).status_code == 403
    assert stranger.get(reverse("calendar-feed"), {"key": "none"}).status_code == 403
    assert entries(stranger, key=key)
    assert key not in str(list(type(reader.calendar_address).objects.values()))
    client.post(reverse("end-calendar-address"))
    assert stranger.get(reverse("calendar-feed"), {"key": key}).status_code == 403


def test_key_of_a_closed_account_is_none(area: SmallArea, client: Client):
    reader = factories.user()
    client.force_login(reader)
    page = client.post(reverse("new-calendar-address")).content.decode()
    key = page.partition("?key=")[2].partition('"')[0]
    type(reader).objects.filter(pk=reader.pk).update(is_active=False)
    assert Client().get(reverse("calendar-feed"), {"key": key}).status_code == 403
