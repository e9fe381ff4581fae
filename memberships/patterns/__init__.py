"""Ready-made terms to start from, one for each usual kind of group. They are drafts: whoever takes one over changes it first.

What is in them follows `domain.md` and the articles that it cites, in words of our own.
"""

from memberships.patterns import role_types
from memberships.patterns.general_practice import DIRECTORS_FORUM, LEADERSHIP_GROUP, LMC_COMMITTEE, PROVIDER_BOARD
from memberships.patterns.pattern import Near, NeededType, Pattern, PatternCondition, PatternSeat
from memberships.patterns.system import CLINICAL_SENATE, HEALTH_AND_WELLBEING_BOARD, ICB_BOARD, SUMMIT

PATTERNS = {
    pattern.key: pattern
    for pattern in (
        LEADERSHIP_GROUP,
        PROVIDER_BOARD,
        DIRECTORS_FORUM,
        LMC_COMMITTEE,
        ICB_BOARD,
        HEALTH_AND_WELLBEING_BOARD,
        CLINICAL_SENATE,
        SUMMIT,
    )
}

ROLE_TYPES = {each.key: each for each in vars(role_types).values() if isinstance(each, NeededType)}

__all__ = [
    "PATTERNS",
    "ROLE_TYPES",
    "Near",
    "NeededType",
    "Pattern",
    "PatternCondition",
    "PatternSeat",
]
