"""The register's addresses, and an empty page."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def empty(request: HttpRequest) -> HttpResponse:
    """What no page can be faster than: everything that every request goes through, and nothing else."""
    # No page, so that it is never kept for the next who asks.
    return HttpResponse("", content_type="text/plain")


urlpatterns = [path("bench/empty", empty), path("", include("ics_leadership.urls"))]
