"""An editor of a small area, in a browser and in Django's client, with scripts and without."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from ics_leadership.accounts.models import User
from tests import factories
from tests.browser import PHONE, open_page
from tests.factories import SmallArea


@pytest.fixture
def editor(area: SmallArea) -> User:
    """An editor of the place in which the area's practices and leaders are."""
    return factories.editor(area.place)


@pytest.fixture
def editor_client(editor: User) -> Client:
    client = Client()
    client.force_login(editor)
    return client


def sign_in(page: Page, site: str, client: Client) -> None:
    """Let the browser come with the session of a client that is signed in."""
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "domain": urlsplit(site).hostname, "path": "/"}]
    )


@dataclass(frozen=True)
class Editing:
    """A browser in which an editor of the area is signed in, and the address of the register."""

    page: Page
    site: str
    area: SmallArea

    def open(self, address: str) -> Page:
        open_page(self.page, f"{self.site}{address}")
        return self.page


@pytest.fixture
def editing(area: SmallArea, site: str, page: Page, editor_client: Client) -> Editing:
    """On a phone, with scripts."""
    page.set_viewport_size(PHONE)
    sign_in(page, site, editor_client)
    return Editing(page, site, area)


@pytest.fixture
def editing_without_scripts(area: SmallArea, site: str, page_without_scripts: Page, editor_client: Client) -> Editing:
    page_without_scripts.set_viewport_size(PHONE)
    sign_in(page_without_scripts, site, editor_client)
    return Editing(page_without_scripts, site, area)
