"""Flows about roles: a new one, its name, its remit, its end, that it is vacant; and who pays a holder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, Q
from django.http import Http404
from django.urls import reverse

from ics_leadership.periods import ONE_DAY, PartialDate, today
from ics_leadership.words import day_words, period_words
from memberships import actions
from memberships.actions import Funding
from memberships.flows import Consequence, Flow
from memberships.forms.appointments import FundingForm
from memberships.forms.roles import (
    ENDS,
    CorrectRoleForm,
    EndRoleForm,
    NewRoleForm,
    RemitForm,
    RoleTypeForm,
    VacantForm,
)
from memberships.models import Appointment, FundingLine, Membership
from memberships.outcomes import Concerned
from memberships.presenters.reasons import Piece
from memberships.rights import may_change
from memberships.views.change.appointments import OfAppointment, link_to, role_links
from organisations.rights import Rights
from roles import actions as role_actions
from roles.models import Remit, Role, RoleType

FUNDING_FACTS = ("funding_source", "payer", "sessions_per_week", "annual_amount")


class NewRole(Flow):
    """A post that the register does not hold yet."""

    form_class = NewRoleForm
    title = "Add a role"

    def check_rights(self, data: dict[str, Any], rights: Rights) -> None:
        # A post elsewhere is added when one of the area's leaders takes it up: it is nobody's until then.
        if (
            data["organisation"].end_date
            and data["start"].first_day
            and data["start"].first_day > data["organisation"].end_date
        ):
            raise ValidationError(
                {"start": f"{data['organisation']} ended on {day_words(data['organisation'].end_date)}."}
            )

    def concerned(self, data: dict[str, Any]) -> Concerned:
        return Concerned(organisations={data["organisation"].pk})

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        usual = {name: data[name] for name in ("acts_for", "open_to") if data[name]}
        return role_actions.add_role(
            title=data["title"] or data["role_type"].name,
            role_type=data["role_type"],
            organisation=data["organisation"],
            start=data["start"],
            end=data["end"],
            summary=data["summary"],
            pathway=data["pathway"],
            functions=self.form.parts(),
            **usual,
            **who,
        )

    def done(self, result: Model) -> str:
        return f"Recorded: {result}. Nobody holds it yet."

    def way_back(self) -> str:
        return "/roles"


class CorrectRoleType(Flow):
    """What is usual for a type of role, wherever it is; for administrators, because it is of no area."""

    form_class = RoleTypeForm
    facts = ("name", "plural", "acts_for", "open_to", "accountable", "leads")

    def load(self, **address: Any) -> None:
        found = RoleType.objects.filter(slug=address["slug"]).first()
        if found is None:
            raise Http404("The register has no type of role at this address.")
        self.role_type: RoleType = found
        self.title = f"{found}: correct the type of role"

    def is_permitted(self, rights: Rights) -> bool:
        return may_change(self.role_type, rights)

    def rests_on(self) -> Sequence[Model]:
        return (self.role_type,)

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.role_type, name) for name in self.facts}

    def concerned(self, data: dict[str, Any]) -> Concerned:
        roles = Role.objects.filter(role_type=self.role_type)
        return Concerned(
            roles=set(roles.values_list("pk", flat=True)),
            organisations=set(roles.values_list("organisation", flat=True)),
        )

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        facts = {name: data[name] for name in self.facts}
        # A row anew: a trial writes into the one that it is given.
        return role_actions.correct_role_type(role_type=RoleType.objects.get(pk=self.role_type.pk), **facts, **who)

    def address_after(self, result: Model) -> str:
        return reverse("role-types")

    def way_back(self) -> str:
        return reverse("role-types")


class OfRole(Flow):
    """A flow about one role."""

    def load(self, **address: Any) -> None:
        found = Role.objects.select_related("organisation", "role_type").filter(slug=address["role"]).first()
        if found is None:
            raise Http404("The register has no role at this address.")
        self.role: Role = found

    def is_permitted(self, rights: Rights) -> bool:
        return may_change(self.role, rights)

    def rests_on(self) -> Sequence[Model]:
        return (self.role,)

    def about(self) -> Sequence[tuple[str, Sequence[Piece]]]:
        return (("Role", role_links(self.role)),)

    def concerned(self, data: dict[str, Any]) -> Concerned:
        return Concerned(roles={self.role.pk})

    def address_after(self, result: Model) -> str:
        return self.role.get_absolute_url()

    def way_back(self) -> str:
        return self.role.get_absolute_url()

    def held_on_or_after(self, day: Any) -> list[Appointment]:
        """The appointments to the role that go on to that day or beyond."""
        rows = Appointment.objects.filter(role=self.role).filter(Q(period__endswith=None) | Q(period__endswith__gt=day))
        return list(rows.select_related("person").order_by("period", "pk"))


class CorrectRole(OfRole):
    """What a role is called, or was written down wrongly."""

    form_class = CorrectRoleForm
    facts = ("title", "role_type", "organisation")

    def load(self, **address: Any) -> None:
        super().load(**address)
        self.title = f"{self.role}: correct"

    def initial(self) -> dict[str, Any]:
        return {"start": self.role.start, "end": self.role.end} | {
            name: getattr(self.role, name) for name in self.facts
        }

    def check_rights(self, data: dict[str, Any], rights: Rights) -> None:
        moved = data["organisation"] != self.role.organisation
        if moved and not rights.may_edit_organisation(data["organisation"]):
            raise ValidationError({"organisation": f"{data['organisation']} is outside your area."})

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        facts = {name: data[name] for name in self.facts}
        return role_actions.correct_role(role=self.role, start=data["start"], end=data["end"], **facts, **who)


class NewRemit(OfRole):
    """A new version of what a role is responsible for."""

    form_class = RemitForm

    def load(self, **address: Any) -> None:
        super().load(**address)
        self.title = f"{self.role}: a new remit"

    def initial(self) -> dict[str, Any]:
        last: Remit | None = Remit.objects.filter(role=self.role).order_by("-period").first()
        if last is None:
            return {"acts_for": self.role.role_type.acts_for, "open_to": self.role.role_type.open_to}
        parts = {f"function_{each.function_id}": each.part for each in last.functions.all()}
        facts = {name: getattr(last, name) for name in ("acts_for", "open_to", "summary")}
        return parts | facts | {"pathway": last.pathway_id}

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        facts = {name: data[name] for name in ("acts_for", "open_to", "pathway", "summary", "start", "end")}
        return role_actions.new_remit_version(role=self.role, functions=self.form.parts(), **facts, **who)


class EndRole(OfRole):
    """A post that exists no longer."""

    form_class = EndRoleForm

    def load(self, **address: Any) -> None:
        super().load(**address)
        self.title = f"{self.role} ends"
        self.holders = self.held_on_or_after(today())

    def rests_on(self) -> Sequence[Model]:
        return (self.role, *self.holders)

    def form_options(self) -> dict[str, Any]:
        return {"holders": self.holders}

    def concerned(self, data: dict[str, Any]) -> Concerned:
        after = (data["end"].last_day or today()) + ONE_DAY
        return Concerned(roles={self.role.pk}, date=max(today(), after))

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        for held in self.holders:
            if data[f"holder_{held.pk}"] == ENDS:
                actions.leave(appointment=held, end=data["end"], **who)
        return role_actions.end_role(role=self.role, end=data["end"], **who)


class VacantSince(OfRole):
    """A post that nobody holds since a day: whoever is recorded beyond it left on its eve."""

    form_class = VacantForm

    def load(self, **address: Any) -> None:
        super().load(**address)
        self.title = f"{self.role} is vacant"
        self.holders = self.held_on_or_after(today())

    def rests_on(self) -> Sequence[Model]:
        return (self.role, *self.holders)

    def concerned(self, data: dict[str, Any]) -> Concerned:
        first_day = data["start"].first_day or today()
        return Concerned(roles={self.role.pk}, date=max(today(), first_day))

    def consequences(self, data: dict[str, Any]) -> Sequence[Consequence]:
        seats = Membership.objects.filter(basis_appointment__in=self._leaving(data)).select_related(
            "seat__terms__group", "person"
        )
        lines = [(link_to(seat.seat.terms.group), Piece(f": {seat.person}, “{seat.seat}”.")) for seat in seats]
        return [Consequence("Seats that this empties", lines, "warning")] if lines else []

    def _leaving(self, data: dict[str, Any]) -> list[Appointment]:
        first_day = data["start"].first_day
        return self.held_on_or_after(first_day) if first_day else []

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        end: PartialDate | None = data["start"].eve
        if end is None:
            raise ValidationError({"start": "Say since when, as well as it is known: “by May 2024” will do."})
        leaving = self._leaving(data)
        if not leaving:
            raise ValidationError(
                "Nobody is recorded in this role on or after that day: the register says already that it is vacant."
            )
        for held in leaving:
            if held.start_date and data["start"].first_day and held.start_date >= data["start"].first_day:
                raise ValidationError(
                    f"{held.person} is recorded {period_words(held, today())}. If they never took it up, withdraw that first."
                )
            actions.leave(appointment=held, end=end, **who)
        return self.role

    def done(self, result: Model) -> str:
        return f"Recorded: nobody holds {self.role} since then."


class FundAppointment(OfAppointment):
    """Who pays for an appointment."""

    form_class = FundingForm

    def load(self, **address: Any) -> None:
        super().load(**address)
        self.title = f"Who pays {self.appointment.person} as {self.appointment.role}"

    def concerned(self, data: dict[str, Any]) -> Concerned:
        return Concerned(people={self.appointment.person_id}, roles={self.appointment.role_id})

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        start, end = data["start"] or self.appointment.start, data["end"] or self.appointment.end
        funding = Funding(**{name: data[name] for name in FUNDING_FACTS}, start=start, end=end)
        return actions.add_funding_line(appointment=self.appointment, funding=funding, **who)


class CorrectFunding(OfAppointment):
    """Money that is paid otherwise, or was written down wrongly."""

    form_class = FundingForm

    def load(self, **address: Any) -> None:
        line = FundingLine.objects.filter(pk=address["pk"]).first()
        if line is None:
            raise Http404("The register has no such funding. It may have been withdrawn.")
        super().load(pk=line.appointment_id)
        self.line: FundingLine = line
        self.title = f"{self.appointment.person}: correct who pays, or until when"

    def rests_on(self) -> Sequence[Model]:
        return (self.line, self.appointment)

    def initial(self) -> dict[str, Any]:
        line = self.line
        return {
            "funding_source": line.funding_source_id,
            "payer": line.payer,
            "sessions_per_week": line.sessions_per_week,
            "annual_amount": line.annual_amount,
            "start": line.start,
            "end": line.end,
        }

    def concerned(self, data: dict[str, Any]) -> Concerned:
        return Concerned(people={self.appointment.person_id}, roles={self.appointment.role_id})

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        facts = {name: data[name] for name in FUNDING_FACTS}
        start, end = data["start"] or self.appointment.start, data["end"] or self.appointment.end
        return actions.correct_funding_line(line=self.line, start=start, end=end, **facts, **who)
