"""Addresses of pages that are named hundreds of times on one page, from patterns that are worked out once a process."""

from __future__ import annotations

from functools import cache

from django.urls import reverse


def address_of(name: str, *arguments: object) -> str:
    """What `reverse(name, args=arguments)` gives, for slugs and numbers; a slug that is none is not noticed."""
    return _pattern(name, len(arguments)) % arguments


@cache
def _pattern(name: str, number: int) -> str:
    """The address with a place for each of so many arguments. A number stands in for each, because it is a slug as well."""
    stand_ins = [str(first) for first in range(9_000_001, 9_000_001 + number)]
    pattern = reverse(name, args=stand_ins).replace("%", "%%")
    for each in stand_ins:
        pattern = pattern.replace(each, "%s")
    return pattern
