"""The rows of the table: what is measured, beside what, and how many times longer it may take."""

from __future__ import annotations

import datetime
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from django.db import connection
from django.db.models import Count, F
from django.db.models.functions import Abs
from django.test import RequestFactory
from django.urls import reverse

from ics_leadership import as_at
from ics_leadership.exports import Question
from ics_leadership.periods import today
from memberships.api import RoleMap
from memberships.bench.measuring import Ratio, Timed, in_turn, timed
from memberships.bench.programs import Client
from memberships.bench.server import HOST, Memory, Reader
from memberships.bench.tail import MANY, cursor_before_the_tail
from memberships.exports.role_map import ROLE_MAP
from memberships.models import Appointment, Group, GroupKind, Person
from organisations.models import Kind, LinkKind, Organisation

ROLE_MAP_AT = "/api/v1/role-map"
EMPTY = "/bench/empty"
MEGABYTES = 32
PAGE_OF_ROWS = 1000
LOADS = 20
"""A page is so quick that it is asked for so many times at once."""
EXPORTS = 4
EACH_PROCESS = 8
"""So many questions reach each process of a server, as good as surely."""
USUAL_TIMES = 4
"""So many appointments somebody has who is looked at."""
THE_YEAR_BEFORE = datetime.timedelta(days=365)


def pages() -> dict[str, str]:
    """Pages to measure in this register, by what they show: each of an ordinary size for a register, found in the same way."""
    day = today()
    group = (
        Group.objects.as_at(day)
        .filter(
            kind=GroupKind.GP_LEADERSHIP_GROUP,
            terms__period__contains=day,
            terms__seats__memberships__period__contains=day,
        )
        .annotate(size=Count("terms__seats__memberships"))
        .latest("size", "pk")
    )
    board = Organisation.objects.as_at(day).filter(kind=Kind.ICB).annotate(size=Count("roles"))
    network = Organisation.objects.as_at(day).filter(
        kind=Kind.PCN,
        links__kind=LinkKind.PART_OF,
        links__other__kind=Kind.PLACE,
        roles__appointments__period__contains=day,
    )
    held = Person.objects.annotate(times=Count("appointments", distinct=True)).filter(
        appointments__period__contains=day, appointments__role__role_type__accountable=True
    )
    person = held.annotate(apart=Abs(F("times") - USUAL_TIMES)).earliest("apart", "pk")
    return {
        "group": reverse("group", args=[group.slug]),
        "organisation: a network": network.earliest("pk").get_absolute_url(),
        "organisation: a board": board.latest("size", "pk").get_absolute_url(),
        "person": person.get_absolute_url(),
        "search": f"{reverse('search')}?q={person.family_name}",
    }


def changes() -> str:
    """Where the changes since the same cursor in either register are asked for."""
    return f"/api/v1/changes?since={cursor_before_the_tail()}&limit={MANY}"


