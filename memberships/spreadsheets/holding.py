"""Which roles a row of a list of people says that somebody holds: each with its organisation, its dates, and how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from ics_leadership.periods import PartialDate
from ics_leadership.typed_dates import NotRead
from ics_leadership.words import count_words
from memberships.spreadsheets.columns import ListKind, column
from memberships.spreadsheets.reading import Held
from memberships.spreadsheets.typed_roles import TypedRole, parse_roles
from memberships.spreadsheets.typed_values import NamedOrganisation, organisation
from organisations.models import Kind

D = TypeVar("D")


@dataclass
class Beside:
    """What the other cells of a row say of its roles.

    Where a cell has several dates, `starts` and `ends` hold one for each role, None where it is not said.
    """

    role: str = ""
    evidence: list[str] = field(default_factory=list)
    starts: list[PartialDate | None] = field(default_factory=list)
    ends: list[PartialDate | None] = field(default_factory=list)


def roles_held(role: str, values: Mapping[str, Any], beside: Beside, *, day_first: bool) -> tuple[Held, ...]:
    """The roles of a row. `role` is its cell as typed, `values` what the other cells were read as.

    Raises NotRead for a role that cannot be told, and where dates and roles are not of one number.
    """
    evidence = "; ".join(beside.evidence)
    if values.get("appointment_id") is not None:
        # Written by the register: its title says one role, whatever words it holds; its number says it without the title.
        whole = TypedRole(role, role)
        return (_held(whole, values, values.get("start"), values.get("end"), evidence),)
    roles = parse_roles(role or beside.role, day_first=day_first) if role or beside.role else []
    if not roles:
        # Where somebody works tells namesakes apart; dates and an election are always those of a role.
        if said := next((key for key in ("start", "end", "how") if values.get(key)), ""):
            raise NotRead(
                f"The row says something under “{column(ListKind.PEOPLE, said).heading}”, and not which role it is about.",
                "Say in a column what they hold, such as “LMC member” or “CD”.",
            )
        return ()
    starts = _one_each(roles, beside.starts, values.get("start"))
    ends = _one_each(roles, beside.ends, values.get("end"))
    return tuple(
        _held(each, values, start, end, evidence) for each, start, end in zip(roles, starts, ends, strict=True)
    )


def _one_each(roles: Sequence[TypedRole], several: Sequence[D | None], one: D | None) -> Sequence[D | None]:
    """A date for each role; what stands empty between semicolons is one that is not said."""
    if not several:
        return [one] * len(roles)
    if len(several) != len(roles):
        several = [each for each in several if each is not None]
    if len(several) != len(roles):
        raise NotRead(
            f"The row names {count_words(len(roles), 'role')} and {count_words(len(several), 'date')} for them.",
            "Give one date for all of them, or one for each in the same order; or give each role a row of its own.",
        )
    return several


def _held(
    role: TypedRole,
    values: Mapping[str, Any],
    start: PartialDate | None,
    end: PartialDate | None,
    evidence: str,
) -> Held:
    return Held(
        role=role.role,
        typed=role.typed,
        organisation=organisation(role.organisation) if role.organisation else _host(role.kind, values),
        kind=role.kind,
        start=role.start or role.how.start or start,
        end=role.end or end,
        how=role.how.how or values.get("how") or "",
        evidence="; ".join(each for each in (role.how.evidence, evidence) if each),
    )


def _host(kind: str, values: Mapping[str, Any]) -> NamedOrganisation | None:
    """The organisation of the row's columns that hosts roles of a sort."""
    turn = {Kind.PCN: ("network", "organisation"), Kind.PRACTICE: ("practice", "organisation")}
    columns = turn.get(Kind(kind), ("organisation",)) if kind else ("organisation", "network")
    return next((values[key] for key in columns if values.get(key)), None)
