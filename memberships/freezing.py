"""What can be frozen: an export of the API, or the role map of a list, named by the address at which it is asked.

What an address asks is settled here, for the API and for pages alike; keeping the bytes is left to `actions.snapshots`.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve

from ics_leadership.api.filters import OF_PAGES
from ics_leadership.api.resource import Resource
from ics_leadership.api.view import refuse_unclear
from ics_leadership.as_at import day_asked
from ics_leadership.errors import Refusal
from ics_leadership.formats import Export, Format, refuse_unheeded
from ics_leadership.known import as_known_at
from ics_leadership.known_at import KnownAt, moment_asked
from ics_leadership.words import list_words
from memberships.api import RESOURCES
from memberships.models import Person
from memberships.role_maps_of_lists import FORMATS as OF_LISTS
from memberships.role_maps_of_lists import LISTS, role_map_of

KEPT = {each.table.name: each for each in RESOURCES if not each.is_worked_out}
"""The resources that can be frozen."""
NOT_FROZEN = {
    "changes": (
        "The changes go on and are about no day, so that they are not frozen. Freeze a table; with “known_at”, as the register "
        "knew it at a moment."
    ),
    "compare": (
        "A comparison is worked out from two states of the register, and is not frozen. Freeze a table as at each of its days, "
        "or with “known_at” as it was known at each of its moments."
    ),
}
"""Why other addresses of the API cannot be."""
NOTHING_SENTENCE = "This address leads to nothing that can be frozen. Begin at the page that offers the export."


@dataclass(frozen=True)
class Frozen:
    """What is to be frozen: the export, of the day and moment that it names, how it is written, and how it could be, too.

    `asked` are the parameters with which it was asked, `known` the past moment, None for the present.
    """

    export: Export
    form: Format
    forms: Mapping[str, Format]
    asked: Mapping[str, str]
    known: KnownAt | None

    @contextmanager
    def as_known(self) -> Iterator[None]:
        """Hold the moment of knowledge while the export is read."""
        with as_known_at(self.known.moment) if self.known else nullcontext():
            yield


def request_for(request: HttpRequest, address: str, form: str = "") -> tuple[HttpRequest, str]:
    """A request of the same reader for another address of this register, in another format if one is given, and the name of
    that address. Raises Refusal for one that leads elsewhere.
    """
    scheme, host, path, query, _ = urlsplit(address)
    try:
        name = resolve(path).url_name or ""
    except Resolver404:
        name = ""
    if scheme or host or not name:
        raise Refusal(NOTHING_SENTENCE)
    asked: Any = copy.copy(request)
    asked.path = asked.path_info = path
    asked.META = request.META | {"PATH_INFO": path, "QUERY_STRING": query}
    asked.GET = QueryDict(query, mutable=True)
    if form:
        asked.GET["format"] = form
    asked.as_at = day_asked(asked)
    return asked, name


def to_freeze(asked: HttpRequest, name: str) -> Frozen:
    """What a request asks for, by the name of its address. Raises Refusal for what cannot be frozen."""
    if why := NOT_FROZEN.get(name.removeprefix("api-")):
        raise Refusal(why)
    found = next((each for each in RESOURCES if name == f"api-{each.table.name}"), None)
    if found and found.is_worked_out:
        raise Refusal(f"{found.table.title} are worked out for whoever asks, and are not frozen.")
    listed = next((each for each in LISTS if name in [f"role-map-of-{each}-{form}" for form in OF_LISTS]), None)
    if found is None and listed is None:
        raise Refusal(NOTHING_SENTENCE)
    forms = found.formats if found else OF_LISTS
    form = asked.GET.get("format") or "csv"
    if form not in forms:
        raise Refusal(f"“{form[:20]}” cannot be frozen. It can be {list_words(list(forms))}.")
    for each in OF_PAGES:
        if each in asked.GET:
            raise Refusal(f"“{each}” is for pages of JSON; a snapshot is whole.")
    if found:
        # A list says by itself what it understands.
        refuse_unclear(asked)
        refuse_unheeded(asked, form)
    asked = _written_as(asked, form)
    known = moment_asked(asked) if "known_at" in asked.GET else None
    asked.as_at = replace(asked.as_at, known=known)  # type: ignore[attr-defined]
    with as_known_at(known.moment) if known else nullcontext():
        export = _of_resource(found, asked, forms[form]) if found else _of_list(str(listed), asked)
    return Frozen(export, forms[form], forms, _parameters(asked), known)


def _written_as(asked: HttpRequest, form: str) -> HttpRequest:
    """The same request, saying the format in which it is frozen."""
    named: Any = copy.copy(asked)
    named.GET = asked.GET.copy()
    named.GET["format"] = form
    return named


def _parameters(asked: HttpRequest) -> dict[str, str]:
    """The parameters of a request, a person by their number: what is kept of a snapshot when they are erased names nobody."""
    said = {name: str(value) for name, value in asked.GET.items() if value}
    if named := Person.objects.filter(slug=said.get("person", "")).first():
        said["person"] = str(named.pk)
    return said


def _of_resource(found: type[Resource], asked: HttpRequest, form: Format) -> Export:
    resource = found()
    resource.request = asked
    return resource.whole(asked, bundled=form.bundles)


def _of_list(listed: str, request: HttpRequest) -> Export:
    asked: Any = copy.copy(request)
    asked.GET = request.GET.copy()
    asked.GET.pop("format", None)
    return role_map_of(asked, listed)
