"""Forms about seats: one is filled, a membership ends or was written down wrongly, somebody deputises."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from ics_leadership.forms import EndField, PickerField, StartField
from memberships.flows import ChangeForm
from memberships.models import Appointment
from memberships.pickers import NAME_HINT, ORGANISATIONS, PEOPLE
from memberships.presenters.holdings import role_words

EXPERIENCE = "experience"


def basis_choices(held: Sequence[Appointment]) -> list[tuple[str, str]]:
    """The appointments by virtue of which somebody may sit, and experience."""
    by_virtue = [(str(row.pk), f"By virtue of being {role_words(row.role)}") for row in held]
    return [*by_virtue, (EXPERIENCE, "For experience, in the words below")]


class WithBasis(ChangeForm):
    """A form that says on what basis somebody sits."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        words = (data.get("experience") or "").strip()
        if data.get("basis") == EXPERIENCE and not words:
            self.add_error("experience", "Say for which experience they were put forward.")
        elif data.get("basis") not in (EXPERIENCE, None, "") and words:
            self.add_error(
                "experience",
                "They sit by virtue of one appointment or for experience, not both. Empty this, or choose experience.",
            )
        return data

    def add_basis(self, held: Sequence[Appointment], *, required: bool = True, initial: str | None = None) -> None:
        """Ask for the basis, among these appointments."""
        self.fields["basis"] = forms.ChoiceField(
            label="Why they sit",
            choices=basis_choices(held),
            required=required,
            initial=initial,
            widget=forms.RadioSelect,
            error_messages={"required": "Say why they sit: by virtue of one appointment, or for experience."},
        )
        self.fields["experience"] = forms.CharField(
            label="Experience for which they were put forward", required=False, max_length=500
        )


class FillSeatForm(WithBasis):
    """Somebody takes a seat: who and from when, then why."""

    reasons = ("Elected", "Put forward", "Follows their post", "Co-opted", "Recorded late")
    more = ("end", "put_forward_by", "attends_for")

    person = PickerField(PEOPLE, label="Who", offers_new=True, help_text=NAME_HINT)
    start = StartField()
    end = EndField(
        help_text="The last day of their term, included. Left empty, the terms of reference say how long it lasts, if they do."
    )
    put_forward_by = PickerField(ORGANISATIONS, label="Who put them forward", required=False)
    attends_for = PickerField(PEOPLE, label="In whose place they come", required=False)
    asked_about = forms.CharField(required=False, widget=forms.HiddenInput)
    """The person whose bases the form that was sent asked about."""

    def __init__(self, *arguments: Any, chosen: str, held: Sequence[Appointment], fitting: str, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if not chosen:
            return
        asked = self.is_bound and self.data.get("asked_about") == chosen
        self.add_basis(held, required=asked, initial=fitting)
        if self.is_bound and not asked:
            self.data = self.data.copy()
            self.data["asked_about"], self.data["basis"] = chosen, fitting
        elif not self.is_bound:
            self.initial["asked_about"] = chosen
        self.order_fields(["person", "start", "basis", "experience"])


class EndMembershipForm(ChangeForm):
    """Somebody leaves a seat."""

    reasons = ("Stepped down", "Term ended", "Their post ended", "The seat goes to somebody else", "Retired")

    end = EndField(
        label="Last day in the seat",
        required=True,
        help_text="That day included: “30 November 2026”, “November 2026”, “by May 2024” or “left, date not known”.",
    )


class CorrectMembershipForm(WithBasis):
    """A membership that is extended or was written down wrongly."""

    reasons = ("Term extended", "Re-elected or put forward again", "Was written down wrongly", "More is known now")
    more = ("put_forward_by", "attends_for")

    start = StartField()
    end = EndField()
    put_forward_by = PickerField(ORGANISATIONS, label="Who put them forward", required=False)
    attends_for = PickerField(PEOPLE, label="In whose place they come", required=False)

    def __init__(self, *arguments: Any, held: Sequence[Appointment], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.add_basis(held)
        self.order_fields(["start", "end", "basis", "experience"])


class DeputyForm(ChangeForm):
    """Somebody is named to sit in for a member."""

    reasons = ("Named by the member", "Named by the group", "Recorded late")
    more = ("end",)

    person = PickerField(PEOPLE, label="Who deputises", offers_new=True, help_text=NAME_HINT)
    start = StartField()
    end = EndField()


class EndDeputyForm(ChangeForm):
    """Somebody no longer sits in for a member."""

    reasons = ("Stepped down", "Somebody else deputises", "Left their post")

    end = EndField(label="Last day as deputy", required=True, help_text="That day included.")
