"""Accounts for tests of signing in, and the second factors that belong to them."""

from __future__ import annotations

import re

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client

from ics_leadership.accounts.models import User

PASSWORD = "mongoose-ladder-tin"


def account(email: str = "sam@lmc.example", **facts: object) -> User:
    """An open account whose password is `PASSWORD`."""
    return User.objects.create_user(email, PASSWORD, **facts)


def sign_in(client: Client, email: str = "sam@lmc.example", password: str = PASSWORD, **more: str):
    """Send the sign-in form; returns the answer."""
    return client.post("/account/sign-in", {"login": email, "password": password, **more})


def code_of(secret: str) -> str:
    """What an authenticator app shows now for this key."""
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1]))


def link_in_last_letter() -> str:
    """The path of the first link to the register in the last letter that went out."""
    return re.search(r"https?://[^/\s]+(/account/\S+)", mail.outbox[-1].body).group(1)
