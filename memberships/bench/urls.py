"""The register's addresses, and an empty page."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def empty(request: HttpRequest) -> HttpResponse:
    """What no page can be faster than: everything that every request goes through, and nothing else."""
    return HttpResponse("")


urlpatterns = [path("bench/empty", empty), path("", include("ics_leadership.urls"))]
