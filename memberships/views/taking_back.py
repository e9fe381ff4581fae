"""Flows by which editors take something back: restore a field or a record, withdraw a mistake, undo a whole change."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from ics_leadership import recorded
from ics_leadership.history import Change, event_model
from ics_leadership.record_history import Told, label_of, written_by
from ics_leadership.restoring import parts, undo, what_rests_on, withdraw
from ics_leadership.words import count_words, day_words
from memberships.actions.restoring import restore
from memberships.changes import may_change_then, may_undo
from memberships.flows import ChangeForm, Consequence, Flow
from memberships.outcomes import Outcome
from memberships.presenters.history import history_address, page_address, title_of, who
from memberships.presenters.reasons import Piece
from memberships.rights import brings_in
from memberships.unconfirmed import is_kept_by_people
from memberships.views.history import event_of, is_there, record_of, undone_by
from organisations.models import Link, Organisation
from organisations.rights import Rights

ENTRIES_SHOWN = 50
"""So many rows of what is put back are shown one by one; what a large change wrote is counted."""


class RestoreForm(ChangeForm):
    reasons = ("Changed by mistake", "The earlier entry was right", "Withdrawn by mistake")


class WithdrawForm(ChangeForm):
    reasons = ("Entered by mistake", "Entered twice", "It was never so", "The source was wrong")


class UndoForm(ChangeForm):
    reasons = ("Made by mistake", "The source was wrong", "Brought in too early")


class OfRecord(Flow):
    """A flow about one record of any kind, which may be gone."""

    def load(self, **address: Any) -> None:
        self.table, self.record = record_of(address["kind"], address["pk"])
        self.noun, self.name = title_of(self.record)

    def is_permitted(self, rights: Rights) -> bool:
        return may_change_then(self.record, rights)

    def rests_on(self) -> Sequence[Model]:
        return (self.record,)

    def about(self) -> Sequence[tuple[str, Sequence[Piece]]]:
        address = page_address(self.record) if is_there(self.record) else ""
        return ((self.noun, (Piece(self.name, address),)),)

    def address_after(self, result: Model) -> str:
        return self.way_back()

    def way_back(self) -> str:
        return history_address(self.table.model, self.record.pk)


class Restore(OfRecord):
    """A field, or the whole of a record, as one moment of its history had it."""

    form_class = RestoreForm
    button = "See what this restores"

    def load(self, **address: Any) -> None:
        super().load(**address)
        self.event = event_of(self.table, address["pk"], address["event"])
        self.fields: list[str] | None = None
        if name := address.get("field"):
            columns = {column.name: column for column in self.table.columns()}
            if name not in columns:
                raise Http404("The register has no such field in the history of this record.")
            self.fields = [name]
            self.title = f"Restore “{label_of(self.table, columns[name])}”"
        else:
            self.title = f"Restore this {self.noun.lower()}"

    def check_rights(self, data: dict[str, Any], rights: Rights) -> None:
        if not isinstance(self.record, Link):
            return
        as_restored = copy(self.record)
        for each in Link._meta.concrete_fields:
            if not each.generated and (self.fields is None or each.name in self.fields):
                setattr(as_restored, each.attname, getattr(self.event, each.attname))
        made_last = event_model(Link)._default_manager.filter(id=self.record.pk).order_by("-pgh_id").first()
        own = rights.account is not None and made_last.change.by_id == rights.account.pk  # type: ignore[union-attr]
        if not own and (brought := brings_in(as_restored, rights)):
            raise ValidationError(
                f"This would bring {brought} into your area. Its own editors, or an administrator, restore it."
            )

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        return restore(event=self.event, fields=self.fields, **who)

    def done(self, result: Model) -> str:
        return f"Restored: {self.name}."


class Withdraw(OfRecord):
    """A record that was a mistake, with what belongs to it alone. What has ended is ended instead."""

    form_class = WithdrawForm
    button = "See what is withdrawn"

    def load(self, **address: Any) -> None:
        super().load(**address)
        if not is_there(self.record):
            raise Http404("This was withdrawn already.")
        self.record = self.table.model._default_manager.get(pk=self.record.pk)
        self.title = f"Withdraw this {self.noun.lower()}"

    def check_rights(self, data: dict[str, Any], rights: Rights) -> None:
        if isinstance(self.record, Organisation) and not is_kept_by_people(self.record):
            raise ValidationError("The NHS publishes this organisation. It can be corrected, not withdrawn.")

    def about(self) -> Sequence[tuple[str, Sequence[Piece]]]:
        mistake = "Withdraw what was never so. What was so and is over is ended, and stays to be seen."
        return (*super().about(), ("Is it a mistake?", (Piece(mistake),)))

    def consequences(self, data: dict[str, Any]) -> Sequence[Consequence]:
        going = [
            (Piece(count_words(len(ids), table.noun, str(model._meta.verbose_name_plural))),)
            for model, ids in parts(self.record).items()
            if model is not self.table.model and (table := recorded.of(model))
        ]
        return [Consequence("What goes with it", going)] if going else []

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        withdraw(row=self.record, **who)
        return self.record

    def done(self, result: Model) -> str:
        return f"Withdrawn: {self.name}. It can be restored from its history."


class Undo(Flow):
    """Everything that one change wrote, put back."""

    form_class = UndoForm
    button = "See what is put back"
    title = "Undo this change"

    def load(self, **address: Any) -> None:
        found = Change.objects.select_related("by").filter(pk=address["pk"]).first()
        if found is None:
            raise Http404("The register has no change at this address.")
        self.change: Change = found

    def is_permitted(self, rights: Rights) -> bool:
        return may_undo(self.change, rights)

    def about(self) -> Sequence[tuple[str, Sequence[Piece]]]:
        made = timezone.localtime(self.change.recorded_at)
        about: list[tuple[str, Sequence[Piece]]] = [
            ("Made", (Piece(f"{day_words(made.date())}, {made:%H:%M}, by {who(self.change, names_shown=True)}"),)),
            ("Why", (Piece(self.change.why),)),
        ]
        if self.change.name:
            about.insert(0, ("Called", (Piece(self.change.name),)))
        if resting := what_rests_on(self.change):
            undone = self._undone()
            stands = (
                ("Undone", (Piece(undone),)) if undone else ("What stands in the way", tuple(self._resting(resting)))
            )
            about.append(stands)
        return about

    def _undone(self) -> str:
        """On which day the change was undone, and by whom; "" where it stands."""
        by = undone_by([self.change]).get(self.change.pk)
        if by is None:
            return ""
        return f"{day_words(timezone.localtime(by.recorded_at).date())}, by {who(by, names_shown=True)}"

    def check_rights(self, data: dict[str, Any], rights: Rights) -> None:
        if undone := self._undone():
            raise ValidationError(f"This was undone already: {undone}.")

    @staticmethod
    def _resting(resting: Sequence[Any]) -> list[Piece]:
        pieces = []
        for number, each in enumerate(resting):
            if number:
                pieces.append(Piece("; "))
            known = recorded.is_declared(each.model)
            pieces.append(Piece(str(each), history_address(each.model, each.id) if known else ""))
        return pieces

    def consequences(self, data: dict[str, Any]) -> Sequence[Consequence]:
        written = written_by([self.change.pk])[self.change.pk]
        return [Consequence("What is put back", [(Piece(each.words),) for each in written])]

    def _outcome(self, data: dict[str, Any]) -> Outcome:
        outcome = super()._outcome(data)
        return replace(outcome, told=Told(outcome.told.change, outcome.told.entries[:ENTRIES_SHOWN]))

    def undoes(self) -> Change:
        return self.change

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        return undo(change=self.change, **who)

    def done(self, result: Model) -> str:
        return "Undone. Everything that this change wrote is as it was before."

    def address_after(self, result: Model) -> str:
        return self.way_back()

    def way_back(self) -> str:
        return reverse("change", args=[self.change.pk])
