"""The register's settings, with one page more: one that says nothing, to measure the others by, and as much asking
as there is to measure."""

from ics_leadership.settings import *  # noqa: F403

ROOT_URLCONF = "memberships.bench.urls"
API_UNITS_A_MINUTE = API_UNITS_A_MINUTE_OF_STRANGERS = 0
