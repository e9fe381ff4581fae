"""Forms about people: somebody new, a name or profession that changes, a practice that they move to, what they can do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from ics_leadership.forms import EndField, PickerField, StartField
from memberships.flows import ChangeForm
from memberships.models import Appointment, Profession, Skill
from memberships.pickers import ORGANISATIONS, PRACTICES
from memberships.presenters.holdings import role_words

PROFESSION_CHOICES = [("", "Not recorded"), *Profession.choices]


class PersonForm(ChangeForm):
    """Who somebody is. Only a family name is needed."""

    reasons = ("Changed their name", "Changed their profession", "Was written down wrongly", "More is known now")
    more = ("registration_number", "work_email", "work_telephone", "note")

    title = forms.CharField(
        label="Title", required=False, max_length=30, widget=forms.TextInput(attrs={"width": "short"})
    )
    given_names = forms.CharField(label="Given names", required=False, max_length=150)
    family_name = forms.CharField(
        label="Family name", max_length=150, error_messages={"required": "Give at least the family name."}
    )
    profession = forms.ChoiceField(label="Profession", choices=PROFESSION_CHOICES, required=False)
    registration_number = forms.CharField(
        label="Registration number",
        help_text="GMC, NMC, GPhC or HCPC. Seen by editors of the area.",
        required=False,
        max_length=30,
    )
    work_email = forms.EmailField(label="Work e-mail", help_text="Seen by readers who sign in.", required=False)
    work_telephone = forms.CharField(
        label="Work telephone", help_text="Seen by readers who sign in.", required=False, max_length=40
    )
    note = forms.CharField(
        label="Private note", help_text="Seen by editors of the area.", required=False, widget=forms.Textarea
    )


class NewPersonForm(PersonForm):
    """Somebody whom the register does not hold yet."""

    reasons = ("Takes up a post", "Is put forward", "Offers to help", "Recorded late")


class MovePracticeForm(ChangeForm):
    """Somebody moves to another practice: with the posts they hold there, and as their employer."""

    reasons = ("Moved to another practice", "Practices merged", "Was written down wrongly")

    practice = PickerField(PRACTICES, label="To which practice", help_text="Type its name or code.")
    start = StartField(label="From when")

    def __init__(
        self, *arguments: Any, held: Sequence[Appointment], employed: Sequence[Appointment], **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        for name, label, rows in (
            ("posts", "Posts at the former practice, to be held at the new one", held),
            ("employed", "Posts for which the former practice employs them, and the new one will", employed),
        ):
            if rows:
                keys = [str(row.pk) for row in rows]
                labels = [role_words(row.role) for row in rows]
                self.fields[name] = forms.MultipleChoiceField(
                    label=label,
                    choices=list(zip(keys, labels, strict=True)),
                    initial=keys,
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                )


class SkillForm(ChangeForm):
    """Something that somebody can do."""

    reasons = ("They told us", "Recorded when a post ended", "Recorded late")
    more = ("end", "gained_through")

    skill = forms.ModelChoiceField(Skill.objects.order_by("name"), label="Skill", empty_label="Choose one")
    start = StartField(label="Since when")
    end = EndField()
    gained_through = forms.CharField(label="How they came by it", required=False, max_length=500)


class OfferForm(ChangeForm):
    """What somebody offers to teach or advise on."""

    reasons = ("They offered", "Asked and agreed", "Recorded late")
    more = ("skill", "end")

    offer = forms.CharField(
        label="What they offer", max_length=500, error_messages={"required": "Say what is offered."}
    )
    area = PickerField(ORGANISATIONS, label="In which area")
    start = StartField(label="Since when")
    agreed_to_show = forms.BooleanField(label="They agreed that everyone may see it", required=False)
    skill = forms.ModelChoiceField(
        Skill.objects.order_by("name"), label="Skill", required=False, empty_label="None in particular"
    )
    end = EndField()
