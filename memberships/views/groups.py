"""Groups: the list, and who sits on one and why."""

from django.http import HttpRequest, HttpResponse


def group_list(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def group(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse()
