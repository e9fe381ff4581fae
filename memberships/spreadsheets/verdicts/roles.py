"""What the rows of a list of roles are to the register."""

from __future__ import annotations

from collections.abc import Sequence

from memberships.rights import may_change
from memberships.spreadsheets.matching import key
from memberships.spreadsheets.register import Organisations, Roles
from memberships.spreadsheets.verdicts import cells_compared, dates, naming
from memberships.spreadsheets.verdicts.judgement import Judgement, Known, Row
from memberships.spreadsheets.verdicts.people import chosen, organisations_named
from organisations.models import Organisation
from organisations.rights import Rights
from roles.models import Role, RoleType


class RolesSheet:
    """A list of roles, a row for each, whoever holds them."""

    def __init__(self, rows: Sequence[Row], rights: Rights) -> None:
        self._rights = rights
        named = organisations_named(rows)
        self._organisations = Organisations(rights, named, chosen(rows, "organisation:"))
        hosts = {each.pk for name in named for found in self._organisations.find(name) for each in found}
        self._roles = Roles(hosts, {row.value("role_id") for row in rows if row.value("role_id")})
        self._seen: dict[object, int] = {}

    def judge(self, row: Row) -> Judgement:
        out = Judgement(row, problems=list(row.reading.problems), title=row.value("title") or "")
        number = row.value("role_id")
        role = self._roles.by_pk.get(number) if number else None
        if number and role is None:
            out.refuse("role_id", f"The register has no role with the number {number}.", "Empty the cell.")
            return out
        host = None
        if row.value("organisation") and not (role and naming.is_called(role.organisation, row.value("organisation"))):
            host = naming.organisation(out, "organisation", row.value("organisation"), self._organisations)
        if role is None and host and row.value("title"):
            titled = [
                each
                for each in self._roles.of(host.pk, row.value("title"))
                if key(each.title) == key(row.value("title"))
            ]
            role = titled[0] if titled else None
        said = row.value("role_type")
        role_type = (
            naming.role_type(out, "role_type", said, self._roles, host or (role.organisation if role else None))
            if said
            else None
        )
        if out.problems or out.questions:
            return out
        if role:
            self._correct(out, role, host, role_type, exactly=bool(number))
        elif host and role_type:
            self._add(out, host, role_type)
        return out

    def _add(self, out: Judgement, host: Organisation, role_type: RoleType) -> None:
        row = out.row
        title = row.value("title")
        if first := self._seen.get((host.pk, key(title))):
            out.notes.append(f"The same role as in row {first}.")
            return
        if not self._organisations.may_be_edited(host.pk):
            out.refuse("organisation", naming.NOT_YOURS, naming.NOT_YOURS_WOULD_DO)
            return
        start, end = row.value("start") or host.start, row.value("end") or host.end
        if not dates.is_period(out, "end", start, end):
            return
        out.check(Role(title=title), {"title": "title"})
        out.added.append(f"{title}, {dates.words(Role(), start, end)}: a role of {host.name}")
        makes = f"role:{host.pk}:{key(title)}"
        out.do(
            "add_role",
            makes=makes,
            title=title,
            role_type=Known(RoleType, role_type.pk),
            organisation=Known(Organisation, host.pk),
            start=start,
            end=end,
        )
        if not out.is_left_out:
            self._seen[host.pk, key(title)] = row.number

    def _correct(
        self, out: Judgement, role: Role, host: Organisation | None, role_type: RoleType | None, *, exactly: bool
    ) -> None:
        row = out.row
        out.title, out.address = role.title, role.get_absolute_url()
        if first := self._seen.get(role.pk):
            out.refuse("title", f"Row {first} is about the same role.", "Give each role one row.")
            return
        if not out.is_left_out:
            self._seen[role.pk] = row.number
        facts = cells_compared.plain(out, role, {"title": "title"}, exactly=exactly)
        if role_type and role_type.pk != role.role_type_id:
            facts["role_type"] = Known(RoleType, role_type.pk)
            out.edit("Type of role", role.role_type.name, role_type.name)
        if host and host.pk != role.organisation_id:
            facts["organisation"] = Known(Organisation, host.pk)
            out.edit("Organisation", role.organisation.name, host.name)
        period = dates.new_dates(out, role, row.value("start"), row.value("end"), exactly=exactly)
        if not facts and period is None:
            return
        out.check(Role(title=facts.get("title", role.title)), {"title": "title"})
        is_theirs = self._organisations.may_be_edited(role.organisation_id) or may_change(role, self._rights)
        if not is_theirs or (host and not self._organisations.may_be_edited(host.pk)):
            out.refuse("title", naming.NOT_YOURS, naming.NOT_YOURS_WOULD_DO)
        start, end = period or (role.start, role.end)
        out.do("correct_role", role=Known(Role, role.pk), start=start, end=end, **facts)
