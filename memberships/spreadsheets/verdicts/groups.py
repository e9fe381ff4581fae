"""What the rows of a list of groups are to the register."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q
from django.db.models.functions import Lower

from memberships.models import Group, GroupKind
from memberships.spreadsheets.matching import Index, key
from memberships.spreadsheets.register import Organisations
from memberships.spreadsheets.verdicts import cells_compared, dates, naming
from memberships.spreadsheets.verdicts.judgement import Judgement, Known, Option, Row
from memberships.spreadsheets.verdicts.people import chosen, organisations_named
from organisations.models import Organisation
from organisations.rights import Rights


def groups_named(rows: Sequence[Row], column: str) -> dict[int, Group]:
    """The groups that rows name in a column or by number, by number."""
    ids = {row.value("group_id") for row in rows if row.value("group_id")} | chosen(rows, "group:")
    names = {row.value(column).lower() for row in rows if row.value(column)}
    found = Group.objects.alias(said=Lower("name")).filter(Q(pk__in=ids) | Q(said__in=names))
    return {each.pk: each for each in found.select_related("host", "covers").order_by("name", "pk")}


def group_called(out: Judgement, column: str, groups: Index[Group]) -> Group | None:
    """The group of a name; None where there is none, and where it is asked which of several is meant."""
    said = out.row.value(column)
    found = groups.exactly(said) if said else []
    if len(found) < 2:
        return found[0] if found else None
    options = [
        Option(str(each.pk), each.name, f"Hosted by {each.host.name}", each.get_absolute_url()) for each in found
    ]
    decided = out.ask(f"group:{key(said)}", f"Which group is “{said}”?", options)
    return next((each for each in found if str(each.pk) == decided), None)


class GroupsSheet:
    """A list of groups, a row for each."""

    def __init__(self, rows: Sequence[Row], rights: Rights) -> None:
        self._groups = groups_named(rows, "name")
        self._called = Index(self._groups.values(), lambda each: [each.name])
        ids = {pk for each in self._groups.values() for pk in (each.host_id, each.covers_id) if pk}
        self._organisations = Organisations(rights, organisations_named(rows), ids | chosen(rows, "organisation:"))
        self._seen: dict[object, int] = {}

    def judge(self, row: Row) -> Judgement:
        out = Judgement(row, problems=list(row.reading.problems), title=row.value("name") or "")
        number = row.value("group_id")
        if number and number not in self._groups:
            out.refuse("group_id", f"The register has no group with the number {number}.", "Empty the cell.")
            return out
        group = self._groups[number] if number else group_called(out, "name", self._called)
        if out.problems or out.questions:
            return out
        about = group.pk if group else key(row.value("name"))
        if first := self._seen.get(about):
            out.refuse("name", f"Row {first} is about the same group.", "Give each group one row.")
            return out
        if not out.is_left_out:
            self._seen[about] = row.number
        if group:
            self._correct(out, group, exactly=bool(number))
        else:
            self._add(out)
        return out

    def _add(self, out: Judgement) -> None:
        row = out.row
        host = naming.organisation(out, "host", row.value("host"), self._organisations)
        covers = row.value("covers") and naming.organisation(out, "covers", row.value("covers"), self._organisations)
        if host is None or out.problems or out.questions:
            return
        if not self._organisations.may_be_edited((covers or host).pk):
            out.refuse("host", naming.NOT_YOURS, naming.NOT_YOURS_WOULD_DO)
            return
        start, end = dates.since(row.value("start"), row.value("end"), row.day), row.value("end")
        if not dates.is_period(out, "end", start, end):
            return
        name, kind = row.value("name"), GroupKind(row.value("kind"))
        out.check(Group(name=name), {"name": "name"})
        out.added.append(f"{name}, {kind.label}, hosted by {host.name}, {dates.words(Group(), start, end)}")
        out.do(
            "add_group",
            name=name,
            kind=kind,
            host=Known(Organisation, host.pk),
            covers=Known(Organisation, covers.pk) if covers else None,
            start=start,
            end=end,
        )

    def _correct(self, out: Judgement, group: Group, *, exactly: bool) -> None:
        row = out.row
        out.title, out.address = group.name, group.get_absolute_url()
        facts = cells_compared.plain(out, group, {"name": "name", "kind": "kind"}, exactly=exactly)
        for column, former in (("host", group.host), ("covers", group.covers)):
            facts |= cells_compared.organisation(out, column, former, self._organisations, exactly=exactly)
        period = dates.new_dates(out, group, row.value("start"), row.value("end"), exactly=exactly)
        if not facts and period is None:
            return
        out.check(Group(name=facts.get("name", group.name)), {"name": "name"})
        place = group.covers_id or group.host_id
        later = facts.get("covers") or (None if group.covers_id else facts.get("host"))
        if not all(self._organisations.may_be_edited(pk) for pk in (place, later.pk if later else place)):
            out.refuse("name", naming.NOT_YOURS, naming.NOT_YOURS_WOULD_DO)
        start, end = period or (group.start, group.end)
        out.do("correct_group", group=Known(Group, group.pk), start=start, end=end, **facts)
