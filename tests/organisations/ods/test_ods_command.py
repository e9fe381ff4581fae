"""`manage.py import_ods`: its report, its exit status, and fetching from the service."""

import functools
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import override_settings

from ics_leadership.periods import today
from organisations.management.commands import import_ods
from organisations.models import Organisation
from organisations.ods import fetch
from tests.organisations.ods.published_files import (
    DEMONSTRATION,
    EPRACCUR,
    EPRACCUR_LEGACY,
    ETR,
    EXTRACTS,
    SUCC,
    bring_in,
    on,
    write,
)

pytestmark = pytest.mark.django_db


def run(*words: str | Path, **options: Any) -> tuple[str, str]:
    """What the command says on stdout and on stderr."""
    out, err = StringIO(), StringIO()
    call_command("import_ods", *map(str, words), stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def test_report_says_what_was_read_and_what_became_of_it() -> None:
    out, err = run(EPRACCUR, SUCC)
    assert "epraccur_2026-02.csv: epraccur, published 2026-02, 36 lines" in out
    assert "The register was brought up to date." in out
    assert "Reading epraccur_2026-02.csv …" in err


def test_report_in_json_holds_whole_lists() -> None:
    report = json.loads(run(EXTRACTS, "--json")[0])
    assert report["written"] is True
    assert report["organisations"]["practice"]["created"] == Organisation.objects.filter(kind="practice").count()
    bare = report["waiting"]["known_only_by_code"]["cases"]
    assert len(bare) == Organisation.objects.unnamed().count()


def test_dry_run_says_that_nothing_was_written() -> None:
    assert "Nothing was written: this was a dry run." in run(EPRACCUR, "--dry-run")[0]
    assert not Organisation.objects.exists()


def test_damaged_file_ends_with_its_name_and_line_and_an_error(tmp_path: Path) -> None:
    write(tmp_path / "epraccur.csv", [["A81001"] * 27])
    with pytest.raises(CommandError, match=r"the register is as it was\.\n  epraccur\.csv: "):
        run(tmp_path)


def test_damaged_file_is_said_in_json_too(tmp_path: Path) -> None:
    (tmp_path / "etr.csv").write_bytes(ETR.read_bytes()[:-30])
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("import_ods", str(tmp_path), "--json", stdout=out, stderr=StringIO())
    [problem] = json.loads(out.getvalue())["problems"]
    assert (problem["file"], problem["line"]) == ("etr.csv", 9)


def test_rule_of_the_register_that_stops_an_import_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*paths: Path, **options: Any) -> None:
        raise ValidationError("A practice is a core partner of one primary care network at a time.")

    monkeypatch.setattr(import_ods, "import_ods", refuse)
    with pytest.raises(CommandError, match=r"Nothing was imported\. A practice is a core partner of one"):
        run(EPRACCUR)


def test_nothing_to_import_is_an_error() -> None:
    with pytest.raises(CommandError, match="Name a file or a folder"):
        run()


def test_stated_vintage_decides_which_file_is_newer() -> None:
    run(EPRACCUR, "--vintage", "2020-01")
    run(EPRACCUR_LEGACY)
    assert Organisation.objects.get(ods_code="B81617").name == "The Birches Medical Practice"
    with pytest.raises(CommandError, match="no day, month or year"):
        run(EPRACCUR, "--vintage", "lately")


def test_demonstration_extracts_hold_the_system_and_its_successor() -> None:
    bring_in(DEMONSTRATION)
    successor = Organisation.objects.get(ods_code="S0E4D", kind="icb")
    inside = Organisation.objects.within(successor, on("2026-04-01"))
    kinds = set(inside.values_list("kind", flat=True))
    assert {"icb", "sub_icb", "practice", "pcn", "trust"} <= kinds
    assert set(Organisation.objects.filter(kind="pct", name__endswith=" PCT").values_list("name", flat=True)) >= {
        "Oxfordshire PCT",
        "Buckinghamshire PCT",
        "Berkshire West PCT",
    }
    assert "Open Government Licence" in (DEMONSTRATION / "README.md").read_text()


# The service, as a server on this machine that gives out the extracts.

REPORTS = {"epraccur": EPRACCUR, "etr": ETR, "succ": SUCC}


class Reports(BaseHTTPRequestHandler):
    """Answers as `getReport` does; `short` promises more than it sends."""

    def __init__(self, *args: Any, short: int) -> None:
        self.short = short
        super().__init__(*args)

    def do_GET(self) -> None:
        [report] = parse_qs(urlsplit(self.path).query)["report"]
        if report not in REPORTS:
            self.send_error(404)
            return
        content = REPORTS[report].read_bytes()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content) + self.short))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: Any) -> None:
        """Keep the tests' output clean."""


@pytest.fixture
def service(request: pytest.FixtureRequest) -> Iterator[None]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Reports, short=getattr(request, "param", 0)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    with override_settings(ODS_REPORTS_URL=f"http://127.0.0.1:{server.server_port}/api/getReport"):
        yield
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.usefixtures("service")
def test_reports_are_fetched_and_imported() -> None:
    out, err = run("--fetch", "epraccur", "succ")
    assert f"epraccur_{today()}.csv: epraccur, published {today()}, 36 lines" in out
    assert "Fetching http://127.0.0.1:" in err
    assert Organisation.objects.filter(ods_code="A81001").exists()


@pytest.mark.usefixtures("service")
def test_report_that_the_service_does_not_have_is_an_error() -> None:
    with pytest.raises(CommandError, match=r"“eccg” could not be fetched from http.*404"):
        run("--fetch", "etr", "eccg")
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("service", [100], indirect=True)
@pytest.mark.usefixtures("service")
def test_report_that_breaks_off_is_an_error() -> None:
    with pytest.raises(CommandError, match="broke off before its end"):
        run("--fetch", "etr")
    assert not Organisation.objects.exists()


@override_settings(ODS_REPORTS_URL="http://127.0.0.1:9/api/getReport")
def test_service_out_of_reach_is_an_error() -> None:
    with pytest.raises(CommandError, match="could not be fetched"):
        run("--fetch", "etr")


def test_every_published_report_can_be_fetched() -> None:
    assert fetch.REPORTS == ["eccg", "epcmem", "epcn", "epcncorepartnerdetails", "epraccur", "etr", "succ"]
