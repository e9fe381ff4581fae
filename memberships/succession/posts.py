"""The roles and seats that are looked at: whose terms end soon, or which nobody holds; each with its row."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from memberships import outlook
from memberships.going_on import last_of
from memberships.models import Appointment, Group, Membership
from memberships.rules.scope import PLACE_OF_SEAT
from organisations.models import Organisation
from roles.models import Role

Post = tuple[str, int]
"""`appointment` or `membership`, and its number; `role` for a role that nobody holds."""


def posts_ending(
    date: datetime.date,
    until: datetime.date | None,
    *,
    inside: Any = None,
    kind: str = "",
    group: Group | None = None,
    role: Role | None = None,
) -> list[Post]:
    """The posts in kept areas whose terms end from `date` to `until`, the next first. Of one role, and of one group where
    `until` is None, whenever they end. A seat is that with which somebody's time at the table ends (`going_on`).
    """
    last = until or datetime.date.max - datetime.timedelta(days=1)
    if role:
        rows = _ending_of(Appointment.objects.as_at(date).filter(role=role, role__organisation__in=_kept(date)))
        found = [("appointment", pk) for _, pk in rows]
        is_kept = Organisation.objects.kept_on(date).filter(pk=role.organisation_id).exists()
        return found or ([("role", role.pk)] if is_kept and role.holds(date) else [])
    found_on: list[tuple[datetime.date, str, int]] = []
    if kind != "seats":
        roles = outlook.roles_ending(date, inside, until=last)
        roles = roles.filter(role__of_group__group=group) if group else roles
        found_on += [(end, "appointment", pk) for end, pk in _ending_of(roles)]
    if kind != "roles":
        seats = outlook.seats_ending(date, inside, until=last)
        if group and until is None:
            sitting = Membership.objects.as_at(date).annotate(place=PLACE_OF_SEAT).filter(place__in=_kept(date))
            seats = last_of(sitting)
        seats = seats.filter(seat__terms__group=group) if group else seats
        found_on += [(end or datetime.date.max, "membership", pk) for end, pk in _ending_of(seats)]
    return [(what, pk) for _, what, pk in sorted(found_on)]


def _ending_of(rows: Any) -> list[tuple[Any, int]]:
    return list(rows.order_by("period__endswith", "pk").values_list("period__endswith", "pk"))


def _kept(date: datetime.date) -> Any:
    return Organisation.objects.kept_on(date).values("pk")


WITH_ROLE = ("organisation", "role_type", "of_group__group")
"""What is read with a role."""


def loaded(posts: Sequence[Post], date: datetime.date) -> list[Any]:
    """The rows of the posts, in their order, with what a page says of them: appointments, memberships and roles."""
    by_kind = {what: [pk for each, pk in posts if each == what] for what in ("appointment", "membership", "role")}
    held = Appointment.objects.with_remit(date).filter(pk__in=by_kind["appointment"])
    seats = Membership.objects.annotate(place=PLACE_OF_SEAT).filter(pk__in=by_kind["membership"])
    found: dict[Post, Any] = {
        ("appointment", row.pk): row for row in held.select_related("person", *(f"role__{name}" for name in WITH_ROLE))
    }
    found |= {
        ("membership", row.pk): row
        for row in seats.select_related(
            "person",
            "seat__terms__group__covers",
            "seat__terms__group__host",
            "seat__role_type",
            "seat__organisation",
            "seat__group",
            "basis_appointment__role__organisation",
            "put_forward_by",
        )
    }
    if by_kind["role"]:
        vacant = Role.objects.with_remit(date).filter(pk__in=by_kind["role"]).select_related(*WITH_ROLE)
        found |= {("role", row.pk): row for row in vacant}
    return [found[post] for post in posts]


def role_of(row: Any) -> Role | None:
    """The role of the row of a post, if it is one."""
    if isinstance(row, Role):
        return row
    return row.role if isinstance(row, Appointment) else None


def place_of_post(row: Any) -> int:
    """The id of the organisation in whose area a post lies."""
    if isinstance(row, Membership):
        return int(row.place)  # type: ignore[attr-defined]
    return int(getattr(role_of(row), "organisation_id", 0))
