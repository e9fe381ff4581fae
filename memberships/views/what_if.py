"""What if they leave: a question in the address, and what would follow. Nothing is written."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from ics_leadership.as_at import parse
from ics_leadership.errors import Refusal
from ics_leadership.forms import PickerField
from ics_leadership.periods import ONE_DAY, PartialDate, today
from ics_leadership.words import day_words, list_words, period_words
from memberships import outlook, seating
from memberships.actions.closing import going_beyond
from memberships.actions.terms import end_of_term
from memberships.going_on import last_in_turn
from memberships.models import Appointment, Group, Membership, Person
from memberships.pickers import PEOPLE
from memberships.presenters.holdings import role_words
from memberships.presenters.home import endings
from memberships.presenters.what_if import consequences
from memberships.rights import may_change
from memberships.what_if import WhatIf, ask, held_by
from organisations.rights import Rights
from roles.models import Role

ASKED = ("person", "person-typed", "appointment", "membership", "role", "group", "on", "not_renewed", "as_at")
LINES = 12
NO_SUCH_ROW = "The register has no such appointment or seat. It may have been withdrawn."


@dataclass
class Subject:
    """Who or what is asked about: rows that could be given up, those that were `chosen`, and the words of the page."""

    title: str
    person: Person | None = None
    role: Role | None = None
    appointments: list[Appointment] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    chosen: set[str] = field(default_factory=set)
    ended: list[str] = field(default_factory=list)
    """Of what was asked about and is over by the day, a sentence each."""


def what_if(request: HttpRequest) -> HttpResponse:
    """The question that the address asks; where it asks none, the ways to ask one."""
    rights: Rights = request.rights  # type: ignore[attr-defined]
    if not rights.is_signed_in:
        return redirect_to_login(request.get_full_path())
    if not rights.is_editor:
        raise PermissionDenied
    _refuse_unknown(request)
    last_day = parse(request.GET["on"]) if request.GET.get("on") else today()
    if "group" in request.GET:
        return _of_group(request, rights)
    subject = _subject(request, rights, last_day)
    if subject is None:
        return _ways_in(request, rights)
    context: dict[str, Any] = {"subject": subject, "on": last_day, "choices": _choices(subject)}
    asks = bool(request.GET.get("on") or "not_renewed" in request.GET)
    if asks and (subject.chosen or not subject.ended):
        question = _question(request, subject, last_day)
        context |= {"on": question.last_day, "question": question, "title": _title(subject, question)}
        try:
            context["consequences"] = consequences(question, ask(question, rights))
        except ValidationError as refusal:
            context["refusals"] = refusal.messages
    return render(request, "what_if/what_if.html", context)


def _refuse_unknown(request: HttpRequest) -> None:
    for name in request.GET:
        if name not in ASKED:
            raise Refusal(
                f"This page cannot be asked about “{name[:40]}”. It can be asked about {list_words(list(ASKED))}.",
                way_on=("Ask anew", reverse("what-if")),
            )


def _numbers(request: HttpRequest, name: str) -> list[int]:
    return [int(each) for each in request.GET.getlist(name) if each.isascii() and each.isdigit() and len(each) < 18]


def _subject(request: HttpRequest, rights: Rights, last_day: datetime.date) -> Subject | None:
    if slug := request.GET.get("role"):
        return _post(slug, rights, last_day)
    asked = {name: _numbers(request, name) for name in ("appointment", "membership")}
    person = _person(request, asked)
    if person is None:
        return None
    held, seats = held_by(person, last_day, rights)
    if not held and not seats:
        _check(person, rights)
    rows = _asked_about(person, asked)
    ended = [row for row in rows if row.is_over(last_day + ONE_DAY)]
    if any(row not in ended and row not in held and row not in seats for row in rows):
        raise PermissionDenied
    chosen = {_key(row) for row in rows if row not in ended}
    # Who goes on under terms that are recorded ahead, or on another basis, gives up all of it.
    turns = {last_in_turn(row, seats) for row in rows if isinstance(row, Membership) and row not in ended}
    chosen |= {_key(row) for row in seats if last_in_turn(row, seats) in turns}
    # With nothing said, it is all that they hold.
    chosen = chosen if rows else {_key(row) for row in held} | {_key(row) for row in seats}
    return Subject(f"What if {person} leaves", person, None, held, seats, chosen, [_ended_words(row) for row in ended])


def _asked_about(person: Person, asked: dict[str, list[int]]) -> list[Appointment | Membership]:
    """The appointments and seats that the address names, those that are over among them. Raises Http404 for one that the
    person never had.
    """
    roles = Appointment.objects.filter(pk__in=asked["appointment"], person=person)
    seats = Membership.objects.filter(pk__in=asked["membership"], person=person)
    rows = [
        *roles.select_related("role__organisation", "role__of_group__group"),
        *seats.select_related("seat__terms__group"),
    ]
    if len(rows) < len({*asked["appointment"]}) + len({*asked["membership"]}):
        raise Http404(NO_SUCH_ROW)
    return rows


def _key(row: Appointment | Membership) -> str:
    return f"{row._meta.model_name}-{row.pk}"


def _ended_words(row: Appointment | Membership) -> str:
    what = role_words(row.role) if isinstance(row, Appointment) else f"{row.seat}, {row.seat.terms.group}"
    return f"{what}, {period_words(row, today())}."


def _choices(subject: Subject) -> dict[str, list[tuple[Any, bool]]]:
    """What can be ticked, each with whether it is."""
    return {
        "appointments": [(row, f"appointment-{row.pk}" in subject.chosen) for row in subject.appointments],
        "memberships": [(row, f"membership-{row.pk}" in subject.chosen) for row in subject.memberships],
    }


def _check(record: Model, rights: Rights) -> None:
    if not may_change(record, rights):
        raise PermissionDenied


def _person(request: HttpRequest, asked: dict[str, list[int]]) -> Person | None:
    """The person that the address names, by themselves or by what they hold. Raises Http404 for nobody."""
    slug, typed = request.GET.get("person", ""), request.GET.get("person-typed", "")
    if slug or typed:
        named: Person | None = Person.objects.filter(slug=slug or typed).first()
        picker = PickerField(PEOPLE, label="Who", required=False)
        try:
            found = named or picker.clean(picker.widget.value_from_datadict(request.GET, {}, "person"))
        except ValidationError:
            found = None
        if not isinstance(found, Person) and not typed:
            raise Http404("The register has no person at this address.")
        return found if isinstance(found, Person) else None
    if asked["appointment"]:
        rows = Person.objects.filter(appointments__in=asked["appointment"])
    elif asked["membership"]:
        rows = Person.objects.filter(memberships__in=asked["membership"])
    else:
        return None
    person: Person | None = rows.order_by("pk").first()
    if person is None:
        raise Http404(NO_SUCH_ROW)
    return person


def _post(slug: str, rights: Rights, last_day: datetime.date) -> Subject:
    role = Role.objects.select_related("organisation", "role_type", "of_group__group").filter(slug=slug).first()
    if role is None:
        raise Http404("The register has no role at this address.")
    _check(role, rights)
    held = Appointment.objects.filter(going_beyond(last_day), role=role).select_related("person", "role__organisation")
    return Subject(f"What if “{role_words(role)}” is abolished", None, role, list(held.order_by("pk")))


def _question(request: HttpRequest, subject: Subject, last_day: datetime.date) -> WhatIf:
    held = [row for row in subject.appointments if subject.role or f"appointment-{row.pk}" in subject.chosen]
    seats = [row for row in subject.memberships if f"membership-{row.pk}" in subject.chosen]
    if "not_renewed" in request.GET:
        seats = list(dict.fromkeys(last_in_turn(row, subject.memberships) for row in seats))
        terms = [row.end for row in held] + [end_of_term(row) for row in seats]
        ends = [end for end in terms if end and end.last_day]
        if not request.GET.get("on") and not ends:
            raise Refusal(
                "The register does not know when this term ends. Say a last day.",
                way_on=(
                    "Ask about this person",
                    f"{reverse('what-if')}?person={subject.person.slug if subject.person else ''}",
                ),
            )
        if not request.GET.get("on"):
            end = min(ends, key=lambda each: each.last_day or last_day)
            return WhatIf(held, seats, end, end.last_day or last_day, by_itself=True)
    return WhatIf(held, seats, PartialDate(last_day), last_day, subject.role)


def _title(subject: Subject, question: WhatIf) -> str:
    day = day_words(question.last_day)
    if subject.role:
        return f"{subject.title} after {day}"
    if question.by_itself:
        return f"What if the term of {subject.person} is not renewed after {day}"
    return f"What if {subject.person} leaves on {day}"


def _of_group(request: HttpRequest, rights: Rights) -> HttpResponse:
    """Whom of a group one can ask about, and where draft terms are tried."""
    group = Group.objects.filter(slug=request.GET["group"]).first()
    if group is None:
        raise Http404("The register has no group at this address.")
    _check(group, rights)
    return render(request, "what_if/group.html", {"group": group, "sitting": seating.sitting(group, today())})


def _ways_in(request: HttpRequest, rights: Rights) -> HttpResponse:
    """Whom to ask about, and the terms in the editor's areas that end next."""
    inside = None if rights.is_administrator else rights.inside()
    date, picker = today(), PickerField(PEOPLE, label="Who", required=False)
    typed = request.GET.get("person-typed", "")
    ending = endings(outlook.roles_ending(date, inside)[:LINES], outlook.seats_ending(date, inside)[:LINES], LINES)
    found = picker.picker.find(typed) if typed else []
    return render(request, "what_if/ask.html", {"typed": typed, "found": found, "endings": ending})
