"""What the rows of a list of organisations are to the register."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q
from django.db.models.functions import Lower

from memberships.spreadsheets.cells import NamedOrganisation
from memberships.spreadsheets.matching import Index, key
from memberships.spreadsheets.register import Organisations, organisation_line
from memberships.spreadsheets.verdicts import cells_compared, dates, naming
from memberships.spreadsheets.verdicts.judgement import Judgement, Known, Made, Option, Row
from memberships.spreadsheets.verdicts.people import chosen
from organisations.models import Kind, LinkKind, Organisation, Sector
from organisations.rights import Rights

TEXTS = ("name", "short_name", "ods_code", "address", "postcode", "telephone")
FIELDS = {name: name for name in (*TEXTS, "kind", "sector")}


class OrganisationsSheet:
    """A list of organisations, a row for each."""

    def __init__(self, rows: Sequence[Row], rights: Rights) -> None:
        self._rights = rights
        ids = {row.value("organisation_id") for row in rows if row.value("organisation_id")}
        names = {row.value("name").lower() for row in rows if row.value("name")}
        codes = {row.value("ods_code").upper() for row in rows if row.value("ods_code")}
        found = Organisation.objects.alias(said=Lower("name")).filter(
            Q(pk__in=ids | chosen(rows, "organisation")) | Q(ods_code__in=codes) | Q(said__in=names)
        )
        self._by_pk: dict[int, Organisation] = {each.pk: each for each in found.order_by("name", "pk")}
        self._called = Index(self._by_pk.values(), lambda each: [each.name])
        self._organisations = Organisations(rights, {named for row in rows if (named := _part_of(row))}, self._by_pk)
        self._seen: dict[object, int] = {}

    def judge(self, row: Row) -> Judgement:
        out = Judgement(row, problems=list(row.reading.problems), title=row.value("name") or "")
        number = row.value("organisation_id")
        if number and number not in self._by_pk:
            out.refuse(
                "organisation_id", f"The register has no organisation with the number {number}.", "Empty the cell."
            )
            return out
        organisation = self._by_pk[number] if number else self._meant(out)
        if out.problems or out.questions:
            return out
        about = organisation.pk if organisation else (row.value("kind"), key(row.value("name")), row.value("ods_code"))
        if first := self._seen.get(about):
            out.refuse("name", f"Row {first} is about the same organisation.", "Give each organisation one row.")
            return out
        if not out.is_left_out:
            self._seen[about] = row.number
        if organisation:
            self._correct(out, organisation, exactly=bool(number))
        else:
            self._add(out)
        return out

    def _meant(self, out: Judgement) -> Organisation | None:
        """The organisation that a row without a number is about: by its code, which its kind has once, or by its name."""
        row = out.row
        kind, code, name = row.value("kind"), row.value("ods_code"), row.value("name")
        if code:
            coded = [
                each for each in self._by_pk.values() if each.ods_code == code.upper() and kind in (None, each.kind)
            ]
            return coded[0] if len(coded) == 1 else None
        called = [each for each in self._called.exactly(name or "") if kind in (None, each.kind)]
        if len(called) < 2:
            return called[0] if called else None
        options = [Option(str(each.pk), each.name, organisation_line(each), each.get_absolute_url()) for each in called]
        decided = out.ask("organisation", f"Which organisation is “{name}”?", options)
        return next((each for each in called if str(each.pk) == decided), None)

    def _add(self, out: Judgement) -> None:
        row = out.row
        above = _part_of(row)
        within = naming.organisation(out, "part_of", above, self._organisations) if above else None
        if out.problems or out.questions:
            return
        if not self._rights.is_administrator and not (within and self._organisations.may_be_edited(within.pk)):
            out.refuse(
                "part_of" if row.says("part_of") else "name",
                "It does not say what in your area the new organisation is part of.",
                "Name that in the column “Part of”.",
            )
            return
        start, end = row.value("start") or dates.NOT_KNOWN, row.value("end")
        if not dates.is_period(out, "end", start, end):
            return
        facts = {name: row.value(name) for name in TEXTS if row.value(name)}
        kind = Kind(row.value("kind"))
        if row.value("sector"):
            facts["sector"] = Sector(row.value("sector"))
        out.check(Organisation(**facts, kind=kind), {name: name for name in facts})
        out.added.append(f"{row.value('name')}, {kind.label}{f', part of {within.name}' if within else ''}")
        makes = f"organisation:{row.number}"
        out.do("add_organisation", makes=makes, kind=kind, start=start, end=end, **facts)
        if within:
            core = kind == Kind.PRACTICE and within.kind == Kind.PCN
            out.do(
                "link",
                organisation=Made(makes),
                kind=LinkKind.CORE_PARTNER_OF if core else LinkKind.PART_OF,
                other=Known(Organisation, within.pk),
                start=start,
                end=end,
            )

    def _correct(self, out: Judgement, organisation: Organisation, *, exactly: bool) -> None:
        row = out.row
        out.title, out.address = organisation.name, organisation.get_absolute_url()
        facts = cells_compared.plain(out, organisation, FIELDS, exactly=exactly)
        period = dates.new_dates(out, organisation, row.value("start"), row.value("end"), exactly=exactly)
        if not facts and period is None:
            return
        out.check(
            Organisation(**{name: facts.get(name, getattr(organisation, name)) for name in FIELDS}),
            {name: name for name in facts},
        )
        if not self._organisations.may_be_edited(organisation.pk):
            out.refuse("name", naming.NOT_YOURS, naming.NOT_YOURS_WOULD_DO)
        start, end = period or (organisation.start, organisation.end)
        known = Known(Organisation, organisation.pk)
        if period and not facts and end and organisation.end is None and dates.same(start, organisation.start):
            out.do("close_organisation", organisation=known, end=end)
        else:
            out.do("correct_organisation", organisation=known, start=start, end=end, **facts)


def _part_of(row: Row) -> NamedOrganisation | None:
    """What a row says that its organisation is part of."""
    said = row.value("part_of")
    return NamedOrganisation(name=said) if isinstance(said, str) else said
