"""Finding a record by roughly what it is called: without regard to accents, case, order of words or small errors."""

from __future__ import annotations

from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import models
from django.db.models import F, Func, GeneratedField, Q, TextField, Value

FOLD_SQL = """
CREATE FUNCTION register_fold(VARIADIC words text[]) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT lower(public.unaccent('public.unaccent'::regdictionary, array_to_string(words, ' ')))
$$
"""
DROP_FOLD_SQL = "DROP FUNCTION register_fold(text[])"


class Fold(Func):
    """Text without accents and capitals, as names are compared."""

    function = "register_fold"
    output_field = TextField()


def folded(words: str | Value) -> Fold:
    """Words that are asked for, as names are compared."""
    return Fold(Value(words.strip()) if isinstance(words, str) else words)


def folded_from(*columns: str) -> GeneratedField:
    """A column generated from those in which a record may be found; null ones are left out."""
    return GeneratedField(
        expression=Fold(*(F(column) for column in columns)), output_field=TextField(), db_persist=True
    )


def folded_index(name: str) -> GinIndex:
    """The index that `called` needs on the column `folded`."""
    return GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name=name)


class FindableQuerySet(models.QuerySet[Any]):
    """Rows of a table with a column `folded`."""

    def called(self, words: str | Value) -> Self:
        """Rows whose names hold or resemble `words`, the best first, with their `likeness` from 0 to 1."""
        asked = folded(words)
        return (
            self.alias(asked=asked)
            .filter(Q(folded__contains=F("asked")) | Q(folded__trigram_word_similar=asked))
            .annotate(likeness=TrigramWordSimilarity(asked, "folded"))  # type: ignore[arg-type]
            .order_by("-likeness", "folded", "pk")
        )
