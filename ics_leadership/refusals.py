"""What the database refuses, in the sentence that belongs to it.

A constraint carries its sentence as `violation_error_message`; forms show it when they validate, and a write that
reaches the database all the same ends in the same sentence, found by the constraint's name.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError


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
        if constraint not in sentences():
            raise
        raise ValidationError(sentences()[constraint], code=constraint) from refusal
