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


class FoldOnce(Fold):
    """What is the same for every row, as a question of its own: asked once by a plan that does not know the words."""

    template = "(SELECT %(function)s(%(expressions)s))"


class FoldOnceToCompare(FoldOnce):
    """The same; how like it something has to be, as text, is set first, and stays so until the transaction ends."""

    template = "(SELECT %(function)s(%(expressions)s, TRUE))"
    arg_joiner = ") FROM set_config('pg_trgm.word_similarity_threshold', "


def folded(words: str | Value) -> Fold:
    """Words that are asked for, as names are compared: themselves, or what stands for them in a prepared statement."""
    return Fold(Value(words.strip())) if isinstance(words, str) else FoldOnce(words)


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

    def called(self, words: str | Value, at_least: Value | None = None) -> Self:
        """Rows whose names hold or resemble `words`, the best first, with their `likeness` from 0 to 1.

        A name resembles them that is as like them as `NAMES_ALIKE` in the settings says, or, in a prepared statement, as `at_least` says.
        """
        asked = folded(words)
        alike = FoldOnceToCompare(words, at_least) if at_least else asked
        # Folded anew for each row it is dear enough for the index to be looked into, however few rows a table has.
        return (
            self.alias(anew=Fold(*asked.source_expressions))
            .filter(Q(folded__trigram_word_similar=alike) | Q(folded__contains=F("anew")))
            .annotate(likeness=TrigramWordSimilarity(asked, "folded"))  # type: ignore[arg-type]
            .order_by("-likeness", "folded", "pk")
        )
