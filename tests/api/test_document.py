"""That `docs/api.md` says of every table what its declaration says (`UPDATE_DOCS=1` before the test's command writes it anew), and that
the commands in it run.
"""

import csv
import datetime
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from django.db import connection
from django.test import Client

from ics_leadership.accounts.tokens import make_token
from ics_leadership.periods import today
from memberships.api import RESOURCES
from memberships.api_examples import EXAMPLES, PLACE
from tests import factories
from tests.api.document import DOCUMENT, PART, parts, with_tables
from tests.demo_site import served
from tests.pages.reading import words

HERE = "http://127.0.0.1:8000"
COMMANDS = re.findall(r"```(sh|python)\n(.*?)```", DOCUMENT.read_text(), re.DOTALL)


def test_document_says_of_every_table_what_its_declaration_says():
    text = DOCUMENT.read_text()
    if os.environ.get("UPDATE_DOCS"):
        DOCUMENT.write_text(with_tables(text))
    assert DOCUMENT.read_text() == with_tables(text)


def test_document_has_every_table():
    assert {found[1] for found in PART.findall(DOCUMENT.read_text())} == set(parts())


def test_document_has_the_examples_of_the_reading_page():
    text = DOCUMENT.read_text()
    for example in EXAMPLES:
        assert f"```{example.language}\n{chr(10).join(example.at(HERE))}\n```" in text


# --- the commands


@pytest.fixture(scope="module")
def register(committing_together: None, shared_folder: Path) -> Iterator[tuple[str, str]]:
    """The address of a register with some people, and a token of somebody there."""
    factories.small_area()
    _, token = make_token(account=factories.user(), name="Test", sees=(), until=today())
    with served(connection.settings_dict["NAME"], shared_folder, API_UNITS_A_MINUTE_OF_STRANGERS="0") as address:
        yield address, token


@pytest.mark.parametrize(("language", "lines"), COMMANDS)
def test_commands_of_the_document_run(register: tuple[str, str], language: str, lines: str, tmp_path: Path):
    address, token = register
    # What the register refuses is a fault of the command, too.
    lines = lines.replace(HERE, address).replace("curl ", "curl --fail-with-body --silent --show-error ")
    command = ["sh", "-ec", lines] if language == "sh" else [sys.executable, "-c", lines]
    ran = subprocess.run(command, cwd=tmp_path, env=os.environ | {"TOKEN": token}, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    written = [path.stat().st_size for path in tmp_path.iterdir()]
    assert all(written)
    assert written or ran.stdout


@pytest.mark.parametrize(
    ("language", "address", "query", "columns"),
    [
        ("r", r'register <- "(\S+)"\n.*paste0\(register, "(\S+)\?', r'\?(\w+)=(\w+)"', r"role_map\$(\w+)"),
        ("powerquery", r'Web\.Contents\("(\S+)"', r'Query = \[(\w+) = "(\w+)"\]', r'\{"(\w+)", type date\}'),
    ],
)
def test_programs_that_are_not_here_are_told_of_an_address_and_of_columns_that_are_there(
    register: tuple[str, str], language: str, address: str, query: str, columns: str
):
    (lines,) = (example.lines.replace(PLACE, register[0]) for example in EXAMPLES if example.language == language)
    (at,) = re.findall(address, lines)
    (asked,) = re.findall(query, lines)
    with urlopen(f"{at if isinstance(at, str) else ''.join(at)}?{urlencode([asked])}") as answer:
        assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
        rows = list(csv.DictReader(answer.read().decode().splitlines(), strict=True))
    named = set(re.findall(columns, lines))
    assert named
    assert named <= set(rows[0])
    days = {row[name] for row in rows for name in named if name.endswith("_date")} - {""}
    assert days
    assert all(datetime.date.fromisoformat(day) for day in days)


def test_reading_page_has_every_table_and_column(db: None, client: Client):
    page = words(client.get("/api/v1/"))
    for resource in RESOURCES:
        assert resource.table.meaning in page
        for name in (*resource.filters.base_filters, *(column.name for column in resource.table.columns)):
            assert name in page
    assert "curl 'http://testserver/api/v1/role-map" in page
