"""What the rows of a list of seats are to the register: who sits in which seat, why, since when."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, Q

from ics_leadership.periods import PartialDate, today
from memberships.duplicates import Entry
from memberships.duplicates.finding import named as entry_named
from memberships.models import Appointment, Group, Membership, Person, Seat, Terms
from memberships.spreadsheets.matching import Index, key
from memberships.spreadsheets.register import Organisations, People
from memberships.spreadsheets.verdicts import cells_compared, dates, naming
from memberships.spreadsheets.verdicts.groups import group_called, groups_named
from memberships.spreadsheets.verdicts.judgement import Judgement, Known, Row
from memberships.spreadsheets.verdicts.people import chosen, organisations_named
from memberships.spreadsheets.verdicts.persons import Persons, Who, alike, alike_person, asked_for, named
from organisations.rights import Rights


class SeatsSheet:
    """A list of who sits where, a row for each member of each seat; vacant seats have rows too."""

    def __init__(self, rows: Sequence[Row], rights: Rights) -> None:
        self._groups = Index(groups_named(rows, "group").values(), lambda each: [each.name])
        self._memberships = self._held(rows)
        self._seats = self._all_seats(rows)
        ids = {pk for each in self._seats.values() for pk in _area_of(each.terms.group)}
        self._organisations = Organisations(rights, organisations_named(rows), ids | chosen(rows, "organisation:"))
        people = People(
            rights,
            {row.value("person_id") for row in rows if row.value("person_id")} | chosen(rows, "person"),
            (),
            list(dict.fromkeys(filter(None, (each for row in rows for each in (asked_for(row), _attended(row)))))),
        )
        self._persons = Persons(people)
        self._seen: dict[tuple[str, int], int] = {}

    def _held(self, rows: Sequence[Row]) -> dict[int, Membership]:
        ids = {row.value("membership_id") for row in rows if row.value("membership_id")}
        held = Membership.objects.select_related(
            "person", "basis_appointment__role", "put_forward_by", "attends_for", "seat__terms__group__host"
        )
        return {each.pk: each for each in held.filter(pk__in=ids)}

    def _all_seats(self, rows: Sequence[Row]) -> dict[int, Seat]:
        """Every seat under any terms of the groups that the rows name, and the seats that they give by number."""
        ids = {row.value("seat_id") for row in rows if row.value("seat_id")}
        ids |= {each.seat_id for each in self._memberships.values()}
        names = {row.value("group") for row in rows if row.value("group")}
        groups = {each.pk for name in names for each in self._groups.exactly(name)}
        held = Membership.objects.select_related(
            "basis_appointment__role", "put_forward_by", "attends_for", "person"
        ).order_by("period", "pk")
        found = Seat.objects.filter(Q(pk__in=ids) | Q(terms__group__in=groups)).select_related("terms__group__host")
        return {each.pk: each for each in found.prefetch_related(Prefetch("memberships", held)).order_by("order", "pk")}

    @cached_property
    def _terms(self) -> dict[int, list[Terms]]:
        """The versions of each group's terms, the one in force today first, then the latest."""
        found: dict[int, dict[int, Terms]] = {}
        for seat in self._seats.values():
            found.setdefault(seat.terms.group_id, {})[seat.terms_id] = seat.terms
        on = today()
        return {
            group: sorted(terms.values(), key=lambda each: (each.holds(on), each.pk), reverse=True)
            for group, terms in found.items()
        }

    # --- judging

    def judge(self, row: Row) -> Judgement:
        out = Judgement(row, problems=list(row.reading.problems), title=named(row), alike=alike(row))
        membership = self._numbered(out)
        seat = self._seats.get(membership.seat_id) if membership else self._seat(out)
        if row.reading.vacant or seat is None:
            out.title = out.title or f"{row.value('seat') or ''}, {row.value('group') or ''}: vacant"
            return out
        who = self._persons.who(out)
        if who is None or out.problems:
            return out
        if membership and self._is_elsewhere(out, membership.seat):
            return out
        self._persons.correct(out, who)
        if membership and (who.person is None or who.person.pk != membership.person_id):
            out.refuse(
                "membership_id",
                f"The number is that of the seat of {membership.person.name}.",
                "Empty the cell of the membership’s number, and give the former member’s row its last day.",
            )
            return out
        membership = membership or self._held_already(who, seat, row)
        about = (repr(who.reference), seat.pk)
        if (first := self._seen.get(about)) and not row.value("membership_id"):
            out.notes.append(f"The same person in the same seat as in row {first}.")
            return out
        if not out.is_left_out:
            self._seen[about] = row.number
        permitted = any(map(self._organisations.may_be_edited, _area_of(seat.terms.group))) or (
            who.person is not None and self._persons.people.leads_here(who.person)
        )
        if membership:
            self._correct(out, membership, who, permitted=permitted)
        else:
            self._add(out, seat, who, permitted=permitted)
        return out

    def _is_elsewhere(self, out: Judgement, seat: Seat) -> bool:
        """Whether a row names another seat or group than that to which its number belongs, which is then said."""
        for column, name in (("group", seat.terms.group.name), ("seat", seat.title)):
            said = out.row.value(column)
            if said and key(said) != key(name):
                out.refuse(
                    column,
                    f"The numbers of this row are those of the seat “{seat.title}” of {seat.terms.group.name}, but the cell "
                    f"says “{said}”.",
                    "To seat them elsewhere, empty the cells of the numbers of the membership and the seat.",
                )
                return True
        return False

    def _numbered(self, out: Judgement) -> Membership | None:
        number = out.row.value("membership_id")
        if number and number not in self._memberships:
            out.refuse("membership_id", f"The register has no membership with the number {number}.", "Empty the cell.")
        return self._memberships.get(number) if number else None

    def _seat(self, out: Judgement) -> Seat | None:
        row = out.row
        if row.value("membership_id"):
            return None
        if number := row.value("seat_id"):
            if number not in self._seats:
                out.refuse("seat_id", f"The register has no seat with the number {number}.", "Empty the cell.")
            return self._seats.get(number)
        group = group_called(out, "group", self._groups)
        if out.questions or not row.value("group") or not row.value("seat"):
            return None
        if group is None:
            out.refuse(
                "group",
                f"The register has no group called “{row.value('group')}”.",
                "Write its name as the register has it; a list of groups brings in new ones.",
            )
            return None
        versions = self._terms.get(group.pk, [])
        said = key(row.value("seat"))
        of_terms = [each for each in self._seats.values() if versions and each.terms_id == versions[0].pk]
        found = [each for each in of_terms if key(each.title) == said]
        if not found:
            titles = ", ".join(f"“{each.title}”" for each in of_terms)
            out.refuse(
                "seat",
                f"The terms of {group.name} have no seat called “{row.value('seat')}”.",
                f"They have {titles}." if titles else "Adopt terms with seats first.",
            )
        return found[0] if found else None

    def _held_already(self, who: Who, seat: Seat, row: Row) -> Membership | None:
        theirs = [each for each in seat.memberships.all() if who.person and each.person_id == who.person.pk]
        meant = [each for each in theirs if dates.overlap(each, row.value("start"), row.value("end"))]
        if row.value("start") is None and row.value("end") is None:
            meant = [each for each in theirs if each.holds(today())] or meant
        return meant[-1] if meant else None

    def _add(self, out: Judgement, seat: Seat, who: Who, *, permitted: bool) -> None:
        row = out.row
        start, end = dates.since(row.value("start"), row.value("end"), row.day), row.value("end")
        basis = self._basis(out, who, start)
        facts = self._others(out, None, exactly=False)
        if basis is None or out.problems or out.questions or not dates.is_period(out, "end", start, end):
            return
        if not permitted:
            out.refuse("group", naming.NOT_YOURS, naming.NOT_YOURS_WOULD_DO)
            return
        out.edits.clear()
        out.added.append(f"{seat.title}, {seat.terms.group.name}, {dates.words(Membership(), start, end)}")
        out.do(
            "seat_member", seat=Known(Seat, seat.pk), person=who.reference, basis=basis, start=start, end=end, **facts
        )

    def _basis(self, out: Judgement, who: Who, start: PartialDate) -> Known | str | None:
        """Why somebody is to sit: an appointment of theirs, or their experience in words; None where that cannot be told."""
        row = out.row
        if row.value("basis_role"):
            return self._appointment(out, who, start.date)
        if row.value("basis_experience"):
            return str(row.value("basis_experience"))
        out.refuse(
            "basis_role" if row.says("basis_role") else "seat",
            "It does not say why they sit.",
            "Name the role by virtue of which they sit, or the experience for which they were put forward.",
        )
        return None

    def _appointment(self, out: Judgement, who: Who, on: Any) -> Known | None:
        said = key(out.row.value("basis_role"))
        theirs = list(who.person.appointments.all()) if who.person else []
        called = [each for each in theirs if said in (key(each.role.title), key(each.role.role_type.name))]
        called = [each for each in called if on and each.holds(on)] or called
        if not called:
            out.refuse(
                "basis_role",
                f"The register has no appointment of {out.title} as “{out.row.value('basis_role')}”.",
                "Bring in a list of people with it first, or write the role as the register has it.",
            )
            return None
        return Known(Appointment, called[-1].pk)

    def _correct(self, out: Judgement, membership: Membership, who: Who, *, permitted: bool) -> None:
        row, exactly = out.row, out.row.value("membership_id") is not None
        facts: dict[str, Any] = self._others(out, membership, exactly=exactly)
        former = membership.basis_appointment
        if exactly and self._is_without_one_reason(out):
            return
        if row.value("basis_role") and key(row.value("basis_role")) != (key(former.role.title) if former else ""):
            basis = self._appointment(out, who, membership.start_date)
            if basis and basis.pk != membership.basis_appointment_id:
                facts |= {"basis_appointment": basis, "basis_experience": ""}
                out.edit("By virtue of", former.role.title if former else "", row.value("basis_role"))
        elif row.value("basis_experience") and not (row.value("basis_role") and former):
            said = row.value("basis_experience")
            if said != membership.basis_experience:
                facts |= {"basis_appointment": None, "basis_experience": said}
                out.edit("For experience of", membership.basis_experience, said)
        period = dates.new_dates(out, membership, row.value("start"), row.value("end"), exactly=exactly)
        if not facts and period is None:
            return
        if not permitted:
            out.refuse("group", naming.NOT_YOURS, naming.NOT_YOURS_WOULD_DO)
        start, end = period or (membership.start, membership.end)
        known = Known(Membership, membership.pk)
        if period and not facts and end and membership.end is None and dates.same(start, membership.start):
            out.do("end_membership", membership=known, end=end)
        else:
            out.do("correct_membership", membership=known, start=start, end=end, **facts)

    def _is_without_one_reason(self, out: Judgement) -> bool:
        """Whether a row that came from here says no more why somebody sits, or two reasons for it, which is then said."""
        row = out.row
        reasons = [column for column in ("basis_role", "basis_experience") if row.value(column)]
        if len(reasons) == 1 or not (row.says("basis_role") and row.says("basis_experience")):
            return False
        out.refuse(
            "basis_role",
            "It gives two reasons why they sit." if reasons else "It does not say why they sit.",
            "Name either the role by virtue of which they sit or the experience for which they were put forward.",
        )
        return True

    def _others(self, out: Judgement, membership: Membership | None, *, exactly: bool) -> dict[str, Any]:
        """Who put them forward and for whom they attend, where the row says otherwise."""
        facts: dict[str, Any] = cells_compared.organisation(
            out,
            "put_forward_by",
            membership.put_forward_by if membership else None,
            self._organisations,
            exactly=exactly,
        )
        said = out.row.value("attends_for")
        former = membership.attends_for if membership else None
        if not out.row.says("attends_for") or (said is None and (not exactly or former is None)):
            return facts
        if former and said and key(said) in (key(former.name), alike_person(former)):
            return facts
        other = self._attended_for(out, said) if said else None
        if said and other is None:
            return facts
        out.edit("Attends for", former.name if former else "", other.name if other else "")
        return facts | {"attends_for": Known(Person, other.pk) if other else None}

    def _attended_for(self, out: Judgement, said: str) -> Person | None:
        asked = entry_named(said)
        called = key(f"{asked.given_names} {asked.family_name}")
        found = [each for each, _ in self._persons.people.alike(asked) if alike_person(each).endswith(called)]
        if len(found) != 1:
            out.refuse(
                "attends_for",
                f"{'Nobody' if not found else 'More than one person'} of the register is called “{said}”.",
                "Write the name as the register has it, or say it on the page of the group.",
            )
            return None
        return found[0]


def _attended(row: Row) -> Entry | None:
    said = row.value("attends_for")
    return entry_named(said) if said else None


def _area_of(group: Group) -> set[int]:
    """The organisation in whose area a group lies."""
    return {group.covers_id or group.host_id}
