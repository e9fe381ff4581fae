"""PostgreSQL's own client, psql: what the database and its wire cost, without the register."""

from __future__ import annotations

import os
import shutil
import subprocess
import time

from django.conf import settings
from django.core.management import CommandError

from ics_leadership.embedded import CannotStart
from ics_leadership.embedded.identity import Programs
from ics_leadership.streams import MEMORY


class Client:
    """psql on the database that the register is served from, allowed as much memory as the register's exports."""

    def __init__(self) -> None:
        database = settings.DATABASES["default"]
        self._words = [_psql(), "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set", "ON_ERROR_STOP=1"]
        for option, value in (
            ("--host", database["HOST"]),
            ("--port", database["PORT"]),
            ("--username", database["USER"]),
        ):
            self._words += [option, str(value)] if value else []
        self._words += ["--dbname", str(database["NAME"])]
        self._environment = os.environ | {"PGOPTIONS": f"-c work_mem={MEMORY}"}

    def copy(self, statement: str) -> None:
        """`\\copy` of a statement as CSV into nothing."""
        self._run(f"\\copy ({_one_line(statement)}) TO '/dev/null' (FORMAT csv, HEADER)")

    def copy_json(self, statement: str) -> None:
        """`\\copy` of a statement's rows as JSON, one a line, into nothing."""
        self._run(f"\\copy (SELECT row_to_json(each_row) FROM ({_one_line(statement)}) AS each_row) TO '/dev/null'")

    def page(self, statement: str) -> None:
        """A statement's rows as one array of JSON."""
        self._run(f"SELECT json_agg(each_row) FROM ({statement}) AS each_row")

    def first_row(self, statement: str) -> float:
        """How long until the first row was there, in seconds; the rest is let go."""
        begin = time.perf_counter()
        copy = f"\\copy ({_one_line(statement)}) TO STDOUT (FORMAT csv)"
        with subprocess.Popen(
            [*self._words, "--command", copy],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=self._environment,
            bufsize=0,
        ) as client:
            assert client.stdout is not None
            client.stdout.read(1)
            took = time.perf_counter() - begin
            client.kill()
        return took

    def _run(self, command: str) -> None:
        subprocess.run(
            [*self._words, "--command", command], stdout=subprocess.DEVNULL, env=self._environment, check=True
        )


def _one_line(statement: str) -> str:
    # A command of psql's own ends with its line; no text of a declared table has one within.
    return " ".join(statement.split("\n"))


def _psql() -> str:
    try:
        return str(Programs.installed().postgres / "psql")
    except CannotStart:
        found = shutil.which("psql")
    if not found:
        raise CommandError("psql is not there: without PostgreSQL's own client there is nothing to measure by.")
    return found
