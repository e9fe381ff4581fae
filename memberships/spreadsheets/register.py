"""The part of the register that the rows of one sheet may be about, loaded at once.

However many rows a sheet has, this costs a fixed number of queries. What an editor may change is settled here too, by the
same rights as everywhere, for all records at once.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property

from django.db.models import Prefetch, Q
from django.db.models.functions import Lower

from ics_leadership.periods import today
from memberships.duplicates import Entry, Likeness
from memberships.duplicates.entries import entries
from memberships.models import Appointment, FundingLine, MergedPerson, Person, Skill
from memberships.rights import editable_people, leading_in
from memberships.spreadsheets.cells import NamedOrganisation
from memberships.spreadsheets.likely import Likely
from memberships.spreadsheets.matching import Index, distinct, is_short_for, key
from organisations.models import Kind, Organisation, within
from organisations.rights import Rights
from roles.models import FundingSource, Pathway, Remit, Role, RoleType

_KIND_WORDS = (
    " primary care network",
    " pcn",
    " network",
    " surgery",
    " medical centre",
    " medical practice",
    " health centre",
    " practice",
    " integrated care board",
    " icb",
    " local medical committee",
    " lmc",
    " gp federation",
    " federation",
    " nhs foundation trust",
    " nhs trust",
)
"""What people leave away when they name an organisation of a kind that the column says already."""


class Organisations:
    """Those inside the areas edited, and those anywhere that a sheet calls by their code or their very name."""

    def __init__(self, rights: Rights, named: Collection[NamedOrganisation], ids: Collection[int] = ()) -> None:
        self._rights = rights
        rows = Organisation.objects.only(
            "pk", "slug", "name", "short_name", "ods_code", "kind", "period", "start_precision", "end_precision"
        )
        if rights.is_administrator:
            found = list(rows)
            self._here = {each.pk for each in found}
        else:
            self._here = set(Organisation.objects.filter(pk__in=rights.inside()).values_list("pk", flat=True))
            words = {each.name.lower() for each in named if each.name}
            codes = {each.code.upper() for each in named if each.code}
            found = list(
                rows.alias(said=Lower("name"), shortly=Lower("short_name")).filter(
                    Q(pk__in=[*self._here, *ids]) | Q(ods_code__in=codes) | Q(said__in=words) | Q(shortly__in=words)
                )
            )
        self.by_pk = {each.pk: each for each in found}
        self._by_code = defaultdict(list)
        for each in found:
            if each.ods_code:
                self._by_code[each.ods_code.upper()].append(each)
        self._called = Index(found, _names)
        self._shortly = Index(found, _short_names)
        here = [each for each in found if each.pk in self._here]
        self._called_here, self._shortly_here = Index(here, _names), Index(here, _short_names)

    def find(self, named: NamedOrganisation, kind: str = "") -> tuple[list[Organisation], list[Organisation]]:
        """Those that are surely meant, and those that may be; more than one that is surely meant have to be told apart.

        Open organisations go before closed ones of the same name, those of the area before others.
        """
        sure = self._by_code.get(named.code.upper(), []) if named.code else []
        if named.name and (not sure or len(sure) > 1):
            called = self._called.exactly(named.name) or self._shortly.exactly(named.name)
            sure = [each for each in sure if each in called] or sure or called
        sure = self._best(sure, kind)
        if sure or not named.name:
            return sure, []
        near = [*self._called_here.nearly(named.name), *self._shortly_here.nearly(named.name)]
        near = near or [*self._called.nearly(named.name), *self._shortly.nearly(named.name)]
        return [], self._of_kind(distinct(near, lambda each: each.pk), kind)

    def _best(self, found: Sequence[Organisation], kind: str) -> list[Organisation]:
        """The found ones that go before the others: of the kind meant, of the area, still open."""
        for better in (
            self._of_kind(found, kind),
            [each for each in found if each.pk in self._here],
            [each for each in found if not each.has_end],
        ):
            narrowed = [each for each in found if each in better]
            found = narrowed or found
        return list(found)

    def _of_kind(self, found: Sequence[Organisation], kind: str) -> list[Organisation]:
        return [each for each in found if each.kind == kind] or list(found)

    def of_kind_here(self, kind: str) -> list[Organisation]:
        """The open organisations of a kind in the areas edited."""
        here = [each for pk in self._here if (each := self.by_pk[pk]).kind == kind and not each.has_end]
        return sorted(here, key=lambda each: (each.name, each.pk))

    def may_be_edited(self, pk: int) -> bool:
        """Whether an organisation lies in an area edited, today or, of one that has closed, on its last day."""
        return self._rights.is_administrator or pk in self._here or pk in self._closed_here

    @cached_property
    def _closed_here(self) -> set[int]:
        last_days: dict[datetime.date, list[int]] = defaultdict(list)
        for each in self.by_pk.values():
            if each.end_date and each.end_date < today():
                last_days[each.end_date].append(each.pk)
        return {
            pk
            for last_day, ids in last_days.items()
            for pk in Organisation.objects.filter(
                pk__in=within(self._rights.areas, last_day),
            )
            .filter(pk__in=ids)
            .values_list("pk", flat=True)
        }


def _names(each: Organisation) -> list[str]:
    return [each.name, each.short_name]


def _short_names(each: Organisation) -> list[str]:
    whole = f" {key(each.name)}"
    return [whole.removesuffix(words) for words in _KIND_WORDS if whole.endswith(words)]


def organisation_line(each: Organisation) -> str:
    """Enough of an organisation to tell it from its namesakes."""
    said = [Kind(each.kind).label]
    if each.ods_code:
        said.append(each.ods_code)
    if each.end_date:
        said.append(f"closed on {each.end_date.day} {each.end_date:%B %Y}")
    return ", ".join(said)


class Roles:
    """Every type of role, pathway and source of money; and the roles of some organisations."""

    def __init__(self, organisations: Collection[int], ids: Collection[int] = (), titles: Collection[str] = ()) -> None:
        self.types = list(RoleType.objects.order_by("name"))
        self._types = Index(self.types, lambda each: [each.name, each.plural])
        self._pathways = Index(list(Pathway.objects.all()), lambda each: [each.name])
        self.funding_sources = list(FundingSource.objects.order_by("name"))
        self._sources = Index(self.funding_sources, lambda each: [each.name, each.get_kind_display()])
        found = list(
            Role.objects.alias(said=Lower("title"))
            .filter(Q(organisation__in=organisations) | Q(pk__in=ids) | Q(said__in={each.lower() for each in titles}))
            .select_related("role_type", "organisation")
            .prefetch_related(Prefetch("remits", Remit.objects.order_by("period")))
            .order_by("title", "pk")
        )
        self.by_pk = {each.pk: each for each in found}
        self._of: dict[int, list[Role]] = defaultdict(list)
        for each in found:
            self._of[each.organisation_id].append(each)

    def of(self, organisation: int, words: str) -> list[Role]:
        """The roles of an organisation that are called so: by title, with or without its name, or by type."""
        asked = key(words)
        roles = self._of.get(organisation, [])
        exact = [each for each in roles if asked == key(each.title)]
        if exact:
            return exact
        by_type = [each for each in roles if asked in (key(each.role_type.name), key(each.role_type.plural))]
        if by_type:
            return by_type
        shortened = [each for each in roles if asked == _without_host(each)]
        if shortened:
            return shortened
        typed = self.type_called(words)
        return [each for each in roles if each.role_type_id in {one.pk for one in typed}] if len(typed) == 1 else []

    def titled(self, words: str) -> list[Role]:
        """The roles of that very title, whosever they are."""
        return [each for each in self.by_pk.values() if key(each.title) == key(words)]

    def type_called(self, words: str) -> list[RoleType]:
        """The types of role that are called so, or that somebody in a hurry writes so."""
        return self._types.exactly(words) or [each for each in self.types if is_short_for(words, each.name)]

    def types_nearly(self, words: str) -> list[RoleType]:
        """The types of role that may be meant."""
        asked = set(key(words).split())
        sharing = [each for each in self.types if asked and asked <= set(key(each.name).split())]
        return distinct([*self._types.nearly(words), *sharing], lambda each: each.pk)

    def types_at(self, organisation: Organisation, among: Sequence[RoleType]) -> list[RoleType]:
        """Those types `among` that roles of such an organisation are of; all of them where none is."""
        used = {role.role_type_id for role in self.by_pk.values() if role.organisation.kind == organisation.kind}
        return [each for each in among if each.pk in used] or list(among)

    def pathway(self, words: str) -> Pathway | None:
        found = self._pathways.exactly(words)
        return found[0] if len(found) == 1 else None

    def funding_sources_called(self, words: str) -> list[FundingSource]:
        return self._sources.exactly(words)

    def pathway_of(self, role: Role) -> int | None:
        """The pathway under a role's latest remit."""
        remits: list[Remit] = list(role.remits.all())
        return remits[-1].pathway_id if remits else None


