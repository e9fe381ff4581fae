"""`manage.py bench`: the ratios of a register that holds a country. What is measured is left to `memberships.bench`."""

import json
import os
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ics_leadership.environment import BASE_DIR
from memberships.bench.measuring import Ratio, as_table
from memberships.bench.programs import Client
from memberships.bench.rows import Bench, changes, pages
from memberships.bench.server import Memory, Reader, free_port, serving


class Command(BaseCommand):
    help = (
        "Measure this register, which holds a country, beside one that holds the demonstration, and print a table of ratios. "
        "The exit status is 0 only when every one of them is reached. `make bench` makes both registers first."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--beside", metavar="FOLDER", type=Path, help="the data of the register with the demonstration"
        )
        parser.add_argument(
            "--serve", action="store_true", help="only serve, until the input ends, and say on which port"
        )
        parser.add_argument(
            "--turns", metavar="N", type=int, default=5, help="how often each pair is measured; 5 if left out"
        )
        parser.add_argument(
            "--only", metavar="NAME", nargs="+", default=[], help="only these, by the names of their functions"
        )
        parser.add_argument("--json", metavar="FILE", type=Path, help="write the ratios there too, as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["serve"]:
            return self.serve()
        if not options["beside"]:
            raise CommandError(
                "Say with --beside where the register with the demonstration has its data, or use 'make bench'."
            )
        port = free_port()
        with serving(port) as server, _served(options["beside"]) as demonstration:
            bench = Bench(
                country=Reader(port),
                known=Reader(port, known=True),
                port=port,
                memory=Memory(server),
                pages=pages(),
                demonstration=Reader(demonstration["port"], known=True),
                pages_of_demonstration=demonstration["pages"],
                changes_at=changes(),
                changes_of_demonstration=demonstration["changes"],
                psql=Client(),
                turns=options["turns"],
            )
            ratios = self.measure(bench, options["only"])
        if options["json"]:
            options["json"].write_text(json.dumps([ratio.as_json() for ratio in ratios], indent=2) + "\n")
        self.stdout.write(as_table(ratios))
        if not all(ratio.is_reached for ratio in ratios):
            sys.exit(1)
        return None

    def measure(self, bench: Bench, only: list[str]) -> list[Ratio]:
        ratios: list[Ratio] = []
        for row in bench.rows():
            if not only or row.__name__ in only:
                for ratio in row():
                    self.stderr.write(
                        f"{ratio.what}: {ratio.median:.2f} ({min(ratio.ratios):.2f} – {max(ratio.ratios):.2f})"
                    )
                    ratios.append(ratio)
        return ratios

    def serve(self) -> None:
        port = free_port()
        with serving(port):
            self.stdout.write(json.dumps({"port": port, "pages": pages(), "changes": changes()}))
            self.stdout.flush()
            sys.stdin.read()


@contextmanager
def _served(home: Path) -> Iterator[dict[str, Any]]:
    """The register whose data are in a folder, served: its port, its pages and where its changes are."""
    environment = os.environ | {"REGISTER_HOME": str(home)}
    with subprocess.Popen(
        [sys.executable, "manage.py", "bench", "--serve"],
        cwd=BASE_DIR,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout is not None
        said = other.stdout.readline()
        if not said:
            raise CommandError("The register with the demonstration could not be served.")
        try:
            yield json.loads(said)
        finally:
            other.communicate(b"")
