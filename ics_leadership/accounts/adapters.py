"""What django-allauth asks of the register: who may sign in, where to go then, how secrets are kept.

Its settings stand in `settings.py`, its pages in `urls.py` and `templates/account`. What somebody may do once they are
signed in is no matter of signing in: `organisations.rights`.
"""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest
from qrcode import QRCode
from qrcode.image.svg import SvgPathImage

from ics_leadership.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are opened by administrators. Sentences and letters are the register's own."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account is closed.",
        "email_password_mismatch": "The e-mail address or the password is not right.",
        "enter_current_password": "Type the password that you have now.",
        "incorrect_password": "This is not your password.",
        "invalid_password_reset": "This link has been used already, or is too old.",
        "rate_limited": "Too many attempts. Wait a few minutes and try again.",
        "same_as_current": "Choose another password than the one that you have.",
        "too_many_login_attempts": "Too many attempts. Wait a few minutes and try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        return f"{settings.REGISTER_NAME}: {subject}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        super().send_mail(template_prefix, email, {"register_name": settings.REGISTER_NAME, **context})

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/account"


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors are kept encrypted: a copy of the database alone lets nobody in."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_generate_recovery_codes": "Set up a second factor first: recovery codes stand in for it.",
        "incorrect_code": "This code is not right. Codes of an app are good for half a minute each.",
    }

    def get_totp_issuer(self) -> str:
        return settings.REGISTER_NAME

    def build_totp_svg(self, url: str) -> str:
        """The code as an SVG element to stand in the page: the policy admits no `data:` images."""
        code = QRCode(image_factory=SvgPathImage, border=2)
        code.add_data(url)
        drawing: str = code.make_image().to_string(encoding="unicode")
        return drawing

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": settings.REGISTER_NAME}

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; where `SECRET_KEY` has changed since, one that no code fits, so that nobody gets past it."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return generate_totp_secret()


def _cipher() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"second factor {settings.SECRET_KEY}".encode()).digest()))


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Whoever signs in elsewhere gets the open account of their verified address, and none is made for them."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """On the first time, tie what the provider calls this person to their account here."""
        if sociallogin.is_existing:
            return
        verified = [address.email for address in sociallogin.email_addresses if address.verified]
        account = next((found for each in verified for found in User.objects.filter(email__iexact=each)), None)
        if account and account.is_active:
            sociallogin.connect(request, account)
