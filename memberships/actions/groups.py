"""Changes to groups: what they are for, whom they report to, who funds them, whom they are there to influence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, TypedDict, Unpack

from ics_leadership.facts import Source
from ics_leadership.history import change
from ics_leadership.periods import PartialDate
from ics_leadership.writing import end_with, free_slug, keep, make_room
from memberships.models import (
    Group,
    GroupFunding,
    GroupKind,
    GroupRemit,
    GroupRemitFunction,
    GroupRole,
    Influence,
    ReportingLine,
    Terms,
)
from organisations.models import Organisation
from roles.models import Function, FundingSource, Part, Role

if TYPE_CHECKING:
    from ics_leadership.accounts.models import User

PARTS_OF_A_GROUP = (Terms, GroupRemit, ReportingLine, GroupFunding, Influence)
"""What a group has for a period, and what therefore begins or ends with it."""


def add_group(
    *,
    by: User | None,
    why: str,
    kind: GroupKind,
    name: str,
    host: Organisation,
    start: PartialDate,
    end: PartialDate | None = None,
    covers: Organisation | None = None,
    remit: str = "",
    functions: Mapping[Function, Part] | None = None,
    reports_to: Iterable[Group | Organisation] = (),
    influences: Iterable[Organisation] = (),
    invented: bool = False,
    source: Source | None = None,
) -> Group:
    """Add a group, with its remit, reporting lines and bodies to influence as they are from its first day."""
    with change(by=by, why=why):
        group = keep(
            Group(
                slug=free_slug(Group, name),
                name=name,
                kind=kind,
                host=host,
                covers=covers,
                invented=invented,
                source=source,
            ).between(start, end)
        )
        if remit or functions:
            new_group_remit_version(
                by=by, why=why, group=group, start=start, end=end, summary=remit, functions=functions, source=source
            )
        for to in reports_to:
            add_reporting_line(by=by, why=why, group=group, to=to, start=start, end=end, source=source)
        for organisation in influences:
            add_influence(by=by, why=why, group=group, organisation=organisation, start=start, end=end, source=source)
        return group


def add_group_role(*, by: User | None, why: str, group: Group, role: Role, source: Source | None = None) -> GroupRole:
    """Say that a role, hosted by the group's host, belongs to the group, as its elected chair does."""
    with change(by=by, why=why):
        return keep(GroupRole(group=group, role=role, source=source))


def new_group_remit_version(
    *,
    by: User | None,
    why: str,
    group: Group,
    start: PartialDate,
    end: PartialDate | None = None,
    summary: str = "",
    functions: Mapping[Function, Part] | None = None,
    source: Source | None = None,
) -> GroupRemit:
    """Say what a group is responsible for from a day on: until the next version, and no longer the former."""
    with change(by=by, why=why):
        end = make_room(GroupRemit.objects.filter(group=group), start, end)
        remit = keep(GroupRemit(group=group, summary=summary, source=source).between(start, end))
        for function, part in (functions or {}).items():
            keep(GroupRemitFunction(remit=remit, function=function, part=part, source=source))
        return remit


def add_reporting_line(
    *,
    by: User | None,
    why: str,
    group: Group,
    to: Group | Organisation,
    start: PartialDate,
    end: PartialDate | None = None,
    on: str = "",
    source: Source | None = None,
) -> ReportingLine:
    """Say to whom a group reports, and on what."""
    with change(by=by, why=why):
        line = ReportingLine(group=group, on=on, source=source)
        if isinstance(to, Group):
            line.to_group = to
        else:
            line.to_organisation = to
        return keep(line.between(start, end))


def fund_group(
    *,
    by: User | None,
    why: str,
    group: Group,
    funding_source: FundingSource,
    start: PartialDate,
    end: PartialDate | None = None,
    payer: Organisation | None = None,
    annual_amount: Decimal | None = None,
    source: Source | None = None,
) -> GroupFunding:
    """Say who funds a group; `annual_amount` in pounds."""
    with change(by=by, why=why):
        funding = GroupFunding(
            group=group, funding_source=funding_source, payer=payer, annual_amount=annual_amount, source=source
        )
        return keep(funding.between(start, end))


def add_influence(
    *,
    by: User | None,
    why: str,
    group: Group,
    organisation: Organisation,
    start: PartialDate,
    end: PartialDate | None = None,
    source: Source | None = None,
) -> Influence:
    """Name a body that a group is there to influence."""
    with change(by=by, why=why):
        return keep(Influence(group=group, organisation=organisation, source=source).between(start, end))


class GroupFacts(TypedDict, total=False):
    """What may be known of a group beside its period."""

    name: str
    kind: GroupKind
    host: Organisation
    covers: Organisation | None
    source: Source | None


def correct_group(
    *,
    by: User | None,
    why: str,
    group: Group,
    start: PartialDate,
    end: PartialDate | None,
    **facts: Unpack[GroupFacts],
) -> Group:
    """Say a group's dates anew, and what else was recorded wrongly; what is left out stays, and so does its address.

    Its terms, remit, reporting lines, money and influence move with a first or last day that they share with it.
    """
    former_start, former_end = group.start, group.end
    with change(by=by, why=why):
        keep(group.between(start, end), **facts)
        for kept_of in PARTS_OF_A_GROUP:
            for row in kept_of.objects.filter(group=group):
                moved = (start if row.start == former_start else row.start, end if row.end == former_end else row.end)
                if moved != (row.start, row.end):
                    keep(row.between(*moved))
        return group


def end_group(*, by: User | None, why: str, group: Group, end: PartialDate) -> Group:
    """End a group with its terms, remit, reporting lines, money and influence.

    Its memberships stay, for people to decide about.
    """
    with change(by=by, why=why):
        for kept_of in PARTS_OF_A_GROUP:
            end_with(kept_of.objects.filter(group=group), end)
        return keep(group.between(group.start, end))


def end_line_of_group(
    *, by: User | None, why: str, line: ReportingLine | GroupFunding | Influence, end: PartialDate
) -> ReportingLine | GroupFunding | Influence:
    """End what a group has to do with another body: whom it reports to, who funds it, whom it is there to influence."""
    with change(by=by, why=why):
        return keep(line.between(line.start, end))
