"""Databases beside the test database, on the same server: throw-away copies, for tests that commit.

What is committed to a register cannot be cleared away, because no table of it is ever emptied; so such a test gets a
database of its own, which goes with it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """Let Django's connections, those of other threads included, lead to another database of the server."""
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


@contextmanager
def copy_of(template: str, name: str) -> Iterator[None]:
    """A copy of a database to which nobody is connected, dropped afterwards."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def committing(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """An empty register in which commits are real; instead of `db`."""
    with django_db_blocker.unblock():
        connection.close()
        template = connection.settings_dict["NAME"]
        with copy_of(template, f"{template}_committing"), connected_to(f"{template}_committing"):
            yield
