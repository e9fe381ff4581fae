"""What pages offer to take away: the rows that the page shows, narrowed by its filters, as at its day."""

import csv
import html
import io
import re
from collections.abc import Iterator
from itertools import count
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from ics_leadership import streams
from ics_leadership.history import Change
from memberships import actions as memberships
from memberships.filters import HeldRoleFilters, PersonFilters
from memberships.group_filters import GroupFilters
from memberships.models import Appointment, Group, Membership, Person
from memberships.role_maps_of_lists import LISTS
from organisations.filters import OrganisationFilters
from organisations.models import KeptArea, Organisation
from roles.models import Remit, Role, RoleType
from tests import factories
from tests.api.reading import body, lines, pages
from tests.api.test_role_map import DAY
from tests.factories import IN_TEST
from tests.periods import day

HELD = {"people": (Person, "person_id"), "roles": (Role, "role_id"), "organisations": (Organisation, "organisation_id")}

QUESTIONS = {
    "people": [
        "",
        "q=an",
        "profession=gp",
        "within={area}",
        "role_type={role_type}",
        "acts_for=system",
        "ending=12",
        "pathway={pathway}",
    ],
    "roles": [
        "",
        "q=director",
        "within={area}",
        "role_type={role_type}",
        "acts_for=system",
        "held=held",
        "open_to=gps",
        "pathway={pathway}",
        "period=ended",
    ],
    "organisations": ["", "q=network", "kind=pcn", "within={area}", "period=all", "status=active"],
    "groups": ["", "q=group", "kind=gp_leadership_group", "within={area}", "period=all"],
}


def question(text: str) -> str:
    area = KeptArea.objects.as_at(DAY).order_by("pk").first().area.slug
    role_type = RoleType.objects.filter(name="PCN Clinical Director").get().slug
    pathway = Remit.objects.as_at(DAY).filter(pathway__isnull=False).order_by("pk").first().pathway.slug
    return f"as_at={DAY}&{text.format(area=area, role_type=role_type, pathway=pathway)}".rstrip("&")


def shown(client: Client, listed: str, asked: str) -> Iterator[str]:
    """The names in addresses of all rows of a list, page by page."""
    yield from shown_from(client.get(f"/{listed}?{asked}"), client, listed, asked)


def shown_from(page: Any, client: Client, listed: str, asked: str) -> Iterator[str]:
    """The same, of which the first page is there."""
    for number in count(2):
        assert page.status_code == 200, page.content
        yield from re.findall(rf'<th scope="row"[^>]*><a href="/{listed}/([\w-]+)', page.content.decode())
        if not page.context["page"].has_next():
            return
        page = client.get(f"/{listed}?{asked}&page={number}")


def taken(client: Client, listed: str, asked: str) -> list[dict[str, str]]:
    return rows_of(client, f"/{listed}/role-map.csv?{asked}")


def rows_of(client: Client, address: str) -> list[dict[str, str]]:
    """The rows of a CSV that has the mark that spreadsheets like."""
    written = body(client, address)
    assert written.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline=""), strict=True))


@pytest.mark.parametrize("listed", list(HELD))
def test_csv_of_a_list_has_the_roles_held_by_what_the_page_shows(demo_client: Client, listed: str):
    model, column = HELD[listed]
    everything = {int(row[column]) for row in lines(demo_client, f"/api/v1/role-map?as_at={DAY}")}
    for text in QUESTIONS[listed]:
        asked = question(text)
        slugs = set(shown(demo_client, listed, asked))
        on_page = set(model._default_manager.filter(slug__in=slugs).values_list("pk", flat=True))
        assert {int(row[column]) for row in taken(demo_client, listed, asked)} == on_page & everything, text


def test_csv_of_groups_has_the_roles_by_virtue_of_which_people_sit_on_them(demo_client: Client):
    for text in QUESTIONS["groups"]:
        asked = question(text)
        groups = Group.objects.filter(slug__in=set(shown(demo_client, "groups", asked)))
        seated = Membership.objects.as_at(DAY).filter(seat__terms__group__in=groups, basis_appointment__isnull=False)
        held = Appointment.objects.as_at(DAY).filter(pk__in=seated.values("basis_appointment"))
        rows = [int(row["appointment_id"]) for row in taken(demo_client, "groups", asked)]
        assert rows == sorted(held.values_list("pk", flat=True)), text


