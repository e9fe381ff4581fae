"""Streams of whole tables borrow a connection: it goes back as it came, whatever became of the stream."""

import socket
from collections.abc import Iterator
from threading import Timer

import pytest
from django.db.backends.postgresql.base import DatabaseWrapper
from django.test import RequestFactory
from psycopg.errors import QueryCanceled, UndefinedColumn
from psycopg.pq import TransactionStatus

from ics_leadership import streams

pytestmark = pytest.mark.django_db

MANY = "SELECT generate_series(1, 1000000)"
NOT_SOON = "SELECT pg_sleep(600)"


@pytest.fixture
def given_back(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[TransactionStatus]]:
    """In what state each connection was that was closed meanwhile."""
    states: list[TransactionStatus] = []
    close = DatabaseWrapper.close

    def told(self: DatabaseWrapper) -> None:
        states.append(self.connection.info.transaction_status)
        close(self)

    with monkeypatch.context() as patch:
        patch.setattr(DatabaseWrapper, "close", told)
        yield states


def test_connection_of_a_whole_stream_goes_back_without_a_transaction(given_back: list[TransactionStatus]):
    assert b"".join(streams.copied("SELECT 1", "FORMAT csv")) == b"1\n"
    assert given_back == [TransactionStatus.IDLE]


def test_connection_of_a_stream_that_is_left_goes_back_without_a_transaction(given_back: list[TransactionStatus]):
    stream = streams.copied(MANY, "FORMAT csv")
    assert next(stream).startswith(b"1\n2\n")
    stream.close()  # type: ignore[attr-defined]
    assert given_back == [TransactionStatus.IDLE]


def test_connection_of_a_stream_that_fails_goes_back_without_a_transaction(given_back: list[TransactionStatus]):
    with pytest.raises(UndefinedColumn):
        next(streams.copied("SELECT nothing_of_the_sort", "FORMAT csv"))
    assert given_back == [TransactionStatus.IDLE]


@pytest.fixture
def reader() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Both ends of a connection: the server's, and that of who reads."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def test_statement_ends_when_its_reader_goes_before_there_is_a_row(
    reader: tuple[socket.socket, socket.socket], given_back: list[TransactionStatus]
):
    ours, theirs = reader
    Timer(0.1, theirs.close).start()
    turns = streams._turns._value
    with pytest.raises(streams.ReaderLeft):
        streams.InTurn(streams.copied(NOT_SOON, "FORMAT csv"), ours)
    assert streams._turns._value == turns
    assert given_back == [TransactionStatus.IDLE]


def test_answer_that_nobody_waited_for_says_so_to_the_log(
    reader: tuple[socket.socket, socket.socket], rf: RequestFactory
):
    ours, theirs = reader
    theirs.close()
    request = rf.get("/", **{"gunicorn.socket": ours})
    answer = streams.answer(request, streams.copied(NOT_SOON, "FORMAT csv"), {})
    assert (answer.status_code, answer.reason_phrase) == (499, "The reader left")


def test_reader_who_waits_is_waited_with(reader: tuple[socket.socket, socket.socket]):
    ours, theirs = reader
    theirs.sendall(b"GET /next HTTP/1.1")
    soon = f"SELECT 1 FROM pg_sleep({3 * streams.LOOK_AGAIN})"
    assert b"".join(streams.InTurn(streams.copied(soon, "FORMAT csv"), ours)) == b"1\n"


def test_a_statement_that_somebody_else_ends_is_no_reader_who_left(reader: tuple[socket.socket, socket.socket]):
    ours, _ = reader
    ended = "SELECT pg_cancel_backend(pg_backend_pid()), pg_sleep(600)"
    with pytest.raises(QueryCanceled):
        streams.InTurn(streams.copied(ended, "FORMAT csv"), ours)


def test_a_whole_table_is_joined_and_sorted_in_more_memory_than_a_page():
    memory = b"".join(streams.copied("SELECT current_setting('work_mem')", "FORMAT csv"))
    assert memory.decode().strip() == streams.MEMORY
