"""What a list can be narrowed by, as plain data for `templates/components/filter_panel.html`.

Which filters there are and what they do belongs to each list's form or FilterSet; this only says how they are shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms

# A list longer than this is searched by typing instead of scrolled.
LONG_LIST = 12


@dataclass(frozen=True)
class FilterField:
    """One filter. With `choices` (value and label) it is a list to choose from, without them a box to type in.

    With a `default`, one of the choices, the list is always narrowed by one of them.
    """

    name: str
    label: str
    value: str = ""
    choices: Sequence[tuple[str, str]] = ()
    input_type: str = "text"
    default: str = ""

    @property
    def is_long(self) -> bool:
        return len(self.choices) > LONG_LIST

    @property
    def value_label(self) -> str:
        """What was chosen, as the reader saw it."""
        return dict(self.choices).get(self.value, self.value)


@dataclass(frozen=True)
class FilterPanel:
    fields: Sequence[FilterField]

    @property
    def in_force(self) -> list[FilterField]:
        """The filters that narrow the list now; the order of the list is none of them."""
        return [field for field in self.fields if field.value not in ("", field.default) and field.name != "ordering"]

    @property
    def names(self) -> list[str]:
        return [field.name for field in self.fields]


def panel_of(form: forms.Form) -> FilterPanel:
    """The panel for a bound form (or a FilterSet's `form`): one field of the panel for each field of the form."""
    fields = []
    for bound in form:
        choices = [(str(value), str(label)) for value, label in getattr(bound.field, "choices", ()) if str(value)]
        default = str(bound.field.initial or "")
        widget_type = getattr(bound.field.widget, "input_type", "text")
        fields.append(
            FilterField(
                name=bound.html_name,
                label=str(bound.label),
                value=str(bound.value() or default),
                choices=choices,
                input_type="date" if isinstance(bound.field, forms.DateField) else widget_type,
                default=default,
            )
        )
    return FilterPanel(fields)
