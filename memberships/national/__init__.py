"""A country to measure with: the organisations as they are published, and around them invented places, people, roles and groups.

`filling` enters it into an empty register; the other modules say what there is to enter, the same for the same seed. It is
for measuring how the register behaves at that size, not for reading: stories are left to the demonstration.
"""

from memberships.national.filling import Filled, NotEmpty, fill

__all__ = ["Filled", "NotEmpty", "fill"]
