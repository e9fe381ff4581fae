"""Who may read through the API: whoever may read the pages."""

from __future__ import annotations

from django.conf import settings
from rest_framework.permissions import BasePermission
from rest_framework.request import Request


class MayRead(BasePermission):
    """Everybody where the register is open to everybody, else who is signed in or sends a token."""

    def has_permission(self, request: Request, view: object) -> bool:
        return bool(settings.PUBLIC_READING or request.user.is_authenticated)
