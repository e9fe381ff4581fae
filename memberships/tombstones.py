"""What is left of rows that were erased, looked up by number or by the name that they had in addresses."""

from __future__ import annotations

from django.db.models import Model
from django.utils.crypto import salted_hmac

from memberships.models import ErasedRow


def tombstone_of(model: type[Model], pk: int) -> ErasedRow | None:
    """What is left of a row that was erased; None for one that was not."""
    found: ErasedRow | None = ErasedRow.objects.filter(table=model._meta.label_lower, row_id=pk).first()
    return found


def tombstone_at(model: type[Model], slug: str) -> ErasedRow | None:
    """What is left of the row that had this name in its address, if it was erased."""
    tombstones = ErasedRow.objects.filter(table=model._meta.label_lower, address=address_hash(slug))
    found: ErasedRow | None = tombstones.order_by("-pk").first()
    return found


def address_hash(slug: str) -> str:
    """What is kept of a name in addresses: nobody can read it back without the register's own key."""
    return salted_hmac("memberships.tombstones", slug, algorithm="sha256").hexdigest()
