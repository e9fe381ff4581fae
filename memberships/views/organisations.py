"""One organisation: its facts, its place, its leaders."""

from django.http import HttpRequest, HttpResponse


def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse()
