"""What if they leave, asked on a phone and without a mouse: from the person's page to what would follow."""

from tests.flows.conftest import Editing, editing, editor, editor_client  # noqa: F401 fixtures
from tests.flows.keyboard import assert_sound, choose, press, tab_to


def test_question_is_asked_by_keyboard(editing: Editing):  # noqa: F811
    person = editing.area.directors[0].person
    page = editing.open(f"/what-if?person={person.slug}")
    assert_sound(page)
    tab_to(page, page.get_by_label("Last day", exact=True))
    page.keyboard.type("03032027")  # the same whether days or months come first
    box = f"{editing.area.directors[0].role}, {editing.area.directors[0].role.organisation}"
    assert page.get_by_label(box, exact=True).is_checked()
    tab_to(page, page.get_by_label(box, exact=True))
    page.keyboard.press("Space")
    choose(page, box)
    press(page, "See what would follow")
    assert page.locator("h1").inner_text().endswith("leaves on 3 March 2027")
    assert page.get_by_text("falls vacant on 4 March 2027").is_visible()
