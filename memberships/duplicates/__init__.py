"""The same person twice: which entries look alike, how much, and why. Merging them is left to `actions.merging`."""

from memberships.duplicates.entries import Entry
from memberships.duplicates.finding import Pair, alike_pairs, likely, likely_each
from memberships.duplicates.likeness import Likeness, Reason, compare

__all__ = ["Entry", "Likeness", "Pair", "Reason", "alike_pairs", "compare", "likely", "likely_each"]
