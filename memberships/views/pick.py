"""What a form's search box finds while somebody types: the same radio buttons that the form shows without scripts."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from ics_leadership.errors import Refusal
from ics_leadership.fields import found
from memberships.pickers import GROUPS, ORGANISATIONS, PICKERS, ROLES

OPEN = {picker.kind for picker in (ORGANISATIONS, ROLES, GROUPS)}


def pick(request: HttpRequest, kind: str) -> HttpResponse:
    """The records of a kind that are called what was typed in the box of `field`; for editors. What everybody may read
    (`OPEN`) for all who are signed in: who declares their own interests, or offers to take on a post, names some.
    """
    rights = request.rights  # type: ignore[attr-defined]
    if not (rights.is_editor or (rights.is_signed_in and kind in OPEN)):
        raise PermissionDenied
    if kind not in PICKERS:
        raise Http404("There is nothing of that kind to choose.")
    field = request.GET.get("field", "")
    if not field.isidentifier():
        raise Refusal("This address does not say for which field of a form it searches.")
    typed = request.GET.get(f"{field}-typed", "").strip()[:200]
    choices = list(PICKERS[kind].find(typed)) if typed else []
    picked = found(PICKERS[kind], choices, typed=typed, chosen="", offers_new=request.GET.get("new") == "yes")
    return render(request, "fields/picker_found.html", {"picked": picked, "field": field})
