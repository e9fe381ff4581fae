"""What a reader sees when an address cannot be answered: a page with a sentence, and a way on.

Views raise `Refusal` for a question that makes no sense (a filter that is none, a date that is none); the handlers at
the foot are named in `urls.py` and in the settings. What the database refuses to store is the business of `refusals.py`.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from ics_leadership.api.problems import is_api, problem


class Refusal(Exception):
    """A question that cannot be answered as it was asked; shown as a page with status 400.

    `sentence` says what is wrong in the reader's words. `way_on` is the text and address of a link to something that
    works; without one, the page offers the same address without its questions.
    """

    def __init__(self, sentence: str, *, way_on: tuple[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.way_on = way_on


NO_TEXT_HOLDS = "%00"
"""The one sign that no text in the database can hold, as an address writes it."""


class RefusalMiddleware:
    """Turns a `Refusal` that a view raised into its page, in development as everywhere else; refuses what no view can ask."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if NO_TEXT_HOLDS in request.META.get("QUERY_STRING", ""):
            return bad_request(request, Refusal("What you asked for holds a sign that cannot be in any text."))
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return bad_request(request, exception) if isinstance(exception, Refusal) else None


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for a question that makes no sense: status 400."""
    refusal = (
        exception
        if isinstance(exception, Refusal)
        else Refusal("This address asks for something that the register does not have.")
    )
    if is_api(request):
        return problem(HTTPStatus.BAD_REQUEST, refusal.sentence)
    text, address = refusal.way_on or ("Show the same page without this question", request.path)
    context = {"sentence": refusal.sentence, "way_on_text": text, "way_on_address": address}
    return render(request, "errors/400.html", context, status=HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for what this reader may not see or do: status 403."""
    if is_api(request):
        return problem(HTTPStatus.FORBIDDEN)
    return render(request, "errors/403.html", status=HTTPStatus.FORBIDDEN)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form that may not have come from this reader: status 403. Named in `CSRF_FAILURE_VIEW`.

    The framework's `reason` is for its log.
    """
    return render(request, "errors/stale_form.html", status=HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for an address that the register does not have: status 404.

    A view that raised `Http404("…")` with a sentence of its own has it shown.
    """
    if is_api(request):
        return problem(HTTPStatus.NOT_FOUND)
    said: Any = exception.args[0] if exception.args else None
    sentence = said if isinstance(said, str) and said.endswith(".") else None
    return render(request, "errors/404.html", {"sentence": sentence}, status=HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for a fault of ours: status 500. It asks nothing of the database, which may be the fault."""
    if is_api(request):
        return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "The register made a mistake; it has been noted.")
    return HttpResponse(render_to_string("errors/500.html"), status=HTTPStatus.INTERNAL_SERVER_ERROR)
