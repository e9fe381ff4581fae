"""Flows about appointments: somebody steps down, is appointed, has a term extended or corrected; a post is vacant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Model, Q
from django.http import Http404

from ics_leadership.periods import ONE_DAY, PartialDate, Precision, today
from ics_leadership.words import day_words, list_words, period_words
from memberships import actions
from memberships.actions import Funding
from memberships.flows import ChangeForm, Consequence, Flow
from memberships.forms.appointments import (
    ENDS,
    LEAVES,
    STAYS,
    AppointForm,
    CorrectAppointmentForm,
    StepDownForm,
    seat_words,
)
from memberships.models import Appointment, Deputy, Membership, Person, Seat
from memberships.newcomers import add_newcomer
from memberships.outcomes import Concerned
from memberships.presenters.reasons import Piece
from memberships.rights import leads_here, may_change
from memberships.views.change.namesakes import namesakes_of_newcomer
from organisations.models.areas import around
from organisations.rights import Rights
from roles.models import Role


def link_to(row: Any) -> Piece:
    """A record by its name, leading to its page."""
    return Piece(str(row), row.get_absolute_url())


def role_links(role: Role) -> tuple[Piece, ...]:
    """A role, and the body that hosts it where the title does not say that."""
    hosted = any(name in role.title for name in (role.organisation.name, role.organisation.short_name) if name)
    return (link_to(role),) if hosted else (link_to(role), Piece(", "), link_to(role.organisation))


class OfAppointment(Flow):
    """A flow about one appointment."""

    def load(self, **address: Any) -> None:
        rows = Appointment.objects.select_related("person", "role__organisation", "role__role_type")
        found = rows.filter(pk=address["pk"]).first()
        if found is None:
            raise Http404("The register has no such appointment. It may have been withdrawn.")
        self.appointment: Appointment = found

    def is_permitted(self, rights: Rights) -> bool:
        return may_change(self.appointment, rights)

    def rests_on(self) -> Sequence[Model]:
        return (self.appointment,)

    def about(self) -> Sequence[tuple[str, Sequence[Piece]]]:
        role = self.appointment.role
        return (
            ("Who", (link_to(self.appointment.person),)),
            ("Role", role_links(role)),
            ("In post", (Piece(period_words(self.appointment, today())),)),
        )

    def address_after(self, result: Model) -> str:
        return self.appointment.person.get_absolute_url()

    def way_back(self) -> str:
        return self.appointment.person.get_absolute_url()


class StepDown(OfAppointment):
    """Somebody steps down: their appointment ends, and with it the seats that rest on it unless somebody says otherwise."""

    form_class = StepDownForm

    def load(self, **address: Any) -> None:
        super().load(**address)
        self.title = f"{self.appointment.person} leaves"
        rows = Membership.objects.filter(basis_appointment=self.appointment).filter(
            Q(period__endswith=None) | Q(period__endswith__gt=today())
        )
        self.seats: list[Membership] = list(
            rows.select_related("seat__terms__group", "person").order_by("seat__terms__group__name", "pk")
        )

    def rests_on(self) -> Sequence[Model]:
        return (self.appointment, *self.seats)

    def form_options(self) -> dict[str, Any]:
        others = Appointment.objects.as_at(today()).filter(person=self.appointment.person)
        others = others.exclude(pk=self.appointment.pk).select_related("role__organisation").order_by("role__title")
        return {"seats": self.seats, "others": list(others)}

    def initial(self) -> dict[str, Any]:
        return {"end": PartialDate(today())}

    def concerned(self, data: dict[str, Any]) -> Concerned:
        last_day = data["end"].last_day or today()
        return Concerned(
            people={self.appointment.person_id},
            roles={self.appointment.role_id},
            groups={membership.seat.terms.group_id for membership in self.seats},
            date=max(today(), last_day + ONE_DAY),
        )

    def consequences(self, data: dict[str, Any]) -> Sequence[Consequence]:
        role, after = self.appointment.role, (data["end"].last_day or today()) + ONE_DAY
        left = Appointment.objects.as_at(after).filter(role=role).exclude(pk=self.appointment.pk)
        names = [held.person.name for held in left.select_related("person")]
        if successor := data.get("successor"):
            names.append(successor.name)
        if names:
            lines = [(link_to(role), Piece(f" is then held by {list_words(names)}."))]
            found = [Consequence("Who holds the role afterwards", lines)]
        else:
            lines = [(link_to(role), Piece(f" {vacancy_words(data['end'])}."))]
            found = [Consequence("What falls vacant", lines, "warning")]
        return [*namesakes_of_newcomer(data.get("successor")), *found, *self._seats(data)]

    def _seats(self, data: dict[str, Any]) -> list[Consequence]:
        deputies: dict[int, list[str]] = {}
        for deputy in Deputy.objects.as_at(today()).filter(membership__in=self.seats).select_related("person"):
            deputies.setdefault(deputy.membership_id, []).append(deputy.person.name)
        ending: list[Sequence[Piece]] = []
        staying: list[Sequence[Piece]] = []
        for membership in self.seats:
            group = membership.seat.terms.group
            words = [link_to(group), Piece(f": {membership.seat.get_category_display().lower()}, “{membership.seat}”.")]
            if names := deputies.get(membership.pk):
                words.append(Piece(f" Deputy: {list_words(names)}."))
            (ending if data[f"seat_{membership.pk}"] == ENDS else staying).append(words)
        found = []
        if ending:
            found.append(Consequence("Seats that this empties", ending, "warning"))
        if staying:
            found.append(Consequence("Seats that they keep", staying))
        return found

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        for membership in self.seats:
            choice = data[f"seat_{membership.pk}"]
            if choice == ENDS:
                actions.end_membership(membership=membership, end=data["end"], **who)
            elif choice != STAYS:
                other = Appointment.objects.get(pk=choice, person=self.appointment.person)
                actions.seat_on_another_basis(membership=membership, basis=other, after=data["end"], **who)
        ended = actions.end_appointment(appointment=self.appointment, end=data["end"], **who)
        if successor := data.get("successor"):
            begins = PartialDate(data["end"].last_day + ONE_DAY)
            actions.appoint(
                person=add_newcomer(successor, **who),
                role=self.appointment.role,
                start=begins,
                how=data["successor_how"],
                **who,
            )
        return ended

    def done(self, result: Model) -> str:
        return f"Recorded: {self.appointment.person} is no longer {self.appointment.role} after that day. Nothing of what was there is lost."


class Appoint(Flow):
    """Somebody is appointed to a role: alone, in a job share, or in the place of whoever held it."""

    form_class = AppointForm
    title = "Somebody is appointed"

    def load(self, **address: Any) -> None:
        self.person = self.role = None
        if slug := address.get("role"):
            self.role = Role.objects.filter(slug=slug).first()
            if self.role is None:
                raise Http404("The register has no role at this address.")
            self.title = f"Somebody becomes {self.role}"
        if slug := address.get("person"):
            self.person = Person.objects.filter(slug=slug).first()
            if self.person is None:
                raise Http404("The register has no person at this address.")
            self.title = f"{self.person} takes up a role"

    def initial(self) -> dict[str, Any]:
        return {"person": self.person, "role": self.role}

    def _chosen(self) -> Role | None:
        """The role that was chosen in the form, or that the address names."""
        if self.request.method == "GET":
            return self.role
        chosen: Role | None = self.picked("role")
        return chosen

    def form_options(self) -> dict[str, Any]:
        role = self._chosen()
        return {"role": role, "holders": self.holders(role), "seats": seats_going_with(role) if role else []}

    def holders(self, role: Role | None) -> list[Appointment]:
        """Who holds a role today, and goes on to."""
        held = Appointment.objects.as_at(today()).filter(role=role, period__endswith=None)
        return list(held.select_related("person").order_by("pk")) if role else []

    def rests_on(self) -> Sequence[Model]:
        return tuple(self.holders(self._chosen()))

    def asks_more(self, form: ChangeForm) -> bool:
        assert isinstance(form, AppointForm)
        role = form.cleaned_data["role"]
        asked = self.request.POST.get("asked_about") == str(role.pk)
        return not asked and bool(form.holders or form.has_seats)

    def check_rights(self, data: dict[str, Any], rights: Rights) -> None:
        role, person = data["role"], data["person"]
        ours = isinstance(person, Person) and (leads_here(person, rights) or may_change(person, rights))
        if not rights.may_edit_organisation(role.organisation) and not ours:
            raise ValidationError(
                f"{role.organisation} is outside your area, and so is this person. Their own editors record it."
            )

    def concerned(self, data: dict[str, Any]) -> Concerned:
        first_day = data["start"].first_day or today()
        return Concerned(roles={data["role"].pk}, date=max(today(), first_day))

    def consequences(self, data: dict[str, Any]) -> Sequence[Consequence]:
        lines = []
        for held in self.holders(data["role"]):
            leaves = data.get(f"holder_{held.pk}") == LEAVES
            lines.append(
                (link_to(held.person), Piece(" leaves the role the day before." if leaves else " shares the role."))
            )
        now = [Consequence("Who holds it now", lines)] if lines else []
        return [*namesakes_of_newcomer(data["person"]), *now]

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        role, start = data["role"], data["start"]
        for held in self.holders(role):
            if data.get(f"holder_{held.pk}") == LEAVES:
                actions.leave(appointment=held, end=start.eve, **who)
        funding = []
        if data["funding_source"]:
            funding.append(
                Funding(data["funding_source"], data["payer"], data["sessions_per_week"], data["annual_amount"])
            )
        facts = {name: data[name] for name in ("how", "made_by", "evidence", "employer", "note")}
        appointment = actions.appoint(
            person=add_newcomer(data["person"], **who),
            role=role,
            start=start,
            end=data["end"],
            funding=funding,
            **facts,
            **who,
        )
        for seat in Seat.objects.filter(pk__in=data.get("seats") or ()).select_related("terms"):
            actions.seat_member(
                seat=seat, person=appointment.person, basis=appointment, start=start, end=data["end"], **who
            )
        return appointment

    def done(self, result: Model) -> str:
        assert isinstance(result, Appointment)
        return f"Recorded: {result.person} as {result.role}."

    def address_after(self, result: Model) -> str:
        assert isinstance(result, Appointment)
        return result.person.get_absolute_url()

    def way_back(self) -> str:
        named = self.role or self.person
        return named.get_absolute_url() if named else "/record"


def vacancy_words(end: PartialDate) -> str:
    """When a role falls vacant whose last holder leaves then, no more exactly than that is known.

    >>> from datetime import date
    >>> vacancy_words(PartialDate(date(2024, 5, 31), Precision.BY)), vacancy_words(PartialDate(date(2024, 5, 31)))
    ('is vacant since 1 June 2024 or earlier', 'is vacant since 1 June 2024')
    """
    if end.last_day is None or end.precision == Precision.UNKNOWN:
        return "is vacant, since a day that is not known"
    after = end.last_day + ONE_DAY
    if end.precision == Precision.DAY:
        return f"{'is vacant since' if after <= today() else 'falls vacant on'} {day_words(after)}"
    return (
        f"is vacant since {day_words(after)} or earlier" if after <= today() else f"falls vacant by {day_words(after)}"
    )


def seats_going_with(role: Role) -> list[tuple[Seat, bool]]:
    """The seats of terms in force that a holder of this role takes up: those that its holders have or had (True), and
    those drawn from its type in groups that cover where it is (False).
    """
    seats = Seat.objects.filter(terms__period__contains=today(), terms__group__period__contains=today())
    seats = seats.select_related("terms__group").order_by("terms__group__name", "order")
    places = around([role.organisation_id], today())
    had = seats.filter(memberships__basis_appointment__role=role).distinct()
    usual = {seat.pk for seat in had}
    drawn = seats.filter(role_type=role.role_type).filter(
        Q(terms__group__covers__in=places) | Q(terms__group__covers=None, terms__group__host__in=places)
    )
    return [(seat, True) for seat in had] + [(seat, False) for seat in drawn if seat.pk not in usual]


class CorrectAppointment(OfAppointment):
    """A term is extended, or was written down wrongly."""

    form_class = CorrectAppointmentForm
    facts = ("how", "made_by", "evidence", "employer", "note")

    def load(self, **address: Any) -> None:
        super().load(**address)
        self.title = f"{self.appointment.person}: extend or correct the term"

    def initial(self) -> dict[str, Any]:
        held = self.appointment
        return {"start": held.start, "end": held.end} | {name: getattr(held, name) for name in self.facts}

    def concerned(self, data: dict[str, Any]) -> Concerned:
        return Concerned(people={self.appointment.person_id}, roles={self.appointment.role_id})

    def consequences(self, data: dict[str, Any]) -> Sequence[Consequence]:
        seats = Membership.objects.filter(
            basis_appointment=self.appointment, period__endswith=F("basis_appointment__period__endswith")
        )
        lines = [
            (link_to(seat.seat.terms.group), Piece(f": {seat_words(seat.seat)}, {period_words(seat, today())}."))
            for seat in seats.select_related("seat__terms__group")
        ]
        if not lines or data["end"] == self.appointment.end:
            return []
        return [Consequence("Seats that end with the term move with it", lines)]

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        former, facts = self.appointment.end, {name: data[name] for name in self.facts}
        seats = list(Membership.objects.filter(basis_appointment=self.appointment))
        corrected = actions.correct_appointment(
            appointment=self.appointment, start=data["start"], end=data["end"], **facts, **who
        )
        for membership in seats:
            if former and membership.end == former and data["end"] != former:
                actions.correct_membership(membership=membership, start=membership.start, end=data["end"], **who)
        return corrected

    def done(self, result: Model) -> str:
        return f"Recorded: {self.appointment.person} as {self.appointment.role}, {period_words(self.appointment, today())}."
