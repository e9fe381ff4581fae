"""The sign-in page: django-allauth's, which on the demonstration also says with what one may sign in."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Any

from allauth.account.views import LoginView
from django.http import HttpRequest

from ics_leadership.accounts.demo_accounts import PASSWORD, accounts_to_show


def comes_from_this_machine(request: HttpRequest) -> bool:
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


class SignInView(LoginView):
    def get_context_data(self, **options: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**options)
        if comes_from_this_machine(self.request):
            context |= {"demonstration_accounts": accounts_to_show(), "demonstration_password": PASSWORD}
        return context


sign_in = SignInView.as_view()
