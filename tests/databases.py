"""The databases of a run, all of them copies of one that is empty: that of each worker, and those of tests that commit.

What is committed to a register cannot be cleared away, because no table of it is ever emptied; so such a test gets a
database of its own, which goes with it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.core.cache import cache
from django.db import connection
from django.db.backends.base.creation import TEST_DATABASE_PREFIX
from django.test.utils import setup_databases
from psycopg import sql
from pytest_django import DjangoDbBlocker

from ics_leadership import embedded
from tests.sharing import once


def pytest_sessionfinish(session: pytest.Session) -> None:
    remove_after(session, empty_name())


def remove_after(session: pytest.Session, *names: str) -> None:
    """Remove databases that the workers of a run had in common, once none of them is at work any more."""
    if not hasattr(session.config, "workerinput"):
        server = urlsplit(embedded.database_url())._replace(path="/postgres").geturl()
        with psycopg.connect(server, autocommit=True) as postgres:
            for name in names:
                postgres.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def empty_name() -> str:
    """What the empty database of a run is called."""
    return f"{TEST_DATABASE_PREFIX}{connection.settings_dict['NAME']}"


@pytest.fixture(scope="session")
def empty_database(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
    shared_folder: Path,
) -> str:
    """The name of a database with all tables of the register and no rows, made once for all workers of a run.

    It is only copied. In one in which tests have worked PostgreSQL has counted tables when they were empty, and goes
    by that while a register is written to them: the demonstration then takes many times as long to load.
    """
    usual, name = connection.settings_dict["NAME"], empty_name()
    with django_db_blocker.unblock(), once(shared_folder, "tables") as mine:
        if mine:
            setup_databases(verbosity=0, interactive=False, aliases=["default"])
            connection.close()
            connection.settings_dict["NAME"] = usual
    return name


@pytest.fixture(scope="session")
def django_db_setup(empty_database: str, worker_id: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The test database of a worker, also when every test of the run works on a copy of the empty one.

    The plugin's own makes it only for tests that ask for `db`; the others would get the register of this clone.
    """
    name = f"{empty_database}_{worker_id}"
    with django_db_blocker.unblock():
        create_copy(empty_database, name)
    with connected_to(name):
        yield
    with django_db_blocker.unblock():
        drop(name)


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
def committing(django_db_setup: None, empty_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """An empty register in which commits are real; instead of `db`."""
    with (
        django_db_blocker.unblock(),
        copy_of(empty_database, f"{connection.settings_dict['NAME']}_committing"),
    ):
        yield


@pytest.fixture(scope="module")
def committing_together(
    django_db_setup: None, empty_database: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The same for all tests of a module, which stand side by side in one register."""
    with (
        django_db_blocker.unblock(),
        copy_of(empty_database, f"{connection.settings_dict['NAME']}_committing_together"),
    ):
        yield
