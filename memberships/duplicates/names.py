"""How names of people are compared: by their parts and by how these sound, without titles, accents and hyphens.

Two names can be one person's and yet be written differently: with initials, in the other order, under a maiden name, with
both names joined, by the short form. Each of these is a `Likeness` of names here; what it weighs beside other facts is
left to `likeness.py`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import Enum
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

# What stands around a name, not in it.
_BEFORE = "dr doctor prof professor mr mrs ms miss mx sir dame lady lord rev cllr councillor"
_AFTER = "mbe obe cbe kbe dbe frcgp mrcgp frcp mrcp mbbs mbchb phd jp"
AROUND = frozenset(f"{_BEFORE} {_AFTER}".split())
# What joins the parts of a name without telling one family from another.
_JOINING = "da de del della der den di do dos du el al bin binti ibn la le ter van von y"
JOINS = frozenset(_JOINING.split())
# Letters that do not come apart into a letter and its mark.
_WHOLE = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"}
    | dict.fromkeys("'’`ʼ")
)

_SHORT_FORMS = """
abigail abby gail | alexander alex sandy alasdair | alexandra alex sandra sasha | alfred fred alf | andrew andy drew |
anthony tony | antonia toni | barbara babs | benjamin ben | bernard bernie | catherine cathy kate katy cat kit |
charles charlie chuck | charlotte lottie | christine chris tina | christopher chris kit topher | daniel dan danny |
david dave | deborah debbie | dorothy dot dolly | edward ted ed ned | elizabeth liz beth betty lisa libby eliza bess |
eleanor nell ellie | frances fran | francis frank | frederick fred | gerald gerry jerry | gillian jill gill |
gregory greg | harold harry | helen nell | henry harry hal | isabel bella izzy | jacqueline jackie | james jim jamie |
jennifer jen | john jack johnny | jonathan jon | joseph joe | josephine jo | joshua josh | judith judy | kenneth ken |
lawrence larry | leonard len | margaret maggie meg peggy greta daisy | mary molly polly | matthew matt | michael mick
mike | mohammed mo | nicholas nick | nicola nicky | pamela pam | patricia pat trish tricia | patrick paddy pat |
penelope penny | peter pete | philip phil | philippa pippa | rebecca becky | richard dick rick | robert bob rob bobby |
ronald ron | samantha sam | samuel sam | sarah sally sadie | stephen steve | susan sue susie | teresa tess terry |
terence terry | theodore ted theo | thomas tom | timothy tim | veronica ronnie | victoria vicky tori | vincent vince |
virginia ginny | walter wally | wilhelmina mina | william bill will billy liam | winifred freda
"""


class Alike(Enum):
    """How two family names, or two given names, stand to each other, the surest first."""

    SAME = "same"
    PART = "part"
    SHORT = "short"
    SPELLING = "spelling"
    INITIALS = "initials"
    SHARED = "shared"
    MISSING = "missing"
    DIFFERENT = "different"


def given_parts(name: str) -> tuple[str, ...]:
    """The parts of given names, of which initials may be written together.

    >>> given_parts("JM"), given_parts("J. M."), given_parts("Jo")
    (('j', 'm'), ('j', 'm'), ('jo',))
    """
    together = name.replace(".", "").strip()
    return parts(" ".join(together) if 1 < len(together) < 4 and together.isupper() else name)


@lru_cache(maxsize=100_000)
def parts(name: str) -> tuple[str, ...]:
    """The parts of a name as they are compared: no titles, accents, apostrophes, hyphens and capitals.

    >>> parts("Dr Siân O’Dowd-Farrell MBE")
    ('sian', 'odowd', 'farrell')
    """
    plain = unicodedata.normalize("NFKD", name.lower().translate(_WHOLE))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    found = re.findall(r"[^\W_]+", bare)
    return tuple(part for part in found if part not in AROUND) or tuple(found)


@lru_cache(maxsize=100_000)
def telling(family: tuple[str, ...]) -> tuple[str, ...]:
    """The parts of a family name by which a family is known: "Costa" and "Wren" of "Da Costa-Wren"."""
    return tuple(part for part in family if part not in JOINS) or family


_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in [
        (r"(.)\1+", r"\1"),
        ("^(kn|gn)", "n"),
        ("^wr", "r"),
        ("^wh", "w"),
        ("^x", "s"),
        ("ph|v", "f"),
        ("tsch|tch|sch|sh|cz|cs", "S"),
        ("ch", "S"),
        ("^g(?=[eiy])|dg|^gi(?=[ao])", "j"),
        ("gh(?=t)|(?<=[aeiou])gh$", ""),
        ("gh", "g"),
        ("th", "t"),
        ("c(?=[eiy])|z", "s"),
        ("ck|c|q", "k"),
        ("x", "ks"),
        ("w(?=[^aeiou]|$)|(?<=.)h", ""),
        ("^[aeiouy]", "A"),
        ("(?<=.)[aeiouyw]", ""),
    ]
]


@lru_cache(maxsize=100_000)
def sound(part: str) -> str:
    """A part of a name by its consonants, roughly as they sound: what is heard alike is mostly written so.

    >>> sound("stephen") == sound("steven"), sound("mohammed") == sound("muhamad"), sound("smith") == sound("smyth")
    (True, True, True)
    """
    for pattern, heard in _SOUNDS:
        part = pattern.sub(heard, part)
    return part


def _short_forms() -> dict[str, frozenset[str]]:
    forms: dict[str, set[str]] = {}
    for line in _SHORT_FORMS.split("|"):
        names = line.split()
        for name in names:
            forms.setdefault(name, set()).add(names[0])
    return {name: frozenset(full) for name, full in forms.items()}


SHORT_FOR = _short_forms()
"""The full names that a name may be short for, or is: "ted" for "edward" and "theodore"."""


def full_forms(given: str) -> frozenset[str]:
    """What somebody called so may be called in full, the name itself included."""
    return SHORT_FOR.get(given, frozenset()) | {given}


def _spelt_alike(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    if shorter < 4:
        return False
    if sound(one) == sound(other) and len(sound(one)) > 1:
        return True
    near = DamerauLevenshtein.distance(one, other, score_cutoff=2)
    return near == 1 or (near == 2 and shorter >= 8) or JaroWinkler.similarity(one, other) >= 0.95


@lru_cache(maxsize=200_000)
def compare_families(one: tuple[str, ...], other: tuple[str, ...]) -> Alike:
    """How two family names stand to each other, from their `parts`.

    >>> compare_families(("pritchard",), ("pritchard", "elms"))
    <Alike.PART: 'part'>
    """
    if not one or not other:
        return Alike.MISSING
    if "".join(one) == "".join(other):
        return Alike.SAME
    first, second = set(telling(one)), set(telling(other))
    if first <= second or second <= first:
        return Alike.SAME if first == second else Alike.PART
    if len(first) == len(second) and all(any(_spelt_alike(a, b) or a == b for b in second) for a in first):
        return Alike.SPELLING
    if _spelt_alike("".join(one), "".join(other)):
        return Alike.SPELLING
    few, many = sorted((first, second), key=len)
    if len(few) == 1 and any(_spelt_alike(a, b) for a in few for b in many):
        return Alike.PART
    return Alike.SHARED if first & second else Alike.DIFFERENT


@lru_cache(maxsize=200_000)
def compare_given(one: tuple[str, ...], other: tuple[str, ...]) -> Alike:
    """How two sets of given names stand to each other, from their `parts`.

    >>> compare_given(("a", "k"), ("amina",)), compare_given(("bob",), ("robert", "james"))
    (<Alike.INITIALS: 'initials'>, <Alike.SHORT: 'short'>)
    """
    if not one or not other:
        return Alike.MISSING
    if one == other:
        return Alike.SAME
    if _are_initials(one) or _are_initials(other):
        return Alike.INITIALS if _agree(_letters(one), _letters(other)) else Alike.DIFFERENT
    few, many = sorted((one, other), key=len)
    if few[0] == many[0] or "".join(one) == "".join(other):
        # Middle names that contradict each other tell cousins apart.
        return Alike.PART if _agree(_letters(few), _letters(many)) else Alike.SHARED
    if any(name in many for name in few if len(name) > 2):
        return Alike.SHARED
    if full_forms(few[0]) & full_forms(many[0]) or _cut_short(few[0], many[0]):
        return Alike.SHORT
    return Alike.SPELLING if _spelt_alike(few[0], many[0]) else Alike.DIFFERENT


def _are_initials(given: tuple[str, ...]) -> bool:
    return all(len(part) == 1 for part in given)


def _letters(given: tuple[str, ...]) -> list[str]:
    return [part[0] for part in given]


def _agree(one: Iterable[str], other: Iterable[str]) -> bool:
    return all(a == b for a, b in zip(one, other, strict=False))


def _cut_short(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= 2 and long.startswith(short)
