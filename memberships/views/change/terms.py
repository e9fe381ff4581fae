"""The flow in which a version of terms of reference that was written down wrongly is corrected; new ones are in `new_terms`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404

from memberships import actions
from memberships.flows import ChangeForm, Consequence
from memberships.forms.terms import FACTS, CorrectTermsForm, TermsForm, as_typed
from memberships.models import Group, Terms
from memberships.outcomes import Concerned
from memberships.presenters.reasons import Piece, terms_words, version_words
from memberships.presenters.terms_changes import seat_changes
from memberships.rights import may_change
from memberships.views.change.with_rows import RowsFlow
from organisations.rights import Rights

TERMS = Terms.objects.select_related("group__host", "group__covers").prefetch_related(
    "clauses",
    "seats__clause",
    "seats__role_type",
    "seats__organisation",
    "seats__group",
    "eligibilities__clause",
    "eligibilities__seat",
    "eligibilities__other_seat",
    "eligibilities__organisation",
)


class CorrectTerms(RowsFlow):
    """A version of the terms was written down wrongly: it is corrected, and stays the same version."""

    form_class = CorrectTermsForm
    template_name = "flows/terms.html"

    def load(self, **address: Any) -> None:
        found = TERMS.filter(pk=address["pk"]).first()
        if found is None:
            raise Http404("The register has no such version of terms. It may have been withdrawn.")
        self.terms: Terms = found
        self.group: Group = found.group
        self.title = f"{self.group}: correct {terms_words(found)}"

    def is_permitted(self, rights: Rights) -> bool:
        return may_change(self.terms, rights)

    def rests_on(self) -> Sequence[Model]:
        return (self.terms, *self.terms.seats.all(), *self.terms.clauses.all(), *self.terms.eligibilities.all())

    def initial(self) -> dict[str, Any]:
        dates = {"start": self.terms.start, "end": self.terms.end}
        return as_typed(self.terms) | dates | {"version": self.terms.version}

    def form_options(self) -> dict[str, Any]:
        return {"group": self.group, "former": self.terms}

    def asks_more(self, form: ChangeForm) -> bool:
        self.form = cast(TermsForm, form)
        return False

    def concerned(self, data: dict[str, Any]) -> Concerned:
        return Concerned(groups={self.group.pk})

    def consequences(self, data: dict[str, Any]) -> Sequence[Consequence]:
        was = list(self.terms.seats.all())
        changes = seat_changes(was, [seat.drawn() for seat in self.form.new_seats()])
        lines = [(Piece(f"{each.title}: {each.note}"),) for each in changes]
        return [Consequence("What the seats were all the time", lines)] if lines else []

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        # Fresh rows: what a trial did to them is not what the page compares with.
        terms = TERMS.get(pk=self.terms.pk)
        clauses = {row.pk: row for row in terms.clauses.all()}
        seats = {row.pk: row for row in terms.seats.all()}
        eligibilities = {row.pk: row for row in terms.eligibilities.all()}
        for kind, rows in (("clause", clauses), ("seat", seats), ("condition", eligibilities)):
            said = [row["was"] for row in data[kind] if row["was"]]
            if len(set(said)) < len(said) or set(said) - rows.keys():
                raise ValidationError("The form does not fit this version any more. Open it again.", code="stale")

        def beside(kind: str, rows: dict[int, Any], new: Sequence[Any]) -> list[tuple[Any, Any]]:
            return [(rows.get(row["was"]), each) for row, each in zip(data[kind], new, strict=True)]

        return actions.correct_terms(
            terms=terms,
            version=data["version"],
            start=data["start"],
            end=data["end"],
            clauses=beside("clause", clauses, self.form.new_clauses()),
            seats=beside("seat", seats, self.form.new_seats()),
            eligibilities=beside("condition", eligibilities, self.form.new_eligibilities()),
            review_on=data["review_on"],
            **{name: data[name] for name in FACTS},
            **who,
        )

    def done(self, result: Model) -> str:
        return f"Recorded: {version_words(self.terms)} was corrected. What it said before stays in the history."

    def address_after(self, result: Model) -> str:
        return self.group.get_absolute_url()

    def way_back(self) -> str:
        return self.group.get_absolute_url()
