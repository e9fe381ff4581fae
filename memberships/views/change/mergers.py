"""Flows about many organisations at once: networks that merge, and what stood under a body with several successors."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.http import Http404
from django.urls import reverse

from ics_leadership.forms import PickerField
from ics_leadership.periods import ONE_DAY, PartialDate, today
from ics_leadership.words import count_words, day_words, list_words, period_words
from memberships import actions
from memberships.flows import ChangeForm, Consequence
from memberships.forms.organisations import A_NEW_ONE, AllocateForm, MergeNetworksForm, place_of
from memberships.forms.rows import name_in_row, numbers_sent
from memberships.models import Appointment, DrawnFrom, Group, Membership, Seat
from memberships.outcomes import Concerned
from memberships.pickers import NETWORKS
from memberships.presenters.reasons import Piece
from memberships.rights import brings_in
from memberships.views.change.appointments import link_to
from memberships.views.change.groups import not_ended
from memberships.views.change.organisations import OfOrganisation, proposals_waiting
from memberships.views.change.with_rows import RowsFlow
from organisations import actions as organisation_actions
from organisations.models import Kind, Link, LinkKind, Organisation, Succession
from organisations.rights import Rights

NETWORK = PickerField(NETWORKS, required=False)


class MergeNetworks(RowsFlow):
    """Networks become one from a day on: practices move, and everybody who leads one that closes goes over or leaves."""

    form_class = MergeNetworksForm
    template_name = "flows/merge.html"
    title = "Networks merge"

    def initial(self) -> dict[str, Any]:
        key = self.request.GET.get("with", "")
        network = Organisation.objects.filter(kind=Kind.PCN, slug=key).first()
        return {"network": [{"network": network}, {}]} if network else {}

    @cached_property
    def closing(self) -> list[Organisation]:
        """The networks that close, as the form was sent: all, or all but the first."""
        sent = self.request.POST
        named = []
        for number in numbers_sent(sent, "network"):
            name = name_in_row("network", number, "network")
            # What cannot be found is judged by the form itself.
            with suppress(ValidationError):
                named.append(NETWORK.clean((sent.get(name, ""), sent.get(f"{name}-typed", "").strip())))
        networks = [network for network in dict.fromkeys(named) if network]
        return networks if sent.get("becomes") == A_NEW_ONE else networks[1:]

    def _held(self) -> QuerySet[Appointment]:
        held = Appointment.objects.filter(not_ended(), role__organisation__in=self.closing)
        return held.select_related("person", "role__organisation", "role__role_type").order_by(
            "role__organisation__name", "role__title", "person__family_name", "pk"
        )

    def _groups(self) -> QuerySet[Group]:
        closing = self.closing
        theirs = Q(host__in=closing) | Q(covers__in=closing)
        return Group.objects.filter(not_ended(), theirs).order_by("name", "pk")

    def rests_on(self) -> Sequence[Model]:
        return (*self.closing, *self._held(), *self._groups())

    def form_options(self) -> dict[str, Any]:
        return {"closing": self.closing, "held": list(self._held()), "groups": list(self._groups())}

    def asks_more(self, form: ChangeForm) -> bool:
        self.form = cast(MergeNetworksForm, form)
        return not self.form.is_asked

    def check_rights(self, data: dict[str, Any], rights: Rights) -> None:
        for network in data["networks"]:
            if not rights.may_edit_organisation(network):
                raise ValidationError(f"{network} lies outside your area. Merge it with its own editors.")
            if not network.holds(data["start"].date - ONE_DAY):
                raise ValidationError(f"{network} is not open the day before: {period_words(network, today())}.")

    def concerned(self, data: dict[str, Any]) -> Concerned:
        held = list(self._held())
        seats = self._seats()
        return Concerned(
            people={each.person_id for each in held},
            roles={each.role_id for each in held},
            groups={each.seat.terms.group_id for each in seats} | {group.pk for group in self._groups()},
            organisations={network.pk for network in data["networks"]},
            date=max(today(), data["start"].date),
        )

    def _seats(self) -> list[Membership]:
        """The seats that people have by virtue of what they hold in the networks that close."""
        seats = Membership.objects.filter(not_ended(), basis_appointment__in=self._held())
        return list(
            seats.select_related("person", "seat__terms__group", "basis_appointment").order_by(
                "seat__terms__group__name", "person__family_name", "pk"
            )
        )

    def consequences(self, data: dict[str, Any]) -> Sequence[Consequence]:
        closing, goes_over = self.closing, self.form.goes_over
        eve = day_words(data["start"].date - ONE_DAY)
        found = [
            Consequence(f"Which networks close, their last day being {eve}", [(link_to(each),) for each in closing])
        ]
        practices = Link.objects.as_at(data["start"].date).filter(other__in=closing, kind=LinkKind.CORE_PARTNER_OF)
        names = [
            link_to(each.organisation)
            for each in practices.select_related("organisation").order_by("organisation__name")
        ]
        if names:
            title = f"{count_words(len(names), 'practice moves', 'practices move')} to the merged network"
            found.append(Consequence(title, [(name,) for name in names]))
        held = [each for each in self._held() if not is_over(each, data["start"].date)]
        for title, weight, rows in (
            ("Who goes over to the merged network", "", [each for each in held if goes_over(each)]),
            ("Who leaves", "warning", [each for each in held if not goes_over(each)]),
        ):
            if rows:
                lines = [(link_to(each.person), Piece(f", {each.role.title}")) for each in rows]
                found.append(Consequence(title, lines, weight))
        kept: list[tuple[Piece, ...]] = []
        emptied: list[tuple[Piece, ...]] = []
        for seat in self._seats():
            line = (link_to(seat.seat.terms.group), Piece(f": {seat.person.name}, “{seat.seat.title}”"))
            assert seat.basis_appointment
            if is_over(seat.basis_appointment, data["start"].date):
                continue
            (kept if goes_over(seat.basis_appointment) else emptied).append(line)
        if emptied:
            found.append(Consequence("Seats that this empties", emptied, "warning"))
        if kept:
            found.append(Consequence("Seats that people keep, by virtue of the role in the merged network", kept))
        drawn = Seat.objects.filter(not_ended_terms(), drawn_from=DrawnFrom.ORGANISATION, organisation__in=closing)
        lines_drawn = [
            (link_to(seat.terms.group), Piece(f": “{seat.title}” is for {seat.organisation}"))
            for seat in drawn.select_related("terms__group", "organisation").order_by("terms__group__name", "order")
        ]
        if lines_drawn:
            title = "Seats that the terms give to a network that closes: write new terms"
            found.append(Consequence(title, lines_drawn, "warning"))
        into = data["name"] if data["becomes"] == A_NEW_ONE else data["networks"][0]
        return [*found, *proposals_waiting(closing, into)]

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        closing, start = self.closing, data["start"]
        if data["becomes"] == A_NEW_ONE:
            into = organisation_actions.add_organisation(
                kind=Kind.PCN,
                name=data["name"],
                short_name=data["short_name"],
                ods_code=data["ods_code"],
                invented=all(network.invented for network in closing),
                start=PartialDate(start.date),
                **who,
            )
        else:
            into = data["networks"][0]
        ending = data.get("groups", ())
        return actions.merge_networks(
            closing=closing,
            into=into,
            on=start.date,
            going_over=[each for each in self._held() if self.form.goes_over(each)],
            ending_groups=[group for group in self._groups() if str(group.pk) in ending],
            **who,
        )

    def done(self, result: Model) -> str:
        names = list_words([network.name for network in self.closing])
        return f"Recorded: {names} merged into {result}."

    def way_back(self) -> str:
        return f"{reverse('organisations')}?kind={Kind.PCN}"


def is_over(held: Appointment, on: datetime.date) -> bool:
    """Whether a term has ended by that day, so that nothing of it goes over to a merged network."""
    return held.period.upper is not None and held.period.upper <= on


def not_ended_terms() -> Q:
    """The condition that a seat is one of terms that are in force, or are to be."""
    return Q(terms__period__endswith=None) | Q(terms__period__endswith__gt=today())


class AllocateSuccessors(OfOrganisation):
    """What stood under a body that closed with several successors is given its place under one of them."""

    form_class = AllocateForm

    def load(self, **address: Any) -> None:
        super().load(**address)
        self.title = f"Where what stood under {self.organisation} belongs"
        successions = Succession.objects.filter(predecessor=self.organisation).select_related("successor")
        self.successions = list(successions.order_by("successor__name", "on"))
        if len({each.successor_id for each in self.successions}) < 2:
            raise Http404(f"{self.organisation} has no several successors in the register.")
        self.children = self._unplaced()

    def _unplaced(self) -> list[Link]:
        """Links to it that ended with it, of what is still open and stands under nobody of the successors' kinds since."""
        since = min(each.on for each in self.successions)
        kinds = {each.successor.kind for each in self.successions}
        stands = Link.objects.filter(kind=LinkKind.PART_OF, other__kind__in=kinds, period__contains=since)
        links = Link.objects.filter(other=self.organisation, kind=LinkKind.PART_OF).filter(
            Q(period__endswith=None) | Q(period__endswith__gte=since)
        )
        links = links.filter(organisation__period__contains=since).exclude(
            organisation__in=stands.values("organisation")
        )
        return list(links.select_related("organisation").order_by("organisation__kind", "organisation__name", "pk"))

    def is_permitted(self, rights: Rights) -> bool:
        return any(rights.may_edit_organisation(each.successor) for each in self.successions)

    def rests_on(self) -> Sequence[Model]:
        return (self.organisation, *self.children)

    def form_options(self) -> dict[str, Any]:
        return {"successions": self.successions, "children": self.children}

    def _placed(self, data: dict[str, Any]) -> list[tuple[Link, Succession]]:
        """What is given a place, each with the succession that it follows."""
        by_id = {each.successor_id: each for each in self.successions}
        pairs = [(child, place_of(child, data)) for child in self.children]
        return [(child, by_id[pk]) for child, pk in pairs if pk in by_id]

    def check_rights(self, data: dict[str, Any], rights: Rights) -> None:
        was_theirs = rights.may_edit_organisation(self.organisation)
        for child, succession in self._placed(data):
            if not rights.may_edit_organisation(succession.successor):
                raise ValidationError(
                    f"{succession.successor} lies outside your area. Its own editors say what is its."
                )
            link = Link(organisation=child.organisation, kind=LinkKind.PART_OF, other=succession.successor)
            if not was_theirs and (brought := brings_in(link, rights)):
                raise ValidationError(
                    f"This would bring {brought} into your area. Its own editors, or an administrator, give it its place."
                )

    def concerned(self, data: dict[str, Any]) -> Concerned:
        return Concerned(organisations={each.successor_id for each in self.successions})

    def consequences(self, data: dict[str, Any]) -> Sequence[Consequence]:
        placed = self._placed(data)
        found = []
        for succession in self.successions:
            lines = [(link_to(child.organisation),) for child, its in placed if its == succession]
            if lines:
                title = f"Stand under {succession.successor} from {day_words(succession.on)}: {len(lines)}"
                found.append(Consequence(title, lines))
        if left := len(self.children) - len(placed):
            words = Piece(f"{count_words(left, 'organisation')} on this list.")
            found.append(Consequence("Decided later", [(words,)]))
        return found

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        for child, succession in self._placed(data):
            organisation_actions.link(
                organisation=child.organisation,
                kind=LinkKind.PART_OF,
                other=succession.successor,
                start=PartialDate(succession.on),
                **who,
            )
        return self.organisation

    def done(self, result: Model) -> str:
        return f"Recorded: what stood under {result} has its place."
