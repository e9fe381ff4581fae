"""The tag that offers what can be done with a record, to whom it is open: `{% record_tools person %}`."""

from typing import Any

from django import template
from django.db.models import Model
from django.template import Context
from django.urls import reverse

from ics_leadership import recorded
from memberships.changes import may_change_then
from memberships.presenters.history import history_address
from memberships.unconfirmed import is_kept_by_people, unconfirmed_since

register = template.Library()


@register.inclusion_tag("components/record_tools.html", takes_context=True)
def record_tools(context: Context, record: Model) -> dict[str, Any]:
    """Its history; for who may change it, confirming and withdrawing too; and since when nobody has confirmed it."""
    request = context["request"]
    may_change = may_change_then(record, request.rights)
    address = [recorded.of(type(record)).address, record.pk]
    as_at = context.get("as_at")
    return {
        "name": str(record),
        "history": history_address(type(record), record.pk),
        "may_change": may_change,
        "may_confirm": may_change and is_kept_by_people(record),
        "confirm": reverse("still-true", args=address),
        "withdraw": reverse("withdraw", args=address),
        "back": request.get_full_path(),
        "unconfirmed": unconfirmed_since(record) if as_at is None or as_at.is_today else None,
        "csrf_token": context.get("csrf_token"),
    }
