"""The register's settings, with one page more: one that says nothing, to measure the others by."""

from ics_leadership.settings import *  # noqa: F403

ROOT_URLCONF = "memberships.bench.urls"
