"""Whether one must sign in to read: unless the register is open to everyone, strangers see the sign-in page alone."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase


class SignInToReadMiddleware(LoginRequiredMiddleware):
    """Sends strangers to the sign-in page, and back afterwards, where `PUBLIC_READING` is off."""

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if settings.PUBLIC_READING:
            return None
        response = super().process_view(request, view_func, view_args, view_kwargs)
        if response and request.headers.get("HX-Request"):
            # A part of a page cannot show the sign-in page; told that it may not, the browser asks for the whole page.
            return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
        return response
