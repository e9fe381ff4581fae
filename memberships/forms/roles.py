"""Forms about roles: a new one, what it is called, its remit, that it is vacant or ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from ics_leadership.forms import EndField, PickerField, StartField
from memberships.flows import ChangeForm
from memberships.models import Appointment
from memberships.pickers import ORGANISATIONS
from roles.models import ActsFor, Function, OpenTo, Part, Pathway, RoleType

ENDS, STAYS = "ends", "stays"


class WithRemit(ChangeForm):
    """A form that says what a role is responsible for: `functions` are asked one by one."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.functions = list(Function.objects.order_by("name"))
        for function in self.functions:
            self.fields[f"function_{function.pk}"] = forms.ChoiceField(
                label=function.name, choices=[("", "No part"), *Part.choices], required=False
            )

    @property
    def optional(self) -> list[forms.BoundField]:
        return [*super().optional, *(self[f"function_{function.pk}"] for function in self.functions)]

    @property
    def needed(self) -> list[forms.BoundField]:
        return [bound for bound in super().needed if not bound.name.startswith("function_")]

    def parts(self) -> dict[Function, Part]:
        """The part played in each function that was given one."""
        chosen = {function: self.cleaned_data[f"function_{function.pk}"] for function in self.functions}
        return {function: Part(part) for function, part in chosen.items() if part}


class RoleTypeForm(ChangeForm):
    """What a type of role is called, what is usual for it, and whether its holders lead what hosts them."""

    reasons = ("Was written down wrongly", "Is understood otherwise now")

    name = forms.CharField(label="What one is called", max_length=200)
    plural = forms.CharField(label="What several are called", max_length=200)
    acts_for = forms.ChoiceField(label="Usually acts for", choices=ActsFor.choices)
    open_to = forms.ChoiceField(label="Usually open to", choices=OpenTo.choices)
    leads = forms.BooleanField(
        label="Its holder leads the organisation or group that hosts it",
        required=False,
        help_text="Once their account is linked to their entry, they may answer for it when a proposal is put.",
    )
    accountable = forms.BooleanField(
        label="Its holder is the named accountable clinical director of a primary care network", required=False
    )


class NewRoleForm(WithRemit):
    """A post that exists from a day on, whether or not anyone holds it."""

    reasons = ("A new post", "Recorded late", "Reorganisation")
    more = ("title", "end", "acts_for", "open_to", "pathway", "summary")

    role_type = forms.ModelChoiceField(
        RoleType.objects.order_by("name"), label="What kind of role", empty_label="Choose one"
    )
    organisation = PickerField(ORGANISATIONS, label="Which organisation hosts it", help_text="Type its name or code.")
    start = StartField()
    title = forms.CharField(
        label="What it is called", help_text="Left empty, it is called as its kind.", required=False, max_length=300
    )
    end = EndField()
    acts_for = forms.ChoiceField(
        label="Acts for", choices=[("", "As usual for its kind"), *ActsFor.choices], required=False
    )
    open_to = forms.ChoiceField(
        label="Open to", choices=[("", "As usual for its kind"), *OpenTo.choices], required=False
    )
    pathway = forms.ModelChoiceField(
        Pathway.objects.order_by("name"), label="Pathway", required=False, empty_label="None"
    )
    summary = forms.CharField(label="What it is responsible for", required=False, widget=forms.Textarea)


class CorrectRoleForm(ChangeForm):
    """What a role is called, or was written down wrongly."""

    reasons = ("Is called otherwise now", "Was written down wrongly", "More is known now", "Reorganisation")

    title = forms.CharField(
        label="What it is called", max_length=300, error_messages={"required": "Say what the role is called."}
    )
    role_type = forms.ModelChoiceField(RoleType.objects.order_by("name"), label="What kind of role", empty_label=None)
    organisation = PickerField(ORGANISATIONS, label="Which organisation hosts it")
    start = StartField()
    end = EndField()


class RemitForm(WithRemit):
    """A new version of what a role is responsible for."""

    reasons = ("The remit changed", "Written down for the first time", "Reorganisation")
    more = ("end",)

    start = StartField()
    acts_for = forms.ChoiceField(label="Acts for", choices=ActsFor.choices)
    open_to = forms.ChoiceField(label="Open to", choices=OpenTo.choices)
    pathway = forms.ModelChoiceField(
        Pathway.objects.order_by("name"), label="Pathway", required=False, empty_label="None"
    )
    summary = forms.CharField(label="What it is responsible for", required=False, widget=forms.Textarea)
    end = EndField()


class EndRoleForm(ChangeForm):
    """A post that exists no longer."""

    reasons = ("The post was abolished", "Reorganisation", "Replaced by another post")

    end = EndField(label="Last day of the role", required=True, help_text="That day included.")

    def __init__(self, *arguments: Any, holders: Sequence[Appointment], **options: Any) -> None:
        super().__init__(*arguments, **options)
        for held in holders:
            self.fields[f"holder_{held.pk}"] = forms.ChoiceField(
                label=f"{held.person.name} holds it",
                choices=[
                    (ENDS, "Their appointment and its seats end the same day"),
                    (STAYS, "Stays, to be decided later"),
                ],
                initial=ENDS,
                widget=forms.RadioSelect,
            )


class VacantForm(ChangeForm):
    """A post that nobody holds since a day."""

    reasons = ("The holder left", "Recorded late", "Nobody came forward")

    start = StartField(label="Vacant since")
