"""Accounts and grants in words, for the pages of administrators and for one's own."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from ics_leadership.accounts.models import Grant, Sight, Standing, User
from ics_leadership.words import list_words, period_words
from memberships.presenters.reasons import Piece


@dataclass(frozen=True)
class GrantLine:
    """One grant as a table shows it."""

    what: tuple[Piece, ...]
    sees: str
    when: str
    by: str
    why: str
    end_address: str
    history_address: str


@dataclass(frozen=True)
class AccountLine:
    """One account as the list shows it."""

    name: str
    email: str
    address: str
    what: str
    second_factor: str
    last_here: datetime.datetime | None
    is_open: bool


def grant_pieces(grant: Grant) -> tuple[Piece, ...]:
    """What a grant allows, and where: "Edits Norwich ICB"."""
    if grant.standing == Standing.EDITOR and grant.area:
        return (Piece("Edits "), Piece(grant.area.name, grant.area.get_absolute_url()))
    if grant.standing == Standing.ANALYST:
        where = Piece(grant.area.name, grant.area.get_absolute_url()) if grant.area else Piece("everywhere")
        return (Piece("Analyst, "), where)
    return (Piece("Administers" if grant.standing == Standing.ADMINISTRATOR else "Reads"),)


def sees_words(grant: Grant) -> str:
    """What an analyst sees beyond what everybody sees: "amounts of money and findings"."""
    return list_words([Sight(each).label for each in grant.sees])


def grant_line(grant: Grant, on: datetime.date, *, by: str, why: str) -> GrantLine:
    is_over = grant.end_date is not None and grant.end_date < on
    return GrantLine(
        what=grant_pieces(grant),
        sees=sees_words(grant),
        when=period_words(grant, on),
        by=by,
        why=why,
        end_address="" if is_over else f"/grants/{grant.pk}/end",
        history_address=f"/history/grant/{grant.pk}",
    )


def account_line(account: User, grants: Sequence[Grant], *, has_second_factor: bool) -> AccountLine:
    """An account with the grants that hold today."""
    said = ["".join(piece.text for piece in grant_pieces(grant)) for grant in grants]
    if account.is_superuser:
        said.insert(0, "Administers, by the command line")
    return AccountLine(
        name=account.name or account.email,
        email=account.email,
        address=f"/accounts/{account.pk}",
        what="; ".join(said) or "Reads",
        second_factor="Yes" if has_second_factor else "No",
        last_here=account.last_login,
        is_open=account.is_active,
    )
