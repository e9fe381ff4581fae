"""`manage.py extract_ods`: cuts the extracts that this project keeps out of whole published files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from organisations.ods import files
from organisations.ods.extracting import extract
from organisations.ods.problems import Unreadable


class Command(BaseCommand):
    help = "Cut the lines about some health systems, and about single codes, out of published files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="a published file, or a folder of them")
        parser.add_argument("--to", metavar="FOLDER", required=True, type=Path, help="where the extracts go")
        parser.add_argument("--systems", metavar="CODE", nargs="*", default=[], help="ICBs and STPs, with all inside")
        parser.add_argument("--codes", metavar="CODE", nargs="*", default=[], help="single organisations")

    def handle(self, *args: Any, **options: Any) -> None:
        found = files.find(options["paths"])
        if found.problems:
            raise CommandError("\n".join(map(str, found.problems)))
        try:
            extract(found.files, options["to"], systems=options["systems"], codes=options["codes"])
        except Unreadable as reason:
            raise CommandError(str(reason)) from None
