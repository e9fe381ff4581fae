"""Sending the forms of a flow as a browser does: with what the page itself holds, and what somebody types."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client


class _Fields(HTMLParser):
    """The fields of a page's main form that a browser would send, with their values."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self._posts = False
        self._select = self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = dict(attrs)
        name = at.get("name") or ""
        if tag == "form":
            self._posts = at.get("method") == "post"
        elif not self._posts:
            return
        elif tag == "input" and name:
            if at.get("type") in ("radio", "checkbox") and "checked" not in at:
                return
            self.values.setdefault(name, []).append(at.get("value") or "")
        elif tag == "textarea":
            self._text = name
            self.values[name] = [""]
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in at:
            self.values[self._select] = [at.get("value") or ""]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._posts = False
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._text = ""

    def handle_data(self, data: str) -> None:
        if self._text:
            self.values[self._text][0] += data


def fields_of(answer: HttpResponse) -> dict[str, Any]:
    """What a browser would send of the form on this page as it stands."""
    parser = _Fields()
    parser.feed(answer.content.decode())
    return dict(parser.values)


def sent(client: Client, address: str, /, **typed: Any) -> HttpResponse:
    """The answer to a flow's form at an address, filled in with `typed` and otherwise left as it is."""
    form = client.get(address)
    assert form.status_code == 200, f"{address}: {form.status_code}"
    return client.post(address, fields_of(form) | typed)


def confirmed(client: Client, check: HttpResponse, /, **typed: Any) -> HttpResponse:
    """The answer to the confirmation of a page of consequences."""
    assert "check what this changes" in check.content.decode(), check.content.decode()[:4000]
    return client.post(check.wsgi_request.path, fields_of(check) | {"step": "confirm"} | typed)
