"""What is invented is marked, bears no real name or code, and is of the size of a real system."""

import csv
import re
from pathlib import Path

import pytest

from ics_leadership.periods import today
from memberships.demo.stories.published import EXTRACTS
from memberships.models import Appointment, Group, Membership, Person
from organisations.models import Kind, Organisation

pytestmark = pytest.mark.usefixtures("demo_client")


def said_by(name: str) -> str:
    """A name without what distinguishes capitals, signs and spaces."""
    return re.sub(r"[^a-z0-9]+", " ", name.lower()).strip()


def published(folder: Path) -> set[str]:
    """Everything that stands in a cell of the published files: names, addresses, codes."""
    cells: set[str] = set()
    for file in folder.glob("*.csv"):
        with file.open(encoding="utf-8", errors="replace", newline="") as lines:
            cells |= {said_by(cell) for line in csv.reader(lines) for cell in line if cell}
    return cells


def test_what_was_not_published_is_marked_as_invented() -> None:
    assert not Organisation.objects.filter(published=None, ods_code=None, invented=False).exists()
    assert not Organisation.objects.filter(invented=True).exclude(published=None).exists()
    assert not Person.objects.filter(invented=False).exists()
    assert not Group.objects.filter(invented=False).exists()


def test_no_invented_organisation_bears_a_real_name_or_code() -> None:
    real = published(EXTRACTS)
    assert len(real) > 1000
    invented = Organisation.objects.filter(invented=True)
    assert not invented.exclude(ods_code=None).exists()
    assert [name for name in invented.values_list("name", flat=True) if said_by(name) in real] == []


def test_nobody_can_be_written_to_or_called() -> None:
    assert not Person.objects.exclude(work_email__endswith=".example").exclude(work_email="").exists()
    # The numbers that Ofcom keeps free for drama.
    assert not Person.objects.exclude(work_telephone__startswith="01632 960").exclude(work_telephone="").exists()
    assert not Person.objects.exclude(registration_number__startswith="DEMO-").exclude(registration_number="").exists()


def test_invented_system_is_of_the_size_of_a_real_one() -> None:
    def number(kind: Kind) -> int:
        return Organisation.objects.filter(invented=True, kind=kind).as_at(today()).count()

    assert 140 <= number(Kind.PRACTICE) <= 160
    assert 25 <= number(Kind.PCN) <= 50
    assert number(Kind.PLACE) == 3
    assert number(Kind.LMC) == 2
    assert number(Kind.FEDERATION) == 2
    assert number(Kind.ALLIANCE) == 1
    assert number(Kind.TRUST) >= 3
    assert number(Kind.LOCAL_AUTHORITY) == number(Kind.HEALTH_AND_WELLBEING_BOARD) == 3
    assert number(Kind.ICB) == number(Kind.REGION) == number(Kind.CLINICAL_SENATE) == 1
    assert 140 <= Person.objects.count() <= 170
    assert Appointment.objects.count() >= 400
    assert Group.objects.count() >= 12
    assert Membership.objects.count() >= 250


def test_it_is_kept_and_the_real_system_beside_it_is_not() -> None:
    kept = Organisation.objects.kept_on(today())
    assert kept.filter(name="NHS Tarrow Valley ICB").exists()
    assert kept.filter(name="Castle Wolmer PCN").exists()
    real = Organisation.objects.get(ods_code="S0E4D", kind=Kind.ICB)
    assert not kept.filter(pk=real.pk).exists()
    inside = Organisation.objects.within(real, today())
    assert inside.filter(kind=Kind.PCN).count() >= 40
    assert not Appointment.objects.filter(role__organisation__in=inside).exists()
    assert not inside.filter(invented=True).exists()


def test_system_was_rebuilt_three_times() -> None:
    def became(name: str) -> set[str]:
        organisation = Organisation.objects.get(name=name)
        return {succession.successor.name for succession in organisation.successions_onward.all()}

    assert became("Marlshire Primary Care Trust") == {"NHS Marlshire North CCG", "NHS Marlshire South CCG"}
    assert became("NHS Marlshire North CCG") == {"NHS Marlshire CCG"}
    assert became("NHS Marlshire CCG") == {"NHS Marlshire, Wexmoor and East Tarrow ICB"}
    assert became("NHS Marlshire, Wexmoor and East Tarrow ICB") == {"NHS Tarrow Valley ICB"}
