"""The accounts of the demonstration: who wrote its history, its administrator, and the editor of its kept area.

The last two have a password, on a register that nobody else can reach; nobody signs in with the others.
"""

from __future__ import annotations

import datetime

from django.conf import settings

from ics_leadership.accounts.models import User

ADMINISTRATOR = "administrator@register.example"
EDITOR = "editor@lmc.example"
PASSWORD = "show-me-around"  # noqa: S105 said in the documentation, and good on this machine alone

EDITORS = (
    (datetime.date(2013, 1, 1), "plumstead@lmc.example", "Margery Plumstead-Oke"),
    (datetime.date(2018, 1, 1), "ramanathan@lmc.example", "Devan Ramanathan-Fox"),
    (datetime.date(2023, 1, 1), EDITOR, "Bronwen Ashgrove-Lee"),
)
"""Who kept the register, from when: only the last of them still does."""


def create_demo_accounts() -> dict[datetime.date, User]:
    """Create the accounts; returns the editors by the day from which they kept the register, the earliest first."""
    password = None if settings.PUBLISHED else PASSWORD
    User.objects.create_superuser(ADMINISTRATOR, password, name="Demonstration administrator")
    return {
        begins: User.objects.create_user(
            email, password if email == EDITOR else None, name=name, is_active=email == EDITOR
        )
        for begins, email, name in EDITORS
    }


def demo_sign_in_lines() -> list[str]:
    """How to sign in to the demonstration, a line each; none where it is not loaded or can be reached by others."""
    if settings.PUBLISHED or not User.objects.filter(email=ADMINISTRATOR).exists():
        return []
    return [
        "Sign in at /admin/ as the administrator of the demonstration:",
        f"  {ADMINISTRATOR}, password {PASSWORD}",
    ]
