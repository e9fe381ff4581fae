"""Every change to accounts and to what they may do: who opened, closed or corrected one, gave or ended a grant, and why.

Accounts are no table of the register, so that history tells of their grants alone: an account is opened with a grant and
closed with its grants. Each action takes `by` (None for the register itself) and `why`, and raises ValidationError with
a sentence. Who may take them is for those who call: administrators.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db.models import Model, Q
from django.utils import timezone

from ics_leadership.accounts.models import CalendarAddress, Grant, Sight, Standing, User
from ics_leadership.accounts.tokens import revoke_tokens_of
from ics_leadership.history import change, day
from ics_leadership.periods import PartialDate
from ics_leadership.writing import end_with, keep

NOBODY_LEFT = "Somebody has to be administrator. Make somebody else one first."


def open_account(*, by: User | None, why: str, email: str, name: str, password: str | None = None) -> User:
    """Open an account, which may read until it is granted more. Without a password, its holder chooses one by letter."""
    with change(by=by, why=why):
        account = User(email=email.lower(), name=name)
        account.set_password(password)
        account.full_clean(exclude=["password"], validate_unique=False)
        account.save()
        return account


def correct_account(*, by: User | None, why: str, account: User, email: str, name: str) -> User:
    """Change the name or address of an account. A former address no longer signs in, nor gets letters."""
    with change(by=by, why=why):
        account.email, account.name = email.lower(), name
        account.full_clean(exclude=["password"], validate_unique=False)
        account.save(update_fields=["email", "name"])
        EmailAddress.objects.filter(user=account).exclude(email=account.email).delete()
        return account


def close_account(*, by: User | None, why: str, account: User) -> User:
    """Close an account: nobody signs in with it from now on, what it may do ends today, its tokens are
    revoked. Its name stays in history."""
    with change(by=by, why=why):
        Grant.objects.upcoming(day()).filter(account=account).delete()
        end_with(Grant.objects.as_at(day()).filter(account=account), PartialDate(day()))
        revoke_tokens_of(account, by=by)
        account.is_active = False
        account.save(update_fields=["is_active"])
        _somebody_administers()
        return account


def reopen_account(*, by: User | None, why: str, account: User) -> User:
    """Let a closed account sign in again, to read. What it was granted before is not granted anew."""
    with change(by=by, why=why):
        account.is_active = True
        account.save(update_fields=["is_active"])
        return account


def forget_second_factor(*, by: User | None, why: str, account: User) -> None:
    """Remove app, keys and recovery codes of somebody who has lost them: their password alone signs in again."""
    with change(by=by, why=why):
        Authenticator.objects.filter(user=account).delete()


def give_grant(
    *,
    by: User | None,
    why: str,
    account: User,
    standing: Standing,
    start: PartialDate,
    end: PartialDate | None = None,
    area: Model | None = None,
    sees: Sequence[Sight] = (),
) -> Grant:
    """Let an account do something for a period: edit an area, analyse with particular facts to see, administer, read.

    `area` is an organisation, which the base does not know by its class.
    """
    if not account.is_active:
        raise ValidationError("This account is closed. Open it again first.", code="closed")
    with change(by=by, why=why):
        grant = Grant(account=account, standing=standing, area_id=area.pk if area else None, sees=list(sees))
        return keep(grant.between(start, end))


def end_grant(*, by: User | None, why: str, grant: Grant, end: PartialDate) -> Grant:
    """End what an account may do."""
    with change(by=by, why=why):
        ended = keep(grant.between(grant.start, end))
        _somebody_administers()
        return ended


def new_feed_address(*, account: User) -> str:
    """Make the key of somebody's own address of the calendar, in the place of a former one. Only its hash is kept."""
    key = secrets.token_urlsafe(32)
    facts = {"key_hash": _hashed(key), "made_at": timezone.now()}
    CalendarAddress.objects.update_or_create(account=account, defaults=facts)
    return key


def end_feed_address(*, account: User) -> None:
    """Let the address of somebody's calendar answer no longer."""
    CalendarAddress.objects.filter(account=account).delete()


def account_of_feed(key: str) -> User | None:
    """Whose key it is; None for a key that is none, no longer valid, or of an account that is closed."""
    return User.objects.filter(calendar_address__key_hash=_hashed(key), is_active=True).first()


def _hashed(key: str) -> str:
    # A key is random and long, so that a plain hash cannot be guessed backwards.
    return hashlib.sha256(key.encode()).hexdigest()


def _somebody_administers() -> None:
    """Refuse a change after which no open account would administer the register for good."""
    for_good = Q(grants__standing=Standing.ADMINISTRATOR, grants__period__endswith=None)
    if not User.objects.filter(Q(is_superuser=True) | for_good, is_active=True).exists():
        raise ValidationError(NOBODY_LEFT, code="nobody_administers")
