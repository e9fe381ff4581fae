"""`manage.py erase_from_snapshots`: remove the files of frozen exports in which somebody is who has to be erased."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from memberships.actions.snapshots import erase_from_snapshots


class Command(BaseCommand):
    help = "Remove the file of every snapshot that holds a person. Its page keeps the hash, and says since which day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("person_id", type=int, help="the number of the person's entry")

    def handle(self, *_: Any, person_id: int, **__: Any) -> None:
        self.stdout.write(f"Snapshots whose file was removed: {erase_from_snapshots(person_id)}")
