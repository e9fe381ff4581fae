"""The rule about what an organisation that has closed left open: GL11."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F, Prefetch, Q
from django.db.models.functions import Coalesce

from ics_leadership.periods import PartialDate
from memberships.models import Appointment, Group, Seat
from memberships.presenters.reasons import Piece, organisation_piece, person_piece, role_pieces
from memberships.rules.areas import lies_in_each
from memberships.rules.findings import Finding, Page, Way
from memberships.rules.rule import Rule
from memberships.rules.scope import Scope
from memberships.rules.wording import after, ended_words, group_piece, listed, seat_words, sentence, since_all, start_of
from organisations.models import Organisation
from roles.models import Role


class LeftOpen(Rule):
    """An organisation has closed and still has roles, appointments, seats or groups open.

    What nobody ended when a body was abolished makes it look as though somebody still led there, and the person as
    though they still held it.
    """

    code = "GL11"
    source = "domain.md, rule 11: an organisation has closed and still has roles, appointments or seats open."

    def find(self, scope: Scope) -> Iterable[Finding]:
        yield from self._roles(scope)
        yield from self._appointments(scope)
        yield from self._seats(scope)
        yield from self._groups(scope)

    def _roles(self, scope: Scope) -> Iterable[Finding]:
        holders = Appointment.objects.as_at(scope.date).select_related("person").order_by("person__family_name", "pk")
        roles: Any = _inside(
            Role.objects.as_at(scope.date).filter(_closed(scope, "organisation")), "organisation", scope
        )
        roles = scope.narrow(
            roles, {"roles": ("pk",), "organisations": ("organisation",), "people": ("appointments__person",)}
        )
        for role in roles.select_related("organisation", "of_group__group").prefetch_related(
            Prefetch("appointments", holders, to_attr="holders_then")
        ):
            held = role.holders_then
            yield self._finding(
                scope,
                role.organisation,
                f"role:{role.pk}",
                [
                    *role_pieces(role),
                    Piece(" is still open"),
                    *([Piece(", held by "), *listed([person_piece(each.person)] for each in held)] if held else []),
                ],
                place=role.place,
                since=since_all(after(role.organisation), start_of(role)),
                rests_on=tuple(f"appointment:{each.pk}" for each in held),
                people=frozenset(each.person_id for each in held),
                roles=frozenset({role.pk}),
                ways=(
                    Way("End the role and the appointments to it", Page.END_ROLE, role.pk),
                    Way("Say to which organisation it belongs now", Page.CHANGE_ROLE, role.pk),
                ),
            )

    def _appointments(self, scope: Scope) -> Iterable[Finding]:
        held: Any = Appointment.objects.as_at(scope.date).filter(_closed(scope, "role__organisation"))
        held = _inside(held.exclude(role__period__contains=scope.date), "role__organisation", scope)
        held = scope.narrow(held, {"people": ("person",), "roles": ("role",), "organisations": ("role__organisation",)})
        for each in held.select_related("person", "role__organisation", "role__of_group__group").order_by("pk"):
            yield self._finding(
                scope,
                each.role.organisation,
                f"appointment:{each.pk}",
                [person_piece(each.person), Piece(" is still recorded as "), *role_pieces(each.role)],
                place=each.place,
                since=since_all(after(each.role.organisation), start_of(each)),
                people=frozenset({each.person_id}),
                roles=frozenset({each.role_id}),
                ways=(Way("End the appointment", Page.END_APPOINTMENT, each.pk),),
            )

    def _seats(self, scope: Scope) -> Iterable[Finding]:
        seats: Any = Seat.objects.filter(
            _closed(scope, "organisation"),
            terms__period__contains=scope.date,
            terms__group__period__contains=scope.date,
        )
        seats = _inside(seats, Coalesce("terms__group__covers", "terms__group__host"), scope)
        seats = scope.narrow(seats, {"groups": ("terms__group",), "organisations": ("organisation",)})
        for seat in seats.select_related("organisation", "terms__group", "clause").order_by(
            "terms__group__name", "order", "pk"
        ):
            yield self._finding(
                scope,
                seat.organisation,
                f"seat:{seat.pk}",
                [Piece(f"The {seat_words(seat)} of "), group_piece(seat.terms.group), Piece(" is still drawn from it")],
                place=seat.place,
                since=since_all(after(seat.organisation), start_of(seat.terms)),
                groups=frozenset({seat.terms.group_id}),
                ways=(Way("Adopt terms that draw the seat from its successor", Page.NEW_TERMS, seat.terms.group_id),),
            )

    def _groups(self, scope: Scope) -> Iterable[Finding]:
        groups: Any = Group.objects.as_at(scope.date).filter(_closed(scope, "host") | _closed(scope, "covers"))
        groups = _inside(groups, Coalesce("covers", "host"), scope)
        groups = scope.narrow(groups, {"groups": ("pk",), "organisations": ("host", "covers")})
        for group in groups.select_related("host", "covers"):
            body = group.host if _has_closed(group.host, scope) else group.covers
            yield self._finding(
                scope,
                body,
                f"group:{group.pk}",
                [
                    group_piece(group),
                    Piece(" is still hosted by it" if body == group.host else " still covers it"),
                ],
                place=group.place,
                since=since_all(after(body), start_of(group)),
                groups=frozenset({group.pk}),
                ways=(
                    Way("End the group", Page.END_GROUP, group.pk),
                    Way("Say who hosts it and what it covers now", Page.CHANGE_GROUP, group.pk),
                ),
            )

    def _finding(
        self,
        scope: Scope,
        closed: Organisation,
        about: str,
        pieces: list[Piece],
        *,
        place: int,
        since: PartialDate | None,
        ways: tuple[Way, ...],
        rests_on: tuple[str, ...] = (),
        people: frozenset[int] = frozenset(),
        roles: frozenset[int] = frozenset(),
        groups: frozenset[int] = frozenset(),
    ) -> Finding:
        return Finding(
            code=self.code,
            as_at=scope.date,
            about=about,
            rests_on=(f"organisation:{closed.pk}", *rests_on),
            pieces=sentence([organisation_piece(closed)], f" closed{ended_words(closed)}. ", pieces, "."),
            place=place,
            people=people,
            roles=roles,
            groups=groups,
            organisations=frozenset({closed.pk}),
            since=since,
            ways=ways,
        )


def _closed(scope: Scope, path: str) -> Q:
    """Whether the organisation at a path had closed before that day."""
    return Q(**{f"{path}__period__fully_lt": DateRange(scope.date, None)})


def _has_closed(organisation: Organisation, scope: Scope) -> bool:
    return organisation.period.upper is not None and organisation.period.upper <= scope.date


def _inside(rows: Any, path: Any, scope: Scope) -> Any:
    """Rows with the `place` inside in which the organisation at a path lies or lay, of those that have one."""
    return rows.annotate(place=lies_in_each(F(path) if isinstance(path, str) else path, scope)).filter(
        place__isnull=False
    )
