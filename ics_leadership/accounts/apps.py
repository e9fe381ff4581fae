from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who may sign in."""

    name = "ics_leadership.accounts"
    label = "accounts"
