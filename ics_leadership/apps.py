from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class RegisterConfig(AppConfig):
    """The base of the register: time, history, sources, accounts."""

    name = "ics_leadership"
    verbose_name = "GP leadership register"

    def ready(self) -> None:
        from ics_leadership.history import install_stamp
        from ics_leadership.known import build_views, drop_views

        post_migrate.connect(install_stamp, sender=self, dispatch_uid="install_stamp")
        pre_migrate.connect(drop_views, sender=self, dispatch_uid="drop_known_views")
        post_migrate.connect(build_views, sender=self, dispatch_uid="build_known_views")
