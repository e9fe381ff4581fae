"""The embedded services: shared, stopped with their last user, and safe however they end."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from ics_leadership.embedded.addresses import sockets
from tests.foundation.members import ROOT, Member, environment, gone, servers, supervisor, wait_until


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for data that has been used before, so that a test need not wait for a new database."""
    folder = tmp_path_factory.mktemp("home")
    with Member(folder) as member:
        member.keep("first")
    return folder


@pytest.fixture(autouse=True)
def nothing_is_left_running(request: pytest.FixtureRequest) -> Iterator[None]:
    before = set(psutil.Process().children())
    yield
    left = set(psutil.Process().children()) - before
    assert gone(list(left))


def test_commands_share_one_pair_that_stops_with_the_last_of_them(home):
    first = Member(home)
    with Member(home) as second:
        shared = supervisor(home)
        assert shared.ppid() == first.process.pid
        first.leave()
        second.keep("shared")
        assert "shared" in second.kept()
        family = [shared, *shared.children(recursive=True)]
    wait_until(lambda: gone(family), "the services stopped")


def test_what_was_committed_outlives_a_killed_supervisor(home):
    with Member(home) as member:
        member.keep("killed-supervisor")
        family = servers(home)
        supervisor(home).kill()
        wait_until(lambda: gone(family), "both servers ended with their supervisor")
    with Member(home) as member:
        assert member.kept().count("killed-supervisor") == 2


def test_a_killed_group_of_processes_leaves_nothing_running_and_loses_nothing(home):
    member = Member(home)
    member.keep("killed-group")
    family = [supervisor(home), *supervisor(home).children(recursive=True)]
    member.kill_group()
    wait_until(lambda: gone(family), "the services noticed")
    with Member(home) as member:
        assert member.kept().count("killed-group") == 2


def test_what_was_committed_outlives_the_death_of_everything(home):
    member = Member(home)
    member.keep("killed-everything")
    family = [supervisor(home), *supervisor(home).children(recursive=True)]
    for process in family:
        process.suspend()
    for process in family:
        process.kill()
    member.kill_group()
    wait_until(lambda: gone(family), "everything is dead")
    with Member(home) as member:
        assert "killed-everything" in member.kept()


def test_a_start_while_the_services_stop_waits_its_turn(home):
    with Member(home):
        pass
    with Member(home) as member:
        assert "first" in member.kept()


def test_a_recorded_process_that_is_no_postgresql_does_not_stop_the_start(home):
    """It may be dead and unreaped, or a stranger that was given the number."""
    stranger = os.getpid()
    wait_until(lambda: not (home / "postgres" / "postmaster.pid").exists(), "the services stopped")
    (home / "postgres" / "postmaster.pid").write_text(f"{stranger}\n{home / 'postgres'}\n")
    with Member(home) as member:
        assert "first" in member.kept()


WITHOUT_PROC = """
import subprocess, threading
from ics_leadership.embedded import addresses, identity, servers
from ics_leadership.environment import home
somebody = identity.Identity.for_data(home() / "postgres")
sockets = addresses.sockets()
sockets.mkdir(mode=0o700)
somebody.own(sockets)
programs = identity.Programs.installed().reachable_by(somebody, through=sockets / "programs")
servers.PostgreSQL._await_predecessor = lambda self: None
leaving = subprocess.Popen(["sleep", "1"], **somebody.options())
threading.Thread(target=leaving.wait).start()
(home() / "postgres" / "postmaster.pid").write_text(f"{leaving.pid}\\n")
postgresql = servers.PostgreSQL(programs, somebody, home() / "postgres", home() / "logs" / "postgres.log", sockets)
try:
    postgresql.start()
    print(postgresql.answers(), leaving.poll())
finally:
    postgresql.stop()
    subprocess.run(["rm", "-r", sockets])
"""


def test_a_predecessor_on_its_way_out_is_waited_for_where_proc_does_not_show_it(home):
    wait_until(lambda: not (home / "postgres" / "postmaster.pid").exists(), "the services stopped")
    done = run(home, WITHOUT_PROC)
    assert done.stdout.split() == ["True", "0"], done.stderr


def test_a_long_path_with_spaces_is_a_home_like_any_other_beside_another(home, tmp_path):
    far = tmp_path.joinpath(*["a folder with a rather long name"] * 6)
    assert len(str(far)) > 200
    with Member(home), Member(far) as member:
        assert member.keep("far away") == "far away / far away"


def test_sockets_of_two_homes_never_meet(monkeypatch, tmp_path):
    folders = []
    for name in ("one", "two"):
        monkeypatch.setenv("REGISTER_HOME", str(tmp_path / name))
        folders.append(sockets())
    assert folders[0] != folders[1]
    assert all(len(str(folder / ".s.PGSQL.5432.lock")) < 107 for folder in folders)


def test_databases_sort_alike_on_every_machine(home):
    order = "SELECT string_agg(word, '' ORDER BY word) FROM unnest(ARRAY['b', 'é', 'a', 'B']) word"
    assert (
        answer_of(home, f"print(psycopg.connect(embedded.database_url()).execute({order!r}).fetchone()[0])") == "Babé"
    )


# --- who runs them


