"""Flows about offers to take on a post, for the editors of a person's entry and for the person themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from django.http import Http404

from ics_leadership.periods import PartialDate, today
from ics_leadership.words import period_words
from memberships import actions
from memberships.flows import Flow
from memberships.forms.post_offers import EndPostOfferForm, PostOfferForm
from memberships.models import PostOffer
from memberships.outcomes import Concerned
from memberships.presenters.reasons import Piece
from memberships.rights import may_speak_for
from memberships.views.change.people import OfPerson
from organisations.rights import Rights


class AddPostOffer(OfPerson):
    """Somebody offers to take on a post."""

    form_class = PostOfferForm

    def load(self, **address: Any) -> None:
        super().load(**address)
        self.title = f"{self.person} offers to take on a post"

    def is_permitted(self, rights: Rights) -> bool:
        return may_speak_for(self.person, rights)

    def rests_on(self) -> Sequence[Model]:
        return ()

    def initial(self) -> dict[str, Any]:
        return {"start": PartialDate(today())}

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        facts = {name: data[name] for name in ("role", "group", "role_type", "area", "start", "end", "note")}
        return actions.offer_to_take_on(person=self.person, **facts, **who)

    def address_after(self, result: Model) -> str:
        return f"{self.person.get_absolute_url()}#post-offers"

    def done(self, result: Model) -> str:
        assert isinstance(result, PostOffer)
        return f"Recorded: {self.person} offers to take on a post. {result.post}."


class EndPostOffer(Flow):
    """Somebody does not offer to take on a post any more."""

    form_class = EndPostOfferForm

    def load(self, **address: Any) -> None:
        named = PostOffer.objects.select_related("person", "role__organisation", "group", "role_type", "area")
        found = named.filter(pk=address["pk"]).first()
        # Whether somebody offered anything is for those to know who may see it.
        if found is None or not may_speak_for(found.person, self.rights):
            raise Http404("The register has no such offer. It may have been withdrawn.")
        self.offer: PostOffer = found
        self.title = f"{found.person}: an offer ends"

    def is_permitted(self, rights: Rights) -> bool:
        return True

    def rests_on(self) -> Sequence[Model]:
        return (self.offer,)

    def about(self) -> Sequence[tuple[str, Sequence[Piece]]]:
        return (
            ("Who", (Piece(self.offer.person.name),)),
            ("Offers to take on", (Piece(f"{self.offer.post}, {period_words(self.offer, today())}"),)),
        )

    def initial(self) -> dict[str, Any]:
        return {"end": PartialDate(today())}

    def concerned(self, data: dict[str, Any]) -> Concerned:
        return Concerned(people={self.offer.person_id})

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        # A fresh row: what a trial did to it is not what the page compares with.
        return actions.end_post_offer(offer=PostOffer.objects.get(pk=self.offer.pk), end=data["end"], **who)

    def address_after(self, result: Model) -> str:
        return f"{self.offer.person.get_absolute_url()}#post-offers"

    def way_back(self) -> str:
        return self.offer.person.get_absolute_url()

    def done(self, result: Model) -> str:
        return f"Recorded: an offer of {self.offer.person} ends."
