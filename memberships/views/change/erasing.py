"""The flow by which an administrator erases a person: what would go is found by erasing and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from ics_leadership.history import Change
from ics_leadership.record_history import Told, as_it_was
from ics_leadership.trial import tried
from ics_leadership.words import day_words
from memberships.actions.erasing import Erased, erase_person, known_of, namesakes
from memberships.flows import ChangeForm, Consequence, Flow
from memberships.models import Person
from memberships.outcomes import Outcome
from memberships.presenters.erasing import what_goes, what_stays
from memberships.presenters.history import history_address, page_address
from memberships.presenters.reasons import Piece
from memberships.tombstones import tombstone_of
from memberships.views.history import is_there
from organisations.rights import Rights


class EraseForm(ChangeForm):
    reasons = ("They asked for it", "There is no ground to hold it any longer", "The regulator or a court asked for it")


class ErasePerson(Flow):
    """A person, with all that rests on them, from the register and from its history: for good."""

    form_class = EraseForm
    title = "Erase this person"
    button = "See what goes"
    erased: Erased
    """What the trial took."""

    def load(self, **address: Any) -> None:
        record = as_it_was(Person, address["pk"])
        if tombstone := tombstone_of(Person, address["pk"]):
            raise Http404(f"This person was erased on {day_words(tombstone.erased_on)}. Nothing is left to do.")
        if record is None:
            raise Http404("There is no such person in the register or in its history.")
        self.record = record
        self.there = is_there(record)

    def is_permitted(self, rights: Rights) -> bool:
        return rights.is_administrator

    def rests_on(self) -> Sequence[Model]:
        return (self.record,)

    def about(self) -> Sequence[tuple[str, Sequence[Piece]]]:
        after = (
            "They are named nowhere any more, not in the history either, and nobody can bring them back. Somebody who was only "
            "entered by mistake is withdrawn instead."
        )
        return (
            ("Who", (Piece(str(self.record), page_address(self.record) if self.there else ""),)),
            ("Number", (Piece(str(self.record.pk)),)),
            ("What it means", (Piece(after),)),
            ("The reason stays", (Piece("Do not name them in it."),)),
        )

    def consequences(self, data: dict[str, Any]) -> Sequence[Consequence]:
        others = namesakes(known_of(self.record.pk))
        return [
            Consequence("What goes", [(Piece(line),) for line in what_goes(self.erased)], "warning"),
            Consequence("What stays", [(Piece(line),) for line in what_stays(others)]),
        ]

    def _outcome(self, data: dict[str, Any]) -> Outcome:
        self.erased = tried(lambda: self._erase(data["why"]))
        return Outcome(Told(Change(why=data["why"])), [], [])

    def _check_page(self, form: ChangeForm, token: str, versions: str, outcome: Outcome) -> HttpResponse:
        context = self._context(form, token, versions) | {
            "consequences": self.consequences(form.cleaned_data),
            "typed": [(name, value) for name, value in self.request.POST.items() if name.startswith("why")],
        }
        return render(self.request, "erasing/check.html", context)

    def _erase(self, why: str) -> Erased:
        return erase_person(by=self.rights.account, why=why, person_id=self.record.pk)

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        self._erase(who["why"])
        return self.record

    def done(self, result: Model) -> str:
        return f"Erased. What is left is the number {self.record.pk} and today’s day."

    def address_after(self, result: Model) -> str:
        return reverse("people")

    def way_back(self) -> str:
        return page_address(self.record) if self.there else history_address(Person, self.record.pk)
