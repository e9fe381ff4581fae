"""Forms about accounts: opening and correcting one, what it may do, and whose entry in the register it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from ics_leadership.accounts.models import Sight, Standing
from ics_leadership.forms import EndField, PickerField, StartField
from memberships.flows import ChangeForm
from memberships.pickers import ORGANISATIONS

WHOSE = {"required": "Say whose account it is."}
WHERE = {"required": "Give the e-mail address of the account."}


class WhatItMayDo(forms.Form):
    """What an account may do, where, and which private facts an analyst sees."""

    standing = forms.ChoiceField(
        label="What it may do",
        choices=[
            (Standing.READER, "Read, work contacts too"),
            (Standing.ANALYST, "Read, and see the facts chosen below"),
            (Standing.EDITOR, "Edit an area"),
            (Standing.ADMINISTRATOR, "Administer: edit everything, and say who may do what"),
        ],
        widget=forms.RadioSelect,
        initial=Standing.READER,
    )
    area = PickerField(
        ORGANISATIONS,
        label="In which area",
        help_text="For editors. For analysts too, unless they may see these facts everywhere.",
        required=False,
    )
    sees = forms.MultipleChoiceField(
        label="What an analyst sees beyond what everybody sees",
        choices=[(sight.value, sight.label.capitalize()) for sight in Sight],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        standing = data.get("standing")
        if standing == Standing.EDITOR and not data.get("area") and "area" not in self.errors:
            self.add_error("area", "Say which area: an editor edits one.")
        if standing in (Standing.READER, Standing.ADMINISTRATOR):
            data["area"] = None
        if standing != Standing.ANALYST:
            data["sees"] = []
        return data


class GiveGrantForm(WhatItMayDo, ChangeForm):
    """What an account may do from now on, or for a while."""

    reasons = ("Took up the work", "Stands in for somebody", "Asked for by their organisation")

    start = StartField()
    end = EndField()

    field_order: Sequence[str] = ("standing", "area", "sees", "start", "end", "why")


class OpenAccountForm(GiveGrantForm):
    """Whose account, and what it may do."""

    name = forms.CharField(label="Name", max_length=200, error_messages=WHOSE)
    email = forms.EmailField(
        label="E-mail address",
        help_text="A letter goes there by which they choose a password.",
        error_messages=WHERE,
    )

    field_order = ("name", "email", *GiveGrantForm.field_order)


class CorrectAccountForm(ChangeForm):
    """The name and the address of an account."""

    reasons = ("Changed their name", "Changed their address", "Was written wrongly")

    name = forms.CharField(label="Name", max_length=200, error_messages=WHOSE)
    email = forms.EmailField(
        label="E-mail address", help_text="The former one will no longer sign in.", error_messages=WHERE
    )


class EndGrantForm(ChangeForm):
    """Until when an account may do something."""

    reasons = ("Left the work", "No longer needed", "Was given by mistake")

    end = EndField(label="Last day", required=True)


class CloseAccountForm(ChangeForm):
    """That nobody signs in with an account any more."""

    reasons = ("Left the work", "No longer needed", "Somebody else had got hold of it")


class ReopenAccountForm(ChangeForm):
    """That an account signs in again."""

    reasons = ("Came back", "Was closed by mistake")


class SecondFactorForm(ChangeForm):
    """That the password alone signs in again."""

    reasons = ("Lost the telephone or key", "Got a new telephone or key")


class LinkAccountForm(ChangeForm):
    """Whose account belongs to an entry."""

    reasons = ("They asked for it", "They lead an organ that gives consent")

    email = forms.EmailField(label="E-mail address of their account", error_messages=WHERE)


class UnlinkAccountForm(ChangeForm):
    """That an account no longer belongs to an entry."""

    reasons = ("Was linked by mistake", "They asked for it", "Left the work")
