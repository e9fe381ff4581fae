"""Names of people as they are typed: titles, family names first, capitals, letters after the name, asides in brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ics_leadership.typed_dates import NotRead
from memberships.models import Profession
from memberships.spreadsheets.typed_values import choice

# As they are written, by how they are typed without a full stop.
TITLES = {
    typed: title
    for title in (
        "Dr",
        "Prof",
        "Mr",
        "Mrs",
        "Ms",
        "Miss",
        "Mx",
        "Sir",
        "Dame",
        "Rev",
        "Revd",
        "Cllr",
        "Lord",
        "Lady",
        "Baroness",
    )
    for typed in (title.lower(),)
} | {"doctor": "Dr", "professor": "Professor", "councillor": "Cllr", "reverend": "Rev"}

# Words that a family name begins with.
PARTICLES = frozenset(
    [
        "van",
        "von",
        "der",
        "den",
        "de",
        "da",
        "di",
        "du",
        "dos",
        "la",
        "le",
        "al",
        "el",
        "bin",
        "ibn",
        "ap",
        "ab",
        "ter",
        "st",
    ]
)

AFTER_NAMES = re.compile(
    r"(?:[MF]RC(?:GP|P|S|N|Psych|OG|PCH|EM)|MB ?B(?:S|Ch|Chir)|MBChB|BM|BS|BSc|MSc|MA|MBA|PhD|MD|MPH|DRCOG|DCH|DFSRH|FRSA|RGN|RN|"
    r"[OMC]BE|KBE|DBE|DL|JP|QN|FFPH|FFMLM|MPharm|MRPharmS|FHEA)"
)

_ASIDE = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_TITLE_AT_ONCE = re.compile(r"^(dr|prof|mr|mrs|ms)\.(?=\w)", re.IGNORECASE)
_INITIALS = re.compile(r"[A-Z]\.?|(?:[A-Z]\.){2,3}")
_SPACED_DASH = re.compile(r"\s[-–—]\s")
_SEVERAL = re.compile(r"\s(?:&|and|\+)\s|[;/\n]")
VACANT = "Vacant"
"""In the place of a name, what lists write where nobody holds something."""

_VACANT = re.compile(
    r"(?:currently )?(?:vacant|vacancy|unfilled|nobody|no[- ]one)(?: (?:post|seat|position))?|to be (?:appointed|elected|filled)"
)
_APOSTROPHES = "'’‘`ʼ"

LONGEST = 150


@dataclass(frozen=True)
class TypedName:
    """A name in its parts, and what stood beside it in brackets or after a dash."""

    title: str
    given_names: str
    family_name: str
    asides: tuple[str, ...] = ()


def without_asides(text: str) -> str:
    """A name without what stands beside it in brackets."""
    return " ".join(_ASIDE.sub(" ", text).split())


def is_vacant(text: str) -> bool:
    """Whether the cell of a name says that there is nobody.

    >>> is_vacant("VACANT"), is_vacant("Vacant (was Dr Patel)"), is_vacant("Dr Vacant")
    (True, True, False)
    """
    return bool(_VACANT.fullmatch(without_asides(text).casefold().rstrip(".")))


def is_profession(text: str) -> bool:
    """Whether what stands after a name's comma is what somebody is, and no part of the name."""
    try:
        return bool(choice(text, Profession))
    except NotRead:
        return False


def parse_name(text: str) -> TypedName:
    """A name as somebody typed it. Raises NotRead with a sentence that says what would do.

    >>> parse_name("Dr Siân O'Brien-Lee (GP)")
    TypedName(title='Dr', given_names='Siân', family_name="O'Brien-Lee", asides=('GP',))
    >>> parse_name("MCDONALD, Prof. Ann-Marie")
    TypedName(title='Prof', given_names='Ann-Marie', family_name='McDonald', asides=())
    """
    asides = tuple(" ".join(aside.split()) for aside in _ASIDE.findall(text) if aside.strip())
    said = _TITLE_AT_ONCE.sub(r"\1 ", _ASIDE.sub(" ", text).strip())
    if any(bracket in said for bracket in "()[]"):
        raise NotRead(f"“{_short(text)}” has a bracket without its other half.", "Close the bracket, or take it out.")
    said, *more = _SPACED_DASH.split(said)
    asides += tuple(each.strip() for each in more if each.strip())
    before, comma, after = said.rpartition(",")
    if comma and is_profession(after):
        said, asides = before, (*asides, after.strip())
    if _SEVERAL.search(said.strip()):
        raise NotRead(f"“{_short(text)}” names more than one person.", "Give each a row of their own.")
    if any(letter.isdigit() for letter in said) or "@" in said:
        raise NotRead(f"“{_short(text)}” is not read as a name.", "Type title, given names and family name alone.")
    family, rest = _parts(said)
    title, rest = _without_titles(rest)
    if not family:
        family, rest = _family_of(rest)
    elif not title:
        title, family = _without_titles(family)
    if not family or not any(letter.isalpha() for word in family for letter in word):
        raise NotRead(f"“{_short(text)}” gives no family name.", "Type title, given names and family name.")
    name = TypedName(
        " ".join(title),
        " ".join(_as_written(word, keep_short=True) for word in rest),
        " ".join(_family_word(word, among=family) for word in family),
        asides,
    )
    if len(name.given_names) > LONGEST or len(name.family_name) > LONGEST:
        raise NotRead(
            f"“{_short(text)}” is longer than a name can be.", "Type title, given names and family name alone."
        )
    return name


