"""django-allauth's forms in the register's words. What they check is left to it."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp import forms as app
from allauth.mfa.webauthn import forms as keys
from django import forms

NEW_PASSWORD = ("New password", "At least 8 characters, not only numbers, nothing that others would guess.")
CODE = ("Code", "From your authenticator app, or one of your recovery codes.")
KEY_NAME = ("What you call it", "So that you can tell several apart.")


def say(form: forms.BaseForm, **fields: tuple[str, str]) -> None:
    """Give fields their label and hint, and a sentence for when they are left empty."""
    for name, (label, hint) in fields.items():
        form.fields[name].label, form.fields[name].help_text = label, hint
        form.fields[name].error_messages["required"] = f"“{label}” is still empty."


class SignInForm(account.LoginForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        say(
            self,
            login=("E-mail address", ""),
            password=("Password", ""),
            remember=("Keep me signed in on this computer", ""),
        )
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class ForgottenPasswordForm(account.ResetPasswordForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        say(self, email=("E-mail address", ""))


class ChangePasswordForm(account.ChangePasswordForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        say(
            self,
            oldpassword=("The password that you have now", ""),
            password1=NEW_PASSWORD,
            password2=("The same again", ""),
        )


class FirstPasswordForm(account.SetPasswordForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        say(self, password1=NEW_PASSWORD, password2=("The same again", ""))


class NewPasswordForm(account.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        say(self, password1=NEW_PASSWORD, password2=("The same again", ""))


class StillYouForm(account.ReauthenticateForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        say(self, password=("Your password", ""))


class SecondFactorForm(second_factor.AuthenticateForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        say(self, code=CODE)
        self.fields["code"].widget.attrs["width"] = "short"


class StillYourSecondFactorForm(second_factor.ReauthenticateForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        say(self, code=CODE)
        self.fields["code"].widget.attrs["width"] = "short"


class SetUpAppForm(app.ActivateTOTPForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        say(self, code=("The six digits", ""))
        self.fields["code"].widget.attrs["width"] = "short"


class AddKeyForm(keys.AddWebAuthnForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        say(self, name=KEY_NAME)


class RenameKeyForm(keys.EditWebAuthnForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        say(self, name=KEY_NAME)
