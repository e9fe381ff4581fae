"""Rules about what terms of reference promise and ask for: GL06 and GL07."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import groupby
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, Subquery, When
from django.db.models.functions import Coalesce, JSONObject

from ics_leadership.periods import ONE_DAY, PartialDate
from ics_leadership.words import day_words
from memberships.models import Group, GroupKind, Membership, Seat, Terms
from memberships.places import replaced_on, taken_on
from memberships.presenters.reasons import Piece, organisation_piece, terms_words
from memberships.rules.findings import Finding, Page, Way
from memberships.rules.rule import Rule
from memberships.rules.scope import Paths, Scope
from memberships.rules.seats import SEAT_NAMED, empty_since, last_holder, left_by
from memberships.rules.wording import group_piece, listed, seat_words, sentence, start_of
from memberships.seating import AT_THE_TABLE
from organisations.models import ORGAN_KINDS, Kind, Organisation
from organisations.models.areas import within_each
from organisations.presenters import kind_counted
from roles.models import Role

GATHER_ORGANS = (GroupKind.GP_LEADERSHIP_GROUP, GroupKind.GP_PROVIDER_BOARD)
"""The kinds of group that bring all of general practice in an area together; a committee or a forum is of one kind."""

MOST_NAMED = 3
"""More organs of a kind than these are counted, not named."""

MOST_NAMED_OF_EACH = 12
"""Where each was promised a seat of its own, it is worth knowing which have none."""


class OrganWithoutVoice(Rule):
    """An organ of general practice has a seat under the terms that nobody fills, or none is drawn from its kind.

    A group cannot instruct networks, committees and federations: what it proposes needs the consent of each, and whoever
    is not at the table has no part in it.
    """

    code = "GL06"
    source = (
        "domain.md, rule 6: the terms promise an organ a seat, of its own or shared with others, and nobody fills it; or "
        "no seat is drawn from its kind at all. Article 001: which bodies have no one at the table."
    )

    def find(self, scope: Scope) -> Iterable[Finding]:
        yield from self._unfilled(scope)
        yield from self._without_seat(scope)

    def _unfilled(self, scope: Scope) -> Iterable[Finding]:
        paths: Paths = {
            "groups": ("terms__group",),
            "organisations": ("organisation", "role_type__roles__organisation"),
        }
        if not scope.looks_for(paths):
            return
        sitting = Membership.objects.as_at(scope.date).filter(seat=OuterRef("pk"))
        # As the places of such a seat are counted: by virtue of a role there, or put forward by it.
        of_its_own = Q(basis_appointment__role__organisation__kind=OuterRef("organisation_kind")) | Q(
            basis_appointment__role__role_type=OuterRef("role_type")
        )
        sits_for = Case(When(of_its_own, then=F("basis_appointment__role__organisation")), default=F("put_forward_by"))
        represented = sitting.annotate(sits_for=sits_for).values("sits_for")
        seats: Any = Seat.objects.annotate(
            place=Coalesce("terms__group__covers", "terms__group__host"), represented=ArraySubquery(represented)
        ).filter(
            Q(organisation__kind__in=ORGAN_KINDS) | Q(organisation_kind__in=ORGAN_KINDS) | Q(role_type__isnull=False),
            scope.holds("place"),
            Q(~Exists(sitting)) | Q(each=True),
            terms__period__contains=scope.date,
            terms__group__period__contains=scope.date,
        )
        seats = scope.narrow(
            seats.select_related(*SEAT_NAMED),
            paths,
            Q(organisation_kind__in=Organisation.objects.filter(pk__in=scope.seeks("organisations")).values("kind")),
        )
        found = list(left_by(seats, scope))
        if not found:
            return
        there, posts = _organs(scope, {seat.place for seat in found}), _posts(scope)
        for seat in found:
            organs = _promised(seat, there[seat.place], posts, scope)
            if seat.each:
                organs = [organ for organ in organs if organ.pk not in seat.represented]
            if organs:
                yield self._unfilled_finding(scope, seat, organs)

    def _unfilled_finding(self, scope: Scope, seat: Any, organs: Sequence[Organisation]) -> Finding:
        return Finding(
            code=self.code,
            as_at=scope.date,
            about=f"seat:{seat.pk}",
            rests_on=tuple(f"organisation:{organ.pk}" for organ in organs) if seat.each else (),
            pieces=sentence(
                "The terms of ",
                [group_piece(seat.terms.group)],
                " promise ",
                _organs_pieces(organs, most=MOST_NAMED_OF_EACH) if seat.each else _organs_pieces(organs),
                f" {_own_or_shared(seat, organs)} ({seat_words(seat)}). ",
                "Nobody sits for them." if seat.each and len(organs) > 1 else "Nobody fills it.",
                [] if seat.each else last_holder(seat),
            ),
            place=seat.place,
            groups=frozenset({seat.terms.group_id}),
            organisations=frozenset(organ.pk for organ in organs),
            since=None if seat.each else empty_since(seat),
            ways=(
                Way("Record who sits there", Page.FILL_SEAT, seat.pk),
                Way("Adopt terms without this seat", Page.NEW_TERMS, seat.terms.group_id),
            ),
        )

    def _without_seat(self, scope: Scope) -> Iterable[Finding]:
        in_force: Any = Prefetch("terms", Terms.objects.as_at(scope.date), to_attr="terms_then")
        seats: Any = Prefetch("terms_then__seats", Seat.objects.select_related("organisation"), to_attr="seats_then")
        groups: Any = Group.objects.as_at(scope.date).annotate(place=Coalesce("covers", "host"))
        groups = groups.filter(scope.holds("place"), kind__in=GATHER_ORGANS)
        # Which groups an organ may miss is known only from the area of each.
        by_organ = [~Q(pk=None)] if scope.seeks("organisations") else []
        found = [
            group
            for group in scope.narrow(groups, {"groups": ("pk",)}, *by_organ).prefetch_related(in_force, seats)
            if group.terms_then
        ]
        if not found:
            return
        there, posts = _organs(scope, {group.place for group in found}), _posts(scope)
        for group in found:
            terms = group.terms_then[0]
            seated = {kind for seat in terms.seats_then for kind in _kinds(seat, posts)}
            without = [organ for organ in there[group.place] if organ.kind not in seated]
            for kind, of_kind in groupby(without, lambda organ: organ.kind):
                missing = list(of_kind)
                yield Finding(
                    code=self.code,
                    as_at=scope.date,
                    about=f"group:{group.pk}:{kind}",
                    rests_on=(f"terms:{terms.pk}",),
                    pieces=sentence(
                        "The terms of ",
                        [group_piece(group)],
                        " draw no seat from ",
                        _organs_pieces(missing),
                        f" of its area ({terms_words(terms)}).",
                    ),
                    place=group.place,
                    groups=frozenset({group.pk}),
                    organisations=frozenset(organ.pk for organ in missing),
                    since=start_of(terms),
                    ways=(Way("Adopt terms that give them a seat", Page.NEW_TERMS, group.pk),),
                )


class TermsOutworn(Rule):
    """A group's terms are past their review date, or ask for a quorum that those in post cannot make.

    Terms that nobody reviews describe a system that is gone; and what a group without a quorum decides does not stand.
    """

    code = "GL07"
    source = "domain.md, rule 7: the terms of reference are past their review date; the quorum cannot be met by those in post."

    def may_find(self, scope: Scope) -> bool:
        return scope.looks_for({"groups": ("group",)})

    def find(self, scope: Scope) -> Iterable[Finding]:
        at_table = Membership.objects.as_at(scope.date).filter(
            ~replaced_on(scope.date), seat__terms__group=OuterRef("group"), seat__category__in=AT_THE_TABLE
        )
        people = at_table.order_by().values("seat__terms__group").annotate(n=Count("person", distinct=True))
        versions: Any = Terms.objects.as_at(scope.date).annotate(
            place=Coalesce("group__covers", "group__host"), present=Coalesce(Subquery(people.values("n")), 0)
        )
        versions = scope.narrow(versions, {"groups": ("group",)}).filter(
            Q(review_on__lt=scope.date) | Q(quorum__gt=F("present")),
            scope.holds("place"),
            group__period__contains=scope.date,
        )
        yield from self._seats_short(scope)
        for terms in versions.select_related("group").order_by("group__name", "pk"):
            if terms.review_on and terms.review_on < scope.date:
                yield self._finding(
                    scope,
                    terms,
                    "review",
                    (f"review:{terms.review_on}",),
                    f" ({terms_words(terms)}) were to be reviewed by {day_words(terms.review_on)}.",
                    PartialDate(terms.review_on + ONE_DAY),
                )
            if terms.quorum and terms.quorum > terms.present:
                yield self._finding(
                    scope,
                    terms,
                    "quorum",
                    tuple(f"place:{number}" for number in range(1, terms.quorum - terms.present + 1)),
                    f" ({terms_words(terms)}) ask for a quorum of {terms.quorum}; the chair and core members in post are "
                    f"{terms.present}.",
                    None,
                )

    def _seats_short(self, scope: Scope) -> Iterable[Finding]:
        """Seats from which a quorum asks for more people than sit in them."""
        seats: Any = Seat.objects.annotate(
            place=Coalesce("terms__group__covers", "terms__group__host"), present=taken_on(scope.date)
        )
        seats = scope.narrow(seats, {"groups": ("terms__group",)}).filter(
            scope.holds("place"),
            quorum_of__gt=F("present"),
            terms__period__contains=scope.date,
            terms__group__period__contains=scope.date,
        )
        for seat in seats.select_related("terms__group", "clause").order_by("terms__group__name", "order", "pk"):
            yield self._finding(
                scope,
                seat.terms,
                f"quorum:{seat.pk}",
                tuple(f"place:{number}" for number in range(1, seat.quorum_of - seat.present + 1)),
                f" ({terms_words(seat.terms)}) ask that at least {seat.quorum_of} of a quorum be from the "
                f"{seat_words(seat)}; {seat.present or 'nobody'} {'sit' if seat.present > 1 else 'sits'} there.",
                None,
                place=seat.place,
            )

    def _finding(
        self,
        scope: Scope,
        terms: Any,
        what: str,
        rests_on: tuple[str, ...],
        words: str,
        since: PartialDate | None,
        place: int = 0,
    ) -> Finding:
        return Finding(
            code=self.code,
            as_at=scope.date,
            about=f"terms:{terms.pk}:{what}",
            rests_on=rests_on,
            pieces=sentence("The terms of ", [group_piece(terms.group)], words),
            place=place or terms.place,
            groups=frozenset({terms.group_id}),
            since=since,
            ways=(Way("Adopt a new version of the terms", Page.NEW_TERMS, terms.group_id),),
        )


def _organs(scope: Scope, places: Iterable[int]) -> dict[int, list[Organisation]]:
    """The organs of general practice of that day in each of some places, by kind and name."""
    organs: Any = Organisation.objects.as_at(scope.date).filter(
        kind__in=ORGAN_KINDS, pk__in=within_each(OuterRef("pk"), scope.date)
    )
    each = organs.order_by("kind", "name", "pk").values(
        organ=JSONObject(id="pk", kind="kind", name="name", slug="slug")
    )
    areas = Organisation.objects.filter(pk__in=places).annotate(organs=ArraySubquery(each))
    return {
        pk: [Organisation(**organ) for organ in there] for pk, there in areas.order_by().values_list("pk", "organs")
    }


Post = tuple[int, int, str]


def _posts(scope: Scope) -> set[Post]:
    """The roles that organs have on that day, those of groups apart: organisation, type of role, kind of organisation."""
    roles = Role.objects.as_at(scope.date).filter(of_group=None, organisation__kind__in=ORGAN_KINDS)
    return set(roles.order_by().values_list("organisation_id", "role_type_id", "organisation__kind").distinct())


def _promised(seat: Seat, there: Iterable[Organisation], posts: Collection[Post], scope: Scope) -> list[Organisation]:
    """The organs to which a seat is promised: its own one, or those of its area that it is drawn from."""
    own = seat.organisation
    if own:
        return [own] if own.kind in ORGAN_KINDS and own.holds(scope.date) else []
    return [
        organ
        for organ in there
        if organ.kind == seat.organisation_kind or (organ.pk, seat.role_type_id, organ.kind) in posts
    ]


def _kinds(seat: Seat, posts: Iterable[Post]) -> set[str]:
    """The kinds of organ that a seat is drawn from, wherever they are."""
    if seat.role_type_id:
        return {kind for _, role_type, kind in posts if role_type == seat.role_type_id}
    return {seat.organisation.kind if seat.organisation else seat.organisation_kind}


def _own_or_shared(seat: Seat, organs: Sequence[Organisation]) -> str:
    if len(organs) == 1:
        return "a seat of its own"
    return "a seat each" if seat.each else "a seat that they share"


def _organs_pieces(organs: Sequence[Organisation], most: int = MOST_NAMED) -> list[Piece]:
    """A few organs by name, more as the number of each kind: "the 12 primary care networks"."""
    if len(organs) <= most:
        return listed([organisation_piece(organ)] for organ in organs)
    kinds = groupby(organs, lambda organ: organ.kind)
    return listed([Piece(f"the {kind_counted(Kind(kind), len(list(of_kind)))}")] for kind, of_kind in kinds)
