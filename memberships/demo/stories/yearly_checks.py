"""Each winter the office asks who is still there, and learns what nobody had told it."""

from memberships.demo.entries import checks_who_is_still_there, recorded

LOG = [
    recorded(
        f"{year}-12-05",
        "The yearly check of who is still there",
        checks_who_is_still_there(),
        document=f"Answers to the office's letter of November {year}",
    )
    for year in (2015, *range(2017, 2026))
]
