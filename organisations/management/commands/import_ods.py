"""`manage.py import_ods`: NHS reference data from the command line. What it means is left to `organisations.ods`."""

import json
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.json import DjangoJSONEncoder

from organisations.ods import fetch, vintages
from organisations.ods.importing import import_ods
from organisations.ods.problems import ImportRefused, Problem, Unreadable


class Command(BaseCommand):
    help = (
        "Bring files of the NHS Organisation Data Service into the register, all of them or nothing. "
        "Each is recognised by its content."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", metavar="PATH", nargs="*", type=Path, help="a file, or a folder of files")
        parser.add_argument(
            "--fetch",
            metavar="REPORT",
            nargs="+",
            default=[],
            choices=fetch.REPORTS,
            help=f"fetch the newest of these reports first: {', '.join(fetch.REPORTS)}",
        )
        parser.add_argument("--dry-run", action="store_true", help="write nothing, report the same")
        parser.add_argument("--json", action="store_true", help="report in JSON, whole lists included")
        parser.add_argument(
            "--all-settings",
            action="store_true",
            help="keep every prescribing cost centre, not only the GP practices of England",
        )
        parser.add_argument(
            "--vintage",
            metavar="DATE",
            help="when the files were published (2026-02-03, 2026-02 or 2026), whatever their names and content say",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["paths"] and not options["fetch"]:
            raise CommandError("Name a file or a folder to import, or a report to --fetch.")
        try:
            with tempfile.TemporaryDirectory(prefix="ods-") as folder:
                fetched = [fetch.fetch(report, Path(folder), progress=self.progress) for report in options["fetch"]]
                report = import_ods(
                    [*options["paths"], *fetched],
                    dry_run=options["dry_run"],
                    all_settings=options["all_settings"],
                    vintage=vintages.stated(options["vintage"]) if options["vintage"] else None,
                    progress=self.progress,
                )
        except ImportRefused as refused:
            self.refuse(refused.problems, as_json=options["json"])
        except ValidationError as refusal:
            raise CommandError(f"Nothing was imported. {' '.join(refusal.messages)}") from None
        except (Unreadable, fetch.CannotFetch) as reason:
            raise CommandError(str(reason)) from None
        else:
            self.stdout.write(
                json.dumps(report.as_json(), cls=DjangoJSONEncoder, indent=2) if options["json"] else report.as_text()
            )

    def progress(self, step: str) -> None:
        """Say on stderr what is being done, because a large import takes a while."""
        self.stderr.write(f"{step} …")

    def refuse(self, problems: list[Problem], *, as_json: bool) -> None:
        """Say everything that is wrong, and end with a status that is not 0."""
        if as_json:
            self.stdout.write(json.dumps({"problems": [problem._asdict() for problem in problems]}, indent=2))
        listed = "\n".join(f"  {problem}" for problem in problems)
        raise CommandError(f"Nothing was imported, the register is as it was.\n{listed}")
