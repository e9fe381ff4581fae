"""Forms about terms of reference: a version with its clauses and seats, and what becomes of those who sit.

A form can start from any version (`as_typed`), so that terms can be drafted from others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from django import forms
from django.db.models import Q
from django.http import QueryDict

from ics_leadership.forms import EndField, PickerField, StartField
from ics_leadership.periods import PartialDate, today
from memberships import seat_matching
from memberships.actions import NewClause, NewEligibility, NewSeat
from memberships.forms.rows import RowKind, RowsForm, name_in_row
from memberships.models import (
    Category,
    ChairChosen,
    Condition,
    DecisionRule,
    DrawnFrom,
    Eligibility,
    Group,
    Membership,
    Nature,
    RegisterOfInterests,
    Seat,
    Terms,
    Topic,
)
from memberships.pickers import GROUPS, ORGANISATIONS
from organisations.models import ORGAN_KINDS, Kind, Organisation
from roles.models import FundingKind, RoleType

ENDS = "ends"
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
    clauses = [
        {"number": each.number, "text": each.text, "about": each.about, "was": each.pk} for each in terms.clauses.all()
    ]
    seats = [
        {
            "title": seat.title,
            "category": seat.category,
            "number": seat.number,
            "each": seat.each,
            "voting": seat.voting,
            "quorum_of": seat.quorum_of,
            "drawn_from": _drawn_as_typed(seat),
            "clause": seat.clause.number if seat.clause else "",
            "was": seat.pk,
        }
        for seat in terms.seats.all()
    ]
    conditions = [
        {
            "what": _condition_as_typed(each),
            "organisation": each.organisation,
            "months": each.months,
            "other_seat": each.other_seat.title if each.other_seat else "",
            "seat": each.seat.title if each.seat else "",
            "clause": each.clause.number if each.clause else "",
            "was": each.pk,
        }
        for each in terms.eligibilities.all()
    ]
    review = {"review_on": PartialDate(terms.review_on)} if terms.review_on else {}
    return (
        {name: getattr(terms, name) for name in FACTS}
        | review
        | {
            "clause": clauses,
            "seat": seats,
            "condition": conditions,
        }
    )


def _drawn_as_typed(seat: Seat) -> str:
    """Where a seat is drawn from, as the list of choices has it."""
    of_what = {
        DrawnFrom.ROLE_TYPE: seat.role_type_id,
        DrawnFrom.KIND: seat.organisation_kind,
        DrawnFrom.ORGANISATION: seat.organisation_id,
        DrawnFrom.GROUP: seat.group_id,
        DrawnFrom.EXPERIENCE: "",
    }
    return f"{seat.drawn_from}:{of_what[DrawnFrom(seat.drawn_from)]}"


def _condition_as_typed(row: Eligibility) -> str:
    """A condition as the list of choices has it."""
    return f"{row.condition}:{row.profession or row.funding_kind}"


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
        self.drawn_choices = drawn_choices(group, former)
        super().__init__(*arguments, **options)

    def kinds_of_rows(self) -> Sequence[RowKind]:
        was = lambda: forms.IntegerField(required=False, widget=forms.HiddenInput)  # noqa: E731
        categories = [("", "Choose"), *Category.choices]
        short = forms.TextInput(attrs={"width": "short"})
        return (
            RowKind(
                name="seat",
                noun="Seat",
                title="Seats",
                hint="Each kind of seat once, with how many there are of it.",
                fields={
                    "title": lambda: forms.CharField(label="What it is called", max_length=200),
                    "category": lambda: forms.ChoiceField(label="How one sits in it", choices=categories),
                    "drawn_from": lambda: forms.ChoiceField(label="Who it is for", choices=self.drawn_choices),
                    "number": lambda: forms.IntegerField(
                        label="How many", min_value=1, max_value=500, widget=forms.TextInput(attrs={"width": "short"})
                    ),
                    "each": lambda: forms.BooleanField(
                        label="As many for each of them in the area, not for all together"
                    ),
                    "voting": lambda: forms.BooleanField(label="Has a vote"),
                    "clause": lambda: forms.CharField(label="By clause", max_length=12, widget=short),
                    "quorum_of": lambda: forms.IntegerField(
                        label="How many of them a quorum asks for", min_value=1, max_value=500, widget=short
                    ),
                    "organisation": lambda: PickerField(
                        ORGANISATIONS, label="For one organisation that is not in the list above"
                    ),
                    "group": lambda: PickerField(GROUPS, label="For members of another group"),
                    "was": was,
                },
                required={
                    "title": "Say what the seat is called.",
                    "category": "Say how one sits in it.",
                    "number": "Say how many there are of it.",
                },
                more=("quorum_of", "organisation", "group"),
                hidden=("was",),
                blank={"number": "1"},
            ),
            RowKind(
                name="clause",
                noun="Clause",
                title="Clauses",
                hint="As they are written. They can follow later.",
                fields={
                    "number": lambda: forms.CharField(label="Number", max_length=12, widget=short),
                    "text": lambda: forms.CharField(label="Text", widget=forms.Textarea(attrs={"rows": 3})),
                    "about": lambda: forms.ChoiceField(
                        label="What it is about", choices=[("", "Something else, or seats and members"), *Topic.choices]
                    ),
                    "was": was,
                },
                required={"number": "Give the clause its number.", "text": "Write the clause, or take it out."},
                more=("about",),
                hidden=("was",),
            ),
            RowKind(
                name="condition",
                noun="Condition",
                title="Who may be a member",
                hint="What the chair and core members, or whoever has one seat, have to fulfil.",
                fields={
                    "what": lambda: forms.ChoiceField(label="The member", choices=_condition_choices()),
                    "organisation": lambda: PickerField(ORGANISATIONS, label="Which organisation"),
                    "other_seat": lambda: forms.CharField(label="Which other seat", max_length=200),
                    "months": lambda: forms.IntegerField(
                        label="How many months", min_value=1, max_value=1200, widget=short
                    ),
                    "seat": lambda: forms.CharField(
                        label="Only for the seat",
                        max_length=200,
                        help_text="Empty: for the chair and all core members.",
                    ),
                    "clause": lambda: forms.CharField(label="By clause", max_length=12, widget=short),
                    "was": was,
                },
                required={"what": "Say what the condition is."},
                more=("organisation", "other_seat", "months"),
                hidden=("was",),
                at_first=0,
            ),
        )

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
        if row["each"] and not str(row["drawn_from"]).startswith((DrawnFrom.ROLE_TYPE, DrawnFrom.KIND)):
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
        return [NewClause(row["number"], row["text"], row["about"] or "") for row in self.cleaned_data["clause"]]

    def new_eligibilities(self) -> list[NewEligibility]:
        """The conditions that were typed, in order; once the form is valid."""
        found = []
        for row in self.cleaned_data["condition"]:
            condition, _, of_what = row["what"].partition(":")
            found.append(
                NewEligibility(
                    Condition(condition),
                    seat=row["seat"],
                    clause=row["clause"],
                    organisation=row["organisation"],
                    other_seat=row["other_seat"],
                    months=row["months"],
                    profession=of_what if condition == Condition.PROFESSION else "",
                    funding_kind=of_what if condition == Condition.NOT_PAID_FROM else "",
                )
            )
        return found

    def new_seats(self) -> list[NewSeat]:
        """The seats that were typed, in order; once the form is valid."""
        rows = self.cleaned_data["seat"]
        drawn = _Drawn(row["drawn_from"] for row in rows)
        return [
            NewSeat(
                title=row["title"],
                category=Category(row["category"]),
                drawn_from=row["organisation"] or row["group"] or drawn[row["drawn_from"]],
                number=row["number"],
                each=bool(row["each"]),
                voting=bool(row["voting"]),
                clause=row["clause"],
                quorum_of=row["quorum_of"],
            )
            for row in rows
        ]


class _Drawn(dict[str, "RoleType | Kind | Organisation | Group | None"]):
    """What seats are drawn from, by the choices that were made, each table asked once."""

    def __init__(self, chosen: Iterable[str]) -> None:
        super().__init__()
        by_what: dict[str, list[str]] = {}
        for each in chosen:
            what, _, key = each.partition(":")
            by_what.setdefault(what, []).append(key)
        for what, table in (
            (DrawnFrom.ROLE_TYPE, RoleType),
            (DrawnFrom.ORGANISATION, Organisation),
            (DrawnFrom.GROUP, Group),
        ):
            for pk, row in table.objects.in_bulk([int(key) for key in by_what.get(what, ())]).items():
                self[f"{what}:{pk}"] = row
        for key in by_what.get(DrawnFrom.KIND, ()):
            self[f"{DrawnFrom.KIND}:{key}"] = Kind(key)
        self[f"{DrawnFrom.EXPERIENCE}:"] = None
        self[""] = None


def drawn_choices(group: Group, former: Terms | None) -> list[tuple[str, str]]:
    """Whom a seat can be for: people with experience, holders of a type of role, a kind of organisation, or one of the
    organisations near the group.
    """
    role_types = [(f"{DrawnFrom.ROLE_TYPE}:{each.pk}", each.plural) for each in RoleType.objects.order_by("plural")]
    kinds = [(f"{DrawnFrom.KIND}:{key}", f"Any: {label}") for key, label in Kind.choices]
    area = group.covers or group.host
    organs = Q(kind__in=ORGAN_KINDS, pk__in=Organisation.objects.as_at(today()).within(area, today()).values("pk"))
    named = Q(pk__in=[group.host_id, area.pk]) | (Q(seats_drawn__terms=former) if former else Q(pk=None))
    near = Organisation.objects.filter(organs | named).distinct().order_by("name", "pk")
    organisations = [(f"{DrawnFrom.ORGANISATION}:{each.pk}", f"One: {each.name}") for each in near]
    experience = (f"{DrawnFrom.EXPERIENCE}:", "People with experience")
    groups = Group.objects.filter(seats_drawn__terms=former).distinct() if former else Group.objects.none()
    of_groups = [(f"{DrawnFrom.GROUP}:{each.pk}", f"Members of: {each.name}") for each in groups.order_by("name")]
    return [("", "Choose"), experience, *role_types, *organisations, *of_groups, *kinds]


def _condition_choices() -> list[tuple[str, str]]:
    """What a condition can be, those about professions and pay once for each."""
    professions = [
        (f"{Condition.PROFESSION}:{key}", f"{Condition.PROFESSION.label}: {label}")
        for key, label in Eligibility._meta.get_field("profession").flatchoices
    ]
    kinds = [
        (f"{Condition.NOT_PAID_FROM}:{key}", f"{Condition.NOT_PAID_FROM.label}: {label}")
        for key, label in FundingKind.choices
    ]
    plain = [
        (f"{each}:", str(each.label))
        for each in Condition
        if each not in (Condition.PROFESSION, Condition.NOT_PAID_FROM)
    ]
    return [("", "Choose"), *plain, *professions, *kinds]


class CorrectTermsForm(TermsForm):
    """A version of the terms was written down wrongly."""

    reasons = ("Written down wrongly", "More is known now", "Review agreed")


class NewTermsForm(TermsForm):
    """A new version of the terms, and then, for everybody who sits, what becomes of them."""

    reasons = ("Agreed by the group", "Reviewed", "First terms of reference", "Recorded late")

    members_asked = forms.CharField(required=False, widget=forms.HiddenInput)
    """"yes" once the form asked what becomes of everybody who sits."""

    def __init__(self, *arguments: Any, members: Sequence[Membership], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.members = members
        self.asked: list[Membership] = []
        if self.is_bound and self.data.get("members_asked") == "yes":
            self._ask([member for member in members if _named(member) in self.data])

    def _ask(self, members: Sequence[Membership]) -> None:
        """Add a field for each of these members."""
        self.asked = list(members)
        places = [("", "Choose"), *self._places_sent(), (ENDS, "Leaves the group the day before")]
        for member in members:
            self.fields[_named(member)] = forms.ChoiceField(
                label=f"{member.person.name} ({_seat_words(member.seat.title, Category(member.seat.category))})",
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
        """Those who sit under a version before this one, once the form is valid."""
        first_day = self.cleaned_data["start"].first_day
        return [
            member
            for member in self.members
            if member.seat.terms.start_date is None or first_day is None or member.seat.terms.start_date < first_day
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
        if self.members and "start" in data and data["start"].eve is None:
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


def _seat_words(title: str, category: Category) -> str:
    """A seat as a list of choices names it: "Chair", "Alliance, core member"."""
    how = category.label.lower()
    return title if title.casefold() == how else f"{title}, {how}"


def _named(member: Membership) -> str:
    """The field that says what becomes of a member."""
    return f"member_{member.pk}"
