"""Flows about declared interests, for the editors of a person's entry and for the person themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404

from ics_leadership.periods import PartialDate, today
from ics_leadership.words import day_words, period_words
from memberships import actions
from memberships.flows import ChangeForm, Consequence, Flow
from memberships.forms.interests import DeclareForm, EndInterestForm, InterestForm, as_typed, interest_words
from memberships.models import Interest, InterestDeclaration, Person
from memberships.outcomes import Concerned
from memberships.presenters.reasons import Piece
from memberships.rights import may_speak_for
from memberships.views.change.people import OfPerson
from memberships.views.change.with_rows import RowsFlow
from organisations.rights import Rights


class OfDeclarer(OfPerson):
    """A flow about the interests of one person."""

    def is_permitted(self, rights: Rights) -> bool:
        return may_speak_for(self.person, rights)

    def address_after(self, result: Model) -> str:
        return f"{self.person.get_absolute_url()}#interests"


class DeclareInterests(RowsFlow, OfDeclarer):
    """Somebody declares all interests that they have on a day, or that they have none."""

    form_class = DeclareForm

    def load(self, **address: Any) -> None:
        super().load(**address)
        self.title = f"{self.person} declares interests"
        held = Interest.objects.as_at(today()).filter(person=self.person).select_related("body")
        self.held = list(held.order_by("category", "pk"))

    def rests_on(self) -> Sequence[Model]:
        return (self.person, *self.held)

    def initial(self) -> dict[str, Any]:
        rows = [as_typed(each) | {"was": each.pk} for each in self.held]
        return {"declared_on": today(), "interest": rows} if rows else {"declared_on": today()}

    def asks_more(self, form: ChangeForm) -> bool:
        self.form = cast(DeclareForm, form)
        return False

    def consequences(self, data: dict[str, Any]) -> Sequence[Consequence]:
        said = {row["was"] for row in data["interest"]}
        gone = [each for each in self.held if each.pk not in said and each.holds(data["declared_on"])]
        lines = [(Piece(f"{each.what}, {period_words(each, today())}"),) for each in gone]
        return [Consequence("No longer among them, so that it ends the day before", lines)] if lines else []

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        # Fresh rows: what a trial did to them is not what the page compares with.
        known = Interest.objects.filter(person=self.person).in_bulk(
            [row["was"] for row in data["interest"] if row["was"]]
        )
        said = [row["was"] for row in data["interest"] if row["was"]]
        if len(set(said)) < len(said) or set(said) - known.keys():
            raise ValidationError("The form does not fit what is declared any more. Open it again.", code="stale")
        return actions.declare_interests(
            person=self.person,
            declared_on=data["declared_on"],
            interests=self.form.declared(known),
            **who,
        )

    def done(self, result: Model) -> str:
        assert isinstance(result, InterestDeclaration)
        return f"Recorded: what {self.person} declared on {day_words(result.declared_on)}."


class AddInterest(OfDeclarer):
    """Somebody has one interest more."""

    form_class = InterestForm

    def load(self, **address: Any) -> None:
        super().load(**address)
        self.title = f"{self.person}: an interest"

    def rests_on(self) -> Sequence[Model]:
        return ()

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        return actions.add_interest(person=self.person, interest=interest_words(data), **who)

    def done(self, result: Model) -> str:
        return f"Recorded: an interest of {self.person}."


class OfInterest(Flow):
    """A flow about one interest."""

    def load(self, **address: Any) -> None:
        found = Interest.objects.select_related("person", "body").filter(pk=address["pk"]).first()
        # Whether somebody has any interests is for those to know who may see them.
        if found is None or not may_speak_for(found.person, self.rights):
            raise Http404("The register has no such interest. It may have been withdrawn.")
        self.interest: Interest = found
        self.person: Person = found.person

    def is_permitted(self, rights: Rights) -> bool:
        return True

    def rests_on(self) -> Sequence[Model]:
        return (self.interest,)

    def about(self) -> Sequence[tuple[str, Sequence[Piece]]]:
        row = self.interest
        return (
            ("Whose", (Piece(self.person.name),)),
            (row.get_category_display(), (Piece(f"{row.what}, {period_words(row, today())}"),)),
        )

    def concerned(self, data: dict[str, Any]) -> Concerned:
        return Concerned(people={self.person.pk})

    def address_after(self, result: Model) -> str:
        return f"{self.person.get_absolute_url()}#interests"

    def way_back(self) -> str:
        return self.person.get_absolute_url()

    def fresh(self) -> Interest:
        """The row anew: a trial writes into the one that it is given."""
        row: Interest = Interest.objects.get(pk=self.interest.pk)
        return row


class CorrectInterest(OfInterest):
    """An interest was written down wrongly, or more is known."""

    form_class = InterestForm

    def load(self, **address: Any) -> None:
        super().load(**address)
        self.title = f"{self.person}: correct an interest"

    def initial(self) -> dict[str, Any]:
        return as_typed(self.interest)

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        return actions.correct_interest(row=self.fresh(), interest=interest_words(data), **who)

    def done(self, result: Model) -> str:
        return "Recorded: the interest was corrected. What it said before stays in the history."


class EndInterest(OfInterest):
    """Somebody has an interest no longer."""

    form_class = EndInterestForm

    def load(self, **address: Any) -> None:
        super().load(**address)
        self.title = f"{self.person}: an interest ends"

    def initial(self) -> dict[str, Any]:
        return {"end": PartialDate(today())}

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        return actions.end_interest(row=self.fresh(), end=data["end"], **who)

    def done(self, result: Model) -> str:
        return f"Recorded: an interest of {self.person} ended."
