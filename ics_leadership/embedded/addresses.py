"""Where the embedded services are reached, known without starting them.

Sockets stand in a short folder of their own, named by a hash of the data folder: a socket's
path may have 107 bytes, and two clones must not meet.
"""

import hashlib
import os
import tempfile
from pathlib import Path
from urllib.parse import quote

from ics_leadership.environment import env, home

DATABASE = "register"
SUPERUSER = "postgres"


def temporary_folder() -> Path:
    """A short folder for temporary files."""
    # The platform's own choice may be longer than a socket's path is allowed to be.
    short = Path("/tmp")  # noqa: S108
    return (short if os.access(short, os.W_OK | os.X_OK) else Path(tempfile.gettempdir())).resolve()


def sockets() -> Path:
    """The folder of the sockets of this clone's services; it exists only once they were started."""
    name = hashlib.sha256(os.fsencode(home().resolve())).hexdigest()[:12]
    return temporary_folder() / f"register-{name}"


def database_url() -> str:
    """`DATABASE_URL`, or the address of the embedded PostgreSQL."""
    folder = quote(str(sockets()), safe="")
    return env.str("DATABASE_URL", default="") or f"postgresql://{SUPERUSER}@/{DATABASE}?host={folder}"


def redis_url() -> str:
    """`REDIS_URL`, or the address of the embedded Valkey."""
    return env.str("REDIS_URL", default="") or f"unix://{sockets() / 'valkey.sock'}"
