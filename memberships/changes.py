"""Which changes concern an area, and who sees what of a record's history.

The history itself is told by `ics_leadership.record_history`; here it meets areas and rights.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import replace
from functools import cache
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model, Q, QuerySet

from ics_leadership.accounts.models import Sight
from ics_leadership.history import Change, event_model
from ics_leadership.periods import today
from ics_leadership.record_history import AsItWas, Entry, Told, among, ids_told_with, told_by, written_by
from ics_leadership.recorded import ADMINISTRATORS, SIGNED_IN
from memberships.models import (
    Appointment,
    Deputy,
    Group,
    Interest,
    InterestDeclaration,
    ManagedFinding,
    Membership,
    MentorOffer,
    Person,
    PersonAccount,
    PersonSkill,
    PostOffer,
)
from memberships.rights import brings_in, may_change, sees_of_person
from organisations.models import Link, Organisation, within
from organisations.rights import Rights
from roles.models import Role

Sees = Callable[[str], bool]
"""Whether somebody has a sight: a `Sight`, `SIGNED_IN`, `ADMINISTRATORS`, or "" for what everybody sees."""


# --- changes in an area


def changes_within(areas: list[int]) -> QuerySet[Change]:
    """The changes that wrote something that lies in these areas today, or that belongs to people who lead there."""
    inside = list(Organisation.objects.filter(pk__in=within(areas, today())).values_list("pk", flat=True))
    roles = _ids(Role, organisation__in=inside)
    groups = _ids(Group, covers__in=inside) | _ids(Group, covers=None, host__in=inside)
    concerned: dict[type[Model], set[int]] = defaultdict(set)
    for model, ids in ((Organisation, set(inside)), (Role, roles), (Group, groups)):
        _add(concerned, ids_told_with(model, ids))
    people = {
        pk
        for model in (Appointment, Membership)
        for pk in event_model(model)
        ._default_manager.filter(id__in=among(concerned[model]))
        .order_by()
        .values_list("person", flat=True)
    }
    _add(concerned, ids_told_with(Person, people))
    concerned[ManagedFinding] = _ids(ManagedFinding, area__in=inside)
    written = [
        event_model(model)._default_manager.filter(id__in=among(ids)).order_by().values("change")
        for model, ids in concerned.items()
        if ids
    ]
    if not written:
        return Change.objects.none()
    # Asked once, because a list counts its rows before it shows some.
    return Change.objects.filter(pk__in=among(written[0].union(*written[1:]).values_list("change", flat=True)))


def _ids(model: type[Model], **where: Any) -> set[int]:
    """The ids of rows that were ever so."""
    return set(event_model(model)._default_manager.filter(**where).order_by().values_list("id", flat=True))


def _add(all_ids: dict[type[Model], set[int]], more: dict[type[Model], set[int]]) -> None:
    for model, ids in more.items():
        all_ids[model] |= ids


def changes_seen(rights: Rights) -> QuerySet[Change]:
    """The changes that an editor looks after: in their areas, and their own wherever they were."""
    if rights.is_administrator:
        return Change.objects.all()
    own = Change.objects.filter(by=rights.account).values("pk")
    return Change.objects.filter(Q(pk__in=changes_within(rights.areas).values("pk")) | Q(pk__in=own))


# --- who sees what of it


def may_change_then(record: Model, rights: Rights) -> bool:
    """Whether `rights` allow changing a record that may be gone, given as it was last."""
    if not rights.is_editor:
        return False
    if isinstance(record, Person) and not Person.objects.filter(pk=record.pk).exists():
        # Nothing rested on somebody who was withdrawn: as with everybody who holds nothing yet, any editor may.
        return True
    try:
        return may_change(record, rights)
    except ObjectDoesNotExist:
        return rights.is_administrator


def sights(record: Model, rights: Rights) -> Sees:
    """What may be seen of the history of a record, worked out once for each sight."""

    @cache
    def sees(what: str) -> bool:
        if what == "":
            return True
        if what == SIGNED_IN:
            return rights.is_signed_in
        if not rights.is_signed_in or what == ADMINISTRATORS:
            return rights.is_administrator
        if may_change_then(record, rights):
            return True
        about = _about(record)
        if isinstance(about, Person):
            return sees_of_person(about, Sight(what), rights)
        return about is not None and rights.sees(Sight(what), about)

    return sees


def _about(record: Model) -> Person | Organisation | None:
    """Whom a record is about, as far as it decides who sees its private facts."""
    if isinstance(record, Person | Organisation):
        return record
    if isinstance(
        record,
        Appointment
        | Membership
        | PersonAccount
        | PersonSkill
        | MentorOffer
        | PostOffer
        | Deputy
        | Interest
        | InterestDeclaration,
    ):
        return record.person
    if isinstance(record, Role):
        return record.organisation
    if isinstance(record, Group):
        return record.covers or record.host
    return None


def as_seen(told: list[Told], sees: Sees, *, gone: bool) -> list[Told]:
    """The history without what these sights do not see: changes of which nothing is left are absent.

    `gone` tells also of rows that are in the register no more, which are their editors' business.
    """
    present = set() if gone else _present(told)
    seen = []
    for each in told:
        entries = [
            kept for entry in each.entries if gone or entry.key in present for kept in _entry_as_seen(entry, sees)
        ]
        if entries:
            seen.append(Told(each.change, entries))
    return seen


def reasons_seen(changes: Collection[Change], sees: Sees) -> set[int]:
    """The ids of those of some changes whose reason these sights may read: all that they wrote may be seen.

    One reason is given for all of a change, so that it may speak of what only some see.
    """
    written = written_by([each.pk for each in changes])
    return {each.pk for each in changes if all(sees(str(table.recorded.rows)) for table in written[each.pk])}


def _present(told: list[Told]) -> set[tuple[type[Model], int]]:
    ids: dict[type[Model], set[int]] = defaultdict(set)
    for each in told:
        for entry in each.entries:
            ids[entry.recorded.model].add(entry.id)
    return {
        (model, pk)
        for model, rows in ids.items()
        for pk in model._default_manager.filter(pk__in=rows).values_list("pk", flat=True)
    }


def _entry_as_seen(entry: Entry, sees: Sees) -> list[Entry]:
    if not sees(str(entry.recorded.rows)):
        return []
    fields = [each for each in entry.fields if sees(each.private)]
    return [] if entry.what == "changed" and not fields else [replace(entry, fields=fields)]


# --- undoing


CHECKED_AT_MOST = 200
"""A change of more rows is undone by who made it, or by an administrator: asking about each would take minutes."""


def may_undo(change: Change, rights: Rights) -> bool:
    """Whether `rights` allow undoing a change: each of its rows must be theirs to change, and none may widen their area,
    unless they made the change themselves.

    What the register did itself, as when it takes in what the NHS publishes, is put right by the next file.
    """
    if change.by_id is None or not rights.is_editor:
        return False
    if rights.is_administrator:
        return True
    written = written_by([change.pk])[change.pk]
    if sum(table.rows for table in written) > CHECKED_AT_MOST:
        return rights.account is not None and change.by_id == rights.account.pk
    rows = AsItWas()
    keys = [entry.key for told in told_by([change]) for entry in told.entries]
    rows.load(keys)
    own = rights.account is not None and change.by_id == rights.account.pk
    return all(
        row is not None and may_change_then(row, rights) and (own or not would_widen(row, rights))
        for row in (rows.row(key, None) for key in keys)
    )


def would_widen(record: Model, rights: Rights) -> bool:
    """Whether a record that is put back would bring something into the areas edited; what is gone widens nothing."""
    try:
        return isinstance(record, Link) and brings_in(record, rights) is not None
    except ObjectDoesNotExist:
        return False
