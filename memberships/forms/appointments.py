"""Forms about appointments: somebody steps down, is appointed, stays longer or shorter than was written, is paid."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from ics_leadership.forms import EndField, PickerField, StartField
from memberships.flows import ChangeForm
from memberships.models import Appointment, HowAppointed, Membership, Seat
from memberships.pickers import NAME_HINT, ORGANISATIONS, PEOPLE, ROLES
from memberships.presenters.holdings import role_words
from roles.models import FundingSource, Role

ENDS, STAYS = "ends", "stays"
LEAVES, SHARES = "leaves", "shares"
HOW_CHOICES = [("", "Not recorded"), *HowAppointed.choices]


def seat_words(seat: Seat) -> str:
    """A seat as a list of choices names it."""
    return f"{seat.get_category_display()} of {seat.terms.group}"


class StepDownForm(ChangeForm):
    """Somebody leaves a role: when, what becomes of the seats that rest on it, and who takes over if that is known."""

    reasons = ("Stepped down", "Term ended", "Moved to another post", "Retired", "Died", "The post ended")
    more = ("successor", "successor_how")

    end = EndField(
        label="Last day in post",
        required=True,
        help_text="That day included: “30 November 2026”, “November 2026”, “by May 2024” or “left, date not known”.",
    )
    successor = PickerField(
        PEOPLE,
        label="Who takes over",
        required=False,
        offers_new=True,
        help_text="Their appointment begins the day after. It can be recorded later.",
    )
    successor_how = forms.ChoiceField(label="How they come to it", choices=HOW_CHOICES, required=False)

    def __init__(
        self, *arguments: Any, seats: Sequence[Membership], others: Sequence[Appointment], **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        self.seats = seats
        for membership in seats:
            choices = [(ENDS, "Ends the same day"), (STAYS, "Stays, to be decided later")]
            choices += [(str(other.pk), f"Goes on, as {role_words(other.role)}") for other in others]
            self.fields[f"seat_{membership.pk}"] = forms.ChoiceField(
                label=f"Their seat: {seat_words(membership.seat)}",
                choices=choices,
                initial=ENDS,
                widget=forms.RadioSelect,
            )
        self.order_fields(["end", *(f"seat_{membership.pk}" for membership in seats)])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("successor") and "end" in data and (data["end"].last_day is None or data["end"].precision != "day"):
            self.add_error("successor", "To name who takes over, give the last day to the day; or record it later.")
        return data


class WithCircumstances(ChangeForm):
    """A form that asks how somebody came to an appointment, and what else may be known of it."""

    how = forms.ChoiceField(label="How they came to it", choices=HOW_CHOICES, required=False)
    made_by = PickerField(ORGANISATIONS, label="Who appointed or elected them", required=False)
    evidence = forms.CharField(
        label="Evidence", help_text="Minutes, a letter, an election result.", required=False, max_length=500
    )
    employer = PickerField(ORGANISATIONS, label="Who employs them for it", required=False)
    note = forms.CharField(
        label="Private note", help_text="Seen by editors of the area.", required=False, widget=forms.Textarea
    )


class WithMoney(ChangeForm):
    """A form that asks what is paid for an appointment, and by whom."""

    payer = PickerField(ORGANISATIONS, label="Who pays", required=False)
    sessions_per_week = forms.DecimalField(
        label="Sessions a week",
        required=False,
        min_value=0,
        max_value=14,
        max_digits=4,
        decimal_places=2,
        widget=forms.TextInput(attrs={"width": "short"}),
    )
    annual_amount = forms.DecimalField(
        label="Pounds a year",
        help_text="Seen by editors of the area, and analysts who were granted it.",
        required=False,
        min_value=0,
        max_digits=9,
        decimal_places=2,
        widget=forms.TextInput(attrs={"width": "short"}),
    )


class AppointForm(WithCircumstances, WithMoney):
    """Somebody takes up a role. Only who, which role and from when are needed."""

    reasons = ("Elected", "Appointed", "Took over", "Recorded late", "Correction of a gap")
    more = (
        "end",
        "how",
        "made_by",
        "evidence",
        "employer",
        "funding_source",
        "payer",
        "sessions_per_week",
        "annual_amount",
        "note",
    )

    person = PickerField(PEOPLE, label="Who", offers_new=True, help_text=NAME_HINT)
    role = PickerField(ROLES, label="Which role", help_text="Type the title or the organisation.")
    start = StartField()
    end = EndField()
    funding_source = forms.ModelChoiceField(
        FundingSource.objects.order_by("name"), label="Paid from", required=False, empty_label="Not recorded"
    )

    asked_about = forms.CharField(required=False, widget=forms.HiddenInput)
    """The role whose holders and seats the form that was sent asked about."""

    def __init__(
        self,
        *arguments: Any,
        role: Role | None,
        holders: Sequence[Appointment],
        seats: Sequence[tuple[Seat, bool]],
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        self.holders, self.has_seats = holders, bool(seats)
        for held in holders:
            self.fields[f"holder_{held.pk}"] = forms.ChoiceField(
                label=f"{held.person.name} holds this role",
                choices=[(LEAVES, "They leave the day before"), (SHARES, "They stay: the role is shared")],
                required=self._asked(role),
                initial=LEAVES,
                widget=forms.RadioSelect,
            )
        if seats:
            self.fields["seats"] = forms.MultipleChoiceField(
                label="Seats that go with it",
                choices=[(str(seat.pk), seat_words(seat)) for seat, _ in seats],
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=[str(seat.pk) for seat, usual in seats if usual],
            )
        if self.is_bound and role and not self._asked(role):
            self.data = self.data.copy()
            self.data["asked_about"] = str(role.pk)
            for held in holders:
                self.data[f"holder_{held.pk}"] = LEAVES
            if seats:
                self.data.setlist("seats", self.fields["seats"].initial)
        elif role:
            self.initial["asked_about"] = str(role.pk)
        self.order_fields(["person", "role", "start", *(f"holder_{held.pk}" for held in holders), "seats"])

    def _asked(self, role: Role | None) -> bool:
        """Whether the form that was sent asked about this role's holders and seats already."""
        return bool(role) and self.is_bound and self.data.get("asked_about") == str(role.pk)  # type: ignore[union-attr]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        somebody_leaves = any(data.get(f"holder_{held.pk}") == LEAVES for held in self.holders)
        if somebody_leaves and data.get("start") and data["start"].eve is None:
            self.add_error("start", "To end the former holder's appointment the day before, say from when.")
        paid = [data.get(name) for name in ("payer", "sessions_per_week", "annual_amount")]
        if not data.get("funding_source") and any(value is not None for value in paid):
            self.add_error("funding_source", "Say from which pot it is paid.")
        return data


class CorrectAppointmentForm(WithCircumstances):
    """A term that is extended, cut short by agreement, or was written down wrongly."""

    reasons = ("Term extended", "Re-elected or re-appointed", "The dates were wrong", "More is known now")
    more = ("how", "made_by", "evidence", "employer", "note")

    start = StartField()
    end = EndField()


class FundingForm(WithMoney):
    """Who pays for an appointment."""

    reasons = ("Funding agreed", "Funding changed", "Was written down wrongly", "More is known now")
    more = ("start", "end")
    field_order = ("funding_source", "payer", "sessions_per_week", "annual_amount")

    funding_source = forms.ModelChoiceField(
        FundingSource.objects.order_by("name"), label="Paid from", empty_label="Choose one"
    )
    start = StartField(
        label="From when", required=False, help_text="Left empty: from the first day of the appointment."
    )
    end = EndField(help_text="Left empty: until the appointment ends.")
