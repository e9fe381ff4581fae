"""What lies in an editor's area is for others to say: no way of taking back brings in what was not theirs."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from ics_leadership.accounts.models import Standing, User
from ics_leadership.history import Change, event_model
from ics_leadership.restoring import withdraw
from organisations import actions as organisations
from organisations.models import Kind, Link, LinkKind, Organisation
from organisations.rights import Rights
from tests import factories
from tests.factories import IN_TEST, SmallArea
from tests.flows.sending import sent as fill_in
from tests.history.registers import commit
from tests.history.test_history_pages import send
from tests.periods import day

pytestmark = pytest.mark.django_db


@pytest.fixture
def elsewhere() -> Organisation:
    """A place of another area."""
    return factories.small_area("Exeter").place


def links_to(area: SmallArea, elsewhere: Organisation, by: User | None) -> dict[str, Link]:
    """A link of each kind by which something elsewhere would lie in the area."""
    facts = {"by": by, "why": "Agreed", "start": day("2024-04-01")}
    outside = factories.organisation(Kind.PCN, name="Outer PCN")
    return {
        "covers": organisations.link(organisation=area.lmc, kind=LinkKind.COVERS, other=elsewhere, **facts),
        "part of": organisations.link(organisation=outside, kind=LinkKind.PART_OF, other=area.place, **facts),
    }


def editing(account: User) -> Client:
    client = Client()
    client.force_login(account)
    return client


@pytest.mark.parametrize("kind", ["covers", "part of"])
def test_a_link_that_was_withdrawn_does_not_come_back_by_its_inner_side_alone(
    area: SmallArea, elsewhere: Organisation, kind: str
):
    account = factories.editor(area.lmc)
    link = links_to(area, elsewhere, None)[kind]
    commit()
    withdraw(row=link, by=None, why="It was never so")
    gone = Change.objects.latest("pk")
    commit()
    event = event_model(Link).objects.filter(id=link.pk).order_by("pgh_id").first()
    client = editing(account)
    restore = reverse("restore", args=["link", link.pk, event.pgh_id])
    answer = send(client, restore)
    assert "into your area" in re.sub("<[^>]+>", "", answer.content.decode())
    assert client.get(reverse("undo", args=[gone.pk])).status_code == 403
    assert not Link.objects.filter(pk=link.pk).exists()
    administrator = factories.user()
    factories.grant(administrator, Standing.ADMINISTRATOR)
    assert send(editing(administrator), restore).status_code == 302
    assert Link.objects.filter(pk=link.pk).exists()


def test_who_ended_a_link_themselves_may_take_that_back(area: SmallArea):
    account = factories.editor(area.place)
    link = Link.objects.get(organisation=area.pcns[0], other=area.place)
    commit()
    withdraw(row=link, by=account, why="By mistake")
    this = Change.objects.latest("pk")
    commit()
    assert send(editing(account), reverse("undo", args=[this.pk])).status_code == 302
    assert Link.objects.filter(pk=link.pk).exists()


def test_a_field_of_a_link_is_not_restored_to_somewhere_else(area: SmallArea, elsewhere: Organisation):
    outside = factories.organisation(Kind.PCN, name="Outer PCN")
    link = organisations.link(
        organisation=area.lmc, kind=LinkKind.COVERS, other=outside, start=day("2024-04-01"), **IN_TEST
    )
    first = event_model(Link).objects.get(id=link.pk)
    commit()
    organisations.end_link(link=link, end=day("2024-06-30"), **IN_TEST)
    commit()
    account = factories.editor(area.lmc)
    answer = send(editing(account), reverse("restore-field", args=["link", link.pk, first.pgh_id, "period"]))
    assert answer.status_code != 302
    link.refresh_from_db()
    assert link.has_end


def a_new_link(area: SmallArea, elsewhere: Organisation) -> tuple[str, dict[str, object]]:
    typed = {"link_kind": "covers", "other": elsewhere.pk, "start": "2024", "why": "Recorded late"}
    return f"{area.lmc.get_absolute_url()}/links/new", typed


def a_link_that_ends_later(area: SmallArea, elsewhere: Organisation) -> tuple[str, dict[str, object]]:
    link = links_to(area, elsewhere, None)["covers"]
    organisations.end_link(link=link, end=day("2024-06-30"), **IN_TEST)
    return f"/links/{link.pk}/end", {"end": "31 March 2040", "why": "Recorded late"}


def a_link_that_is_corrected(area: SmallArea, elsewhere: Organisation) -> tuple[str, dict[str, object]]:
    link = links_to(area, elsewhere, None)["part of"]
    organisations.end_link(link=link, end=day("2024-06-30"), **IN_TEST)
    return f"/links/{link.pk}/correct", {"end": "", "why": "More is known now"}


def what_a_closed_body_leaves(area: SmallArea, elsewhere: Organisation) -> tuple[str, dict[str, object]]:
    """A place elsewhere, whose body had two successors of which one lies in the area."""
    former = factories.organisation(Kind.SUB_ICB, name="Devon", period=(day("2022-07-01"), day("2024-03-31")))
    north, south = (factories.organisation(Kind.SUB_ICB, name=name) for name in ("North", "South"))
    factories.link(north, LinkKind.PART_OF, area.place)
    for each in (north, south):
        on = day("2024-04-01").date
        organisations.record_succession(predecessor=former, successor=each, on=on, **IN_TEST)
    factories.link(elsewhere, LinkKind.PART_OF, former, period=(day("2022-07-01"), day("2024-03-31")))
    return f"{former.get_absolute_url()}/successors", {"everyone_else": north.pk, "why": "Recorded late"}


@pytest.mark.parametrize(
    "write", [a_new_link, a_link_that_ends_later, a_link_that_is_corrected, what_a_closed_body_leaves]
)
def test_no_form_brings_in_what_lies_elsewhere(area: SmallArea, elsewhere: Organisation, write):
    account = factories.editor(area.lmc)
    rights = Rights(account)
    address, typed = write(area, elsewhere)
    commit()
    before = set(Organisation.objects.filter(pk__in=rights.inside()))
    assert "your area" in re.sub("<[^>]+>", "", fill_in(editing(account), address, **typed).content.decode())
    assert set(Organisation.objects.filter(pk__in=rights.inside())) == before
    assert not Change.objects.filter(by=account).exists()
