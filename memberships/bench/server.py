"""The register's own web server, started as `make run` starts it, and a client that reads and throws away."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ics_leadership.environment import BASE_DIR

HOST = "127.0.0.1"
PIECE = 256 * 1024


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as attempt:
        attempt.bind((HOST, 0))
        port: int = attempt.getsockname()[1]
        return port


@contextmanager
def serving(port: int) -> Iterator[int]:
    """Serve the register, and the empty page, on a port; gives the number of the server's process."""
    environment = os.environ | {"HOST": HOST, "PORT": str(port), "DJANGO_SETTINGS_MODULE": "memberships.bench.settings"}
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--log-level", "warning", "ics_leadership.wsgi"],
        cwd=BASE_DIR,
        env=environment,
    )
    try:
        _wait_for(port)
        yield server.pid
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int) -> None:
    for _ in range(600):
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"Nothing answers on port {port}.")


class Reader:
    """A client that keeps its connection to a server; `known` to it by a cookie, so that every page is made for it anew."""

    def __init__(self, port: int, *, known: bool = False) -> None:
        self._headers = {"Cookie": "known=1"} if known else {}
        self._connection = http.client.HTTPConnection(HOST, port, timeout=600)
        self._piece = memoryview(bytearray(PIECE))

    def read(self, address: str, times: int = 1) -> None:
        """Read an answer to its end so many times over one connection. Raises RuntimeError where it is none."""
        for _ in range(times):
            answer = self._asked(address)
            while answer.readinto(self._piece):
                pass
        # The server lets go of a connection that is idle for seconds: the next question makes another.
        self._connection.close()

    def first_byte(self, address: str) -> float:
        """How long until the first byte of an answer was there, in seconds; the rest is let go."""
        begin = time.perf_counter()
        self._asked(address).read(1)
        took = time.perf_counter() - begin
        self._connection.close()
        return took

    def _asked(self, address: str) -> http.client.HTTPResponse:
        self._connection.request("GET", address, headers=self._headers)
        answer = self._connection.getresponse()
        if answer.status != 200:
            raise RuntimeError(f"{address} answers {answer.status}: {answer.read(300)!r}")
        return answer


class Memory:
    """What the processes of a server hold beyond what they share with files, in MB, the most of it while it is watched."""

    def __init__(self, server: int) -> None:
        self._workers = [int(number) for number in Path(f"/proc/{server}/task/{server}/children").read_text().split()]
        self._over = threading.Event()
        self.most = 0.0

    def now(self) -> float:
        return sum(self._of(worker) for worker in self._workers) / 1024

    @contextmanager
    def watched(self) -> Iterator[None]:
        self._over.clear()
        self.most = self.now()
        watcher = threading.Thread(target=self._watch)
        watcher.start()
        try:
            yield
        finally:
            self._over.set()
            watcher.join()

    def _watch(self) -> None:
        while not self._over.wait(0.02):
            self.most = max(self.most, self.now())

    @staticmethod
    def _of(process: int) -> int:
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("RssAnon"):
                return int(line.split()[1])
        return 0
