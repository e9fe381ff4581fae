"""Flows about people: somebody new, a name or practice that changes, what they can do and offer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404
from django.urls import reverse

from ics_leadership.periods import today
from memberships import actions
from memberships.flows import Consequence, Flow
from memberships.forms.people import MovePracticeForm, NewPersonForm, OfferForm, PersonForm, SkillForm
from memberships.models import Appointment, Person
from memberships.outcomes import Concerned
from memberships.presenters.reasons import Piece
from memberships.rights import may_change
from memberships.views.change.namesakes import namesakes
from organisations.models import Kind, Organisation
from organisations.rights import Rights
from roles import actions as role_actions
from roles.models import Role

PERSON_FACTS = (
    "title",
    "given_names",
    "family_name",
    "profession",
    "registration_number",
    "work_email",
    "work_telephone",
    "note",
)


class NewPerson(Flow):
    """Somebody whom the register does not hold yet."""

    form_class = NewPersonForm
    title = "Add a person"

    def consequences(self, data: dict[str, Any]) -> Sequence[Consequence]:
        return namesakes(data)

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        return actions.add_person(**{name: data[name] for name in PERSON_FACTS}, **who)

    def done(self, result: Model) -> str:
        return f"Recorded: {result}. What they hold can be added now."

    def way_back(self) -> str:
        return "/people"


class OfPerson(Flow):
    """A flow about one person."""

    def load(self, **address: Any) -> None:
        found = Person.objects.filter(slug=address["person"]).first()
        if found is None:
            raise Http404("The register has no person at this address.")
        self.person = found

    def is_permitted(self, rights: Rights) -> bool:
        return may_change(self.person, rights)

    def rests_on(self) -> Sequence[Model]:
        return (self.person,)

    def concerned(self, data: dict[str, Any]) -> Concerned:
        return Concerned(people={self.person.pk})

    def address_after(self, result: Model) -> str:
        return self.person.get_absolute_url()

    def way_back(self) -> str:
        return self.person.get_absolute_url()


class CorrectPerson(OfPerson):
    """Somebody's name, profession or contact changes, or was written down wrongly."""

    form_class = PersonForm

    def load(self, **address: Any) -> None:
        super().load(**address)
        self.title = f"{self.person}: name, profession, contact"

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.person, name) for name in PERSON_FACTS}

    def consequences(self, data: dict[str, Any]) -> Sequence[Consequence]:
        return namesakes(data, self.person)

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        return actions.correct_person(person=self.person, **{name: data[name] for name in PERSON_FACTS}, **who)

    def done(self, result: Model) -> str:
        return f"Recorded: {result}. The former name and facts stay in the history."


class MovePractice(OfPerson):
    """Somebody moves to another practice."""

    form_class = MovePracticeForm

    def load(self, **address: Any) -> None:
        super().load(**address)
        self.title = f"{self.person} moves to another practice"
        held = Appointment.objects.as_at(today()).filter(person=self.person)
        held = held.select_related("role__organisation", "role__role_type", "employer").order_by("role__title", "pk")
        self.held = [row for row in held if row.role.organisation.kind == Kind.PRACTICE]
        self.employed = [
            row for row in held if row not in self.held and row.employer and row.employer.kind == Kind.PRACTICE
        ]

    def rests_on(self) -> Sequence[Model]:
        return (self.person, *self.held, *self.employed)

    def form_options(self) -> dict[str, Any]:
        return {"held": self.held, "employed": self.employed}

    def about(self) -> Sequence[tuple[str, Sequence[Piece]]]:
        if self.held or self.employed:
            return super().about()
        appoint = Piece("Record what they hold at the new one.", reverse("appoint-person", args=[self.person.slug]))
        return (*super().about(), ("At a practice", (Piece("The register holds nothing of theirs. "), appoint)))

    def check_rights(self, data: dict[str, Any], rights: Rights) -> None:
        if not self.held and not self.employed:
            raise ValidationError(
                "The register holds nothing of theirs at a practice. Record what they hold at the new one: "
                "“takes up a role”, on their page."
            )
        if not data.get("posts") and not data.get("employed"):
            raise ValidationError("Tick at least one of the posts that go with them.")

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        practice, start = data["practice"], data["start"]
        if data.get("posts") and start.eve is None:
            raise ValidationError({"start": "To end their posts at the former practice the day before, say from when."})
        for held in self.held:
            if str(held.pk) in data.get("posts", ()):
                actions.leave(appointment=held, end=start.eve, **who)
                role = same_post_at(practice, held.role, start=start, **who)
                actions.appoint(person=self.person, role=role, start=start, how=held.how, **who)
        for employed in self.employed:
            if str(employed.pk) in data.get("employed", ()):
                actions.correct_appointment(
                    appointment=employed, start=employed.start, end=employed.end, employer=practice, **who
                )
        return self.person

    def done(self, result: Model) -> str:
        return f"Recorded: {self.person} is at another practice from that day."


def same_post_at(practice: Organisation, former: Role, *, start: Any, **who: Any) -> Role:
    """The post of the same kind at another practice, called after that one; made there when it has none."""
    title = former.title
    for name in (former.organisation.name, former.organisation.short_name):
        title = title.replace(name, practice.name) if name else title
    there = Role.objects.as_at(today()).filter(organisation=practice, role_type=former.role_type, title=title)
    found: Role | None = there.order_by("pk").first()
    return found or role_actions.add_role(
        title=title, role_type=former.role_type, organisation=practice, start=start, **who
    )


class AddSkill(OfPerson):
    """Something that somebody can do."""

    form_class = SkillForm

    def load(self, **address: Any) -> None:
        super().load(**address)
        self.title = f"{self.person}: a skill"

    def rests_on(self) -> Sequence[Model]:
        return ()

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        facts = {name: data[name] for name in ("skill", "start", "end", "gained_through")}
        return actions.add_skill_to_person(person=self.person, **facts, **who)


class AddOffer(OfPerson):
    """Somebody offers to mentor or advise."""

    form_class = OfferForm

    def load(self, **address: Any) -> None:
        super().load(**address)
        self.title = f"{self.person} offers to mentor"

    def rests_on(self) -> Sequence[Model]:
        return ()

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        facts = {name: data[name] for name in ("offer", "area", "start", "end", "skill", "agreed_to_show")}
        return actions.offer_to_mentor(person=self.person, **facts, **who)
