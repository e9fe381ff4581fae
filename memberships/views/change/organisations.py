"""Flows about organisations that people keep: a new one, a correction, an end.

What one is to another is in `links`; networks that merge, and what is left over when one body has several successors, in `mergers`.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, Q
from django.http import Http404
from django.urls import reverse

from ics_leadership.periods import ONE_DAY, PartialDate, today
from ics_leadership.words import day_words, period_words
from memberships import actions
from memberships.flows import Consequence, Flow
from memberships.forms.organisations import CloseOrganisationForm, CorrectOrganisationForm, NewOrganisationForm
from memberships.models import Group
from memberships.outcomes import Concerned
from memberships.presenters.reasons import Piece
from memberships.proposals import waiting_for
from memberships.rights import may_change
from memberships.views.change.appointments import link_to
from memberships.views.change.groups import leaving, not_ended
from organisations import actions as organisation_actions
from organisations.models import Kind, Link, LinkKind, Organisation, Sector
from organisations.presenters import published_as_of
from organisations.rights import Rights
from roles.models import Role

WHAT_YOU_WRITE_STAYS = "What you write here stays, and every import tells where the files say otherwise."


class NewOrganisation(Flow):
    """An organisation that people keep, because ODS does not publish it, or not yet."""

    form_class = NewOrganisationForm
    title = "A new organisation"

    def check_rights(self, data: dict[str, Any], rights: Rights) -> None:
        if not rights.may_edit_organisation(data["other"]):
            sentence = f"{data['other']} lies outside your area. Its own editors add what belongs to it."
            raise ValidationError({"other": sentence})

    def concerned(self, data: dict[str, Any]) -> Concerned:
        return Concerned(organisations={data["other"].pk}, date=max(today(), data["start"].first_day or today()))

    def consequences(self, data: dict[str, Any]) -> Sequence[Consequence]:
        alike = Organisation.objects.called(data["name"]).filter(kind=data["kind"])[:5]
        lines = [
            (link_to(each), Piece(f"{f' ({each.ods_code})' if each.ods_code else ''}, {period_words(each, today())}"))
            for each in alike
        ]
        return [Consequence("The register holds one that is called so already", lines, "warning")] if lines else []

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        other = data["other"]
        facts = {name: data[name] for name in ("short_name", "ods_code", "address", "postcode", "telephone")}
        made = organisation_actions.add_organisation(
            kind=Kind(data["kind"]),
            name=data["name"],
            start=data["start"],
            end=data["end"],
            sector=Sector(data["sector"]) if data["sector"] else None,
            # What belongs to an invented organisation of the demonstration is shown as invented too.
            invented=other.invented,
            **facts,
            **who,
        )
        organisation_actions.link(
            organisation=made,
            kind=LinkKind(data["link_kind"]),
            other=other,
            start=data["start"],
            end=data["end"],
            **who,
        )
        return made

    def done(self, result: Model) -> str:
        return f"Recorded: {result}."

    def way_back(self) -> str:
        return reverse("organisations")


class OfOrganisation(Flow):
    """A flow about one organisation."""

    def load(self, **address: Any) -> None:
        found = Organisation.objects.filter(slug=address["slug"]).first()
        if found is None:
            raise Http404("The register has no organisation at this address.")
        self.organisation: Organisation = found

    def is_permitted(self, rights: Rights) -> bool:
        return may_change(self.organisation, rights)

    def rests_on(self) -> Sequence[Model]:
        return (self.organisation,)

    def concerned(self, data: dict[str, Any]) -> Concerned:
        return Concerned(organisations={self.organisation.pk})

    def address_after(self, result: Model) -> str:
        return self.organisation.get_absolute_url()

    def way_back(self) -> str:
        return self.organisation.get_absolute_url()


class CorrectOrganisation(OfOrganisation):
    """An organisation is called otherwise, was known by its code only, or was written down wrongly."""

    form_class = CorrectOrganisationForm
    facts = ("name", "short_name", "kind", "sector", "ods_code", "address", "postcode", "telephone")

    def load(self, **address: Any) -> None:
        super().load(**address)
        this = self.organisation
        self.title = f"{this}: name it" if this.name == this.ods_code else f"{this}: correct it"

    def form_options(self) -> dict[str, Any]:
        return {"organisation": self.organisation}

    def initial(self) -> dict[str, Any]:
        dates = {"start": self.organisation.start, "end": self.organisation.end}
        said = {name: getattr(self.organisation, name) for name in self.facts}
        if self.organisation.name == self.organisation.ods_code:
            said["name"] = ""
        return said | dates

    def about(self) -> Sequence[tuple[str, Sequence[Piece]]]:
        this = self.organisation
        stays = f". {organisation_actions.PUBLISHED_KIND_SENTENCE}" if this.published is not None else ""
        pairs: list[tuple[str, Sequence[Piece]]] = [("What it is", (Piece(f"{this.get_kind_display()}{stays}"),))]
        if this.ods_code:
            pairs.append(("ODS code", (Piece(this.ods_code),)))
        if as_of := published_as_of(this):
            said = this.published or {}
            days = [
                f"{word} {day_words(datetime.date.fromisoformat(said[key]))}"
                for word, key in (("from", "open"), ("until", "close"))
                if said.get(key)
            ]
            if days:
                pairs.append(("Open, as published", (Piece(" ".join(days)),)))
            stays = (
                f"Its facts come from the files of ODS of {day_words(as_of)} and come again with later ones. "
                f"{WHAT_YOU_WRITE_STAYS} To follow the files again, write what they publish."
            )
            pairs.append(("From ODS", (Piece(stays),)))
        return pairs

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        facts = {name: data[name] for name in self.facts if name in data}
        return organisation_actions.correct_organisation(
            organisation=copy(self.organisation), start=data["start"], end=data["end"], **facts, **who
        )

    def done(self, result: Model) -> str:
        assert isinstance(result, Organisation)
        if result.slug != self.organisation.slug:
            return f"Recorded: {result}. It has another address; the former one leads to it."
        return f"Recorded: {result}. Its address in the register stays."

    def address_after(self, result: Model) -> str:
        return result.get_absolute_url()  # type: ignore[attr-defined]


class CloseOrganisation(OfOrganisation):
    """An organisation closes, with its links, and its roles and groups unless somebody says otherwise."""

    form_class = CloseOrganisationForm

    def load(self, **address: Any) -> None:
        super().load(**address)
        self.title = f"{self.organisation} closes"
        self.posts = list(Role.objects.filter(not_ended(), organisation=self.organisation).order_by("title", "pk"))
        self.groups = list(Group.objects.filter(not_ended(), host=self.organisation).order_by("name", "pk"))
        either = Q(organisation=self.organisation) | Q(other=self.organisation)
        links = Link.objects.filter(not_ended(), either).select_related("organisation", "other")
        self.links = list(links.order_by("kind", "organisation__name", "pk"))

    def about(self) -> Sequence[tuple[str, Sequence[Piece]]]:
        if self.organisation.published is None:
            return ()
        words = f"The files of ODS say when it opened, and will say when it closed. {WHAT_YOU_WRITE_STAYS}"
        return (("From ODS", (Piece(words),)),)

    def rests_on(self) -> Sequence[Model]:
        return (self.organisation, *self.posts, *self.groups)

    def form_options(self) -> dict[str, Any]:
        return {"posts": self.posts, "groups": self.groups}

    def concerned(self, data: dict[str, Any]) -> Concerned:
        return Concerned(
            organisations={self.organisation.pk},
            roles={post.pk for post in self.posts},
            groups={group.pk for group in self.groups},
            date=max(today(), (data["end"].last_day or today()) + ONE_DAY),
        )

    def consequences(self, data: dict[str, Any]) -> Sequence[Consequence]:
        ending = [post for post in self.posts if str(post.pk) in data.get("posts", ())]
        found = leaving(ending)
        lines = [
            (link_to(each.organisation), Piece(f" {each.get_kind_display()} "), link_to(each.other))
            for each in self.links
        ]
        if lines:
            found.append(Consequence("Links that end with it", lines))
        staying = [post for post in self.posts if post not in ending]
        staying_groups = [group for group in self.groups if str(group.pk) not in data.get("groups", ())]
        if staying or staying_groups:
            lines_left = [(link_to(each),) for each in (*staying, *staying_groups)]
            found.append(Consequence("What stays of a body that is no more", lines_left, "warning"))
        return [*found, *proposals_waiting([self.organisation], data["successor"])]

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        end: PartialDate = data["end"]
        for post in self.posts:
            if str(post.pk) in data.get("posts", ()):
                actions.end_role_and_holders(role=post, end=end, **who)
        for group in self.groups:
            if str(group.pk) in data.get("groups", ()):
                actions.end_group_and_members(group=group, end=end, **who)
        if data["successor"] and end.last_day:
            organisation_actions.record_succession(
                predecessor=self.organisation, successor=data["successor"], on=end.last_day + ONE_DAY, **who
            )
        return organisation_actions.close_organisation(organisation=self.organisation, end=end, **who)

    def done(self, result: Model) -> str:
        return f"Recorded: {result} closed. What it was stays in the register."


def proposals_waiting(closing: Sequence[Organisation], successor: Organisation | str | None) -> list[Consequence]:
    """Which open proposals wait for organs that close, and who answers in their place: their successor, if there is one (or
    its name, where it is yet to be).
    """
    lines: list[Sequence[Piece]] = []
    for then, party in waiting_for(closing, today()):
        said = f", which {party.row} has not answered: it counts no more once it has closed. "
        asked = {each.row.organisation for each in then.parties}
        if successor is None:
            said += "Nobody answers in its place."
        elif successor in asked:
            said += f"{successor} is asked itself."
        else:
            said += f"{successor} is to answer in its place, and has to be asked."
        lines.append((link_to(then.row), Piece(said)))
    return [Consequence("Proposals that wait for an answer", lines, "warning")] if lines else []
