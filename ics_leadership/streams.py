"""Answers that travel while the database is still writing them: whole tables, in memory that does not grow with the rows.

Each stream has a connection and a transaction of its own, because Django's is over before the answer has left. The first
chunk is fetched before anything is sent, so that a statement that fails is an error and no broken file; a stream that breaks
afterwards is not ended as though it were whole. What is asked about as it was known at a moment is read as known then to its
last row. Nobody's statement goes on, and keeps others from their turn, when its reader has gone.
"""

from __future__ import annotations

import select
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from contextvars import ContextVar, copy_context
from socket import MSG_PEEK, socket
from threading import BoundedSemaphore, Event, Thread
from typing import Any

import psycopg
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.backends.utils import CursorWrapper
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from ics_leadership import known

CHUNK = 64 * 1024
"""Bytes that are handed on at once: each row alone would cost double."""

MEMORY = "64MB"
"""What PostgreSQL may hold of a whole table while it joins and sorts it (`work_mem`), before it writes it to disk and reads it
again: that takes a third longer.
"""


LOOK_AGAIN = 0.25
"""Seconds between two looks whether a reader who waits for a table is still there."""

CLOSED_BY_READER = 499
"""What proxies write in their logs for an answer that nobody waited for."""


class TooMany(Exception):
    """So many exports are under way that one more has to wait; `retry_after` is in seconds."""

    retry_after = 15


class ReaderLeft(Exception):
    """Who asked for a table went away before any of it was there."""


_turns = BoundedSemaphore(settings.EXPORTS_AT_ONCE)


@contextmanager
def apart() -> Iterator[CursorWrapper]:
    """A cursor on a connection of its own, in one transaction that only reads and sees one state of the register: the present
    one, or within `known.as_known_at` what was known then.
    """
    connection = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute(f"SET LOCAL work_mem = '{MEMORY}'")
            if moment := known.moment():
                known.look_back(cursor, moment)
            yield cursor
    finally:
        # The connection is lent: whoever has it next finds no transaction of ours. There may be none to end any more.
        with suppress(Error), connection.cursor() as cursor:
            cursor.execute("ROLLBACK")
        connection.close()


Copy = Callable[[str, str], Iterator[bytes]]
"""What writes a statement with options of COPY: `copied`, or `copied_by` with a cursor."""


def copied(statement: str, options: str) -> Iterator[bytes]:
    """What `COPY (statement) TO STDOUT (options)` writes, in large chunks of whole rows."""
    with apart() as cursor:
        yield from copied_by(cursor, statement, options)


def copied_by(cursor: CursorWrapper, statement: str, options: str) -> Iterator[bytes]:
    """The same within the transaction of a cursor. Raises ReaderLeft where nobody waits for the first chunk any more."""
    with closing(_chunks(cursor, f"COPY ({statement}) TO STDOUT ({options})")) as chunks:
        with _unless_left(cursor.connection):
            first = next(chunks, b"")
        if first:
            yield first
            yield from chunks


def _chunks(cursor: CursorWrapper, copy: str) -> Generator[bytes]:
    with cursor.copy(copy) as rows:
        waiting = bytearray()
        for row in rows:
            waiting += row
            if len(waiting) >= CHUNK:
                yield bytes(waiting)
                waiting.clear()
        if waiting:
            yield bytes(waiting)


_reader: ContextVar[socket | None] = ContextVar("reader", default=None)
"""Who waits for the stream that is being written, where the server tells it."""


@contextmanager
def _unless_left(connection: psycopg.Connection[Any]) -> Iterator[None]:
    """Leave off what a connection is asked within this block when the reader has gone meanwhile. Raises ReaderLeft."""
    reader = _reader.get()
    if reader is None:
        yield
        return
    over = Event()

    def look() -> None:
        while not over.wait(LOOK_AGAIN):
            if _has_left(reader):
                # One that comes before the statement does is lost: the next look repeats it.
                with suppress(psycopg.Error):
                    connection.cancel_safe()

    looking = Thread(target=look, daemon=True)
    looking.start()
    try:
        yield
    except psycopg.errors.QueryCanceled:
        if _has_left(reader):
            raise ReaderLeft from None
        raise
    finally:
        # Nothing is left off any more once the connection may be somebody else's.
        over.set()
        looking.join()


def _has_left(reader: socket) -> bool:
    """Whether a reader sends nothing more: so does one who has closed the connection."""
    coming = select.poll()
    coming.register(reader, select.POLLIN)
    try:
        return bool(coming.poll(0)) and not reader.recv(1, MSG_PEEK)
    except OSError:
        return True


def csv(statement: str, *, bom: bool = False, copy: Copy = copied) -> Iterator[bytes]:
    """A statement's rows as CSV (RFC 4180, UTF-8), its columns' names first; with a byte order mark for spreadsheets."""
    if bom:
        yield b"\xef\xbb\xbf"
    yield from _with_crlf(copy(statement, "FORMAT csv, HEADER"))


def _with_crlf(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """CSV whose lines end as RFC 4180 has it; a line break within quotes stays as it was typed."""
    quoted = False
    for chunk in chunks:
        parts = chunk.split(b'"')
        for place in range(quoted, len(parts), 2):
            parts[place] = parts[place].replace(b"\n", b"\r\n")
        quoted ^= not len(parts) % 2
        yield b'"'.join(parts)


def ndjson(statement: str, *, copy: Copy = copied) -> Iterator[bytes]:
    """A statement's rows as JSON objects, one a line."""
    # JSON holds none of these two characters, so that nothing is ever quoted.
    options = "FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02'"
    return copy(f"SELECT row_to_json(each_row) FROM ({statement}) AS each_row", options)


class InTurn:
    """A stream as one of those that a process writes at once, with its first chunk fetched already: what fails at once
    fails here.

    All of it is written in the context in which it was asked for, though that has ended by then: as known at the same moment.
    Its turn is over when it ends or is closed, whether anybody read from it or not. Raises TooMany when as many are under
    way as may be, and ReaderLeft where the `reader`, the socket of the request, is closed before the first chunk.
    """

    def __init__(self, stream: Iterator[bytes], reader: socket | None = None) -> None:
        if not _turns.acquire(blocking=False):
            raise TooMany
        self._stream, self._waiting, self._context = stream, True, copy_context()
        self._context.run(_reader.set, reader)
        try:
            self._first: bytes | None = self._context.run(next, stream, None)
        except BaseException:
            self.close()
            raise

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        first, self._first = self._first, None
        if first is not None:
            return first
        try:
            return self._context.run(next, self._stream)
        except StopIteration:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the connection and of the turn; a second time does nothing."""
        if self._waiting:
            self._waiting = False
            _turns.release()
            if isinstance(self._stream, Generator):
                self._stream.close()


def answer(request: HttpRequest, stream: Iterator[bytes], headers: Mapping[str, str]) -> HttpResponseBase:
    """A stream in its turn, as the answer to a request. Raises TooMany.

    A reader who takes no chunk for `EXPORT_PATIENCE` seconds is dropped, with the connection and the turn that it holds; the server
    makes it wait for ever again at the next request. To one who left before the first chunk nothing is said but in the log.
    """
    reader: socket | None = request.META.get("gunicorn.socket")
    try:
        in_turn = InTurn(stream, reader)
    except ReaderLeft:
        return HttpResponse(status=CLOSED_BY_READER, reason="The reader left")
    if reader is not None:
        reader.settimeout(settings.EXPORT_PATIENCE)
    return StreamingHttpResponse(in_turn, headers=headers)
