"""What the register's log says, for whoever runs it."""

import logging


def in_a_line(record: logging.LogRecord) -> bool:
    """Leaves a refusal, which is an answer like others, without its traceback; a fault keeps it. Keeps every record."""
    if record.name == "django.request" and record.levelno < logging.ERROR:
        record.exc_info = None
    return True