def role_map_through_api(page: str, listed: str) -> str:
    """The address in the API of the role map of a list, as its page has it."""
    said = html.unescape(page)
    [link] = re.findall(rf'href="({reverse("api-role-map")}\?listed={listed}[^"]*)">through the API', said)
    return str(link)


@pytest.mark.parametrize("listed", list(LISTS))
def test_role_map_of_a_list_is_the_same_through_the_api_with_each_of_its_filters(demo_client: Client, listed: str):
    found: set[str] = set()
    for text in every_question(listed):
        if is_another_value(text, listed, found):
            continue
        asked = question(text)
        page = demo_client.get(f"/{listed}?{asked}")
        if not page.context["page"].paginator.count:
            continue
        if "held=vacant" in text or "held=not_recorded" in text:
            # Nobody holds what is there.
            assert "role-map" not in page.content.decode()
            continue
        link = role_map_through_api(page.content.decode(), listed)
        assert f"as_at={DAY}" in link
        rows = [row["appointment_id"] for row in taken(demo_client, listed, asked)]
        assert [str(row["appointment_id"]) for row in lines(demo_client, link)] == rows, text
        found |= {part.partition("=")[0] for part in text.split("&") if rows}
    assert set(FILTERS[listed].base_filters) - NOBODY_HOLDS <= found, "each of them finds somebody"


NOBODY_HOLDS = {"held"}
"""What is vacant or not recorded has nobody in it."""

FILTERS = {
    "people": PersonFilters,
    "roles": HeldRoleFilters,
    "organisations": OrganisationFilters,
    "groups": GroupFilters,
}


def test_every_filter_of_a_list_is_among_those_compared():
    assert FILTERS.keys() == LISTS.keys()
    for listed, each in FILTERS.items():
        asked = {text.partition("=")[0] for text in QUESTIONS[listed] if text}
        assert asked == set(each.base_filters), listed


@pytest.mark.parametrize("listed", list(LISTS))
def test_list_links_to_its_files_with_filters_and_day(demo_client: Client, listed: str):
    asked = question("within={area}")
    page = html.unescape(demo_client.get(f"/{listed}?{asked}").content.decode())
    assert f'href="/{listed}/role-map.xlsx?{asked}">as Excel</a>' in page
    assert f'href="/{listed}/role-map.csv?{asked}">as CSV</a>' in page
    book = openpyxl.load_workbook(io.BytesIO(body(demo_client, f"/{listed}/role-map.xlsx?{asked}")))
    assert book.worksheets[0].max_row == len(taken(demo_client, listed, asked)) + 1


def ways(page: str, listed: str) -> list[str]:
    """The addresses of the list itself in the API, as its page has them: Excel, CSV, JSON; none where it shows nothing."""
    return re.findall(rf'href="({reverse(f"api-{listed}")}(?:\?[^"]*)?)"', html.unescape(page))


def every_question(listed: str) -> list[str]:
    """Each question of `QUESTIONS`, each of the values that a filter offers, and filters and orders together."""
    choices = {name: each.extra.get("choices", ()) for name, each in FILTERS[listed].base_filters.items()}
    valued = [f"{name}={value}" for name, values in choices.items() for value, _ in values]
    order = f"ordering=-{FILTERS[listed].columns[0].name}"
    return list(
        dict.fromkeys([*QUESTIONS[listed], *valued, *narrowed_to_an_area(listed), order, "q=+&within=&ordering="])
    )


def is_another_value(text: str, listed: str, met: set[str]) -> bool:
    """Whether a question only gives another value to a filter that was met with one that finds something."""
    return text not in QUESTIONS[listed] and "&" not in text and text.partition("=")[0] in met


def narrowed_to_an_area(listed: str) -> list[str]:
    return [f"within={{area}}&{text}" for text in QUESTIONS[listed] if text and "within" not in text]


@pytest.mark.parametrize("listed", list(LISTS))
def test_list_is_there_as_excel_as_csv_and_through_the_api_with_each_of_its_filters(demo_client: Client, listed: str):
    compared: set[str] = set()
    for text in every_question(listed):
        if is_another_value(text, listed, compared):
            continue
        asked = question(text)
        page = demo_client.get(f"/{listed}?{asked}")
        assert page.status_code == 200, text
        number = page.context["page"].paginator.count
        leading = ways(page.content.decode(), listed)
        if not number:
            assert leading == [], text
            continue
        excel, as_csv, through_api = leading
        assert f"as_at={DAY}" in through_api
        rows = rows_of(demo_client, as_csv)
        assert len(rows) == number, text
        assert sorted(row["slug"] for row in rows) == sorted(shown_from(page, demo_client, listed, asked)), text
        assert len(lines(demo_client, through_api)) == number, text
        if text in QUESTIONS[listed]:
            book = openpyxl.load_workbook(io.BytesIO(body(demo_client, excel)))
            assert book.worksheets[0].max_row == number + 1, text
        compared |= {part.partition("=")[0] for part in text.split("&")}
    assert set(FILTERS[listed].base_filters) <= compared, "each of them finds somebody"


