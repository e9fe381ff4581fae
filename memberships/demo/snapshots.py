"""What was frozen in the demonstration to cite it: by an analyst the role map of a day for a report, later who sat on one group, and
what a year had changed; by an editor, for herself, what did not add up on the day on which the demonstration was made.
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
from memberships.frozen import FrozenTable
from memberships.models import Group
from organisations.rights import Rights

ROLE_MAP_FROZEN_AT = datetime.datetime(2025, 7, 10, 13, 5, tzinfo=datetime.UTC)
GROUP_FROZEN_AT = datetime.datetime(2026, 2, 3, 9, 40, tzinfo=datetime.UTC)
YEAR_FROZEN_AT = datetime.datetime(2026, 2, 3, 9, 55, tzinfo=datetime.UTC)


def freeze_demo_exports() -> None:
    """Freeze all four. They are read by a connection of their own, so that the register has to be there already."""
    group = Group.objects.get(name="Marlshire GP Leadership Group")
    _freeze_of_then("role-map", ROLE_MAP_FROZEN_AT, as_at="2025-06-30")
    _freeze_of_then("memberships", GROUP_FROZEN_AT, as_at="2025-12-31", group=group.slug)
    _freeze_of_then("compare", YEAR_FROZEN_AT, from_day="2024-12-31", to_day="2025-12-31")
    editor = User.objects.get(email=demo_accounts.EDITOR)
    freeze(by=editor, frozen=_to_freeze(editor, "findings"))


def _freeze_of_then(resource: str, at: datetime.datetime, **asked: str) -> None:
    """What a resource said at a moment to what is asked of it, frozen then by the analyst."""
    analyst = User.objects.get(email=demo_accounts.ANALYST)
    at = min(at, timezone.now())
    frozen = _to_freeze(analyst, resource, **asked, known_at=at.isoformat())
    freeze(by=analyst, frozen=replace(frozen, export=replace(frozen.export, made_at=at)))


def _to_freeze(by: User, resource: str, **asked: str) -> FrozenTable:
    """What a resource says to somebody who asks it, as CSV."""
    request: Any = HttpRequest()
    request.GET = QueryDict(mutable=True)
    request.GET.update(asked | {"format": "csv"})
    request.as_at = day_asked(request)
    request.user, request.rights = by, Rights(by)
    frozen = to_freeze(request, f"api-{resource}")
    assert isinstance(frozen, FrozenTable)
    return frozen
