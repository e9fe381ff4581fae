"""The fields that the register's forms are made of: dates as people know them, reasons, and things found by typing.

How a field looks is `templates/fields/`, by the tag `{% field %}`. What a form does belongs to the flow that shows it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model

from ics_leadership.periods import PartialDate
from ics_leadership.typed_dates import end_as_typed, parse_end, parse_start, start_as_typed
from ics_leadership.words import day_words

START_HINT = "As well as it is known: “1 April 2019”, “April 2019”, “2019” or “by April 2019”."
END_HINT = "The last day, included. Leave empty when no end is known. “Left, date not known” is fine too."

M = TypeVar("M", bound=Model)


class StartField(forms.CharField):
    """The start of a period as somebody knows it, typed: gives a PartialDate."""

    def __init__(self, *, label: str = "From when", help_text: str = START_HINT, **options: Any) -> None:
        options.setdefault("max_length", 60)
        super().__init__(label=label, help_text=help_text, **options)

    def prepare_value(self, value: Any) -> Any:
        return start_as_typed(value) if isinstance(value, PartialDate) else value

    def clean(self, value: Any) -> PartialDate | None:
        typed = super().to_python(value) or ""
        if not typed and not self.required:
            return None
        self.run_validators(typed)
        return parse_start(typed)


class EndField(forms.CharField):
    """The last day of a period as somebody knows it, typed: gives a PartialDate, or None for no end."""

    def __init__(self, *, label: str = "Until when", help_text: str = END_HINT, **options: Any) -> None:
        options.setdefault("max_length", 60)
        options.setdefault("required", False)
        super().__init__(label=label, help_text=help_text, **options)

    def prepare_value(self, value: Any) -> Any:
        return end_as_typed(value) if isinstance(value, PartialDate) else value

    def clean(self, value: Any) -> PartialDate | None:
        typed = super().to_python(value) or ""
        self.validate(typed)
        self.run_validators(typed)
        return parse_end(typed)


class DayField(forms.DateField):
    """A day that is known exactly, typed as people write it: “4 December 2026”, “04/12/2026”."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            input_formats=["%d/%m/%Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d"],
            widget=forms.TextInput(attrs={"width": "date"}),
            error_messages={"invalid": "Type the day as “4 December 2026”."} | options.pop("error_messages", {}),
            **options,
        )

    def prepare_value(self, value: Any) -> Any:
        return day_words(value) if isinstance(value, datetime.date) else value


OTHER_REASON = "other"


class ReasonWidget(forms.MultiWidget):
    """A short list to choose from, and a box for one's own words."""

    def __init__(self, choices: Iterable[tuple[str, str]]) -> None:
        super().__init__({"": forms.RadioSelect(choices=list(choices)), "words": forms.TextInput()})

    def decompress(self, value: Any) -> list[Any]:
        return [value, ""] if value else [None, ""]


class ReasonField(forms.MultiValueField):
    """Why the register changes: one of a short list, one's own words, or both. Gives the text that history keeps."""

    widget: ReasonWidget

    def __init__(self, reasons: Sequence[str], *, label: str = "Why", **options: Any) -> None:
        choices = [(reason, reason) for reason in reasons] + [(OTHER_REASON, "Something else")]
        super().__init__(
            (forms.ChoiceField(choices=choices, required=False), forms.CharField(max_length=500, required=False)),
            label=label,
            widget=ReasonWidget(choices),
            require_all_fields=False,
            error_messages={"required": "Choose why, or say it in your own words."},
            **options,
        )
        self.reasons = choices

    def compress(self, data_list: list[Any]) -> str:
        chosen, words = [*data_list, "", ""][:2]
        if chosen == OTHER_REASON and not words:
            raise ValidationError("Say why in your own words.", code="required")
        said = "" if chosen == OTHER_REASON else chosen
        return ": ".join(part for part in (said, words) if part)


@dataclass(frozen=True)
class Choice:
    """One thing that was found: enough of it to tell it from its namesakes."""

    value: str
    name: str
    description: str = ""


