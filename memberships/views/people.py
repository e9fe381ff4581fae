"""People: the list, and one person's appointments and seats."""

from django.http import HttpRequest, HttpResponse


def person_list(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def person(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse()
