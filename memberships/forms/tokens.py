"""The form by which somebody makes a token for the API."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms

from ics_leadership.accounts.models import Sight
from ics_leadership.periods import today

UNTIL = [("30", "30 days"), ("90", "90 days"), ("180", "Half a year"), ("365", "A year"), ("date", "To another day")]


class TokenForm(forms.Form):
    """What the token is called, which private facts it may see, of those in `sights`, and until when."""

    name = forms.CharField(
        label="What is it for?",
        help_text="So that you can tell several apart: the program or the file that will hold it.",
        max_length=100,
        error_messages={"required": "Say what the token is for."},
    )
    sees = forms.MultipleChoiceField(
        label="Which private facts may it see?",
        help_text="As far as you may see them yourself, and as long. Without any, it sees what everybody who signs in sees.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    lasts = forms.ChoiceField(
        label="How long is it to be valid?", choices=UNTIL, widget=forms.RadioSelect, initial="90"
    )
    until = forms.DateField(
        label="Last day",
        help_text="Only for “to another day”: within a year, like 2027-03-31.",
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y"],
        error_messages={"invalid": "This is not a date. Write the day as year, month and day, like 2027-03-31."},
    )

    def __init__(self, *arguments: Any, sights: Sequence[Sight], **options: Any) -> None:
        super().__init__(*arguments, **options)
        if sights:
            field = self.fields["sees"]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = [(each.value, each.label.capitalize()) for each in sights]
        else:
            del self.fields["sees"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        lasts = data.pop("lasts", "")
        if lasts == "date":
            if not data.get("until") and "until" not in self.errors:
                self.add_error("until", "Say the last day on which it is valid.")
        elif data.get("until"):
            self.add_error("until", "This day goes with “to another day”. Choose that above, or leave the day empty.")
        elif lasts:
            data["until"] = today() + datetime.timedelta(days=int(lasts))
        return data | {"sees": [Sight(each) for each in data.get("sees", ())]}
