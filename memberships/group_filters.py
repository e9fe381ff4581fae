"""What the list of groups can be narrowed and sorted by."""

from __future__ import annotations

import django_filters
from django.db.models import Case, CharField, Value, When

from ics_leadership.lists import Column, ListFilters, PeriodFilter, SearchFilter
from memberships.models import GroupKind
from organisations.filters import AreaFilter

# In the words that readers see; the stored values have another alphabet.
KIND_IN_WORDS = Case(*(When(kind=kind, then=Value(kind.label)) for kind in GroupKind), output_field=CharField())


class GroupFilters(ListFilters):
    """Groups by name, kind, area and day."""

    columns = (
        Column("name", "Name", ("name",), "A to Z", "Z to A", "name"),
        Column("kind", "Kind", (KIND_IN_WORDS, "name"), "A to Z", "Z to A", "kind"),
        Column("area", "Area", ("covers__name", "name"), "A to Z", "Z to A", "covers_name"),
        Column("open", "Begun", ("period__startswith", "name"), "oldest first", "newest first", "start_date"),
    )
    q = SearchFilter()
    kind = django_filters.ChoiceFilter(label="Kind", choices=GroupKind.choices)
    within = AreaFilter()
    period = PeriodFilter("There", ended="Ended before that day", upcoming="Begins after that day")
