"""Every change to roles, their remits, and the short lists that describe them.

Each action takes `by` (the user, or None for the register itself) and `why`, joins the change it is called in, returns
the row it kept, and raises ValidationError with a sentence when the register says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypedDict, Unpack

from ics_leadership.facts import Source
from ics_leadership.history import change
from ics_leadership.periods import PartialDate
from ics_leadership.writing import end_with, free_slug, keep, make_room
from organisations.models import Organisation
from roles.models import (
    ActsFor,
    Function,
    FundingKind,
    FundingSource,
    NeededFunction,
    OpenTo,
    Part,
    Pathway,
    Remit,
    RemitFunction,
    Role,
    RoleType,
)

if TYPE_CHECKING:
    from ics_leadership.accounts.models import User


class RemitFacts(TypedDict, total=False):
    """What a version of a remit may say. `acts_for` and `open_to` are those of the type of role where left out."""

    summary: str
    acts_for: ActsFor
    open_to: OpenTo
    pathway: Pathway | None


def add_pathway(*, by: User | None, why: str, name: str, source: Source | None = None) -> Pathway:
    """Add a field of care."""
    with change(by=by, why=why):
        return keep(Pathway(slug=free_slug(Pathway, name), name=name, source=source))


def add_function(
    *, by: User | None, why: str, name: str, description: str = "", source: Source | None = None
) -> Function:
    """Add a task that a remit can give a part in."""
    with change(by=by, why=why):
        return keep(Function(slug=free_slug(Function, name), name=name, description=description, source=source))


def add_funding_source(
    *, by: User | None, why: str, name: str, kind: FundingKind, source: Source | None = None
) -> FundingSource:
    """Add a pot that pays."""
    with change(by=by, why=why):
        return keep(FundingSource(slug=free_slug(FundingSource, name), name=name, kind=kind, source=source))


def add_role_type(
    *,
    by: User | None,
    why: str,
    name: str,
    plural: str,
    acts_for: ActsFor,
    open_to: OpenTo,
    accountable: bool = False,
    leads: bool = False,
    source: Source | None = None,
) -> RoleType:
    """Add a kind of role, with what is usual for it."""
    with change(by=by, why=why):
        return keep(
            RoleType(
                slug=free_slug(RoleType, name),
                name=name,
                plural=plural,
                acts_for=acts_for,
                open_to=open_to,
                accountable=accountable,
                leads=leads,
                source=source,
            )
        )


def correct_role_type(
    *,
    by: User | None,
    why: str,
    role_type: RoleType,
    name: str,
    plural: str,
    acts_for: ActsFor,
    open_to: OpenTo,
    accountable: bool,
    leads: bool,
) -> RoleType:
    """Say anew what a type of role is called and what is usual for it; remits that say otherwise go on to do so."""
    with change(by=by, why=why):
        facts = {"name": name, "plural": plural, "acts_for": acts_for, "open_to": open_to}
        return keep(role_type, accountable=accountable, leads=leads, **facts)


def add_role(
    *,
    by: User | None,
    why: str,
    title: str,
    role_type: RoleType,
    organisation: Organisation,
    start: PartialDate,
    end: PartialDate | None = None,
    functions: Mapping[Function, Part] | None = None,
    source: Source | None = None,
    **facts: Unpack[RemitFacts],
) -> Role:
    """Add a role, with the remit that it has from its first day."""
    with change(by=by, why=why):
        role = keep(
            Role(
                slug=free_slug(Role, title), title=title, role_type=role_type, organisation=organisation, source=source
            ).between(start, end)
        )
        new_remit_version(by=by, why=why, role=role, start=start, end=end, functions=functions, source=source, **facts)
        return role


def new_remit_version(
    *,
    by: User | None,
    why: str,
    role: Role,
    start: PartialDate,
    end: PartialDate | None = None,
    functions: Mapping[Function, Part] | None = None,
    source: Source | None = None,
    **facts: Unpack[RemitFacts],
) -> Remit:
    """Say what a role is responsible for from a day on: until the next version, and no longer the former.

    `functions` gives the part that the role plays in each.
    """
    with change(by=by, why=why):
        end = make_room(Remit.objects.filter(role=role), start, end)
        usual = RemitFacts(acts_for=ActsFor(role.role_type.acts_for), open_to=OpenTo(role.role_type.open_to))
        remit = keep(Remit(role=role, source=source, **usual | facts).between(start, end))
        for function, part in (functions or {}).items():
            keep(RemitFunction(remit=remit, function=function, part=part, source=source))
        return remit


class RoleFacts(TypedDict, total=False):
    """What may be known of a role beside its period and remit."""

    title: str
    role_type: RoleType
    organisation: Organisation
    source: Source | None


def correct_role(
    *,
    by: User | None,
    why: str,
    role: Role,
    start: PartialDate,
    end: PartialDate | None,
    **facts: Unpack[RoleFacts],
) -> Role:
    """Say a role's dates anew, and what else was recorded wrongly; what is left out stays, and so does its address."""
    with change(by=by, why=why):
        return keep(role.between(start, end), **facts)


def end_role(*, by: User | None, why: str, role: Role, end: PartialDate) -> Role:
    """End a role and its remit. Its appointments stay until people decide what becomes of them."""
    with change(by=by, why=why):
        end_with(Remit.objects.filter(role=role), end)
        return keep(role.between(role.start, end))


def need_function(
    *,
    by: User | None,
    why: str,
    area: Organisation,
    function: Function,
    start: PartialDate,
    end: PartialDate | None = None,
    source: Source | None = None,
) -> NeededFunction:
    """Say that somebody must lead a function in an area. Refused where it is said already for some of these days."""
    with change(by=by, why=why):
        return keep(NeededFunction(area=area, function=function, source=source).between(start, end))


def need_no_longer(*, by: User | None, why: str, need: NeededFunction, end: PartialDate) -> NeededFunction:
    """Say until when a function had to be led in an area."""
    with change(by=by, why=why):
        return keep(need.between(need.start, end))
