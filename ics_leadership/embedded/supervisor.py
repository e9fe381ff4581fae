"""The process that owns both servers of a data folder, for as long as somebody is a member.

It holds the folder's lock. A member is whoever keeps a connection to its socket open: a member
that is killed leaves like one that goes. The last to leave stops the servers; the death of the
supervisor itself ends them at once, without loss.
"""

import contextlib
import fcntl
import os
import selectors
import shutil
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from ics_leadership.embedded import addresses
from ics_leadership.embedded.failure import CannotStart
from ics_leadership.embedded.identity import Identity, Programs
from ics_leadership.embedded.servers import PostgreSQL, Server, Valkey
from ics_leadership.environment import home

READY = b"ready\n"
BUSY = b"busy\n"
FAILED = b"failed: "

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def supervise(first: socket.socket) -> None:
    """Run the servers until the last member, of which `first` is one already, has left."""
    for one in ENDING:
        signal.signal(one, _leave)
    try:
        with _lock(home()), _sockets() as folder, _listener(folder) as listener:
            try:
                with _running(folder) as servers:
                    _serve(listener, [first], servers)
            except CannotStart as reason:
                while (another := _accept(listener)) is not None:
                    _tell(another, FAILED + f"{reason}\n".encode())
                raise
    except CannotStart as reason:
        _tell(first, FAILED + f"{reason}\n".encode())
        raise
    except BlockingIOError:
        _tell(first, BUSY)


def _leave(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)


@contextlib.contextmanager
def _lock(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield


@contextlib.contextmanager
def _sockets() -> Iterator[Path]:
    """The folder of the sockets, entered by the servers' user and nobody else; gone with the services."""
    folder = addresses.sockets()
    identity = Identity.for_data(home() / "postgres")
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    if folder.is_symlink() or os.geteuid() not in (0, folder.stat().st_uid):
        raise CannotStart(f"{folder} was made by somebody else: remove it.")
    folder.chmod(0o700)
    identity.own(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _listener(folder: Path) -> Iterator[socket.socket]:
    path = folder / "supervisor.sock"
    path.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen(128)
        listener.setblocking(False)
        yield listener


@contextlib.contextmanager
def _running(sockets: Path) -> Iterator[list[Server]]:
    identity = Identity.for_data(home() / "postgres")
    programs = Programs.installed().reachable_by(identity, through=sockets / "programs")
    logs = home() / "logs"
    logs.mkdir(exist_ok=True)
    servers: list[Server] = [
        PostgreSQL(programs, identity, home() / "postgres", logs / "postgres.log", sockets),
        Valkey(programs, identity, home() / "valkey", logs / "valkey.log", sockets),
    ]
    try:
        for server in servers:
            server.start()
        yield servers
    finally:
        for one in ENDING:
            signal.signal(one, signal.SIG_IGN)
        (sockets / "supervisor.sock").unlink(missing_ok=True)
        for server in servers:
            server.stop()


def _serve(listener: socket.socket, members: list[socket.socket], servers: list[Server]) -> None:
    """Let members in and out until none is left, or a server has died."""
    with _child_ended() as child_ended, selectors.DefaultSelector() as events:
        events.register(child_ended, selectors.EVENT_READ)
        events.register(listener, selectors.EVENT_READ)
        for member in members:
            _tell(member, READY)
            events.register(member, selectors.EVENT_READ)
        while members:
            for key, _mask in events.select():
                ready = key.fileobj
                assert isinstance(ready, socket.socket)
                if ready is child_ended:
                    ready.recv(1024)
                elif ready is listener:
                    newcomer = _accept(listener)
                    if newcomer is not None:
                        members.append(newcomer)
                        _tell(newcomer, READY)
                        events.register(newcomer, selectors.EVENT_READ)
                else:
                    # Members never speak: what can be read is that they left.
                    events.unregister(ready)
                    members.remove(ready)
                    ready.close()
            for server in servers:
                if server.process is not None and server.process.poll() is not None:
                    sys.exit(f"{server.name} has ended unasked: see {server.log}.")


@contextlib.contextmanager
def _child_ended() -> Iterator[socket.socket]:
    """A socket that can be read when a child may have ended."""
    readable, written = socket.socketpair()
    with readable, written:
        written.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda _signal, _frame: None)
        signal.set_wakeup_fd(written.fileno())
        try:
            yield readable
        finally:
            signal.set_wakeup_fd(-1)


def _accept(listener: socket.socket) -> socket.socket | None:
    try:
        return listener.accept()[0]
    except BlockingIOError:
        return None


def _tell(member: socket.socket, words: bytes) -> None:
    # A member that has left already is noticed when it is next listened to.
    with contextlib.suppress(OSError):
        member.sendall(words)
