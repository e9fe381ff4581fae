"""Two people who were made one: making two entries of one again, as they were.

The history of the merge says which rows it wrote and how they were before. Each of their fields goes back to that, unless
somebody changed it since: what was learnt later is kept. What was added since goes to whichever of the two somebody says.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Min, Model

from ics_leadership.erasing import hold_off_erasures
from ics_leadership.history import Change, change, event_model, event_models
from ics_leadership.record_history import row_of
from memberships.merging import SETTLED_APART, Reference, loaded, references
from memberships.models import Appointment, Membership, MergedPerson, Person, Seat
from roles.models import Role

if TYPE_CHECKING:
    from ics_leadership.accounts.models import User


@dataclass(frozen=True)
class Added:
    """A row that came to the entry after the merge. `goes` when it rather belongs to the entry that is restored."""

    reference: Reference
    row: Any
    goes: bool

    @property
    def key(self) -> str:
        """Its name in forms and in what is given to `unmerge_people`."""
        return f"{self.row._meta.model_name}-{self.row.pk}-{self.reference.field}"


def unmerge_people(*, by: User | None, why: str, merged: MergedPerson, goes: Collection[str] = ()) -> Person:
    """Restore an entry that was merged into another, with what it held then; returns it.

    `goes` names by their keys the rows added since (`added_since`) that go to it; the others stay. A seat goes with the
    appointment that it rests on. Raises ValidationError where another entry was merged into the same one later, and where
    the result would break a rule of the register.
    """
    merge = merging_change(merged)
    with change(by=by, why=why, undoes=merge):
        hold_off_erasures()
        # Looked up anew: whoever calls keeps their own, also when a trial takes everything back.
        merged = MergedPerson.objects.select_for_update().get(pk=merged.pk)
        survivor = Person.objects.select_for_update().get(pk=merged.survivor_id)
        if later := merged_later(merged):
            raise ValidationError(
                f"{former_name(later)} was merged into this entry after that. Undo that merge first.",
                code="later_merge",
            )
        added = added_since(merged)
        if unknown := set(goes) - {each.key for each in added}:
            raise ValidationError(f"Nothing was added since under {', '.join(sorted(unknown))}.", code="unknown")
        return _Unmerge(merged, merge, survivor).take_apart([each for each in added if each.key in goes])


def merging_change(merged: MergedPerson) -> Change:
    """The change by which an entry was merged. Raises ValidationError where history knows of no such entry."""
    made = _merged_by([merged]).get(merged.former_id)
    if made is None:
        raise ValidationError("The history of this register knows of no such entry.", code="unknown")
    return Change.objects.select_related("by").get(pk=made)


def _merged_by(some: Iterable[MergedPerson]) -> dict[int, int]:
    """The ids of the changes by which entries went, by the former ids of these."""
    went = event_model(Person)._default_manager.filter(id__in=[each.former_id for each in some], pgh_label="delete")
    return dict(went.order_by("pgh_id").values_list("id", "change_id"))


def former_name(merged: MergedPerson) -> str:
    """What the person was called in the entry that was merged."""
    events = event_model(Person)._default_manager.filter(id=merged.former_id)
    return str(row_of(events.latest("pgh_id")))


def merged_later(merged: MergedPerson) -> MergedPerson | None:
    """The entry that was merged into the same one last, after this one; None where this one was the last."""
    all_of_them = list(MergedPerson.objects.filter(survivor=merged.survivor_id))
    made = _merged_by(all_of_them)
    last = max(all_of_them, key=lambda each: made.get(each.former_id, 0))
    return None if made.get(last.former_id, 0) <= made.get(merged.former_id, 0) else last


def added_since(merged: MergedPerson) -> list[Added]:
    """What came to the entry since the merge, each with where it rather belongs: with what the other entry brought.

    Seats that rest on an appointment are left out: they go with it.
    """
    merge, survivor = merging_change(merged), merged.survivor
    theirs = _Brought(merge, merged.former_id)
    return [
        Added(reference, row, theirs.is_near(row))
        for reference, row in _referring(survivor)
        if not (isinstance(row, Membership) and row.basis_appointment_id and reference.field == "person")
        and _came_after(row, merge)
    ]


def _referring(person: Person) -> Iterator[tuple[Reference, Any]]:
    for reference in references(Person):
        if reference.model not in SETTLED_APART:
            rows = loaded(reference.model).filter(**{reference.field: person}).order_by("pk")
            yield from ((reference, row) for row in rows)


def _came_after(row: Model, merge: Change) -> bool:
    events = event_model(type(row))._default_manager.filter(id=row.pk)
    first: int | None = events.aggregate(first=Min("change_id"))["first"]
    return first is not None and first > merge.pk


class _Brought:
    """What an entry brought into a merge: its roles and their organisations, its groups; for guesses."""

    def __init__(self, merge: Change, former: int) -> None:
        before = [row for _, row in versions_before(merge)]
        held = [row for row in before if isinstance(row, Appointment) and row.person_id == former]
        sat = [row for row in before if isinstance(row, Membership) and row.person_id == former]
        self._roles = {row.role_id for row in held}
        self._organisations = set(Role.objects.filter(pk__in=self._roles).values_list("organisation_id", flat=True))
        seats = Seat.objects.filter(pk__in={row.seat_id for row in sat})
        self._groups = set(seats.values_list("terms__group_id", flat=True))

    def is_near(self, row: Any) -> bool:
        """Whether a row is about a role, an organisation or a group of theirs."""
        if isinstance(row, Appointment):
            return row.role_id in self._roles or row.role.organisation_id in self._organisations
        return isinstance(row, Membership) and row.seat.terms.group_id in self._groups


def versions_before(merge: Change) -> Iterator[tuple[Any, Any]]:
    """For each row that a merge altered or took away: its last event in the merge, and the row as it was before."""
    for events in event_models():
        model = events.pgh_tracked_model  # type: ignore[attr-defined]
        if model not in _touchable():
            continue
        written: dict[int, list[Any]] = {}
        steps_taken: Any = events._default_manager.filter(change_id=merge.pk).order_by("pgh_id")
        for event in steps_taken:
            written.setdefault(event.id, []).append(event)
        for pk, steps in written.items():
            before: Any = events._default_manager.filter(id=pk, pgh_id__lt=steps[0].pk).order_by("-pgh_id").first()
            if before is not None and before.pgh_label != "delete":
                yield steps[-1], row_of(before)


@cache
def _touchable() -> set[type[Model]]:
    """The tables whose rows a merge may write: people, what refers to them, and what refers to that."""
    found: set[type[Model]] = {Person}
    while True:
        more = {reference.model for model in found for reference in references(model)} | found
        if more == found:
            return found
        found = more


class _Unmerge:
    """The work of taking one merge apart."""

    def __init__(self, merged: MergedPerson, merge: Change, survivor: Person) -> None:
        self.merged, self.merge, self.survivor = merged, merge, survivor
        self.restored: Person
        self._written: dict[tuple[type[Model], int], None] = {}

    def take_apart(self, going: Sequence[Added]) -> Person:
        """Put back what the merge wrote, and hand over what goes."""
        versions = sorted(versions_before(self.merge), key=lambda pair: _rank(type(pair[1])))
        self._restore_person(versions)
        self.merged.delete()
        for after, before in versions:
            if after.pgh_label != "delete":
                self._put_back(after, before)
        for after, before in versions:
            if after.pgh_label == "delete" and type(before) is not Person:
                self._bring_back(before)
        for added in going:
            setattr(added.row, added.reference.field, self.restored)
            self._save(added.row)
        self._seat_with_appointments()
        self._check()
        return self.restored

    def _restore_person(self, versions: Sequence[tuple[Any, Any]]) -> None:
        there = Person.objects.filter(pk=self.merged.former_id).first()
        if there:
            # Somebody restored the bare entry from its history.
            self.restored = there
            return
        person = next(row for _, row in versions if isinstance(row, Person) and row.pk == self.merged.former_id)
        self.restored = person
        self._bring_back(person)

    def _put_back(self, after: Any, before: Any) -> None:
        """Let each field be as it was before the merge, unless somebody changed it since."""
        live = type(before)._default_manager.filter(pk=before.pk).first()
        if live is None:
            return
        merged = row_of(after)
        for columns in _columns_together(live):
            if self._stands(live, merged, columns):
                for name in columns:
                    setattr(live, name, getattr(before, name))
        self._save(live)

    def _stands(self, live: Any, merged: Any, columns: Sequence[str]) -> bool:
        """Whether the row says still what the merge made it say."""
        return all(getattr(live, name) == getattr(merged, name) for name in columns)

    def _bring_back(self, row: Any) -> None:
        if type(row)._default_manager.filter(pk=row.pk).exists():
            return
        for field in row._meta.concrete_fields:
            if field.is_relation and (pk := getattr(row, field.attname)) is not None:
                setattr(row, field.attname, self._still_there(row, field.related_model, pk))
        row.save(force_insert=True)
        self._written[type(row), row.pk] = None

    def _still_there(self, row: Any, model: type[Model], pk: int) -> int:
        """What a row refers to: the same, or of a person who was merged since, whoever they are now."""
        if model._default_manager.filter(pk=pk).exists():
            return pk
        if model is Person and (now := MergedPerson.objects.filter(former_id=pk).first()):
            return now.survivor_id
        raise ValidationError(
            f"A {row._meta.verbose_name} would come back whose {model._meta.verbose_name} is gone since. "
            "Undo first what took that away.",
            code="gone",
        )

    def _seat_with_appointments(self) -> None:
        """Seat each of the two by virtue of their own appointments."""
        both = [self.survivor, self.restored]
        for seat in Membership.objects.filter(person__in=both, basis_appointment__person__in=both):
            basis: Any = seat.basis_appointment
            if seat.person_id != basis.person_id:
                seat.person_id = basis.person_id
                self._save(seat)

    def _check(self) -> None:
        for model, pk in self._written:
            model._default_manager.get(pk=pk).full_clean()

    def _save(self, row: Any) -> None:
        row.save()
        self._written[type(row), row.pk] = None


def _columns_together(row: Any) -> list[tuple[str, ...]]:
    """The columns of a row, those that say one thing together: both ends of a period, the reason for a seat."""
    names = [field.attname for field in row._meta.concrete_fields if not field.generated and field.attname != "id"]
    together = [
        group
        for group in (
            ("period", "start_precision", "end_precision"),
            ("basis_appointment_id", "basis_experience"),
            ("first_id", "second_id"),
        )
        if set(group) <= set(names)
    ]
    alone = set(names) - {name for group in together for name in group}
    return [*together, *((name,) for name in names if name in alone)]


def _rank(model: type[Model]) -> int:
    """Tables in an order in which each comes after those that it refers to."""
    above: list[Any] = [field.related_model for field in model._meta.concrete_fields if field.is_relation]
    return 1 + max((_rank(each) for each in above if each in _touchable() - {model}), default=0)
