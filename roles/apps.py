from django.apps import AppConfig


class RolesConfig(AppConfig):
    """Role types, roles, remits by function, funding sources."""

    name = "roles"
