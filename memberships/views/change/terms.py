"""Flows about terms of reference: a new version, to which members go over or not, and the correction of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from copy import copy
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse

from ics_leadership.periods import PartialDate, today
from ics_leadership.words import count_words, day_words, period_words
from memberships import actions
from memberships.actions.terms import end_of_term
from memberships.flows import ChangeForm, Concerned, Consequence
from memberships.forms.terms import FACTS, CorrectTermsForm, NewTermsForm, TermsForm, as_typed, next_version
from memberships.models import Group, Membership, Terms
from memberships.presenters.reasons import Piece, terms_words, version_words
from memberships.presenters.sitting import capital
from memberships.presenters.terms import seat_changes
from memberships.rights import may_change
from memberships.views.change.appointments import link_to
from memberships.views.change.groups import OfGroup, not_ended
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


class NewTerms(OfGroup, RowsFlow):
    """A new version of a group's terms. It starts from the version in force, and nobody loses a seat unsaid."""

    form_class = NewTermsForm
    template_name = "flows/terms.html"
    titled = "{group}: a new version of its terms of reference"

    def load(self, **address: Any) -> None:
        super().load(**address)
        versions = TERMS.filter(group=self.group)
        latest = versions.order_by("-period__startswith", "-pk").first()
        self.former: Terms | None = versions.as_at(today()).first() or latest
        if self.former is None:
            self.title = f"{self.group}: its terms of reference"
        members = Membership.objects.filter(not_ended(), seat__terms__group=self.group)
        self.members: list[Membership] = list(
            members.select_related(
                "person", "seat__terms", "basis_appointment", "put_forward_by", "attends_for"
            ).order_by("seat__order", "person__family_name", "pk")
        )

    def rests_on(self) -> Sequence[Model]:
        return (self.group, *([self.former] if self.former else []), *self.members)

    def initial(self) -> dict[str, Any]:
        if self.former is None:
            return {"start": self.group.start, "version": "1.0"}
        return as_typed(self.former) | {"version": next_version(self.former.version)}

    def form_options(self) -> dict[str, Any]:
        return {"group": self.group, "former": self.former, "members": self.members}

    def about(self) -> Sequence[tuple[str, Sequence[Piece]]]:
        if self.former is None:
            return ()
        words = f"{capital(version_words(self.former))}, {period_words(self.former, today())}"
        return (("It starts from", (Piece(words),)),)

    def post(self, request: HttpRequest) -> HttpResponse:
        if request.POST.get("stage") == "terms":
            again = request.POST.copy()
            del again["members_asked"]
            again["find"] = "terms"
            request.POST = again  # type: ignore[assignment]
        return super().post(request)

    def asks_more(self, form: ChangeForm) -> bool:
        self.form = cast(NewTermsForm, form)
        if {member.pk for member in self.form.going_over()} <= {member.pk for member in self.form.asked}:
            return False
        self.form.ask_members()
        return True

    def concerned(self, data: dict[str, Any]) -> Concerned:
        return Concerned(
            groups={self.group.pk},
            people={member.person_id for member in self.members},
            date=max(today(), data["start"].first_day or today()),
        )

    def consequences(self, data: dict[str, Any]) -> Sequence[Consequence]:
        found = []
        if self.former and self.former.holds(data["start"].first_day or today()):
            eve = data["start"].eve
            ends = f"{capital(version_words(self.former))} is in force until {day_words(eve.date, eve.precision)}."
            found.append(Consequence("What it takes the place of", [(Piece(ends),)]))
        if self.form.members and not self.form.going_over():
            words = "A later version is in force: this one is of the past, and nobody’s seat changes."
            return [*found, Consequence("Who sits", [(Piece(words),)])]
        return [*found, *self._members(), *self._seats()]

    def _members(self) -> list[Consequence]:
        """Who goes over to which seat, and who leaves."""
        seats = self.form.new_seats()
        going, leaving = [], []
        start = self.form.cleaned_data["start"].first_day
        for member in self.form.going_over():
            place, who = self.form.place_of(member), link_to(member.person)
            if place is None:
                leaving.append((who, Piece(f", {member.seat.title}")))
            else:
                end = end_of_term(member)
                goes_on = end and end.last_day and end.last_day >= (start or end.last_day)
                until = f", until {day_words(end.last_day, end.precision)}" if end and goes_on else ""
                was = f" (before: {member.seat.title})" if member.seat.title != seats[place].title else ""
                going.append((who, Piece(f": {seats[place].title}{was}{until}")))
        found = [Consequence("Who leaves the group", leaving, "warning")] if leaving else []
        if going:
            found.append(Consequence("Who goes over to the new version, for the rest of their term", going))
        return found

    def _seats(self) -> list[Consequence]:
        """Which seats are new, changed or gone, and where people and places do not agree in number."""
        seats = self.form.new_seats()
        taken = Counter(place for member in self.form.going_over() if (place := self.form.place_of(member)) is not None)
        vacant, crowded = [], []
        for place, seat in enumerate(seats):
            if taken[place] < seat.number:
                vacant.append(
                    (Piece(f"{seat.title}: {count_words(seat.number - taken[place], 'place')} of {seat.number}"),)
                )
            elif taken[place] > seat.number:
                crowded.append(
                    (
                        Piece(
                            f"{seat.title}: {count_words(taken[place], 'person', 'people')} for {count_words(seat.number, 'place')}"
                        ),
                    )
                )
        found = []
        if self.former:
            changes = seat_changes(list(self.former.seats.all()), [seat.drawn() for seat in seats])
            lines = [(Piece(f"{each.title}: {each.note}"),) for each in changes]
            lines = lines or [(Piece("The seats stay as they were."),)]
            found.append(Consequence("What becomes of the seats", lines))
        if crowded:
            found.append(Consequence("More people than places", crowded, "warning"))
        if vacant:
            found.append(Consequence("Vacant under the new version", vacant, "warning"))
        return found

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        start: PartialDate = data["start"]
        terms = actions.adopt_terms(
            group=self.group,
            version=data["version"],
            start=start,
            end=data["end"],
            clauses=self.form.new_clauses(),
            seats=self.form.new_seats(),
            eligibilities=self.form.new_eligibilities(),
            review_on=data["review_on"],
            **{name: data[name] for name in FACTS},
            **who,
        )
        seats = list(terms.seats.order_by("order"))
        for member in map(copy, self.form.going_over()):
            place = self.form.place_of(member)
            if place is not None:
                actions.seat_anew(membership=member, seat=seats[place], start=start, **who)
            elif start.eve:
                actions.unseat(membership=member, end=start.eve, **who)
        return terms

    def done(self, result: Model) -> str:
        assert isinstance(result, Terms)
        return f"Recorded: {terms_words(result)}, {period_words(result, today())}."


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