ORDERS = [
    (listed, order)
    for listed, filters in FILTERS.items()
    for order in ("", *(f"ordering={way}{each.name}" for each in filters.columns for way in ("", "-")))
]


@pytest.mark.parametrize(("listed", "order"), ORDERS)
def test_list_is_taken_away_in_the_order_in_which_it_is_shown(demo_client: Client, listed: str, order: str):
    asked = question(order)
    slugs = list(shown(demo_client, listed, asked))
    assert len(slugs) > 1
    excel, as_csv, through_api = ways(demo_client.get(f"/{listed}?{asked}").content.decode(), listed)
    assert [row["slug"] for row in rows_of(demo_client, as_csv)] == slugs
    assert [row["slug"] for row in pages(demo_client, f"{through_api}&limit=1000")] == slugs
    assert "ordering=" in excel


@pytest.mark.parametrize(
    ("listed", "order"),
    [
        *(("people", order) for order in ("", "ordering=-name")),
        *(("roles", order) for order in ("", "ordering=-title", "ordering=organisation", "ordering=-organisation")),
        *(("organisations", order) for order in ("", "ordering=-name")),
    ],
)
def test_role_map_of_a_list_is_in_the_order_of_the_list(demo_client: Client, listed: str, order: str):
    model, column = HELD[listed]
    asked = question(order)
    keys = dict(model._default_manager.values_list("slug", "pk"))
    in_order = [keys[slug] for slug in shown(demo_client, listed, asked)]
    rows = taken(demo_client, listed, asked)
    held = list(dict.fromkeys(int(row[column]) for row in rows))
    assert len(held) > 1
    assert held == [each for each in in_order if each in set(held)]
    link = role_map_through_api(demo_client.get(f"/{listed}?{asked}").content.decode(), listed)
    assert [str(row["appointment_id"]) for row in lines(demo_client, link)] == [row["appointment_id"] for row in rows]


def test_what_was_searched_for_is_taken_away_by_name(demo_client: Client):
    _, as_csv, _ = ways(demo_client.get(f"/people?{question('q=an')}").content.decode(), "people")
    names = [(row["family_name"], row["given_names"]) for row in rows_of(demo_client, as_csv)]
    assert len(names) > 1
    assert names == sorted(names, key=lambda each: [part.casefold() for part in each])


def test_files_of_a_list_are_ready_for_excel(committing: None):
    name = factories.organisation(name="Zoë Häusler Surgery", ods_code="5E1").name
    client = Client()
    excel, as_csv, _ = ways(client.get("/organisations?q=5E1").content.decode(), "organisations")
    assert body(client, as_csv).startswith(b"\xef\xbb\xbf")
    sheet = openpyxl.load_workbook(io.BytesIO(body(client, excel))).worksheets[0]
    headings, row = ([cell.value for cell in each] for each in sheet.iter_rows())
    found = dict(zip(headings, row, strict=True))
    assert (found["ods_code"], found["name"]) == ("5E1", name)


def test_list_of_roles_that_nobody_holds_offers_no_file_of_who_holds_them(demo_client: Client):
    page = demo_client.get(f"/roles?as_at={DAY}&held=vacant")
    assert page.context["page"].paginator.count
    said = page.content.decode()
    assert "role-map" not in said
    assert "Who holds which role here" not in said
    assert len(ways(said, "roles")) == 3


def test_list_of_today_leads_to_the_api_without_a_day(demo_client: Client):
    assert ways(demo_client.get("/groups").content.decode(), "groups")[-1] == f"{reverse('api-groups')}?ordering=name"


def test_table_of_organisations_that_closed_tells_who_held_what_there_at_any_time(committing: None):
    closed = factories.organisation(period=(day("2015-01-01"), day("2019-01-01")))
    factories.organisation(period=(day("2015-01-01"), day("2019-01-01")))
    who = factories.person()
    factories.appointment(
        who, factories.role(closed, factories.role_type()), period=(day("2016-01-01"), day("2018-01-01"))
    )
    asked = f"/api/v1/organisations?as_at={DAY}&person={who.slug}"
    assert [row["slug"] for row in lines(Client(), f"{asked}&period=ended")] == [closed.slug]
    assert lines(Client(), asked) == []


