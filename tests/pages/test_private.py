"""What is not for everyone stands on no page: it is written into every row of the demonstration, and looked for."""

import pytest
from django.test import Client

from ics_leadership.history import change
from memberships.models import Appointment, FundingLine, GroupFunding, Person
from tests.factories import IN_TEST
from tests.pages.examples import A_PAST_DAY, PAGES, addresses, on

PERSON = {
    "registration_number": "HUSHED-REGISTRATION",
    "work_email": "hushed@example.org",
    "work_telephone": "HUSHED-TELEPHONE",
    "note": "hushed note on a person",
}
APPOINTMENT = {"evidence": "hushed evidence", "note": "hushed note on an appointment"}
AMOUNT = 7654321


@pytest.fixture
def with_secrets(demo_copy: None) -> None:
    with change(**IN_TEST):
        assert Person.objects.update(**PERSON)
        assert Appointment.objects.update(**APPOINTMENT)
        assert FundingLine.objects.update(annual_amount=AMOUNT)
        assert GroupFunding.objects.update(annual_amount=AMOUNT)


def test_no_page_shows_what_is_not_for_everyone(with_secrets: None) -> None:
    client = Client()
    today = [address for name in PAGES for address in addresses(name)]
    for address in [*today, *(on(A_PAST_DAY, each) for each in today)]:
        page = client.get(address).content.decode()
        for secret in ("hushed", str(AMOUNT), f"{AMOUNT:,}"):
            assert secret not in page.lower(), f"{address} shows {secret}"
