"""`manage.py load_demo`: the demonstration register. What it holds is left to `memberships.demo`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from memberships.demo.replay import NotEmpty, load


class Command(BaseCommand):
    help = (
        "Fill an empty register with a demonstration: an invented system, and beside it a real one that nobody keeps."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing, in peace, where the register holds something"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verbosity"]:
            self.stdout.write("Loading the demonstration, if the register is empty")
        try:
            changes = load()
        except NotEmpty:
            sentence = "The register is not empty: the demonstration was not loaded, and nothing was changed."
            if not options["if_empty"]:
                raise CommandError(sentence) from None
            if options["verbosity"]:
                self.stdout.write(sentence)
        else:
            if options["verbosity"]:
                self.stdout.write(f"The demonstration is loaded: {changes} changes, from 2013 to 2026.")
