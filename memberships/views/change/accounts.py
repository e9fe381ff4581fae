"""Flows about accounts: opening, correcting and closing one, giving and ending grants, linking one to an entry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.http import Http404
from django.urls import reverse

from ics_leadership.accounts import actions
from ics_leadership.accounts.letters import send_first_letter
from ics_leadership.accounts.models import Grant, User
from ics_leadership.periods import PartialDate, today
from ics_leadership.words import period_words
from memberships.actions import identity
from memberships.flows import Consequence, Flow
from memberships.forms.accounts import (
    CloseAccountForm,
    CorrectAccountForm,
    EndGrantForm,
    GiveGrantForm,
    LinkAccountForm,
    OpenAccountForm,
    ReopenAccountForm,
    SecondFactorForm,
    UnlinkAccountForm,
)
from memberships.models import Person, PersonAccount
from memberships.presenters.accounts import grant_pieces
from memberships.presenters.reasons import Piece
from memberships.rights import may_change
from memberships.views.accounts import account_of
from organisations.rights import Rights


def says(title: str, *sentences: str) -> Consequence:
    return Consequence(title, [(Piece(sentence),) for sentence in sentences])


class ForAdministrators(Flow):
    """A flow about accounts, which lead to each other and not to pages of the register."""

    def is_permitted(self, rights: Rights) -> bool:
        return rights.is_administrator

    def way_back(self) -> str:
        return reverse("accounts")


class OpenAccount(ForAdministrators):
    """Somebody gets an account."""

    form_class = OpenAccountForm
    title = "Open an account"

    def initial(self) -> dict[str, Any]:
        return {"start": PartialDate(today())}

    def consequences(self, data: dict[str, Any]) -> Sequence[Consequence]:
        return [says("What is sent", f"A letter goes to {data['email']}, by which they choose their password.")]

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        account = actions.open_account(email=data["email"], name=data["name"], **who)
        actions.give_grant(account=account, **_granted(data), **who)
        transaction.on_commit(lambda: send_first_letter(self.request, account))
        return account

    def address_after(self, result: Model) -> str:
        return reverse("register-account", args=[result.pk])

    def done(self, result: Model) -> str:
        return f"The account of {result} is open."


class OfAccount(ForAdministrators):
    """A flow about one account."""

    def load(self, **address: Any) -> None:
        self.account = account_of(address["pk"])

    def about(self) -> Sequence[tuple[str, Sequence[Piece]]]:
        return (("Account", (Piece(f"{self.account.name}, {self.account.email}".strip(", ")),)),)

    def address_after(self, result: Model) -> str:
        return self.way_back()

    def way_back(self) -> str:
        return reverse("register-account", args=[self.account.pk])


class CorrectAccount(OfAccount):
    """The name or address of an account is put right."""

    form_class = CorrectAccountForm
    title = "Correct an account"

    def initial(self) -> dict[str, Any]:
        return {"name": self.account.name, "email": self.account.email}

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        return actions.correct_account(account=self.account, email=data["email"], name=data["name"], **who)


class GiveGrant(OfAccount):
    """An account may do something from now on."""

    form_class = GiveGrantForm
    title = "Say what an account may do"

    def initial(self) -> dict[str, Any]:
        return {"start": PartialDate(today())}

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        return actions.give_grant(account=self.account, **_granted(data), **who)


class CloseAccount(OfAccount):
    """Nobody signs in with an account any more."""

    form_class = CloseAccountForm
    title = "Close an account"

    def consequences(self, data: dict[str, Any]) -> Sequence[Consequence]:
        sentences = ["Nobody signs in with it from now on. What it did stays under its name."]
        return [says("What ends", *sentences)]

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        return actions.close_account(account=self.account, **who)


class ReopenAccount(OfAccount):
    """An account signs in again."""

    form_class = ReopenAccountForm
    title = "Open an account again"

    def consequences(self, data: dict[str, Any]) -> Sequence[Consequence]:
        return [says("What it may do", "It reads. What it could do before has to be granted anew.")]

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        return actions.reopen_account(account=self.account, **who)


class RemoveSecondFactor(OfAccount):
    """Somebody has lost what they sign in with beside their password."""

    form_class = SecondFactorForm
    title = "Remove a second factor"

    def consequences(self, data: dict[str, Any]) -> Sequence[Consequence]:
        sentence = "The password alone signs in again, until they set up another. Be sure that it is they who ask."
        return [Consequence("What follows", [(Piece(sentence),)], "warning")]

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        actions.forget_second_factor(account=self.account, **who)
        return self.account


class EndGrant(ForAdministrators):
    """What an account may do ends."""

    form_class = EndGrantForm
    title = "End what an account may do"

    def load(self, **address: Any) -> None:
        grant = Grant.objects.select_related("account", "area").filter(pk=address["pk"]).first()
        if grant is None:
            raise Http404("There is no grant at this address.")
        self.grant: Grant = grant

    def rests_on(self) -> Sequence[Model]:
        return (self.grant,)

    def initial(self) -> dict[str, Any]:
        return {"end": PartialDate(today())}

    def about(self) -> Sequence[tuple[str, Sequence[Piece]]]:
        return (
            ("Account", (Piece(str(self.grant.account)),)),
            ("May", grant_pieces(self.grant)),
            ("When", (Piece(period_words(self.grant, today())),)),
        )

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        return actions.end_grant(grant=self.grant, end=data["end"], **who)

    def address_after(self, result: Model) -> str:
        return self.way_back()

    def way_back(self) -> str:
        return reverse("register-account", args=[self.grant.account_id])


class OfEntry(Flow):
    """A flow about the account that belongs to somebody's entry, for those who may change the entry."""

    def load(self, **address: Any) -> None:
        person = Person.objects.filter(slug=address["slug"]).first()
        if person is None:
            raise Http404("Nobody in the register has this address.")
        self.person: Person = person
        self.link: PersonAccount | None = PersonAccount.objects.filter(person=person).select_related("account").first()

    def is_permitted(self, rights: Rights) -> bool:
        return may_change(self.person, rights)

    def about(self) -> Sequence[tuple[str, Sequence[Piece]]]:
        entry = ("Entry", (Piece(str(self.person), self.person.get_absolute_url()),))
        linked = ("Account", (Piece(self.link.account.email if self.link else "None is linked"),))
        return (entry, linked)

    def address_after(self, result: Model) -> str:
        return self.way_back()

    def way_back(self) -> str:
        return self.person.get_absolute_url()


class LinkAccount(OfEntry):
    """Somebody's account is tied to their entry: they see all of it, and answer for an organ that they lead."""

    form_class = LinkAccountForm
    title = "Link an account to an entry"

    def consequences(self, data: dict[str, Any]) -> Sequence[Consequence]:
        return [says("What follows", "They see all of this entry, the private part too. They cannot change it.")]

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        account = User.objects.filter(email__iexact=data["email"], is_active=True).first()
        if account is None:
            raise ValidationError({"email": "No open account has this address. Administrators open accounts."})
        return identity.link_account(person=self.person, account=account, **who)


class UnlinkAccount(OfEntry):
    """An account no longer belongs to an entry."""

    form_class = UnlinkAccountForm
    title = "Unlink an account from an entry"

    def load(self, **address: Any) -> None:
        super().load(**address)
        if self.link is None:
            raise Http404("No account is linked to this entry.")

    def rests_on(self) -> Sequence[Model]:
        return (self.link,) if self.link else ()

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        assert self.link is not None
        identity.unlink_account(link=self.link, **who)
        return self.person


def _granted(data: dict[str, Any]) -> dict[str, Any]:
    return {name: data[name] for name in ("standing", "area", "sees", "start", "end")}
