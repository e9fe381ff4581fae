from django.apps import AppConfig


class MembershipsConfig(AppConfig):
    """People, their appointments, the groups they sit on, and why."""

    name = "memberships"
