"""Cuts a part of the published files out, line by line as published, for the demonstration and for tests.

The rule, so that anybody can cut the same from newer files. A line is kept when it is about something *inside*:

1. Inside are the codes asked for, each by itself, and the health systems asked for with what they hold: the
   commissioners that eccg, stp_ccg or sub_icb_icb_region put into them, the trusts that etr puts there, the GP
   practices that epraccur puts under those commissioners, and the networks in the area of those commissioners.
2. Spells are kept whole for every practice and for every network that is inside.
3. A PCT is inside with all the CCGs it went to when one of them is inside. A succession is kept when one side is
   inside, and with it all others of the same predecessor, so that a split never looks like a handing over.
4. What a kept spell or succession refers to is kept too: its own registration, nothing that belongs to it.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from organisations.ods import layouts, registers, tables
from organisations.ods.layouts import ODS_LICENCE, Layout

_README = """# Extracts of published NHS reference data

{licence}

Cut from the files of the NHS Organisation Data Service with `manage.py extract_ods`, whose rule stands in
`organisations/ods/extracting.py`; every line is as published.

Asked for: {asked}.
"""

_Rows = dict[str, list[list[str]]]


def extract(paths: Iterable[Path], to: Path, *, systems: Collection[str], codes: Collection[str]) -> None:
    """Write the lines about `systems`, all that is inside them, and `codes` to the folder `to`, a file a layout.

    `paths` are whole published files, one of a layout. Raises `Unreadable` for what is none.
    """
    rows: _Rows = {}
    names: dict[str, tuple[Layout, str, list[str]]] = {}
    for path in paths:
        sheets = tables.read_sheets(path)
        for part in layouts.recognise(sheets):
            heading = [] if part.sheet else sheets[""][0].cells if part.layout.header else []
            rows[part.layout.name] = [line.cells for line in part.lines]
            stem = path.stem if not part.sheet else f"{part.layout.name}{path.stem[path.stem.find('_') :]}"
            names[part.layout.name] = part.layout, f"{stem}.csv", heading
    kept = _cut(rows, set(systems), set(codes))
    to.mkdir(parents=True, exist_ok=True)
    for name, (layout, file_name, heading) in names.items():
        with (to / file_name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(
                file, quoting=csv.QUOTE_MINIMAL if layout.header else csv.QUOTE_ALL, lineterminator="\r\n"
            )
            writer.writerows([heading] if heading else [])
            writer.writerows(kept[name])
    asked = ", ".join([*sorted(systems), *sorted(codes)])
    (to / "README.md").write_text(_README.format(licence=ODS_LICENCE, asked=asked), encoding="utf-8")


def _cut(rows: _Rows, systems: set[str], codes: set[str]) -> _Rows:
    def of(*names: str) -> Iterator[list[str]]:
        for name in names:
            yield from rows.get(name, [])

    epraccur = ("epraccur", "epraccur_legacy")
    commissioners = {row[0] for row in of("eccg") if row[registers.SYSTEM] in systems}
    commissioners |= {row[1] for row in of("stp_ccg") if row[0] in systems}
    commissioners |= {row[0] for row in of("sub_icb_icb_region") if row[3] in systems}
    inside = systems | codes | commissioners | {row[0] for row in of("etr") if row[registers.SYSTEM] in systems}
    inside |= {
        row[0]
        for row in of(*epraccur)
        if row[registers.COMMISSIONER] in commissioners
        and {registers.GP_PRACTICE_ROLE, registers.GP_PRACTICE_SETTING} & set(row[registers.SETTING].split("|"))
    }
    inside |= {row[0] for row in of("epcn") if row[2] in commissioners}
    pcts = {row[0] for row in of("pct_ccg") if row[3] in inside}
    inside |= pcts
    predecessors = {row[0] for row in of("succ") if row[0] in inside or row[1] in inside}
    spells = {
        "epcncorepartnerdetails": [row for row in of("epcncorepartnerdetails") if row[0] in inside or row[4] in inside],
        "epcmem": [row for row in of("epcmem") if row[0] in inside],
        "succ": [row for row in of("succ") if row[0] in predecessors],
        "pct_ccg": [row for row in of("pct_ccg") if row[0] in pcts],
        "stp_ccg": [row for row in of("stp_ccg") if row[1] in inside],
        "sub_icb_icb_region": [row for row in of("sub_icb_icb_region") if row[0] in inside],
    }
    referred = inside | {row[index] for row in spells["epcncorepartnerdetails"] for index in (0, 2, 4, 6)}
    referred |= {code for row in spells["epcmem"] for code in row[:2]}
    referred |= {code for row in spells["succ"] for code in row[:2]}
    referred |= {row[registers.COMMISSIONER] for row in of(*epraccur) if row[0] in referred}
    referred |= {row[2] for row in of("epcn") if row[0] in referred}
    referred |= {row[registers.SYSTEM] for row in of("eccg") if row[0] in referred}
    registrations = {
        name: [row for row in of(name) if row[place] in referred]
        for name, place in {**dict.fromkeys([*epraccur, "eccg", "etr", "epcn", "stp"], 0), "icb": 1}.items()
    }
    return {**spells, **registrations}
