"""Addresses of the pages that show organisations alone."""

from django.urls import path

from organisations import views

urlpatterns = [
    path("organisations", views.organisation_list, name="organisations"),
]
