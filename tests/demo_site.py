"""The demonstration register for tests of pages: filled once for all workers of a run, and only read.

`demo_site` is the address of the real server on it, a process of its own with the settings of a register that runs;
`demo_client` is Django's test client on the same data, for what a browser is not needed for.
"""

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

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoDbBlocker

from ics_leadership import embedded
from ics_leadership.embedded.lifeline import tethered
from ics_leadership.environment import BASE_DIR
from tests.databases import connected_to, copy_of, create_copy, empty_name, remove_after
from tests.sharing import once

SUFFIX = "_demonstration"
SPARE = "_spare"
"""The copy to which nobody is connected, so that others can be made from it."""
SECONDS_TO_START = 60


def pytest_sessionfinish(session: pytest.Session) -> None:
    name = f"{empty_name()}{SUFFIX}"
    remove_after(session, name, f"{name}{SPARE}")


@pytest.fixture(scope="session")
def demo_database(
    django_db_setup: None, empty_database: str, django_db_blocker: DjangoDbBlocker, shared_folder: Path
) -> str:
    """The name of the database that holds the demonstration register."""
    name = f"{empty_database}{SUFFIX}"
    with django_db_blocker.unblock(), once(shared_folder, "demonstration") as mine:
        if mine:
            create_copy(empty_database, name)
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
