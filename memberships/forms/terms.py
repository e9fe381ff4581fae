"""The form of a version of terms of reference: its days, what it says, its clauses, its seats, who may fill them.

A form can start from any version (`as_typed`) or from a pattern (`memberships.patterns`). Its rows are `forms.terms_rows`;
what becomes of those who sit is asked by `forms.new_terms`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms

from ics_leadership.forms import EndField, StartField
from ics_leadership.periods import PartialDate
from memberships.actions import NewClause, NewEligibility, NewSeat
from memberships.forms.rows import RowKind, RowsForm, name_in_row
from memberships.forms.terms_rows import (
    FOR_SEVERAL,
    clauses_of,
    drawn_choices,
    eligibilities_of,
    kinds_of_rows,
    rows_as_typed,
    seats_of,
)
from memberships.models import ChairChosen, Condition, DecisionRule, Group, Nature, RegisterOfInterests, Terms

FACTS = (
    "purpose",
    "nature",
    "decision_rule",
    "quorum",
    "chair_chosen",
    "term_months",
    "term_limit",
    "warning_months",
    "interests",
    "publishes_findings",
    "publishes_proposals",
)


def _whole_number(**options: Any) -> forms.IntegerField:
    widget = forms.TextInput(attrs={"width": "short"})
    return forms.IntegerField(required=False, min_value=1, max_value=1200, widget=widget, **options)


def as_typed(terms: Terms) -> dict[str, Any]:
    """What a version says, as the fields and rows of the form; without its name and its days."""
    review = {"review_on": PartialDate(terms.review_on)} if terms.review_on else {}
    return {name: getattr(terms, name) for name in FACTS} | review | rows_as_typed(terms)


def next_version(version: str) -> str:
    """What the version after one is likely to be called; empty where nobody can tell.

    >>> next_version("1.0"), next_version("3"), next_version("2024"), next_version("first")
    ('2.0', '4', '', '')
    """
    found = re.fullmatch(r"(\d{1,2})(\.0)?", version)
    return f"{int(found[1]) + 1}{found[2] or ''}" if found else ""


class TermsForm(RowsForm):
    """A version of a group's terms of reference: its days, what it says, its clauses and its seats."""

    more = (
        "chair_chosen",
        "term_limit",
        "warning_months",
        "interests",
        "publishes_findings",
        "publishes_proposals",
        "review_on",
        "end",
    )

    version = forms.CharField(label="Version", max_length=40, widget=forms.TextInput(attrs={"width": "short"}))
    start = StartField(label="In force from")
    purpose = forms.CharField(label="Purpose", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    nature = forms.ChoiceField(
        label="What the group is",
        choices=[(key, f"{label[0].upper()}{label[1:]}") for key, label in Nature.choices],
        widget=forms.RadioSelect,
        initial=Nature.UNSAID,
    )
    decision_rule = forms.ChoiceField(
        label="How it decides", choices=DecisionRule.choices, widget=forms.RadioSelect, initial=DecisionRule.UNSAID
    )
    quorum = _whole_number(label="Quorum", help_text="How many must be there.")
    term_months = _whole_number(label="Length of a member’s term in months", help_text="Three years are 36.")
    chair_chosen = forms.ChoiceField(
        label="How the chair is chosen",
        choices=ChairChosen.choices,
        widget=forms.RadioSelect,
        required=False,
        initial=ChairChosen.UNSAID,
    )
    term_limit = _whole_number(label="How many terms in a row", help_text="Where the terms set a limit.")
    warning_months = _whole_number(label="Warn how many months before a term ends", initial=6)
    interests = forms.ChoiceField(
        label="Register of members’ interests",
        choices=RegisterOfInterests.choices,
        widget=forms.RadioSelect,
        required=False,
        initial=RegisterOfInterests.NONE,
        help_text="A published one can be read by everybody who is signed in.",
    )
    publishes_findings = forms.BooleanField(
        label="What does not add up about this group is shown to everybody who reads its page", required=False
    )
    publishes_proposals = forms.BooleanField(
        label="Proposals, and who agreed to them, are shown to everybody who reads its page", required=False
    )
    review_on = StartField(label="To be reviewed by", required=False, help_text="“31 March 2027” or “March 2027”.")
    end = EndField()

    def __init__(self, *arguments: Any, group: Group, former: Terms | None, **options: Any) -> None:
        self.group, self.former = group, former
        super().__init__(*arguments, **options)

    def kinds_of_rows(self) -> Sequence[RowKind]:
        return kinds_of_rows(drawn_choices(self.group, self.former))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        numbers: set[str] = set()
        for row in data["clause"]:
            if row["number"] in numbers:
                self.add_error(name_in_row("clause", row["row"], "number"), "Another clause has this number.")
            numbers.add(row["number"])
        for row in data["seat"]:
            self._check_seat(row, numbers)
        titles = {row["title"] for row in data["seat"]}
        for row in data["condition"]:
            self._check_condition(row, numbers, titles)
        if "review_on" in data:
            data["review_on"] = data["review_on"].last_day if data["review_on"] else None
        data["warning_months"] = data.get("warning_months") or 6
        data["chair_chosen"] = data.get("chair_chosen") or ChairChosen.UNSAID
        data["interests"] = data.get("interests") or RegisterOfInterests.NONE
        return data

    def _check_seat(self, row: dict[str, Any], clauses: set[str]) -> None:
        """Every seat is for somebody, and of a clause that there is."""
        drawn = name_in_row("seat", row["row"], "drawn_from")
        named = sum(map(bool, (row["drawn_from"], row["organisation"], row["group"])))
        if not named and drawn not in self.errors:
            self.add_error(drawn, "Say who the seat is for.")
        if named > 1:
            self.add_error(drawn, "Choose from the list, or name one organisation or group below; only one of these.")
        if row["each"] and not str(row["drawn_from"]).startswith(FOR_SEVERAL):
            self.add_error(
                name_in_row("seat", row["row"], "each"), "This is for a type of role or a kind of organisation."
            )
        self._check_clause("seat", row, clauses)

    def _check_clause(self, kind: str, row: dict[str, Any], clauses: set[str]) -> None:
        if row["clause"] and row["clause"] not in clauses:
            self.add_error(name_in_row(kind, row["row"], "clause"), f"There is no clause {row['clause']} below.")

    def _check_condition(self, row: dict[str, Any], clauses: set[str], titles: set[str]) -> None:
        """Every condition says what it is about, and names seats and clauses that there are."""
        condition = str(row["what"]).partition(":")[0]
        asked = {
            Condition.NOT_ENGAGED_BY: ("organisation", "Say by which organisation."),
            Condition.NOT_ALSO_IN: ("other_seat", "Say which other seat, as it is called above."),
            Condition.LONGEST_SERVICE: ("months", "Say for how many months."),
        }
        for each, (name, sentence) in asked.items():
            field = name_in_row("condition", row["row"], name)
            if condition == each and not row[name] and field not in self.errors:
                self.add_error(field, sentence)
            elif condition != each and row[name]:
                self.add_error(field, "This condition is not about that. Empty it, or choose another condition.")
        for name in ("seat", "other_seat"):
            if row[name] and row[name] not in titles:
                self.add_error(name_in_row("condition", row["row"], name), f"No seat above is called “{row[name]}”.")
        if row["seat"] and row["seat"] == row["other_seat"]:
            self.add_error(
                name_in_row("condition", row["row"], "other_seat"), "Nobody can be kept off a seat for having it."
            )
        self._check_clause("condition", row, clauses)

    def new_clauses(self) -> list[NewClause]:
        """The clauses that were typed, in order; once the form is valid."""
        return clauses_of(self.cleaned_data["clause"])

    def new_seats(self) -> list[NewSeat]:
        """The seats that were typed, in order; once the form is valid."""
        return seats_of(self.cleaned_data["seat"])

    def new_eligibilities(self) -> list[NewEligibility]:
        """The conditions that were typed, in order; once the form is valid."""
        return eligibilities_of(self.cleaned_data["condition"])


class CorrectTermsForm(TermsForm):
    """A version of the terms was written down wrongly."""

    reasons = ("Written down wrongly", "More is known now", "Review agreed")
