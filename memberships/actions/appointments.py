"""Changes to appointments: who holds which role, how they came to it, who employs and who pays them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, TypedDict, Unpack

from django.core.exceptions import ValidationError

from ics_leadership.facts import Source
from ics_leadership.history import change
from ics_leadership.periods import PartialDate
from ics_leadership.writing import end_with, keep
from memberships.models import Appointment, Deputy, FundingLine, HowAppointed, Membership, Person
from organisations.models import Organisation
from roles.models import FundingSource, Role

if TYPE_CHECKING:
    from ics_leadership.accounts.models import User


class AppointmentFacts(TypedDict, total=False):
    """What may be known of an appointment beside person, role and period."""

    how: HowAppointed
    made_by: Organisation | None
    evidence: str
    employer: Organisation | None
    note: str
    source: Source | None


@dataclass(frozen=True)
class Funding:
    """Money for an appointment, for as long as it lasts where no `start` is given; `annual_amount` in pounds."""

    funding_source: FundingSource
    payer: Organisation | None = None
    sessions_per_week: Decimal | None = None
    annual_amount: Decimal | None = None
    start: PartialDate | None = None
    end: PartialDate | None = None
    source: Source | None = None


def appoint(
    *,
    by: User | None,
    why: str,
    person: Person,
    role: Role,
    start: PartialDate,
    end: PartialDate | None = None,
    funding: Iterable[Funding] = (),
    **facts: Unpack[AppointmentFacts],
) -> Appointment:
    """Put a person into a role. Refused when they certainly hold it already on one of these days."""
    with change(by=by, why=why):
        appointment = keep(Appointment(person=person, role=role, **facts).between(start, end))
        for line in funding:
            add_funding_line(by=by, why=why, appointment=appointment, funding=line)
        return appointment


def correct_appointment(
    *,
    by: User | None,
    why: str,
    appointment: Appointment,
    start: PartialDate,
    end: PartialDate | None,
    **facts: Unpack[AppointmentFacts],
) -> Appointment:
    """Say an appointment's dates anew, and what else was recorded wrongly; what is left out stays.

    Money from its first day, or until its last, moves with that. Refused when other money would certainly fall outside.
    """
    former_start, former_end = appointment.start, appointment.end
    with change(by=by, why=why):
        keep(appointment.between(start, end), **facts)
        move_money(appointment, former_start, former_end)
        return appointment


def move_money(appointment: Appointment, former_start: PartialDate, former_end: PartialDate | None) -> None:
    """Let lines that shared the former start or end share the new; ValidationError where one then lies outside."""
    if (appointment.start, appointment.end) == (former_start, former_end):
        return
    lines = FundingLine.objects.filter(appointment=appointment)
    for line in lines:
        shared_start, shared_end = line.start == former_start, line.end == former_end
        if shared_start or shared_end:
            try:
                line.between(
                    appointment.start if shared_start else line.start, appointment.end if shared_end else line.end
                )
            except ValidationError:
                raise _outside(line) from None
            keep(line)
    _refuse_money_outside(appointment)


def _refuse_money_outside(appointment: Appointment) -> None:
    """Raises ValidationError where a line is certainly for days outside its appointment."""
    lines = FundingLine.objects.filter(appointment=appointment)
    # Only what is certain contradicts: "from 2021" may well be from the April in which the appointment began.
    inside = {"period__overlap": appointment.period, "certain__contained_by": appointment.period}
    outside: FundingLine | None = lines.exclude(**inside).first()
    if outside:
        raise _outside(outside)


def _outside(line: FundingLine) -> ValidationError:
    return ValidationError(
        f"The money “{line.funding_source}” would be for days outside the appointment. Correct it first.",
        code="money_outside",
    )


def end_appointment(*, by: User | None, why: str, appointment: Appointment, end: PartialDate) -> Appointment:
    """End an appointment and the money for it. Seats held by virtue of it stay, for people to decide about."""
    with change(by=by, why=why):
        end_with(FundingLine.objects.filter(appointment=appointment), end)
        return keep(appointment.between(appointment.start, end))


def leave(*, by: User | None, why: str, appointment: Appointment, end: PartialDate) -> Appointment:
    """End an appointment, and on the same day the seats held by virtue of it that would go on."""
    with change(by=by, why=why):
        for membership in Membership.objects.filter(basis_appointment=appointment):
            end_with(Deputy.objects.filter(membership=membership), end)
        end_with(Membership.objects.filter(basis_appointment=appointment), end)
        return end_appointment(by=by, why=why, appointment=appointment, end=end)


def add_funding_line(*, by: User | None, why: str, appointment: Appointment, funding: Funding) -> FundingLine:
    """Say who pays for an appointment."""
    start, end = (funding.start, funding.end) if funding.start else (appointment.start, appointment.end)
    with change(by=by, why=why):
        line = FundingLine(
            appointment=appointment,
            funding_source=funding.funding_source,
            payer=funding.payer,
            sessions_per_week=funding.sessions_per_week,
            annual_amount=funding.annual_amount,
            source=funding.source,
        )
        return keep(line.between(start, end))


class FundingFacts(TypedDict, total=False):
    """What may be known of money for an appointment; `annual_amount` in pounds."""

    funding_source: FundingSource
    payer: Organisation | None
    sessions_per_week: Decimal | None
    annual_amount: Decimal | None
    source: Source | None


def correct_funding_line(
    *,
    by: User | None,
    why: str,
    line: FundingLine,
    start: PartialDate | None = None,
    end: PartialDate | None = None,
    **facts: Unpack[FundingFacts],
) -> FundingLine:
    """Say anew who pays, from which pot, for how many sessions or how much; what is left out stays.

    With a `start` the dates are said anew too. Refused for days that are certainly outside the appointment's.
    """
    with change(by=by, why=why):
        keep(line.between(start, end) if start else line, **facts)
        _refuse_money_outside(line.appointment)
        return line
