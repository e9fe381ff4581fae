"""Addresses of signing in and of what guards an account. The views are django-allauth's, under the names it knows.

Only what the register offers has an address: nobody signs up, and an account's e-mail address is an administrator's
business.
"""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as keys
from allauth.socialaccount import views as elsewhere
from allauth.usersessions import views as sessions
from django.urls import path, re_path

from ics_leadership.accounts import openid, views

urlpatterns = [
    path("sign-in", views.sign_in, name="account_login"),
    path("sign-out", account.logout, name="account_logout"),
    path("closed", account.account_inactive, name="account_inactive"),
    path("confirm", account.reauthenticate, name="account_reauthenticate"),
    path("password", account.password_change, name="account_change_password"),
    path("password/first", account.password_set, name="account_set_password"),
    path("password/forgotten", account.password_reset, name="account_reset_password"),
    path("password/forgotten/sent", account.password_reset_done, name="account_reset_password_done"),
    path("password/changed", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("second-factor", second_factor.index, name="mfa_index"),
    path("second-factor/check", second_factor.authenticate, name="mfa_authenticate"),
    path("second-factor/confirm", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("second-factor/app", app.activate_totp, name="mfa_activate_totp"),
    path("second-factor/app/remove", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("second-factor/recovery-codes", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "second-factor/recovery-codes/new", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"
    ),
    path(
        "second-factor/recovery-codes/file", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"
    ),
    path("second-factor/keys", keys.list_webauthn, name="mfa_list_webauthn"),
    path("second-factor/keys/add", keys.add_webauthn, name="mfa_add_webauthn"),
    path("second-factor/keys/confirm", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("second-factor/keys/<int:pk>/name", keys.edit_webauthn, name="mfa_edit_webauthn"),
    path("second-factor/keys/<int:pk>/remove", keys.remove_webauthn, name="mfa_remove_webauthn"),
    path("sessions", sessions.list_usersessions, name="usersessions_list"),
    path("elsewhere/cancelled", elsewhere.login_cancelled, name="socialaccount_login_cancelled"),
    path("elsewhere/<slug:provider_id>", openid.leave, name="openid_connect_login"),
    path("elsewhere/<slug:provider_id>/back", openid.come_back, name="openid_connect_callback"),
]
