"""Commands that need the services, as processes of their own that a test can kill."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

import psutil

ROOT = Path(__file__).resolve().parents[2]

MEMBER = """
import sys
import psycopg, redis
from ics_leadership import embedded
with embedded.services():
    database = psycopg.connect(embedded.database_url(), autocommit=True)
    queue = redis.Redis.from_url(embedded.redis_url(), decode_responses=True)
    database.execute("CREATE TABLE IF NOT EXISTS kept (word text)")
    print("ready", flush=True)
    for line in sys.stdin:
        verb, _, word = line.strip().partition(" ")
        if verb == "keep":
            database.execute("INSERT INTO kept VALUES (%s)", [word])
            queue.rpush("kept", word)
        words = [row[0] for row in database.execute("SELECT word FROM kept ORDER BY word")]
        print(*words, "/", *sorted(queue.lrange("kept", 0, -1)), flush=True)
"""


class Member:
    """A command over the data in `home`, in a process group of its own, up when constructed."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.process = subprocess.Popen(
            [sys.executable, "-c", MEMBER],
            cwd=ROOT,
            env=environment(home),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert self._answer() == "ready"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.leave()

    def keep(self, word: str) -> str:
        """Write `word` to the database and the queue; what both hold, as `words / words`."""
        return self._ask(f"keep {word}")

    def kept(self) -> str:
        return self._ask("say")

    def leave(self) -> None:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()

    def kill_group(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.leave()

    def _ask(self, words: str) -> str:
        assert self.process.stdin
        self.process.stdin.write(words + "\n")
        self.process.stdin.flush()
        return self._answer()

    def _answer(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()


def environment(home: Path) -> dict[str, str]:
    """This environment, with its data in `home` and no servers named."""
    named = {"DATABASE_URL", "REDIS_URL"}
    return {name: value for name, value in os.environ.items() if name not in named} | {"REGISTER_HOME": str(home)}


def supervisor(home: Path) -> psutil.Process:
    return psutil.Process(int((home / "lock").read_text()))


def servers(home: Path) -> list[psutil.Process]:
    """PostgreSQL and Valkey of `home`, without the processes that PostgreSQL itself starts."""
    return supervisor(home).children()


def wait_until(met: Callable[[], bool], what: str, within: float = 30) -> None:
    deadline = time.monotonic() + within
    while not met():
        assert time.monotonic() < deadline, f"waited in vain until {what}"
        time.sleep(0.05)


def gone(processes: list[psutil.Process]) -> bool:
    """Whether all have ended, reaped or not."""
    return all(not one.is_running() or one.status() == psutil.STATUS_ZOMBIE for one in processes)
