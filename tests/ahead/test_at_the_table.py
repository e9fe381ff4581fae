"""At whose table: by what right somebody sits for a practice, where the way ends, and where nobody sits."""

import csv
import datetime
import io

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from ics_leadership.history import change
from memberships.actions import NewSeat
from memberships.at_the_table import Gap, cells
from memberships.models import Appointment, Category, GroupKind, Membership, Nature, Terms
from organisations.actions import close_organisation
from organisations.models import Kind, Link, LinkKind, Organisation
from tests import factories
from tests.factories import SmallArea
from tests.periods import day

pytestmark = pytest.mark.django_db


def said_of(client: Client, area: SmallArea, **asked: str) -> str:
    return client.get(reverse("organisation-table", args=[area.practices[0].slug]), asked).content.decode()


def make(area: SmallArea, nature: Nature) -> None:
    with change(**factories.IN_TEST):
        Terms.objects.filter(group=area.group).update(nature=nature)


def test_practice_sits_by_its_networks_director(area: SmallArea, client: Client):
    make(area, Nature.REPRESENTATIVE)
    said = said_of(client, area)
    assert area.directors[0].person.name in said
    assert f"Sits there for {area.pcns[0].name}" in said
    assert area.directors[1].person.name not in said, "the other network is not its own"


def test_group_that_represents_nobody_is_experience_at_the_table(area: SmallArea, client: Client):
    make(area, Nature.EXPERT)
    said = said_of(client, area)
    assert "Experience at the table" in said
    assert "Sits there for" not in said


def test_group_whose_terms_do_not_say_is_claimed_for_nobody(area: SmallArea, client: Client):
    assert "The terms do not say whether it represents" in said_of(client, area)
    assert "Sits there for" not in said_of(client, area)


def test_system_lead_is_never_listed(area: SmallArea, client: Client):
    lead = area.seat("System clinical lead").role_type
    role = factories.role(area.pcns[0], lead)
    held = factories.appointment(factories.person("Uma Neutral"), role)
    factories.membership(area.seat("System clinical lead"), held.person, held)
    assert "Uma Neutral" not in said_of(client, area)
    assert "Uma Neutral" not in client.get(reverse("tables"), {"within": area.icb.slug}).content.decode()


def test_seat_counts_to_its_last_day(area: SmallArea, client: Client):
    seat = area.memberships[1]
    with change(**factories.IN_TEST):
        Membership.objects.filter(pk=seat.pk).update(period=(seat.period.lower, "2026-04-01"))
    assert seat.person.name in said_of(client, area, as_at="2026-03-31")
    assert seat.person.name not in said_of(client, area, as_at="2026-04-01")


def test_seat_on_a_basis_that_has_ended_speaks_for_nobody(area: SmallArea, client: Client):
    held = area.directors[0]
    with change(**factories.IN_TEST):
        Appointment.objects.filter(pk=held.pk).update(period=(held.period.lower, "2026-04-01"))
    assert held.person.name not in said_of(client, area, as_at="2026-04-01")


def test_gaps_stand_in_page_and_file(area: SmallArea, client: Client):
    with change(**factories.IN_TEST):
        Membership.objects.filter(pk=area.memberships[0].pk).update(period=("2020-01-01", "2024-01-01"))
    federation = factories.organisation(factories.Kind.FEDERATION, name="Norwich Federation")
    factories.link(federation, factories.LinkKind.PART_OF, area.place)
    asked = {"within": area.icb.slug}
    said = client.get(reverse("tables"), asked).content.decode()
    assert "Vacant" in said
    assert "No seat drawn from it" in said
    text = client.get(reverse("tables-csv"), asked).content.decode()
    assert "Norwich Federation,GP federation,Norwich GP Leadership Group,place" in text
    assert area.directors[0].person.name in text
    book = b"".join(client.get(reverse("tables-workbook"), asked).streaming_content)
    assert book.startswith(b"PK")


def test_whoever_a_network_put_forward_sits_for_it(area: SmallArea, client: Client):
    make(area, Nature.REPRESENTATIVE)
    nurse = factories.person("Petra Practice")
    factories.membership(area.seat("Experienced leader"), nurse, "Long years", put_forward_by=area.pcns[1])
    network = client.get(reverse("organisation-table", args=[area.pcns[1].slug])).content.decode()
    assert "Put forward: Petra Practice" in network
    assert f"Sits there for {area.pcns[1].name}" in network
    assert "Petra Practice" not in said_of(client, area), "the other network put nobody forward"
    row = f"{area.pcns[1].name},{area.pcns[1].get_kind_display()},{area.group.name}"
    text = client.get(reverse("tables-csv"), {"within": area.icb.slug}).content.decode()
    assert any(line.startswith(row) and "Petra Practice" in line for line in text.splitlines())


def test_whoever_a_network_put_forward_and_leads_for_the_system_speaks_for_nobody(area: SmallArea, client: Client):
    lead = factories.role(area.icb, area.seat("System clinical lead").role_type)
    person = factories.appointment(factories.person("Uma Neutral"), lead).person
    factories.membership(area.seat("Experienced leader"), person, "Long years", put_forward_by=area.pcns[0])
    assert "Uma Neutral" not in said_of(client, area)


def test_committee_sits_for_a_practice_in_its_own_place_and_system_alone(area: SmallArea, client: Client):
    other = factories.organisation(factories.Kind.PLACE, name="Vale Place")
    factories.link(other, factories.LinkKind.PART_OF, area.icb)
    factories.link(area.lmc, factories.LinkKind.COVERS, other)
    seat = NewSeat("Committee", Category.CORE, Kind.LMC)
    for covers, name in ((other, "Vale Board"), (area.place, "Own Board"), (area.icb, "System Board")):
        terms = factories.terms(factories.group(area.lmc, GroupKind.PLACE_BOARD, covers=covers, name=name), [seat])
        factories.membership(terms.seats.get(), area.chair.person, area.chair)
    said = said_of(client, area)
    assert "Own Board" in said
    assert "System Board" in said
    assert "Vale Board" not in said
    committee = client.get(reverse("organisation-table", args=[area.lmc.slug])).content.decode()
    assert "Vale Board" in committee, "for itself a committee sits wherever it does"


