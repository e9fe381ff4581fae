"""What the rows of a list of people are to the register: who they are, and what they hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from ics_leadership.periods import today
from memberships.models import Appointment
from memberships.spreadsheets.cells import Held, NamedOrganisation
from memberships.spreadsheets.register import Organisations, People, Roles
from memberships.spreadsheets.verdicts import naming
from memberships.spreadsheets.verdicts.appointments import NOT_YOURS, Appointments, Post
from memberships.spreadsheets.verdicts.judgement import Judgement, Row
from memberships.spreadsheets.verdicts.persons import Persons, alike, asked_for, named, places_named
from organisations.rights import Rights


class PeopleSheet:
    """A list of people, a row for each person or for each role of theirs."""

    def __init__(self, rows: Sequence[Row], rights: Rights) -> None:
        self._organisations = Organisations(rights, organisations_named(rows), chosen(rows, "organisation:"))
        self._roles = Roles(
            self._hosts(rows),
            {row.value("role_id") for row in rows if row.value("role_id")},
            {held.role for row in rows for held in row.reading.held if held.organisation is None},
        )
        people = People(
            rights,
            {row.value("person_id") for row in rows if row.value("person_id")} | chosen(rows, "person"),
            {row.value("appointment_id") for row in rows if row.value("appointment_id")},
            list(dict.fromkeys(filter(None, (asked_for(row) for row in rows if not row.value("person_id"))))),
        )
        self._persons = Persons(people)
        self._appointments = Appointments(self._organisations, self._roles, people.appointments)

    def _hosts(self, rows: Sequence[Row]) -> set[int]:
        """The organisations whose roles the rows may mean."""
        said = {(held.organisation, held.kind) for row in rows for held in row.reading.held}
        found = set(chosen(rows, "organisation:"))
        for organisation, kind in said:
            if organisation:
                sure, maybe = self._organisations.find(organisation, kind)
                found |= {each.pk for each in (*sure, *maybe)}
            elif kind:
                found |= {each.pk for each in self._organisations.of_kind_here(kind)}
        return found

    def judge(self, row: Row) -> Judgement:
        """What one row is to the register. Rows that come before it in the sheet have to be judged before it."""
        out = Judgement(row, problems=list(row.reading.problems), title=named(row), alike=alike(row))
        posts = self._appointments.posts(out)
        if row.reading.vacant:
            self._vacant(out, posts)
            return out
        who = self._persons.who(
            out,
            places={post.organisation.pk for _, post in posts} | self._places(row),
            roles={post.role.pk for _, post in posts if post.role},
        )
        if who is None:
            return out
        self._persons.correct(out, who)
        permitted = any(self._organisations.may_be_edited(post.organisation.pk) for _, post in posts) or (
            who.person is not None and self._persons.people.leads_here(who.person)
        )
        for held, post in posts:
            self._appointments.compare(out, who, held, post, permitted=permitted)
        return out

    def _places(self, row: Row) -> set[int]:
        """The organisations that a row surely names, whatever for."""
        found = [self._organisations.find(each)[0] for each in places_named(row)]
        return {sure[0].pk for sure in found if len(sure) == 1}

    def _vacant(self, out: Judgement, posts: Sequence[tuple[Held, Post]]) -> None:
        """A row that says that nobody holds a role."""
        out.title = ", ".join(post.title for _, post in posts) or "Vacant"
        if not posts and not out.problems and not out.questions:
            out.refuse("role", "It says that something is vacant, but not what.", "Name the role.")
        for _, post in posts:
            if post.role is None:
                if self._organisations.may_be_edited(post.organisation.pk):
                    self._appointments.add_role(out, post)
                else:
                    out.refuse("role", f"{post.title}: {NOT_YOURS}", naming.NOT_YOURS_WOULD_DO)
            elif holders := self._holders[post.role.pk]:
                out.refuse(
                    "name",
                    f"The register says that {post.title} is held by {' and '.join(holders)}.",
                    "Give the row the name of who left, and the day in the column Until.",
                )

    @cached_property
    def _holders(self) -> dict[int, list[str]]:
        """Who holds each of the roles today."""
        found: dict[int, list[str]] = defaultdict(list)
        held = Appointment.objects.as_at(today()).filter(role__in=self._roles.by_pk).select_related("person")
        for each in held:
            found[each.role_id].append(each.person.name)
        return found


def organisations_named(rows: Sequence[Row]) -> set[NamedOrganisation]:
    """Every organisation that the rows name, in whichever column."""
    said = {value for row in rows for value in row.reading.values.values() if isinstance(value, NamedOrganisation)}
    return said | {held.organisation for row in rows for held in row.reading.held if held.organisation}


def chosen(rows: Sequence[Row], about: str) -> set[int]:
    """The numbers of records that an editor chose in answer to questions about one sort of thing."""
    return {
        int(answer)
        for row in rows
        for asked, answer in row.decision.items()
        if asked.startswith(about) and answer.isdigit()
    }
