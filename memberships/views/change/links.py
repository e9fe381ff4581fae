"""Flows about what one organisation is to another: from a day on, no longer, corrected; and a practice that moves to another network."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404
from django.urls import reverse

from ics_leadership.periods import today
from ics_leadership.words import day_words, list_words, period_words
from memberships.flows import Consequence, Flow
from memberships.forms.organisations import CorrectLinkForm, EndLinkForm, LinkForm, MovePracticeForm
from memberships.models import Appointment
from memberships.outcomes import Concerned
from memberships.presenters.reasons import Piece
from memberships.rights import brings_in, is_longer, may_change
from memberships.views.change.appointments import link_to
from memberships.views.change.groups import not_ended
from memberships.views.change.organisations import WHAT_YOU_WRITE_STAYS, OfOrganisation
from organisations import actions as organisation_actions
from organisations.models import Kind, Link, LinkKind
from organisations.rights import Rights
from roles.models import Role


class NewLink(OfOrganisation):
    """What an organisation is to another from a day on."""

    form_class = LinkForm

    def load(self, **address: Any) -> None:
        super().load(**address)
        self.title = f"{self.organisation}: where it belongs"

    def about(self) -> Sequence[tuple[str, Sequence[Piece]]]:
        links = (
            Link.objects.filter(not_ended(), organisation=self.organisation)
            .select_related("other")
            .order_by("kind", "pk")
        )
        return [
            (
                f"Is {each.get_kind_display()}",
                (
                    link_to(each.other),
                    Piece(f", {period_words(each, today())}. "),
                    Piece("No longer", reverse("end-link", args=[each.pk])),
                ),
            )
            for each in links
        ]

    def check_rights(self, data: dict[str, Any], rights: Rights) -> None:
        link = Link(organisation=self.organisation, kind=data["link_kind"], other=data["other"])
        if brings_in(link, rights):
            sentence = f"{data['other']} lies outside your area. Its own editors record what covers it."
            raise ValidationError({"other": sentence})
        if data["link_kind"] != LinkKind.CORE_PARTNER_OF:
            return
        held = Link.objects.filter(not_ended(), organisation=self.organisation, kind=LinkKind.CORE_PARTNER_OF)
        for each in held.select_related("other"):
            if data["end"] is None and data["start"].first_day and each.holds(data["start"].first_day):
                raise ValidationError(
                    {
                        "other": f"{self.organisation} is a core partner of {each.other}, {period_words(each, today())}, and "
                        "of one network at a time. Record that it moves to another network instead."
                    }
                )

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        return organisation_actions.link(
            organisation=self.organisation,
            kind=LinkKind(data["link_kind"]),
            other=data["other"],
            start=data["start"],
            end=data["end"],
            **who,
        )

    def done(self, result: Model) -> str:
        assert isinstance(result, Link)
        return f"Recorded: {self.organisation} is {result.get_kind_display()} {result.other}, {period_words(result, today())}."


class OfLink(Flow):
    """A flow about what one organisation is to another."""

    titled: ClassVar[str]

    def load(self, **address: Any) -> None:
        found = Link.objects.select_related("organisation", "other").filter(pk=address["pk"]).first()
        if found is None:
            raise Http404("The register has no such link. It may have been withdrawn.")
        self.link: Link = found
        self.title = self.titled.format(link=found)

    def is_permitted(self, rights: Rights) -> bool:
        return may_change(self.link, rights)

    def rests_on(self) -> Sequence[Model]:
        return (self.link,)

    def about(self) -> Sequence[tuple[str, Sequence[Piece]]]:
        this = self.link
        words = (link_to(this.organisation), Piece(f" is {this.get_kind_display()} "), link_to(this.other))
        pairs = [("What", words), ("When", (Piece(period_words(this, today())),))]
        if this.as_published:
            stays = f"The files of ODS say this. {WHAT_YOU_WRITE_STAYS}"
            pairs.append(("From ODS", (Piece(stays),)))
        return pairs

    def concerned(self, data: dict[str, Any]) -> Concerned:
        return Concerned(organisations={self.link.organisation_id, self.link.other_id})

    def done(self, result: Model) -> str:
        assert isinstance(result, Link)
        return f"Recorded: {result}, {period_words(result, today())}."

    def address_after(self, result: Model) -> str:
        return self.link.organisation.get_absolute_url()

    def way_back(self) -> str:
        return self.link.organisation.get_absolute_url()


class EndLink(OfLink):
    """What an organisation is to another comes to an end."""

    form_class = EndLinkForm
    titled = "No longer: {link}"

    def check_rights(self, data: dict[str, Any], rights: Rights) -> None:
        check_widening(self.link, copy(self.link).between(self.link.start, data["end"]), rights)

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        return organisation_actions.end_link(link=copy(self.link), end=data["end"], **who)


class CorrectLink(OfLink):
    """When an organisation was something to another was written down wrongly."""

    form_class = CorrectLinkForm
    titled = "Correct: {link}"

    def initial(self) -> dict[str, Any]:
        return {"start": self.link.start, "end": self.link.end}

    def check_rights(self, data: dict[str, Any], rights: Rights) -> None:
        check_widening(self.link, copy(self.link).between(data["start"], data["end"]), rights)

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        return organisation_actions.correct_link(link=copy(self.link), start=data["start"], end=data["end"], **who)


def check_widening(link: Link, corrected: Link, rights: Rights) -> None:
    """Raises ValidationError where a link would hold on more days and bring something into the areas edited."""
    if is_longer(link, corrected) and (brought := brings_in(corrected, rights)):
        raise ValidationError(
            f"This would bring {brought} into your area on more days. Its own editors, or an administrator, record it."
        )


class MovePractice(OfOrganisation):
    """A practice moves to another network: it leaves its own the day before."""

    form_class = MovePracticeForm

    def load(self, **address: Any) -> None:
        super().load(**address)
        if self.organisation.kind != Kind.PRACTICE:
            raise Http404("Only a general practice moves from one network to another.")
        self.title = f"{self.organisation} moves to another network"
        links = Link.objects.filter(not_ended(), organisation=self.organisation, kind=LinkKind.CORE_PARTNER_OF)
        self.links = list(links.select_related("other").order_by("pk"))

    def rests_on(self) -> Sequence[Model]:
        return (self.organisation, *self.links)

    def about(self) -> Sequence[tuple[str, Sequence[Piece]]]:
        pairs: list[tuple[str, Sequence[Piece]]]
        pairs = [("Is in", (link_to(each.other), Piece(f", {period_words(each, today())}"))) for each in self.links]
        if any(each.as_published for each in self.links):
            pairs.append(("From ODS", (Piece(f"Its files say this, and may say so again. {WHAT_YOU_WRITE_STAYS}"),)))
        return pairs

    def concerned(self, data: dict[str, Any]) -> Concerned:
        networks = {each.other_id for each in self.links} | {data["network"].pk}
        return Concerned(
            organisations={self.organisation.pk, *networks}, date=max(today(), data["start"].first_day or today())
        )

    def consequences(self, data: dict[str, Any]) -> Sequence[Consequence]:
        eve = data["start"].eve
        found = []
        if left := [each.other.name for each in self.links if each.other != data["network"]]:
            words = f"It is in {list_words(left)} until {day_words(eve.date, eve.precision)}."
            found.append(Consequence("What it leaves", [(Piece(words),)]))
        posts = Role.objects.filter(not_ended(), organisation=self.organisation).order_by("title", "pk")
        leads = Appointment.objects.as_at(today()).filter(
            person__appointments__role__in=posts,
            person__appointments__period__contains=today(),
            role__organisation__in=[each.other_id for each in self.links],
        )
        lines = [
            (link_to(each.person), Piece(f", who works here, is {each.role.title}"))
            for each in leads.select_related("person", "role").distinct()
        ]
        if lines:
            found.append(Consequence("Who leads the network that it leaves", lines, "warning"))
        return found

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        return organisation_actions.move_practice(
            practice=self.organisation, network=data["network"], start=data["start"], **who
        )

    def done(self, result: Model) -> str:
        assert isinstance(result, Link)
        return f"Recorded: {self.organisation} is a core partner of {result.other}, {period_words(result, today())}."
