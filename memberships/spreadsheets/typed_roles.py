"""Roles as they are typed: short forms, several in a cell, with the organisation, the dates and the election beside them.

What a short form stands for is the usual name of a type of role; whether the register has such a type or role is found
out by the import.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ics_leadership.periods import PartialDate
from ics_leadership.typed_dates import NotRead, parse_end, parse_start
from memberships.models import HowAppointed
from organisations.models import Kind

SHORT_FORMS: Sequence[tuple[str, Kind, tuple[str, ...]]] = (
    (
        "PCN Clinical Director",
        Kind.PCN,
        (
            "cd",
            "pcn cd",
            "network cd",
            "pcn clinical director",
            "network clinical director",
            "pcn director",
            "accountable cd",
        ),
    ),
    (
        "PCN Associate Clinical Director",
        Kind.PCN,
        (
            "acd",
            "associate cd",
            "assoc cd",
            "associate clinical director",
            "assistant cd",
            "pcn associate clinical director",
        ),
    ),
    ("PCN Manager", Kind.PCN, ("pcn manager", "network manager", "pcn business manager")),
    ("LMC Chair", Kind.LMC, ("lmc chair", "chair of lmc", "chair of the lmc", "lmc chairman", "lmc chairperson")),
    (
        "LMC Vice Chair",
        Kind.LMC,
        ("lmc vice chair", "lmc vice-chair", "lmc deputy chair", "vice chair of the lmc", "lmc vc"),
    ),
    (
        "LMC Medical Secretary",
        Kind.LMC,
        (
            "lmc medical secretary",
            "lmc med sec",
            "lmc secretary",
            "medical secretary",
            "med sec",
            "lmc medical director",
        ),
    ),
    ("LMC Chief Executive", Kind.LMC, ("lmc chief executive", "lmc ceo", "lmc chief exec")),
    (
        "LMC Committee Member",
        Kind.LMC,
        ("lmc member", "lmc rep", "lmc representative", "lmc committee member", "committee member"),
    ),
    ("Federation Chair", Kind.FEDERATION, ("federation chair", "fed chair")),
    (
        "Federation Medical Director",
        Kind.FEDERATION,
        ("federation medical director", "fed md", "fed medical director", "federation md"),
    ),
    ("Federation Chief Executive", Kind.FEDERATION, ("federation chief executive", "federation ceo", "fed ceo")),
    ("GP Partner", Kind.PRACTICE, ("gp partner", "partner", "senior partner", "gp principal")),
)

_TYPES = {form: (name, kind) for name, kind, forms in SHORT_FORMS for form in (*forms, name.lower())}


def _any_of(forms: Iterable[str]) -> str:
    return "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))


# Forms that name their body's kind are known wherever they stand; "partner" and the like are also parts of other titles.
_TELLING = [form for form in _TYPES if set(form.split()) & {"cd", "acd", "pcn", "lmc", "network", "fed", "federation"}]
_APART = r"(?:\s*[-–—,:@]\s*|\s+(?:of|for|at|in|to)\s+(?:the\s+)?)"
_FORM_FIRST = re.compile(
    rf"(?P<form>{_any_of(_TYPES)})(?:{_APART}(?P<body>\S.*))?|(?P<telling>{_any_of(_TELLING)})\s+(?P<beside>\w.*)",
    re.IGNORECASE,
)
_FORM_LAST = re.compile(rf"(?P<body>\S.*?)(?:\s*[-–—,:]\s*|\s+)(?P<form>{_any_of(_TELLING)})", re.IGNORECASE)
_OFFICER = re.compile(
    rf"(?P<office>chair(?:man|person)?|vice[- ]chair|deputy chair|medical secretary|chief executive|ceo|member|rep|"
    rf"medical director){_APART}(?P<body>.*?\b(?P<of>LMC|local medical committee|federation)\b.*)",
    re.IGNORECASE,
)
_TITLE_THEN_BODY = re.compile(r"(?P<title>[^,–—]+?)(?:\s+[-–—]\s+|\s*,\s*)(?P<body>\S.*)")

_HEADINGS = ("clinical director", "clinical lead")
"""Titles that several types of role share; which is meant, the import asks."""

_ASIDE = re.compile(r"\(([^()]*)\)")
_SHARED = re.compile(r"(?:job[ -]?share|shared|joint|jointly|co-?lead)")
_SHARED_BEFORE = re.compile(r"(?:joint|co[- ]|job[ -]share)\s*(?=\S)", re.IGNORECASE)
_HOW_BEFORE = re.compile(r"(?P<how>acting|interim)\s+(?=\S)", re.IGNORECASE)
_DATED = re.compile(
    r"(?P<role>.*?\S)[,:]?\s+(?P<when>(?:since|from|until|elected|appointed|left)\s+(?=.*\d)\S.*)", re.IGNORECASE
)
_FROM_TO = re.compile(r"(?:since|from)\s+(?P<start>.+?)(?:\s+(?:to|until)\s+(?P<end>.+))?", re.IGNORECASE)
_UNTIL = re.compile(r"(?:until|to|left|ended)\b.*", re.IGNORECASE)

_SURE = re.compile(r"\s*[;\n]\s*")
_SLASH = re.compile(r"\s*/\s*(?=[^\W\d])")
_PERHAPS = re.compile(r"\s*/\s*|\s+(?:and|&|\+)\s+|\s*,\s*")

_HOWS = {
    HowAppointed.ELECTED: ("elected", "re-elected", "reelected", "election", "by election", "elected member", "voted"),
    HowAppointed.APPOINTED: (
        "appointed",
        "appointment",
        "selected",
        "recruited",
        "interview",
        "co-opted",
        "coopted",
        "co-opted member",
    ),
    HowAppointed.NOMINATED: ("nominated", "nomination", "nominee"),
    HowAppointed.EX_OFFICIO: ("ex officio", "ex-officio", "by virtue of office"),
    HowAppointed.ACTING: ("acting", "acting up", "temporary", "cover"),
    HowAppointed.INTERIM: ("interim",),
}
_HOW_OF = {form: how for how, forms in _HOWS.items() for form in forms}
_HOW_FORMS = "|".join(re.escape(form) for form in sorted(_HOW_OF, key=len, reverse=True))
_HOW = re.compile(rf"(?P<how>{_HOW_FORMS})(?:[ :]+(?:in |on )?(?P<when>\S.*))?", re.IGNORECASE)

HOW_WOULD_DO = "Type elected, appointed, nominated, ex officio, acting or interim; a year may follow: “elected 2023”."


@dataclass(frozen=True)
class TypedHow:
    """How somebody came to an appointment, since when if that is said, and what else stood there."""

    how: str = ""
    start: PartialDate | None = None
    evidence: str = ""


@dataclass(frozen=True)
class TypedRole:
    """One role of a cell: its name in full, what stood there, and what the cell says beside it.

    `kind` is the kind of organisation that hosts such roles, "" where the words do not tell; `organisation` is as typed.
    """

    role: str
    typed: str
    kind: str = ""
    organisation: str = ""
    start: PartialDate | None = None
    end: PartialDate | None = None
    how: TypedHow = TypedHow()


def parse_roles(text: str, *, day_first: bool = True) -> list[TypedRole]:
    """The roles of a cell. Lines and semicolons always part them; a slash where one of them is known; "and" and commas
    only where all are.

    Raises NotRead for a date beside a role that is none.

    >>> [(each.role, each.organisation) for each in parse_roles("CD – Tarrow Vale / LMC member")]
    [('PCN Clinical Director', 'Tarrow Vale'), ('LMC Committee Member', '')]
    """
    roles: list[TypedRole] = []
    for piece in _SURE.split(text.strip()):
        for part in _apart(piece):
            roles.append(parse_role(part, day_first=day_first))
    return roles


def _apart(piece: str) -> list[str]:
    """The roles of a piece of a cell, each as it was typed."""
    parts = [part for part in _PERHAPS.split(piece) if part]
    if all(_known(_bare(part)) for part in parts):
        return parts
    slashed = [part for part in _SLASH.split(piece) if part]
    return slashed if any(_known(_bare(part)) for part in slashed) else [piece]


def parse_role(text: str, *, day_first: bool = True) -> TypedRole:
    """One role with what stands beside it. Raises NotRead for a date beside it that is none."""
    typed = " ".join(text.split())
    role = TypedRole(typed, typed)
    asides = [" ".join(aside.split()) for aside in _ASIDE.findall(typed)]
    said = " ".join(_ASIDE.sub(" ", typed).split())
    if found := _DATED.fullmatch(said):
        dated = _with_aside(role, found["when"], day_first)
        if dated and not dated.organisation:
            role, said = dated, found["role"]
    beside: list[str] = []
    for aside in asides:
        told = _with_aside(role, aside, day_first)
        role, beside = (told, beside) if told else (role, [*beside, aside])
    said = _SHARED_BEFORE.sub("", said, count=1) if _SHARED_BEFORE.match(said) else said
    if found := _HOW_BEFORE.match(said):
        role = replace(role, how=replace(role.how, how=_HOW_OF[found["how"].lower()].value))
        said = said[found.end() :]
    return _named(role, said, " ".join(beside))


def parse_how(text: str, *, day_first: bool = True) -> TypedHow:
    """How somebody came to an appointment: "elected 2023, constituency North".

    Raises NotRead with a sentence that says what would do.
    """
    first, *rest = [piece.strip() for piece in re.split(r"[,;\n()]", text) if piece.strip()] or [text]
    evidence = [f"{piece[:1].upper()}{piece[1:]}" for piece in rest]
    if not (found := _HOW.fullmatch(" ".join(first.split()))):
        raise NotRead(f"“{first[:40]}” does not say how somebody was appointed.", HOW_WOULD_DO)
    form = found["how"].lower()
    if "opted" in form:
        evidence.insert(0, "Co-opted")
    start = None
    if when := found["when"]:
        try:
            start = parse_start(when, day_first=day_first)
        except NotRead:
            if any(letter.isdigit() for letter in when):
                raise
            evidence.insert(0, f"{when[:1].upper()}{when[1:]}")
    return TypedHow(_HOW_OF[form].value, start, "; ".join(evidence))


def role_of_heading(heading: object) -> str:
    """The role that a column of names is headed with, as in lists with a column "Clinical director"; empty where none is.

    >>> role_of_heading("CD"), role_of_heading("Clinical Director "), role_of_heading("Name")
    ('CD', 'Clinical Director', '')
    """
    said = " ".join(str(heading or "").split())
    return said if said.lower() in _TYPES or said.lower() in _HEADINGS else ""


def parse_aside(aside: str, *, day_first: bool = True) -> TypedRole | None:
    """What an aside beside a name says of a role: its dates, how it was come to, or a role that is known.

    None where it says none of these. Raises NotRead for a date in it that is none.
    """
    nothing = TypedRole("", "")
    if told := _with_aside(nothing, aside, day_first):
        return None if told == nothing else told
    return replace(nothing, role=aside) if _known(_bare(aside)) else None


def _bare(part: str) -> str:
    """A role without what stands beside it in brackets, before it, or after it as a date."""
    said = " ".join(_ASIDE.sub(" ", part).split())
    said = _HOW_BEFORE.sub("", _SHARED_BEFORE.sub("", said, count=1), count=1)
    found = _DATED.fullmatch(said)
    return found["role"] if found else said


def _known(said: str) -> tuple[str, str] | None:
    """The short form that a role begins or ends with, and the organisation beside it."""
    if found := _FORM_FIRST.fullmatch(said):
        return (found["form"] or found["telling"]).lower(), found["body"] or found["beside"] or ""
    if found := _OFFICER.fullmatch(said):
        form = f"{'federation' if found['of'].lower() == 'federation' else 'lmc'} {found['office'].lower()}"
        return (form, found["body"]) if form in _TYPES else None
    if found := _FORM_LAST.fullmatch(said):
        return found["form"].lower(), found["body"]
    return ("lmc member", "") if said.lower() == "lmc" else None


def _named(role: TypedRole, said: str, beside: str) -> TypedRole:
    """The role with its name in full and the organisation that is named after it, or `beside` it in brackets."""
    if found := _known(said):
        form, body = found
        name, kind = _TYPES[form]
        named = f"{body} ({beside})" if body and beside else body or beside
        return replace(role, role=name, kind=kind.value, organisation=named)
    aside = f" ({beside})" if beside else ""
    if apart := _TITLE_THEN_BODY.fullmatch(said):
        return replace(role, role=f"{apart['title']}{aside}", organisation=apart["body"])
    return replace(role, role=f"{said}{aside}")


def _with_aside(role: TypedRole, aside: str, day_first: bool) -> TypedRole | None:
    """The role with what an aside says of its dates or how it was come to; None where the aside says neither."""
    if _SHARED.fullmatch(aside.lower()):
        return role
    if _HOW.fullmatch(re.split(r"[,;]", aside)[0].strip()):
        return replace(role, how=parse_how(aside, day_first=day_first))
    if found := _FROM_TO.fullmatch(aside):
        end = parse_end(found["end"], day_first=day_first) if found["end"] else role.end
        return replace(role, start=parse_start(found["start"], day_first=day_first), end=end)
    if _UNTIL.fullmatch(aside):
        return replace(role, end=parse_end(aside, day_first=day_first))
    return None
