"""Migrations: complete, and quick enough to run before every test."""

import pytest
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from ics_leadership.schema import KINDS

OURS = {"ics_leadership", "accounts", "organisations", "roles", "memberships"}
MANY = 10


@pytest.mark.django_db
def test_migrations_say_all_that_the_models_say():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_many_tables_and_additions_are_made_together():
    scattered = {
        name: parts
        for (app, name), migration in MigrationLoader(None).disk_migrations.items()
        if app in OURS and (parts := sum(isinstance(one, sum(KINDS, ())) for one in migration.operations)) > MANY
    }
    assert scattered == {}, "wrap their operations in ics_leadership.schema.together(…)"