def _short(text: str) -> str:
    return " ".join(text.split())[:40]


def _parts(said: str) -> tuple[list[str], list[str]]:
    """The words of a family name that stands first, before a comma, and all others; letters after the name left out."""
    first, *others = [part.split() for part in said.split(",")]
    others = [part for part in others if part and not all(AFTER_NAMES.fullmatch(word.strip(".")) for word in part)]
    if others:
        return _without_letters(first), [word for part in others for word in _without_letters(part)]
    words = _without_letters(first)
    plain = [word for word in words if word.lower().rstrip(".") not in TITLES]
    capitals = 0
    while capitals < len(plain) and _is_capitals(plain[capitals]) and len(plain[capitals]) > 2:
        capitals += 1
    if 0 < capitals < len(plain) and not any(_is_capitals(word) and len(word) > 2 for word in plain[capitals:]):
        # SMITH John: the capitals say which is the family name.
        return plain[:capitals], [word for word in words if word not in plain[:capitals]]
    return [], words


def _without_letters(words: list[str]) -> list[str]:
    while len(words) > 1 and AFTER_NAMES.fullmatch(words[-1].strip(".")):
        words = words[:-1]
    return words


def _without_titles(words: list[str]) -> tuple[list[str], list[str]]:
    """The titles among some words, as they are written, and the other words."""
    titles = [TITLES[word.lower().rstrip(".")] for word in words if word.lower().rstrip(".") in TITLES]
    return titles, [word for word in words if word.lower().rstrip(".") not in TITLES]


def _family_of(words: list[str]) -> tuple[list[str], list[str]]:
    """The family name at the end of a name, with the small words that it begins with, and what stands before it."""
    if not words:
        return [], []
    if len(words) > 1 and _INITIALS.fullmatch(words[-1]) and not _INITIALS.fullmatch(words[0]):
        # Patel A. J.: who gives initials last gives the family name first.
        first = next(place for place, word in enumerate(words) if _INITIALS.fullmatch(word))
        return words[:first], words[first:]
    begins = len(words) - 1
    while begins > 1 and words[begins - 1].lower().rstrip(".") in PARTICLES:
        begins -= 1
    return words[begins:], words[:begins]


def _is_capitals(word: str) -> bool:
    letters = [letter for letter in word if letter.isalpha()]
    return bool(letters) and all(letter.isupper() for letter in letters)


def _family_word(word: str, *, among: list[str]) -> str:
    if len(among) > 1 and word.lower() in PARTICLES - {"st"} and _is_capitals(word):
        return word.lower()
    return _as_written(word)


def _as_written(word: str, *, keep_short: bool = False) -> str:
    """A word of a name in capitals or in small letters as people write it; one that mixes them is left alone.

    `keep_short` leaves initials: "AJ".
    """
    letters = [letter for letter in word if letter.isalpha()]
    if keep_short and len(letters) < 3 and _is_capitals(word):
        return word
    if word != word.lower() and not _is_capitals(word):
        return word
    if not keep_short and word.lower() in PARTICLES and not _is_capitals(word):
        return word
    return "-".join(_capitalised(part) for part in word.split("-"))


def _capitalised(part: str) -> str:
    small = part.lower()
    if len(small) > 2 and small[1] in _APOSTROPHES and small[0] in "odm":
        return f"{small[0].upper()}{small[1]}{small[2:].capitalize()}"
    if small.startswith("mc") and len(small) > 3:
        return f"Mc{small[2:].capitalize()}"
    return small.capitalize()
