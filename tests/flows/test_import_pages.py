"""A spreadsheet is brought in as an editor does it: on a phone, by keyboard, with scripts and without."""

import datetime
import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags
from playwright.sync_api import Page, expect

from ics_leadership.accounts.models import Standing, User
from memberships import tasks
from memberships.models import Appointment, Person, SpreadsheetImport, Stage
from memberships.spreadsheets import importing, underway, undoing
from memberships.spreadsheets.columns import ListKind
from tests import factories
from tests.factories import SmallArea
from tests.flows.conftest import Editing
from tests.flows.keyboard import assert_sound, choose, press, type_into
from tests.periods import day
from tests.spreadsheets.bringing_in import brought_in, previewed

pytestmark = pytest.mark.django_db

SHEET = """Name,Profession,Post,Network,From
Dr Jo Bloggs,GP,PCN Pharmacy Lead,West Norwich,Apr 2021
Dr Amina Yusuf,GP,PCN Pharmacy Lead,West Norwich,2022
Dr Amina Yusuf,GP,PCN Pharmacy Lead,East Norwich,2018
Al Green,GP,Astronaut,West Norwich,2020
"""
READ = SHEET.replace("Post", "Role").replace("Network", "PCN")


@pytest.fixture(autouse=True)
def roles_to_hold(area: SmallArea) -> None:
    """A role in each network; Dr Amina Yusuf holds that of the eastern one since 2019."""
    role_type = factories.role_type("PCN Pharmacy Lead")
    east, _ = [factories.role(pcn, role_type) for pcn in area.pcns]
    factories.appointment(factories.person("Amina Yusuf", title="Dr"), east, period=(day("2019-04-01"), None))


def file(content: str = SHEET, name: str = "our list.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode())


def words(response: HttpResponse) -> str:
    """The main part of a page as somebody reads it."""
    main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)
    assert main
    return " ".join(strip_tags(main.group().replace("<", " <")).split())


def upload(page: Page, address: str) -> None:
    page.goto(address)
    page.set_input_files("input[type=file]", {"name": "our list.csv", "mimeType": "text/csv", "buffer": SHEET.encode()})


def assert_the_way_was_gone(area: SmallArea) -> None:
    yusuf = Person.objects.get(family_name="Yusuf")
    assert {str(each.start_date) for each in yusuf.appointments.all()} == {"2018-01-01", "2022-01-01"}
    assert Appointment.objects.filter(person__family_name="Bloggs").exists()


def test_a_spreadsheet_is_brought_in_and_undone_by_keyboard_on_a_phone(editing: Editing):
    page = editing.open("/imports")
    assert_sound(page)
    upload(page, f"{editing.site}/imports/new")
    assert_sound(page)
    type_into(page, "What to call this import", "Committee of May")
    press(page, "Upload")
    assert page.get_by_label("Network").input_value() == "network"
    press(page, "Show what each row would change")
    assert page.locator("h1").inner_text().endswith("Check what each row would change")
    choose(page, "Dr Amina Yusuf")
    press(page, "Choose for row 3")
    expect(page.get_by_text("Row 3: noted.")).to_be_visible()
    press_link(page, "Go on to bring in 3 rows")
    choose(page, "Moving from our spreadsheet")
    press(page, "Bring it in")
    assert page.locator("h1").inner_text().endswith("This import was brought in")
    assert_the_way_was_gone(editing.area)
    press_link(page, "Undo this import")
    choose(page, "The list was wrong")
    press(page, "Undo it")
    assert page.locator("h1").inner_text().endswith("This import was undone")
    assert Person.objects.get(family_name="Yusuf").appointments.get().start_date == day("2019-04-01").date


def press_link(page: Page, name: str) -> None:
    link = page.get_by_role("link", name=name)
    link.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert_sound(page)


