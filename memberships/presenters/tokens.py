"""Tokens of the API in words: what each may see, until when, and what it has asked."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils import timezone

from ics_leadership.accounts.models import Sight, Token, TokenUse
from ics_leadership.words import count_words, day_words, list_words


@dataclass(frozen=True)
class TokenLine:
    """A token as a table shows it. `begins` is how its text begins; `lost` are facts that its person no longer sees."""

    key: str
    name: str
    begins: str
    sees: str
    lost: str
    standing: str
    is_valid: bool
    made: datetime.datetime
    last_used: datetime.datetime | None
    used: str

    @property
    def address(self) -> str:
        return f"/tokens/{self.key}"


@dataclass(frozen=True)
class UseLine:
    """What a token asked on one day from one place."""

    day: datetime.date
    path: str
    place: str
    times: int
    last: datetime.datetime


def token_line(token: Token, sights: Collection[Sight]) -> TokenLine:
    """A token whose person sees the private facts `sights` today."""
    made_for = [Sight(each) for each in token.sees]
    return TokenLine(
        key=str(token.key),
        name=token.name,
        begins=token.token_key[:10],
        sees=list_words([each.label for each in made_for if each in sights]) or "no private facts",
        lost=list_words([each.label for each in made_for if each not in sights]),
        standing=_standing(token),
        is_valid=token.is_valid,
        made=token.created,
        last_used=token.last_used_at,
        used=count_words(token.times_used, "time"),
    )


def _standing(token: Token) -> str:
    if token.revoked_at:
        by = f" by {token.revoked_by}" if token.revoked_by and token.revoked_by != token.user else ""
        return f"Revoked on {day_words(timezone.localdate(token.revoked_at))}{by}"
    if token.is_over:
        return f"Was valid until {day_words(token.until)}"
    return f"Valid until {day_words(token.until)}"


def use_lines(uses: Iterable[TokenUse]) -> list[UseLine]:
    return [UseLine(each.day, each.path, each.from_address or "not known", each.times, each.last_at) for each in uses]
