"""The workbook to start a list in: its columns with what can be chosen, an example, and what each column takes."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import IO

from memberships.models import HowAppointed, Skill
from memberships.spreadsheets.columns import COLUMNS, ListKind
from memberships.spreadsheets.writer import Value, Workbook
from roles.models import FundingSource, RoleType

EXAMPLES: Mapping[ListKind, Sequence[Mapping[str, Value]]] = {
    ListKind.PEOPLE: (
        {
            "name": "Dr Siân O’Brien-Lee",
            "profession": "GP",
            "role": "PCN Clinical Director",
            "organisation": "Tarrow Vale PCN",
            "start": "April 2019",
            "end": "31 March 2027",
            "how": "elected",
            "paid_by": "Tarrow Vale PCN",
            "sessions": 2,
            "work_email": "sian.obrien-lee@example.nhs.uk",
        },
        {
            "name": "Patel, Arjun (GP)",
            "role": "LMC member; CD – Wexmoor East",
            "start": "2023; by May 2024",
            "how": "elected 2023, constituency North",
        },
        {"name": "Vacant", "role": "PCN Clinical Director", "organisation": "U12345"},
    ),
}
"""Rows as people type them, for the list that is brought in most; of the others, the example of each column."""

A_ROW_FOR: Mapping[ListKind, str] = {
    ListKind.PEOPLE: "role that somebody holds",
    ListKind.ROLES: "role",
    ListKind.SEATS: "seat that somebody holds",
    ListKind.GROUPS: "group",
    ListKind.ORGANISATIONS: "organisation",
    ListKind.OFFERS: "offer to mentor",
    ListKind.SKILLS: "skill that somebody holds",
}

HOW_TO = (
    "Fill in the first sheet, one row for each {thing}, and bring it in under Imports. Nothing is written before you have "
    "seen what each row would do, and said so.",
    "Only what is known has to be filled in. Columns that you do not need can be deleted, their order does not matter.",
    "Dates are typed as they are known: 1 April 2019, 01/04/19, April 2019, 2019, by May 2024, not known; for who has left "
    "on a day that nobody knows: left, date not known.",
)


def template(kind: ListKind) -> IO[bytes]:
    """The workbook to start a list of a kind in, for a reader who may bring it in."""
    columns = [each for each in COLUMNS[kind] if each.in_template]
    types = list(RoleType.objects.order_by("name").values_list("name", flat=True))
    suggestions = {
        "role": types,
        "role_type": types,
        "how": [label.lower() for label in HowAppointed.labels],
        "skill": list(Skill.objects.order_by("name").values_list("name", flat=True)),
        "funded_from": list(FundingSource.objects.order_by("name").values_list("name", flat=True)),
    }
    examples = EXAMPLES.get(kind) or [{each.key: each.example for each in columns}]
    file = io.BytesIO()
    with Workbook(file) as book:
        name = kind.label.partition(",")[0]
        book.sheet(name, columns, [], suggestions)
        book.sheet("Example", columns, examples)
        book.notes(
            "What goes where",
            f"{name}: what goes where",
            [
                *(["", line.format(thing=A_ROW_FOR[kind])] for line in HOW_TO),
                ["Column", "What it takes", "For example"],
                *([each.heading, each.meaning, each.example] for each in columns),
            ],
            [26, 90, 40],
        )
    file.seek(0)
    return file
