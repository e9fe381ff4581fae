"""What two entries of one person hold between them: every row that would move, and what they both say at once.

It is found from the tables themselves, so that a table that comes to refer to people is never forgotten. What is done
about it is left to `actions.merging`, how it is said to `presenters.duplicates`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import models
from django.db.models import ForeignKey, Model

from ics_leadership.history import RegisterEvent
from ics_leadership.periods import Dated
from memberships.models import (
    Answer,
    Appointment,
    Deputy,
    DistinctPeople,
    FundingLine,
    InterestDeclaration,
    Membership,
    MergedPerson,
    Person,
    PersonAccount,
    PersonSkill,
    Proposal,
)


@dataclass(frozen=True)
class Reference:
    """A foreign key to a table: the model that has it and its name there."""

    model: type[Model]
    field: str

    def rows(self, to: Model) -> models.QuerySet[Any]:
        """The rows that refer to one row."""
        return self.model._default_manager.filter(**{self.field: to}).order_by("pk")


def references(model: type[Model]) -> list[Reference]:
    """Every foreign key to a table of the register, but for those of its history."""
    return [
        Reference(relation.related_model, relation.field.name)
        for relation in model._meta.get_fields(include_hidden=True)
        if isinstance(relation, models.ManyToOneRel) and not issubclass(relation.related_model, RegisterEvent)
    ]


SAME_THING: dict[type[Model], tuple[str, ...]] = {
    Appointment: ("role",),
    Membership: ("seat",),
    PersonSkill: ("skill",),
    PersonAccount: (),
    Deputy: ("membership",),
    InterestDeclaration: ("declared_on",),
}
"""Of which rows a person has one at a time, and what they are then rows about: an appointment about its role."""

SAME_BESIDE: dict[type[Model], tuple[str, ...]] = {
    FundingLine: ("funding_source", "payer", "sessions_per_week", "annual_amount"),
    Deputy: ("person",),
}
"""When two rows that come to belong to one appointment or membership say the same thing."""

SETTLED_APART = (MergedPerson, DistinctPeople)
"""Tables about who is who; merging settles their rows by rules of their own."""


class Resolution(StrEnum):
    """What becomes of two entries' rows about one thing."""

    THIS = "this"
    THAT = "that"
    WIDEN = "widen"
    APART = "apart"


@dataclass(frozen=True)
class Clash:
    """Rows of two entries about one thing at the same time: `of_kept` of the one that stays, `of_dropped` of the other.

    `refused` when the register cannot hold them side by side as one person's.
    """

    model: type[Model]
    of_kept: Sequence[Any]
    of_dropped: Sequence[Any]
    refused: bool

    @property
    def key(self) -> str:
        """Its name in forms and in the resolutions given to `merge_people`."""
        return f"{self.model._meta.model_name}-{'-'.join(map(str, sorted(self.pks)))}"

    @property
    def pks(self) -> list[int]:
        return [row.pk for row in (*self.of_kept, *self.of_dropped)]

    @property
    def choices(self) -> list[Resolution]:
        """What can be done about it."""
        found = [Resolution.THIS, Resolution.THAT]
        if issubclass(self.model, Dated):
            found.append(Resolution.WIDEN)
        return found if self.refused else [*found, Resolution.APART]

    @property
    def suggested(self) -> Resolution | None:
        """What most would choose; None where only somebody who knows can say, as when one has ended and the other not."""
        if not issubclass(self.model, Dated):
            return Resolution.THIS
        rows = [*self.of_kept, *self.of_dropped]
        return Resolution.WIDEN if len({row.has_end for row in rows}) == 1 else None


def clashes(keep: Person, drop: Person) -> list[Clash]:
    """What both entries say at once, which somebody has to resolve before they can be one."""
    return [clash for model, about in SAME_THING.items() for clash in _clashes_in(model, about, keep, drop)]


