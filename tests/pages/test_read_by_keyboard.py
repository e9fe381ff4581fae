"""What a committee reads, on a phone and without a mouse: its terms as printed, two versions of them, its register of
interests, and what ends when.
"""

import datetime
from collections.abc import Callable

from playwright.sync_api import Page, expect

from ics_leadership.history import change
from ics_leadership.periods import today
from memberships.actions import NewInterest, declare_interests
from memberships.models import InterestCategory, Membership, RegisterOfInterests
from tests.browser import PHONE, open_page
from tests.factories import IN_TEST, SmallArea
from tests.flows.conftest import Editing, editing, editor, editor_client  # noqa: F401 fixtures
from tests.flows.keyboard import assert_sound, follow, press, show, tab_to
from tests.pages.test_terms_documents import second_version
from tests.periods import day
from tests.proposals.conftest import decides  # noqa: F401 a fixture


def test_terms_are_read_as_a_document_and_beside_the_version_before(area: SmallArea, site: str, page: Page):
    second_version(area)
    page.set_viewport_size(PHONE)
    open_page(page, f"{site}{area.group.get_absolute_url()}?as_at=2024-06-01")
    follow(page, "Version 2.0 as a document")
    expect(page.get_by_role("heading", name="Who may be a member")).to_be_visible()
    expect(page.get_by_text("Every network sends somebody.")).to_be_visible()
    tab_to(page, page.get_by_label("Compare with", exact=True))
    page.keyboard.type("Version 1.0")
    press(page, "Compare")
    expect(page.get_by_role("heading", name="Clause by clause")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text(
        "Version 1.0, from 1 April 2021 to 31 March 2024, beside Version 2.0"
    )


def test_register_of_interests_is_read_and_leads_to_who_declared(
    editing: Editing,  # noqa: F811
    decides: Callable[..., None],  # noqa: F811
):
    decides(interests=RegisterOfInterests.PUBLISHED)
    chair = editing.area.chair.person
    shares = NewInterest(InterestCategory.FINANCIAL, "Shares in a company that rents rooms", day("2020-01-01"))
    declare_interests(person=chair, declared_on=today(), interests=[(None, shares)], **IN_TEST)
    page = editing.open(editing.area.group.get_absolute_url())
    follow(page, "What each who sits here has declared")
    expect(page.get_by_text("of whom 2 have not declared within a year")).to_be_visible()
    follow(page, chair.name)
    expect(page.get_by_role("heading", level=1)).to_contain_text(chair.name)


def test_calendar_of_endings_is_asked_for_an_area_and_leads_to_what_ends(area: SmallArea, site: str, page: Page):
    sits = area.memberships[0]
    with change(**IN_TEST):
        Membership.objects.filter(pk=sits.pk).update(period=(sits.period.lower, datetime.date(2027, 10, 1)))
    page.set_viewport_size(PHONE)
    open_page(page, f"{site}/calendar?as_at=2026-06-01")
    assert_sound(page)
    expect(page.get_by_text("Nothing that is recorded ends by then.")).to_be_visible()
    tab_to(page, page.get_by_label("Within", exact=True))
    page.keyboard.type(area.icb.name)
    tab_to(page, page.get_by_label("Ends within", exact=True))
    page.keyboard.type("two years")
    show(page)
    expect(page.get_by_role("heading", name="September 2027")).to_be_visible()
    follow(page, area.group.name)
    expect(page.get_by_role("heading", level=1)).to_contain_text(area.group.name)
