"""The resource of the API that tells what changed in the register."""

from ics_leadership.api.changes import Changes
from memberships.feed import feed


class RegisterChanges(Changes):
    """What changed in this register since a cursor."""

    feed = feed()
