"""The accounts of the demonstration: who wrote its history, and one for every way of using the register.

Those that are shown have a password, on a register that nobody else can reach; nobody signs in with the others. What
they may do is granted by `memberships.demo.accounts`, which knows the areas.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.conf import settings

from ics_leadership.accounts.models import User

ADMINISTRATOR = "administrator@register.example"
EDITOR = "editor@lmc.example"
NEIGHBOUR = "neighbour@lmc.example"
ANALYST = "analyst@icb.example"
READER = "reader@practice.example"
LEADER = "leader@practice.example"
PASSWORD = "show-me-around"  # noqa: S105 said in the documentation, and good on this machine alone


@dataclass(frozen=True)
class DemoAccount:
    """An account that visitors of the demonstration may sign in with."""

    email: str
    name: str
    what: str


SHOWN = (
    DemoAccount(EDITOR, "Bronwen Ashgrove-Lee", "edits the invented area"),
    DemoAccount(NEIGHBOUR, "Piers Haverstock-Moon", "edits the real area beside it, and nothing in the invented one"),
    DemoAccount(ANALYST, "Ottoline Crake", "sees amounts of money, and changes nothing"),
    DemoAccount(READER, "Rufus Penhallow", "reads, work contacts too"),
    DemoAccount(LEADER, "Amina Yusuf-Calder", "leads in the invented area, and sees all of her own entry"),
    DemoAccount(ADMINISTRATOR, "Demonstration administrator", "says who may do what"),
)

FORMER_EDITORS = (
    (datetime.date(2013, 1, 1), "plumstead@lmc.example", "Margery Plumstead-Oke"),
    (datetime.date(2018, 1, 1), "ramanathan@lmc.example", "Devan Ramanathan-Fox"),
)
"""Who kept the register before, from when."""
PRESENT_EDITOR_SINCE = datetime.date(2023, 1, 1)


def create_demo_accounts() -> dict[datetime.date, User]:
    """Create the accounts; returns the editors by the day from which they kept the register, the earliest first."""
    password = None if settings.PUBLISHED else PASSWORD
    for each in SHOWN:
        User.objects.create_user(each.email, password, name=each.name, is_staff=each.email == ADMINISTRATOR)
    editors = {
        begins: User.objects.create_user(email, None, name=name, is_active=False)
        for begins, email, name in FORMER_EDITORS
    }
    return {**editors, PRESENT_EDITOR_SINCE: User.objects.get(email=EDITOR)}


def accounts_to_show() -> tuple[DemoAccount, ...]:
    """The accounts that visitors may use: none where the demonstration is not loaded or can be reached by others."""
    if settings.PUBLISHED or not User.objects.filter(email=ADMINISTRATOR).exists():
        return ()
    return SHOWN


def demo_sign_in_lines() -> list[str]:
    """How to sign in to the demonstration, a line each."""
    shown = accounts_to_show()
    if not shown:
        return []
    lines = [f"  {each.email:<{max(len(one.email) for one in shown)}}  {each.what}" for each in shown]
    return [f"Sign in at /account/sign-in, always with the password {PASSWORD}:", *lines]