def test_a_spreadsheet_is_brought_in_without_scripts(editing_without_scripts: Editing):
    page = editing_without_scripts.page
    upload(page, f"{editing_without_scripts.site}/imports/new")
    page.get_by_role("button", name="Upload").click()
    page.get_by_role("button", name="Show what each row would change").click()
    row = page.locator("#row-3")
    row.get_by_label("Somebody else of the register").fill("Yusuf")
    row.get_by_role("button", name="Find").click()
    row.get_by_label("Dr Amina Yusuf", exact=True).check()
    row.get_by_role("button", name="Choose for row 3").click()
    page.get_by_role("link", name="Go on to bring in 3 rows").click()
    page.get_by_label("Moving from our spreadsheet").check()
    page.get_by_role("button", name="Bring it in").click()
    assert page.locator("h1").inner_text().endswith("This import was brought in")
    assert_the_way_was_gone(editing_without_scripts.area)


def test_how_far_the_work_has_come_is_shown(editing: Editing, editor: User):
    this = importing.upload(by=editor, name="Our list", file_name="list.csv", content=SHEET.encode())
    importing.match(this, sheet="", kind=ListKind.PEOPLE, heading_row=0, columns={0: "name"})
    list(underway.counted(this.pk, range(60), total=100))
    page = editing.open(f"/imports/{this.pk}")
    assert page.locator("progress").get_attribute("value") == "59"
    assert_sound(page)


# --- what the pages say


def test_every_group_of_rows_is_a_page_and_the_address_of_none_is_refused(editor_client: Client, editor: User):
    this = previewed(READ, editor)
    whole = words(editor_client.get(f"/imports/{this.pk}"))
    assert "Every row 4 Cannot be read 1 Close match 1 New 1 Changes 1" in whole
    unreadable = words(editor_client.get(f"/imports/{this.pk}?show=unreadable"))
    assert "Row 5 Al Green Cannot be read C5, Role: The register has no type of role called “Astronaut”." in unreadable
    assert "Row 2" not in unreadable
    assert editor_client.get(f"/imports/{this.pk}?show=pink").status_code == 400


def test_what_cannot_be_opened_says_why_beside_the_field(editor_client: Client):
    answer = editor_client.post("/imports/new", {"file": file("", "photo.png")})
    assert answer.status_code == 422
    wrong = SimpleUploadedFile("list.xlsx", b"\x89PNG\r\n\x1a\n" + b"x" * 200)
    answer = editor_client.post("/imports/new", {"file": wrong})
    assert answer.status_code == 422
    assert not SpreadsheetImport.objects.exists()


def test_a_column_is_meant_once(editor_client: Client):
    editor_client.post("/imports/new", {"file": file()})
    this = SpreadsheetImport.objects.get()
    answer = editor_client.post(
        f"/imports/{this.pk}/columns", {"read": "yes", "kind": "people", "column-0": "name", "column-1": "name"}
    )
    assert answer.status_code == 422
    assert "“Name” is this column already. Leave one of the two out." in words(answer)


def test_the_columns_of_another_sort_of_list_are_shown_on_asking(editor_client: Client):
    editor_client.post("/imports/new", {"file": file()})
    this = SpreadsheetImport.objects.get()
    page = words(editor_client.get(f"/imports/{this.pk}/columns?kind=groups"))
    assert "Such a list needs Kind and Hosted by" in page


def test_an_answer_that_was_not_offered_is_not_taken(editor_client: Client, editor: User):
    this = previewed(READ, editor)
    for about, answer in (("person", "nobody"), ("password", "x"), ("person", "99999999")):
        editor_client.post(f"/imports/{this.pk}/rows/3", {"about": about, "answer": answer})
        assert this.rows.get(number=3).decision == {}
    assert editor_client.post(f"/imports/{this.pk}/rows/99", {"about": "person"}).status_code == 404


def test_those_of_the_very_name_are_taken_by_one_button(editor_client: Client, editor: User):
    this = previewed(READ + READ.splitlines()[2].replace("2022", "2024"), editor)
    assert "Take those of the very same name" in words(editor_client.get(f"/imports/{this.pk}?show=close"))
    answer = editor_client.post(f"/imports/{this.pk}/same-names", follow=True)
    assert "Decided: 2 rows." in words(answer)