@pytest.mark.parametrize("_", [pytest.param(None, id="root")] if os.geteuid() == 0 else [])
def test_root_runs_the_servers_as_an_ordinary_user_who_may_not_enter_the_folder(home, _):
    with Member(home):
        assert home.parent.stat().st_mode & 0o007 == 0
        assert all(0 not in tuple(server.uids()) for server in servers(home))
        assert (home.stat().st_uid, (home / "postgres").stat().st_uid) == (0, servers(home)[0].uids().real)


ORDINARY_USER = """
import os, pwd, socket
import psycopg
from ics_leadership import embedded
from ics_leadership.embedded import identity, supervisor
from ics_leadership.environment import home
nobody = identity.Identity.for_data(home() / "postgres")
# Made while this is root still, who alone may be able to enter the folders above the programs.
programs = identity.Programs.installed().reachable_by(nobody, through=home() / "programs")
identity.Programs.installed = classmethod(lambda cls: programs)
nobody.own(home())
os.setgroups([]); os.setgid(nobody.gid); os.setuid(nobody.uid)
ours, theirs = socket.socketpair()
child = os.fork()
if child == 0:
    ours.close()
    try:
        supervisor.supervise(theirs)
    finally:
        os._exit(0)
theirs.close()
print(ours.makefile().readline().strip())
with psycopg.connect(embedded.database_url()) as database:
    print(database.execute("SELECT 1").fetchone()[0], os.stat(home() / "postgres").st_uid == os.geteuid())
ours.close()
os.waitpid(child, 0)
"""


@pytest.mark.parametrize("_", [pytest.param(None, id="root")] if os.geteuid() == 0 else [])
def test_an_ordinary_user_runs_them_too_when_root_runs_these_tests(tmp_path_factory, _):
    # Open folders only: the ordinary user has none of root's rights left.
    home = Path(subprocess.run(["mktemp", "-d"], capture_output=True, text=True, check=True).stdout.strip())
    try:
        assert run(home, ORDINARY_USER).stdout.split() == ["ready", "1", "True"]
    finally:
        subprocess.run(["rm", "-r", home], check=True)


# --- where they cannot run


def test_a_home_that_cannot_be_written_is_a_sentence(tmp_path):
    (tmp_path / "file").touch()
    refused = run(tmp_path / "file" / "home", "with embedded.services(): pass")
    assert refused.returncode != 0
    assert "cannot be written (Not a directory): make it writable for you, or set REGISTER_HOME" in refused.stderr


def test_data_of_another_postgresql_are_left_alone_with_a_sentence(tmp_path):
    (tmp_path / "postgres").mkdir(mode=0o700)
    (tmp_path / "postgres" / "PG_VERSION").write_text("15\n")
    refused = run(tmp_path, "with embedded.services(): pass")
    assert "was written by PostgreSQL 15, and this version of the register brings PostgreSQL 18" in refused.stderr
    assert "docs/operating.md" in refused.stderr


def test_a_full_disk_is_a_sentence(tmp_path):
    crowded = """
import shutil
shutil.disk_usage = lambda folder: shutil._ntuple_diskusage(10**9, 10**9, 0)
from ics_leadership.embedded import identity, servers
from ics_leadership.environment import home
servers.PostgreSQL(identity.Programs.installed(), identity.Identity(), home() / "postgres", None, None).prepare()
"""
    assert "A new database needs 200 MB" in run(tmp_path, crowded).stderr


def test_a_command_says_the_sentence_and_nothing_else(tmp_path):
    (tmp_path / "home").touch()
    refused = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=environment(tmp_path / "home"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 1
    assert len(refused.stderr.splitlines()) == 1
    assert "set REGISTER_HOME to another folder" in refused.stderr


def test_nothing_is_started_where_both_servers_are_named(tmp_path):
    named = {"DATABASE_URL": "postgresql://db.example.org/register", "REDIS_URL": "redis://queue.example.org"}
    said = answer_of(
        tmp_path / "home",
        "with embedded.services(): print(embedded.database_url(), embedded.redis_url())",
        **named,
    )
    assert said.split() == list(named.values())
    assert not (tmp_path / "home").exists()


def test_a_guard_ends_the_child_of_a_killed_parent_where_the_kernel_does_not():
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import signal, time; from ics_leadership.embedded.lifeline import tethered\n"
            "child = tethered(['sleep', '60'], at_death=signal.SIGTERM, guarded=True)\n"
            "print(child.pid, flush=True); time.sleep(60)",
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout
    child = psutil.Process(int(parent.stdout.readline()))
    parent.stdout.close()
    parent.kill()
    parent.wait()
    wait_until(lambda: gone([child]), "the guard ended the child")


def run(home: Path, program: str, **more: str) -> subprocess.CompletedProcess[str]:
    """`program` in a process of its own, over the data in `home`."""
    return subprocess.run(
        [sys.executable, "-c", f"import psycopg\nfrom ics_leadership import embedded\n{program}"],
        cwd=ROOT,
        env=environment(home) | more,
        capture_output=True,
        text=True,
        check=False,
    )


def answer_of(home: Path, program: str, **more: str) -> str:
    done = run(home, f"with embedded.services():\n    {program}" if not more else program, **more)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
