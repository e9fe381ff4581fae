"""What the database refuses, in the sentence that belongs to it.

A constraint carries its sentence as `violation_error_message`; forms show it when they validate, and a write that
reaches the database all the same ends in the same sentence, found by the constraint's name. What two people do at once
to records that refer to each other is found by the foreign keys, and has a sentence of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from psycopg.errors import ForeignKeyViolation

GONE_SENTENCE = (
    "Somebody has just withdrawn what this refers to, or recorded something that rests on what this takes away. "
    "Look at the record again."
)


@cache
def sentences() -> dict[str, str]:
    """The sentence of every constraint in the register, by the constraint's name."""
    return {
        constraint.name: str(constraint.violation_error_message)
        for model in apps.get_models()
        for constraint in model._meta.constraints
    }


@contextmanager
def in_words() -> Iterator[None]:
    """Turn a refusal of the database inside this block into a ValidationError with its sentence, where it has one."""
    try:
        yield
    except IntegrityError as refusal:
        diagnosis = getattr(refusal.__cause__, "diag", None)
        constraint: str = getattr(diagnosis, "constraint_name", None) or ""
        if constraint in sentences():
            raise ValidationError(sentences()[constraint], code=constraint) from refusal
        if isinstance(refusal.__cause__, ForeignKeyViolation):
            raise ValidationError(GONE_SENTENCE, code="gone") from refusal
        raise
