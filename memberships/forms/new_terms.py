"""The form of a new version of terms of reference: the terms, and then, for everybody who sits, what becomes of them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict

from ics_leadership.periods import today
from ics_leadership.words import period_words
from memberships import patterns, seat_matching
from memberships.forms.rows import RowKind, name_in_row
from memberships.forms.terms import TermsForm
from memberships.forms.terms_rows import drawn_choices, kinds_of_rows
from memberships.models import Category, Membership

ENDS = "ends"


class NewTermsForm(TermsForm):
    """A new version of the terms, and then, for everybody who sits, what becomes of them.

    `members` are all who sit, sat or are to sit: a version that is entered for a past day is that of those too who have
    left since.
    """

    reasons = ("Agreed by the group", "Reviewed", "First terms of reference", "Recorded late")

    pattern = forms.CharField(required=False, widget=forms.HiddenInput)
    """The key of the pattern that the form started from, if any."""
    members_asked = forms.CharField(required=False, widget=forms.HiddenInput)
    """"yes" once the form asked what becomes of everybody who sits."""

    def __init__(
        self,
        *arguments: Any,
        members: Sequence[Membership],
        new_types: Sequence[patterns.NeededType],
        **options: Any,
    ) -> None:
        self.new_types = new_types
        super().__init__(*arguments, **options)
        self.members = members
        self.asked: list[Membership] = []
        if self.is_bound and self.data.get("members_asked") == "yes":
            self._ask([member for member in members if _named(member) in self.data])

    def kinds_of_rows(self) -> Sequence[RowKind]:
        return kinds_of_rows(drawn_choices(self.group, self.former, self.new_types))

    def _ask(self, members: Sequence[Membership]) -> None:
        """Add a field for each of these members."""
        self.asked = list(members)
        places = [("", "Choose"), *self._places_sent(), (ENDS, "Leaves the group the day before")]
        for member in members:
            left = "" if goes_on(member) else f", {period_words(member, today())}"
            self.fields[_named(member)] = forms.ChoiceField(
                label=f"{member.person.name} ({_seat_words(member.seat.title, Category(member.seat.category))}{left})",
                choices=places,
                error_messages={
                    "required": f"Say what becomes of {member.person.name}.",
                    "invalid_choice": "That seat is not among them any more. Choose again.",
                },
            )

    def _places_sent(self) -> list[tuple[str, str]]:
        """The seats in the form as it was sent, by their numbers."""
        named = []
        for number in self.numbers["seat"]:
            title = self.data.get(name_in_row("seat", number, "title"), "")
            category = self.data.get(name_in_row("seat", number, "category"), "")
            if title and category in Category.values:
                named.append((f"row:{number}", _seat_words(title, Category(category))))
        return named

    def going_over(self) -> list[Membership]:
        """Those who sit on the first day of this version or later, under one before it, once the form is valid."""
        first_day = self.cleaned_data["start"].first_day
        if first_day is None:
            return [member for member in self.members if goes_on(member)]
        return [
            member
            for member in self.members
            if goes_on(member, first_day)
            and (member.seat.terms.start_date is None or member.seat.terms.start_date < first_day)
        ]

    def ask_members(self) -> None:
        """Ask what becomes of everybody who sits, who keeps their seat being chosen already; of a valid form."""
        members, rows = self.going_over(), self.cleaned_data["seat"]
        now = [seat.drawn() for seat in self.new_seats()]
        former = {member.seat_id: member.seat for member in members}
        taken_over = {place: row["was"] for place, row in enumerate(rows) if row["was"]}
        places = seat_matching.matched(list(former.values()), now, taken_over)
        data = cast(QueryDict, self.data).copy()
        data["members_asked"] = "yes"
        for member in members:
            kept = f"row:{rows[places[member.seat_id]]['row']}" if member.seat_id in places else ""
            data.setdefault(_named(member), kept)
        self.data = data
        self._ask(members)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if any(map(goes_on, self.members)) and "start" in data and data["start"].eve is None:
            self.add_error("start", "Say from when, because people sit under the terms that are in force before.")
        return data

    @property
    def member_fields(self) -> list[forms.BoundField]:
        """What becomes of each member: those first whose seat is not there any more."""
        return sorted((self[_named(member)] for member in self.asked), key=lambda bound: bool(bound.value()))

    @property
    def is_about_members(self) -> bool:
        """Whether the page is to ask about the members alone, because nothing else is wrong."""
        return bool(self.asked) and not set(self.errors) - {_named(member) for member in self.asked}

    @property
    def put_aside(self) -> list[tuple[str, str]]:
        """What was sent and the page does not show, for hidden fields: the terms, or the choices for the members."""
        if not self.is_bound:
            return []
        choices = {name for name in self.data if name.startswith("member_")}
        kept = set(self.data) - choices - _NOT_OF_THE_FORM if self.is_about_members else choices
        return [(name, value) for name in sorted(kept) for value in cast(QueryDict, self.data).getlist(name)]

    @property
    def needed(self) -> list[forms.BoundField]:
        aside = {"members_asked", *(_named(member) for member in self.asked)}
        return [bound for bound in super().needed if bound.name not in aside]

    def place_of(self, member: Membership) -> int | None:
        """The place, from 0, of the seat to which a member goes over; None for one who leaves."""
        choice = self.cleaned_data[_named(member)]
        rows: Mapping[str, int] = {f"row:{row['row']}": place for place, row in enumerate(self.cleaned_data["seat"])}
        return None if choice == ENDS else rows[choice]


_NOT_OF_THE_FORM = {"csrfmiddlewaretoken", "token", "versions", "step", "find", "row", "stage", "focus"}


def goes_on(member: Membership, day: datetime.date | None = None) -> bool:
    """Whether somebody sits on a day, today where none is given, or is to sit later."""
    return member.period.upper is None or member.period.upper > (day or today())


def _seat_words(title: str, category: Category) -> str:
    """A seat as a list of choices names it: "Chair", "Alliance, core member"."""
    how = category.label.lower()
    return title if title.casefold() == how else f"{title}, {how}"


def _named(member: Membership) -> str:
    """The field that says what becomes of a member."""
    return f"member_{member.pk}"
