"""Forms about organisations that people keep: a new one, a correction, an end, links, mergers, what stood under a closed
one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from ics_leadership.forms import EndField, PickerField, ReasonField, StartField
from ics_leadership.periods import PartialDate, Precision
from ics_leadership.words import day_words
from memberships.flows import ChangeForm
from memberships.forms.groups import LAST_DAY_HINT
from memberships.forms.rows import RowKind, RowsForm, name_in_row
from memberships.models import Appointment, Group
from memberships.pickers import NETWORKS, ORGANISATIONS
from organisations.models import Kind, Link, LinkKind, Organisation, Sector, Succession
from roles.models import Role

LINK_CHOICES = [
    (LinkKind.PART_OF.value, "It is part of"),
    (LinkKind.COVERS.value, "It covers"),
    (LinkKind.MEMBER_OF.value, "It is a member of"),
    (LinkKind.CORE_PARTNER_OF.value, "It is a core partner of"),
]
NOT_RECORDED = ("", "Not recorded")


class DayField(StartField):
    """A day, typed: gives a PartialDate known to the day."""

    def clean(self, value: Any) -> PartialDate | None:
        typed = super().clean(value)
        if typed and typed.precision != Precision.DAY:
            raise ValidationError("Give the day, because what was before ends the day before.", code="day")
        return typed


def _text(**options: Any) -> forms.CharField:
    options.setdefault("required", False)
    return forms.CharField(**options)


def tick_list(label: str, choices: list[tuple[str, str]], hint: str) -> forms.MultipleChoiceField:
    """A list to tick, all ticked at first."""
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=False,
        help_text=hint,
        widget=forms.CheckboxSelectMultiple,
        initial=[key for key, _ in choices],
    )


class NewOrganisationForm(ChangeForm):
    """An organisation that people keep, with the link that says in which area it lies."""

    reasons = ("New organisation", "Recorded late", "Not yet published by ODS")
    more = ("short_name", "ods_code", "sector", "address", "postcode", "telephone", "end")

    name = forms.CharField(label="What it is called", max_length=300)
    kind = forms.ChoiceField(label="What it is", choices=[("", "Choose"), *Kind.choices])
    start = StartField(label="Since when there is such an organisation")
    link_kind = forms.ChoiceField(label="Where it belongs", choices=LINK_CHOICES, widget=forms.RadioSelect)
    other = PickerField(
        ORGANISATIONS, label="Which organisation", help_text="The one that it is part of, covers or belongs to."
    )
    short_name = _text(label="Short name", max_length=60)
    ods_code = _text(
        label="ODS code",
        max_length=12,
        help_text="If it has one. When ODS publishes an organisation of this kind under it, the two are one.",
        widget=forms.TextInput(attrs={"width": "short"}),
    )
    sector = forms.ChoiceField(
        label="Sector", choices=[("", "The usual one of its kind"), *Sector.choices], required=False
    )
    address = _text(label="Address", widget=forms.Textarea(attrs={"rows": 3}))
    postcode = _text(label="Postcode", max_length=10, widget=forms.TextInput(attrs={"width": "short"}))
    telephone = _text(label="Telephone", max_length=40, widget=forms.TextInput(attrs={"width": "date"}))
    end = EndField()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["ods_code"] = (data.get("ods_code") or "").upper() or None
        return data


PUBLISHED_AS = {"name": "written", "address": "address", "postcode": "postcode", "telephone": "telephone"}
"""The fields whose values ODS publishes, and what they are called among what was published."""


class CorrectOrganisationForm(ChangeForm):
    """What was written wrongly about an organisation, or is called otherwise now."""

    reasons = ("Renamed", "It was written wrongly", "More is known now")
    more = ("kind", "sector", "ods_code", "address", "postcode", "telephone")

    name = forms.CharField(label="What it is called", max_length=300)
    kind = forms.ChoiceField(
        label="What it is", choices=Kind.choices, help_text="Its address changes with it; the former one leads on."
    )
    short_name = _text(label="Short name", max_length=60, help_text="As people say it in a meeting.")
    start = StartField(label="Open from")
    end = EndField(label="Last day")
    sector = forms.ChoiceField(label="Sector", choices=Sector.choices)
    ods_code = _text(label="ODS code", max_length=12, widget=forms.TextInput(attrs={"width": "short"}))
    address = _text(label="Address", widget=forms.Textarea(attrs={"rows": 3}))
    postcode = _text(label="Postcode", max_length=10, widget=forms.TextInput(attrs={"width": "short"}))
    telephone = _text(label="Telephone", max_length=40, widget=forms.TextInput(attrs={"width": "date"}))

    def __init__(self, *arguments: Any, organisation: Organisation, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if organisation.name == organisation.ods_code:
            self.fields["why"] = ReasonField(["Named: it was known by its code only"])
        published = organisation.published
        if published is None:
            return
        # Under this code and kind the files speak of it: others would make it another organisation.
        del self.fields["ods_code"], self.fields["kind"]
        for name, key in PUBLISHED_AS.items():
            if published.get(key):
                self.fields[name].help_text = f"ODS publishes “{published[key]}”."

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "ods_code" in self.fields:
            data["ods_code"] = (data.get("ods_code") or "").upper() or None
        return data


class CloseOrganisationForm(ChangeForm):
    """An organisation closes: when, what ends with it, and who takes over."""

    reasons = ("Closed", "Merged", "Abolished by law", "Recorded late")
    more = ("successor",)

    end = EndField(label="Its last day", required=True, help_text=LAST_DAY_HINT)
    successor = PickerField(
        ORGANISATIONS,
        label="Who takes over from it",
        required=False,
        help_text="From the day after. For networks that merge there is a page of its own.",
    )

    def __init__(self, *arguments: Any, posts: Sequence[Role], groups: Sequence[Group], **options: Any) -> None:
        super().__init__(*arguments, **options)
        if posts:
            self.fields["posts"] = tick_list(
                "Which of its roles end the same day",
                [(str(post.pk), post.title) for post in posts],
                "Whoever holds them leaves that day, with the seats that they have by virtue of it. What is not ticked "
                "stays, to be decided later.",
            )
        if groups:
            self.fields["groups"] = tick_list(
                "Which of the groups that it hosts end the same day",
                [(str(group.pk), group.name) for group in groups],
                "With their terms, and with everybody’s seat.",
            )
        self.order_fields(["end", "posts", "groups"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("successor") and data.get("end") and data["end"].precision != Precision.DAY:
            self.add_error("successor", "To record who takes over, give the last day to the day.")
        return data


class LinkForm(ChangeForm):
    """What an organisation is to another from a day on."""

    reasons = ("It joined", "Recorded late", "More is known now")
    more = ("end",)

    link_kind = forms.ChoiceField(label="What it is", choices=LINK_CHOICES, widget=forms.RadioSelect)
    other = PickerField(ORGANISATIONS, label="Which organisation", help_text="Type a name or a code.")
    start = StartField()
    end = EndField()


class EndLinkForm(ChangeForm):
    """What an organisation is to another comes to an end."""

    reasons = ("It left", "It was agreed otherwise", "Recorded late")

    end = EndField(label="Last day", required=True, help_text=LAST_DAY_HINT)


class CorrectLinkForm(ChangeForm):
    """When an organisation was something to another, written down wrongly."""

    reasons = ("It was written wrongly", "More is known now")

    start = StartField(label="From")
    end = EndField(label="Last day")


class MovePracticeForm(ChangeForm):
    """A practice moves from one network to another."""

    reasons = ("It joined another network", "Its networks merged", "Recorded late")

    network = PickerField(NETWORKS, label="Which network it moves to", help_text="Type a name or a code.")
    start = StartField(label="From when it is in the new network")


A_NEW_ONE, THE_FIRST = "new", "first"
OVER, ENDS = "over", "ends"


class MergeNetworksForm(RowsForm):
    """Networks become one: which, from which day, and then what becomes of those who lead the ones that close."""

    reasons = ("The networks merged", "Recorded late")
    more = ("short_name", "ods_code")

    start = DayField(label="First day of the merged network", help_text="“1 April 2026”.")
    becomes = forms.ChoiceField(
        label="What they become",
        choices=[(A_NEW_ONE, "A new network"), (THE_FIRST, "The first of them, which takes in the others")],
        widget=forms.RadioSelect,
    )
    name = _text(label="What a new network is called", max_length=300)
    short_name = _text(label="Short name of a new network", max_length=60)
    ods_code = _text(
        label="ODS code of a new network",
        max_length=12,
        help_text="Give it before ODS publishes the network, so that the two are one.",
        widget=forms.TextInput(attrs={"width": "short"}),
    )
    asked_about = forms.CharField(required=False, widget=forms.HiddenInput)
    """The networks that close about whose people the form that was sent asked, by their ids."""

    def kinds_of_rows(self) -> Sequence[RowKind]:
        return (
            RowKind(
                name="network",
                noun="Network",
                title="Which networks merge",
                fields={"network": lambda: PickerField(NETWORKS, label="Network")},
                at_first=2,
            ),
        )

    def __init__(
        self,
        *arguments: Any,
        closing: Sequence[Organisation],
        held: Sequence[Appointment],
        groups: Sequence[Group],
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        self.held, self.groups = held, groups
        self.about = ",".join(str(network.pk) for network in closing)
        self.is_asked = self.is_bound and bool(self.about) and self.data.get("asked_about") == self.about
        for appointment in held:
            who = f"{appointment.person.name}, {appointment.role.title}"
            self.fields[_named(appointment)] = forms.ChoiceField(
                label=who if appointment.role.organisation.name in who else f"{who}, {appointment.role.organisation}",
                choices=[(OVER, "Goes over to the merged network"), (ENDS, "Leaves the day before")],
                required=self.is_asked,
                error_messages={"required": f"Say what becomes of {appointment.person.name}."},
                widget=forms.RadioSelect,
            )
        if groups:
            self.fields["groups"] = tick_list(
                "Which of their groups end",
                [(str(group.pk), group.name) for group in groups],
                "With their terms, and with everybody’s seat. What is not ticked stays, to be decided later.",
            )
        if self.is_bound and self.about and not self.is_asked:
            data = cast(QueryDict, self.data).copy()
            data["asked_about"] = self.about
            if groups:
                data.setlist("groups", [str(group.pk) for group in groups])
            self.data = data

    @property
    def needed(self) -> list[forms.BoundField]:
        return [bound for bound in super().needed if bound.name not in self._asked_after()]

    @property
    def asked_after(self) -> list[forms.BoundField]:
        """What is asked once it is known which networks close: shown after them."""
        return [self[name] for name in self._asked_after()]

    def _asked_after(self) -> list[str]:
        return [*(_named(appointment) for appointment in self.held), *(["groups"] if self.groups else [])]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        rows, seen = data["network"], set()
        for row in rows:
            network = row["network"]
            if network in seen:
                self.add_error(name_in_row("network", row["row"], "network"), f"{network} is among them already.")
            seen.add(network)
        if len(rows) < 2 and not self.errors:
            number = self.numbers["network"][len(rows)] if len(self.numbers["network"]) > len(rows) else None
            field = name_in_row("network", number, "network") if number is not None else None
            self.add_error(field, "Name at least two networks.")
        if data.get("becomes") == A_NEW_ONE and not data.get("name"):
            self.add_error("name", "Say what the new network is called.")
        data["ods_code"] = (data.get("ods_code") or "").upper() or None
        data["networks"] = [row["network"] for row in rows]
        return data

    def goes_over(self, appointment: Appointment) -> bool:
        """Whether somebody goes over to the merged network, once the form is valid."""
        return bool(self.cleaned_data.get(_named(appointment)) == OVER)


def _named(appointment: Appointment) -> str:
    """The field that says what becomes of an appointment."""
    return f"held_{appointment.pk}"


LATER = "later"


class AllocateForm(ChangeForm):
    """Where each of those belongs that stood under an organisation with several successors."""

    reasons = ("Agreed with the successors", "As the boundaries were drawn", "Recorded late")

    def __init__(
        self, *arguments: Any, successions: Sequence[Succession], children: Sequence[Link], **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        self.children = children
        bodies = [(str(each.successor_id), f"{each.successor.name}, from {day_words(each.on)}") for each in successions]
        self.fields["everyone_else"] = forms.ChoiceField(
            label="All those for which nothing is chosen below",
            choices=[("", "Are decided later"), *bodies],
            required=False,
        )
        for child in children:
            organisation = child.organisation
            code = f" ({organisation.ods_code})" if organisation.ods_code else ""
            self.fields[f"child_{child.pk}"] = forms.ChoiceField(
                label=f"{organisation.name}{code}",
                choices=[("", "As all those for which nothing is chosen"), *bodies, (LATER, "Is decided later")],
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not any(place_of(child, data) for child in self.children) and not self.errors:
            raise ValidationError("Choose where at least one of them belongs.", code="nothing")
        return data


def place_of(child: Link, data: dict[str, Any]) -> int | None:
    """The id of the successor that was chosen for what stood under the former body; None for what is decided later."""
    chosen = data.get(f"child_{child.pk}") or data.get("everyone_else") or LATER
    return None if chosen == LATER else int(chosen)
