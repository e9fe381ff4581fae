"""What every answer of the API has, whatever is asked: how often one may ask, whether it has changed, who may keep it.

An answer follows from its address, the state of the register, the day, and who reads. So its ETag is made of these before
anything is looked up, and whoever has that answer already is told so for the price of one short query.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from typing import Any, ClassVar

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from rest_framework import status
from rest_framework.exceptions import APIException, AuthenticationFailed, NotAuthenticated, PermissionDenied
from rest_framework.request import Request
from rest_framework.views import APIView

from ics_leadership.accounts.models import Token
from ics_leadership.environment import BASE_DIR
from ics_leadership.errors import Refusal
from ics_leadership.periods import today


class NotModified(APIException):
    """Who asks has the answer already."""

    status_code = status.HTTP_304_NOT_MODIFIED


class CountedView(APIView):
    """An address of the API that counts against the minute of whoever asks, and says how much of it is left."""

    def initial(self, request: Request, *arguments: Any, **options: Any) -> None:
        try:
            super().initial(request, *arguments, **options)
        except (AuthenticationFailed, NotAuthenticated, PermissionDenied):
            # Turned away before it was counted: as nobody in particular, so that tokens are not guessed without end.
            self.check_throttles(request)
            raise

    def finalize_response(
        self, request: Request, response: HttpResponseBase, *arguments: Any, **options: Any
    ) -> HttpResponseBase:
        answer: HttpResponseBase = super().finalize_response(request, response, *arguments, **options)
        if rate := getattr(request._request, "rate", None):
            rate.after(answer.status_code).say(answer)
        return answer


class ApiView(CountedView):
    """An address of the API that is only read."""

    may_be_empty: ClassVar[Sequence[str]] = ()
    """What may be asked with nothing behind it."""

    def initial(self, request: Request, *arguments: Any, **options: Any) -> None:
        super().initial(request, *arguments, **options)
        refuse_unclear(request._request, self.may_be_empty)
        if request.method in ("GET", "HEAD"):
            self.etag = _etag(request)
            if has_already(request, self.etag):
                raise NotModified

    def finalize_response(
        self, request: Request, response: HttpResponseBase, *arguments: Any, **options: Any
    ) -> HttpResponseBase:
        answer = super().finalize_response(request, response, *arguments, **options)
        patch_vary_headers(answer, ["Authorization", "Cookie", "Accept"])
        if answer.status_code in (status.HTTP_200_OK, status.HTTP_304_NOT_MODIFIED) and hasattr(self, "etag"):
            answer.setdefault("ETag", self.etag)
            answer.setdefault("Cache-Control", f"{'public' if _is_for_all(request) else 'private'}, no-cache")
        else:
            answer.setdefault("Cache-Control", "no-store")
        return answer


def refuse_unclear(asked: HttpRequest, may_be_empty: Sequence[str] = ()) -> None:
    """Raises Refusal for what is asked with nothing behind it, or with two things: an answer would seem to heed them."""
    for name, values in asked.GET.lists():
        # A script whose variable is not set is not to take the whole country away.
        if name not in may_be_empty and not all(value.strip() for value in values):
            raise Refusal(f"“{name[:40]}” is empty. Give it a value, or leave it out.")
        if len(values) > 1:
            raise Refusal(f"This address gives more than one value for “{name[:40]}”. It can give one.")


def has_already(request: Request, etag: str) -> bool:
    """Whether who asks says that they have the answer of an ETag. Weak and strong ones are alike here (RFC 9110, 13.1.2)."""
    known = parse_etags(request.META.get("HTTP_IF_NONE_MATCH", ""))
    return "*" in known or etag.removeprefix("W/") in {each.removeprefix("W/") for each in known}


def not_modified(**headers: str) -> StreamingHttpResponse:
    """The answer to who has it already. A stream of nothing: of another Django would say that what they have is of no length."""
    answer = StreamingHttpResponse(status=status.HTTP_304_NOT_MODIFIED, headers=headers)
    del answer.headers["Content-Type"]
    return answer


def _is_for_all(request: Request) -> bool:
    """Whether strangers would be answered the same."""
    return settings.PUBLIC_READING and not request.user.is_authenticated


def _etag(request: Request) -> str:
    """What an answer follows from, in short. It is weak: the same facts, though perhaps not the same bytes.

    What an account may see follows from the grants in the register and the day, so that its number is enough.
    """
    asked: HttpRequest = request._request
    token = request.auth if isinstance(request.auth, Token) else None
    facts = [
        _release(),
        _position(),
        today().isoformat(),
        asked.build_absolute_uri(),
        asked.headers.get("Accept", ""),
        [request.user.pk, request.user.is_superuser] if request.user.is_authenticated else None,
        [str(token.key), sorted(token.sees)] if token else None,
    ]
    return f'W/"{hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:32]}"'


def _position() -> int:
    """The position of the last change, also where a past state of the register is asked for: an erasure changes that too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(position), 0) FROM public.ics_leadership_change")
        position: int = cursor.fetchone()[0]
    return position


@cache
def _release() -> str:
    """The program that answers, in short: another may answer otherwise."""
    content = hashlib.sha256()
    for app in ("ics_leadership", "organisations", "roles", "memberships"):
        for path in sorted((BASE_DIR / app).rglob("*.py")):
            content.update(path.read_bytes())
    return content.hexdigest()[:16]
