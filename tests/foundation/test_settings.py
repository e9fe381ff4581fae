"""What the environment makes of the settings."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from ics_leadership.settings import database
from tests.foundation.members import ROOT

PUBLISHED = {
    "ALLOWED_HOSTS": "register.example.org",
    "SECRET_KEY": "x" * 60,
    "DATABASE_URL": "postgresql://register:secret@db.example.org:6432/register",
    "REDIS_URL": "redis://queue.example.org:6379/2",
}


def settings_under(home: Path, *names: str, **variables: str) -> dict[str, object]:
    """The named settings of a process with only these variables; its last words when it refuses."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import json, sys; from django.conf import settings\n"
            "print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}, default=str))",
            *names,
        ],
        cwd=ROOT,
        env=kept | {"DJANGO_SETTINGS_MODULE": "ics_leadership.settings", "REGISTER_HOME": str(home)} | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        return {"refusal": done.stderr.strip().splitlines()[-1]}
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def test_with_no_environment_only_this_machine_is_served_over_plain_http(tmp_path):
    found = settings_under(tmp_path, "ALLOWED_HOSTS", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "DEBUG")
    assert found == {
        "ALLOWED_HOSTS": ["localhost", "127.0.0.1", "[::1]"],
        "SECURE_SSL_REDIRECT": False,
        "SESSION_COOKIE_SECURE": False,
        "DEBUG": False,
    }


def test_letters_lead_to_where_the_register_is_reached(tmp_path):
    def address(**variables: str) -> object:
        return settings_under(tmp_path, "REGISTER_ADDRESS", **variables)["REGISTER_ADDRESS"]

    assert address() == "http://127.0.0.1:8000"
    assert address(PORT="8001") == "http://127.0.0.1:8001"
    assert address(**PUBLISHED) == f"https://{PUBLISHED['ALLOWED_HOSTS'].split(',')[0]}"
    assert address(REGISTER_ADDRESS="https://leaders.example.org/", **PUBLISHED) == "https://leaders.example.org"


def test_a_register_of_any_name_says_where_it_is_reached(tmp_path):
    anywhere = PUBLISHED | {"ALLOWED_HOSTS": "*"}
    assert "REGISTER_ADDRESS must be set" in str(settings_under(tmp_path, "DEBUG", **anywhere)["refusal"])
    found = settings_under(tmp_path, "REGISTER_ADDRESS", REGISTER_ADDRESS="https://leaders.example.org", **anywhere)
    assert found["REGISTER_ADDRESS"] == "https://leaders.example.org"


def test_a_key_is_made_once_and_kept_private(tmp_path):
    first = settings_under(tmp_path, "SECRET_KEY")["SECRET_KEY"]
    assert settings_under(tmp_path, "SECRET_KEY")["SECRET_KEY"] == first
    assert len(str(first)) > 50
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]


def test_a_published_register_brings_its_own_key(tmp_path):
    assert "SECRET_KEY must be set" in str(
        settings_under(tmp_path, "DEBUG", ALLOWED_HOSTS="register.example.org")["refusal"]
    )


def test_a_register_is_read_without_signing_in_on_this_machine_or_where_that_is_said(tmp_path):
    assert settings_under(tmp_path, "PUBLIC_READING")["PUBLIC_READING"] is True
    assert settings_under(tmp_path, "PUBLIC_READING", **PUBLISHED)["PUBLIC_READING"] is False
    assert settings_under(tmp_path, "PUBLIC_READING", PUBLIC_READING="true", **PUBLISHED)["PUBLIC_READING"] is True


def test_a_published_register_speaks_https_only(tmp_path):
    names = ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS")
    assert all(settings_under(tmp_path, *names, **PUBLISHED).values())


def test_named_servers_are_used_by_database_cache_and_queue(tmp_path):
    found = settings_under(tmp_path, "DATABASES", "CACHES", "CELERY_BROKER_URL", **PUBLISHED)
    assert found["DATABASES"]["default"]["HOST"] == "db.example.org"  # type: ignore[index]
    assert found["CACHES"]["default"]["LOCATION"] == PUBLISHED["REDIS_URL"]  # type: ignore[index]
    assert found["CELERY_BROKER_URL"] == PUBLISHED["REDIS_URL"]


@pytest.mark.parametrize(
    ("address", "host", "port"),
    [
        ("postgresql://someone@db.example.org:6432/register", "db.example.org", 6432),
        ("postgresql://someone@/register?host=%2Ftmp%2FA%20folder", "/tmp/A folder", ""),
    ],
)
def test_a_database_is_reached_by_host_or_by_socket(address, host, port):
    found = database(address, pool_size=0)
    assert (found["HOST"], found["PORT"], found["NAME"]) == (host, port, "register")


def test_a_web_server_shares_its_connections():
    found = database("postgresql://someone@db.example.org/register", pool_size=32)
    assert found["OPTIONS"]["pool"]["max_size"] == 32
    assert found["CONN_HEALTH_CHECKS"]


def test_no_script_or_style_is_allowed_inside_a_page(client):
    policy = client.get("/no-such-page")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy
    for closed in ("object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"):
        assert closed in policy
