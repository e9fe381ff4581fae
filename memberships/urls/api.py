"""Addresses of the REST API."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework.request import Request

from ics_leadership.api.view import CountedView
from ics_leadership.errors import Refusal
from memberships import api, api_changes, api_compare, api_snapshots


class Schema(CountedView, SpectacularJSONAPIView):
    """The OpenAPI document, which is the same however it is asked for."""

    def initial(self, request: Request, *arguments: Any, **options: Any) -> None:
        super().initial(request, *arguments, **options)
        for name in request.query_params:
            raise Refusal(
                f"“{name[:40]}” cannot be asked here: the document is one, and its address has no parameters."
            )


# Who may read is asked by each resource, which answers strangers in its own way.
urlpatterns = [
    path("schema", login_not_required(Schema.as_view()), name="api-schema"),
    path("changes", login_not_required(api_changes.RegisterChanges.as_view()), name="api-changes"),
    path("snapshots", login_not_required(api_snapshots.Snapshots.as_view()), name="api-snapshots"),
    path("snapshots/of/<slug:resource>", login_not_required(api_snapshots.Freeze.as_view()), name="api-freeze"),
    path("snapshots/<slug:key>", login_not_required(api_snapshots.OneSnapshot.as_view()), name="api-snapshot"),
    path(
        "snapshots/<slug:key>/file", login_not_required(api_snapshots.SnapshotFile.as_view()), name="api-snapshot-file"
    ),
    path("compare", login_not_required(api_compare.Compare.as_view()), name="api-compare"),
    *(
        path(each.table.name, login_not_required(each.as_view()), name=f"api-{each.table.name}")
        for each in api.RESOURCES
    ),
    *(
        path(
            f"{each.table.name}/<int:record>", login_not_required(each.as_view()), name=f"api-{each.table.name}-record"
        )
        for each in api.RESOURCES
        if not each.is_worked_out
    ),
]