def test_an_upload_is_thrown_away(editor_client: Client, editor: User):
    this = previewed(READ, editor)
    answer = editor_client.post(f"/imports/{this.pk}/discard", follow=True)
    assert "“Our list” was thrown away." in words(answer)
    assert not SpreadsheetImport.objects.exists()


def test_an_import_that_stopped_says_so_and_is_run_again(editor_client: Client, editor: User):
    this = previewed(READ, editor)
    importing.confirm(this, by=editor, why="Moving", token=uuid.uuid4())
    assert "It waits for its turn" in words(editor_client.get(f"/imports/{this.pk}"))
    SpreadsheetImport.objects.update(asked_at=timezone.now() - underway.PATIENCE - datetime.timedelta(seconds=1))
    page = words(editor_client.get(f"/imports/{this.pk}"))
    assert "The work on this import stopped on the way Nothing of it has been brought in" in page
    editor_client.post(f"/imports/{this.pk}/again")
    this.refresh_from_db()
    assert this.stage == Stage.APPLIED


def test_the_progress_bar_makes_way_for_the_page_that_follows(editor_client: Client, editor: User):
    this = previewed(SHEET, editor)
    answer = editor_client.get(f"/imports/{this.pk}", headers={"hx-request": "true"})
    assert answer["HX-Refresh"] == "true"


def test_undoing_says_what_stands_in_the_way(editor_client: Client, editor: User, area: SmallArea):
    this = brought_in(previewed(READ, editor))
    held = Appointment.objects.get(person__family_name="Bloggs")
    factories.membership(area.seat("PCN clinical directors"), held.person, held)
    page = words(editor_client.get(f"/imports/{this.pk}/undo"))
    assert "It cannot be undone yet" in page
    assert "Jo Bloggs" in page


def test_an_undoing_that_stopped_says_so_and_is_run_again(editor_client: Client, editor: User):
    this = brought_in(previewed(READ, editor))
    undoing.confirm(this, by=editor, why="By mistake", token=uuid.uuid4())
    assert "It waits for its turn" in words(editor_client.get(f"/imports/{this.pk}"))
    SpreadsheetImport.objects.update(asked_at=timezone.now() - underway.PATIENCE - datetime.timedelta(seconds=1))
    page = words(editor_client.get(f"/imports/{this.pk}"))
    assert "The work on this import stopped on the way Nothing of it has been undone" in page
    editor_client.post(f"/imports/{this.pk}/again")
    assert "This import was undone" in words(editor_client.get(f"/imports/{this.pk}"))
    assert not Person.objects.filter(family_name="Bloggs").exists()


# --- who may come here


def test_only_editors_bring_anything_in(editor: User, area: SmallArea):
    this = previewed(SHEET, editor)
    reader, elsewhere, administrator = factories.user(), factories.editor(factories.organisation()), factories.user()
    factories.grant(administrator, Standing.ADMINISTRATOR)
    colleague = factories.editor(area.place)
    for address in ("/imports", "/imports/new", f"/imports/{this.pk}", f"/imports/{this.pk}/confirm"):
        assert Client().get(address).status_code == 302
        assert seen_by(reader, address) == 403
        assert seen_by(administrator, address) in (200, 302)
        assert seen_by(colleague, address) in (200, 302)
    assert seen_by(elsewhere, f"/imports/{this.pk}") == 404
    assert seen_by(colleague, f"/imports/{this.pk}") == 200


def seen_by(account: User, address: str) -> int:
    client = Client()
    client.force_login(account)
    return client.get(address).status_code


def test_a_task_for_an_import_that_is_done_does_nothing(editor: User):
    this = brought_in(previewed(READ, editor))
    tasks.read_import(this.pk)
    this.refresh_from_db()
    assert this.stage == Stage.APPLIED
