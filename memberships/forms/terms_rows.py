"""The rows of the form of terms: seats, clauses, conditions of eligibility; what can be chosen in them, and what they mean.

A row that starts from a version says which row of it that was (`was`). The form that has the rows is `forms.terms`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import Q

from ics_leadership.forms import PickerField
from ics_leadership.periods import today
from memberships import patterns
from memberships.actions import NewClause, NewEligibility, NewSeat
from memberships.forms.rows import RowKind
from memberships.models import Category, Condition, DrawnFrom, Eligibility, Group, Seat, Terms, Topic
from memberships.pickers import GROUPS, ORGANISATIONS
from organisations.models import ORGAN_KINDS, Kind, Organisation
from roles.models import FundingKind, RoleType

NEW_TYPE = "new_role_type"
"""Before the key of a type of role that a pattern needs and the register lacks: it is made with the terms."""

FOR_SEVERAL = (DrawnFrom.ROLE_TYPE, DrawnFrom.KIND, NEW_TYPE)
"""What choices begin with of which a seat can be for each."""


def kinds_of_rows(drawn_from: Sequence[tuple[str, str]]) -> Sequence[RowKind]:
    """Seats, clauses and conditions; `drawn_from` are the choices of whom a seat can be for."""
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
                "drawn_from": lambda: forms.ChoiceField(label="Who it is for", choices=drawn_from),
                "number": lambda: forms.IntegerField(label="How many", min_value=1, max_value=500, widget=short),
                "each": lambda: forms.BooleanField(label="As many for each of them in the area, not for all together"),
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
            more_called="Its part in a quorum; another organisation or group that it is for",
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
            more_called="What it is about",
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
            more_called="Which organisation, which other seat, or how many months",
            hidden=("was",),
            at_first=0,
        ),
    )


def rows_as_typed(terms: Terms) -> dict[str, list[dict[str, Any]]]:
    """The seats, clauses and conditions of a version, as the rows of the form."""
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
    return {"clause": clauses, "seat": seats, "condition": conditions}


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


def clauses_of(rows: Iterable[Mapping[str, Any]]) -> list[NewClause]:
    """The clauses that were typed, in order."""
    return [NewClause(row["number"], row["text"], row["about"] or "") for row in rows]


def eligibilities_of(rows: Iterable[Mapping[str, Any]]) -> list[NewEligibility]:
    """The conditions that were typed, in order."""
    found = []
    for row in rows:
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


def seats_of(rows: Sequence[Mapping[str, Any]]) -> list[NewSeat]:
    """The seats that were typed, in order; a type of role that the register lacks is not saved yet."""
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
        for key in by_what.get(NEW_TYPE, ()):
            self[f"{NEW_TYPE}:{key}"] = patterns.ROLE_TYPES[key].unsaved()
        self[f"{DrawnFrom.EXPERIENCE}:"] = None
        self[""] = None


def drawn_choices(
    group: Group, former: Terms | None, new_types: Iterable[patterns.NeededType] = ()
) -> list[tuple[str, str]]:
    """Whom a seat can be for: people with experience, holders of a type of role (`new_types` are still to be made), a kind
    of organisation, or one of the organisations near the group.
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
    made = [(f"{NEW_TYPE}:{each.key}", f"{each.plural} (a new type of role)") for each in new_types]
    return [("", "Choose"), experience, *made, *role_types, *organisations, *of_groups, *kinds]


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
