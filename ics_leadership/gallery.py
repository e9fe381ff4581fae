"""The gallery of the register's own components, for whoever writes its pages: `/design`.

Open to staff, and to everybody while DEBUG is on. What it shows is made up here and stands in no register.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from ics_leadership.filter_panel import FilterField, FilterPanel
from ics_leadership.pictures import Bar, Column, Node, Part, StackRow, TimelineRow, stack, timeline, tree

HERE = "/design"


@dataclass(frozen=True)
class Words:
    """A few words of a sentence, as the register's own pages have them."""

    text: str
    href: str = ""
    quiet: bool = False


def _date(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


KEY_FACTS = [
    {"term": "Chair", "values": [{"text": "Dr Amara Okafor", "href": HERE, "line": "since April 2024"}]},
    {
        "term": "Core members",
        "values": [
            {"text": "Dr Sunil Rao", "href": HERE},
            {"text": "Dr Beth Llewellyn-Carmichael", "href": HERE},
            {"text": "Dr Tomasz Zieliński", "href": HERE},
        ],
    },
    {"term": "Ends next", "values": [{"text": "31 March 2027", "line": "Dr Sunil Rao’s term"}]},
    {"term": "Funded by", "values": []},
]

WHO_SITS: list[dict[str, Any]] = [
    {
        "anchor": "core",
        "heading": "Core members",
        "count": "3 people, 1 vacant seat",
        "rows": [
            {
                "name": "Dr Sunil Rao",
                "href": HERE,
                "kind": "general_practice",
                "aside": ["Voting"],
                "tags": [("Term ends 31 March 2027", "soon")],
                "invented": True,
                "reason": {
                    "pieces": [
                        Words("As "),
                        Words("PCN Clinical Director, Ferry Lane PCN", HERE),
                        Words(", since 1 July 2019; elected by the network’s practices. "),
                        Words("Seat “PCN clinical directors”, terms of April 2024.", quiet=True),
                    ]
                },
            },
            {
                "name": "Dr Beth Llewellyn-Carmichael",
                "href": HERE,
                "kind": "system",
                "aside": ["Voting"],
                "tags": [("Acts for the system", "system")],
                "invented": True,
                "reason": {
                    "pieces": [
                        Words("As "),
                        Words("system clinical lead for urgent care, Vale ICB", HERE),
                        Words(", since 2023. "),
                        Words("Seat “system clinical leads”, terms of April 2024.", quiet=True),
                    ]
                },
            },
            {
                "name": "Dr Tomasz Zieliński",
                "href": HERE,
                "kind": "experience",
                "aside": [],
                "tags": [],
                "reason": {"pieces": [Words("For experience: eight years on the governing body of Vale CCG.")]},
            },
            {
                "vacant": True,
                "label": "Vacant",
                "title": "Harbour and Heath federation",
                "why": "Nobody has held this seat since 30 September 2026.",
                "terms": "Seat “federation”, terms of April 2024",
            },
        ],
    },
]

TIMELINE = [
    TimelineRow(
        "GP clinical director, Vale CCG",
        [
            Bar(
                "Dr Amara Okafor",
                "from April 2013 to 30 June 2022",
                HERE,
                _date("2013-04-01"),
                _date("2022-06-30"),
                kind="commissioner",
            )
        ],
        HERE,
        "from April 2013 to 30 June 2022",
    ),
    TimelineRow(
        "PCN Clinical Director, Ferry Lane PCN (shared by two)",
        [
            Bar(
                "Dr Amara Okafor",
                "from July 2019 to 2023",
                HERE,
                _date("2019-07-01"),
                _date("2023-12-31"),
                _date("2019-07-31"),
                _date("2023-01-01"),
                kind="general_practice",
            ),
            Bar("Dr Sunil Rao", "since 1 July 2019", HERE, _date("2019-07-01"), kind="general_practice"),
        ],
        HERE,
        "two holders",
    ),
    TimelineRow(
        "System clinical lead, urgent care",
        [
            Bar(
                "Dr Beth Llewellyn-Carmichael",
                "from 2022 to March 2024",
                HERE,
                _date("2022-01-01"),
                _date("2024-03-31"),
                _date("2022-12-31"),
                _date("2024-03-01"),
                kind="system",
            ),
            Bar(
                "Vacant",
                "from 1 April 2024 to 31 January 2025",
                HERE,
                _date("2024-04-01"),
                _date("2025-01-31"),
                kind="vacant",
            ),
            Bar("Dr Tomasz Zieliński", "since 1 February 2025", HERE, _date("2025-02-01"), kind="system"),
        ],
        HERE,
    ),
    TimelineRow(
        "Chair, Thamesmere LMC",
        [Bar("Dr Amara Okafor", "since April 2022", HERE, _date("2022-04-01"), kind="own_organisation")],
        HERE,
        "since April 2022",
    ),
]

BEFORE_AND_AFTER = [
    Column(
        "Before",
        [
            Node("Vale CCG", HERE, "to 30 June 2022"),
            Node("Downs CCG", HERE, "to 30 June 2022"),
            Node("Harbour and Heath CCG", HERE, "to 30 June 2022"),
        ],
    ),
    Column(
        "Here", [Node("Vale, Downs and Harbour Integrated Care Board", line="1 July 2022 to 31 March 2026", here=True)]
    ),
    Column("After", [Node("Thames Valley Invented ICB", HERE, "from 1 April 2026")]),
]

BOARDS = [
    StackRow(
        "Vale CCG governing body, 2013",
        [
            Part("general_practice", "General practice", 9, HERE),
            Part("acute", "Acute", 1, HERE),
            Part("public_health", "Public health", 1, HERE),
            Part("system", "Commissioner or system", 4, HERE),
        ],
        "15 seats",
    ),
    StackRow(
        "Vale, Downs and Harbour ICB board, 2026",
        [
            Part("general_practice", "General practice", 1, HERE),
            Part("acute", "Acute", 5, HERE),
            Part("community", "Community", 1, HERE),
            Part("mental_health", "Mental health", 2, HERE),
            Part("local_authority", "Local authority", 3, HERE),
            Part("voluntary", "Voluntary", 1, HERE),
            Part("system", "Commissioner or system", 6, HERE),
            Part("vacant", "Vacant", 2, HERE),
        ],
        "21 seats, 2 of them vacant",
    ),
]

ROWS = [
    ("Ferry Lane PCN", "Primary care network", "Dr Sunil Rao", "since 1 July 2019", "62,481"),
    ("Harbour and Heath Primary Care Network", "Primary care network", "", "", "38,207"),
    ("Thamesmere Local Medical Committee", "Local medical committee", "Dr Amara Okafor", "since April 2022", ""),
]

SUMMARY = {
    "rows": [
        {"key": {"text": "Acts for"}, "value": {"text": "General practice"}},
        {"key": {"text": "Open to"}, "value": {"text": "GPs only"}},
    ]
}


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component once, with made-up content."""
    if not (settings.DEBUG or request.user.is_staff):
        raise Http404
    on = request.as_at.date  # type: ignore[attr-defined]
    try:
        number = int(request.GET.get("page", "1"))
    except ValueError:
        number = 1
    panel = FilterPanel(
        [
            FilterField("q", "Name contains", request.GET.get("q", "")),
            FilterField(
                "kind",
                "Kind",
                request.GET.get("kind", ""),
                [("pcn", "Primary care network"), ("lmc", "Local medical committee")],
            ),
            FilterField(
                "within", "Within", request.GET.get("within", ""), [(f"A{n}", f"Area number {n}") for n in range(1, 40)]
            ),
            FilterField(
                "ordering",
                "Sort by",
                request.GET.get("ordering", ""),
                [("name", "Name"), ("-patients", "Most patients first")],
            ),
        ]
    )
    context = {
        "key_facts": KEY_FACTS,
        "who_sits": WHO_SITS,
        "timeline": timeline(TIMELINE, on=on),
        "before_and_after": tree(BEFORE_AND_AFTER),
        "boards": stack(BOARDS),
        "panel": panel,
        "page": Paginator(range(1285), 50).get_page(number),
        "rows": ROWS,
        "summary": SUMMARY,
    }
    return render(request, "gallery.html", context)
