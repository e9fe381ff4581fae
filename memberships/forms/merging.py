"""Forms by which two entries become one, and one becomes two again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst

from ics_leadership.forms import PickerField
from memberships.actions.unmerging import Added
from memberships.flows import ChangeForm
from memberships.merging import Clash, Resolution, choosable, sensible
from memberships.models import Person
from memberships.pickers import PEOPLE
from memberships.presenters.duplicates import clash_choices, clash_label, fact_choices, row_words

FACT, CLASH, ADDED = "fact_", "clash_", "added_"
STAYS, GOES = "stays", "goes"


class OtherEntryForm(forms.Form):
    """With which entry another is to be merged."""

    other = PickerField(PEOPLE, label="The other entry of the same person")


class MergeForm(ChangeForm):
    """Which entry is right where two differ, and what becomes of what both say at once."""

    reasons = ("Entered twice", "Entered again under another name", "Brought in twice by imports")

    def __init__(self, *arguments: Any, keep: Person, drop: Person, clashes: Sequence[Clash], **options: Any) -> None:
        super().__init__(*arguments, **options)
        usual = sensible(keep, drop)
        self.fields["with"] = forms.CharField(widget=forms.HiddenInput, initial=drop.slug)
        for field in choosable():
            if getattr(keep, field.attname) != getattr(drop, field.attname):
                self.fields[f"{FACT}{field.name}"] = forms.ChoiceField(
                    label=capfirst(field.verbose_name),
                    choices=fact_choices(field, keep, drop),
                    initial=usual[field.name].value,
                    widget=forms.RadioSelect,
                )
        for clash in clashes:
            self.fields[f"{CLASH}{clash.key}"] = forms.ChoiceField(
                label=clash_label(clash),
                choices=clash_choices(clash),
                initial=clash.suggested.value if clash.suggested else None,
                widget=forms.RadioSelect,
                error_messages={"required": f"Say what stays: {clash_label(clash).lower()}."},
            )

    @property
    def facts(self) -> list[forms.BoundField]:
        return [bound for bound in self if bound.name.startswith(FACT)]

    @property
    def both_say(self) -> list[forms.BoundField]:
        return [bound for bound in self if bound.name.startswith(CLASH)]


class UnmergeForm(ChangeForm):
    """What was added since goes to which of the two, and whether to remember that they are two."""

    reasons = ("They are two people", "Merged by mistake")

    def __init__(self, *arguments: Any, added: Sequence[Added], survivor: str, restored: str, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for each in added:
            self.fields[f"{ADDED}{each.key}"] = forms.ChoiceField(
                label=row_words(each.row),
                choices=[(STAYS, f"Stays with {survivor}"), (GOES, f"Goes to {restored}")],
                initial=GOES if each.goes else STAYS,
                widget=forms.RadioSelect,
            )
        self.fields["remember"] = forms.BooleanField(
            label="Remember that these are two people", required=False, initial=True
        )

    @property
    def added_since(self) -> list[forms.BoundField]:
        return [bound for bound in self if bound.name.startswith(ADDED)]


def chosen(data: dict[str, Any], prefix: str) -> dict[str, Resolution]:
    """What was chosen in the fields whose names begin so, by the rest of the name."""
    return {name.removeprefix(prefix): Resolution(value) for name, value in data.items() if name.startswith(prefix)}
