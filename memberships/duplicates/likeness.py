"""How much two entries look like one person's, and why: a score from 0 to 100, with its reasons in words.

Names decide most, then whatever names one person alone: a registration number, an address. Each reason adds or takes
away; what each weighs stands in one table below, so that it can be argued about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ics_leadership.words import list_words
from memberships.duplicates.entries import Entry, Held
from memberships.duplicates.names import Alike, compare_families, compare_given, telling
from memberships.models import Profession

WORTH_A_LOOK = 55
"""From this score on two entries are shown to an editor."""

BANDS = ((85, "Very likely"), (70, "Likely"), (0, "Possible"))

FAMILY = {
    Alike.SAME: 40,
    Alike.PART: 32,
    Alike.SPELLING: 28,
    Alike.SHARED: 18,
    Alike.MISSING: 0,
    Alike.DIFFERENT: 0,
}
GIVEN = {
    Alike.SAME: 35,
    Alike.PART: 32,
    Alike.SHORT: 26,
    Alike.SPELLING: 26,
    Alike.SHARED: 12,
    Alike.INITIALS: 20,
    Alike.MISSING: 8,
    Alike.DIFFERENT: -30,
}
SAME_INITIAL = 5
TURNED_ROUND = 62
COMMON_NAME = -8
SAME_PROFESSION, OTHER_PROFESSION = 5, -15
SAME_NUMBER, OTHER_NUMBER = 85, -60
SAME_EMAIL = 30
SAME_ROLE_THEN, SAME_ROLE, SAME_ORGANISATION = 15, 10, 6

COMMON = 12
"""A family name that more entries than this bear says less."""


@dataclass(frozen=True)
class Reason:
    """One reason in words. `against` it being one person; `number` a registration number to add for who may see it."""

    words: str
    against: bool = False
    number: str = ""


@dataclass(frozen=True)
class Likeness:
    """How much two entries look alike, and why."""

    score: int
    reasons: tuple[Reason, ...]

    @property
    def band(self) -> str:
        """The score in words."""
        return next(words for least, words in BANDS if self.score >= least)

    @property
    def is_worth_a_look(self) -> bool:
        return self.score >= WORTH_A_LOOK


def compare(
    one: Entry, other: Entry, *, held: Sequence[Held] = (), held_by_other: Sequence[Held] = (), bearers: int = 0
) -> Likeness:
    """How alike two entries are. `held` is what each ever held; `bearers` how many entries bear the family name."""
    told = [*_names(one, other, bearers), *_facts(one, other), *_roles(held, held_by_other)]
    score = sum(weight for weight, _ in told)
    return Likeness(max(0, min(100, score)), tuple(reason for _, reason in told))


def could_be_worth_a_look(one: Entry, other: Entry) -> bool:
    """Whether two entries may be worth a look whatever they held; much quicker than `compare`."""
    if one.number and one.number == other.number:
        return True
    given = compare_given(one.given, other.given)
    names = FAMILY[compare_families(one.family, other.family)]
    names += max(GIVEN[given], SAME_INITIAL)
    most = SAME_PROFESSION + (SAME_EMAIL if one.email and one.email == other.email else 0)
    return names + most >= WORTH_A_LOOK or _are_turned_round(one, other)


Told = tuple[int, Reason]


def _names(one: Entry, other: Entry, bearers: int) -> list[Told]:
    family, given = compare_families(one.family, other.family), compare_given(one.given, other.given)
    straight = FAMILY[family] + GIVEN[given]
    if straight < TURNED_ROUND and _are_turned_round(one, other):
        return [(TURNED_ROUND, Reason("family name and given names changed round"))]
    told = [_family(one, other, family)] if FAMILY[family] else [(0, Reason("different family names", against=True))]
    told.append(_given(one, other, given))
    if bearers > COMMON and family == Alike.SAME:
        told.append((COMMON_NAME, Reason(f"{bearers} entries have this family name", against=True)))
    return told


def _are_turned_round(one: Entry, other: Entry) -> bool:
    if not one.given or not other.given:
        return False
    there = compare_given(one.given, other.family) in (Alike.SAME, Alike.SPELLING)
    return there and compare_families(one.family, other.given) in (Alike.SAME, Alike.PART, Alike.SPELLING)


def _family(one: Entry, other: Entry, alike: Alike) -> Told:
    both = f"“{one.family_name}” and “{other.family_name}”"
    words = {
        Alike.SAME: "same family name" if one.family_name == other.family_name else f"same family name, {both}",
        Alike.PART: f"one family name is part of the other, {both}",
        Alike.SPELLING: f"family names spelt alike, {both}",
        Alike.SHARED: f"the family names share “{_shared(one, other)}”",
    }
    return FAMILY[alike], Reason(words[alike])


def _shared(one: Entry, other: Entry) -> str:
    shared = set(telling(one.family)) & set(telling(other.family))
    return " ".join(part.capitalize() for part in telling(one.family) if part in shared)


def _given(one: Entry, other: Entry, alike: Alike) -> Told:
    both = f"“{one.given_names}” and “{other.given_names}”"
    if alike == Alike.DIFFERENT and one.given[0][0] == other.given[0][0]:
        return SAME_INITIAL, Reason(f"given names with the same initial, {both}", against=True)
    words = {
        Alike.SAME: "same given names" if one.given_names == other.given_names else f"same given names, {both}",
        Alike.PART: f"one has more given names, {both}",
        Alike.SHORT: f"one given name may be short for the other, {both}",
        Alike.SPELLING: f"given names spelt alike, {both}",
        Alike.SHARED: f"the given names share one, {both}",
        Alike.INITIALS: f"the initials agree, {both}",
        Alike.MISSING: "one has no given name",
        Alike.DIFFERENT: f"different given names, {both}",
    }
    return GIVEN[alike], Reason(words[alike], against=alike == Alike.DIFFERENT)


def _facts(one: Entry, other: Entry) -> list[Told]:
    told: list[Told] = []
    if one.number and other.number:
        if one.number == other.number:
            told.append((SAME_NUMBER, Reason("registration numbers equal", number=one.registration_number)))
        else:
            told.append((OTHER_NUMBER, Reason("registration numbers differ", against=True)))
    if one.email and one.email == other.email:
        told.append((SAME_EMAIL, Reason(f"same work e-mail, {one.email}")))
    if one.profession and other.profession:
        if one.profession == other.profession:
            told.append((SAME_PROFESSION, Reason(f"same profession, {_profession(one)}")))
        else:
            told.append((OTHER_PROFESSION, Reason(f"{_profession(one)} and {_profession(other)}", against=True)))
    return told


def _profession(entry: Entry) -> str:
    # "GP" stays as it is, "Nurse" begins no sentence here.
    label = Profession(entry.profession).label
    return label if label.isupper() else f"{label[0].lower()}{label[1:]}"


def _roles(held: Sequence[Held], held_by_other: Sequence[Held]) -> list[Told]:
    """The strongest of what the two share: a role at one time, a role at different times, an organisation."""
    same_role = [(one, other) for one in held for other in held_by_other if one.role == other.role]
    if together := {one.title for one, other in same_role if one.overlaps(other)}:
        return [(SAME_ROLE_THEN, Reason(f"both hold or held {list_words(sorted(together))} at the same time"))]
    if same_role:
        titles = {one.title for one, _ in same_role}
        return [(SAME_ROLE, Reason(f"both hold or held {list_words(sorted(titles))}, one after the other"))]
    theirs = {one.organisation: one.organisation_name for one in held}
    shared = {theirs[other.organisation] for other in held_by_other if other.organisation in theirs}
    if shared:
        return [(SAME_ORGANISATION, Reason(f"both with {list_words(sorted(shared))}"))]
    return []
