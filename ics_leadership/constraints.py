"""Constraints of the database that Django has no word for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, cast

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Field, Model
from django.db.models.constraints import BaseConstraint


class ReferenceTogether(BaseConstraint):
    """Several columns of a row that refer together to one row of another table: its number, and a fact of it that has to
    be the same. `fields` are the columns here, `to` the table, `to_fields` the columns there, which are unique together.

    Where one of `fields` is null nothing is referred to. It is looked at when a transaction ends, as other references
    are: rows that change in turn may disagree on the way.
    """

    def __init__(
        self,
        *,
        name: str,
        fields: Sequence[str],
        to: str,
        to_fields: Sequence[str],
        violation_error_code: str | None = None,
        violation_error_message: str | None = None,
    ) -> None:
        super().__init__(
            name=name, violation_error_code=violation_error_code, violation_error_message=violation_error_message
        )
        self.fields, self.to, self.to_fields = tuple(fields), to, tuple(to_fields)

    def create_sql(self, model: type[Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        assert model is not None
        there = model._meta.apps.get_model(self.to)
        return (
            f'ALTER TABLE "{model._meta.db_table}" ADD CONSTRAINT "{self.name}"'
            f" FOREIGN KEY ({_columns(model, self.fields)})"
            f' REFERENCES "{there._meta.db_table}" ({_columns(there, self.to_fields)}) DEFERRABLE INITIALLY DEFERRED'
        )

    def constraint_sql(self, model: type[Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        """Nothing within the making of the table, when the table referred to may not be there yet: after it."""
        assert schema_editor is not None
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))
        return ""

    def remove_sql(self, model: type[Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        assert model is not None
        return f'ALTER TABLE "{model._meta.db_table}" DROP CONSTRAINT "{self.name}"'

    def validate(
        self, model: type[Model], instance: Model, exclude: Collection[str] | None = None, using: str = "default"
    ) -> None:
        """Nothing: the `clean` of a row says it, from the rows in hand, and asks nothing of the database."""

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        path, arguments, options = super().deconstruct()
        return path, tuple(arguments), {**options, "fields": self.fields, "to": self.to, "to_fields": self.to_fields}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ReferenceTogether) and self.deconstruct() == other.deconstruct()

    __hash__ = BaseConstraint.__hash__


def _columns(model: type[Model], names: Sequence[str]) -> str:
    fields = [cast("Field[Any, Any]", model._meta.get_field(name)) for name in names]
    return ", ".join(f'"{field.column}"' for field in fields)
