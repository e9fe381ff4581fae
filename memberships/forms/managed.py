"""The form that says how a finding of the rules is managed."""

from __future__ import annotations

from django import forms

from ics_leadership.forms import DayField
from memberships.flows import ChangeForm


class ManagedForm(ChangeForm):
    """By which means, who agreed to it, since when, and when it is to be looked at again."""

    reasons = ("Agreed with those concerned", "Agreed by the group", "Known, and accepted for now")

    how = forms.CharField(
        label="How this is managed",
        widget=forms.Textarea,
        help_text="In plain words: what is done, or why it can stay as it is for now.",
    )
    agreed_by = forms.CharField(
        label="Who agreed to it",
        required=False,
        max_length=300,
        help_text="A name, or “The group, on 12 June 2026”.",
    )
    since = DayField(
        label="Managed since",
        required=False,
        help_text="For example 12 June 2026. Left empty: today, or what was written down before.",
    )
    review_on = DayField(
        label="To be looked at again on",
        required=False,
        help_text="For example 31 March 2027. After that day it waits on the to-do list again. Left empty: as long as nothing changes.",
    )
