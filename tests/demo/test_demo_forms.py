"""The demonstration, which is entered without asking before each write, holds nothing that a form would refuse."""

import pytest
from django.core.exceptions import ValidationError
from django.db import models

from memberships.models import Membership
from tests.every_table import tracked_models

pytestmark = pytest.mark.usefixtures("demo_client")


def refusals(model: type[models.Model]) -> list[str]:
    """What is wrong with the columns of the rows; references and constraints are the database's to check."""
    references = {field.name for field in model._meta.fields if field.is_relation}
    found = []
    for row in model.objects.all():
        try:
            row.clean_fields(exclude=references)
        except ValidationError as refusal:
            found.append(f"{model.__name__} {row.pk}: {refusal}")
    return found


def test_no_column_holds_what_a_form_would_refuse():
    assert [refusal for model in tracked_models() for refusal in refusals(model)] == []


def test_everybody_sits_by_virtue_of_an_appointment_of_their_own():
    others = Membership.objects.exclude(basis_appointment=None).exclude(basis_appointment__person=models.F("person"))
    assert list(others) == []
