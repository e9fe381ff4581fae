"""Finding a person, role, organisation or group by typing, with enough of each to tell it from its namesakes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Model, QuerySet

from ics_leadership.facts import Source
from ics_leadership.forms import Choice, Picker
from ics_leadership.periods import today
from ics_leadership.words import day_words, list_words, period_words
from memberships import holdings
from memberships.models import Appointment, Group, Person
from memberships.newcomers import read_name
from memberships.presenters.holdings import role_words
from memberships.spreadsheets.typed_names import without_asides
from organisations.models import Kind, Organisation
from roles.models import Role

AT_MOST = 10

NAME_HINT = "Type a name. Of somebody new with title and profession, as in “Dr Siân O'Brien (GP)”."
"""What the box of a `PersonPicker` is told to hold where somebody new can be added."""


class _RecordPicker(Picker[Any]):
    """A picker of rows that `called` finds by name."""

    def rows(self) -> QuerySet[Any]:
        raise NotImplementedError

    def choice(self, row: Any) -> Choice:
        raise NotImplementedError

    def find(self, typed: str) -> Sequence[Choice]:
        return [self.choice(row) for row in self.rows().called(typed)[:AT_MOST]]  # type: ignore[attr-defined]

    def get(self, key: str) -> Model | None:
        return self.rows().filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None

    def chosen(self, key: str) -> Choice | None:
        row = self.get(key)
        return self.choice(row) if row else None


class PersonPicker(_RecordPicker):
    """People, each with profession, current role and place."""

    kind = "people"
    nothing_found = "Nobody of that name is in the register."
    newcomer = "Add somebody new"

    def check_newcomer(self, typed: str) -> None:
        read_name(typed)

    def find(self, typed: str) -> Sequence[Choice]:
        return super().find(without_asides(typed))

    def rows(self) -> QuerySet[Person]:
        return holdings.with_roles(Person.objects.all(), today())

    def choice(self, row: Person) -> Choice:
        held = [role_words(post.role) for post in row.roles_then[:2]]  # type: ignore[attr-defined]
        said = [row.get_profession_display(), list_words(held) or "no role today"]
        return Choice(str(row.pk), row.name, "; ".join(part for part in said if part))


class RolePicker(_RecordPicker):
    """Roles, also those that have ended, each with its body, its days and who holds it today."""

    kind = "roles"
    nothing_found = "No role of that title is in the register."
    made_elsewhere = ("Add a role", "new-role")

    def rows(self) -> QuerySet[Role]:
        held = Appointment.objects.as_at(today()).select_related("person").order_by("pk")
        return Role.objects.select_related("organisation").prefetch_related(
            holdings.Prefetch("appointments", held, to_attr="held_today")
        )

    def find(self, typed: str) -> Sequence[Choice]:
        # People type the body as often as the title.
        named = list(self.rows().called(typed)[:AT_MOST])  # type: ignore[attr-defined]
        if len(named) < AT_MOST:
            hosts = Organisation.objects.called(typed)[: AT_MOST // 2]
            known = {role.pk for role in named}
            hosted = self.rows().as_at(today()).filter(organisation__in=[host.pk for host in hosts])  # type: ignore[attr-defined]
            named += [role for role in hosted.order_by("title", "pk")[:AT_MOST] if role.pk not in known]
        return [self.choice(role) for role in named[:AT_MOST]]

    def choice(self, row: Role) -> Choice:
        holders = [held.person.name for held in row.held_today]  # type: ignore[attr-defined]
        now = f"held by {list_words(holders)}" if holders else "nobody recorded today"
        over = f"{period_words(row, today())}, " if row.end_date else ""
        return Choice(str(row.pk), row.title, f"{row.organisation.name}; {over}{now}")


class OrganisationPicker(_RecordPicker):
    """Organisations of any kind, by name or code, each with its kind, code and days."""

    kind = "organisations"
    nothing_found = "No organisation of that name or code is in the register."
    made_elsewhere = ("Add an organisation", "new-organisation")

    def rows(self) -> QuerySet[Organisation]:
        return Organisation.objects.all()

    def choice(self, row: Organisation) -> Choice:
        said = [Kind(row.kind).label, row.ods_code or "", period_words(row, today()) if row.end_date else ""]
        return Choice(str(row.pk), row.name, ", ".join(part for part in said if part))


class NetworkPicker(OrganisationPicker):
    """Primary care networks."""

    kind = "networks"
    nothing_found = "No primary care network of that name or code is in the register."

    def rows(self) -> QuerySet[Organisation]:
        networks: QuerySet[Organisation] = Organisation.objects.filter(kind=Kind.PCN)
        return networks


class PracticePicker(OrganisationPicker):
    """General practices."""

    kind = "practices"
    nothing_found = "No practice of that name or code is in the register."

    def rows(self) -> QuerySet[Organisation]:
        practices: QuerySet[Organisation] = Organisation.objects.filter(kind=Kind.PRACTICE)
        return practices


class GroupPicker(_RecordPicker):
    """Groups, each with its kind and what it covers."""

    kind = "groups"
    nothing_found = "No group of that name is in the register."

    def rows(self) -> QuerySet[Group]:
        return Group.objects.select_related("covers", "host")

    def choice(self, row: Group) -> Choice:
        return Choice(str(row.pk), row.name, f"{row.get_kind_display()}, {(row.covers or row.host).name}")


class SourcePicker(_RecordPicker):
    """Documents and pages that facts were taken from, the latest first."""

    kind = "sources"
    nothing_found = "No source of that title is in the register."
    newcomer = "A new source"

    def rows(self) -> QuerySet[Source]:
        return Source.objects.all()

    def find(self, typed: str) -> Sequence[Choice]:
        return [self.choice(row) for row in self.rows().filter(title__icontains=typed).order_by("-pk")[:AT_MOST]]

    def choice(self, row: Source) -> Choice:
        seen = f"seen {day_words(row.seen_on)}" if row.seen_on else ""
        return Choice(str(row.pk), row.title, ", ".join(part for part in (row.address, seen) if part))


PEOPLE, ROLES, ORGANISATIONS, GROUPS = PersonPicker(), RolePicker(), OrganisationPicker(), GroupPicker()
NETWORKS, PRACTICES, SOURCES = NetworkPicker(), PracticePicker(), SourcePicker()
PICKERS: dict[str, Picker[Any]] = {
    picker.kind: picker for picker in (PEOPLE, ROLES, ORGANISATIONS, NETWORKS, PRACTICES, GROUPS, SOURCES)
}
