"""The flow in which a group adopts a new version of its terms: what it does to those who sit shows before it is adopted."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Any, cast

from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from ics_leadership.periods import PartialDate, today
from ics_leadership.words import count_words, day_words, period_words
from memberships import actions
from memberships.actions.terms import end_of_term
from memberships.flows import ChangeForm, Consequence
from memberships.forms.new_terms import NewTermsForm, goes_on
from memberships.forms.terms import FACTS, as_typed, next_version
from memberships.forms.terms_patterns import Beginning, beginning
from memberships.models import Membership, Seat, Terms
from memberships.outcomes import Concerned
from memberships.patterns import PATTERNS, Pattern
from memberships.places import taking_places, with_open_places
from memberships.presenters.reasons import Piece, terms_words, version_words
from memberships.presenters.terms import capital, open_for_words
from memberships.presenters.terms_changes import seat_changes
from memberships.rules import KEEPING_OFF, Finding
from memberships.views.change.appointments import link_to
from memberships.views.change.groups import OfGroup
from memberships.views.change.terms import TERMS
from memberships.views.change.with_rows import RowsFlow
from roles.actions import add_role_type
from roles.models import ActsFor, OpenTo, RoleType


@dataclass(frozen=True)
class Crowded:
    """A seat in which more people take a place on a day than it has places for them."""

    seat: Any
    people: int
    day: datetime.date


class NewTerms(OfGroup, RowsFlow):
    """A new version of a group's terms. It starts from the version in force or from a pattern; nobody loses a seat unsaid."""

    form_class = NewTermsForm
    template_name = "flows/terms.html"
    titled = "{group}: a new version of its terms of reference"
    seats_then: Sequence[Any] = ()
    """The seats with their places as the trial left them, in order."""
    crowded: Sequence[Crowded] = ()
    """The seats in which the trial left too many, in order."""

    def load(self, **address: Any) -> None:
        super().load(**address)
        versions = TERMS.filter(group=self.group)
        latest = versions.order_by("-period__startswith", "-pk").first()
        self.former: Terms | None = versions.as_at(today()).first() or latest
        if self.former is None:
            self.title = f"{self.group}: its terms of reference"
        members = Membership.objects.filter(seat__terms__group=self.group)
        self.members: list[Membership] = list(
            members.select_related(
                "person", "seat__terms", "basis_appointment", "put_forward_by", "attends_for"
            ).order_by("seat__order", "person__family_name", "pk")
        )
        self.sitting = [member for member in self.members if goes_on(member)]

        asked = self.request.POST.get("pattern") or self.request.GET.get("from", "")
        self.pattern: Pattern | None = PATTERNS.get(asked)
        self.begun: Beginning | None = beginning(self.pattern, self.group, today()) if self.pattern else None

    def rests_on(self) -> Sequence[Model]:
        return (self.group, *([self.former] if self.former else []), *self.sitting)

    def initial(self) -> dict[str, Any]:
        version = next_version(self.former.version) if self.former else "1.0"
        if self.begun:
            return self.begun.typed | {"version": version} | ({} if self.former else {"start": self.group.start})
        if self.former is None:
            return {"start": self.group.start, "version": version}
        return as_typed(self.former) | {"version": version}

    def form_options(self) -> dict[str, Any]:
        new_types = self.begun.new_types if self.begun else ()
        return {"group": self.group, "former": self.former, "members": self.members, "new_types": new_types}

    def about(self) -> Sequence[tuple[str, Sequence[Piece]]]:
        if self.pattern:
            words = f"The pattern “{self.pattern.name}”. Change it until it says what the group agreed."
        elif self.former:
            words = f"{capital(version_words(self.former))}, {period_words(self.former, today())}"
        else:
            return ()
        return (("It starts from", (Piece(words),)),)

    def beginnings(self) -> list[tuple[str, str, str]]:
        """What else the form can start from, for its page: name, address, and what it is like; fitting patterns first."""
        here = self.request.path
        found = [
            (each.name, f"{here}?from={each.key}", each.summary) for each in self._patterns() if each != self.pattern
        ]
        if self.pattern and self.former:
            words = f"{capital(version_words(self.former))}, {period_words(self.former, today())}"
            return [(words, here, "Change what is different."), *found]
        return [*found, ("An empty form", here, "Write everything yourself.")] if self.pattern else found

    @property
    def is_first(self) -> bool:
        """Whether the group has no terms yet, and the form does not start from anything: then patterns are offered at once."""
        return self.former is None and self.pattern is None

    def _patterns(self) -> list[Pattern]:
        return sorted(PATTERNS.values(), key=lambda pattern: pattern.kind != self.group.kind)

    def post(self, request: HttpRequest) -> HttpResponse:
        if request.POST.get("stage") == "terms":
            again = request.POST.copy()
            again.pop("members_asked", None)
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
            people={member.person_id for member in self.sitting},
            date=max(today(), data["start"].first_day or today()),
        )

    def consequences(self, data: dict[str, Any]) -> Sequence[Consequence]:
        found = []
        if self.former and self.former.holds(data["start"].first_day or today()):
            eve = data["start"].eve
            ends = f"{capital(version_words(self.former))} is in force until {day_words(eve.date, eve.precision)}."
            found.append(Consequence("What it takes the place of", [(Piece(ends),)]))
        if self.sitting and not any(map(goes_on, self.form.going_over())):
            words = "A later version is in force: this one is of the past, and nobody’s seat of today changes."
            return [*found, Consequence("Who sits", [(Piece(words),)]), *self._members()]
        return [*found, *self._members(), *self._seats()]

    def gained(self, findings: Sequence[Finding]) -> Sequence[tuple[str, Sequence[Finding]]]:
        """First whom the new terms would keep off their seats, by which clause; then what else would not add up."""
        keeping_off = {rule.code for rule in KEEPING_OFF}
        sitting = [each for each in findings if each.code in keeping_off]
        others = [each for each in findings if each.code not in keeping_off]
        headed = [("Who would not be eligible under the new version", sitting), ("What else would not add up", others)]
        return [(heading, some) for heading, some in headed if some]

    def _members(self) -> list[Consequence]:
        """Who goes over to which seat, and who leaves."""
        seats = self.form.new_seats()
        going: list[tuple[Piece, ...]] = []
        leaving: list[tuple[Piece, ...]] = []
        left: list[tuple[Piece, ...]] = []
        start = self.form.cleaned_data["start"].first_day
        for member in self.form.going_over():
            place, who = self.form.place_of(member), link_to(member.person)
            if place is None:
                leaving.append((who, Piece(f", {member.seat.title}")))
            else:
                end = end_of_term(member)
                has_end = end and end.last_day and end.last_day >= (start or end.last_day)
                until = f", until {day_words(end.last_day, end.precision)}" if end and has_end else ""
                was = f" (before: {member.seat.title})" if member.seat.title != seats[place].title else ""
                line = (who, Piece(f": {seats[place].title}{was}{until}"))
                (going if goes_on(member) else left).append(line)
        found = [Consequence("Who leaves the group", leaving, "warning")] if leaving else []
        if going:
            found.append(Consequence("Who goes over to the new version, for the rest of their term", going))
        if left:
            found.append(Consequence("Who has left since, and sat under the new version until then", left))
        return found

    def _seats(self) -> list[Consequence]:
        """Which seats are new, changed or gone, and where people and places do not agree in number."""
        seats = self.form.new_seats()
        former = list(self.former.seats.all()) if self.former else []
        found = []
        if self.former:
            changes = seat_changes(former, [seat.drawn() for seat in seats])
            lines = [(Piece(f"{each.title}: {each.note}"),) for each in changes]
            lines = lines or [(Piece("The seats stay as they were."),)]
            found.append(Consequence("What becomes of the seats", lines))
        if made := self._types_made():
            words = [(Piece(f"{each.name}, acts for {each.get_acts_for_display().lower()}"),) for each in made]
            found.append(Consequence("New types of role", words))
        if self.crowded:
            lines = [(Piece(_crowded_words(each, self.first_day)),) for each in self.crowded]
            found.append(Consequence("More people than places", lines, "warning"))
        vacant = [(Piece(_vacant_words(seat)),) for seat in self.seats_then if seat.open]
        if vacant:
            found.append(Consequence("Vacant under the new version", vacant, "warning"))
        return found

    def _types_made(self) -> list[RoleType]:
        """The types of role that the seats are drawn from and the register lacks, each once."""
        drawn = (seat.drawn_from for seat in self.form.new_seats())
        return list({each.name: each for each in drawn if isinstance(each, RoleType) and each.pk is None}.values())

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        start: PartialDate = data["start"]
        made = {each.name: _made(each, **who) for each in self._types_made()}
        terms = actions.adopt_terms(
            group=self.group,
            version=data["version"],
            start=start,
            end=data["end"],
            clauses=self.form.new_clauses(),
            seats=[_drawn_from_made(seat, made) for seat in self.form.new_seats()],
            eligibilities=self.form.new_eligibilities(),
            review_on=data["review_on"],
            **{name: data[name] for name in FACTS},
            **who,
        )
        seats = list(terms.seats.order_by("order"))
        places = [(copy(member), self.form.place_of(member)) for member in self.form.going_over()]
        members = [(member, None if place is None else seats[place]) for member, place in places]
        actions.seat_all_anew(members=members, start=start, **who)
        # The page of consequences says what the trial left, so that it cannot disagree with what happens.
        self.first_day = max(today(), start.first_day or today())
        self.seats_then = _seats_on(terms, self.first_day)
        self.crowded = _too_many(terms, self.first_day)
        return terms

    def done(self, result: Model) -> str:
        assert isinstance(result, Terms)
        return f"Recorded: {terms_words(result)}, {period_words(result, today())}."


