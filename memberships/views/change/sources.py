"""The flow that says where a fact of any kind was found."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.http import Http404

from ics_leadership.facts import Fact
from ics_leadership.forms import Newcomer
from memberships.forms.sources import SourceForm
from memberships.views.history import is_there
from memberships.views.taking_back import OfRecord
from organisations import actions


class AttachSource(OfRecord):
    """The document or page from which a fact was taken."""

    form_class = SourceForm

    def load(self, **address: Any) -> None:
        super().load(**address)
        if not is_there(self.record) or not isinstance(self.record, Fact):
            raise Http404("The register has no such fact any more. Restore it from its history first.")
        self.fact: Any = self.table.model._default_manager.get(pk=self.record.pk)
        self.title = f"Where this {self.noun.lower()} was found"

    def initial(self) -> dict[str, Any]:
        return {"named": self.fact.source}

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        source = data["named"]
        if isinstance(source, Newcomer):
            facts = {name: data[name] for name in ("address", "seen_on", "licence")}
            source = actions.add_source(title=source.name, **facts, **who)
        return actions.attach_source(fact=self.fact, source=source, **who)

    def done(self, result: Model) -> str:
        return f"Recorded: where {self.name} was found."
