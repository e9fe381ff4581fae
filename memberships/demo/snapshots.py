"""What an analyst of the demonstration froze to cite it: the role map of a day for a report, later who sat on one group, and what a
year had changed.
"""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from ics_leadership.accounts import demo_accounts
from ics_leadership.accounts.models import User
from ics_leadership.as_at import day_asked
from memberships.actions.snapshots import freeze
from memberships.freezing import to_freeze
from memberships.models import Group
from organisations.rights import Rights

ROLE_MAP_FROZEN_AT = datetime.datetime(2025, 7, 10, 13, 5, tzinfo=datetime.UTC)
GROUP_FROZEN_AT = datetime.datetime(2026, 2, 3, 9, 40, tzinfo=datetime.UTC)
YEAR_FROZEN_AT = datetime.datetime(2026, 2, 3, 9, 55, tzinfo=datetime.UTC)


def freeze_demo_exports() -> None:
    """Freeze all three. They are read by a connection of their own, so that the register has to be there already."""
    group = Group.objects.get(name="Marlshire GP Leadership Group")
    _freeze("role-map", ROLE_MAP_FROZEN_AT, as_at="2025-06-30")
    _freeze("memberships", GROUP_FROZEN_AT, as_at="2025-12-31", group=group.slug)
    _freeze("compare", YEAR_FROZEN_AT, from_day="2024-12-31", to_day="2025-12-31")


def _freeze(resource: str, at: datetime.datetime, **asked: str) -> None:
    """What a resource said at a moment to what is asked of it, frozen then."""
    analyst = User.objects.get(email=demo_accounts.ANALYST)
    at = min(at, timezone.now())
    request: Any = HttpRequest()
    request.GET = QueryDict(mutable=True)
    request.GET.update(asked | {"format": "csv", "known_at": at.isoformat()})
    request.as_at = day_asked(request)
    request.user, request.rights = analyst, Rights(analyst)
    frozen = to_freeze(request, f"api-{resource}")
    freeze(by=analyst, frozen=replace(frozen, export=replace(frozen.export, made_at=at)))
