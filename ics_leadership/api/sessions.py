"""Who asks the API from a browser in which they are signed in."""

from __future__ import annotations

from typing import Any

from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import PermissionDenied


class Unproven(PermissionDenied):
    """A session writes without the token that shows that a page of the register sent it."""

    default_detail = (
        "The CSRF token is missing or wrong: with a session alone only pages of the register may write. "
        "A program sends a token that you made on the page of your account, as Authorization: Token …"
    )


class BySession(SessionAuthentication):
    """By the session of a browser; what writes must come from a page of ours."""

    def enforce_csrf(self, request: Any) -> None:
        try:
            super().enforce_csrf(request)
        except PermissionDenied:
            raise Unproven from None
