"""`manage.py export_role_map`: the role map as a file, as the API gives it to everybody. The formats are left to the API."""

import os
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.http import HttpRequest, QueryDict

from ics_leadership import as_at
from ics_leadership.as_at import AsAt
from ics_leadership.errors import Refusal
from ics_leadership.formats import Export
from ics_leadership.periods import today
from memberships.api import RoleMap
from organisations.rights import Rights


class Command(BaseCommand):
    help = (
        "Write the role map: who holds which role on a day, for whom they act, who pays and where they sit. It has what "
        "everybody may see. A file is put in place when it is whole; the exit status is 0 only then."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", metavar="FILE", help="where to write; standard output if left out")
        parser.add_argument("--format", choices=list(RoleMap.formats), default="csv", help="csv if left out")
        parser.add_argument("--as-at", metavar="DATE", help="as at this day, 2026-11-22; today if left out")
        parser.add_argument(
            "--within", metavar="CODE", help="only inside this organisation: its ODS code, or its name in its address"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        asked = QueryDict(mutable=True)
        if options["within"]:
            asked["within"] = options["within"]
        form = RoleMap.formats[options["format"]]
        try:
            date = as_at.parse(options["as_at"]) if options["as_at"] else today()
            stream = form.write(_export(asked, AsAt(date, asked=True), bundled=form.bundles))
            if options["file"]:
                _put(Path(options["file"]), stream)
            else:
                for chunk in stream:
                    sys.stdout.buffer.write(chunk)
                sys.stdout.buffer.flush()
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from None
        except (OSError, DatabaseError) as fault:
            raise CommandError(f"The role map was not written: {fault}") from None


def _export(asked: QueryDict, day: AsAt, *, bundled: bool) -> Export:
    """What the API would be asked by somebody who is not signed in."""
    request: Any = HttpRequest()
    request.GET, request.as_at, request.user = asked, day, AnonymousUser()
    request.rights = Rights(request.user)
    return RoleMap(request=request).whole(request, bundled=bundled)


def _put(path: Path, stream: Iterator[bytes]) -> None:
    """Write a file beside its place, and move it there once it is whole."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(stream)
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
