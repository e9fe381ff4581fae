"""Flows about seats: one is filled, a membership ends or is corrected, somebody deputises for a member."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404

from ics_leadership.periods import ONE_DAY, PartialDate, today
from ics_leadership.words import count_words, list_words, period_words
from memberships import actions
from memberships.bases import bases_of, fitting_basis
from memberships.flows import ChangeForm, Consequence, Flow
from memberships.forms.memberships import (
    EXPERIENCE,
    CorrectMembershipForm,
    DeputyForm,
    EndDeputyForm,
    EndMembershipForm,
    FillSeatForm,
)
from memberships.holdings import soon_after
from memberships.models import Appointment, Deputy, DrawnFrom, Group, Membership, Person, Seat
from memberships.newcomers import add_newcomer
from memberships.outcomes import Concerned
from memberships.pickers import PEOPLE
from memberships.places import places_of
from memberships.presenters.reasons import Piece
from memberships.presenters.terms import capital, drawn_from_words, open_for_words
from memberships.rights import leads_here, may_change
from memberships.views.change.appointments import link_to
from memberships.views.change.namesakes import namesakes_of_newcomer
from organisations.rights import Rights


def basis_chosen(data: dict[str, Any], person: Person | None) -> Appointment | str:
    """The appointment or the words that the form gives as basis."""
    if data["basis"] == EXPERIENCE:
        return str(data["experience"]).strip()
    return Appointment.objects.get(pk=data["basis"], person=person)


class FillSeat(Flow):
    """Somebody takes a seat."""

    form_class = FillSeatForm
    open_before: Sequence[dict[str, Any]] = ()
    open_after: Sequence[dict[str, Any]] = ()
    """For whom somebody is missing before the change and after it, where the seat is for each of several."""
    sitting_after: int = 0
    places: int = 0
    """How many sit there after the change, and how many may."""

    def load(self, **address: Any) -> None:
        rows = Seat.objects.select_related("terms__group", "role_type", "organisation", "clause")
        found = rows.filter(pk=address["pk"]).first()
        if found is None:
            raise Http404("The register has no such seat. It may belong to terms that were withdrawn.")
        self.seat: Seat = found
        self.group: Group = found.terms.group
        self.title = f"{self.seat}, {self.group}: somebody takes the seat"

    def rests_on(self) -> Sequence[Model]:
        # Whoever takes a place of the seat meanwhile is the last to have been entered there.
        latest = Membership.objects.filter(seat=self.seat).order_by("-pk").first()
        return (self.seat, latest) if latest else (self.seat,)

    def is_permitted(self, rights: Rights) -> bool:
        return rights.is_editor

    def check_rights(self, data: dict[str, Any], rights: Rights) -> None:
        person = data["person"]
        ours = isinstance(person, Person) and leads_here(person, rights)
        if not may_change(self.group, rights) and not ours:
            raise ValidationError(
                f"{self.group} is outside your area, and so is this person. Its own editors record it."
            )

    def about(self) -> Sequence[tuple[str, Sequence[Piece]]]:
        there = Membership.objects.as_at(today()).filter(seat=self.seat).select_related("person")
        names = [membership.person.name for membership in there]
        seat = places_of(self.seat, today())
        held = seat.places - seat.open
        filled = f"{list_words(names)} ({held} of {count_words(seat.places, 'place')})" if names else "Nobody today"
        told: list[tuple[str, Sequence[Piece]]] = [
            ("Group", (link_to(self.group),)),
            ("Seat", (Piece(f"{self.seat}, {self.seat.get_category_display().lower()}"),)),
            ("Who it is for", (Piece(capital(drawn_from_words(self.seat))),)),
            ("Who has it", (Piece(filled),)),
        ]
        if seat.open_for:
            told.append(("Nobody sits for", (Piece(open_for_words(seat.open_for)),)))
        if self.seat.clause:
            told.append(("Clause", (Piece(str(self.seat.clause)),)))
        return told

    def _chosen(self) -> Person | None:
        posted = self.request.method == "POST"
        chosen = self.picked("person") if posted else PEOPLE.get(self.request.GET.get("person", ""))
        return chosen if isinstance(chosen, Person) else None

    def form_options(self) -> dict[str, Any]:
        person = self._chosen()
        held = bases_of(person) if person else []
        key = str(person.pk) if person else "new" if self.request.POST.get("person") == "new" else ""
        return {"chosen": key, "held": held, "fitting": self._fitting(held)}

    def _fitting(self, held: Sequence[Appointment]) -> str:
        """The choice that most likely is the basis: the one appointment that fits; experience where the seat is for that."""
        fits = fitting_basis(self.seat, held)
        return str(fits.pk) if fits else EXPERIENCE if self.seat.drawn_from == DrawnFrom.EXPERIENCE else ""

    def asks_more(self, form: ChangeForm) -> bool:
        person = form.cleaned_data["person"]
        return self.request.POST.get("asked_about") != (str(person.pk) if isinstance(person, Person) else "new")

    def concerned(self, data: dict[str, Any]) -> Concerned:
        return Concerned(groups={self.group.pk}, date=max(today(), data["start"].first_day or today()))

    def consequences(self, data: dict[str, Any]) -> Sequence[Consequence]:
        found, end = [*namesakes_of_newcomer(data["person"]), *self._place_taken(), *self._crowded()], self._end(data)
        if data["end"] or not end:
            return found
        words = Piece(
            f"The terms give {count_words(self.seat.terms.term_months or 0, 'month')}: until {end.date:%-d %B %Y}."
        )
        return [*found, Consequence("How long", [(words,)])]

    def _crowded(self) -> list[Consequence]:
        """That more people sit there than the terms give places: what the trial found."""
        if self.sitting_after <= self.places:
            return []
        people = f"{count_words(self.sitting_after, 'person', 'people')} for {count_words(self.places, 'place')}"
        return [Consequence("More people than places", [(Piece(f"{self.seat}: {people}"),)], "warning")]

    def _place_taken(self) -> list[Consequence]:
        """Whose place they take, where the seat is for each of several: what the trial found."""
        if not self.seat.each:
            return []
        now = {each["slug"]: each["missing"] for each in self.open_after}
        filled = [each for each in self.open_before if now.get(each["slug"], 0) < each["missing"]]
        if filled:
            words = f"They take the place of {open_for_words([each | {'missing': 1} for each in filled])}."
            return [Consequence("Whose place they take", [(Piece(words),)])]
        words = (
            f"The seat is for {drawn_from_words(self.seat)}. Nobody’s vacant place is filled by this: whoever they sit for "
            "has somebody already, or is not one of these. Choose another basis, or say who put them forward."
        )
        return [Consequence("Whose place they take", [(Piece(words),)], "warning")]

    def _end(self, data: dict[str, Any]) -> PartialDate | None:
        """The end that was typed, or the one that the terms give."""
        start, months = data["start"].first_day, self.seat.terms.term_months
        if data["end"] or not start or not months:
            typed: PartialDate | None = data["end"]
            return typed
        return PartialDate(soon_after(start - ONE_DAY, months))

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        person = add_newcomer(data["person"], **who)
        day = max(today(), data["start"].first_day or today())
        self.open_before = places_of(self.seat, day).open_for
        membership = actions.seat_member(
            seat=self.seat,
            person=person,
            basis=basis_chosen(data, person),
            start=data["start"],
            end=self._end(data),
            put_forward_by=data["put_forward_by"],
            attends_for=data["attends_for"],
            **who,
        )
        after = places_of(self.seat, day)
        self.open_after, self.places = after.open_for, after.places
        self.sitting_after = Membership.objects.as_at(day).filter(seat=self.seat).values("person").distinct().count()
        return membership

    def done(self, result: Model) -> str:
        assert isinstance(result, Membership)
        return f"Recorded: {result.person}, {self.seat}, {self.group}."

    def address_after(self, result: Model) -> str:
        return self.group.get_absolute_url()

    def way_back(self) -> str:
        return self.group.get_absolute_url()


class OfMembership(Flow):
    """A flow about one membership."""

    def load(self, **address: Any) -> None:
        rows = Membership.objects.select_related(
            "person", "seat__terms__group", "basis_appointment__role__organisation"
        )
        found = rows.filter(pk=address["pk"]).first()
        if found is None:
            raise Http404("The register has no such membership. It may have been withdrawn.")
        self.membership: Membership = found
        self.group: Group = found.seat.terms.group

    def is_permitted(self, rights: Rights) -> bool:
        return may_change(self.membership, rights)

    def rests_on(self) -> Sequence[Model]:
        return (self.membership,)

    def about(self) -> Sequence[tuple[str, Sequence[Piece]]]:
        return (
            ("Who", (link_to(self.membership.person),)),
            ("Seat", (Piece(f"{self.membership.seat}, "), link_to(self.group))),
            ("Sits", (Piece(period_words(self.membership, today())),)),
        )

    def address_after(self, result: Model) -> str:
        return self.group.get_absolute_url()

    def way_back(self) -> str:
        return self.group.get_absolute_url()


class EndMembership(OfMembership):
    """Somebody leaves a seat."""

    form_class = EndMembershipForm

    def load(self, **address: Any) -> None:
        super().load(**address)
        self.title = f"{self.membership.person} leaves the {self.group}"

    def initial(self) -> dict[str, Any]:
        return {"end": PartialDate(today())}

    def concerned(self, data: dict[str, Any]) -> Concerned:
        after = (data["end"].last_day or today()) + ONE_DAY
        return Concerned(people={self.membership.person_id}, groups={self.group.pk}, date=max(today(), after))

    def consequences(self, data: dict[str, Any]) -> Sequence[Consequence]:
        after, seat = (data["end"].last_day or today()) + ONE_DAY, self.membership.seat
        found = []
        if self.left.open:
            whom = f": {open_for_words(self.left.open_for)}" if self.left.open_for else ""
            words = Piece(f"{seat}: {count_words(self.left.open, 'place')} of {self.left.places} vacant{whom}.")
            found.append(Consequence("What falls vacant", [(words,)], "warning"))
        deputies = Deputy.objects.as_at(after).filter(membership=self.membership).select_related("person")
        lines = [(link_to(deputy.person), Piece(" no longer sits in for them.")) for deputy in deputies]
        return [*found, Consequence("Who deputised", lines)] if lines else found

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        ended = actions.end_membership(membership=self.membership, end=data["end"], **who)
        self.left = places_of(self.membership.seat, (data["end"].last_day or today()) + ONE_DAY)
        return ended

    def done(self, result: Model) -> str:
        return f"Recorded: {self.membership.person} has no seat on the {self.group} after that day."


class CorrectMembership(OfMembership):
    """A membership is extended, or was written down wrongly."""

    form_class = CorrectMembershipForm

    def load(self, **address: Any) -> None:
        super().load(**address)
        self.title = f"{self.membership.person}, {self.group}: extend or correct the membership"

    def form_options(self) -> dict[str, Any]:
        return {"held": bases_of(self.membership.person)}

    def initial(self) -> dict[str, Any]:
        held = self.membership
        return {
            "start": held.start,
            "end": held.end,
            "basis": str(held.basis_appointment_id) if held.basis_appointment_id else EXPERIENCE,
            "experience": held.basis_experience,
            "put_forward_by": held.put_forward_by,
            "attends_for": held.attends_for,
        }

    def concerned(self, data: dict[str, Any]) -> Concerned:
        return Concerned(people={self.membership.person_id}, groups={self.group.pk})

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        basis = basis_chosen(data, self.membership.person)
        return actions.correct_membership(
            membership=self.membership,
            start=data["start"],
            end=data["end"],
            basis_appointment=basis if isinstance(basis, Appointment) else None,
            basis_experience=basis if isinstance(basis, str) else "",
            put_forward_by=data["put_forward_by"],
            attends_for=data["attends_for"],
            **who,
        )

    def done(self, result: Model) -> str:
        return f"Recorded: {self.membership.person}, {self.membership.seat}, {period_words(self.membership, today())}."


class AddDeputy(OfMembership):
    """Somebody is named to sit in for a member."""

    form_class = DeputyForm

    def load(self, **address: Any) -> None:
        super().load(**address)
        self.title = f"Who deputises for {self.membership.person}"

    def rests_on(self) -> Sequence[Model]:
        return ()

    def consequences(self, data: dict[str, Any]) -> Sequence[Consequence]:
        return namesakes_of_newcomer(data["person"])

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        person = add_newcomer(data["person"], **who)
        return actions.add_deputy(
            membership=self.membership, person=person, start=data["start"], end=data["end"], **who
        )


class EndDeputy(Flow):
    """Somebody no longer sits in for a member."""

    form_class = EndDeputyForm

    def load(self, **address: Any) -> None:
        rows = Deputy.objects.select_related("person", "membership__person", "membership__seat__terms__group")
        found = rows.filter(pk=address["pk"]).first()
        if found is None:
            raise Http404("The register has no such deputy. The entry may have been withdrawn.")
        self.deputy: Deputy = found
        self.title = f"{self.deputy.person} no longer deputises for {self.deputy.membership.person}"

    def is_permitted(self, rights: Rights) -> bool:
        return may_change(self.deputy, rights)

    def rests_on(self) -> Sequence[Model]:
        return (self.deputy,)

    def initial(self) -> dict[str, Any]:
        return {"end": PartialDate(today())}

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        return actions.end_deputy(deputy=self.deputy, end=data["end"], **who)

    def address_after(self, result: Model) -> str:
        return self.way_back()

    def way_back(self) -> str:
        return self.deputy.membership.seat.terms.group.get_absolute_url()