def _clashes_in(model: type[Model], about: tuple[str, ...], keep: Person, drop: Person) -> Iterator[Clash]:
    both = [keep, drop]
    rows = list(loaded(model).filter(person__in=both).order_by("pk"))
    if model is Deputy:
        # Nobody sits in for themselves: of these nothing is left to resolve.
        rows = [row for row in rows if row.membership.person not in both]
    while rows:
        cluster = [rows.pop(0)]
        for member in cluster:
            near = [row for row in rows if same_thing(member, row, about)]
            cluster += near
            rows = [row for row in rows if row not in near]
        of_kept = [row for row in cluster if row.person_id == keep.pk]
        of_dropped = [row for row in cluster if row.person_id == drop.pk]
        if of_kept and of_dropped:
            refused = any(_certainly_at_once(one, other) for one in of_kept for other in of_dropped)
            yield Clash(model, of_kept, of_dropped, refused)


def loaded(model: type[Model]) -> models.QuerySet[Any]:
    """The rows of a table that refers to people, with what they are called by."""
    related: dict[type[Model], tuple[str, ...]] = {
        Appointment: ("person", "role__organisation", "role__of_group__group", "made_by", "employer"),
        Membership: ("person", "seat__terms__group", "basis_appointment__role", "put_forward_by", "attends_for"),
        Deputy: ("person", "membership__person", "membership__seat__terms__group"),
        PersonSkill: ("person", "skill"),
        PersonAccount: ("person", "account"),
        Proposal: ("sponsor", "group"),
        Answer: ("person", "party__proposal", "party__organisation", "party__group"),
    }
    return model._default_manager.select_related(*related.get(model, ("person",)))


def same_thing(one: Any, other: Any, about: Iterable[str]) -> bool:
    """Whether two rows of a table are about the same thing, with a day in common where they have periods.

    The widest reading of the periods counts: "2019" and "from April 2019" are likely to be one appointment.
    """
    if any(getattr(one, _column(one, name)) != getattr(other, _column(other, name)) for name in about):
        return False
    if not isinstance(one, Dated):
        return True
    return _overlap(one.period, other.period)


def _column(row: Any, name: str) -> str:
    return str(row._meta.get_field(name).attname)


def _overlap(one: Any, other: Any) -> bool:
    begins = one.lower is None or other.upper is None or one.lower < other.upper
    goes_on = other.lower is None or one.upper is None or other.lower < one.upper
    return bool(begins and goes_on)


def _certainly_at_once(one: Any, other: Any) -> bool:
    if not isinstance(one, Dated):
        return True
    return not one.certain.isempty and not other.certain.isempty and _overlap(one.certain, other.certain)


def moving(drop: Person) -> list[tuple[Reference, list[Any]]]:
    """Every row that refers to an entry, by the foreign key that does; tables that have none are left out."""
    found = []
    for reference in references(Person):
        if reference.model not in SETTLED_APART:
            rows = list(loaded(reference.model).filter(**{reference.field: drop}).order_by("pk"))
            found += [(reference, rows)] if rows else []
    return found


NOT_CHOSEN = frozenset({"id", "slug", "folded", "confirmed_on", "invented"})
"""The columns of a person that are not somebody's to choose: what the register gives an entry."""


def choosable() -> list[ForeignKey[Any, Any] | models.Field[Any, Any]]:
    """The facts of a person that are chosen one by one, the source of them last."""
    found = [field for field in Person._meta.concrete_fields if field.name not in NOT_CHOSEN]
    return sorted(found, key=lambda field: field.name == "source")


def sensible(keep: Person, drop: Person) -> dict[str, Resolution]:
    """For each fact of a person the entry to take it from: the one that stays, unless only the other says it.

    Of two private notes, both.
    """
    return {field.name: _sensible_for(field, keep, drop) for field in choosable()}


def _sensible_for(field: Any, keep: Person, drop: Person) -> Resolution:
    ours, theirs = getattr(keep, field.attname), getattr(drop, field.attname)
    if field.name == "note" and ours and theirs and ours != theirs:
        return Resolution.WIDEN
    return Resolution.THAT if ours in ("", None) and theirs not in ("", None) else Resolution.THIS


def entry_now_at(address: str) -> Person | None:
    """The person to whom a former address leads, or the number that their entry has or had."""
    merged = MergedPerson.objects.select_related("survivor")
    if former := merged.filter(former_slug=address).first():
        return former.survivor
    if not (address.isascii() and address.isdecimal() and len(address) < 19):
        return None
    numbered = merged.filter(former_id=address).first()
    return numbered.survivor if numbered else Person.objects.filter(pk=address).first()
