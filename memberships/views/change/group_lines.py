"""Flows about what a group has to do with others: who funds it, to whom it reports, whom it is there to influence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import Model
from django.http import Http404

from ics_leadership.periods import ONE_DAY, today
from ics_leadership.words import period_words
from memberships import actions
from memberships.flows import Flow
from memberships.forms.groups import ENDS, EndLineForm, FundGroupForm, InfluenceForm, ReportingLineForm
from memberships.models import GroupFunding, Influence, ReportingLine
from memberships.outcomes import Concerned
from memberships.presenters.reasons import Piece
from memberships.rights import may_change
from memberships.views.change.groups import OfGroup
from organisations.rights import Rights


class _NewLine(OfGroup):
    """A flow that adds a line beside others of the group, of which some may end the day before."""

    former: Sequence[Any]

    def rests_on(self) -> Sequence[Model]:
        return (self.group, *self.former)

    def form_options(self) -> dict[str, Any]:
        return {"former": self.former}

    def end_former(self, data: dict[str, Any], **who: Any) -> None:
        for line in self.former:
            if data[f"former_{line.pk}"] == ENDS:
                actions.end_line_of_group(line=line, end=data["start"].eve, **who)


class FundGroup(_NewLine):
    """Somebody funds a group from a day on."""

    form_class = FundGroupForm
    titled = "{group}: who funds it"

    def load(self, **address: Any) -> None:
        super().load(**address)
        lines = GroupFunding.objects.as_at(today()).filter(group=self.group)
        self.former = list(lines.select_related("funding_source", "payer").order_by("pk"))

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        self.end_former(data, **who)
        facts = {name: data[name] for name in ("funding_source", "payer", "annual_amount", "start", "end")}
        return actions.fund_group(group=self.group, **facts, **who)

    def done(self, result: Model) -> str:
        return f"Recorded: {self.group} is funded from {result.funding_source}."  # type: ignore[attr-defined]


class NewReportingLine(_NewLine):
    """A group reports to a group or organisation from a day on."""

    form_class = ReportingLineForm
    titled = "{group}: to whom it reports"

    def load(self, **address: Any) -> None:
        super().load(**address)
        lines = ReportingLine.objects.as_at(today()).filter(group=self.group)
        self.former = list(lines.select_related("to_group", "to_organisation").order_by("pk"))

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        self.end_former(data, **who)
        to = data["to_group"] or data["to_organisation"]
        facts = {name: data[name] for name in ("on", "start", "end")}
        return actions.add_reporting_line(group=self.group, to=to, **facts, **who)

    def done(self, result: Model) -> str:
        assert isinstance(result, ReportingLine)
        return f"Recorded: {self.group} reports to {result.to_group or result.to_organisation}."


class NewInfluence(OfGroup):
    """A group is there to influence a body."""

    form_class = InfluenceForm
    titled = "{group}: a body that it is there to influence"

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        facts = {name: data[name] for name in ("organisation", "start", "end")}
        return actions.add_influence(group=self.group, **facts, **who)

    def done(self, result: Model) -> str:
        assert isinstance(result, Influence)
        return f"Recorded: {self.group} is there to influence {result.organisation}."


class EndLine(Flow):
    """A reporting line, money or influence of a group ends."""

    form_class = EndLineForm
    model: ClassVar[Any] = None
    noun: ClassVar[str] = ""

    def load(self, **address: Any) -> None:
        found = self.model.objects.select_related("group__host", "group__covers").filter(pk=address["pk"]).first()
        if found is None:
            raise Http404("The register has no such entry. It may have been withdrawn.")
        self.line: ReportingLine | GroupFunding | Influence = found
        self.title = f"{found.group}: {self.noun} ends"

    def is_permitted(self, rights: Rights) -> bool:
        return may_change(self.line, rights)

    def rests_on(self) -> Sequence[Model]:
        return (self.line,)

    def about(self) -> Sequence[tuple[str, Sequence[Piece]]]:
        return (("What", (Piece(str(self.line)),)), ("When", (Piece(period_words(self.line, today())),)))

    def concerned(self, data: dict[str, Any]) -> Concerned:
        return Concerned(groups={self.line.group_id}, date=max(today(), (data["end"].last_day or today()) + ONE_DAY))

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        return actions.end_line_of_group(line=self.line, end=data["end"], **who)

    def done(self, result: Model) -> str:
        return f"Recorded: {self.line}, {period_words(self.line, today())}."

    def address_after(self, result: Model) -> str:
        return self.line.group.get_absolute_url()

    def way_back(self) -> str:
        return self.line.group.get_absolute_url()
