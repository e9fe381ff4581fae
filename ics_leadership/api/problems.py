"""What is wrong with a request, as `application/problem+json` (RFC 9457): one sentence that a person can act upon."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, JsonResponse

MEDIA_TYPE = "application/problem+json"

SENTENCES = {
    HTTPStatus.UNAUTHORIZED: "This register is read by those who sign in. Send a token that you made on the page of your account, as Authorization: Token …",
    HTTPStatus.FORBIDDEN: "You may not see this.",
    HTTPStatus.NOT_FOUND: "The register has nothing at this address.",
    HTTPStatus.METHOD_NOT_ALLOWED: "This address is only read: ask with GET.",
    HTTPStatus.TOO_MANY_REQUESTS: "You have asked very often. Wait as long as Retry-After says, in seconds.",
    HTTPStatus.SERVICE_UNAVAILABLE: "Other exports are being written. Ask again after as many seconds as Retry-After says.",
}


def problem(status: HTTPStatus, sentence: str = "", **more: Any) -> JsonResponse:
    """An answer that says what is wrong; `more` are further members of it."""
    said = {"type": "about:blank", "title": status.phrase, "status": status.value, **more}
    if sentence or status in SENTENCES:
        said["detail"] = sentence or SENTENCES[status]
    return JsonResponse(said, status=status, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False})


def is_api(request: HttpRequest) -> bool:
    """Whether a request asks the API, and wants no page."""
    return request.path.startswith("/api/")
