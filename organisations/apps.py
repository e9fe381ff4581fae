from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Organisations, their links and successions over time; the import of ODS files."""

    name = "organisations"