def test_page_of_one_record_links_to_its_role_map(demo_client: Client):
    row = lines(demo_client, f"/api/v1/role-map?as_at={DAY}")[0]
    group = Membership.objects.as_at(DAY).filter(basis_appointment__isnull=False).first().seat.terms.group
    records = {
        Person.objects.get(pk=row["person_id"]).get_absolute_url(): "person",
        Organisation.objects.get(pk=row["organisation_id"]).get_absolute_url(): "within",
        group.get_absolute_url(): "group",
    }
    for address, name in records.items():
        page = html.unescape(demo_client.get(f"{address}?as_at={DAY}").content.decode())
        links = re.findall(rf'href="({reverse("api-role-map")}\?{name}=[^"]+)"', page)
        assert len(links) == 3, address
        assert all(f"as_at={DAY}" in link and body(demo_client, link) for link in links)


def test_page_of_a_group_leads_to_everybody_who_sits_there(demo_client: Client):
    for group in Group.objects.as_at(DAY).order_by("pk")[:5]:
        page = html.unescape(demo_client.get(f"{group.get_absolute_url()}?as_at={DAY}").content.decode())
        [link] = re.findall(r'href="(/api/v1/memberships\?group=[^"]+format=csv[^"]+)"', page)
        written = body(demo_client, link).decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(written, newline=""), strict=True))
        sitting = Membership.objects.as_at(DAY).filter(seat__terms__group=group).order_by("pk")
        assert [int(row["membership_id"]) for row in rows] == list(sitting.values_list("pk", flat=True))


def test_group_is_asked_about_who_sits_on_the_day(demo_client: Client):
    for group in Group.objects.as_at(DAY).order_by("pk")[:5]:
        held = Appointment.objects.as_at(DAY).filter(
            pk__in=Membership.objects.as_at(DAY).filter(seat__terms__group=group).values("basis_appointment")
        )
        rows = lines(demo_client, f"/api/v1/role-map?as_at={DAY}&group={group.slug}")
        assert [row["appointment_id"] for row in rows] == sorted(held.values_list("pk", flat=True))


def test_one_file_too_many_is_a_page_that_says_so(demo_client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(streams._turns, "_value", 0)
    answer = demo_client.get("/people/role-map.csv")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "15"


def test_what_a_list_does_not_know_is_refused_as_on_its_page(demo_client: Client):
    assert demo_client.get("/people/role-map.csv?colour=red").status_code == 400


def test_file_of_a_page_of_a_past_moment_is_read_as_known_then(committing: None):
    who = factories.person("Amina Yusuf")
    factories.appointment(
        who, factories.role(factories.organisation(), factories.role_type()), period=(day("2020-01-01"), None)
    )
    then = Change.objects.exclude(position=None).latest("position").recorded_at
    memberships.correct_person(person=who, family_name="Bell", **IN_TEST)
    asked = f"as_at={DAY}"
    known = f"{asked}&known_at={then.isoformat().replace('+00:00', 'Z')}"
    client = Client()
    assert [row["person_name"] for row in taken(client, "people", asked)] == ["Amina Bell"]
    assert [row["person_name"] for row in taken(client, "people", known)] == ["Amina Yusuf"]
    book = openpyxl.load_workbook(io.BytesIO(body(client, f"/people/role-map.xlsx?{known}")))
    told = {str(name): str(value) for name, value, *_ in book["About this file"].iter_rows(values_only=True)}
    assert told["As known"] != "when this file was made"
    page = html.unescape(client.get(f"{who.get_absolute_url()}?{known}").content.decode())
    through_api = next(
        href for href in re.findall(r'href="([^"]*/api/v1/role-map[^"]*)"', page) if "format" not in href
    )
    assert "Amina Yusuf" in body(client, through_api).decode()
    assert "Amina Bell" not in body(client, through_api).decode()
    through_api = ways(client.get(f"/people?q=Yusuf&{known}").content.decode(), "people")[-1]
    assert "Amina Yusuf" in body(client, through_api).decode()
    assert f"/people/role-map.csv?{known}" in unquote(html.unescape(client.get(f"/people?{known}").content.decode()))
