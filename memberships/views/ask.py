"""Whom to ask, by pathway."""

from django.http import HttpRequest, HttpResponse


def ask(request: HttpRequest) -> HttpResponse:
    return HttpResponse()
