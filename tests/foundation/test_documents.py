"""What the documents promise: the commands and files that they name are there."""

import re
from pathlib import Path

import pytest

from tests.foundation.members import ROOT

DOCUMENTS = [path for folder in (ROOT, ROOT / "docs", ROOT / "docs" / "adr") for path in sorted(folder.glob("*.md"))]
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


@pytest.fixture(params=DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def document(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def test_targets_of_make_exist(document):
    assert set(re.findall(r"`[^`\n]*\bmake ([a-z]+)[^`\n]*`", document.read_text())) <= TARGETS


def test_links_lead_somewhere(document):
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", document.read_text())
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_decisions_have_numbers_of_their_own():
    numbers = [path.name[:4] for path in (ROOT / "docs" / "adr").glob("*.md")]
    assert sorted(numbers) == sorted(set(numbers))


def test_the_two_commands_are_there():
    assert {"run", "test", "check", "lock"} <= TARGETS
