"""From where a request comes, as far as can be told: the proxies in front are known to django-allauth."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The address of whoever asks; empty where nothing tells it, as behind a socket."""
    try:
        found: str = get_adapter().get_client_ip(request)
    except PermissionDenied:
        return ""
    return found
