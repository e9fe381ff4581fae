"""Roles: the list, and one role with its remit and holders."""

from django.http import HttpRequest, HttpResponse


def role_list(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def role(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse()
