"""Databases beside the test database, on the same server: throw-away copies, for tests that commit.

What is committed to a register cannot be cleared away, because no table of it is ever emptied; so such a test gets a
database of its own, which goes with it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import setup_databases, teardown_databases
from pytest_django import DjangoDbBlocker


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """The empty test database, also when every test of the run works on a copy of it.

    The plugin's own makes it only for tests that ask for `db`; the others would get the register of this clone.
    """
    keep = request.config.option.reuse_db and not request.config.option.create_db
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases=["default"], keepdb=keep)
    yield
    if not request.config.option.reuse_db:
        with django_db_blocker.unblock():
            teardown_databases(made, verbosity=0)


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """Let Django's connections, those of other threads included, lead to another database of the server."""
    usual = connection.settings_dict["NAME"]
    connection.close()
    cache.clear()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        cache.clear()
        connection.settings_dict["NAME"] = usual


def create_copy(template: str, name: str) -> None:
    """Make a copy of a database to which nobody else is connected, in place of a former one."""
    connection.close()
    drop(name)
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def drop(name: str) -> None:
    """Remove a database, if it is there, with whoever is connected to it."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def copy_of(template: str, name: str) -> Iterator[None]:
    """A connected copy of a database, gone afterwards."""
    create_copy(template, name)
    try:
        with connected_to(name):
            yield
    finally:
        drop(name)


@pytest.fixture
def committing(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """An empty register in which commits are real; instead of `db`."""
    with django_db_blocker.unblock():
        template = connection.settings_dict["NAME"]
        with copy_of(template, f"{template}_committing"):
            yield


@pytest.fixture(scope="module")
def committing_together(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The same for all tests of a module, which stand side by side in one register."""
    with django_db_blocker.unblock():
        template = connection.settings_dict["NAME"]
        with copy_of(template, f"{template}_committing_together"):
            yield
