"""Flows by which two entries of one person become one, and one that should not have become one becomes two again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from ics_leadership.words import day_words
from memberships import actions
from memberships.actions.unmerging import added_since, former_name, merged_later, merging_change
from memberships.duplicates import likely
from memberships.flows import ChangeForm, Consequence, Flow
from memberships.forms.merging import ADDED, CLASH, FACT, GOES, MergeForm, OtherEntryForm, UnmergeForm, chosen
from memberships.merging import clashes, moving
from memberships.models import DistinctPeople, MergedPerson, Person
from memberships.outcomes import Concerned
from memberships.presenters.duplicates import look, merge_address, moving_rows, side_by_side
from memberships.presenters.history import who
from memberships.presenters.reasons import Piece
from memberships.rights import may_change
from memberships.views.duplicates import facts_of
from organisations.rights import Rights

NOBODY = "The register has no person at this address."


class Merge(Flow):
    """Two entries become one: which entry is right where they differ, and everything that moves."""

    form_class = MergeForm
    template_name = "duplicates/merge.html"
    title = "Merge two entries of one person"
    other: Person | None = None

    def load(self, **address: Any) -> None:
        found = Person.objects.filter(slug=address["slug"]).first()
        if found is None:
            raise Http404(NOBODY)
        self.keep: Person = found
        asked = self.request.POST.get("with") or self.request.GET.get("with")
        if asked:
            self.other = Person.objects.filter(slug=asked).first()
            if self.other is None:
                raise Http404("The other entry is not in the register any more. It may have been merged already.")

    def is_permitted(self, rights: Rights) -> bool:
        return all(may_change(person, rights) for person in self.rests_on()[:2])

    def get(self, request: HttpRequest) -> HttpResponse:
        if self.other is None or self.other == self.keep:
            return self._choose(request)
        return super().get(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        return super().post(request) if self.other else self._choose(request)

    def _choose(self, request: HttpRequest) -> HttpResponse:
        """Ask with which entry, and offer those that look alike."""
        asked = "other" in request.GET or "other-typed" in request.GET
        form = OtherEntryForm(request.GET if asked else None)
        if asked and "find" not in request.GET and form.is_valid():
            if form.cleaned_data["other"] != self.keep:
                return redirect(merge_address(self.keep, form.cleaned_data["other"]))
            form.add_error("other", "This is the entry itself. Choose the other one.")
        alike = [
            (known.person, look(known.likeness, numbers_shown=False), merge_address(self.keep, known.person))
            for known in likely(self.keep.name, self.keep.profession, work_email=self.keep.work_email)
            if known.person != self.keep and may_change(known.person, self.rights)
        ]
        context = {"person": self.keep, "form": form, "alike": alike}
        return render(request, "duplicates/choose.html", context)

    def form_options(self) -> dict[str, Any]:
        assert self.other
        return {"keep": self.keep, "drop": self.other, "clashes": clashes(self.keep, self.other)}

    def rests_on(self) -> Sequence[Model]:
        if self.other is None or self.other == self.keep:
            return (self.keep,)
        both = clashes(self.keep, self.other)
        return (self.keep, self.other, *(row for clash in both for row in (*clash.of_kept, *clash.of_dropped)))

    def about(self) -> Sequence[tuple[str, Sequence[Piece]]]:
        assert self.other
        return (
            ("The entry that stays", (Piece(self.keep.name, self.keep.get_absolute_url()),)),
            ("The entry that goes", (Piece(self.other.name, self.other.get_absolute_url()),)),
        )

    def concerned(self, data: dict[str, Any]) -> Concerned:
        assert self.other
        return Concerned(people={self.keep.pk, self.other.pk})

    def consequences(self, data: dict[str, Any]) -> Sequence[Consequence]:
        assert self.other
        address = f"The former address, {self.other.get_absolute_url()}, leads to the entry that stays."
        return [Consequence("One entry instead of two", [(Piece(address),), (Piece("It can be taken apart again."),)])]

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        assert self.other
        return actions.merge_people(
            keep=self.keep, drop=self.other, fields=chosen(data, FACT), resolutions=chosen(data, CLASH), **who
        )

    def done(self, result: Model) -> str:
        return f"Recorded: {result} has one entry now."

    def way_back(self) -> str:
        return self.keep.get_absolute_url()

    def _context(self, form: ChangeForm, token: str, versions: str) -> dict[str, Any]:
        assert self.other
        return super()._context(form, token, versions) | {
            "facts": side_by_side(facts_of(self.keep, self.rights), facts_of(self.other, self.rights)),
            "moving": moving_rows(moving(self.other), clashes(self.keep, self.other)),
            "other_way_round": merge_address(self.other, self.keep),
        }


class Unmerge(Flow):
    """One entry becomes the two that it was made of, with what was added since shared out."""

    form_class = UnmergeForm
    template_name = "duplicates/unmerge.html"
    button = "See what is restored"

    def load(self, **address: Any) -> None:
        merged = MergedPerson.objects.select_related("survivor").filter(pk=address["pk"]).first()
        if merged is None or merged.survivor.slug != address["slug"]:
            raise Http404("No entry was merged into this one under this number. It may have been taken apart already.")
        self.merged: MergedPerson = merged
        try:
            self.merge = merging_change(merged)
        except ValidationError as unknown:
            raise Http404(unknown.message) from unknown
        self.title = f"Take apart what was merged into {merged.survivor}"

    def is_permitted(self, rights: Rights) -> bool:
        return may_change(self.merged.survivor, rights)

    def rests_on(self) -> Sequence[Model]:
        return (self.merged.survivor, self.merged)

    def form_options(self) -> dict[str, Any]:
        return {
            "added": added_since(self.merged),
            "survivor": str(self.merged.survivor),
            "restored": f"{former_name(self.merged)} again",
        }

    def about(self) -> Sequence[tuple[str, Sequence[Piece]]]:
        moment = timezone.localtime(self.merge.recorded_at)
        made = f"{day_words(moment.date())}, {moment:%H:%M}, by {who(self.merge, names_shown=True)}: {self.merge.why}"
        about = [
            ("The entry", (Piece(str(self.merged.survivor), self.merged.survivor.get_absolute_url()),)),
            ("Merged into it", (Piece(former_name(self.merged)),)),
            ("When", (Piece(made, reverse("change", args=[self.merge.pk])),)),
        ]
        if later := merged_later(self.merged):
            address = reverse("unmerge-person", args=[self.merged.survivor.slug, later.pk])
            about.append(("Undo first", (Piece(f"the later merge of {former_name(later)}", address),)))
        return about

    def undoes(self) -> Any:
        return self.merge

    def concerned(self, data: dict[str, Any]) -> Concerned:
        return Concerned(people={self.merged.survivor_id, self.merged.former_id})

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        goes = [name.removeprefix(ADDED) for name, value in data.items() if name.startswith(ADDED) and value == GOES]
        restored = actions.unmerge_people(merged=self.merged, goes=goes, **who)
        first, second = sorted((self.merged.survivor_id, restored.pk))
        if data["remember"] and not DistinctPeople.objects.filter(first=first, second=second).exists():
            actions.say_two_people(one=self.merged.survivor, other=restored, **who)
        return restored

    def done(self, result: Model) -> str:
        return f"Recorded: {self.merged.survivor} and {result} are two entries again."

    def way_back(self) -> str:
        return self.merged.survivor.get_absolute_url()
