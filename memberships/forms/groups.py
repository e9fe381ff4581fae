"""Forms about groups: a new one, what was written wrongly, its end, its remit, its money, to whom it reports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from ics_leadership.forms import EndField, PickerField, StartField
from ics_leadership.periods import today
from ics_leadership.words import period_words
from memberships.flows import ChangeForm
from memberships.forms.rows import RowKind, RowsForm
from memberships.models import GroupFunding, GroupKind, Membership, ReportingLine
from memberships.pickers import GROUPS, ORGANISATIONS
from roles.models import Function, FundingSource, Part, Role

KIND_CHOICES = [("", "Choose"), *GroupKind.choices]
COVERS_HINT = "The place, system or other area. Leave empty where it is that of the host."


def _short_number(**options: Any) -> forms.DecimalField:
    widget = forms.TextInput(attrs={"width": "short"})
    return forms.DecimalField(required=False, min_value=0, max_digits=9, decimal_places=2, widget=widget, **options)


def _sources(**options: Any) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(FundingSource.objects.order_by("name"), label="Paid from", **options)


LAST_DAY_HINT = "That day included: “31 March 2026”, “March 2026”, “by May 2024” or “ended, date not known”."
AMOUNT_HINT = "Seen by editors of the area, and analysts who were granted it."


class NewGroupForm(ChangeForm):
    """A group that the register does not hold yet."""

    reasons = ("New group", "Recorded late", "Takes the place of another group")
    more = (
        "remit",
        "reports_to_group",
        "reports_to_organisation",
        "influences",
        "funding_source",
        "payer",
        "annual_amount",
        "end",
    )

    name = forms.CharField(label="What it is called", max_length=300)
    kind = forms.ChoiceField(label="What kind of group it is", choices=KIND_CHOICES)
    host = PickerField(ORGANISATIONS, label="Which organisation hosts it", help_text="Type a name or a code.")
    covers = PickerField(ORGANISATIONS, label="Which area it covers", required=False, help_text=COVERS_HINT)
    start = StartField()
    remit = forms.CharField(
        label="What it is responsible for", required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    reports_to_group = PickerField(GROUPS, label="Group to which it reports", required=False)
    reports_to_organisation = PickerField(ORGANISATIONS, label="Organisation to which it reports", required=False)
    influences = PickerField(ORGANISATIONS, label="Body that it is there to influence", required=False)
    funding_source = _sources(required=False, empty_label="Not recorded")
    payer = PickerField(ORGANISATIONS, label="Who funds it", required=False)
    annual_amount = _short_number(label="Pounds a year", help_text=AMOUNT_HINT)
    end = EndField()
    then_terms = forms.BooleanField(label="Write its terms of reference next", required=False, initial=True)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        _money_has_a_source(self, data)
        return data


def _money_has_a_source(form: ChangeForm, data: dict[str, Any]) -> None:
    said = any(data.get(name) is not None for name in ("payer", "annual_amount"))
    if said and not data.get("funding_source") and "funding_source" not in form.errors:
        form.add_error("funding_source", "Say from which pot it is paid.")


class CorrectGroupForm(ChangeForm):
    """What was written wrongly about a group, or is called otherwise now."""

    reasons = ("Renamed", "Hosted by another organisation", "It was written wrongly", "More is known now")

    name = forms.CharField(label="What it is called", max_length=300)
    kind = forms.ChoiceField(label="What kind of group it is", choices=GroupKind.choices)
    host = PickerField(ORGANISATIONS, label="Which organisation hosts it")
    covers = PickerField(ORGANISATIONS, label="Which area it covers", required=False, help_text=COVERS_HINT)
    start = StartField()
    end = EndField(label="Last day")


class EndGroupForm(ChangeForm):
    """A group ends: when, and who leaves with it."""

    reasons = ("Wound up", "Merged into another group", "The body that it belonged to closed", "Its task was done")

    end = EndField(
        label="Its last day",
        required=True,
        help_text=LAST_DAY_HINT,
    )

    def __init__(self, *arguments: Any, members: Sequence[Membership], posts: Sequence[Role], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._offer(
            "members",
            "Whose membership ends the same day",
            [(str(each.pk), f"{each.person.name}, {each.seat.title}") for each in members],
            "Who is not ticked stays in the seat, to be decided later.",
        )
        self._offer(
            "posts",
            "Which of its own roles end the same day",
            [(str(each.pk), each.title) for each in posts],
            "Whoever holds them leaves them that day. What is not ticked stays, to be decided later.",
        )

    def _offer(self, name: str, label: str, choices: list[tuple[str, str]], hint: str) -> None:
        """A list to tick, all ticked at first; none where there is nothing to tick."""
        if choices:
            self.fields[name] = forms.MultipleChoiceField(
                label=label,
                choices=choices,
                required=False,
                help_text=hint,
                widget=forms.CheckboxSelectMultiple,
                initial=[key for key, _ in choices],
            )


class GroupRemitForm(RowsForm):
    """What a group is responsible for from a day on."""

    reasons = ("Its remit was changed", "Recorded late", "It was never written down here")
    more = ("end",)

    start = StartField(help_text="The version before ends the day before.")
    summary = forms.CharField(
        label="What it is responsible for", required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    end = EndField()

    def kinds_of_rows(self) -> Sequence[RowKind]:
        functions = [("", "Choose"), *((str(each.pk), each.name) for each in Function.objects.order_by("name"))]
        parts = [("", "Choose"), *((key, str(label).capitalize()) for key, label in Part.choices)]
        return (
            RowKind(
                name="function",
                noun="Function",
                title="Its part in each function",
                fields={
                    "function": lambda: forms.ChoiceField(label="Function", choices=functions),
                    "part": lambda: forms.ChoiceField(label="Its part", choices=parts),
                },
                required={"function": "Say which function.", "part": "Say which part it plays."},
            ),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        seen = set()
        for row in data["function"]:
            if row["function"] in seen:
                self.add_error(f"function_{row['row']}_function", "This function is in the list already.")
            seen.add(row["function"])
        if not data.get("summary") and not data["function"] and not self.errors:
            self.add_error("summary", "Say what it is responsible for, or its part in at least one function.")
        return data


STAYS, ENDS = "stays", "ends"


class _LineForm(ChangeForm):
    """A form that adds a line beside others, of which some may end the day before."""

    former: Sequence[GroupFunding] | Sequence[ReportingLine]

    def __init__(self, *arguments: Any, former: Sequence[GroupFunding] | Sequence[ReportingLine], **options: Any):
        super().__init__(*arguments, **options)
        self.former = former
        for line in former:
            self.fields[f"former_{line.pk}"] = forms.ChoiceField(
                label=f"{_line_words(line)}, {period_words(line, today())}",
                choices=[(STAYS, "Goes on beside it"), (ENDS, "Ends the day before")],
                initial=STAYS,
                widget=forms.RadioSelect,
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        ends = any(data.get(f"former_{line.pk}") == ENDS for line in self.former)
        if ends and data.get("start") and data["start"].eve is None:
            self.add_error("start", "To end the former the day before, say from when.")
        return data


def _line_words(line: GroupFunding | ReportingLine) -> str:
    if isinstance(line, GroupFunding):
        return f"{line.funding_source}{f', {line.payer}' if line.payer else ''}"
    return f"Reports to {line.to_group or line.to_organisation}{f' on {line.on}' if line.on else ''}"


class FundGroupForm(_LineForm):
    """Who funds a group from a day on."""

    reasons = ("Funding agreed", "Funding renewed", "Recorded late")
    more = ("annual_amount", "end")

    funding_source = _sources(empty_label="Choose")
    payer = PickerField(ORGANISATIONS, label="Who pays", required=False, help_text="Type a name or a code.")
    start = StartField()
    annual_amount = _short_number(label="Pounds a year", help_text=AMOUNT_HINT)
    end = EndField()


class ReportingLineForm(_LineForm):
    """To whom a group reports from a day on: a group or an organisation."""

    reasons = ("New reporting line", "Reports to another body now", "Recorded late")
    more = ("on", "end")

    to_group = PickerField(GROUPS, label="Group to which it reports", required=False)
    to_organisation = PickerField(
        ORGANISATIONS, label="Or organisation to which it reports", required=False, help_text="One of the two."
    )
    start = StartField()
    on = forms.CharField(label="On what", required=False, max_length=500)
    end = EndField()

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and bool(data.get("to_group")) == bool(data.get("to_organisation")):
            self.add_error("to_group", "Name one group or one organisation. For both, record two lines.")
        return data


class InfluenceForm(ChangeForm):
    """A body that a group is there to influence."""

    reasons = ("Its remit was changed", "Recorded late")
    more = ("end",)

    organisation = PickerField(
        ORGANISATIONS, label="Body that it is there to influence", help_text="Type a name or a code."
    )
    start = StartField()
    end = EndField()


class EndLineForm(ChangeForm):
    """A reporting line, money or influence ends."""

    reasons = ("It came to an end", "It was agreed otherwise", "Recorded late")

    end = EndField(label="Last day", required=True, help_text=LAST_DAY_HINT)
