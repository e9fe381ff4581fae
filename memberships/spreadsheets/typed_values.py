"""Single values as people type them: choices, organisations, sessions, money, addresses, terms of office, yes and no.

Each function takes the text of one cell that is not blank, and raises NotRead with two sentences: why it is not
read, and what would do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models

from ics_leadership.periods import PartialDate
from ics_leadership.typed_dates import NotRead, parse_end, parse_start
from ics_leadership.words import list_words
from memberships.models import Category, Profession
from organisations.models import Kind
from roles.models import ActsFor, OpenTo


@dataclass(frozen=True)
class NamedOrganisation:
    """An organisation as a cell names it: by name, by what looks like an ODS code, or by both."""

    name: str = ""
    code: str = ""


# What people write for a choice beside its own words.
ALSO_CALLED: dict[models.TextChoices, tuple[str, ...]] = {
    Profession.GP: ("general practitioner", "gp partner", "gp principal", "salaried gp", "locum gp", "sessional gp"),
    Profession.NURSE: ("rn", "rgn", "practice nurse", "nurse practitioner", "anp", "advanced nurse practitioner"),
    Profession.PHARMACIST: ("clinical pharmacist", "pcn pharmacist", "practice pharmacist"),
    Profession.ALLIED_HEALTH: ("ahp", "physiotherapist", "physio", "occupational therapist", "podiatrist", "dietitian"),
    Profession.HOSPITAL_DOCTOR: ("consultant", "hospital consultant", "secondary care doctor"),
    Profession.PUBLIC_HEALTH: ("public health", "public health consultant", "consultant in public health"),
    Profession.OPTOMETRIST: ("optician",),
    Profession.MANAGER: ("practice manager", "pm", "business manager", "pcn manager"),
    Profession.LAY: ("lay", "lay person", "patient representative"),
    Profession.COUNCILLOR: ("cllr",),
    Category.CORE: ("core", "member", "full member"),
    Category.ATTENDING: ("attending", "attends", "attendee"),
    Kind.PRACTICE: ("practice", "gp practice", "surgery"),
    Kind.PCN: ("pcn", "network"),
    Kind.FEDERATION: ("federation",),
    Kind.LMC: ("lmc",),
    Kind.CCG: ("ccg",),
    Kind.PCT: ("pct",),
    Kind.STP: ("stp",),
    Kind.ICB: ("icb",),
    Kind.TRUST: ("trust", "nhs trust", "foundation trust"),
    Kind.LOCAL_AUTHORITY: ("council",),
    ActsFor.SYSTEM: ("system",),
    ActsFor.COMMISSIONER: ("commissioner",),
    OpenTo.GPS: ("gp", "gps", "gp only"),
    OpenTo.CLINICIANS: ("clinician", "clinicians"),
}

_CODE = re.compile(r"(?=[A-Z]*\d)[A-Z0-9]{2,12}")
_NAME_AND_CODE = re.compile(r"(?P<name>.+?)\s*[(\[](?P<code>[A-Za-z0-9]{2,12})[)\]]")
_CODE_AND_NAME = re.compile(r"(?P<code>[A-Z0-9]{3,8})(?:\s*[-–—:]\s*|\s+)(?P<name>\D.+)")
_NUMBER = re.compile(
    r"(?P<number>\d+(?:\.\d+)?|\.\d+)?\s*(?P<part>[½¼¾])?\s*(?:sess(?:ion)?s?\.?)?(?:\s*(?:a|per|/|p)\s*(?:week|wk|w)\.?)?"
)
_PARTS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
_MONEY = re.compile(
    r"(?:£|gbp)?\s*(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,2})?)\s*(?P<thousand>k)?\s*(?:pounds)?\s*(?:p\.?a\.?|a year|per annum|/year)?"
)
_YES, _NO = frozenset(["yes", "y", "true", "1", "x", "✓", "✔"]), frozenset(["no", "n", "false", "0"])
_YEARS = re.compile(r"(?P<start>\d{4})\s*[-–—/]\s*(?P<end>\d{4}|\d{2})")
_TERM = re.compile(r"(?P<start>.+?)(?:\s*[–—]\s*|\s+-\s*|\s+(?:to|until|till)\s+)(?P<end>.*)")

MOST_SESSIONS = 14


def choice(text: str, choices: type[models.TextChoices]) -> str:
    """The stored value of a choice, by its words, its stored value, or what people call it."""
    asked = " ".join(text.casefold().replace("’", "'").split())
    for each in choices:
        if asked in (each.value.casefold(), str(each.label).casefold().replace("’", "'"), *ALSO_CALLED.get(each, ())):
            return str(each.value)
    raise NotRead(
        f"“{text[:40]}” is not on the list.", f"It can be {list_words([str(each.label) for each in choices])}."
    )


def organisation(text: str) -> NamedOrganisation:
    """An organisation by its name, its code, or both in either order.

    >>> organisation("Tarrow Vale PCN (U12345)"), organisation("u12345"), organisation("QUE")
    (NamedOrganisation(name='Tarrow Vale PCN', code='U12345'), NamedOrganisation(name='', code='U12345'), NamedOrganisation(name='QUE', code='QUE'))
    """
    said = " ".join(text.split())
    if _CODE.fullmatch(said.upper()) and " " not in said:
        return NamedOrganisation(code=said.upper())
    if (found := _NAME_AND_CODE.fullmatch(said)) and (
        _CODE.fullmatch(found["code"].upper()) or found["code"].isupper()
    ):
        return NamedOrganisation(found["name"], found["code"].upper())
    if (found := _CODE_AND_NAME.fullmatch(said)) and _CODE.fullmatch(found["code"]):
        return NamedOrganisation(found["name"], found["code"])
    if said.isupper() and said.isalnum() and 3 <= len(said) <= 5:
        return NamedOrganisation(said, said)
    return NamedOrganisation(said)


def sessions(text: str) -> str:
    """How many sessions a week, as a number in digits: "1½ sessions" is "1.5"."""
    found = _NUMBER.fullmatch(" ".join(text.casefold().split()))
    if not found or not (found["number"] or found["part"]):
        raise NotRead(f"“{text[:40]}” is not read as a number of sessions.", "Type a number alone, such as 2 or 1.5.")
    number = Decimal(found["number"] or 0) + _PARTS.get(found["part"], Decimal(0))
    if number > MOST_SESSIONS:
        raise NotRead(
            f"{_digits(number)} sessions are more than a week has.", f"Type a number from 0 to {MOST_SESSIONS}."
        )
    if number != round(number, 2):
        raise NotRead(f"“{text[:40]}” is finer than sessions are counted.", "Type two decimals at most.")
    return _digits(number)


def money(text: str) -> str:
    """An amount in pounds, as a number in digits: "£12,000 pa" is "12000"."""
    found = _MONEY.fullmatch(" ".join(text.casefold().split()))
    if not found:
        raise NotRead(f"“{text[:40]}” is not read as an amount.", "Type pounds a year, such as 12,000.")
    try:
        amount = Decimal(found["number"].replace(",", "")) * (1000 if found["thousand"] else 1)
    except InvalidOperation:
        amount = Decimal("Infinity")
    if amount >= 10_000_000:
        raise NotRead(f"“{text[:40]}” is more than the register can hold.", "Type pounds a year, such as 12,000.")
    return _digits(amount)


def _digits(number: Decimal) -> str:
    """A number without noughts that say nothing."""
    return f"{number.normalize():f}"


def email(text: str) -> str:
    """An e-mail address."""
    said = text.strip().removeprefix("mailto:").strip("<>")
    try:
        validate_email(said)
    except ValidationError:
        raise NotRead(
            f"“{text[:60]}” is not an e-mail address.", "Type one address, such as name@example.nhs.uk."
        ) from None
    return said


def registration(text: str) -> str:
    """The number in the register of a profession, without what it is called."""
    said = re.sub(
        r"^(?:gmc|nmc|gphc|hcpc|gdc)\s*(?:no|number|ref|pin)?\.?\s*[:#]?\s*", "", text.strip(), flags=re.IGNORECASE
    )
    number = said.replace(" ", "") if said.replace(" ", "").isdigit() else said
    if not re.fullmatch(r"[\w/. -]{4,30}", number) or not re.search(r"\d", number):
        raise NotRead(f"“{text[:40]}” is not read as a registration number.", "Type the number alone, such as 7012345.")
    return number


def yes_or_no(text: str) -> bool:
    """Yes or no."""
    said = text.strip().casefold()
    if said in _YES:
        return True
    if said in _NO:
        return False
    raise NotRead(f"“{text[:40]}” is neither yes nor no.", "Type Yes or No.")


def number_of_a_record(text: str) -> int:
    """The register's own number of a record."""
    said = text.strip().replace(",", "")
    if not said.isascii() or not said.isdigit() or len(said) > 18:
        raise NotRead(
            f"“{text[:40]}” is not a number of the register.",
            "Leave the column as it was exported, or clear the cell of a new row.",
        )
    return int(said)


def term(text: str, *, day_first: bool = True) -> tuple[PartialDate, PartialDate | None]:
    """A start and an end in one cell: "2019–2023", "Apr 2019 to date".

    >>> [each.date.year for each in term("2019-23")]
    [2019, 2023]
    """
    said = " ".join(text.split())
    if years := _YEARS.fullmatch(said):
        end = years["end"] if len(years["end"]) == 4 else f"{years['start'][:2]}{years['end']}"
        return parse_start(years["start"]), parse_end(end)
    found = _TERM.fullmatch(said)
    if not found:
        raise NotRead(
            f"“{text[:40]}” does not give a start and an end.", "Type both, as in “April 2019 to March 2023”."
        )
    return parse_start(found["start"], day_first=day_first), parse_end(found["end"], day_first=day_first)
