"""The book of the demonstration: which row of the register goes by which key, and in whose change it is being written.

People and roles are entered with the first change that names them, everything else by an entry of the log. A role goes
by "type@host", "lead.urgent@icb": its type, its pathway if it has one, and the organisation or group that hosts it.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TypedDict

from ics_leadership.accounts.models import User
from ics_leadership.facts import Source
from ics_leadership.periods import PartialDate
from memberships import actions as memberships
from memberships.demo.people import PEOPLE
from memberships.demo.tables import rows
from memberships.demo.vocabulary import REMITS, TITLES
from memberships.models import Appointment, Group, Membership, Person, Profession, Proposal, Skill, Terms
from organisations.models import Organisation
from roles import actions as roles
from roles.models import Function, FundingSource, Part, Pathway, Role, RoleType


class Said(TypedDict):
    """Who makes the change that is being written, and why: what every action asks for."""

    by: User | None
    why: str


class Book:
    """The rows by their keys. `begin` starts a change; `said` and `source` belong to it."""

    def __init__(self) -> None:
        self.organisations: dict[str, Organisation] = {}
        self.groups: dict[str, Group] = {}
        self.terms: dict[str, Terms] = {}
        self.role_types: dict[str, RoleType] = {}
        self.pathways: dict[str, Pathway] = {}
        self.functions: dict[str, Function] = {}
        self.funding_sources: dict[str, FundingSource] = {}
        self.skills: dict[str, Skill] = {}
        self.roles: dict[str, Role] = {}
        self.appointments: dict[tuple[str, str], Appointment] = {}
        """The latest by person and role."""
        self.memberships: dict[tuple[str, str, str], Membership] = {}
        """The latest by group, seat and person."""
        self.proposals: dict[str, Proposal] = {}
        self.to_be_noticed: list[tuple[Appointment | Membership, PartialDate]] = []
        """What ends without anybody telling the office, and when."""
        self.said: Said
        self.day: datetime.date
        self.source: Source | None = None
        self._people: dict[str, Person] = {}
        self._lines_of_people = {key: rest for key, *rest in rows(PEOPLE, columns=6)}

    def begin(self, day: datetime.date, *, by: User | None, why: str, source: Source | None) -> None:
        """Write what follows on a day, in the name of `by`, because of `why`, as found in `source`."""
        self.day = day
        self.said = {"by": by, "why": why}
        self.source = source

    def person(self, key: str) -> Person:
        """The person of that key, entered now if nothing named them before."""
        if key not in self._people:
            title, given, family, profession, unknown = self._lines_of_people[key]
            number = len(self._people) + 1
            contact = {
                "registration_number": f"DEMO-{number:04}",
                "work_email": f"{key}@tarrow-valley.example",
                "work_telephone": f"01632 960{number:03}",
            }
            self._people[key] = memberships.add_person(
                **self.said,
                title=title,
                given_names=given,
                family_name=family,
                profession=Profession(profession),
                **({} if unknown else contact),
                invented=True,
                source=self.source,
            )
        return self._people[key]

    def host(self, key: str) -> Organisation:
        """The organisation of that key, or the one that hosts the group of that key."""
        return self.groups[key].host if key in self.groups else self.organisations[key]

    def role(self, key: str) -> Role:
        """The role of that key, entered now for as long as its host lasts if nothing named it before."""
        if key not in self.roles:
            host_key = key.replace("_", " ").partition("@")[2]
            host = self.groups.get(host_key) or self.organisations[host_key]
            self.enter_role(key, start=host.start, end=host.end)
        return self.roles[key]

    def enter_role(
        self,
        key: str,
        *,
        start: PartialDate,
        end: PartialDate | None,
        summary: str = "",
        functions: Mapping[Function, Part] | None = None,
    ) -> None:
        """Enter a role, with the usual summary of its type where none is given."""
        named, _, host_key = key.replace("_", " ").partition("@")
        type_key, _, pathway_key = named.partition(".")
        role_type, host, group = self.role_types[type_key], self.host(host_key), self.groups.get(host_key)
        pathway = self.pathways[pathway_key] if pathway_key else None
        of_whom = group.name if group else host.short_name or host.name
        role = roles.add_role(
            **self.said,
            title=TITLES.get(key) or f"{role_type.name}{f' for {pathway.name}' if pathway else ''}, {of_whom}",
            role_type=role_type,
            organisation=host,
            start=start,
            end=end,
            pathway=pathway,
            summary=summary or REMITS.get(type_key, ""),
            functions=functions,
            source=self.source,
        )
        if group:
            memberships.add_group_role(**self.said, group=group, role=role, source=self.source)
        self.roles[key] = role
