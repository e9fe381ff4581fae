"""Whom and what the words of a sheet mean: people, organisations, types of role and roles of the register.

What the rows of one sheet may be about is loaded at once, in a fixed number of queries however many rows there are, and
looked through in memory. Nothing is decided here: a search gives candidates, the likeliest first, and says which are
sure. What a row then is to the register is the business of `verdicts.py`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process

T = TypeVar("T")

CLOSE = 85
"""From so much out of a hundred on, two names may be one with a slip of the finger."""

MOST_CANDIDATES = 6

_DROPPED = re.compile(r"['’‘`.]")
_BETWEEN = re.compile(r"[^a-z0-9]+")
# Letters that are no plain letter with an accent.
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "&": " and "})


def key(words: str) -> str:
    """Words as they are compared: without capitals, accents, apostrophes and hyphens.

    >>> key("Siân O’Neill-Zieliński"), key("St. John's & St Mary's PCN")
    ('sian oneill zielinski', 'st johns and st marys pcn')
    """
    plain = unicodedata.normalize("NFKD", words.casefold()).translate(_PLAIN)
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _BETWEEN.sub(" ", _DROPPED.sub("", letters)).strip()


class Index(Generic[T]):
    """Things by what they are called, and by what they are nearly called."""

    def __init__(self, things: Iterable[T], names: Callable[[T], Iterable[str]]) -> None:
        self._by_key: dict[str, list[T]] = defaultdict(list)
        for thing in things:
            for name in {key(name) for name in names(thing)} - {""}:
                self._by_key[name].append(thing)
        self._keys = list(self._by_key)
        self._remembered: dict[str, list[T]] = {}

    def exactly(self, name: str) -> list[T]:
        """What is called so."""
        return list(self._by_key.get(key(name), ()))

    def nearly(self, name: str) -> list[T]:
        """What is called so but for a slip, or for the order or number of words, the likeliest first."""
        asked = key(name)
        if asked not in self._remembered:
            found = process.extract(
                asked, self._keys, scorer=fuzz.token_sort_ratio, score_cutoff=CLOSE, limit=MOST_CANDIDATES
            )
            self._remembered[asked] = distinct(thing for near, _, _ in found for thing in self._by_key[near])
        return list(self._remembered[asked])


def distinct(things: Iterable[T], by: Callable[[T], Hashable] = id) -> list[T]:
    """The things in their order, each once."""
    return list({by(thing): thing for thing in things}.values())


def initials(words: str) -> str:
    """The first letters of the words: "PCN Clinical Director" → "pcd"."""
    return "".join(word[0] for word in key(words).split())


def is_short_for(short: str, name: str) -> bool:
    """Whether somebody in a hurry may have written `short` for `name`: its first letters, or those of its last words.

    >>> is_short_for("CD", "PCN Clinical Director"), is_short_for("LMC Chair", "LMC Chair"), is_short_for("AO", "PCN Manager")
    (True, False, False)
    """
    asked = key(short).replace(" ", "")
    return len(asked) > 1 and len(asked) < len(key(name).split()) + 1 and initials(name).endswith(asked)
