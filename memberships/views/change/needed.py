"""Flows by which the editors of an area say which functions must be led there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from django.http import Http404
from django.urls import reverse

from ics_leadership.periods import PartialDate, today
from ics_leadership.words import period_words
from memberships.flows import Flow
from memberships.forms.needed import NeedFunctionForm, NeedNoLongerForm
from memberships.outcomes import Concerned
from memberships.presenters.reasons import Piece
from memberships.rights import may_change
from memberships.views.change.organisations import OfOrganisation, link_to
from organisations.rights import Rights
from roles import actions
from roles.models import NeededFunction


class NeedFunction(OfOrganisation):
    """Somebody must lead a function in an area."""

    form_class = NeedFunctionForm

    def load(self, **address: Any) -> None:
        super().load(**address)
        self.title = f"{self.organisation}: a function that must be led there"
        needs = NeededFunction.objects.as_at(today()).filter(area=self.organisation).select_related("function")
        self.needs = list(needs.order_by("function__name"))

    def initial(self) -> dict[str, Any]:
        return {"start": PartialDate(today())}

    def about(self) -> Sequence[tuple[str, Sequence[Piece]]]:
        return [
            (
                str(need.function),
                (
                    Piece(f"Must be led, {period_words(need, today())}. "),
                    Piece("No longer", reverse("end-need", args=[need.pk])),
                ),
            )
            for need in self.needs
        ]

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        facts = {name: data[name] for name in ("function", "start", "end")}
        return actions.need_function(area=self.organisation, **facts, **who)

    def done(self, result: Model) -> str:
        assert isinstance(result, NeededFunction)
        return f"Recorded: {result.function} must be led in {self.organisation}."


class EndNeed(Flow):
    """A function need not be led in an area any more."""

    form_class = NeedNoLongerForm

    def load(self, **address: Any) -> None:
        found = NeededFunction.objects.select_related("area", "function").filter(pk=address["pk"]).first()
        if found is None:
            raise Http404("The register has no such need. It may have been withdrawn.")
        self.need: NeededFunction = found
        self.title = f"{found.area}: {found.function} need not be led any more"

    def is_permitted(self, rights: Rights) -> bool:
        return may_change(self.need, rights)

    def rests_on(self) -> Sequence[Model]:
        return (self.need,)

    def initial(self) -> dict[str, Any]:
        return {"end": PartialDate(today())}

    def about(self) -> Sequence[tuple[str, Sequence[Piece]]]:
        return (("Where", (link_to(self.need.area),)), ("When", (Piece(period_words(self.need, today())),)))

    def concerned(self, data: dict[str, Any]) -> Concerned:
        return Concerned(organisations={self.need.area_id})

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        return actions.need_no_longer(need=self.need, end=data["end"], **who)

    def done(self, result: Model) -> str:
        return f"Recorded: {self.need.function} need not be led in {self.need.area} after that day."

    def address_after(self, result: Model) -> str:
        return self.way_back()

    def way_back(self) -> str:
        return self.need.area.get_absolute_url()
