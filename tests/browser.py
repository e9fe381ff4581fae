"""A page in a real browser: the site served to it, and what every page of the register must satisfy.

A browser test asks for `site` (its address) and `page` (a Playwright page), writes its records through factories as
any test does, and calls `assert_page_is_sound(page, site + "/groups")`. The server answers from inside the test's own
transaction, so nothing is committed and nothing needs clearing away. The test fails when the page writes to the
console, raises an error, breaks the Content-Security-Policy or asks for something that is not there.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator, Sequence
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import get_internal_wsgi_application
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection, connections
from playwright.sync_api import Browser, ConsoleMessage, Page

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 320, "height": 700}

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

VIOLATIONS = "options => window.axe ? axe.run(document, options).then(results => results.violations) : null"
"""What axe finds wrong in a page, without all that it finds right, which is long to hand over; null where axe is not there."""

# Playwright keeps an event loop in the test's thread. Django would refuse the database to synchronous code there, and
# would open a second connection, outside the test's transaction, as soon as the loop runs: so connections are kept by
# thread alone.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
connections._connections = threading.local()


def chromium() -> str:
    """The browser's program: `CHROMIUM` names it, else it is found on the PATH.

    The headless shell goes first: a page costs it half of what it costs the whole browser.
    """
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if found is None:
        pytest.fail("The tests of pages need Chromium: install it, or name it in the variable CHROMIUM.")
    return found


@pytest.fixture(scope="session")
def base_url() -> None:
    """No site stands for the whole run; the plugin's own fixture of this name is out of date with pytest."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium; without its sandbox and shared memory, which containers rarely allow.

    Scripts are not compiled to machine code: a page lives too short to earn that back, and axe costs a quarter less.
    """
    return {
        **browser_type_launch_args,
        "executable_path": chromium(),
        "args": ["--no-sandbox", "--disable-dev-shm-usage", "--js-flags=--no-opt --no-maglev"],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "viewport": WIDE, "locale": "en-GB", "timezone_id": "Europe/London"}


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _QuietHandler(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Requests of a passing test are nobody's news."""


@pytest.fixture
def site(db: None) -> Iterator[str]:
    """The address of the register as this test's transaction sees it."""
    application = StaticFilesHandler(get_internal_wsgi_application())
    one_at_a_time = threading.Lock()
    shared = connections[connection.alias]

    def answer(environ: dict[str, Any], start_response: Any) -> Any:
        # One connection, so one request after the other; its thread must not open another or close this one.
        with one_at_a_time:
            connections[shared.alias] = shared
            return application(environ, start_response)

    shared.inc_thread_sharing()
    for signal in (request_started, request_finished):
        # It would close the connection, transaction and all, for not committing by itself.
        signal.disconnect(close_old_connections)
    server = make_server("127.0.0.1", 0, answer, server_class=_Server, handler_class=_QuietHandler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
    shared.dec_thread_sharing()


def watched(page: Page) -> list[str]:
    """What the page complains of from now on: console messages, errors of scripts, requests that fail.

    Chromium reports a broken Content-Security-Policy as a console message, so those are among them.
    """
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        # A page that answers 4xx on purpose is logged by Chromium itself, for the address of the page.
        if message.location.get("url") != page.url or not message.text.startswith("Failed to load resource"):
            complaints.append(f"{message.type}: {message.text}")

    page.on("console", heard)
    page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
    page.on(
        "response",
        lambda response: (
            complaints.append(f"{response.status}: {response.url}")
            if response.status >= 400 and not response.request.is_navigation_request()
            else None
        ),
    )
    return complaints


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    """A page on a wide screen that must not complain; `page.set_viewport_size(PHONE)` makes it a phone."""
    complaints = watched(page)
    yield page
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def page_without_scripts(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    """A page in a browser whose reader has turned JavaScript off."""
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    yield context.new_page()
    context.close()


def open_page(page: Page, address: str) -> None:
    """Open the address and wait until its scripts have done their work."""
    page.goto(address)
    settled(page)


def settled(page: Page) -> None:
    """Wait until the page is loaded and nothing that a script asked for is still on its way."""
    page.wait_for_load_state("load")
    page.wait_for_function("() => !document.querySelector('.htmx-request')")


def assert_accessible(page: Page, *, without: Sequence[str] = ()) -> None:
    """axe finds nothing against WCAG 2.2 AA, nor against its own good practices, in the page as it stands.

    A page that an address has just changed to may not have come yet: it is waited for.
    """
    settled(page)
    options = {"runOnly": RULES, "resultTypes": ["violations"], "rules": {rule: {"enabled": False} for rule in without}}
    found = page.evaluate(VIOLATIONS, options)
    if found is None:
        page.evaluate(AXE_SCRIPT)
        found = page.evaluate(VIOLATIONS, options)
    told = [
        f"{violation['id']}: {violation['help']}\n    {node['html'][:200]}"
        for violation in found
        for node in violation["nodes"]
    ]
    assert not told, f"{page.url}\n" + "\n".join(told)


def assert_no_sideways_scroll(page: Page) -> None:
    """On a phone 320 pixels wide nothing of the page is out of sight to the side. Leaves the page on that phone."""
    settled(page)
    page.set_viewport_size(PHONE)
    wide, names = page.evaluate(
        """() => {
            const room = document.documentElement.clientWidth;
            const beyond = [...document.querySelectorAll("body *")].filter(
                (element) => element.getBoundingClientRect().right > room + 1
            );
            return [
                document.documentElement.scrollWidth > room,
                beyond.slice(0, 5).map((element) => element.outerHTML.slice(0, 120)),
            ];
        }"""
    )
    assert not wide, f"{page.url} scrolls sideways at 320 pixels:\n" + "\n".join(names)


def assert_page_is_sound(page: Page, address: str) -> None:
    """The address, wide and on a phone: accessible both ways, and never wider than the phone."""
    page.set_viewport_size(WIDE)
    open_page(page, address)
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    # Colours are the same on every screen, and looking at them takes as long as all the rest.
    assert_accessible(page, without=["color-contrast"])
