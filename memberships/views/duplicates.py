"""Entries that may be one person's: the list, two side by side, and those that are two people all the same."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Min, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from ics_leadership.accounts.models import Sight
from ics_leadership.history import Change, event_model
from ics_leadership.lists import page_asked
from ics_leadership.periods import today
from memberships import actions, holdings
from memberships.duplicates.entries import entry_of, held_by
from memberships.duplicates.finding import pairs_for
from memberships.duplicates.likeness import compare
from memberships.models import DistinctPeople, Membership, Person
from memberships.presenters.duplicates import Facts, look, merge_address, pair_row, side_by_side
from memberships.rights import editable_people, may_change, sees_of_person
from organisations.rights import Rights

PAIRS_ON_A_PAGE = 20
THEY_ARE_TWO = "Compared: they are two people"
THEY_MAY_BE_ONE = "They may be one person after all"


@login_required
@require_safe
def duplicate_list(request: HttpRequest) -> HttpResponse:
    """Pairs of entries that may be one person's, one of them at least the reader's to change."""
    rights = _editor(request)
    page = page_asked(request, pairs_for(rights), size=PAIRS_ON_A_PAGE)
    ids = {pk for pair in page.object_list for pk in (pair.first, pair.second)}
    people = holdings.with_roles(Person.objects.filter(pk__in=ids), today()).in_bulk()
    editable = set(editable_people(rights, Person.objects.filter(pk__in=ids)).values_list("pk", flat=True))
    context = {
        "page": page,
        "rows": [pair_row(pair, people, editable) for pair in page.object_list],
        "two_people": _said_by(rights).count(),
    }
    return render(request, "duplicates/list.html", context)


@login_required
def duplicate(request: HttpRequest, first: int, second: int) -> HttpResponse:
    """Two entries side by side; posted, that they are two people."""
    rights = _editor(request)
    one, other = _two(first, second)
    may_one, may_other = may_change(one, rights), may_change(other, rights)
    if not may_one and not may_other:
        raise PermissionDenied
    if request.method == "POST":
        _say_two(request, rights, one, other)
        return redirect("duplicates")
    held = held_by([one.pk, other.pk])
    likeness = compare(entry_of(one), entry_of(other), held=held.get(one.pk, []), held_by_other=held.get(other.pk, []))
    both = may_one and may_other
    context = {
        "one": one,
        "other": other,
        "look": look(likeness, numbers_shown=both),
        "facts": side_by_side(facts_of(one, rights), facts_of(other, rights)),
        "merge": merge_address(one, other) if both else "",
        "said": DistinctPeople.objects.filter(first=one, second=other).first(),
    }
    return render(request, "duplicates/compare.html", context)


@login_required
def two_people(request: HttpRequest) -> HttpResponse:
    """Entries of which somebody said that they are two people; posted, to say so no longer."""
    rights = _editor(request)
    said = _said_by(rights).select_related("first", "second").order_by("-pk")
    if request.method == "POST":
        number = request.POST.get("said", "")
        row = said.filter(pk=number).first() if number.isdecimal() and len(number) < 19 else None
        if row is not None:
            names = f"{row.first} and {row.second}"
            actions.take_back_two_people(by=rights.account, why=THEY_MAY_BE_ONE, said=row)
            messages.success(request, f"Taken back: {names} are compared again.")
        return redirect("two-people")
    return render(request, "duplicates/two_people.html", {"page": page_asked(request, said)})


def facts_of(person: Person, rights: Rights) -> Facts:
    """What is put side by side of an entry."""
    first = event_model(Person)._default_manager.filter(id=person.pk).aggregate(first=Min("change"))["first"]
    entered = Change.objects.filter(pk=first).values_list("recorded_at", flat=True).first()
    seats = Membership.objects.filter(person=person).select_related("seat__terms__group").order_by("-period", "pk")
    held = person.appointments.select_related("role__organisation", "role__of_group__group").order_by("-period", "pk")
    return Facts(
        person=person,
        appointments=list(held),
        seats=list(seats),
        entered=entered,
        private_shown=sees_of_person(person, Sight.REGISTRATION_NUMBERS, rights),
    )


def _editor(request: HttpRequest) -> Rights:
    rights: Rights = request.rights  # type: ignore[attr-defined]
    if not rights.is_editor:
        raise PermissionDenied
    return rights


def _two(first: int, second: int) -> tuple[Person, Person]:
    found = Person.objects.in_bulk([first, second])
    if len(found) < 2:
        raise Http404("One of these two entries is not in the register any more. They may have been merged.")
    one, other = sorted(found.values(), key=lambda person: person.pk)
    return one, other


def _said_by(rights: Rights) -> QuerySet[DistinctPeople]:
    mine = editable_people(rights, Person.objects.all()).values("pk")
    return DistinctPeople.objects.filter(Q(first__in=mine) | Q(second__in=mine))


def _say_two(request: HttpRequest, rights: Rights, one: Person, other: Person) -> None:
    try:
        actions.say_two_people(by=rights.account, why=THEY_ARE_TWO, one=one, other=other)
    except ValidationError:
        messages.info(request, "The register knows already that these are two people.")
    else:
        messages.success(request, f"Remembered: {one} and {other} are two people.")
