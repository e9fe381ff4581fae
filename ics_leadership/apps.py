from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RegisterConfig(AppConfig):
    """The base of the register: time, history, sources, accounts."""

    name = "ics_leadership"
    verbose_name = "GP leadership register"

    def ready(self) -> None:
        from ics_leadership.history import install_stamp

        post_migrate.connect(install_stamp, sender=self, dispatch_uid="install_stamp")
