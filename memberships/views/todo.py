"""The to-do list: an editor's first page, and each part of it whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from ics_leadership.errors import Refusal
from ics_leadership.lists import page_asked, section
from ics_leadership.periods import today
from memberships import todo
from memberships.presenters.findings import FindingLine, finding_lines
from memberships.presenters.todo import PARTS, Item, Part
from memberships.rules import RULES, Finding
from organisations.models import Organisation

FINDINGS_PART = "findings"
FEW = 5
"""How many of each part the first page shows."""


@dataclass(frozen=True)
class Shown:
    """The first rows of a part, how much there is to do in all, and whether there are more rows."""

    part: Part
    total: int
    has_more: bool
    items: list[Item]


@login_required
def to_do(request: HttpRequest) -> HttpResponse:
    """What waits for an editor, a few of each sort. Readers have no such list: their first page is everybody's."""
    rights = request.rights  # type: ignore[attr-defined]
    if not rights.is_editor:
        return redirect("home")
    areas, chosen = _areas(request)
    scope = _scope(request, areas, chosen)
    pages = [(part, Paginator(part.rows(scope), FEW).page(1)) for part in PARTS]
    shown = [
        Shown(part, part.number(page.paginator), page.paginator.num_pages > 1, _items(part, page))
        for part, page in pages
    ]
    context = {"shown": shown, "areas": areas, "chosen": chosen, "total": sum(each.total for each in shown)}
    return render(request, "todo/todo.html", context)


@login_required
def to_do_section(request: HttpRequest, name: str) -> HttpResponse:
    """One part of the list, whole, fifty at a time."""
    rights = request.rights  # type: ignore[attr-defined]
    if not rights.is_editor:
        raise PermissionDenied
    part = next((each for each in PARTS if each.name == name), None)
    if part is None:
        raise Http404("The to-do list has no part at this address.")
    if part.page and request.path != part.href:
        return redirect(part.href)
    areas, chosen = _areas(request)
    scope = _scope(request, areas, chosen)
    page = page_asked(request, part.rows(scope))
    context = {"part": part, "page": page, "items": _items(part, page), "areas": areas, "chosen": chosen}
    if name == FINDINGS_PART:
        context["to_take"] = _to_take(chosen)
    return render(request, "todo/part.html", context)


@login_required
def to_do_findings(request: HttpRequest) -> HttpResponse:
    """What one rule finds, fifty at a time, what is managed folded; without a rule, what all find."""
    rights = request.rights  # type: ignore[attr-defined]
    if not rights.is_editor:
        raise PermissionDenied
    asked = request.GET.get("rule", "")
    if not asked:
        return to_do_section(request, FINDINGS_PART)
    rule = next((each for each in RULES if each.code == asked), None)
    if rule is None:
        raise Refusal(f"“{asked[:40]}” is no rule of this register.", way_on=("Show what all rules find", request.path))
    areas, chosen = _areas(request)
    waiting, managed = todo.findings_of(rule, _scope(request, areas, chosen))

    def present(found: Iterable[Finding]) -> list[FindingLine]:
        findings = list(found)
        return finding_lines(findings, todo.slugs, kept={each.place for each in findings})

    context = {
        "rule": rule,
        "waiting": section(request, "waiting", waiting, present),
        "managed": section(request, "managed", managed, present),
        "areas": areas,
        "chosen": chosen,
        "to_take": _to_take(chosen, kind=rule.code),
    }
    return render(request, "todo/findings.html", context)


def _to_take(area: Organisation | None, **narrowed: str) -> dict[str, str]:
    """What leaves, as `take_away.html` has it: the findings of an area; of several all that are seen, which may be more than those
    of the list: somebody's own, and those that terms publish elsewhere.
    """
    if area:
        narrowed["within"] = area.slug

    def address(**more: str) -> str:
        return f"{reverse('api-findings')}?{urlencode(narrowed | more)}".rstrip("?")

    what = f"{'Findings of this kind' if 'kind' in narrowed else 'Findings'}{' in this area' if area else ' that you may see'}"
    return {"what": what, "excel": address(format="xlsx"), "csv": address(format="csv", bom="true"), "api": address()}


def _items(part: Part, page: Page) -> list[Item]:
    return [part.item(row) for row in part.load(page.object_list)]


def _scope(request: HttpRequest, areas: list[Organisation], chosen: Organisation | None) -> todo.Scope:
    return todo.Scope(request.rights, [area.pk for area in ([chosen] if chosen else areas)], today())  # type: ignore[attr-defined]


def _areas(request: HttpRequest) -> tuple[list[Organisation], Organisation | None]:
    """The areas that may be asked about, and the one that is. Raises Refusal for one that is not among them."""
    areas = list(todo.areas_of(request.rights, today()))  # type: ignore[attr-defined]
    asked: Any = request.GET.get("within", "")
    if not asked:
        return areas, areas[0] if len(areas) == 1 else None
    chosen = next((area for area in areas if area.slug == asked), None)
    if chosen is None:
        raise Refusal(
            f"“{asked[:40]}” is not an area that you look after.",
            way_on=("Show all that you look after", request.path),
        )
    return areas, chosen
