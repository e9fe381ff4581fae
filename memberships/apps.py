from django.apps import AppConfig


class MembershipsConfig(AppConfig):
    """People, their appointments, the groups they sit on, and why."""

    name = "memberships"

    def ready(self) -> None:
        from memberships.recorded import declare_tables

        declare_tables()
