"""Frozen exports through the API: made, listed, described, and taken away as they were on the day."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from ics_leadership.api.problems import problem
from ics_leadership.api.view import CountedView, has_already, not_modified
from ics_leadership.errors import Refusal
from ics_leadership.formats import streamed
from ics_leadership.known_at import written
from ics_leadership.words import day_words, list_words
from memberships.actions.snapshots import file_of, freeze
from memberships.api_snapshots_schema import SnapshotSchema
from memberships.freezing import KEPT, request_for, to_freeze
from memberships.models import Snapshot
from memberships.rights import may_read_snapshot

MOST_LISTED = 1000
PRIVATE_SENTENCE = "This snapshot holds findings: its file is for whoever froze it alone, signed in or with a token that is for findings."


def described(snapshot: Snapshot, asked: HttpRequest) -> dict[str, Any]:
    """What a snapshot is, as the API says it to who asks."""
    is_open = may_read_snapshot(snapshot, asked.rights)  # type: ignore[attr-defined]
    file = asked.build_absolute_uri(reverse("api-snapshot-file", args=[snapshot.key]))
    return {
        "key": snapshot.key,
        "address": asked.build_absolute_uri(reverse("api-snapshot", args=[snapshot.key])),
        "page": asked.build_absolute_uri(reverse("snapshot", args=[snapshot.key])),
        "file": file if is_open else None,
        "file_name": snapshot.file_name,
        "resource": snapshot.resource,
        "private": snapshot.is_private,
        "asked": snapshot.asked if is_open else None,
        "as_at": snapshot.as_at.isoformat(),
        "known_at": written(snapshot.known_at),
        "frozen_at": written(snapshot.frozen_at),
        "sha256": snapshot.sha256,
        "size": snapshot.size if is_open else None,
        "erased_on": snapshot.erased_on and snapshot.erased_on.isoformat(),
    }


def _refuse_parameters(request: Request) -> None:
    """Raises Refusal for whatever is asked of a snapshot: it is what it is."""
    for name in request.query_params:
        raise Refusal(
            f"“{name[:40]}” cannot be asked here: a snapshot is what it is, and its address has no parameters."
        )


def _says_something(asked: HttpRequest) -> bool:
    """Whether a request has a body that says anything; an empty form does not."""
    is_form = asked.content_type in ("multipart/form-data", "application/x-www-form-urlencoded")
    return bool(asked.POST or asked.FILES) if is_form else bool(asked.body)


class SnapshotView(CountedView):
    """An address of snapshots: of private ones it says more to who froze them, so that nothing between may keep its answers."""

    schema = SnapshotSchema()

    def finalize_response(
        self, request: Request, response: HttpResponseBase, *arguments: Any, **options: Any
    ) -> HttpResponseBase:
        answer = super().finalize_response(request, response, *arguments, **options)
        patch_vary_headers(answer, ["Authorization", "Cookie"])
        answer.setdefault("Cache-Control", "private, no-cache")
        return answer


class Snapshots(SnapshotView):
    """The exports that were frozen, the latest first, private ones for who froze them."""

    def get(self, request: Request) -> HttpResponse:
        _refuse_parameters(request)
        asked: Any = request._request
        those = Q(is_private=False) | Q(by=asked.rights.account)
        rows = Snapshot.objects.filter(those).defer("content", "people")[:MOST_LISTED]
        return JsonResponse({"results": [described(each, asked) for each in rows]})


class Freeze(SnapshotView):
    """Freezes an export of a resource, asked with the parameters of that resource."""

    permission_classes = (IsAuthenticated,)
    unauthenticated = "An export is frozen in somebody's name: sign in, or send a token that you made on the page of your account, as Authorization: Token …"

    def post(self, request: Request, resource: str) -> HttpResponse:
        if resource not in KEPT:
            return problem(
                HTTPStatus.NOT_FOUND,
                f"“{resource[:40]}” is nothing that can be frozen. What can is {list_words([*KEPT])}.",
            )
        asked: HttpRequest = request._request
        if _says_something(asked):
            raise Refusal("What to freeze is asked in the address, as of the resource itself; a body is not read.")
        address = f"{reverse(f'api-{resource}')}?{asked.META['QUERY_STRING']}"
        snapshot = freeze(by=asked.user, frozen=to_freeze(*request_for(asked, address)))  # type: ignore[arg-type]
        said = described(snapshot, asked)
        return JsonResponse(said, status=201, headers={"Location": said["address"]})


class OneSnapshot(SnapshotView):
    """What one snapshot is."""

    def get(self, request: Request, key: str) -> HttpResponse:
        _refuse_parameters(request)
        snapshot = get_object_or_404(Snapshot.objects.defer("content", "people"), key=key)
        return JsonResponse(described(snapshot, request._request))


class SnapshotFile(SnapshotView):
    """The file of a snapshot, byte for byte as it was."""

    def get(self, request: Request, key: str) -> HttpResponseBase:
        _refuse_parameters(request)
        snapshot = get_object_or_404(Snapshot.objects.defer("content", "people"), key=key)
        if not may_read_snapshot(snapshot, request._request.rights):
            return problem(HTTPStatus.FORBIDDEN, PRIVATE_SENTENCE)
        if snapshot.erased_on:
            return problem(
                HTTPStatus.GONE,
                f"Somebody whom it was about was erased: its file was removed on {day_words(snapshot.erased_on)}. "
                f"Its SHA-256 was {snapshot.sha256}.",
            )
        etag = f'"{snapshot.sha256}"'
        if has_already(request, etag):
            return not_modified(ETag=etag)
        headers = {
            "Content-Type": snapshot.media_type,
            "Content-Length": str(snapshot.size),
            "Content-Disposition": f'attachment; filename="{snapshot.file_name}"',
            "ETag": etag,
        }
        return streamed(request._request, file_of(snapshot), headers)
