"""The tools that `make` calls before there is an environment, where they cannot do their work."""

import runpy
import subprocess
import sys
import venv

import pytest

from tests.foundation.members import ROOT


@pytest.fixture
def environment() -> dict[str, object]:
    return runpy.run_path(str(ROOT / "tools" / "environment.py"))


def test_an_old_python_is_told_what_is_needed(environment, monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit, match=r"needs Python 3.11 or newer, and .* is 3.9: install one, or name it"):
        environment["main"]("base")


@pytest.mark.parametrize(
    ("hindrance", "sentence"),
    [
        (subprocess.CalledProcessError(1, "ensurepip"), "apt-get install python3-venv"),
        (
            PermissionError(13, "Permission denied"),
            "cannot be written .Permission denied.: make room, or make it yours",
        ),
        (OSError(28, "No space left on device"), "cannot be written .No space left on device.: make room"),
    ],
)
def test_an_environment_that_cannot_be_made_says_what_to_do(environment, monkeypatch, hindrance, sentence):
    def fail(*_: object) -> None:
        raise hindrance

    monkeypatch.setattr(venv.EnvBuilder, "create", fail)
    with pytest.raises(SystemExit, match=sentence):
        environment["create"]()


def test_without_chromium_whoever_is_not_root_is_told_to_install_it(monkeypatch):
    browser = runpy.run_path(str(ROOT / "tools" / "browser.py"))
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(SystemExit, match=r"need Chromium: install it .*apt-get install chromium"):
        browser["main"]()
