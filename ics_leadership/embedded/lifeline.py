"""Children that end when their parent does, even when the parent was killed outright.

On Linux the kernel is asked to do it. Elsewhere a guard waits on a pipe that only the parent
holds open: when it closes, the parent is gone, and the guard passes the signal on.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import Any

PR_SET_PDEATHSIG = 1

# It looks every second whether its charge still lives: the number of one that ended is soon another's.
GUARD = """
import os, select, sys
charge, at_death = map(int, sys.argv[1:])
try:
    while not select.select([0], [], [], 1)[0]:
        os.kill(charge, 0)
    os.kill(charge, at_death)
except ProcessLookupError:
    pass
"""


def tethered(
    command: list[str], *, at_death: signal.Signals, guarded: bool = False, **options: Any
) -> subprocess.Popen[bytes]:
    """Start `command`, to be sent `at_death` when this process ends before it.

    `guarded` chooses the pipe on Linux too. `options` are those of `subprocess.Popen`.
    """
    if sys.platform == "linux" and not guarded:
        # Set between fork and exec, after the change of user: that change would undo it.
        return subprocess.Popen(command, preexec_fn=_end_with(os.getpid(), at_death), **options)
    child = subprocess.Popen(command, **options)
    guard = subprocess.Popen(
        [sys.executable, "-c", GUARD, str(child.pid), str(int(at_death))],
        stdin=subprocess.PIPE,
        start_new_session=True,
    )
    # Held for the life of the child: closing it is what the guard waits for.
    child.lifeline = guard  # type: ignore[attr-defined]
    return child


def _end_with(parent: int, at_death: signal.Signals) -> Callable[[], None]:
    libc = ctypes.CDLL(None, use_errno=True)

    def ask_the_kernel() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(at_death))
        # The parent may have gone before the kernel was asked.
        if os.getppid() != parent:
            with contextlib.suppress(ProcessLookupError):
                os.kill(os.getpid(), signal.SIGKILL)

    return ask_the_kernel
