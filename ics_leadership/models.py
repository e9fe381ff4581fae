"""The tables that every app stands on."""

from ics_leadership.facts import Source
from ics_leadership.history import Change

__all__ = ["Change", "Source"]
