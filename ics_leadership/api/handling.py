"""What becomes of an exception that a resource raised."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.http.response import HttpResponseBase
from rest_framework.exceptions import APIException, AuthenticationFailed, MethodNotAllowed, NotAuthenticated, Throttled

from ics_leadership.api.problems import problem
from ics_leadership.api.sessions import Unproven
from ics_leadership.api.view import NotModified, not_modified
from ics_leadership.errors import Refusal
from ics_leadership.streams import TooMany


def handler(exception: Exception, context: dict[str, Any]) -> HttpResponseBase | None:
    """The answer to what a resource raised; None for a fault of ours."""
    match exception:
        case Refusal():
            return problem(HTTPStatus.BAD_REQUEST, exception.sentence)
        case TooMany():
            answer = problem(HTTPStatus.SERVICE_UNAVAILABLE)
            answer["Retry-After"] = str(exception.retry_after)
            return answer
        case Http404():
            return problem(HTTPStatus.NOT_FOUND)
        case PermissionDenied():
            return problem(HTTPStatus.FORBIDDEN)
        case NotModified():
            return not_modified()
        case APIException():
            # What a token or a session is told is a sentence of ours; what the framework says is replaced by one.
            sentence = str(exception.detail) if isinstance(exception, (AuthenticationFailed, Unproven)) else ""
            if isinstance(exception, NotAuthenticated):
                sentence = getattr(context["view"], "unauthenticated", "")
            answer = problem(HTTPStatus(exception.status_code), sentence)
            if isinstance(exception, MethodNotAllowed):
                answer["Allow"] = ", ".join(context["view"].allowed_methods)
            if isinstance(exception, Throttled) and exception.wait:
                answer["Retry-After"] = str(int(exception.wait) + 1)
            if header := getattr(exception, "auth_header", None):
                answer["WWW-Authenticate"] = header
            return answer
    return None
