"""Forms about declared interests: all that somebody has as they stand on a day, and one by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from ics_leadership.forms import DayField, EndField, PickerField, StartField
from memberships.actions import NewInterest
from memberships.flows import ChangeForm
from memberships.forms.rows import RowKind, RowsForm
from memberships.models import Interest, InterestCategory
from memberships.pickers import ORGANISATIONS

SINCE_HINT = "As well as it is known: “April 2019”, “2019” or “not known”."
UNTIL_HINT = "Leave empty when they have it still."
CATEGORY_HINT = (
    "Financial: money or shares. Non-financial professional: reputation or career. Non-financial personal: something "
    "else that is theirs. Indirect: somebody close to them has it."
)


def interest_words(data: dict[str, Any]) -> NewInterest:
    """What was typed about one interest, as the actions take it."""
    return NewInterest(
        category=data["category"], what=data["what"], start=data["start"], end=data["end"], body=data["body"]
    )


def as_typed(interest: Interest) -> dict[str, Any]:
    """An interest as the fields of a form."""
    return {name: getattr(interest, name) for name in ("category", "what", "body", "start", "end")}


def _category() -> forms.ChoiceField:
    return forms.ChoiceField(label="Category", choices=[("", "Choose one"), *InterestCategory.choices])


def _what() -> forms.CharField:
    return forms.CharField(
        label="What it is", widget=forms.Textarea(attrs={"rows": 2}), error_messages={"required": "Say what it is."}
    )


def _body() -> PickerField:
    return PickerField(
        ORGANISATIONS,
        label="In which organisation",
        required=False,
        help_text="If it is one of this register. Type its name or code.",
    )


def _since() -> StartField:
    return StartField(label="Since when", help_text=SINCE_HINT)


def _until() -> EndField:
    return EndField(help_text=UNTIL_HINT)


class DeclareForm(RowsForm):
    """All interests that somebody has on a day; or that they have none."""

    reasons = ("The yearly declaration", "Joined a group", "Something changed", "Recorded late")

    declared_on = DayField(label="Declared on", error_messages={"required": "Say on which day it was declared."})
    none = forms.BooleanField(label="There is nothing to declare", required=False)

    def kinds_of_rows(self) -> Sequence[RowKind]:
        return (
            RowKind(
                name="interest",
                noun="Interest",
                title="Interests as they now stand",
                hint=f"{CATEGORY_HINT} Take out what has ended.",
                fields={
                    "category": _category,
                    "what": _what,
                    "body": _body,
                    "start": _since,
                    "end": _until,
                    "was": lambda: forms.IntegerField(widget=forms.HiddenInput),
                },
                required={
                    "category": "Choose the category.",
                    "what": "Say what the interest is, or take it out.",
                    "start": "Say since when. “Not known” is an answer.",
                },
                more=("body", "end"),
                hidden=("was",),
            ),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        rows = data.get("interest", [])
        if data.get("none") and rows:
            self.add_error(
                "none", "Either there is nothing to declare, or what stands below. Take out the one or the other."
            )
        if not data.get("none") and not rows:
            self.add_error("none", "Write down an interest, or say that there is nothing to declare.")
        return data

    def declared(self, known: dict[int, Interest]) -> list[tuple[Interest | None, NewInterest]]:
        """The interests that were typed, each beside the row of `known` (by id) that says it already."""
        return [(known.get(row["was"]), interest_words(row)) for row in self.cleaned_data["interest"]]


class InterestForm(ChangeForm):
    """One interest: what it is, in which body, and when they have or had it."""

    reasons = ("They told us", "Something changed", "Was written down wrongly", "Recorded late")
    more = ("body", "end")

    category = forms.ChoiceField(
        label="Category",
        choices=InterestCategory.choices,
        widget=forms.RadioSelect,
        help_text=CATEGORY_HINT,
        error_messages={"required": "Choose the category."},
    )
    what = _what()
    start = _since()
    body = _body()
    end = _until()


class EndInterestForm(ChangeForm):
    """When somebody had an interest for the last time."""

    reasons = ("They told us", "Sold or given up", "Left the post", "Recorded late")

    end = EndField(label="Last day on which they had it", required=True)
