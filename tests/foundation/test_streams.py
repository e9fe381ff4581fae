"""Streams of whole tables borrow a connection: it goes back as it came, whatever became of the stream."""

from collections.abc import Iterator

import pytest
from django.db.backends.postgresql.base import DatabaseWrapper
from psycopg.errors import UndefinedColumn
from psycopg.pq import TransactionStatus

from ics_leadership import streams

pytestmark = pytest.mark.django_db

MANY = "SELECT generate_series(1, 1000000)"


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


def test_a_whole_table_is_joined_and_sorted_in_more_memory_than_a_page():
    memory = b"".join(streams.copied("SELECT current_setting('work_mem')", "FORMAT csv"))
    assert memory.decode().strip() == streams.MEMORY
