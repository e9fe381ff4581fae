"""`manage.py run`, which `make run` calls: it serves, refuses plainly, and leaves nothing behind."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.foundation.members import ROOT, environment, gone, wait_until


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Run:
    """`manage.py run` in a process group of its own, as `make` would start it."""

    def __init__(self, home: Path, port: int) -> None:
        self.said = home.with_name(f"{home.name}.log")
        with self.said.open("wb") as said:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "run"],
                cwd=ROOT,
                env=environment(home) | {"PORT": str(port), "WEB_CONCURRENCY": "1"},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def says(self, pattern: str) -> bool:
        return re.search(pattern, self.said.read_text()) is not None

    def family(self) -> list[psutil.Process]:
        first = psutil.Process(self.process.pid)
        return [first, *first.children(recursive=True)]


def test_the_register_is_served_and_a_killed_group_leaves_nothing_running(tmp_path, port):
    home = tmp_path / "home"
    first = Run(home, port)
    wait_until(lambda: first.says(f"The register is at http://127.0.0.1:{port}"), "the first start", within=300)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=60) as answer:
        assert answer.status == 200
    wait_until(lambda: first.says(r"celery@\S+ ready"), "the worker is up", within=60)
    family = first.family()
    assert {"gunicorn", "celery"} <= {word for one in family for word in one.cmdline()}
    os.killpg(first.process.pid, signal.SIGKILL)
    first.process.wait(30)
    wait_until(lambda: gone(family), "nothing is left running")

    second = Run(home, port)
    wait_until(lambda: second.says("The register is at"), "the second start", within=60)
    family = second.family()
    second.process.send_signal(signal.SIGINT)
    assert second.process.wait(60) == 0
    wait_until(lambda: gone(family), "Ctrl-C stopped everything")


@pytest.fixture
def taken(port: int) -> Iterator[int]:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", port))
        holder.listen()
        yield port


def test_a_port_in_use_says_how_to_choose_another(tmp_path, taken):
    refused = Run(tmp_path / "home", taken)
    assert refused.process.wait(60) == 1
    assert refused.says(f"Port {taken} of 127.0.0.1 cannot be used .*'make run PORT={taken + 1}'")
    assert not refused.says("Traceback")
