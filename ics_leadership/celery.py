"""The register's queue of work in the background; the tasks themselves live in each app's `tasks.py`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ics_leadership.settings")

app = Celery("ics_leadership")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(["memberships"], related_name="message_tasks")
app.autodiscover_tasks(["memberships"], related_name="reminder_tasks")
app.autodiscover_tasks(["memberships"], related_name="letter_tasks")
