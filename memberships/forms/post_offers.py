"""Forms about offers to take on a post: what somebody would take on, and when they do not offer it any more."""

from __future__ import annotations

from typing import Any

from django import forms

from ics_leadership.forms import EndField, PickerField, StartField
from memberships.flows import ChangeForm
from memberships.models.post_offers import ONE_POST_SENTENCE
from memberships.pickers import GROUPS, ORGANISATIONS, ROLES
from roles.models import RoleType


class PostOfferForm(ChangeForm):
    """What somebody would take on: one of a role, a seat on a group, and a kind of role in an area."""

    reasons = ("They offered", "Asked and agreed", "Recorded late")
    more = ("end", "note")

    role = PickerField(ROLES, label="One role", help_text="Type its title or its body.", required=False)
    group = PickerField(GROUPS, label="Or a seat on a group", required=False)
    role_type = forms.ModelChoiceField(
        RoleType.objects.order_by("name"),
        label="Or any role of a kind",
        help_text="Say below in which area.",
        required=False,
        empty_label="None",
    )
    area = PickerField(ORGANISATIONS, label="In which area", required=False)
    start = StartField(label="Since when")
    end = EndField(help_text="The last day on which they offer it. Leave it empty where they set none.")
    note = forms.CharField(
        label="What they say of it",
        help_text="Seen, like the offer, by the editors of their entry and by themselves.",
        required=False,
        max_length=500,
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        named = [name for name in ("role", "group", "role_type") if data.get(name)]
        if not self.errors.keys() & {"role", "group", "role_type", "area"}:
            if len(named) != 1:
                self.add_error("role", ONE_POST_SENTENCE)
            elif named == ["role_type"] and not data.get("area"):
                self.add_error("area", "Say in which area they would take on such a role.")
            elif named != ["role_type"] and data.get("area"):
                self.add_error("area", "An area goes with a kind of role alone. Take it out.")
        return data


class EndPostOfferForm(ChangeForm):
    """The last day on which somebody offered to take on a post."""

    reasons = ("They told us", "Took it on", "Somebody else has it", "Recorded late")

    end = EndField(label="Last day on which they offered it", required=True)
