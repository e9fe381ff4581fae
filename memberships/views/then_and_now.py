"""Who held what on one day, and what they hold on another."""

from django.http import HttpRequest, HttpResponse


def then_and_now(request: HttpRequest) -> HttpResponse:
    return HttpResponse()
