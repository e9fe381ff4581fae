"""Letters that administrators have sent to the holders of accounts. Those about passwords are django-allauth's."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.internal.flows.password_reset import get_reset_password_from_key_url
from allauth.account.utils import user_pk_to_url_str
from allauth.core.context import request_context
from django.conf import settings
from django.http import HttpRequest

from ics_leadership.accounts.models import User


def send_first_letter(request: HttpRequest, account: User) -> None:
    """Tell somebody of their account, with the link by which they choose their password."""
    key = f"{user_pk_to_url_str(account)}-{default_token_generator.make_token(account)}"
    providers = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    context = {
        "user": account,
        "address": get_reset_password_from_key_url(request, key),
        "providers": [provider["name"] for provider in providers],
    }
    with request_context(request):
        get_adapter(request).send_mail("account/email/first_letter", account.email, context)
