"""Who offers to mentor."""

from django.http import HttpRequest, HttpResponse


def mentor_list(request: HttpRequest) -> HttpResponse:
    return HttpResponse()
