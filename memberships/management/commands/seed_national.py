"""`manage.py seed_national`: a register of the size of a country, to measure with. What it holds is left to `memberships.national`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from ics_leadership.environment import env
from memberships.demo.stories.published import EXTRACTS
from memberships.national import NotEmpty, fill
from memberships.national.filling import APPOINTMENTS
from organisations.ods.problems import ImportRefused


class Command(BaseCommand):
    help = (
        "Fill a register that holds nobody with a country to measure with: the organisations of the ODS files named, and around "
        "them invented people, roles, appointments and groups from 2012 on. The same seed gives the same rows."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths",
            metavar="PATH",
            nargs="*",
            type=Path,
            help="ODS files, or folders of them; else those that ODS_FILES names; else the extracts of one system that "
            "come with the register",
        )
        parser.add_argument(
            "--appointments",
            metavar="N",
            type=int,
            default=APPOINTMENTS,
            help=f"how many; {APPOINTMENTS:,} if left out",
        )
        parser.add_argument(
            "--seed", metavar="S", type=int, default=1, help="another number, another country; 1 if left out"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["appointments"] < 1:
            raise CommandError("--appointments says how many: at least 1.")
        paths = options["paths"] or [Path(path) for path in env.list("ODS_FILES", default=[])]
        if not paths:
            self.stderr.write(
                "No ODS files were named: the extracts of one system that come with the register stand for the country."
            )
            paths = [EXTRACTS]
        try:
            filled = fill(paths, appointments=options["appointments"], seed=options["seed"], progress=self.progress)
        except NotEmpty:
            raise CommandError(
                "The register holds people already: nothing was changed. A country is entered into an empty one; "
                "REGISTER_HOME or DATABASE_URL can name another."
            ) from None
        except ImportRefused as refused:
            listed = "\n".join(f"  {problem}" for problem in refused.problems)
            raise CommandError(f"Nothing was entered: the ODS files cannot be read.\n{listed}") from None
        except ValidationError as refusal:
            raise CommandError(f"Nothing was entered. {' '.join(refusal.messages)}") from None
        self.stdout.write(
            f"{filled.people:,} people, {filled.roles:,} roles and {filled.appointments:,} appointments were entered, "
            f"{filled.rows:,} rows in {filled.changes} changes."
        )

    def progress(self, step: str) -> None:
        """Say on stderr what is being done, because it takes minutes."""
        self.stderr.write(f"{step} …")
