"""Pages that strangers read, kept while nothing changes: whoever reads one again within a minute gets what was made before.

Only for requests that say nothing of who asks (no cookie, no token), and only where the register is open to everyone. A page is
kept together with the position of the last change that there was before it was made, so that no change is ever missed; what a
page shows beside facts of the register, such as a message to all, is at most `PAGES_KEPT_SECONDS` old. Each process keeps its
own, and no more than `LARGEST` bytes of them.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from ics_leadership.history import Change
from ics_leadership.periods import today

LARGEST = 8 * 1024 * 1024


@dataclass(frozen=True)
class _Kept:
    state: tuple[Hashable, ...]
    until: float
    content: bytes
    headers: dict[str, str]


class KeptPages:
    """Pages by their whole address; those that were not asked for longest go first."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, _Kept] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def find(self, address: str, state: tuple[Hashable, ...]) -> HttpResponse | None:
        """The page as it was made in that state of the register, not too long ago."""
        with self._lock:
            kept = self._pages.get(address)
            if kept is None or kept.state != state or kept.until < time.monotonic():
                return None
            self._pages.move_to_end(address)
        return HttpResponse(kept.content, headers=kept.headers)

    def keep(self, address: str, state: tuple[Hashable, ...], page: HttpResponse) -> None:
        """Keep a page that was made after the register was in that state."""
        kept = _Kept(state, time.monotonic() + settings.PAGES_KEPT_SECONDS, page.content, dict(page.headers))
        with self._lock:
            self._drop(address)
            self._pages[address] = kept
            self._size += len(kept.content)
            while self._size > LARGEST:
                self._drop(next(iter(self._pages)))

    def _drop(self, address: str) -> None:
        if before := self._pages.pop(address, None):
            self._size -= len(before.content)


class KeptPagesMiddleware:
    """Answers strangers with pages that are kept, and keeps those that are made for them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.pages = KeptPages()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _is_a_strangers(request):
            return self.get_response(request)
        address, state = request.build_absolute_uri(), (_last_position(), today())
        if page := self.pages.find(address, state):
            return page
        response = self.get_response(request)
        if isinstance(response, HttpResponse) and _is_the_same_for_all(request, response):
            # Somebody who is signed in gets another page at the same address.
            patch_vary_headers(response, ["Cookie", "HX-Request"])
            self.pages.keep(address, state, response)
        return response


def _is_a_strangers(request: HttpRequest) -> bool:
    """Whether a request asks for a whole page and says nothing of who asks."""
    told = request.COOKIES or request.headers.get("Authorization") or request.headers.get("HX-Request")
    return bool(settings.PUBLIC_READING and settings.PAGES_KEPT_SECONDS and request.method == "GET" and not told)


def _is_the_same_for_all(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether a page holds nothing made for this one request: a cookie, a form's token, a nonce."""
    made_for_one = response.cookies or "CSRF_COOKIE" in request.META or request.session.modified
    nonce = getattr(request, "_csp_nonce", None)
    is_page = response.status_code == 200 and response.headers.get("Content-Type", "").startswith("text/html")
    return bool(is_page and not made_for_one and not nonce and not response.headers.get("Cache-Control"))


def _last_position() -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max(position) FROM {Change._meta.db_table}")  # noqa: S608 a table of ours
        position: int | None = cursor.fetchone()[0]
    return position
