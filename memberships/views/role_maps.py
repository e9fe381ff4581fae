"""The role map of what a list of the register shows, as files to work with elsewhere. They do not come back; lists to be edited
are in `exports.py`.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from ics_leadership import streams
from ics_leadership.formats import answered
from ics_leadership.taking_away import counted
from memberships.role_maps_of_lists import FORMATS, role_map_of


@counted
def role_map(request: HttpRequest, listed: str, form: str) -> HttpResponseBase:
    """The role map of a list, in one of `FORMATS`."""
    export = role_map_of(request, listed)
    try:
        return answered(request, export, FORMATS[form])
    except streams.TooMany as busy:
        answer = render(request, "errors/busy.html", status=503)
        answer["Retry-After"] = str(busy.retry_after)
        return answer
