"""How each of the two servers is prepared, started, found ready and stopped.

Each is a `Server`; the supervisor treats them alike.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from ics_leadership.embedded import addresses
from ics_leadership.embedded.failure import CannotStart
from ics_leadership.embedded.identity import Identity, Programs
from ics_leadership.embedded.lifeline import tethered

# Starting after a crash replays what was not yet in the tables; that may take minutes.
READY_WITHIN = 300
PREDECESSOR_GONE_WITHIN = 60
ROOM_FOR_A_NEW_DATABASE = 200 * 1024 * 1024


@dataclass
class Server(ABC):
    """One server over one data folder: `start` it, wait until it `answers`, `stop` it."""

    programs: Programs
    identity: Identity
    data: Path
    log: Path
    sockets: Path
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    name = ""
    # The signal that ends it in order, and the one that ends it at once without loss.
    orderly = signal.SIGTERM
    abrupt = signal.SIGTERM

    @abstractmethod
    def prepare(self) -> None:
        """Make the data folder fit for a start."""

    @abstractmethod
    def command(self, data: str) -> list[str]:
        """The command that runs the server in the foreground over the folder `data`."""

    @abstractmethod
    def answers(self) -> bool:
        """Whether the server takes work now."""

    def ended_for_its_predecessor(self) -> bool:
        """Whether it ended only because another that is on its way out has not quite gone."""
        return False

    def start(self) -> None:
        """Prepare the folder and run the server until it answers; raises `CannotStart`."""
        self.prepare()
        self._await_predecessor()
        deadline = time.monotonic() + READY_WITHIN
        self._launch()
        while not self.answers():
            time.sleep(0.02)
            if time.monotonic() > deadline:
                raise CannotStart(f"{self.name} takes too long to start: see {self.log}.")
            if self.process is None or self.process.poll() is None:
                continue
            if not self.ended_for_its_predecessor():
                raise CannotStart(self._last_words())
            time.sleep(0.2)
            self._launch()

    def stop(self) -> None:
        """End the server in order, or at once when that takes more than a minute."""
        if self.process is None:
            return
        for how, patience in ((self.orderly, 60), (self.abrupt, 10), (signal.SIGKILL, 10)):
            self.process.send_signal(how)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(patience)
                return

    def _launch(self) -> None:
        if self.log.exists():
            self.log.replace(self.log.with_suffix(".log.before"))
        with (
            self.identity.handed_over(self.data) as (data, inherited),
            self.log.open("wb") as log,
        ):
            self.process = tethered(
                self.command(data),
                at_death=self.abrupt,
                cwd=self.data,
                pass_fds=inherited,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
                **self.identity.options(),
            )

    def _await_predecessor(self) -> None:
        """Wait for a server that a killed supervisor left behind; it is on its way out."""
        deadline = time.monotonic() + PREDECESSOR_GONE_WITHIN
        while self.answers() or self._at_work_already():
            if time.monotonic() > deadline:
                raise CannotStart(
                    f"Another {self.name} that the register did not start works in {self.data}: stop it first."
                )
            time.sleep(0.1)

    def _at_work_already(self) -> bool:
        """Whether a living process of this program works in the data folder, where `/proc` can tell."""
        program = Path(self.command("")[0]).name
        for process in Path("/proc").glob("[0-9]*"):
            # Others end while we look.
            with contextlib.suppress(OSError):
                if (process / "cwd").readlink() == self.data and (process / "comm").read_text().strip() == program:
                    return True
        return False

    def _last_words(self) -> str:
        words = self.log.read_text(errors="replace").strip().splitlines()
        if any("No space left on device" in line for line in words):
            return f"The disk of {self.data} is full: make room and start again."
        reasons = [line for line in words if "FATAL" in line or "error" in line.lower()] or words or ["it said nothing"]
        return f"{self.name} did not start ({reasons[-1].strip()}): see {self.log}."


class PostgreSQL(Server):
    """The database, initialised on its first start."""

    name = "PostgreSQL"
    orderly = signal.SIGINT
    abrupt = signal.SIGQUIT

    def prepare(self) -> None:
        if self.data.exists():
            self._check_version()
            return
        if shutil.disk_usage(self.data.parent).free < ROOM_FOR_A_NEW_DATABASE:
            raise CannotStart(
                f"A new database needs 200 MB, and the disk of {self.data.parent} has less: "
                "make room, or set REGISTER_HOME to a folder on another disk."
            )
        # Under another name until it is whole, so that an interrupted start leaves no half of it.
        draft = self.data.with_name("postgres.new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        self.identity.own(draft)
        with self.identity.handed_over(draft) as (data, inherited):
            making = tethered(
                [
                    str(self.programs.postgres / "initdb"),
                    f"--pgdata={data}",
                    f"--username={addresses.SUPERUSER}",
                    "--auth=trust",
                    "--encoding=UTF8",
                    # The same order of letters on every machine.
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                ],
                at_death=signal.SIGKILL,
                cwd=draft,
                pass_fds=inherited,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                **self.identity.options(),
            )
            said, _ = making.communicate()
        if making.returncode != 0:
            self.log.write_bytes(said)
            raise CannotStart(self._last_words())
        draft.rename(self.data)

    def command(self, data: str) -> list[str]:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "max_connections": "200",
            "max_wal_size": "2GB",
        }
        return [
            str(self.programs.postgres / "postgres"),
            f"-D{data}",
            *(f"--{name}={value}" for name, value in settings.items()),
        ]

    def answers(self) -> bool:
        try:
            psycopg.connect(self._conninfo).close()
        except psycopg.OperationalError:
            return False
        return True

    def ended_for_its_predecessor(self) -> bool:
        return 'lock file "postmaster.pid" already exists' in self.log.read_text(errors="replace")

    def start(self) -> None:
        super().start()
        with psycopg.connect(self._conninfo, autocommit=True) as connection:
            known = connection.execute("SELECT FROM pg_database WHERE datname = %s", [addresses.DATABASE])
            if known.fetchone() is None:
                connection.execute(f'CREATE DATABASE "{addresses.DATABASE}"')

    @property
    def _conninfo(self) -> str:
        return psycopg.conninfo.make_conninfo(
            host=str(self.sockets), user=addresses.SUPERUSER, dbname="postgres", connect_timeout=5
        )

    def _await_predecessor(self) -> None:
        super()._await_predecessor()
        # Nobody works in the folder, and we hold its lock: what these files name is a process that
        # nobody reaped, or a stranger that was given the same number. PostgreSQL would not start.
        if Path("/proc/self").exists():
            for left_behind in (self.data / "postmaster.pid", self.sockets / ".s.PGSQL.5432.lock"):
                left_behind.unlink(missing_ok=True)

    def _check_version(self) -> None:
        held = (self.data / "PG_VERSION").read_text().strip()
        brought = (
            subprocess.run(
                [str(self.programs.postgres / "postgres"), "--version"],
                capture_output=True,
                text=True,
                check=True,
            )
            .stdout.split()[2]
            .partition(".")[0]
        )
        if held != brought:
            raise CannotStart(
                f"{self.data} was written by PostgreSQL {held}, and this version of the register "
                f"brings PostgreSQL {brought}: see 'Upgrading' in docs/operating.md."
            )


class Valkey(Server):
    """The queue and the cache; what is queued outlives a restart."""

    name = "Valkey"

    def prepare(self) -> None:
        self.data.mkdir(mode=0o700, exist_ok=True)
        self.identity.own(self.data)

    def command(self, data: str) -> list[str]:
        settings = {
            "port": "0",
            "unixsocket": str(self.sockets / "valkey.sock"),
            "unixsocketperm": "700",
            "appendonly": "yes",
            "save": "",
        }
        return [
            str(self.programs.valkey),
            *(word for name, value in settings.items() for word in (f"--{name}", value)),
        ]

    def answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(5)
            try:
                connection.connect(str(self.sockets / "valkey.sock"))
                connection.sendall(b"PING\r\n")
                return connection.recv(5) == b"+PONG"
            except OSError:
                return False
