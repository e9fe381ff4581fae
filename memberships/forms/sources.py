"""The form that says where a fact was found."""

from __future__ import annotations

from typing import Any

from django import forms

from ics_leadership.forms import DayField, Newcomer, PickerField
from memberships.flows import ChangeForm
from memberships.pickers import SOURCES


class SourceForm(ChangeForm):
    """A source that the register knows, or a new one with where and when it was seen."""

    reasons = ("Found where it comes from", "The source was wrong", "A better source")
    more = ("address", "seen_on", "licence")

    named = PickerField(
        SOURCES,
        label="Source",
        required=False,
        offers_new=True,
        help_text="Type the title of a document or page: minutes, a letter, a website. Left empty: no source is known.",
    )
    address = forms.URLField(
        label="Web address of a new source", required=False, max_length=1000, assume_scheme="https"
    )
    seen_on = DayField(
        label="Day on which it was seen",
        required=False,
        help_text="For example 1 April 2026.",
    )
    licence = forms.CharField(label="Licence, if it has one", required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not isinstance(data.get("named"), Newcomer) and any(data.get(name) for name in self.more):
            self.add_error("named", "Address, day and licence are asked of a new source only.")
        return data
