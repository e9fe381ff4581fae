"""Forms of sign-off: a proposal and who has to agree to it, one party more, and what a party answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from ics_leadership.forms import DayField, PickerField
from ics_leadership.periods import today
from ics_leadership.words import day_words, period_words
from memberships.flows import ChangeForm
from memberships.models import Appointment, Group, Says
from memberships.pickers import GROUPS, ORGANISATIONS, PEOPLE
from memberships.presenters.holdings import role_words
from organisations.models import Organisation

NOBODY_SENTENCE = "Choose who has to agree: at least one organ or group."


class ProposalForm(ChangeForm):
    """What is proposed, by whom, and by when an answer is asked for."""

    reasons = ("Agreed at a meeting", "Asked for by a member", "Was written down wrongly", "Recorded late")
    more = ("sponsor",)

    title = forms.CharField(
        label="What is proposed, in a line", max_length=300, error_messages={"required": "Say what is proposed."}
    )
    text = forms.CharField(
        label="The text that they agree to", required=False, widget=forms.Textarea(attrs={"rows": 8})
    )
    put_on = DayField(label="Put to them on", error_messages={"required": "Say on which day it was put to them."})
    answer_by = DayField(
        label="To be answered by", required=False, help_text="The last day, included. Left empty: no day is set."
    )
    sponsor = PickerField(PEOPLE, label="Who proposes it", required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        put_on, answer_by = data.get("put_on"), data.get("answer_by")
        if put_on and answer_by and answer_by < put_on:
            self.add_error("answer_by", "Nobody can answer before the proposal is put.")
        return data


class NewProposalForm(ProposalForm):
    """A proposal with its parties: organs and groups of the area; whoever else has to agree can be asked afterwards."""

    def __init__(
        self,
        *arguments: Any,
        organs: Sequence[Organisation],
        groups: Sequence[Group],
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        self.parties: dict[str, Organisation | Group] = {}
        for name, label, rows in (
            ("organs", "Which organs have to agree", organs),
            ("groups", "Which groups have to agree", groups),
        ):
            if rows:
                self.parties |= {f"{name}:{row.pk}": row for row in rows}
                self.fields[name] = forms.MultipleChoiceField(
                    label=label,
                    choices=[(f"{name}:{row.pk}", row.name) for row in rows],
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                )

    def chosen(self) -> list[Organisation | Group]:
        """The parties that were chosen."""
        return [self.parties[key] for name in ("organs", "groups") for key in self.cleaned_data.get(name, ())]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not (data.get("organs") or data.get("groups")):
            self.add_error("organs" if "organs" in self.fields else "title", NOBODY_SENTENCE)
        return data


class AddPartyForm(ChangeForm):
    """One organisation or group that has to agree too."""

    reasons = ("Was forgotten", "Concerns them too", "Asked to be asked")

    organisation = PickerField(
        ORGANISATIONS, label="Which organisation", required=False, help_text="A network, committee or federation."
    )
    group = PickerField(GROUPS, label="Or which group", required=False)
    asked_on = DayField(label="Asked on", error_messages={"required": "Say since when they have been asked."})

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if bool(data.get("organisation")) == bool(data.get("group")) and not self.errors:
            self.add_error("organisation", "Choose one organisation or one group.")
        return data


class WithdrawProposalForm(ChangeForm):
    """From which day a proposal stands no more."""

    reasons = ("Put again in another form", "No longer needed", "Overtaken by events")

    withdrawn_on = DayField(label="Withdrawn on", error_messages={"required": "Say on which day it was withdrawn."})


def _says() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="The answer",
        choices=Says.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the answer."},
    )


def _reason() -> forms.CharField:
    return forms.CharField(
        label="The reason",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Needed for an objection. It stands beside the answer, for all who may see the proposal.",
    )


class OwnAnswerForm(ChangeForm):
    """What somebody answers for the organ that they lead."""

    reasons: ClassVar[Sequence[str]] = ("Decided by the organ", "Asked all practices", "Within what I may decide")

    says = _says()
    reason = _reason()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("says") == Says.OBJECTS and not (data.get("reason") or "").strip():
            self.add_error("reason", "Say why they object." if isinstance(self, AnswerForm) else "Say why you object.")
        return data


class AnswerForm(OwnAnswerForm):
    """What a party answered: when, and who said so by right of which appointment."""

    reasons = ("They wrote", "Said at a meeting", "Telephoned", "Recorded late")

    given_on = DayField(label="Answered on", error_messages={"required": "Say on which day they answered."})
    by_right_of = forms.ChoiceField(
        label="Who answered",
        required=False,
        widget=forms.RadioSelect,
        help_text="Those who led it on some day since it was asked.",
    )

    def __init__(self, *arguments: Any, leading: Sequence[Appointment], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.leading = {str(row.pk): row for row in leading}
        choices = [
            (key, f"{row.person.name}, {role_words(row.role)}, {period_words(row, today())}")
            for key, row in self.leading.items()
        ]
        self.fields["by_right_of"].choices = [*choices, ("", "Not recorded")]  # type: ignore[attr-defined]
        self.order_fields(["says", "reason", "given_on", "by_right_of", "why"])

    def clean_by_right_of(self) -> Appointment | None:
        return self.leading.get(self.cleaned_data["by_right_of"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        right, day = data.get("by_right_of"), data.get("given_on")
        if right and day and not right.holds(day):
            self.add_error("by_right_of", f"{right.person} did not hold that post on {day_words(day)}.")
        return data
