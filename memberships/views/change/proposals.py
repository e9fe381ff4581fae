"""Flows of sign-off: a proposal is put, corrected, withdrawn; an answer is recorded, or given for one's own organ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.db.models import Model
from django.http import Http404

from ics_leadership.history import day
from ics_leadership.periods import today
from ics_leadership.words import day_words, period_words
from memberships import actions
from memberships.flows import ChangeForm, Consequence, Flow
from memberships.forms.proposals import (
    AddPartyForm,
    AnswerForm,
    NewProposalForm,
    OwnAnswerForm,
    ProposalForm,
    WithdrawProposalForm,
)
from memberships.models import Answer, DecisionRule, Proposal, ProposalParty, Terms
from memberships.organs import groups_of, led_between, organs_at_the_table, organs_of
from memberships.presenters.reasons import Piece, person_piece, role_pieces, terms_words
from memberships.rights import may_change, right_to_answer
from memberships.views.change.groups import OfGroup
from organisations.rights import Rights

PROPOSAL_FACTS = ("title", "text", "sponsor", "put_on", "answer_by")


class NewProposal(OfGroup):
    """A group puts something to those who have to agree. Its terms say who is chosen at first."""

    form_class = NewProposalForm
    titled = "{group}: a proposal"

    def load(self, **address: Any) -> None:
        super().load(**address)
        self.terms = Terms.objects.as_at(today()).filter(group=self.group).first()
        self.organs = list(organs_of(self.group, today()))
        self.groups = sorted(groups_of(self.group, today()), key=lambda group: group != self.group)

    def initial(self) -> dict[str, Any]:
        rule = self.terms.decision_rule if self.terms else DecisionRule.UNSAID
        everyone = rule in (DecisionRule.ORGANS, DecisionRule.TWO_STAGE)
        at_the_table = {row.pk for row in self.organs} if everyone else organs_at_the_table(self.group, today())
        return {
            "put_on": today(),
            "organs": [f"organs:{row.pk}" for row in self.organs if row.pk in at_the_table],
            "groups": [f"groups:{self.group.pk}"] if rule == DecisionRule.TWO_STAGE else [],
        }

    def form_options(self) -> dict[str, Any]:
        return {"organs": self.organs, "groups": self.groups}

    def about(self) -> Sequence[tuple[str, Sequence[Piece]]]:
        if self.terms is None:
            return (
                ("How it is decided", (Piece("No terms are in force today, so answers are counted and no more."),)),
            )
        rule = DecisionRule(self.terms.decision_rule)
        return (("How it is decided", (Piece(f"{rule.label}, by {terms_words(self.terms)}."),)),)

    def asks_more(self, form: ChangeForm) -> bool:
        self.form = cast(NewProposalForm, form)
        return False

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        facts = {name: data[name] for name in PROPOSAL_FACTS}
        return actions.put_proposal(group=self.group, parties=self.form.chosen(), **facts, **who)

    def done(self, result: Model) -> str:
        return f"Recorded: “{result}” is put to them."

    def address_after(self, result: Model) -> str:
        return cast(Proposal, result).get_absolute_url()


class OfProposal(Flow):
    """A flow about one proposal, for the editors of its group."""

    titled = "{proposal}"

    def load(self, **address: Any) -> None:
        found = Proposal.objects.select_related("group__host", "group__covers", "sponsor")
        self.proposal = self._known(found.filter(slug=address["slug"]).first())
        self.title = self.titled.format(proposal=self.proposal)

    @staticmethod
    def _known(found: Proposal | None) -> Proposal:
        if found is None:
            raise Http404("The register has no proposal at this address.")
        return found

    def is_permitted(self, rights: Rights) -> bool:
        return may_change(self.proposal, rights)

    def rests_on(self) -> Sequence[Model]:
        return (self.proposal,)

    def address_after(self, result: Model) -> str:
        return self.proposal.get_absolute_url()

    def way_back(self) -> str:
        return self.proposal.get_absolute_url()

    def fresh(self) -> Proposal:
        """The row anew: a trial writes into the one that it is given."""
        row: Proposal = Proposal.objects.get(pk=self.proposal.pk)
        return row


class CorrectProposal(OfProposal):
    """A proposal is said anew, while nobody has answered it; and afterwards by when an answer is asked for."""

    form_class = ProposalForm
    titled = "Correct the proposal “{proposal}”"

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.proposal, name) for name in PROPOSAL_FACTS}

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        return actions.correct_proposal(proposal=self.fresh(), **{name: data[name] for name in PROPOSAL_FACTS}, **who)

    def done(self, result: Model) -> str:
        return "Recorded: the proposal was corrected. What it said before stays in the history."


class AddParty(OfProposal):
    """One more has to agree."""

    form_class = AddPartyForm
    titled = "Ask one more about “{proposal}”"

    def initial(self) -> dict[str, Any]:
        return {"asked_on": today()}

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        return actions.add_party(
            proposal=self.fresh(),
            party=data["organisation"] or data["group"],
            asked_on=data["asked_on"],
            **who,
        )

    def done(self, result: Model) -> str:
        return f"Recorded: {result} is asked too."


class WithdrawProposal(OfProposal):
    """A proposal stands no more; what was answered stays."""

    form_class = WithdrawProposalForm
    titled = "The proposal “{proposal}” is withdrawn"

    def initial(self) -> dict[str, Any]:
        return {"withdrawn_on": today()}

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        return actions.withdraw_proposal(proposal=self.fresh(), withdrawn_on=data["withdrawn_on"], **who)

    def done(self, result: Model) -> str:
        assert isinstance(result, Proposal)
        return f"Recorded: withdrawn on {day_words(result.withdrawn_on)}. What was answered stays on its page."


class OfParty(OfProposal):
    """A flow about the answer of one party."""

    def load(self, **address: Any) -> None:
        found = ProposalParty.objects.select_related(
            "organisation", "group", "proposal__group__host", "proposal__group__covers"
        )
        party = found.filter(pk=address["pk"]).first()
        if party is None:
            raise Http404("Nobody is asked at this address. The party may have been taken back.")
        self.party: ProposalParty = party
        self.proposal = party.proposal
        self.title = f"{party}: an answer to “{self.proposal}”"
        self.former = list(party.answers.order_by("given_on", "pk"))

    def rests_on(self) -> Sequence[Model]:
        return (self.proposal, self.party, *self.former)

    def about(self) -> Sequence[tuple[str, Sequence[Piece]]]:
        until = self.proposal.answer_by
        lines: list[tuple[str, Sequence[Piece]]] = [
            ("Proposed", (Piece(self.proposal.title, self.proposal.get_absolute_url()),)),
            ("To be answered by", (Piece(day_words(until) if until else "No day is set"),)),
        ]
        if self.former:
            latest = self.former[-1]
            said = (
                f"{latest.get_says_display()}, {day_words(latest.given_on)}. It stays on the page as an earlier answer."
            )
            lines.append(("Answered already", (Piece(said),)))
        return lines

    def done(self, result: Model) -> str:
        assert isinstance(result, Answer)
        return f"Recorded: {self.party} {result.get_says_display().lower()}."


class RecordAnswer(OfParty):
    """An editor records what a party answered, who said so, and by what right."""

    form_class = AnswerForm

    def initial(self) -> dict[str, Any]:
        return {"given_on": today(), "by_right_of": ""}

    def form_options(self) -> dict[str, Any]:
        return {"leading": led_between(self.party, self.party.asked_on, max(today(), self.party.asked_on))}

    def consequences(self, data: dict[str, Any]) -> Sequence[Consequence]:
        later = [row for row in self.former if row.given_on > data["given_on"]]
        if not later:
            return ()
        said = (
            f"They answered on {day_words(later[-1].given_on)}, later than this one, and that answer goes on to count."
        )
        return (Consequence("An earlier answer", ((Piece(said),),), "warning"),)

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        facts = {name: data[name] for name in ("says", "reason", "given_on", "by_right_of")}
        return actions.answer(party=self.party, **facts, **who)


class AnswerForOrgan(OfParty):
    """Somebody answers for the organ that they lead today; by what right is worked out, not asked."""

    form_class = OwnAnswerForm

    def is_permitted(self, rights: Rights) -> bool:
        self.right = right_to_answer(self.party, rights)
        return self.right is not None

    def about(self) -> Sequence[tuple[str, Sequence[Piece]]]:
        assert self.right
        by = (person_piece(self.right.person), Piece(", "), *role_pieces(self.right.role))
        return (
            *super().about(),
            ("You answer as", (*by, Piece(f", {period_words(self.right, today())}."))),
        )

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        return actions.answer(
            party=self.party,
            says=data["says"],
            reason=data["reason"],
            given_on=day(),
            by_right_of=self.right,
            **who,
        )
