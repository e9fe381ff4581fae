"""Whole tables on a real server, when their readers go, stall or come all at once, and when the database goes away."""

import hashlib
import http.client
import json
import socket
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection, transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from organisations import actions as organisations
from tests import factories
from tests.databases import connected_to, create_copy, drop
from tests.demo_site import served
from tests.factories import IN_TEST

ROWS, SIZE = 100, 200_000
"""So large is the table that no buffer between server and reader holds it: 20 MB."""

AT_ONCE = 2
EXPORT = "/api/v1/role-map?period=all&format=csv"


@pytest.fixture(scope="module")
def large_register(django_db_setup: None, empty_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The name of a database whose role map takes long to be read."""
    with django_db_blocker.unblock():
        name = f"{connection.settings_dict['NAME']}_large"
        create_copy(empty_database, name)
        with connected_to(name):
            source = organisations.add_source(title="x" * SIZE, **IN_TEST)
            post = factories.role(factories.organisation(), factories.role_type())
            for _ in range(ROWS):
                factories.appointment(factories.person(), post, source=source)
        yield name
        drop(name)


@pytest.fixture(scope="module")
def site(large_register: str, shared_folder: Path) -> Iterator[str]:
    with served(
        large_register,
        shared_folder,
        EXPORTS_AT_ONCE=str(AT_ONCE),
        EXPORT_PATIENCE="600",
        API_UNITS_A_MINUTE_OF_STRANGERS="0",
    ) as address:
        yield address


@pytest.fixture
def under_way(large_register: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Callable[[], list[int]]]:
    """What tells the processes of PostgreSQL that write a table at the moment."""

    def ask() -> list[int]:
        with connection._nodb_cursor() as cursor:
            statement = (
                "SELECT pid FROM pg_stat_activity WHERE datname = %s AND query LIKE 'COPY%%' AND state = 'active'"
            )
            cursor.execute(statement, [large_register])
            return [pid for (pid,) in cursor.fetchall()]

    with django_db_blocker.unblock():
        yield ask


def until(true: Callable[[], bool]) -> None:
    """Wait for something to come true; fail when it does not."""
    patience = time.monotonic() + 30
    while not true():
        assert time.monotonic() < patience, "It never came true."
        time.sleep(0.02)


@pytest.fixture(scope="module")
def frozen(large_register: str, django_db_blocker: DjangoDbBlocker) -> str:
    """The address of the same table, frozen."""
    with django_db_blocker.unblock(), connected_to(large_register):
        somebody = Client()
        somebody.force_login(factories.user())
        answer = somebody.post("/api/v1/snapshots/of/role-map?period=all&format=csv")
        assert answer.status_code == HTTPStatus.CREATED, answer.content
        return urlsplit(str(answer.json()["file"])).path


def begun(site: str, address: str = EXPORT) -> socket.socket:
    """A reader who has asked for an export, and has read what became of it but nothing more."""
    reader = socket.socket()
    reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    host = urlsplit(site)
    reader.connect((str(host.hostname), int(str(host.port))))
    reader.sendall(f"GET {address} HTTP/1.1\r\nHost: {host.netloc}\r\n\r\n".encode())
    return reader


def status_of(reader: socket.socket) -> int:
    return int(reader.recv(512).split()[1])


def test_reader_who_goes_gives_back_the_connection(site: str, under_way: Callable[[], list[int]]):
    reader = begun(site)
    assert status_of(reader) == HTTPStatus.OK
    assert len(under_way()) == 1
    reader.close()
    until(lambda: not under_way())


def test_reader_who_goes_before_the_first_row_gives_back_its_place(
    large_register: str, site: str, under_way: Callable[[], list[int]]
):
    with (
        connected_to(large_register),
        connection.cursor() as cursor,
        transaction.atomic(),
    ):
        # Whoever asks now waits for this.
        cursor.execute("LOCK TABLE ics_leadership_source")
        readers = [begun(site) for _ in range(AT_ONCE)]
        until(lambda: len(under_way()) == AT_ONCE)
        for reader in readers:
            reader.close()
        until(lambda: not under_way())
    with closing(begun(site)) as reader:
        assert status_of(reader) == HTTPStatus.OK
    until(lambda: not under_way())


def test_export_that_the_database_leaves_off_is_told_from_a_whole_one(site: str, under_way: Callable[[], list[int]]):
    with closing(http.client.HTTPConnection(urlsplit(site).netloc)) as reader:
        reader.request("GET", EXPORT)
        answer = reader.getresponse()
        assert answer.status == HTTPStatus.OK
        assert answer.read(1000)
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pid) FROM unnest(%s) AS pid", [under_way()])
        with pytest.raises(http.client.IncompleteRead):
            answer.read()


@pytest.mark.parametrize("of", ["export", "snapshot"])
def test_many_readers_who_stall_leave_pages_to_others(
    site: str, frozen: str, under_way: Callable[[], list[int]], of: str
):
    with ExitStack() as leaving:
        address = frozen if of == "snapshot" else EXPORT
        readers = [leaving.enter_context(closing(begun(site, address))) for _ in range(40)]
        statuses = sorted(map(status_of, readers))
        assert statuses == [HTTPStatus.OK] * AT_ONCE + [HTTPStatus.SERVICE_UNAVAILABLE] * (40 - AT_ONCE)
        assert len(under_way()) == (AT_ONCE if of == "export" else 0)
        for page in ("/people", "/organisations", "/api/v1/role-map?period=all&limit=1"):
            with urllib.request.urlopen(f"{site}{page}") as answer:
                assert answer.status == HTTPStatus.OK
    until(lambda: not under_way())


def test_snapshot_is_the_same_bytes_however_long_it_is(site: str, frozen: str):
    with urllib.request.urlopen(f"{site}{frozen}") as answer:
        kept = answer.read()
        assert int(answer.headers["Content-Length"]) == len(kept) > ROWS * SIZE
    described = json.loads(urllib.request.urlopen(f"{site}{frozen.removesuffix('/file')}").read())
    assert (described["size"], described["sha256"]) == (len(kept), hashlib.sha256(kept).hexdigest())


def test_reader_who_takes_nothing_more_is_dropped(
    large_register: str, shared_folder: Path, under_way: Callable[[], list[int]], tmp_path: Path
):
    log = tmp_path / "log"
    with (
        served(
            large_register,
            shared_folder,
            EXPORT_PATIENCE="1",
            API_UNITS_A_MINUTE_OF_STRANGERS="0",
            GUNICORN_CMD_ARGS=f"--error-logfile {log}",
        ) as impatient,
        closing(begun(impatient)) as reader,
    ):
        assert status_of(reader) == HTTPStatus.OK
        until(lambda: not under_way())
    [line] = log.read_text().splitlines()
    assert line.endswith("Dropped a reader of /api/v1/role-map who took nothing for 1 s")
