"""What can be frozen: an export of the API, a comparison, the changes, or the role map of a list, named by the address at which it
is asked.

What an address asks is settled here, for the API and for pages alike; how it is written is left to `frozen`.
"""

from __future__ import annotations

import copy
import datetime
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve

from ics_leadership.api.changes import MAY_BE_EMPTY, span_asked
from ics_leadership.api.filters import OF_PAGES
from ics_leadership.api.view import refuse_unclear
from ics_leadership.as_at import AsAt, day_asked
from ics_leadership.errors import Refusal
from ics_leadership.formats import FORMATS, NDJSON, ONLY_FOR, Export, Format, refuse_unheeded
from ics_leadership.known import as_known_at
from ics_leadership.known_at import KnownAt, moment_asked, parse
from ics_leadership.words import list_words
from memberships.api import RESOURCES
from memberships.api_changes import RegisterChanges
from memberships.api_compare import comparison_asked, whole
from memberships.comparing import States
from memberships.comparison_asked import said_in_full, states_of
from memberships.frozen import Frozen, FrozenChanges, FrozenTable
from memberships.merging import entry_now_at
from memberships.models import Person, Snapshot
from memberships.role_maps_of_lists import FORMATS as OF_LISTS
from memberships.role_maps_of_lists import LISTS, role_map_of


def _alone(forms: Mapping[str, Format]) -> Mapping[str, Format]:
    """Those formats that hold one table: what is worked out for whoever asks is in no archive that everybody may see."""
    return {name: form for name, form in forms.items() if not form.bundles}


COMPARED = "compare"
"""What a snapshot of a comparison says that it is of."""
CHANGES = "changes"
"""What a snapshot of the feed of changes says that it is of."""
KEPT: Mapping[str, Mapping[str, Format]] = {
    **{each.table.name: _alone(each.formats) if each.is_worked_out else each.formats for each in RESOURCES},
    COMPARED: FORMATS,
    CHANGES: {NDJSON.name: NDJSON},
}
"""What can be frozen, and the formats of each."""
NOTHING_SENTENCE = "This address leads to nothing that can be frozen. Begin at the page that offers the export."


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
        for each in (each for each, heeding in ONLY_FOR.items() if form not in heeding):
            # It was asked of the file that is offered there, in a format of its own.
            asked.GET.pop(each, None)
    asked.as_at = day_asked(asked)
    return asked, name


def to_freeze(asked: HttpRequest, name: str) -> Frozen:
    """What a request asks for, by the name of its address. Raises Refusal for what cannot be frozen."""
    listed = next((each for each in LISTS if name in [f"role-map-of-{each}-{form}" for form in OF_LISTS]), "")
    resource = f"role-map-of-{listed}" if listed else name.removeprefix("api-")
    if not listed and (name == resource or resource not in KEPT):
        raise Refusal(NOTHING_SENTENCE)
    forms = OF_LISTS if listed else KEPT[resource]
    form = asked.GET.get("format") or usual(forms)
    if form not in forms:
        raise Refusal(f"“{form[:20]}” cannot be frozen. It can be {list_words(list(forms))}.")
    for each in OF_PAGES:
        if each in asked.GET:
            raise Refusal(f"“{each}” is for pages of JSON; a snapshot is whole.")
    if resource == CHANGES:
        return _changes(asked, form)
    if not listed:
        # A list says by itself what it understands.
        refuse_unclear(asked)
        refuse_unheeded(asked, form)
    known = moment_asked(asked) if "known_at" in asked.GET else None
    asked = _saying(asked, known, format=form)
    with as_known_at(known.moment) if known else nullcontext():
        if person := _person_asked(asked):
            # By number, because what is kept says what was asked, in the file as well: no name is left where nobody stands in it.
            asked = _saying(asked, known, person=str(person.pk))
        if resource == COMPARED:
            asked = _saying(asked, known, **said_in_full(comparison_asked(asked)))
        export = _of_list(listed, asked) if listed else _of_resource(resource, asked, forms[form])
    return FrozenTable(resource, export, forms[form], forms, _parameters(asked, known), known)


def usual(forms: Mapping[str, Format]) -> str:
    """The format, out of those that something can have, in which it is frozen where none is named."""
    return "csv" if "csv" in forms else next(iter(forms))


def _changes(asked: HttpRequest, form: str) -> FrozenChanges:
    refuse_unclear(asked, MAY_BE_EMPTY)
    since, until = span_asked(asked)
    forms = KEPT[CHANGES]
    said = {name: str(value) for name, value in asked.GET.items() if value} | {"format": form}
    return FrozenChanges(CHANGES, RegisterChanges.feed, since, until, forms[form], forms, said)


def states_frozen(frozen: Frozen | Snapshot) -> States | None:
    """The two states that a comparison puts side by side which was or is to be frozen; None for another export."""
    if frozen.resource != COMPARED:
        return None
    known = frozen.asked.get("known_at")
    return states_of(frozen.asked, AsAt(frozen.as_at, known=parse(known) if known else None))


def days_of(frozen: Frozen | Snapshot) -> Sequence[datetime.date]:
    """The days that an export is about, the later of two first."""
    states = states_frozen(frozen)
    return states.days[::-1] if states else [frozen.as_at]


def _saying(asked: HttpRequest, known: KnownAt | None, **more: str) -> HttpRequest:
    """The same request, saying more than it did, about a past moment or the present."""
    said = asked.GET.copy()
    for name, value in more.items():
        said[name] = value
    return _asking(asked, said, known)


def _asking(asked: HttpRequest, said: QueryDict, known: KnownAt | None) -> HttpRequest:
    """The request with other parameters, also in the address that it says to be its own."""
    asking: Any = copy.copy(asked)
    asking.GET = said
    if asked.META:
        asking.META = asked.META | {"QUERY_STRING": said.urlencode()}
    asking.as_at = replace(day_asked(asking), known=known)
    return asking


def _person_asked(asked: HttpRequest) -> Person | None:
    """Whom a request names by the name in their address."""
    said = asked.GET.get("person", "")
    is_name = said and not said.isdigit()
    return entry_now_at(said) or Person.objects.filter(slug=said).first() if is_name else None


def _parameters(asked: HttpRequest, known: KnownAt | None) -> dict[str, str]:
    """The parameters of a request, a past moment as one that lasts."""
    said = {name: str(value) for name, value in asked.GET.items() if value}
    if known:
        said["known_at"] = known.lasting
    return said


def _of_resource(name: str, asked: HttpRequest, form: Format) -> Export:
    if name == COMPARED:
        return whole(asked, comparison_asked(asked))
    resource = next(each for each in RESOURCES if each.table.name == name)()
    resource.request = asked
    return resource.whole(asked, bundled=form.bundles)


def _of_list(listed: str, asked: HttpRequest) -> Export:
    said = asked.GET.copy()
    said.pop("format", None)
    return role_map_of(_asking(asked, said, asked.as_at.known), listed)  # type: ignore[attr-defined]
