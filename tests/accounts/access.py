"""The table of who may open which address: `access.csv`, one row for an address and a method, one column for a visitor.

Says `sign-in` and `confirm` for who is sent to those pages, else the status of the answer.
"""

import csv
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

TABLE = Path(__file__).parent / "access.csv"
KEY = ("address", "method")
METHODS = ("GET", "POST")
VISITORS = (
    "anonymous",
    "reader",
    "analyst",
    "editor",
    "editor_elsewhere",
    "linked_person",
    "administrator",
    "superuser",
)


def address_names(patterns: list[URLPattern | URLResolver] | None = None, within: str = "") -> list[str]:
    """The names of all addresses, those of the administration after `admin:`."""
    names = []
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inside = f"{pattern.namespace}:" if pattern.namespace else ""
            names += address_names(pattern.url_patterns, within + inside)
        elif pattern.name:
            names.append(within + pattern.name)
    return list(dict.fromkeys(names))


def read_table() -> dict[tuple[str, str], dict[str, str]]:
    """What the table says: by address and method, by visitor."""
    with TABLE.open(newline="") as file:
        return {
            (row["address"], row["method"]): {who: row[who] or "" for who in VISITORS} for row in csv.DictReader(file)
        }


def write_column(visitor: str, answers: dict[tuple[str, str], str]) -> None:
    """Write into the table what one visitor is answered; rows of addresses that are no more go."""
    rows: dict[tuple[str, str], dict[str, str]] = {key: {} for key in answers} | read_table()
    here = set(address_names())
    with TABLE.open("w", newline="") as file:
        writer = csv.DictWriter(file, [*KEY, *VISITORS], lineterminator="\n")
        writer.writeheader()
        for key in sorted(key for key in rows if key[0] in here):
            answer = {visitor: answers[key]} if key in answers else {}
            writer.writerow(dict(zip(KEY, key, strict=True)) | rows[key] | answer)


def public_pages() -> list[str]:
    """The names of the pages that everybody may read, signed in or not."""
    return [
        name for (name, method), answers in read_table().items() if method == "GET" and answers["anonymous"] == "200"
    ]