@dataclass(frozen=True)
class Newcomer:
    """Something that the register does not hold yet, by what it was called in the search box."""

    name: str


class Picker(Generic[M]):
    """How one kind of record is found by typing. Each app says so for its own (`pickers.py`)."""

    kind: str
    """The last part of the address that answers while somebody types."""
    nothing_found: str
    newcomer: str = ""
    """The words in which something new of that name is offered; empty where nothing new can be made here."""
    made_elsewhere: tuple[str, str] | None = None
    """Where something new has a form of its own: the words of a link to it, and the name of its address."""

    def check_newcomer(self, typed: str) -> None:
        """Raises ValidationError where something new cannot be made of these words."""

    def find(self, typed: str) -> Sequence[Choice]:
        """At most ten that are called so, the best first."""
        raise NotImplementedError

    def chosen(self, key: str) -> Choice | None:
        """The one with that key, as a choice; None when the register has it no longer."""
        raise NotImplementedError

    def get(self, key: str) -> M | None:
        """The record with that key."""
        raise NotImplementedError


NEW = "new"


class PickerWidget(forms.Widget):
    """A box to type in, and what was found as radio buttons; the same with and without scripts."""

    def __init__(self, picker: Picker[Any], *, offers_new: bool) -> None:
        super().__init__()
        self.picker, self.offers_new = picker, offers_new

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[str, str]:
        return (data.get(name, ""), data.get(f"{name}-typed", "").strip())

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and f"{name}-typed" not in data


class PickerField(forms.Field):
    """A record found by typing: gives the record, or a `Newcomer` where something new may be made.

    Typing a name that only one has is choosing it.
    """

    widget: PickerWidget

    def __init__(self, picker: Picker[Any], *, offers_new: bool = False, **options: Any) -> None:
        self.picker, self.offers_new = picker, offers_new
        super().__init__(widget=PickerWidget(picker, offers_new=offers_new), **options)

    def prepare_value(self, value: Any) -> tuple[str, str]:
        if isinstance(value, Model):
            return (str(value.pk), str(value))
        return value if isinstance(value, tuple) else ("", value or "")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial)[0] != self.prepare_value(data)[0]

    def clean(self, value: tuple[str, str]) -> Any:
        chosen, typed = value
        if chosen == NEW and self.offers_new:
            if not typed:
                raise ValidationError("Type the name of whom to add.", code="required")
            self.picker.check_newcomer(typed)
            return Newcomer(typed)
        if not chosen and typed:
            found = self.picker.find(typed)
            exact = [one for one in found if one.name.casefold() == typed.casefold()]
            if len(exact) != 1:
                raise ValidationError(
                    "Choose one of those found below." if found else self.picker.nothing_found, code="choose"
                )
            chosen = exact[0].value
        if not chosen:
            if self.required:
                raise ValidationError(asked_for(str(self.label)), code="required")
            return None
        record = self.picker.get(chosen)
        if record is None:
            raise ValidationError("That one is not in the register any more. Search again.", code="gone")
        return record


def asked_for(label: str) -> str:
    """The sentence that asks for what a field is called.

    >>> asked_for("Who deputises"), asked_for("To which practice"), asked_for("Purpose")
    ('Say who deputises.', 'Say to which practice.', 'Fill in “Purpose”.')
    """
    said = f"{label[:1].lower()}{label[1:]}"
    asks = {"who", "whom", "which", "whose", "what", "how", "why", "when"} & set(said.split()[:2])
    return f"Say {said}." if asks else f"Fill in “{label}”."


def choices_shown(picker: Picker[Any], typed: str, chosen: str) -> list[Choice]:
    """What a picker's radio buttons show: what was found, and what was chosen even where it was not found again."""
    found = list(picker.find(typed)) if typed else []
    if chosen and chosen != NEW and chosen not in [choice.value for choice in found]:
        was = picker.chosen(chosen)
        return [was, *found] if was else found
    return found
