"""What a row of people says that somebody holds, beside what the register has: the role, the dates, who pays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ics_leadership.periods import PartialDate, Precision, today
from memberships.models import Appointment, HowAppointed
from memberships.spreadsheets.cells import Held, as_read
from memberships.spreadsheets.matching import key
from memberships.spreadsheets.register import Organisations, Roles
from memberships.spreadsheets.verdicts import cells_compared, dates, naming
from memberships.spreadsheets.verdicts.judgement import Judgement, Known, Made
from memberships.spreadsheets.verdicts.money import Money
from memberships.spreadsheets.verdicts.persons import Who, leave_private
from organisations.models import Kind, Organisation
from roles.models import Pathway, Role, RoleType

NOT_YOURS = "it lies in no area that you edit."


@dataclass
class Post:
    """The role that a row names: one of the register, or one to be added for a type at an organisation."""

    role: Role | None
    organisation: Organisation
    role_type: RoleType | None = None
    pathway: Pathway | None = None

    @property
    def title(self) -> str:
        """What the role is called, or would be: its type, its pathway, whose it is."""
        if self.role:
            return self.role.title
        assert self.role_type
        subject = f" for {self.pathway.name}" if self.pathway else ""
        return f"{self.role_type.name}{subject}, {self.organisation.short_name or self.organisation.name}"

    @property
    def key(self) -> str:
        if self.role:
            return f"role:{self.role.pk}"
        assert self.role_type
        return f"role:{self.role_type.pk}@{self.organisation.pk}:{self.pathway.pk if self.pathway else ''}"


ONE_FOR_A_LIST = (Kind.LMC, Kind.FEDERATION)
"""Kinds of body of which a whole list is likely to mean the same one, where it names none."""

ORGANISATIONS = ("made_by", "employer")
PRIVATE = ("evidence", "note")
IN_WORDS = {
    "how": "How appointed",
    "evidence": "Evidence",
    "note": "Private note about the appointment",
}


class Appointments:
    """Compares what the rows of a sheet say that people hold with the register, one row after the other."""

    def __init__(
        self, organisations: Organisations, roles: Roles, appointments: Mapping[int | None, Appointment]
    ) -> None:
        self._organisations = organisations
        self._roles = roles
        self._appointments = appointments
        self._money = Money(organisations, roles)
        self._seen: dict[tuple[str, str], list[tuple[int, PartialDate | None, PartialDate | None]]] = {}

    # --- which role

    def posts(self, out: Judgement) -> list[tuple[Held, Post]]:
        """The roles that a row names, as far as they can be told."""
        found = []
        has_number = out.row.value("role_id") or out.row.value("appointment_id")
        for held in out.row.reading.held:
            post = self._numbered(out, held) if has_number else self._named(out, held)
            if post:
                found.append((held, post))
        return found

    def _numbered(self, out: Judgement, held: Held) -> Post | None:
        number = out.row.value("role_id")
        appointment = self._appointments.get(out.row.value("appointment_id"))
        role = self._roles.by_pk.get(number) if number else appointment.role if appointment else None
        if number and role is None:
            out.refuse(
                "role_id",
                f"The register has no role with the number {number}.",
                "Empty the cell, and the role is looked for by its name.",
            )
        elif role is None:
            self._refuse_number(out)
        if role is None:
            return None
        for column, said in (("role", held.typed), ("organisation", held.organisation)):
            if out.row.value("appointment_id") and out.row.says(column) and not said:
                out.refuse(
                    column,
                    f"The numbers of this row are those of {role.title}, but the cell is empty.",
                    "Leave it as it was; to end what they hold, give it its last day.",
                )
        if held.typed and key(held.typed) not in (key(role.title), key(role.role_type.name)):
            out.refuse(
                "role",
                f"The numbers of this row are those of {role.title}, but the cell says “{held.typed}”.",
                "To record another role, empty the cells of the numbers of the appointment and the role.",
            )
        if held.organisation and not naming.is_called(role.organisation, held.organisation):
            out.refuse(
                "organisation",
                f"The numbers of this row are those of {role.title}, a role of {role.organisation.name}, but the cell says "
                f"“{naming.words(held.organisation)}”.",
                "To record a role there, empty the cells of the numbers of the appointment and the role.",
            )
        return Post(role, role.organisation)

    def _named(self, out: Judgement, held: Held) -> Post | None:
        organisation = self._host(out, held)
        if organisation is None:
            self._judge_type_alone(out, held)
            return None
        found = self._roles.of(organisation.pk, held.role)
        if len(found) > 1:
            role = naming.one_of(out, held.typed or held.role, found)
            return Post(role, organisation) if role else None
        if found:
            return Post(found[0], organisation)
        said, pathway = self._with_pathway(held.role)
        role_type = naming.role_type(out, "role", said, self._roles, organisation)
        if role_type is None:
            return None
        of_type = [
            each
            for each in self._roles.of(organisation.pk, role_type.name)
            if pathway is None or self._roles.pathway_of(each) == pathway.pk
        ]
        if len(of_type) > 1:
            role = naming.one_of(out, held.typed or held.role, of_type)
            return Post(role, organisation) if role else None
        return Post(of_type[0] if of_type else None, organisation, role_type, pathway)

    def _judge_type_alone(self, out: Judgement, held: Held) -> None:
        """Say what is wrong with a type of role in the same breath as what is wrong with its organisation."""
        said, _ = self._with_pathway(held.role)
        if not self._roles.titled(held.role) and not self._roles.type_called(said):
            naming.role_type(out, "role", said, self._roles, None)

    def _with_pathway(self, words: str) -> tuple[str, Pathway | None]:
        """A type and the pathway that it is for: "System Clinical Lead for urgent care"."""
        if not self._roles.type_called(words):
            for between in (" for ", ", ", " - ", " – "):
                said, found, subject = words.partition(between)
                if found and (pathway := self._roles.pathway(subject)):
                    return said, pathway
        return words, None

    def _host(self, out: Judgement, held: Held) -> Organisation | None:
        column = next((each for each in ("organisation", "network", "practice") if out.row.value(each)), "role")
        if held.organisation:
            return naming.organisation(out, column, held.organisation, self._organisations, held.kind)
        titled = self._roles.titled(held.role)
        if len(titled) == 1:
            return self._organisations.by_pk.get(titled[0].organisation_id, titled[0].organisation)
        here = self._organisations.of_kind_here(held.kind) if held.kind else []
        if len(here) == 1:
            return here[0]
        if here and held.kind in ONE_FOR_A_LIST:
            return naming.host(out, held.role, here)
        out.refuse(
            "role",
            f"It does not say of which organisation “{held.typed or held.role}” is a role.",
            "A practice beside it is where somebody works. Name the organisation of the role in a column of its own, or after "
            "a comma."
            if out.row.value("practice")
            else "Name the organisation in a column of its own, or after a comma.",
        )
        return None

    # --- what is new about it

    def compare(self, out: Judgement, who: Who, held: Held, post: Post, *, permitted: bool) -> None:
        """Note what the row says of somebody in a role that the register has otherwise, or not at all.

        `permitted` says that the editor may change what the person holds, wherever.
        """
        seen = self._seen.setdefault((repr(who.reference), post.key), [])
        for number, start, end in seen:
            if _is_repeated(held, start, end):
                out.notes.append(f"{post.title} stands in row {number} already.")
                return
            if _contradicts(held, start, end):
                out.refuse(
                    "start" if held.start else "role",
                    f"Row {number} gives other dates for {post.title}.",
                    "Give each time in the role one row.",
                )
                return
        if not out.is_left_out:
            seen.append((out.row.number, held.start, held.end))
        appointment = self._held_already(out, who, held, post)
        if appointment:
            self._correct(out, appointment, held, permitted=permitted)
        elif not out.row.value("appointment_id"):
            self._appoint(out, who, held, post, permitted=permitted)

    def _held_already(self, out: Judgement, who: Who, held: Held, post: Post) -> Appointment | None:
        theirs = list(who.person.appointments.all()) if who.person else []
        if number := out.row.value("appointment_id"):
            found = next((each for each in theirs if each.pk == number), None)
            if found is None:
                self._refuse_number(out)
            return found
        in_role = [each for each in theirs if post.role and each.role_id == post.role.pk]
        meant = [each for each in in_role if dates.overlap(each, held.start, held.end)]
        if held.start is None and held.end is None:
            meant = [each for each in in_role if each.holds(today())] or meant
        return meant[-1] if meant else None

    def _refuse_number(self, out: Judgement) -> None:
        out.refuse(
            "appointment_id",
            f"The register has no appointment of {out.title} with the number {out.row.value('appointment_id')}.",
            "Empty the cell, and the appointment is looked for by the role.",
        )

    def _appoint(self, out: Judgement, who: Who, held: Held, post: Post, *, permitted: bool) -> None:
        start = dates.since(held.start, held.end, out.row.day)
        if not dates.is_period(out, "end", start, held.end):
            return
        if not permitted:
            out.refuse("role", f"{post.title}: {NOT_YOURS}", naming.NOT_YOURS_WOULD_DO)
            return
        out.added.append(f"{post.title}, {dates.words(Appointment(), start, held.end)}")
        role: Known | Made
        if post.role:
            role = Known(Role, post.role.pk)
        else:
            role = Made(post.key)
            self.add_role(out, post)
        makes = f"appointment:{who.reference}:{post.key}:{out.row.number}"
        facts = {name: value for name, value in self._facts(out, held).items() if value}
        edits = len(out.edits)
        facts |= self._organisations_of(out, None, exactly=False)
        # Of an appointment that is added nothing was otherwise before.
        del out.edits[edits:]
        out.do("appoint", makes=makes, person=who.reference, role=role, start=start, end=held.end, **facts)
        self._money.add(out, Made(makes))

    def add_role(self, out: Judgement, post: Post) -> None:
        """Note that the role that a row names has to be added."""
        assert post.role_type
        out.added.append(f"{post.title}, a role that the register does not have yet")
        out.do(
            "add_role",
            makes=post.key,
            title=post.title,
            role_type=Known(RoleType, post.role_type.pk),
            organisation=Known(Organisation, post.organisation.pk),
            # A role is there for as long as its organisation, unless somebody says otherwise.
            start=post.organisation.start,
            end=post.organisation.end,
            **({"pathway": Known(Pathway, post.pathway.pk)} if post.pathway else {}),
        )

    # --- an appointment that is there

    def _facts(self, out: Judgement, held: Held) -> dict[str, Any]:
        """What the row says of an appointment beside its dates; None for nothing."""
        row = out.row
        facts: dict[str, Any] = {}
        if row.says("how") or held.how:
            facts["how"] = held.how or None
        if row.says("evidence") or held.evidence:
            facts["evidence"] = held.evidence or None
        if row.says("note"):
            facts["note"] = row.value("note")
        return facts

    def _organisations_of(self, out: Judgement, appointment: Appointment | None, *, exactly: bool) -> dict[str, Any]:
        """Who made the appointment and who employs them, where the row says otherwise than the register."""
        facts: dict[str, Any] = {}
        for column in ORGANISATIONS:
            former = getattr(appointment, column) if appointment else None
            facts |= cells_compared.organisation(out, column, former, self._organisations, exactly=exactly)
        return facts

    def _correct(self, out: Judgement, appointment: Appointment, held: Held, *, permitted: bool) -> None:
        exactly = out.row.value("appointment_id") is not None
        steps = len(out.steps)
        period = dates.new_dates(out, appointment, held.start, held.end, exactly=exactly)
        facts: dict[str, Any] = {}
        for name, value in self._facts(out, held).items():
            if value is None and not exactly:
                continue
            if name in PRIVATE and not permitted:
                leave_private(out, name, IN_WORDS[name])
                continue
            former = getattr(appointment, name)
            if as_read(former) != (value or ""):
                facts[name] = value or ""
                out.edit(IN_WORDS[name], _shown(name, former), _shown(name, value or ""))
        facts |= self._organisations_of(out, appointment, exactly=exactly)
        start, end = period or (appointment.start, appointment.end)
        known = Known(Appointment, appointment.pk)
        # Money first: it then moves with the dates. The other way round, its former dates would be written back.
        self._money.correct(out, appointment, exactly=exactly, permitted=permitted)
        if period and not facts and end and appointment.end is None and dates.same(start, appointment.start):
            out.do("end_appointment", appointment=known, end=end)
        elif period or facts:
            out.do("correct_appointment", appointment=known, start=start, end=end, **facts)
        if len(out.steps) > steps and not permitted:
            out.refuse("role", f"{appointment.role.title}: {NOT_YOURS}", naming.NOT_YOURS_WOULD_DO)


def _shown(name: str, value: str) -> str:
    return HowAppointed(value).label if name == "how" and value else value


def _is_repeated(held: Held, start: PartialDate | None, end: PartialDate | None) -> bool:
    """Whether another row says the same of a role, or this one no more."""
    starts = held.start is None or (start is not None and dates.agree_on_start(held.start, start))
    ends = held.end is None or dates.agree_on_end(held.end, end)
    return starts and ends


def _contradicts(held: Held, start: PartialDate | None, end: PartialDate | None) -> bool:
    """Whether the dates of two rows for one role share a day."""
    row = Appointment()
    return bool(dates.words(row, start or PartialDate(None, Precision.UNKNOWN), end)) and dates.overlap(
        row, held.start, held.end
    )
