"""Being a member: starting the supervisor or joining it, and staying for as long as it is needed."""

import contextlib
import errno
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from ics_leadership.embedded import addresses, supervisor
from ics_leadership.embedded.failure import CannotStart
from ics_leadership.environment import BASE_DIR, env, home

# Longer than the supervisor gives a server, so that its sentence arrives.
PATIENCE = 400


@contextlib.contextmanager
def services() -> Iterator[socket.socket | None]:
    """Keep PostgreSQL and Valkey running for the block; start nothing where both are named.

    Yields the membership, which ends of itself only when the services fail, or None where
    `DATABASE_URL` and `REDIS_URL` name servers. Raises `CannotStart` with a sentence.
    """
    if env.str("DATABASE_URL", default="") and env.str("REDIS_URL", default=""):
        yield None
        return
    _prepare_home()
    with _membership() as membership:
        yield membership


def _prepare_home() -> None:
    folder = home()
    advice = "make it writable for you, or set REGISTER_HOME to another folder."
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / "lock").open("a").close()
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise CannotStart(f"The disk of {folder} is full: make room.") from error
        raise CannotStart(f"{folder} cannot be written ({error.strerror}): {advice}") from error


def _membership() -> socket.socket:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        joined = _join()
        connection = joined or _start()
        connection.settimeout(max(deadline - time.monotonic(), 1))
        try:
            with connection.makefile("rb") as words:
                answer = words.readline()
        except OSError:
            answer = b""
        if answer == supervisor.READY:
            connection.settimeout(None)
            return connection
        connection.close()
        if answer.startswith(supervisor.FAILED):
            raise CannotStart(answer.removeprefix(supervisor.FAILED).decode().strip())
        # Another supervisor is coming or going; or the one just started fell over.
        if joined is None and _children[-1].wait() != 0:
            raise CannotStart(f"The services could not be started: see {_log()}.")
        time.sleep(0.2)
    raise CannotStart(f"The services in {home()} neither start nor stop: see {_log()}.")


def _join() -> socket.socket | None:
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.connect(str(addresses.sockets() / "supervisor.sock"))
    except (FileNotFoundError, ConnectionRefusedError):
        connection.close()
        return None
    except PermissionError as error:
        connection.close()
        raise CannotStart(
            f"Another user runs the services in {home()}: run this as that user, or set "
            "REGISTER_HOME to a folder of your own."
        ) from error
    return connection


# The supervisors this process started; it reaps them should they end first.
_children: list[subprocess.Popen[bytes]] = []


def _start() -> socket.socket:
    ours, theirs = socket.socketpair()
    _log().parent.mkdir(exist_ok=True)
    with theirs, _log().open("ab") as log:
        # In a session of its own: Ctrl-C at one member's terminal is not meant for the others.
        _children.append(
            subprocess.Popen(
                [sys.executable, "-m", "ics_leadership.embedded"],
                cwd=BASE_DIR,
                env=os.environ | {"REGISTER_HOME": str(home())},
                stdin=theirs.fileno(),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        )
    return ours


def _log() -> Path:
    return home() / "logs" / "supervisor.log"
