"""What the rows of lists of offers to mentor, and of skills that people hold, are to the register."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, ClassVar, Generic, TypeVar

from django.db.models import Q, QuerySet

from ics_leadership.accounts.models import Sight
from ics_leadership.periods import PartialDate, today
from memberships.models import MentorOffer, PersonSkill, Skill
from memberships.rights import people_seen
from memberships.spreadsheets.matching import key
from memberships.spreadsheets.register import Organisations, People, Skills
from memberships.spreadsheets.verdicts import cells_compared, dates, naming
from memberships.spreadsheets.verdicts.judgement import Judgement, Known, Made, Row
from memberships.spreadsheets.verdicts.people import chosen, organisations_named
from memberships.spreadsheets.verdicts.persons import Persons, Who, alike, asked_for, named
from organisations.models import Organisation
from organisations.rights import Rights

R = TypeVar("R", PersonSkill, MentorOffer)


class OfPeople(ABC, Generic[R]):
    """A list of one sort of thing that people have, a row for each, known again by its `number`."""

    number: ClassVar[str]
    word: ClassVar[str]

    def __init__(self, rows: Sequence[Row], rights: Rights) -> None:
        self._skills = Skills(rights)
        numbers = {row.value(self.number) for row in rows if row.value(self.number)}
        people = People(
            rights,
            {row.value("person_id") for row in rows if row.value("person_id")} | chosen(rows, "person"),
            (),
            list(dict.fromkeys(filter(None, (asked_for(row) for row in rows if not row.value("person_id"))))),
        )
        self._persons = Persons(people)
        found = self.seen(rights).filter(Q(pk__in=numbers) | Q(person__in=people.by_pk)).order_by("period", "pk")
        self._by_pk: dict[int, R] = {each.pk: each for each in found}
        self._theirs: dict[int, list[R]] = defaultdict(list)
        for each in self._by_pk.values():
            self._theirs[each.person_id].append(each)
        self._numbered_in: dict[int, int] = {}
        self._named_in: dict[object, list[tuple[int, PersonSkill]]] = defaultdict(list)

    @abstractmethod
    def seen(self, rights: Rights) -> QuerySet[R]:
        """The things in the register of which the rows may be about, as far as they may be seen."""

    @abstractmethod
    def compare(self, out: Judgement, who: Who, held: R | None, *, permitted: bool) -> None:
        """Note what a row says of what somebody has; `held` is that to which its number belongs."""

    def judge(self, row: Row) -> Judgement:
        out = Judgement(row, problems=list(row.reading.problems), title=named(row), alike=alike(row))
        number = row.value(self.number)
        held = self._by_pk.get(number) if number else None
        if number and held is None:
            out.refuse(self.number, f"The register has no {self.word} with the number {number}.", "Empty the cell.")
        if first := self._numbered_in.get(number):
            out.refuse(self.number, f"Row {first} has the same number.", "Empty the cell in the row that was added.")
        who = None if out.problems else self._persons.who(out)
        if who is None or out.problems:
            return out
        if held and (who.person is None or who.person.pk != held.person_id):
            out.refuse(
                self.number,
                f"The number is that of a {self.word} of {held.person.name}.",
                "Empty the cell, and the row is about somebody else.",
            )
            return out
        if number and not out.is_left_out:
            self._numbered_in[number] = row.number
        self._persons.correct(out, who)
        permitted = who.person is None or self._persons.people.may_be_corrected(who.person)
        self.compare(out, who, held, permitted=permitted)
        return out

    def is_said_before(self, out: Judgement, about: object, start: PartialDate | None, end: PartialDate | None) -> bool:
        """Whether an earlier row says the same thing of one of these days; otherwise remembers that this one does."""
        if not dates.is_period(out, "end", start or dates.NOT_KNOWN, end):
            return True
        for number, period in self._named_in[about]:
            if dates.overlap(period, start, end):
                out.notes.append(f"The same as in row {number}.")
                return True
        if not out.is_left_out:
            self._named_in[about].append((out.row.number, PersonSkill().between(start or dates.NOT_KNOWN, end)))
        return False

    def meant(self, row: Row, among: Sequence[R]) -> R | None:
        """Which of several that are alike a row without a number is about, by its dates."""
        start, end = row.value("start"), row.value("end")
        overlapping = [each for each in among if dates.overlap(each, start, end)]
        if start is None and end is None:
            overlapping = [each for each in among if each.holds(today())] or overlapping
        return overlapping[-1] if overlapping else None

    def theirs(self, who: Who) -> list[R]:
        return self._theirs[who.person.pk] if who.person else []

    def new_dates(self, out: Judgement, held: R, *, exactly: bool) -> tuple[PartialDate, PartialDate | None] | None:
        row = out.row
        return dates.new_dates(out, held, row.value("start"), row.value("end"), exactly=exactly)

    def other_skill(self, out: Judgement, former: Skill | None) -> Known | Made | None:
        """The skill that a row names in place of the one that it had."""
        said = out.row.value("skill")
        if not said or (former and key(said) == key(former.name)):
            return None
        found = naming.skill(out, "skill", said, self._skills)
        if found is None or (isinstance(found, Known) and former and found.pk == former.pk):
            return None
        out.edit("Skill", former.name if former else "", self.words(found, said))
        return found

    def words(self, skill: Known | Made, said: str) -> str:
        return self._skills.by_pk[skill.pk].name if isinstance(skill, Known) else said

    def refuse_what_is_not_theirs(self, out: Judgement) -> None:
        out.refuse("name", f"{out.title} leads in no area that you edit.", naming.NOT_YOURS_WOULD_DO)


class SkillsSheet(OfPeople[PersonSkill]):
    """A list of skills that people hold."""

    number = "person_skill_id"
    word = "held skill"

    def seen(self, rights: Rights) -> QuerySet[PersonSkill]:
        held: QuerySet[PersonSkill] = PersonSkill.objects.select_related("person", "skill")
        return held

    def compare(self, out: Judgement, who: Who, held: PersonSkill | None, *, permitted: bool) -> None:
        if held:
            self._correct(out, held, self.other_skill(out, held.skill), exactly=True, permitted=permitted)
            return
        row = out.row
        for said in filter(None, re.split(r"\s*[;\n]\s*", row.value("skill") or "")):
            skill = naming.skill(out, "skill", said, self._skills)
            about = (repr(who.reference), skill)
            if skill is None or self.is_said_before(out, about, row.value("start"), row.value("end")):
                continue
            same = [each for each in self.theirs(who) if isinstance(skill, Known) and each.skill_id == skill.pk]
            if already := self.meant(row, same):
                self._correct(out, already, None, exactly=False, permitted=permitted)
            else:
                self._add(out, who, skill, said, permitted=permitted)

    def _add(self, out: Judgement, who: Who, skill: Known | Made, said: str, *, permitted: bool) -> None:
        row = out.row
        start, end = dates.since(row.value("start"), row.value("end"), row.day), row.value("end")
        if not dates.is_period(out, "end", start, end):
            return
        if not permitted:
            self.refuse_what_is_not_theirs(out)
            return
        out.added.append(f"{self.words(skill, said)}, {dates.words(PersonSkill(), start, end)}")
        facts = {"gained_through": row.value("gained_through")} if row.value("gained_through") else {}
        out.do("add_skill_to_person", person=who.reference, skill=skill, start=start, end=end, **facts)

    def _correct(
        self, out: Judgement, held: PersonSkill, skill: Known | Made | None, *, exactly: bool, permitted: bool
    ) -> None:
        facts: dict[str, Any] = {"skill": skill} if skill else {}
        facts |= cells_compared.plain(out, held, {"gained_through": "gained_through"}, exactly=exactly)
        period = self.new_dates(out, held, exactly=exactly)
        if not facts and period is None:
            return
        if not permitted:
            self.refuse_what_is_not_theirs(out)
        start, end = period or (held.start, held.end)
        out.do("correct_skill_of_person", held=Known(PersonSkill, held.pk), start=start, end=end, **facts)


class OffersSheet(OfPeople[MentorOffer]):
    """A list of offers to mentor."""

    number = "offer_id"
    word = "offer"

    def __init__(self, rows: Sequence[Row], rights: Rights) -> None:
        super().__init__(rows, rights)
        ids = {each.area_id for each in self._by_pk.values()} | chosen(rows, "organisation:")
        self._organisations = Organisations(rights, organisations_named(rows), ids)

    def seen(self, rights: Rights) -> QuerySet[MentorOffer]:
        """Offers that may be seen: of others not even that there is one by that number."""
        theirs = people_seen(Sight.NOTES, rights).values("pk")
        offers: QuerySet[MentorOffer] = MentorOffer.objects.select_related("person", "skill", "area")
        return offers.filter(Q(agreed_to_show=True) | Q(person__in=theirs))

    def compare(self, out: Judgement, who: Who, held: MentorOffer | None, *, permitted: bool) -> None:
        if held:
            self._correct(out, held, exactly=True, permitted=permitted)
            return
        row = out.row
        about = (repr(who.reference), key(row.value("offer") or ""), row.value("area"))
        if self.is_said_before(out, about, row.value("start"), row.value("end")):
            return
        same = [
            each
            for each in self.theirs(who)
            if key(each.offer) == key(row.value("offer") or "")
            and (row.value("area") is None or naming.is_called(each.area, row.value("area")))
        ]
        if already := self.meant(row, same):
            self._correct(out, already, exactly=False, permitted=permitted)
        else:
            self._add(out, who, permitted=permitted)

    def _add(self, out: Judgement, who: Who, *, permitted: bool) -> None:
        row = out.row
        area = row.value("area") and naming.organisation(out, "area", row.value("area"), self._organisations)
        skill = row.value("skill") and naming.skill(out, "skill", row.value("skill"), self._skills)
        start, end = dates.since(row.value("start"), row.value("end"), row.day), row.value("end")
        if not area or out.problems or out.questions or not dates.is_period(out, "end", start, end):
            return
        if not permitted:
            self.refuse_what_is_not_theirs(out)
            return
        agreed = bool(row.value("agreed_to_show"))
        out.added.append(
            f"{row.value('offer')}: {area.name}, {dates.words(MentorOffer(), start, end)}, "
            f"{'for everyone to see' if agreed else 'not agreed to be shown'}"
        )
        out.do(
            "offer_to_mentor",
            person=who.reference,
            area=Known(Organisation, area.pk),
            offer=row.value("offer"),
            skill=skill or None,
            start=start,
            end=end,
            agreed_to_show=agreed,
        )

    def _correct(self, out: Judgement, offer: MentorOffer, *, exactly: bool, permitted: bool) -> None:
        row = out.row
        facts: dict[str, Any] = {}
        if skill := self.other_skill(out, offer.skill):
            facts["skill"] = skill
        elif exactly and row.says("skill") and row.value("skill") is None and offer.skill:
            facts["skill"] = None
            out.edit("Skill", offer.skill.name, "")
        facts |= cells_compared.plain(out, offer, {"offer": "offer"}, exactly=exactly)
        facts |= cells_compared.organisation(out, "area", offer.area, self._organisations, exactly=exactly)
        facts |= _agreement(out, offer, exactly=exactly)
        period = self.new_dates(out, offer, exactly=exactly)
        if not facts and period is None:
            return
        if not permitted:
            self.refuse_what_is_not_theirs(out)
        start, end = period or (offer.start, offer.end)
        out.do("correct_offer", offered=Known(MentorOffer, offer.pk), start=start, end=end, **facts)


def _agreement(out: Judgement, offer: MentorOffer, *, exactly: bool) -> dict[str, bool]:
    """Whether they agreed to show it, where the row says otherwise than the register."""
    said = out.row.value("agreed_to_show")
    if not out.row.says("agreed_to_show") or (said is None and not exactly) or bool(said) == offer.agreed_to_show:
        return {}
    words = {True: "Yes", False: "No"}
    out.edit("Agreed to be shown", words[offer.agreed_to_show], words[bool(said)])
    return {"agreed_to_show": bool(said)}
