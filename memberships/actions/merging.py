"""One person who was entered twice: making one entry of two, with everything that both held.

Nothing is lost: what the two say at once is settled as somebody chose, everything else moves, and the history of each
row goes on under its number. Making two entries of one again is `actions.unmerging`'s part.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import F, Model, Q

from ics_leadership.history import change
from ics_leadership.periods import PartialDate, Precision
from memberships.merging import (
    SAME_BESIDE,
    SETTLED_APART,
    Clash,
    Reference,
    Resolution,
    choosable,
    clashes,
    references,
    same_thing,
    sensible,
)
from memberships.models import Deputy, DistinctPeople, FundingLine, Membership, MergedPerson, Person

if TYPE_CHECKING:
    from ics_leadership.accounts.models import User

ONE_ENTRY_SENTENCE = "Choose two entries: nobody is merged with themselves."
INVENTED_SENTENCE = "One of the two is of the demonstration and the other is not. They cannot be one person."
BASIS = ("basis_appointment", "basis_experience")
UNRESOLVED_SENTENCE = "Say what becomes of everything that both entries say at once."


def merge_people(
    *,
    by: User | None,
    why: str,
    keep: Person,
    drop: Person,
    fields: Mapping[str, Resolution] | None = None,
    resolutions: Mapping[str, Resolution] | None = None,
) -> Person:
    """Make one entry of two: `drop` goes, and everything that refers to it refers to `keep`, which is returned.

    `fields` says for each fact of the person whether `keep` (THIS) or `drop` (THAT) has it right, or for the private note
    that both have (WIDEN); what is left out is taken from whoever says anything. `resolutions` says for each clash, by its
    key, which rows stay: those of `keep`, those of `drop`, or one row as wide as all; what rests on a row that goes moves
    to one that stays, and what that row does not say is taken from the one that goes. Raises ValidationError where a
    clash has no resolution, and where the result would break a rule of the register.
    """
    with change(by=by, why=why):
        keep, drop = _locked(keep, drop)
        merge = _Merge(keep, drop)
        merge.let_nobody_deputise_for_themselves()
        merge.resolve(resolutions or {})
        merge.move_everything()
        merge.settle_who_is_who()
        merge.make_one(sensible(keep, drop) | dict(fields or {}))
        merge.check()
        return keep


def _locked(keep: Person, drop: Person) -> tuple[Person, Person]:
    if keep.pk == drop.pk:
        raise ValidationError(ONE_ENTRY_SENTENCE, code="one_entry")
    # In the order of their numbers, so that two editors who merge the same two do not wait for each other for ever.
    rows = {row.pk: row for row in Person.objects.select_for_update().filter(pk__in=[keep.pk, drop.pk]).order_by("pk")}
    if len(rows) < 2:
        raise ValidationError("One of the two entries is not in the register any more.", code="gone")
    if rows[keep.pk].invented != rows[drop.pk].invented:
        raise ValidationError(INVENTED_SENTENCE, code="invented")
    return rows[keep.pk], rows[drop.pk]


class _Merge:
    """The work of one merge. Rows are saved one by one as they are and looked at together at the end, because half way
    a seat may rest on an appointment whose person has moved already.
    """

    def __init__(self, keep: Person, drop: Person) -> None:
        self.keep, self.drop = keep, drop
        # In the order of writing; each once.
        self._written: dict[tuple[type[Model], int], None] = {}

    def resolve(self, resolutions: Mapping[str, Resolution]) -> None:
        """Let one row stand for each thing that both say at once."""
        found = clashes(self.keep, self.drop)
        for clash in found:
            if resolutions.get(clash.key) not in clash.choices:
                raise ValidationError(UNRESOLVED_SENTENCE, code="unresolved")
        # Money and seats come to rest on the appointments that stay before the seats themselves are settled.
        for clash in found:
            self._resolve(clash, resolutions[clash.key])

    def _resolve(self, clash: Clash, resolution: Resolution) -> None:
        fresh: dict[int, Any] = {row.pk: row for row in clash.model._default_manager.filter(pk__in=clash.pks)}
        of_kept = [fresh[row.pk] for row in clash.of_kept]
        of_dropped = [fresh[row.pk] for row in clash.of_dropped]
        if resolution == Resolution.APART:
            return
        if resolution == Resolution.WIDEN:
            [stays, *go] = [*of_kept, *of_dropped]
            widest = _widest([stays, *go])
            staying = [stays]
        else:
            staying, go = (of_kept, of_dropped) if resolution == Resolution.THIS else (of_dropped, of_kept)
            widest = None
        for row in go:
            self._fold(row, into=next((each for each in staying if same_thing(row, each, ())), staying[0]))
        for row in staying:
            if widest:
                row.between(*widest)
            row.person = self.keep
            self._save(row)

    def _fold(self, row: Any, *, into: Any) -> None:
        """Take a row away in favour of another, which gets what rests on it, and what it does not say itself."""
        for reference in references(type(row)):
            for dependent in reference.rows(row):
                self._move_beside(dependent, reference, into)
        self._fill_blanks(into, row)
        self._delete(row)

    def _move_beside(self, dependent: Any, reference: Reference, to: Any) -> None:
        about = SAME_BESIDE.get(reference.model)
        beside = list(reference.rows(to)) if about is not None else []
        twins = [each for each in beside if same_thing(dependent, each, about or ())]
        if not twins:
            setattr(dependent, reference.field, to)
            self._save(dependent)
            return
        [stays, *go] = [*twins, dependent]
        widest = _widest([stays, *go])
        for row in go:
            self._fill_blanks(stays, row)
            self._delete(row)
        self._save(stays.between(*widest))

    def _fill_blanks(self, row: Any, other: Any) -> None:
        """Let a row say what another said of the same thing, where it says nothing itself."""
        for field in row._meta.concrete_fields:
            value = getattr(other, field.attname)
            # A seat has one reason, and nobody attends for themselves.
            settled = isinstance(row, Membership) and (field.name in BASIS or value in (self.keep.pk, self.drop.pk))
            if not field.generated and not settled and getattr(row, field.attname) in ("", None):
                setattr(row, field.attname, value)

    def let_nobody_deputise_for_themselves(self) -> None:
        """Withdraw what said that one of the two sits in for the other."""
        both = [self.keep, self.drop]
        for deputy in Deputy.objects.filter(person__in=both, membership__person__in=both):
            self._delete(deputy)

    def move_everything(self) -> None:
        """Let whatever refers to the entry that goes refer to the one that stays."""
        for reference in references(Person):
            if reference.model not in SETTLED_APART:
                for row in reference.rows(self.drop):
                    self._move(row, reference)

    def _move(self, row: Any, reference: Reference) -> None:
        setattr(row, reference.field, self.keep)
        if isinstance(row, Membership) and row.attends_for_id == row.person_id:
            row.attends_for = None
        self._save(row)

    def settle_who_is_who(self) -> None:
        """Let former addresses lead to the one that stays, and what was said of who is two people be said of it."""
        for former in MergedPerson.objects.filter(survivor=self.drop):
            former.survivor = self.keep
            self._save(former)
        for said in DistinctPeople.objects.filter(Q(first=self.drop) | Q(second=self.drop)):
            other = said.second_id if said.first_id == self.drop.pk else said.first_id
            first, second = sorted((self.keep.pk, other))
            if other == self.keep.pk or DistinctPeople.objects.filter(first=first, second=second).exists():
                self._delete(said)
            else:
                said.first_id, said.second_id = first, second
                self._save(said)
        self._save(MergedPerson(survivor=self.keep, former_id=self.drop.pk, former_slug=self.drop.slug))

    def make_one(self, fields: Mapping[str, Resolution]) -> None:
        """Take the facts of the person from whichever entry was chosen for each, and let the other entry go."""
        for field in choosable():
            ours, theirs = getattr(self.keep, field.attname), getattr(self.drop, field.attname)
            if fields[field.name] == Resolution.THAT:
                setattr(self.keep, field.attname, theirs)
            elif fields[field.name] == Resolution.WIDEN:
                setattr(self.keep, field.attname, "\n\n".join(filter(None, dict.fromkeys((ours, theirs)))))
        self._delete(self.drop)
        self._save(self.keep)

    def check(self) -> None:
        """Hold every row that was written to all that its table says. Raises ValidationError."""
        for model, pk in self._written:
            model._default_manager.get(pk=pk).full_clean()
        money = FundingLine.objects.filter(pk__in=[pk for model, pk in self._written if model is FundingLine])
        inside = {"period__overlap": F("appointment__period"), "certain__contained_by": F("appointment__period")}
        if outside := money.exclude(**inside).select_related("funding_source").first():
            raise ValidationError(
                f"The money “{outside.funding_source}” would be for days outside the appointment that stays. "
                "Let it last as long as both, or correct the money first.",
                code="money_outside",
            )

    def _save(self, row: Any) -> None:
        stored = type(row)._default_manager.filter(pk=row.pk).first()
        columns = [field.attname for field in row._meta.concrete_fields if not field.generated]
        if stored is None or any(getattr(stored, name) != getattr(row, name) for name in columns):
            row.save()
            self._written[type(row), row.pk] = None

    def _delete(self, row: Any) -> None:
        self._written.pop((type(row), row.pk), None)
        row.delete()


def _widest(rows: list[Any]) -> tuple[PartialDate, PartialDate | None]:
    """From the earliest start to the latest end, each as exactly as any of the rows knows it."""
    starts = sorted((row.start for row in rows if row.start.first_day), key=lambda start: start.first_day)
    ends = sorted((row.end for row in rows if row.end), key=lambda end: end.last_day, reverse=True)
    goes_on = len(ends) < len(rows)
    return _told_exactly(starts) if starts else rows[0].start, None if goes_on else _told_exactly(ends)


_EXACT = [Precision.UNKNOWN, Precision.BY, Precision.YEAR, Precision.MONTH, Precision.DAY]


def _told_exactly(dates: list[PartialDate]) -> PartialDate:
    """The first of `dates`, or where a later one lies within it and is better known, that: "April 2019" of "2019"."""
    [first, *others] = dates
    better = [each for each in others if _EXACT.index(each.precision) > _EXACT.index(first.precision)]
    if any(_lies_within(each, first) for each in better):
        return _told_exactly(others)
    return first


def _lies_within(date: PartialDate, wider: PartialDate) -> bool:
    first, last = wider.first_day, wider.last_day
    return bool(date.first_day and first and last and first <= date.first_day <= last)
