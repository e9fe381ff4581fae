"""By virtue of what somebody may have a seat: which of the posts that they hold is such as the seat is drawn from."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from ics_leadership.periods import today
from memberships.models import Appointment, DrawnFrom, Person, Seat
from organisations.models import Organisation


def bases_of(person: Person) -> list[Appointment]:
    """Everything that somebody holds, held or is to hold, the latest first: by virtue of any of it they may sit."""
    return bases_of_each([person.pk]).get(person.pk, [])


def bases_of_each(people: Iterable[int]) -> dict[int, list[Appointment]]:
    """The same of several people, by their ids."""
    rows = Appointment.objects.filter(person__in=list(people)).select_related(
        "role__organisation", "role__role_type", "role__of_group__group"
    )
    found: dict[int, list[Appointment]] = {}
    for row in rows.order_by("-period", "pk"):
        found.setdefault(row.person_id, []).append(row)
    return found


def fitting_basis(seat: Seat, held: Sequence[Appointment]) -> Appointment | None:
    """The one appointment of these that is held or to come and such as the seat is drawn from; None for none or several."""
    fits = [row for row in held if is_basis_for(seat, row, today())]
    return fits[0] if len(fits) == 1 else None


def is_basis_for(seat: Seat, held: Appointment, date: datetime.date) -> bool:
    """Whether an appointment that is held on a day, or is to come, is such as a seat is drawn from."""
    if not held.holds(date) and not (held.start_date and held.start_date > date):
        return False
    host: Organisation = held.role.organisation
    if seat.drawn_from == DrawnFrom.ROLE_TYPE:
        return held.role.role_type_id == seat.role_type_id
    if seat.drawn_from == DrawnFrom.KIND:
        return host.kind == seat.organisation_kind
    return seat.drawn_from == DrawnFrom.ORGANISATION and host.pk == seat.organisation_id
