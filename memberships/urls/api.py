"""Addresses of the REST API."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from drf_spectacular.views import SpectacularJSONAPIView

from memberships import api

# Who may read is asked by each resource, which answers strangers in its own way.
urlpatterns = [
    path("schema", login_not_required(SpectacularJSONAPIView.as_view()), name="api-schema"),
    path("role-map", login_not_required(api.RoleMap.as_view()), name="api-role-map"),
]
