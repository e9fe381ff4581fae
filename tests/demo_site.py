"""The demonstration register for tests of pages: filled once for all workers of a run, and only read.

`demo_site` is the address of the real server on it, a process of its own with the settings of a register that runs;
`demo_client` is Django's test client on the same data, for what a browser is not needed for.
"""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from django.db.backends.base.creation import TEST_DATABASE_PREFIX
from django.test import Client
from psycopg import sql
from pytest_django import DjangoDbBlocker

from ics_leadership import embedded
from ics_leadership.embedded.lifeline import tethered
from ics_leadership.environment import BASE_DIR
from tests.databases import connected_to, copy_of, create_copy

SUFFIX = "_demonstration"
SPARE = "_spare"
"""The copy to which nobody is connected, so that others can be made from it."""
SECONDS_TO_START = 60


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Remove the demonstration register once no worker of the run reads it any more."""
    if not hasattr(session.config, "workerinput"):
        server = urlsplit(embedded.database_url())._replace(path="/postgres").geturl()
        name = f"{TEST_DATABASE_PREFIX}{connection.settings_dict['NAME']}{SUFFIX}"
        with psycopg.connect(server, autocommit=True) as postgres:
            for each in (name, f"{name}{SPARE}"):
                postgres.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(each)))


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all workers of this run have in common."""
    mine = tmp_path_factory.getbasetemp()
    return mine if worker_id == "master" else mine.parent


@contextmanager
def once(folder: Path, what: str) -> Iterator[bool]:
    """Whether it is for this worker to do `what`; the others wait here until it is done."""
    done = folder / f"{what}.done"
    with (folder / f"{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield not done.exists()
        done.touch()


@pytest.fixture(scope="session")
def demo_database(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, shared_folder: Path, worker_id: str
) -> str:
    """The name of the database that holds the demonstration register."""
    empty = connection.settings_dict["NAME"]
    name = f"{empty.removesuffix(f'_{worker_id}')}{SUFFIX}"
    with django_db_blocker.unblock(), once(shared_folder, "demonstration") as mine:
        if mine:
            create_copy(empty, name)
            with connected_to(name):
                call_command("load_demo", verbosity=0)
            create_copy(name, f"{name}{SPARE}")
    return name


@pytest.fixture
def demo_copy(demo_database: str, django_db_blocker: DjangoDbBlocker, worker_id: str) -> Iterator[None]:
    """A copy of the demonstration register to write to; instead of `db`."""
    with (
        django_db_blocker.unblock(),
        copy_of(f"{demo_database}{SPARE}", f"{demo_database}_{worker_id}"),
    ):
        yield


@pytest.fixture
def demo_client(demo_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Client]:
    """Django's test client, and all its queries, on the demonstration register; instead of `db`."""
    with django_db_blocker.unblock(), connected_to(demo_database):
        yield Client()


@pytest.fixture(scope="session")
def demo_site(demo_database: str, shared_folder: Path) -> Iterator[str]:
    """The address of a server of the demonstration register, started as in earnest."""
    with served(demo_database, shared_folder) as address:
        yield address


@contextmanager
def served(database: str, shared_folder: Path, **settings: str) -> Iterator[str]:
    """The address of a server of a register, a process of its own; `settings` are of its environment."""
    port = free_port()
    environment = os.environ | {
        "DATABASE_URL": urlsplit(embedded.database_url())._replace(path=f"/{database}").geturl(),
        "REDIS_URL": embedded.redis_url(),
        "REGISTER_HOME": str(shared_folder),
        "PORT": str(port),
        "WEB_CONCURRENCY": "1",
        "DEBUG": "False",
        **settings,
    }
    with once(shared_folder, "static") as mine:
        if mine:
            command = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
            subprocess.run(command, cwd=BASE_DIR, env=environment, check=True)
    server = tethered(
        [sys.executable, "-m", "gunicorn", "--log-level", "warning", "ics_leadership.wsgi"],
        at_death=signal.SIGTERM,
        cwd=BASE_DIR,
        env=environment,
    )
    try:
        wait_for(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Return when the server answers on the port; fail when it ends or takes too long."""
    patience = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < patience and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("The server of the demonstration register did not start.")
