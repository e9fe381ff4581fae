"""The rule about seats that nobody holds, or that somebody holds too long: GL05."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce, Greatest
from django.db.models.lookups import GreaterThan

from ics_leadership.periods import ONE_DAY, PartialDate, Precision
from memberships.going_on import last_id
from memberships.models import Membership, Seat
from memberships.outlook import vacant_seats
from memberships.places import add_open_places
from memberships.presenters.reasons import Piece, person_piece
from memberships.presenters.sitting import seat_ending
from memberships.presenters.terms import drawn_from_words, open_for_words
from memberships.rules.areas import lies_in_each
from memberships.rules.findings import Finding, Page, Way
from memberships.rules.rule import Rule
from memberships.rules.scope import BY_SEAT, PLACE_OF_SEAT, Paths, Scope
from memberships.rules.wording import (
    after,
    ended_words,
    group_piece,
    member_pieces,
    sentence,
    since_all,
    start_of,
)
from memberships.seating import AT_THE_TABLE

SEAT_NAMED = ("terms__group", "clause", "role_type", "organisation")
"""What sentences say of a seat."""

BY_GROUP = ("terms__group__name", "terms", "order")

MEMBER: Paths = {"people": ("person",), "groups": ("seat__terms__group",)}


class SeatUnfilled(Rule):
    """A seat is vacant, or soon will be, or somebody serves in it beyond their term.

    A vacancy is never to be a surprise: whom an empty seat was for has no voice, and whoever serves on has no mandate.
    Seats of the chair and of core members count as vacant; terms end in every seat.
    """

    code = "GL05"
    source = (
        "domain.md, rule 5: a seat is vacant; a seat’s term ends within the group’s warning period; someone serves past "
        "it. Article 003: succession planning should be continuous."
    )

    def find(self, scope: Scope) -> Iterable[Finding]:
        yield from self._vacant(scope)
        if scope.looks_for(MEMBER):
            yield from self._ending(scope)
            yield from self._left_behind(scope)

    def _vacant(self, scope: Scope) -> Iterable[Finding]:
        for seat in _vacant_seats(scope):
            missing = seat.open
            clause = f" (clause {seat.clause.number})" if seat.clause else ""
            if seat.places == 1:
                places, stand = "The", "is vacant"
            else:
                all_of = "All" if missing == seat.places else f"{missing} of the"
                places, stand = f"{all_of} {seat.places} places of the", f"{'is' if missing == 1 else 'are'} vacant"
            yield Finding(
                code=self.code,
                as_at=scope.date,
                about=f"seat:{seat.pk}",
                rests_on=tuple(f"place:{number}" for number in range(1, missing + 1)),
                pieces=sentence(
                    f"{places} seat “{seat.title}” of ",
                    [group_piece(seat.terms.group)],
                    f"{clause} {stand}.",
                    last_holder(seat) if missing == seat.places else [],
                    f" Nobody sits for {open_for_words(seat.open_for)}."
                    if seat.open_for and missing < seat.places
                    else f" It is drawn from {drawn_from_words(seat)}.",
                ),
                place=seat.place,
                groups=frozenset({seat.terms.group_id}),
                organisations=frozenset({seat.organisation_id} if seat.organisation_id else ()),
                since=empty_since(seat) if missing == seat.places else None,
                ways=(
                    Way("Record who sits there", Page.FILL_SEAT, seat.pk),
                    Way("Adopt terms without this seat", Page.NEW_TERMS, seat.terms.group_id),
                ),
            )

    def _ending(self, scope: Scope) -> Iterable[Finding]:
        for member, last in _ending_members(scope):
            ending = seat_ending(last)
            assert ending
            over = member.last_day < scope.date
            when = f"{'in' if ending.precision in (Precision.MONTH, Precision.YEAR) else 'on'} {ending.when}"
            yield Finding(
                code=self.code,
                as_at=scope.date,
                about=f"membership:{member.pk}",
                rests_on=(f"{'over' if over else 'until'}:{member.last_day}",),
                pieces=sentence(
                    member_pieces(member),
                    f", serves beyond a term that ended {when}."
                    if over
                    else f": the term ends {when}, and nobody is recorded to follow.",
                ),
                place=member.place,
                people=frozenset({member.person_id}),
                groups=frozenset({member.seat.terms.group_id}),
                since=PartialDate(member.last_day + ONE_DAY) if over else None,
                ways=(
                    Way("Record a further term, or when it ends", Page.CHANGE_MEMBERSHIP, last.pk),
                    Way("Record who follows", Page.FILL_SEAT, last.seat_id),
                ),
            )

    def _left_behind(self, scope: Scope) -> Iterable[Finding]:
        members: Any = (
            scope.narrow(Membership.objects.as_at(scope.date), MEMBER)
            .filter(seat__terms__group__period__fully_lt=DateRange(scope.date, None))
            .annotate(place=lies_in_each(PLACE_OF_SEAT, scope))
            .filter(place__isnull=False)
        )
        for member in members.select_related("person", "seat__terms__group", "seat__clause").order_by(*BY_SEAT):
            group = member.seat.terms.group
            yield Finding(
                code=self.code,
                as_at=scope.date,
                about=f"membership:{member.pk}",
                rests_on=(f"group:{group.pk}",),
                pieces=sentence(member_pieces(member), f", still sits there. The group ended{ended_words(group)}."),
                place=member.place,
                people=frozenset({member.person_id}),
                groups=frozenset({group.pk}),
                since=since_all(after(group), start_of(member)),
                ways=(
                    Way("End their membership", Page.END_MEMBERSHIP, member.pk),
                    Way("Correct when the group ended", Page.CHANGE_GROUP, group.pk),
                ),
            )


# --- seats that are empty


def _vacant_seats(scope: Scope) -> list[Any]:
    """Seats at the table that are vacant, with what `add_open_places` gives them, their `place` and who left them."""
    paths: Paths = {"groups": ("terms__group",), "organisations": ("organisation",)}
    if not scope.looks_for(paths):
        return []
    seats: Any = Seat.objects.filter(
        terms__period__contains=scope.date, terms__group__period__contains=scope.date, category__in=AT_THE_TABLE
    ).annotate(place=Coalesce("terms__group__covers", "terms__group__host"))
    seats = scope.narrow(seats, paths).filter(scope.holds("place")).select_related(*SEAT_NAMED)
    if scope.sought is None:
        # Of all seats the database knows the few that are vacant; of a few seats, short questions are answered sooner.
        seats = seats.filter(pk__in=vacant_seats(scope.date).values("pk"))
    found = list(seats.order_by(*BY_GROUP))
    add_open_places(found, scope.date)
    vacant = [seat for seat in found if seat.open]
    prefetch_related_objects(vacant, _left(scope))
    return vacant


def left_by(seats: QuerySet[Any], scope: Scope) -> QuerySet[Any]:
    """Seats with `left_then`, the memberships in each that ended before that day, the last to end first; by group."""
    return seats.prefetch_related(_left(scope)).order_by(*BY_GROUP)


def _left(scope: Scope) -> Prefetch[Any]:
    left = Membership.objects.ended(scope.date).select_related("person").order_by("-period__endswith", "pk")
    return Prefetch("memberships", left, to_attr="left_then")


def empty_since(seat: Any) -> PartialDate | None:
    """Since when nobody at all has sat in a seat."""
    start = start_of(seat.terms)
    return since_all(start, after(seat.left_then[0])) if seat.left_then else start


def last_holder(seat: Any) -> list[Piece]:
    """Who left a seat that is empty last, and when."""
    if not seat.left_then:
        return []
    last = seat.left_then[0]
    return [Piece(" "), person_piece(last.person), Piece(f" left it{ended_words(last)}.")]


# --- when terms end


def months_after(date: Any, months: Any) -> Func:
    """The same day some months on, or the last of that month, as `holdings.soon_after` has it."""
    return Func(
        date,
        months,
        template="(%(expressions)s)::date",
        arg_joiner=" + interval '1 month' * ",
        output_field=DateField(),
    )


def _eve(date: Any) -> Func:
    return Func(date, template="(%(expressions)s - 1)", output_field=DateField())


# The last day of a membership as `presenters.sitting.seat_ending` has it.
_LAST_DAY = Case(
    When(~Q(end_precision=Precision.UNKNOWN), period__endswith__isnull=False, then=_eve(F("period__endswith"))),
    When(
        period__endswith__isnull=True,
        seat__terms__term_months__gt=0,
        start_precision__in=(Precision.DAY, Precision.MONTH),
        then=_eve(months_after(F("period__startswith"), F("seat__terms__term_months"))),
    ),
)


def _ending_members(scope: Scope) -> list[tuple[Any, Any]]:
    """Members whose time at a table is over or soon ends, nobody being recorded to follow: each with the membership with which
    it ends, the last in turn, and the `last_day` of that.
    """
    last = Membership.objects.filter(pk=OuterRef("last")).annotate(last_day=_LAST_DAY)
    soon = months_after(Value(scope.date, DateField()), F("seat__terms__warning_months"))
    # Most do not end soon by themselves, and the database need not look for the last of theirs.
    members: Any = scope.members_by(MEMBER).annotate(own_last_day=_LAST_DAY).filter(own_last_day__lte=soon)
    members = members.annotate(last=last_id()).annotate(last_day=last.values("last_day"))
    unsucceeded = Exists(last.filter(~_succeeded(scope)))
    found = list(members.filter(Q(last_day__lt=scope.date) | Q(last_day__lte=soon) & unsucceeded))
    later = Membership.objects.select_related("person", "seat__terms")
    others = later.in_bulk([member.last for member in found if member.last != member.pk])
    return [(member, others.get(member.last, member)) for member in found]


def _succeeded(scope: Scope) -> Q:
    """Whether a membership with a `last_day`, recorded or of its term, is followed at once: by its own person, or as often as
    others end sooner.

    Of one that is yet to begin, those follow who begin later than it does; those who begin with it sit beside it.
    """
    day: Any = Greatest(Value(scope.date, DateField()), OuterRef("period__startswith"))
    next_day = ExpressionWrapper(OuterRef("last_day") + 1, DateField())
    following = Membership.objects.filter(period__startswith__gt=day, period__startswith__lte=next_day)
    again = following.filter(person=OuterRef("person"), seat__terms__group=OuterRef("seat__terms__group"))
    # Of some it is known that they will have gone by a day, and not when.
    leaving = Membership.objects.as_at(day).annotate(goes=Coalesce(_LAST_DAY, _eve(F("period__endswith"))))
    sooner = leaving.filter(Q(goes__lt=OuterRef("last_day")) | Q(goes=OuterRef("last_day"), pk__lt=OuterRef("pk")))

    def number(rows: QuerySet[Any]) -> Coalesce:
        counted = rows.filter(seat=OuterRef("seat")).order_by().values("seat").annotate(n=Count("pk")).values("n")
        return Coalesce(Subquery(counted), 0)

    return Q(Exists(again)) | Q(GreaterThan(number(following), number(sooner)))
