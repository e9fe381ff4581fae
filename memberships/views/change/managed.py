"""The flow that says how what a rule finds is managed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404
from django.urls import reverse

from ics_leadership.periods import today
from memberships import rules
from memberships.actions import manage_finding
from memberships.flows import Flow
from memberships.forms.managed import ManagedForm
from memberships.models import ManagedFinding
from memberships.presenters.reasons import Piece


class ManageFinding(Flow):
    """How a finding of today is managed: it leaves the list of what waits until its review, or until its facts change."""

    form_class = ManagedForm
    title = "Say how this is managed"

    def load(self, **address: Any) -> None:
        rule = next((each for each in rules.RULES if each.code == address["code"]), None)
        if rule is None:
            raise Http404("The register has no such rule.")
        if not self.rights.is_editor:
            raise PermissionDenied
        found = (each for each in rules.find_by(rule, today()) if each.subject == address["subject"])
        finding = next(found, None)
        area = rules.managed_in(self.rights, finding) if finding else None
        if finding is None or area is None:
            # Whether there is such a finding elsewhere is for the editors there to know.
            raise Http404("This is not found any more: somebody settled it, or what it rests on has changed.")
        self.rule, self.finding, self.area = rule, finding, area

    def rests_on(self) -> Sequence[Model]:
        written = ManagedFinding.objects.filter(rule=self.finding.code, subject=self.finding.subject, area=self.area)
        return list(written)

    def initial(self) -> dict[str, Any]:
        for written in self.rests_on():
            return {name: getattr(written, name) for name in ("how", "agreed_by", "since", "review_on")}
        return {}

    def about(self) -> Sequence[tuple[str, Sequence[Piece]]]:
        return [("What is found", self.finding.pieces), ("Why it matters", [Piece(self.rule.why())])]

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        return manage_finding(
            rule=self.finding.code,
            subject=self.finding.subject,
            area=self.area,
            how=data["how"],
            agreed_by=data["agreed_by"],
            since=data["since"],
            review_on=data["review_on"],
            **who,
        )

    def done(self, result: Model) -> str:
        return "Recorded: how this is managed."

    def address_after(self, result: Model) -> str:
        return self.way_back()

    def way_back(self) -> str:
        return f"{reverse('to-do-findings')}?rule={self.finding.code}"
