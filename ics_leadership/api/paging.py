"""Pages of JSON by cursor: where a page begins is the key of the row before it, so that no row is missed or told twice."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass

from ics_leadership.errors import Refusal

FIRST, MOST = 100, 1000
"""How many rows a page has unless asked, and at most."""


@dataclass(frozen=True)
class Cursor:
    """A place between two rows: after the row with this key, or, `back`, before it."""

    key: int = 0
    back: bool = False

    @classmethod
    def read(cls, text: str) -> Cursor:
        """The place that a `cursor` of an earlier answer names. Raises Refusal for one that is none."""
        if not text:
            return cls()
        try:
            way, key = json.loads(base64.urlsafe_b64decode(text.encode("ascii", "replace")))
            if way not in ("after", "before") or not isinstance(key, int) or not 0 <= key < 2**63:
                raise ValueError
        except (ValueError, TypeError, binascii.Error):
            raise Refusal("This cursor is none that the register gave. Start again without one.") from None
        return cls(key, way == "before")

    def __str__(self) -> str:
        said = json.dumps(["before" if self.back else "after", self.key])
        return base64.urlsafe_b64encode(said.encode()).decode()

    def where(self, key: str) -> str:
        """The rows beyond this place, for the expression `key`."""
        return f"{key} {'<' if self.back else '>'} {self.key}"

    def order(self, key: str) -> str:
        return f"ORDER BY {key}{' DESC' if self.back else ''}"


def limit_asked(text: str) -> int:
    """How many rows a page is to have. Raises Refusal for a number that is none, or that no page may have."""
    if not text:
        return FIRST
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    if not 1 <= number <= MOST:
        raise Refusal(
            f"“{text[:20]}” is no limit. A page of JSON has from 1 to {MOST} rows; CSV and NDJSON have them all."
        )
    return number
