"""Tokens: with what a program reads for somebody through the API. Made, revoked and looked up here, and their use counted.

A token is shown once; kept is a hash of it. What it may see is worked out by `organisations.rights` at every request: never more
than its person may see on that day. Django-rest-knox makes and hashes them; expired ones stay, so that their owners are told.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Q
from django.utils import timezone
from knox.auth import TokenAuthentication
from knox.crypto import hash_token
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from ics_leadership.accounts.addresses import address_of
from ics_leadership.accounts.models import Sight, Token, TokenUse, User
from ics_leadership.periods import today
from ics_leadership.words import day_words

MOST_DAYS = 366
"""So long a token lives at most: one that somebody forgets ends by itself."""
MOST_TOKENS = 20
"""So many valid tokens an account has at most."""
LOG_DAYS = 90
"""So long the register keeps from where and what a token asked."""

AS_IT_IS_SENT = "Send it in one header: Authorization: Token, a space, and the token itself."


def make_token(*, account: User, name: str, sees: Collection[Sight], until: datetime.date) -> tuple[Token, str]:
    """A token for an account, valid to the end of a day, and the text by which a program shows it: kept nowhere.

    `sees` are the private facts that it may see as far as its person may. Raises ValidationError with a sentence.
    """
    if until < today():
        raise ValidationError(
            {"until": "This day has passed. A token is valid to the end of a day to come, or of today."}
        )
    if until > today() + datetime.timedelta(days=MOST_DAYS):
        sentence = (
            f"A token ends within a year: on {day_words(today() + datetime.timedelta(days=MOST_DAYS))} at the latest."
        )
        raise ValidationError({"until": sentence})
    valid = Token.objects.filter(valid_now(), user=account)
    if valid.count() >= MOST_TOKENS:
        raise ValidationError(f"You have {MOST_TOKENS} tokens already. Revoke one that you no longer need.")
    if valid.filter(name__iexact=name).exists():
        raise ValidationError({"name": "You have a token of this name. Another name tells them apart."})
    end = datetime.datetime.combine(until, datetime.time(23, 59, 59), tzinfo=timezone.get_default_timezone())
    made: tuple[Token, str] = Token.objects.create(account, end - timezone.now(), name=name, sees=sorted(sees))
    return made


def valid_now() -> Q:
    """The condition that a token is neither over nor revoked."""
    return Q(revoked_at=None, expiry__gte=timezone.now())


def revoke_token(*, token: Token, by: User) -> None:
    """Let a token answer no longer; a second time changes nothing."""
    Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now(), revoked_by=by)


def revoke_tokens_of(account: User, *, by: User | None) -> None:
    """Revoke all tokens of an account."""
    Token.objects.filter(user=account, revoked_at=None).update(revoked_at=timezone.now(), revoked_by=by)


def forget_old_uses() -> None:
    """Delete what the log of tokens holds for longer than it is kept."""
    TokenUse.objects.filter(day__lt=today() - datetime.timedelta(days=LOG_DAYS)).delete()


class ByToken(TokenAuthentication):
    """Who sends `Authorization: Token …` reads as the token's person, as far as the token may. Its use is counted.

    The token becomes `request.auth`. Whoever sends one that is not, or no longer, valid is told why: only its holder can ask.
    """

    def authenticate(self, request: Request) -> tuple[User, Token] | None:
        scheme, _, sent = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() == "bearer":
            raise AuthenticationFailed(f"The register does not know “Bearer”. {AS_IT_IS_SENT}")
        if scheme.lower() != "token":
            return None
        token = self._token(sent.strip())
        _count(token, request)
        return token.user, token

    def _token(self, sent: str) -> Token:
        if not sent or " " in sent:
            raise AuthenticationFailed(f"This header holds no token. {AS_IT_IS_SENT}")
        digest = hash_token(sent.encode("utf-8", "replace").decode())
        token: Token | None = Token.objects.select_related("user").filter(digest=digest).first()
        if token is None:
            raise AuthenticationFailed("This token is none that the register gave. Look whether all of it was copied.")
        if token.revoked_at:
            revoked = day_words(timezone.localdate(token.revoked_at))
            raise AuthenticationFailed(
                f"This token was revoked on {revoked}. Make another on the page of your account."
            )
        if token.is_over:
            ended = day_words(token.until)
            raise AuthenticationFailed(f"This token was valid until {ended}. Make another on the page of your account.")
        if not token.user.is_active:
            raise AuthenticationFailed("The account to which this token belongs is closed.")
        return token


_COUNT_SQL = """
WITH counted AS (
    INSERT INTO accounts_tokenuse (token_id, day, path, from_address, times, last_at)
    VALUES (%(token)s, %(day)s, %(path)s, %(from)s, 1, %(now)s)
    ON CONFLICT (token_id, day, path, from_address)
    DO UPDATE SET times = accounts_tokenuse.times + 1, last_at = excluded.last_at
)
UPDATE accounts_token SET times_used = times_used + 1, last_used_at = %(now)s WHERE digest = %(token)s
"""


def _count(token: Token, request: Request) -> None:
    facts = {
        "token": token.digest,
        "day": today(),
        "path": request.path[: TokenUse.PATH_LENGTH],
        "from": address_of(request._request),
        "now": timezone.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT_SQL, facts)
