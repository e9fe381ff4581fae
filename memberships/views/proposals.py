"""Proposals: the list, and one with who has to agree to it and where it stands. Who may see which is `memberships.proposals`."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from ics_leadership.errors import Refusal
from ics_leadership.lists import SHARED_NAMES, page_asked
from ics_leadership.words import list_words
from memberships import proposals
from memberships.models import Group, Proposal
from memberships.presenters import proposals as words
from memberships.rights import may_change
from memberships.views.gone import gone

STATES = {"": "Open and settled", "open": "Open", "settled": "Settled"}
ASKED = ("group", "state", *SHARED_NAMES)


def proposal_list(request: HttpRequest) -> HttpResponse:
    """The proposals put by the day shown, the latest first, of all groups or of one."""
    on = request.as_at.date  # type: ignore[attr-defined]
    rights = request.rights  # type: ignore[attr-defined]
    group, state = _asked(request)
    seen = proposals.visible(rights, Proposal.objects.all())
    groups = Group.objects.filter(proposals__in=seen.filter(put_on__lte=on)).distinct().order_by("name", "pk")
    found = proposals.as_at(seen.filter(group=group) if group else seen, on)
    if state:
        found = [each for each in found if each.standing.is_settled == (state == "settled")]
    page = page_asked(request, found)
    context = {
        "page": page,
        "lines": [words.proposal_line(each, on) for each in page.object_list],
        "groups": groups,
        "group": group,
        "states": STATES.items(),
        "state": state,
    }
    return render(request, "proposals/list.html", context)


def _asked(request: HttpRequest) -> tuple[Group | None, str]:
    """The group and the state that the list is narrowed to. Raises Refusal for what it cannot be asked."""
    way_on = ("Show all proposals", reverse("proposals"))
    for name in request.GET:
        if name not in ASKED:
            raise Refusal(
                f"This list has no filter “{name[:40]}”. It can be asked about {list_words(list(ASKED))}.",
                way_on=way_on,
            )
    state = request.GET.get("state", "")
    if state not in STATES:
        raise Refusal(f"“{state[:40]}” is no value of “state”. It can be open or settled.", way_on=way_on)
    slug = request.GET.get("group", "")
    group = Group.objects.filter(slug=slug).first() if slug else None
    if slug and group is None:
        raise Refusal(f"The register has no group “{slug[:40]}”.", way_on=way_on)
    return group, state


def proposal(request: HttpRequest, slug: str) -> HttpResponse:
    """One proposal as at the day shown."""
    on = request.as_at.date  # type: ignore[attr-defined]
    rights = request.rights  # type: ignore[attr-defined]
    row = Proposal.objects.select_related("group__host", "group__covers").filter(slug=slug).first()
    if row is None:
        if rights.is_signed_in:
            return gone(request, Proposal, slug)
        raise Http404("The register has no proposal at this address.")
    this = proposals.visible(rights, Proposal.objects.filter(pk=row.pk))
    if not this.exists():
        raise Http404("The register has no proposal at this address.")
    context: dict[str, Any] = {"proposal": row}
    for then in proposals.as_at(this, on):
        sentence = words.standing_sentence(then, on)
        address = request.build_absolute_uri(f"{row.get_absolute_url()}?as_at={on.isoformat()}")
        lines = words.party_lines(then, on)
        is_today = request.as_at.is_today  # type: ignore[attr-defined]
        context |= {
            "proposal": then.row,
            "sentence": sentence,
            "outcome": words.OUTCOMES[then.standing.outcome],
            "is_open": not then.standing.is_settled,
            "rule": then.rule.label,
            "rule_sentence": words.RULE_SENTENCES[then.rule],
            "lines": lines,
            "mine": proposals.answerable(rights, then) if is_today else set(),
            "editable": rights.is_editor and may_change(row, rights),
            "citation": words.citation(row, sentence, on, address, settings.REGISTER_NAME),
        }
    return render(request, "proposals/proposal.html", context)
