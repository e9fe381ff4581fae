"""Each winter the office asks who is still there, and learns what nobody had told it.

Since 2024 it notes of everything else that it is still true. In 2025 two networks do not answer.
"""

from memberships.demo.entries import checks_who_is_still_there, confirms_what_is_still_true, recorded

SILENT: dict[int, tuple[str, ...]] = {2024: (), 2025: ("edgemoor", "thistle")}

LOG = [
    recorded(
        f"{year}-12-05",
        "The yearly check of who is still there",
        checks_who_is_still_there(),
        *([confirms_what_is_still_true(*SILENT[year])] if year in SILENT else []),
        document=f"Answers to the office's letter of November {year}",
    )
    for year in (2015, *range(2017, 2026))
]