@dataclass(frozen=True)
class Bench:
    """What there is to measure with: a server on a country and one on the demonstration, the pages of either, psql.

    The readers `known` and `demonstration` get every page made anew.
    """

    country: Reader
    known: Reader
    port: int
    memory: Memory
    pages: Mapping[str, str]
    demonstration: Reader
    pages_of_demonstration: Mapping[str, str]
    changes_at: str
    changes_of_demonstration: str
    psql: Client
    turns: int

    def rows(self) -> Sequence[Callable[[], Iterator[Ratio]]]:
        """Every row, or several that belong together, in the order of the table."""
        return (
            self.whole_tables,
            self.first_byte,
            self.one_board,
            self.as_known,
            self.page_of_json,
            self.pages_beside_nothing,
            self.pages_beside_the_demonstration,
            self.changes,
            self.pages_beside_exports,
            self.workbook,
        )

    def whole_tables(self) -> Iterator[Ratio]:
        """Both whole tables, and how much the server grew meanwhile."""
        at = f"{ROLE_MAP_AT}?period=all&format="
        csv, plain = self._statement("period=all", for_csv=True), self._statement("period=all")
        # What the first answers make once in each process, such as modules and plans, is no growth with the rows.
        for _ in range(EACH_PROCESS):
            self.country.read(f"{ROLE_MAP_AT}?as_at=2014-01-01&format=csv")
            self.country.read(f"{ROLE_MAP_AT}?as_at=2014-01-01&format=ndjson")
        before = self.memory.now()
        with self.memory.watched():
            yield in_turn(
                "whole role map as CSV", "psql \\copy of the same query", 1.1,
                timed(lambda: self.country.read(f"{at}csv")), timed(lambda: self.psql.copy(csv)), turns=self.turns,
            )  # fmt: skip
            yield in_turn(
                "whole role map as NDJSON", "psql \\copy of the same query as row_to_json", 1.1,
                timed(lambda: self.country.read(f"{at}ndjson")), timed(lambda: self.psql.copy_json(plain)), turns=self.turns,
            )  # fmt: skip
        grown = self.memory.most - before
        yield Ratio(
            "server memory growth during both", f"{MEGABYTES} MB", 1, grown, MEGABYTES, [grown / MEGABYTES], "MB"
        )

    def first_byte(self) -> Iterator[Ratio]:
        csv = self._statement("period=all", for_csv=True)
        yield in_turn(
            "first byte of the CSV", "first row of the same query in psql", 1.5,
            lambda: self.country.first_byte(f"{ROLE_MAP_AT}?period=all&format=csv"), lambda: self.psql.first_row(csv), turns=self.turns,
        )  # fmt: skip

    def one_board(self) -> Iterator[Ratio]:
        """The board with most inside, a year ago."""
        day = today() - THE_YEAR_BEFORE
        boards = Organisation.objects.as_at(day).filter(kind=Kind.ICB, links_from__period__contains=day)
        code = boards.annotate(inside=Count("links_from")).latest("inside", "pk").ods_code
        asked = f"as_at={day}&within={code}"
        csv = self._statement(asked, for_csv=True)
        yield in_turn(
            "one board's role map, as at a day, as CSV", "the same query in psql", 2,
            timed(lambda: self.country.read(f"{ROLE_MAP_AT}?{asked}&format=csv")), timed(lambda: self.psql.copy(csv)), turns=2 * self.turns,
        )  # fmt: skip

    def as_known(self) -> Iterator[Ratio]:
        """The role map of a day two years ago, as it was known a year later."""
        asked = f"{ROLE_MAP_AT}?as_at={today() - 2 * THE_YEAR_BEFORE}&format=csv"
        then = f"{asked}&known_at={today() - THE_YEAR_BEFORE}"
        yield in_turn(
            "role map of a day as known later, as CSV", "the same as known today", 2,
            timed(lambda: self.country.read(then)), timed(lambda: self.country.read(asked)), turns=self.turns,
        )  # fmt: skip

    def page_of_json(self) -> Iterator[Ratio]:
        keys = list(Appointment.objects.order_by("pk").values_list("pk", flat=True)[:PAGE_OF_ROWS])
        statement = ROLE_MAP.select(Question(Appointment.objects.filter(pk__in=keys), today()))
        address = f"{ROLE_MAP_AT}?period=all&limit={PAGE_OF_ROWS}"
        yield in_turn(
            "JSON page of 1,000 rows", "the same query in psql as JSON", 3,
            timed(lambda: self.country.read(address)), timed(lambda: self.psql.page(statement)), turns=4 * self.turns,
        )  # fmt: skip

    def pages_beside_nothing(self) -> Iterator[Ratio]:
        """Each page made anew, and as strangers get it while nothing changes."""
        empty = self._loads(self.country, EMPTY)
        for what, address in self.pages.items():
            for how, reader in (("made anew", self.known), ("read again", self.country)):
                yield in_turn(
                    f"page {how}, {what}", "an empty view on the same server", 10, self._loads(reader, address), empty, turns=self.turns
                )  # fmt: skip

    def pages_beside_the_demonstration(self) -> Iterator[Ratio]:
        for what, address in self.pages.items():
            theirs = self._loads(self.demonstration, self.pages_of_demonstration[what])
            yield in_turn(
                f"page of a country made anew, {what}", "such a page of the demonstration", 1.5,
                self._loads(self.known, address), theirs, turns=self.turns,
            )  # fmt: skip

    def changes(self) -> Iterator[Ratio]:
        """A hundred small changes, behind a million events and behind the demonstration's ten thousand."""
        yield in_turn(
            "changes since a cursor, after a million events", "the same changes after ten thousand", 1.3,
            self._loads(self.country, self.changes_at), self._loads(self.demonstration, self.changes_of_demonstration),
            turns=self.turns,
        )  # fmt: skip

    def pages_beside_exports(self) -> Iterator[Ratio]:
        for how, reader in (("made anew", self.known), ("read again", self.country)):
            load = self._loads(reader, self.pages["group"])
            yield in_turn(
                f"a reader's page {how} while {EXPORTS} exports run", "the same page alone", 3,
                self._beside_exports(load), load, turns=self.turns,
            )  # fmt: skip

    def _beside_exports(self, load: Timed) -> Timed:
        def once() -> float:
            with self._exports():
                return load()

        return once

    def workbook(self) -> Iterator[Ratio]:
        """Once only: xlsxwriter takes minutes."""
        with connection.cursor() as cursor:
            cursor.execute(self._statement("period=all"))
            names, rows = [column.name for column in cursor.description], cursor.fetchall()
        ours = timed(lambda: self.country.read(f"{ROLE_MAP_AT}?period=all&format=xlsx"))
        pair = ours(), timed(lambda: _written_by_xlsxwriter(names, rows))()
        yield Ratio(
            "whole role map as XLSX", "xlsxwriter alone, the rows fetched already", 0.1, *pair, [pair[0] / pair[1]]
        )

    @staticmethod
    def _loads(reader: Reader, address: str) -> Timed:
        once = timed(lambda: reader.read(address, LOADS))
        return lambda: once() / LOADS

    @contextmanager
    def _exports(self) -> Iterator[None]:
        """Clients of their own that take the whole table, again and again."""
        address = f"http://{HOST}:{self.port}{ROLE_MAP_AT}?period=all&format=csv"
        clients = [
            subprocess.Popen([sys.executable, "-c", _TAKE, address], stdout=subprocess.PIPE) for _ in range(EXPORTS)
        ]
        try:
            for client in clients:
                assert client.stdout is not None
                client.stdout.read(1)
            yield
        finally:
            for client in clients:
                client.kill()
                client.communicate()

    @staticmethod
    def _statement(asked: str, *, for_csv: bool = False) -> str:
        """The statement with which the register answers such a question of the role map, to somebody not signed in."""
        request: Any = RequestFactory().get(ROLE_MAP_AT, dict(pair.split("=") for pair in asked.split("&")))
        date = as_at.parse(request.GET["as_at"]) if "as_at" in request.GET else today()
        request.as_at = as_at.AsAt(date)
        filters = RoleMap.filters(request, RoleMap().rows(request))
        question = Question(filters.qs, filters.date)
        return ROLE_MAP.for_csv(question, neutralise=True) if for_csv else ROLE_MAP.select(question)


_TAKE = """
import sys, urllib.request
told = False
while True:
    with urllib.request.urlopen(sys.argv[1]) as answer:
        while answer.read(65536):
            if not told:
                told = bool(sys.stdout.write(".")); sys.stdout.flush()
"""


def _written_by_xlsxwriter(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        options = {"constant_memory": True, "remove_timezone": True, "default_date_format": "yyyy-mm-dd"}
        with xlsxwriter.Workbook(f"{folder}/role-map.xlsx", options) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, names)
            for number, row in enumerate(rows, 1):
                sheet.write_row(number, 0, row)
