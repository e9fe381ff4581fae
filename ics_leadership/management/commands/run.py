"""`make run`: bring the register up to date and serve it until Ctrl-C."""

import fcntl
import os
import signal
import socket
import sys
import threading
import time
from pathlib import Path
from typing import Any, TextIO

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connections

from ics_leadership import embedded
from ics_leadership.accounts.demo_accounts import demo_sign_in_lines
from ics_leadership.environment import BASE_DIR, env
from ics_leadership.processes import run_procfile, when_parent_ends


class Command(BaseCommand):
    help = "Serve the register: web, worker and scheduler, until Ctrl-C."

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = env.str("HOST", default="127.0.0.1"), env.int("PORT", default=8000)
        with (settings.HOME / "run.lock").open("a") as lock, embedded.services() as membership:
            refuse_to_run_twice(lock)
            refuse_a_port_in_use(host, port)
            self.prepare()
            watch(membership)
            self.announce(host, port)
            status = run_procfile(BASE_DIR / "Procfile", environment())
        # A signal is how this command is meant to end.
        sys.exit(0 if status in (130, 143) else status)

    def prepare(self) -> None:
        """Bring tables and static files up to date; fill an empty register with the demonstration."""
        self.stdout.write("Bringing the tables up to date")
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("load_demo", if_empty=True)

    def announce(self, host: str, port: int) -> None:
        """Say where to look and how to sign in, once there is something to see."""
        sign_in = demo_sign_in_lines()
        # The processes started from here must not inherit a connection.
        connections.close_all()

        def wait_and_say() -> None:
            while True:
                try:
                    socket.create_connection((host, port), timeout=1).close()
                    break
                except OSError:
                    time.sleep(0.1)
            lines = ["", f"The register is at http://{host}:{port}", *sign_in, "Ctrl-C stops it.", ""]
            self.stdout.write("\n".join(lines))

        threading.Thread(target=wait_and_say, daemon=True).start()


def refuse_to_run_twice(lock: TextIO) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise CommandError(
            f"The register already runs on the data in {settings.HOME}: stop it first, "
            "or set REGISTER_HOME to another folder."
        ) from error


def refuse_a_port_in_use(host: str, port: int) -> None:
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} of {host} cannot be used ({error.strerror}): choose another, "
                f"for example with 'make run PORT={port + 1}'."
            ) from error


def environment() -> dict[str, str]:
    """The environment of the processes: this one's, in which `python` is this Python."""
    programs = str(Path(sys.executable).parent)
    return os.environ | {
        "PATH": os.pathsep.join([programs, os.environ.get("PATH", "")]),
        "PYTHONUNBUFFERED": "1",
        # Celery warns root of tasks that strangers pickled; it takes none.
        "PYTHONWARNINGS": "ignore:::celery.platforms",
    }


def watch(membership: socket.socket | None) -> None:
    """Stop serving when the services fail, or when the `make` that started this was killed."""

    def stop() -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    def stop_with_services(connection: socket.socket) -> None:
        connection.recv(1)
        sys.stderr.write(f"The embedded services have ended: see {settings.HOME / 'logs'}.\n")
        stop()

    if "MAKELEVEL" in os.environ:
        when_parent_ends(stop)
    if membership is not None:
        threading.Thread(target=stop_with_services, args=[membership], daemon=True).start()