def _seats_on(terms: Terms, day: datetime.date) -> list[Any]:
    return list(with_open_places(Seat.objects.filter(terms=terms), day).order_by("order"))


def _too_many(terms: Terms, first_day: datetime.date) -> list[Crowded]:
    """The seats of a version in which too many sit on one and the same day, from `first_day` on; of each the first such day."""
    rows = list(Membership.objects.filter(seat__terms=terms))
    days = {first_day, *(row.period.lower for row in rows if row.period.lower and row.period.lower > first_day)}
    found: dict[int, Crowded] = {}
    for day in sorted(days):
        taken = Counter(row.seat_id for row in taking_places(row for row in rows if row.holds(day)))
        for seat in _seats_on(terms, day):
            if taken[seat.pk] > seat.places - seat.open:
                found.setdefault(seat.pk, Crowded(seat, taken[seat.pk], day))
    return sorted(found.values(), key=lambda each: each.seat.order)


def _crowded_words(crowded: Crowded, first_day: datetime.date) -> str:
    people, places = count_words(crowded.people, "person", "people"), count_words(crowded.seat.places, "place")
    when = f" from {day_words(crowded.day)}" if crowded.day > first_day else ""
    return f"{crowded.seat.title}: {people} for {places}{when}"


def _vacant_words(seat: Any) -> str:
    """How many places of a seat nobody holds, and, of a seat for each of several, for whom: as they stand after the trial."""
    whom = f": {open_for_words(seat.open_for)}" if seat.open_for else ""
    return f"{seat.title}: {count_words(seat.open, 'place')} of {seat.places}{whom}"


def _made(role_type: RoleType, **who: Any) -> RoleType:
    return add_role_type(
        name=role_type.name,
        plural=role_type.plural,
        acts_for=ActsFor(role_type.acts_for),
        open_to=OpenTo(role_type.open_to),
        accountable=role_type.accountable,
        **who,
    )


def _drawn_from_made(seat: actions.NewSeat, made: Mapping[str, RoleType]) -> actions.NewSeat:
    """A seat, drawn from the type of role that was made where the form named one that the register lacked."""
    drawn = seat.drawn_from
    return replace(seat, drawn_from=made[drawn.name]) if isinstance(drawn, RoleType) and drawn.pk is None else seat
