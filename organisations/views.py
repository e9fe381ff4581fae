"""The list of organisations."""

from django.http import HttpRequest, HttpResponse


def organisation_list(request: HttpRequest) -> HttpResponse:
    return HttpResponse()
