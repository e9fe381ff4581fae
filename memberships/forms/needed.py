"""Forms about the functions that must be led in an area."""

from __future__ import annotations

from django import forms

from ics_leadership.forms import EndField, StartField
from memberships.flows import ChangeForm
from roles.models import Function


class NeedFunctionForm(ChangeForm):
    """A function that somebody must lead in an area."""

    reasons = ("Agreed for the area", "Required by the contract", "Recorded late")
    more = ("end",)

    function = forms.ModelChoiceField(
        Function.objects.order_by("name"), label="Which function", empty_label="Choose one"
    )
    start = StartField(label="Since when it has to be led")
    end = EndField()


class NeedNoLongerForm(ChangeForm):
    """A function that need not be led in an area any more."""

    reasons = ("Agreed for the area", "The function went elsewhere", "Recorded late")

    end = EndField(label="The last day on which it had to be led", required=True)
