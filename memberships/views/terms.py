"""Terms of reference as pages of their own: a version as a document, and two versions compared clause by clause."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from ics_leadership.asked import asked_about
from memberships import seating
from memberships.models import Group, Terms
from memberships.presenters import versions as words
from memberships.presenters.reasons import version_words
from memberships.presenters.sitting import seats_taken
from memberships.presenters.terms_changes import changes, clauses_beside
from memberships.views.gone import gone

NO_SUCH_VERSION = "The register has no such version of this group’s terms. It may have been withdrawn."


def _versions(request: HttpRequest, slug: str) -> tuple[Group, list[Terms]] | HttpResponse:
    """The group at an address with all versions of its terms as at the day shown; the page of one that is gone."""
    this = Group.objects.select_related("host", "covers").filter(slug=slug).first()
    if this is None:
        return gone(request, Group, slug)
    return this, seating.versions_of_terms(this, request.as_at.date)  # type: ignore[attr-defined]


def _one(versions: list[Terms], pk: int) -> Terms:
    found = next((terms for terms in versions if terms.pk == pk), None)
    if found is None:
        raise Http404(NO_SUCH_VERSION)
    return found


@asked_about()
def document(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A version of a group's terms as a committee would print it, with who sat under it on the day shown."""
    asked = _versions(request, slug)
    if isinstance(asked, HttpResponse):
        return asked
    this, versions = asked
    terms, on = _one(versions, pk), request.as_at.date  # type: ignore[attr-defined]
    sitting = [member for member in seating.sitting(this, on) if member.seat.terms_id == terms.pk]
    others = [each for each in versions if each != terms]
    context: dict[str, Any] = {
        "group": this,
        "document": words.document(terms, on),
        "on": on,
        "members": seats_taken(terms, sitting, on, kept=bool(seating.keeping(this.covers or this.host, on))),
        "others": [(each.pk, version_words(each)) for each in others],
        "lines": seating.reporting_lines(this, on),
        "influences": seating.influences(this, on),
        "funding": seating.funding(this, on),
    }
    return render(request, "terms/document.html", context)


@asked_about("with")
def compare(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What a version says otherwise than another, clause by clause: the one before it, or the one asked for as `with`."""
    asked = _versions(request, slug)
    if isinstance(asked, HttpResponse):
        return asked
    this, versions = asked
    terms = _one(versions, pk)
    chosen = request.GET.get("with", "")
    if chosen:
        other = _one(versions, int(chosen) if chosen.isdecimal() and len(chosen) < 19 else 0)
    else:
        place = versions.index(terms)
        other = versions[place + 1] if place + 1 < len(versions) else versions[max(place - 1, 0)]
    # Whichever way round they are asked for, the later one is read as having changed the earlier.
    before, after = sorted((terms, other), key=versions.index, reverse=True)
    context = {
        "group": this,
        "before": words.named(before, request.as_at.date),  # type: ignore[attr-defined]
        "after": words.named(after, request.as_at.date),  # type: ignore[attr-defined]
        "clauses": clauses_beside(before, after),
        "changes": changes(before, after),
        "this": terms,
        "other": other,
        "choices": [(each.pk, words.named(each, request.as_at.date)) for each in versions if each != terms],  # type: ignore[attr-defined]
    }
    return render(request, "terms/compare.html", context)
