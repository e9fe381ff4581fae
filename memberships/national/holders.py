"""Who holds the roles: people, their appointments one after the other, and what pays for each."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from django.utils.text import slugify

from ics_leadership.periods import ONE_DAY, Precision
from memberships.models import Appointment, FundingLine, HowAppointed, Person, PersonSkill, Profession, Skill
from memberships.national import names
from memberships.national.posts import Post, Posts
from memberships.national.sheets import CHANGES, SPAN_COLUMNS, Sheet, Span, change_after
from roles.models import FundingSource, OpenTo, RoleType

AHEAD = datetime.date(2027, 4, 1)
"""How far terms that run are planned."""
POTS = {
    "cd": "pcn", "acd": "pcn", "pcnm": "pcn", "vaccine": "pcn",
    "partner": "practice", "safeguard": "core",
    "lmc": "levy", "fed": "fed", "trust": "trust",
    "glg": "core", "place": "core", "icb": "core", "lead": "core", "adviser": "core",
    "ccg": "ccg", "ccgd": "ccg", "locality": "ccg", "pct": "pct", "stp": "grant",
}  # fmt: skip
"""The pot that usually pays, by the key of the type of role or what it begins with."""
HOW = [HowAppointed.APPOINTED] * 5 + [HowAppointed.ELECTED] * 3 + [HowAppointed.ACTING, HowAppointed.INTERIM]
SESSION = 11_500
"""Pounds a year."""


@dataclass(frozen=True)
class Holding:
    """An appointment: its number, who, the role, from when until when, and the change in which it became known."""

    id: int
    person: int
    post: Post
    span: Span
    known: int


@dataclass
class Holders:
    """All appointments by the number of their role; how many people and appointments there are."""

    of: dict[int, list[Holding]] = field(default_factory=lambda: defaultdict(list))
    people: int = 0
    appointments: int = 0
    sheets: Sequence[Sheet] = ()


@dataclass
class Pots:
    """What people are described with and paid from, by the demonstration's keys."""

    types: dict[str, RoleType]
    sources: dict[str, FundingSource]
    skills: Sequence[Skill]


def hold(posts: Posts, pots: Pots, areas: int, people: int, many: int, chance: Random, source: int) -> Holders:
    """So many appointments of so many people to the roles; an area's people hold the roles of that area."""
    return _Office(pots, areas, people, chance, source).hold(posts, many)


