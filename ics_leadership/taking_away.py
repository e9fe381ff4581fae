"""Whole tables that pages offer as files: they count against the minute of whoever takes them, as the same tables do in the API."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from ics_leadership.api.limits import WHOLE, rate_of
from ics_leadership.errors import Refusal, bad_request, not_found

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def counted(view: View[P]) -> View[P]:
    """A view whose answer is a whole table: it says how much of the minute is left, or is a page that asks to wait (429)."""

    @wraps(view)
    def answer(request: HttpRequest, *arguments: P.args, **options: P.kwargs) -> HttpResponseBase:
        rate = rate_of(request, request.user, WHOLE)
        if rate is None:
            return view(request, *arguments, **options)
        if rate.is_over:
            answered: HttpResponseBase = _too_often(request, rate.seconds)
        else:
            answered = _refused_here(view, request, *arguments, **options)
        rate.after(answered.status_code).say(answered)
        return answered

    return answer


def _refused_here(view: View[P], request: HttpRequest, *arguments: P.args, **options: P.kwargs) -> HttpResponseBase:
    """The answer of a view, also where it refuses: its status says what it costs."""
    try:
        return view(request, *arguments, **options)
    except Refusal as refusal:
        return bad_request(request, refusal)
    except Http404 as missing:
        return not_found(request, missing)


def _too_often(request: HttpRequest, seconds: int) -> HttpResponse:
    answer = render(request, "errors/too_often.html", {"seconds": seconds}, status=HTTPStatus.TOO_MANY_REQUESTS)
    answer["Retry-After"] = str(seconds)
    return answer