def test_other_bodies_have_no_such_page(area: SmallArea, client: Client):
    assert client.get(reverse("organisation-table", args=[area.icb.slug])).status_code == 404


def standing(client: Client, area: SmallArea) -> dict[tuple[str, str], str]:
    """What the file of the table says of each organ on each group."""
    asked = {"within": area.icb.slug}
    text = client.get(reverse("tables-csv"), asked).content.decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(b"".join(client.get(reverse("tables-workbook"), asked).streaming_content))
    )
    headings, *lines = book.get_sheet_by_index(0).to_python()
    assert [dict(zip(headings, line, strict=True)) for line in lines] == rows
    return {(row["Organ"], row["Group"]): row["Standing"] for row in rows}


def far_network(area: SmallArea) -> Organisation:
    """A network of another place of the same system, with a clinical director."""
    vale = factories.organisation(Kind.PLACE, name="Vale Place")
    factories.link(vale, LinkKind.PART_OF, area.icb)
    far = factories.organisation(Kind.PCN, name="Far PCN")
    factories.link(far, LinkKind.PART_OF, vale)
    factories.appointment(factories.person(), factories.role(far, area.director))
    return far


def test_nothing_is_vacant_for_an_organ_that_lies_elsewhere(area: SmallArea, client: Client):
    far = far_network(area)
    ends(area.memberships[2])
    said = standing(client, area)
    assert said[area.pcns[1].name, area.group.name] == "Vacant"
    assert said[far.name, area.group.name] == "Not of its area"
    page = client.get(reverse("tables"), {"within": area.icb.slug}).content.decode()
    assert "Not of its area" in page
    assert "Gaps among these: 1 where a seat is vacant." in page


def test_nothing_is_shared_with_an_organ_that_lies_elsewhere(area: SmallArea, client: Client):
    far = far_network(area)
    assert standing(client, area)[far.name, area.group.name] == "Not of its area"


def test_organ_that_lies_elsewhere_misses_the_seat_that_the_terms_give_it_by_name(area: SmallArea, client: Client):
    far = far_network(area)
    group = factories.group(area.lmc, name="Board", covers=area.place)
    factories.terms(group, [NewSeat("The neighbours", Category.CORE, far)])
    assert standing(client, area)[far.name, "Board"] == "Vacant"


def test_organ_is_of_the_area_of_a_group_beside_which_it_lies(area: SmallArea, client: Client):
    council = factories.organisation(Kind.LOCAL_AUTHORITY, name="Norwich Council")
    factories.link(council, LinkKind.MEMBER_OF, area.place)
    group = factories.group(council, GroupKind.HEALTH_AND_WELLBEING_BOARD, name="Board", covers=council)
    factories.terms(group, [NewSeat("General practice", Category.CORE, area.director)])
    far = far_network(area)
    said = standing(client, area)
    assert said[area.pcns[0].name, "Board"] == "Vacant"
    assert said[far.name, "Board"] == "Not of its area"


def test_organ_that_moved_away_is_of_the_area_to_its_last_day_there(area: SmallArea, client: Client):
    link = Link.objects.get(organisation=area.pcns[1], other=area.place)
    with change(**factories.IN_TEST):
        Link.objects.filter(pk=link.pk).update(period=(link.period.lower, "2026-04-01"))
    vale = factories.organisation(Kind.PLACE, name="Vale Place")
    factories.link(vale, LinkKind.PART_OF, area.icb)
    factories.link(area.pcns[1], LinkKind.PART_OF, vale, period=(day("2026-04-01"), None))
    ends(area.memberships[2])
    groups, organs = [area.group], [area.pcns[1]]
    gaps = [cells(organs, groups, datetime.date(2026, *last))[0][0].gap for last in ((3, 31), (4, 1))]
    assert gaps == [Gap.VACANT, Gap.ELSEWHERE]


def test_area_that_has_closed_is_not_offered_and_the_page_says_when_it_did(area: SmallArea, client: Client):
    close_organisation(organisation=area.place, end=day("2026-03-31"), **factories.IN_TEST)
    option = f'<option value="{area.place.slug}"'
    for page in ("tables", "succession", "calendar"):
        assert option in client.get(reverse(page), {"as_at": "2026-03-31"}).content.decode()
        assert option not in client.get(reverse(page), {"as_at": "2026-04-01"}).content.decode()
    asked = {"within": area.place.slug, "as_at": "2026-04-01"}
    assert (
        "Not open on 1 April 2026: its last day was 31 March 2026."
        in client.get(reverse("tables"), asked).content.decode()
    )


def test_page_of_an_organ_that_has_closed_says_when_it_did(area: SmallArea, client: Client):
    network = area.pcns[0]
    close_organisation(organisation=network, end=day("2026-03-31"), **factories.IN_TEST)
    address = reverse("organisation-table", args=[network.slug])
    said = client.get(address, {"as_at": "2026-04-01"}).content.decode()
    assert "Not open on 1 April 2026: its last day was 31 March 2026." in said
    assert "Nobody keeps this area" not in said
    assert "Not open" not in client.get(address, {"as_at": "2026-03-31"}).content.decode()


def ends(member: Membership) -> None:
    with change(**factories.IN_TEST):
        Membership.objects.filter(pk=member.pk).update(period=(member.period.lower, "2024-01-01"))
