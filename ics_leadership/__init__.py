"""The base every app of the register stands on; it imports none of them."""

from ics_leadership.celery import app as celery_app

__all__ = ["celery_app"]