class _Office:
    def __init__(self, pots: Pots, areas: int, people: int, chance: Random, source: int) -> None:
        self.pots, self.areas, self.many, self.chance, self.source = pots, areas, people, chance, source
        self.people = Sheet(
            Person, "slug", "title", "given_names", "family_name", "profession", "work_email", "invented", "confirmed_on", "source_id"
        )  # fmt: skip
        self.appointments = Sheet(
            Appointment, "person_id", "role_id", "how", "made_by_id", "employer_id", *SPAN_COLUMNS, "confirmed_on", "source_id"
        )  # fmt: skip
        self.lines = Sheet(
            FundingLine, "appointment_id", "funding_source_id", "payer_id", "sessions_per_week", "annual_amount", *SPAN_COLUMNS, "source_id"
        )  # fmt: skip
        self.skills = Sheet(PersonSkill, "person_id", "skill_id", "gained_through", *SPAN_COLUMNS, "source_id")
        self._known: dict[int, int] = {}
        """The change in which each person becomes known, by their place in the order of people."""
        self.holders = Holders(sheets=(self.people, self.appointments, self.lines, self.skills))

    def hold(self, posts: Posts, many: int) -> Holders:
        found = [
            (post, *each)
            for post, times in _shared_out(posts.all, many)
            for each in self._one_after_another(post, times)
        ]
        # People are written down first, so that each is known with the first of their appointments.
        for _, person, span in found:
            known = change_after(span.start)
            self._known[person] = min(self._known.get(person, known), known)
        first, *_ = [self._enter_person(person) for person in range(self.many)]
        for post, person, span in found:
            self._appoint(post, first + person, span)
        self.holders.people, self.holders.appointments = self.many, len(found)
        return self.holders

    def _one_after_another(self, post: Post, times: int) -> Iterator[tuple[int, Span]]:
        start, end = post.body.span.start, post.body.span.end
        length = ((end or AHEAD) - start).days
        slice_length = length / times
        before: list[int] = []
        for turn in range(times):
            chance = self.chance.random()
            # One in ten begins while the last is still there, as job shares do; one in six waits for a while.
            shift = -0.4 if chance < 0.1 else 0.2 if chance > 0.84 else 0.0
            first = start + datetime.timedelta(days=int(max(turn + (shift if turn else 0), 0) * slice_length))
            last = start + datetime.timedelta(days=int((turn + 1) * slice_length))
            last_turn = turn == times - 1
            open_ended = last_turn and end is None and chance < 0.5
            span = self._as_known(start, first, None if open_ended else max(min(last, end or last), first + ONE_DAY))
            person = self._person(post, before[-2:])
            before.append(person)
            yield person, span

    def _as_known(self, earliest: datetime.date, first: datetime.date, end: datetime.date | None) -> Span:
        """Most to the day; some to the month or the year, where that lies in the time of the role and leaves days between."""
        chance = self.chance.random()
        if (first - earliest).days < 366:
            return Span(first, end)
        if chance < 0.12 and (end is None or (end - first).days > 62):
            month = first.replace(day=1)
            return Span(month, end and end.replace(day=1), Precision.MONTH, Precision.MONTH if end else Precision.DAY)
        if chance < 0.16 and (end is None or (end - first).days > 730):
            return Span(first.replace(month=1, day=1), end, Precision.YEAR, Precision.DAY)
        if chance < 0.18 and end:
            return Span(first, end, Precision.BY, Precision.UNKNOWN if chance < 0.17 else Precision.DAY)
        return Span(first, end)

    def _person(self, post: Post, not_these: Sequence[int]) -> int:
        """The place, in the order of people, of somebody of the area who may hold the role."""
        fewest, more = divmod(self.many, self.areas)
        area = post.body.area
        first, number = area * fewest + min(area, more), fewest + (area < more)
        if number < 8:
            first, number = 0, self.many
        gps = self.pots.types[post.type].open_to == OpenTo.GPS
        while True:
            person = first + int(number * self.chance.random())
            if person not in not_these and (not gps or names.profession(person)[0] == Profession.GP):
                return person

    def _enter_person(self, person: int) -> int:
        profession, title = names.profession(person)
        given, family = self.chance.choice(names.GIVEN_NAMES), names.surname(self.chance)
        slug, change = slugify(f"{given} {family} {person + 1}"), self._known.get(person, len(CHANGES) - 1)
        number = self.people.add(
            change,
            slug,
            title,
            given,
            family,
            profession.value,
            f"{slug}@national.example",
            True,
            CHANGES[change],
            self.source,
        )
        for skill in self.chance.sample(self.pots.skills, self.chance.choice((0, 1, 1, 2))):
            span = Span(CHANGES[change], None)
            self.skills.add(change, number, skill.pk, "What they led before", *span.columns, self.source)
        return number

    def _appoint(self, post: Post, person: int, span: Span) -> None:
        known, told = change_after(span.start), span
        chance = self.chance.random()
        over = change_after(span.end) if span.end else 0
        if chance < 0.06:
            known = change_after(span.start, later=1 + int(chance * 50))
        elif chance < 0.36 and span.end and over > known:
            # Nobody planned the end: it is entered when it has come.
            told = Span(span.start, None, span.start_precision)
        elif chance < 0.42:
            over = min(known + 1, len(CHANGES) - 1)
            told = span._replace(start=span.start + datetime.timedelta(days=20), start_precision=Precision.DAY)
            if over == known or (told.end and told.start >= told.end):
                told = span
        number = self._write(post, person, known, told)
        if told != span:
            self.appointments.mend(over, number, span)
        confirmed = change_after(span.start) + 4
        if chance > 0.7 and known < confirmed < len(CHANGES):
            self.appointments.confirm(confirmed, number)
        self.holders.of[post.id].append(Holding(number, person, post, span, known))
        self._pay(post, number, known, span)

    def _write(self, post: Post, person: int, known: int, told: Span) -> int:
        body = post.body.id
        by, employer = (body if self.chance.random() < share else None for share in (0.3, 0.4))
        how = self.chance.choice(HOW)
        return self.appointments.add(
            known, person, post.id, how.value, by, employer, *told.columns, CHANGES[known], self.source
        )

    def _pay(self, post: Post, appointment: int, known: int, span: Span) -> None:
        if self.chance.random() < 0.06:
            return
        pot = POTS.get(post.type) or POTS.get(post.type.split("-")[0], "unpaid")
        sessions = self.chance.randrange(1, 13) / 2
        values = (post.body.id, sessions, int(sessions * SESSION)) if pot != "unpaid" else (None, None, None)
        self.lines.add(known, appointment, self.pots.sources[pot].pk, *values, *span.columns, self.source)
        if self.chance.random() < 0.05:
            self.lines.add(
                known, appointment, self.pots.sources["grant"].pk, post.body.id, 1, SESSION, *span.columns, self.source
            )


def _shared_out(posts: Sequence[Post], many: int) -> Iterator[tuple[Post, int]]:
    """How many of the appointments fall to each role: as many as it has stood for long, together exactly so many."""
    days = [((each.body.span.end or AHEAD) - each.body.span.start).days for each in posts]
    all_days, gone, given = sum(days), 0, 0
    for each, own in zip(posts, days, strict=True):
        gone += own
        due = round(many * gone / all_days)
        if due > given:
            yield each, due - given
        given = due
