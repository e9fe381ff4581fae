"""Addresses of what is asked before it happens: what if they leave, who could follow, what ends when, at whose table."""

from django.urls import path

from memberships.views import at_the_table, calendar, succession, what_if

urlpatterns = [
    path("what-if", what_if.what_if, name="what-if"),
    path("succession", succession.succession, name="succession"),
    path("calendar", calendar.calendar, name="calendar"),
    path("tables", at_the_table.tables, name="tables"),
    path("organisations/<slug:slug>/table", at_the_table.organisation_table, name="organisation-table"),
]
