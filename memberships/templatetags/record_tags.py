"""Tags that offer what can be done with a record, to those to whom it is open.

{% may_change person as editable %}
{% record_tools person editable %}      on the person's own page
{% row_tools appointment editable role.title %}    beside an appointment or a seat on it
{% table_of "role-map" "Who holds what here" within=body.slug %}    what a page shows, as files and through the API
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from functools import partial
from html import escape
from typing import Any

from django import template
from django.db.models import Model
from django.template import Context
from django.utils.safestring import SafeString

from ics_leadership import recorded
from ics_leadership.addresses import address_of
from ics_leadership.api.ways import ways_to
from ics_leadership.templatetags.register_tags import at
from memberships.changes import may_change_then
from memberships.presenters.history import history_address
from memberships.presenters.reasons import Piece
from memberships.presenters.ways import ways_to_change
from memberships.unconfirmed import is_kept_by_people, unconfirmed_since

register = template.Library()


@register.simple_tag(takes_context=True)
def may_change(context: Context, record: Model) -> bool:
    """Whether the reader may change the record of this page."""
    return may_change_then(record, context["request"].rights)


@register.simple_tag(takes_context=True)
def in_pieces(context: Context, pieces: Iterable[Piece]) -> SafeString:
    """A sentence in pieces, some of which lead somewhere. Not a template of its own, because a page may have a thousand."""
    kept = partial(at, context)
    return SafeString("".join([_piece(piece, kept) for piece in pieces]))


def _piece(piece: Piece, kept: Callable[[str], str]) -> str:
    quiet, text = ' class="reg-seat__terms"' if piece.quiet else "", escape(piece.text)
    if piece.href:
        return f'<a href="{escape(kept(piece.href))}"{quiet}>{text}</a>'
    return f"<span{quiet}>{text}</span>" if quiet else text


@register.inclusion_tag("components/record_tools.html", takes_context=True)
def record_tools(context: Context, record: Model, editable: bool) -> dict[str, Any]:
    """Its history; for who may change it, confirming and withdrawing too; and since when nobody has confirmed it."""
    return _tools(context, record, str(record), editable=editable)


@register.inclusion_tag("components/row_tools.html", takes_context=True)
def row_tools(context: Context, record: Model, editable: bool, name: str) -> dict[str, Any]:
    """The same for an appointment or a seat among others on a page, which are told apart by `name`."""
    return _tools(context, record, name, editable=editable)


@register.inclusion_tag("components/take_away.html", takes_context=True)
def table_of(context: Context, resource: str, what: str, **filters: str) -> dict[str, Any]:
    """A table of the API as at the day of this page, narrowed: `{% table_of "memberships" "Who sits here" group=group.slug %}`."""
    request = context["request"]
    return {"request": request, "what": what, **asdict(ways_to(resource, filters, request.as_at))}


def _tools(context: Context, record: Model, name: str, *, editable: bool) -> dict[str, Any]:
    as_at = context.get("as_at")
    unconfirmed = unconfirmed_since(record) if as_at is None or as_at.is_today else None
    tools = {
        "name": name,
        "as_at": as_at,
        "history": history_address(type(record), record.pk),
        "unconfirmed": unconfirmed,
        "may_change": editable,
    }
    return tools | _ways_to_change(context, record) if editable else tools


def _ways_to_change(context: Context, record: Model) -> dict[str, Any]:
    address = recorded.of(type(record)).address, record.pk
    return {
        "source": address_of("attach-source", *address),
        "ways": ways_to_change(record),
        "may_confirm": is_kept_by_people(record),
        "confirm": address_of("still-true", *address),
        "withdraw": address_of("withdraw", *address),
        "back": context["request"].get_full_path(),
        "csrf_token": context.get("csrf_token"),
    }
