"""What pages can be asked in their addresses, beside the day and the moment shown. Anything else is refused with a sentence, as lists
refuse what is no filter of theirs: an answer that passed it over would look like one that heeded it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from ics_leadership.errors import Refusal
from ics_leadership.lists import address_without
from ics_leadership.words import list_words

OF_EVERY_PAGE = ("as_at", "known_at")

APPENDED = re.compile(r"utm_\w+|fbclid|gclid|msclkid|mc_[ce]id")
"""What others append to a link that is posted or mailed, to see who follows it: it asks nothing of the register."""

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def refuse_unknown(request: HttpRequest, known: Collection[str]) -> None:
    """Raises Refusal for a parameter that is none of `known`, and for one that says two things."""
    for name, values in request.GET.lists():
        if APPENDED.fullmatch(name):
            continue
        if len(set(values)) > 1:
            raise Refusal(
                f"This address gives more than one value for “{name[:40]}”. It can give one.",
                way_on=("Show the page without it", address_without(request, name)),
            )
        if name not in known:
            raise Refusal(
                f"This page cannot be asked about “{name[:40]}”. It can be asked about {list_words(list(known))}.",
                way_on=("Show the page without it", address_without(request, name)),
            )


def asked_about(*names: str) -> Callable[[View[P]], View[P]]:
    """A view that can be asked about these names, which are also those of the parts that it shows a page at a time."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def answer(request: HttpRequest, *arguments: P.args, **options: P.kwargs) -> HttpResponseBase:
            refuse_unknown(request, (*names, *OF_EVERY_PAGE))
            return view(request, *arguments, **options)

        return answer

    return decorate