def _without_host(role: Role) -> str:
    """A role's title without the name of its organisation at the end."""
    title = key(role.title)
    for name in _names(role.organisation):
        if name and title.endswith(f" {key(name)}"):
            return title.removesuffix(key(name)).strip()
    return title


class Skills:
    """Every skill that people can hold. `may_be_added`: whether these rights allow adding one."""

    def __init__(self, rights: Rights) -> None:
        self.by_pk: dict[int, Skill] = {each.pk: each for each in Skill.objects.order_by("name", "pk")}
        self.may_be_added = rights.is_administrator
        self._called = Index(self.by_pk.values(), lambda each: [each.name])

    def called(self, words: str) -> list[Skill]:
        return self._called.exactly(words)

    def nearly(self, words: str) -> list[Skill]:
        """The skills that may be meant."""
        asked = set(key(words).split())
        sharing = [each for each in self.by_pk.values() if asked and asked <= set(key(each.name).split())]
        return distinct([*self._called.nearly(words), *sharing], lambda each: each.pk)


class People:
    """People whom a sheet names by number, and those whom its other rows may mean; with all that they hold."""

    def __init__(
        self, rights: Rights, numbers: Iterable[int], appointments: Iterable[int], asked: Sequence[Entry]
    ) -> None:
        everybody = Person.objects.all()
        here = everybody if rights.is_administrator else leading_in(rights, everybody)
        self._alike: dict[Entry, list[tuple[int, Likeness]]] = {}
        if asked:
            self._alike = Likely(entries(everybody), set(here.values_list("pk", flat=True))).find_each(asked)
        numbers = set(numbers)
        self._merged = dict(MergedPerson.objects.filter(former_id__in=numbers).values_list("former_id", "survivor_id"))
        of_appointments = Appointment.objects.filter(pk__in=list(appointments)).values_list("person_id", flat=True)
        wanted = {pk for found in self._alike.values() for pk, _ in found}
        wanted |= numbers | set(self._merged.values()) | set(of_appointments)
        money = FundingLine.objects.select_related("funding_source", "payer").order_by("period", "pk")
        held = (
            Appointment.objects.select_related("role__role_type", "role__organisation", "made_by", "employer")
            .prefetch_related(Prefetch("funding_lines", money))
            .order_by("period", "pk")
        )
        people = Person.objects.filter(pk__in=wanted)
        self.by_pk: dict[int, Person] = {
            each.pk: each for each in people.prefetch_related(Prefetch("appointments", held))
        }
        self.appointments: dict[int | None, Appointment] = {
            one.pk: one for each in self.by_pk.values() for one in each.appointments.all()
        }
        self._editable = set(editable_people(rights, people).values_list("pk", flat=True))
        self._leading = (
            self._editable if rights.is_administrator else set(leading_in(rights, people).values_list("pk", flat=True))
        )

    def numbered(self, number: int) -> Person | None:
        """The person of that number, or the one with whom they were merged since."""
        return self.by_pk.get(self._merged.get(number, number))

    def alike(self, asked: Entry) -> list[tuple[Person, Likeness]]:
        """Who may be meant, the likeliest first."""
        return [(self.by_pk[pk], likeness) for pk, likeness in self._alike.get(asked, ()) if pk in self.by_pk]

    def may_be_corrected(self, person: Person) -> bool:
        return person.pk in self._editable

    def leads_here(self, person: Person) -> bool:
        return person.pk in self._leading
