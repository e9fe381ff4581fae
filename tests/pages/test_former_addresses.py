"""Addresses that people kept lead on to an organisation whose kind, and with it its address, a file has corrected."""

import pytest
from django.test import Client

from organisations.models import Organisation
from tests.organisations.ods.published_files import EPRACCUR, EPRACCUR_LEGACY, EXTRACTS, bring_in

pytestmark = pytest.mark.django_db


def test_address_from_before_a_file_corrected_the_kind_leads_on(client: Client) -> None:
    bring_in(EPRACCUR_LEGACY)
    kept = Organisation.objects.get(ods_code="Y06311").get_absolute_url()
    bring_in(EPRACCUR)
    now = Organisation.objects.get(ods_code="Y06311").get_absolute_url()
    assert kept != now
    answer = client.get(kept, {"as_at": "2024-06-01"})
    assert (answer.status_code, answer["Location"]) == (302, f"{now}?as_at=2024-06-01")
    assert client.get(kept)["Location"] == now


def test_address_leads_nowhere_where_two_bore_its_code_or_it_names_no_kind(client: Client) -> None:
    bring_in(EXTRACTS)
    code = next(
        code
        for code in Organisation.objects.values_list("ods_code", flat=True)
        if Organisation.objects.filter(ods_code=code).count() == 2
    )
    for slug in [f"practice-{code.lower()}", "surgery-y06311", "practice-y99999", "y06311"]:
        assert client.get(f"/organisations/{slug}").status_code == 404
