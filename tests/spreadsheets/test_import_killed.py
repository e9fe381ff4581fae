"""Worker, web and database are killed in the middle of a confirmed import: all of it is there afterwards or none of it,
and the import says which. Likewise when it is undone.
"""

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psutil

from tests.foundation.members import ROOT, environment, gone, supervisor, wait_until
from tests.foundation.test_run import Run

ROWS = 1200
"""More than are written together."""

SOME_ARE_WRITTEN = 75
"""Per cent: half is to look at every row once more, before the first is written."""

PREPARED = f"""
import uuid
from django.core.management import call_command
call_command("migrate", verbosity=0)
from memberships.spreadsheets import importing
from tests import factories
from tests.spreadsheets.bringing_in import previewed
area = factories.small_area()
role_type = factories.role_type("PCN Pharmacy Lead")
factories.role(area.pcns[0], role_type)
letters = "abcdefghijklmnopqrstuvwxyz"
names = ["Jo " + letters[n // 676].upper() + letters[n // 26 % 26] + letters[n % 26] + "ley" for n in range({ROWS})]
rows = [f"{{name}},PCN Pharmacy Lead,East Norwich PCN,2024" for name in names]
this = previewed("Name,Role,PCN,From\\n" + "\\n".join(rows), factories.editor(area.icb))
importing.confirm(this, by=this.by, why="Moving from our spreadsheet", token=uuid.uuid4())
"""

ASKED = f"""
import time
from memberships import tasks
from memberships.models import SpreadsheetImport
from memberships.spreadsheets import underway
pk = SpreadsheetImport.objects.get().pk
tasks.bring_in_import.delay(pk)
while (underway.percentage(pk) or 0) < {SOME_ARE_WRITTEN}:
    time.sleep(0.01)
print(underway.percentage(pk), flush=True)
time.sleep(60)
"""

STANDS = """
from ics_leadership.history import Change
from memberships.models import Person, SpreadsheetImport
from memberships.spreadsheets import underway
this = SpreadsheetImport.objects.get()
came = Person.objects.filter(family_name__endswith="ley").count()
changes = Change.objects.filter(name="Our list").count()
print(this.stage, came, changes, underway.is_worked_on(this.pk))
"""

ASKED_AGAIN = """
import time
from memberships import tasks
tasks.bring_in_import.delay(this.pk)
while SpreadsheetImport.objects.get().stage == "applying":
    time.sleep(0.2)
"""


HALF_UNDONE = """
import time, uuid
from ics_leadership import restoring
from memberships.models import SpreadsheetImport
from memberships.spreadsheets import undoing
this = SpreadsheetImport.objects.get()
undoing.confirm(this, by=this.by, why="By mistake", token=uuid.uuid4())
def wait(written):
    print("written, not committed", flush=True)
    time.sleep(60)
restoring._check_rules = wait
undoing.undo(this.pk)
"""

UNDONE = """
import time
from memberships import tasks
tasks.undo_import.delay(this.pk)
while SpreadsheetImport.objects.get().stage == "undoing":
    time.sleep(0.2)
print(Change.objects.filter(undoes=this.change, token=SpreadsheetImport.objects.get().token).count())
"""


def begun(home: Path, *script: str) -> subprocess.Popen[str]:
    """A command that joins the register of `home`."""
    django = "import django; from ics_leadership import embedded\nwith embedded.services():\n    django.setup()\n    exec({!r})"
    return subprocess.Popen(
        [sys.executable, "-c", django.format("\n".join(script))],
        cwd=ROOT,
        env=environment(home) | {"DJANGO_SETTINGS_MODULE": "ics_leadership.settings"},
        stdout=subprocess.PIPE,
        text=True,
    )


def told(home: Path, *script: str) -> list[str]:
    """The lines that such a command says."""
    with begun(home, *script) as command:
        said, _ = command.communicate(timeout=300)
    assert command.returncode == 0
    return said.splitlines()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def running(home: Path) -> Run:
    run = Run(home, free_port())
    wait_until(lambda: run.says("The register is at"), "the register is served", within=300)
    wait_until(lambda: run.says(r"celery@\S+ ready"), "the worker is up", within=120)
    return run


def everything(run: Run, home: Path) -> list[psutil.Process]:
    """Web, worker, scheduler and both servers."""
    services = supervisor(home)
    return list({*run.family(), services, *services.children(recursive=True)})


def test_an_import_in_the_middle_of_which_everything_is_killed_is_there_whole_or_not_at_all(tmp_path):
    home = tmp_path / "home"
    told(home, PREPARED)
    first = running(home)
    family = everything(first, home)
    with begun(home, ASKED) as asking:
        assert asking.stdout
        assert SOME_ARE_WRITTEN <= int(asking.stdout.readline()) < 100
        for process in family:
            process.suspend()
        for process in family:
            process.kill()
        asking.kill()
    first.process.wait(30)
    wait_until(lambda: gone(family), "everything is dead")

    second = running(home)
    then, afterwards = told(home, STANDS, ASKED_AGAIN, STANDS)
    assert then == "applying 0 0 False"
    assert afterwards == f"applied {ROWS} 1 False"

    with begun(home, HALF_UNDONE) as undoing:
        assert undoing.stdout
        assert undoing.stdout.readline() == "written, not committed\n"
        undoing.kill()
    then, undone, afterwards = told(home, STANDS, UNDONE, STANDS)
    assert then == f"undoing {ROWS} 1 False"
    assert undone == "1"
    assert afterwards == "applied 0 1 False"
    family = everything(second, home)
    os.killpg(second.process.pid, signal.SIGINT)
    assert second.process.wait(60) == 0
    wait_until(lambda: gone(family), "Ctrl-C stopped everything")
    assert not re.search("Traceback", second.said.read_text())
