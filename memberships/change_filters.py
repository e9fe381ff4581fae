"""What the list of recent changes can be narrowed by."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet

from ics_leadership.accounts.models import User
from ics_leadership.history import Change
from ics_leadership.lists import Column, ListFilters
from memberships.changes import changes_within
from organisations.filters import AreaFilter


class ChangedWithinFilter(AreaFilter):
    """Changes of what lies within an area."""

    def filter(self, qs: QuerySet[Change], value: str) -> QuerySet[Change]:
        area = self.area
        return qs.filter(pk__in=changes_within([area.pk]).values("pk")) if area else qs


class ChangeFilters(ListFilters):
    """What the list of changes can be narrowed and sorted by; the latest first."""

    columns = (Column("made", "Made", ("position",), "oldest first", "newest first"),)
    q = django_filters.CharFilter(label="Reason or import contains", max_length=200, method="saying")
    by = django_filters.ModelChoiceFilter(
        label="By", queryset=User.objects.filter(changes__isnull=False).distinct().order_by("name", "email")
    )
    within = ChangedWithinFilter()
    sort = django_filters.ChoiceFilter(
        label="Sort of change", choices=[("import", "Imports"), ("undo", "What was undone")], method="of_sort"
    )

    def saying(self, changes: QuerySet[Change], name: str, value: str) -> QuerySet[Change]:
        return changes.filter(why__icontains=value) | changes.filter(name__icontains=value)

    def of_sort(self, changes: QuerySet[Change], name: str, value: str) -> QuerySet[Change]:
        return changes.exclude(name="") if value == "import" else changes.exclude(undoes=None)
