"""Names as people write them. ODS publishes names in capitals; the register shows "The Densham Surgery".

Only the case of letters changes and runs of white space become one space, so the published name can always be found
again. A name that holds a small letter was written by somebody and is left as it is.
"""

from __future__ import annotations

import re

_SMALL = frozenset(
    [
        "an",
        "and",
        "at",
        "by",
        "de",
        "en",
        "for",
        "from",
        "in",
        "le",
        "la",
        "of",
        "on",
        "or",
        "the",
        "to",
        "under",
        "upon",
        "with",
    ]
)
_SMALL_BETWEEN_HYPHENS = _SMALL | frozenset(["cum", "over", "sub", "super", "y"])
_CAPITALS = frozenset(
    [
        "NHS",
        "ICB",
        "ICBS",
        "ICS",
        "CCG",
        "PCN",
        "PCT",
        "STP",
        "GP",
        "UK",
        "APMS",
        "OOH",
        "CIC",
        "RAF",
        "MOD",
        "HMP",
        "HMYOI",
        "YOI",
        "IRC",
        "UTC",
        "UCC",
        "ENT",
        "HIV",
        "IOW",
        "IW",
        "IT",
        "HQ",
        "NE",
        "SE",
        "MK",
        "SAS",
    ]
)
_ORDINARY = frozenset(
    [
        "BLVD",
        "CNT",
        "CNTR",
        "CTR",
        "CTRS",
        "CWM",
        "DR",
        "DRS",
        "FT",
        "GRP",
        "GT",
        "HLTH",
        "HTH",
        "LN",
        "LTD",
        "MR",
        "MRS",
        "MS",
        "MT",
        "NG",
        "NR",
        "PK",
        "PRT",
        "PTNR",
        "RD",
        "SQ",
        "ST",
        "STR",
        "WLK",
    ]
)
_PARTICLES = frozenset(["DE", "LA", "LE", "DU", "EL", "AL", "AP", "VAN", "VON", "BIN", "DA", "DI"])
_TITLES = frozenset(["DR", "DRS", "MR", "MRS", "MS", "PROF"])
_ROMAN = re.compile(r"(?:X{0,3})(?:IX|IV|V?I{1,3}|V)|X{2,3}")
_ORDINAL = re.compile(r"(\d+)(ST|ND|RD|TH)")
_WORD = re.compile(r"[^\W_]+(?:['’`][^\W_]+)*['’]?")
_APOSTROPHE = re.compile("['’`]")
_VOWEL = re.compile(r"[AEIOUY]")


def as_written(name: str) -> str:
    """`name` as people write it; unchanged but for white space where it holds a small letter already.

    >>> as_written("NHS NORTH EAST AND NORTH CUMBRIA ICB - 16C")
    'NHS North East and North Cumbria ICB - 16C'
    >>> as_written("ST JOHN'S-ON-THE-HILL GPS (DR A K O'BRIEN & DR MCKAY)")
    "St John's-on-the-Hill GPs (Dr A K O'Brien & Dr McKay)"
    """
    name = " ".join(name.split())
    if name != name.upper():
        return name
    words = list(_WORD.finditer(name))
    written, end, titled = [], 0, False
    for place, word in enumerate(words):
        gap, text = name[end : word.start()], word.group()
        rest = name[word.end() :]
        opens = place == 0 or "(" in gap or (" " in gap and gap.strip() in {"-", "–", ":"})
        if gap == "-" and text.lower() in _SMALL_BETWEEN_HYPHENS:
            text = text.lower() if rest.startswith("-") else text.capitalize()
        elif gap.endswith("(") and rest.startswith(")") and _are_initials(text, words[:place]):
            pass
        elif not (titled and len(text) == 2 and text not in _PARTICLES and re.match(r"\.? [^\W\d_]", rest)):
            text = _word(text, opens=opens)
        written += [gap, text]
        titled = word.group() in _TITLES or (titled and len(text) <= 2 and gap.strip(" .") == "")
        end = word.end()
    return "".join([*written, name[end:]])


def _are_initials(text: str, words: list[re.Match[str]]) -> bool:
    every = "".join(word.group()[0] for word in words)
    weighty = "".join(word.group()[0] for word in words if word.group().lower() not in _SMALL)
    return len(text) > 1 and text in {every[-len(text) :], weighty[-len(text) :]}


def _word(text: str, *, opens: bool) -> str:
    if text in _CAPITALS or len(text) == 1:
        return text
    if text in {"GPS", "PCNS", "CCGS"}:
        return text[:-1] + "s"
    if ordinal := _ORDINAL.fullmatch(text):
        return ordinal[1] + ordinal[2].lower()
    if text.lower() in _SMALL:
        return text.capitalize() if opens else text.lower()
    if any(letter.isdigit() for letter in text) or _ROMAN.fullmatch(text):
        return text
    if len(text) <= 4 and text not in _ORDINARY and text.isalpha() and not _VOWEL.search(text):
        return text
    return _capitalised(text)


def _capitalised(text: str) -> str:
    apostrophe = _APOSTROPHE.search(text)
    if apostrophe and apostrophe.start() == 1 and len(text) > 3:
        return text[:2] + _capitalised(text[2:])
    if text.startswith("MC") and len(text) > 4:
        return "Mc" + _capitalised(text[2:])
    return text[:1] + text[1:].lower()
