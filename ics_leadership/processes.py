"""Running the processes of the Procfile side by side, none of which outlives this one.

honcho starts each process in a session of its own, behind a process that relays its output. A
kill of this process, or of its whole group, would leave them at work; here they go with it.
"""

import functools
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from honcho.environ import parse_procfile
from honcho.manager import Manager
from honcho.process import Process

from ics_leadership.embedded.lifeline import tethered


def run_procfile(procfile: Path, environment: dict[str, str]) -> int:
    """Run every process of `procfile` until one ends or a signal arrives; the exit status."""
    manager = Manager()
    manager._process_ctor = TetheredProcess
    for name, command in parse_procfile(procfile.read_text()).processes.items():
        manager.add_process(name, f"exec {command}", env=environment, cwd=str(procfile.parent))
    manager.loop()
    return int(manager.returncode or 0)


class TetheredProcess(Process):
    """A process of the Procfile, and the relay of its output, that end with the manager."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._child_ctor = _start

    def run(self, *args: Any, **kwargs: Any) -> None:
        when_parent_ends(functools.partial(os._exit, 1))
        super().run(*args, **kwargs)


def _start(command: str, **options: Any) -> subprocess.Popen[bytes]:
    return tethered(
        ["/bin/sh", "-c", command],
        at_death=signal.SIGKILL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        **options,
    )


def when_parent_ends(act: Callable[[], object]) -> None:
    """Call `act`, from a thread, once the process that started this one is no more."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.2)
        act()

    threading.Thread(target=watch, daemon=True).start()
