"""Addresses of lists as workbooks, and of the workbooks to start from: files, not pages."""

from django.urls import path

from memberships import role_maps_of_lists
from memberships.views import at_the_table, calendar, exports, interests, role_maps

urlpatterns = [
    path("people.xlsx", exports.people, name="people-workbook"),
    path("roles.xlsx", exports.roles, name="roles-workbook"),
    path("groups.xlsx", exports.groups, name="groups-workbook"),
    path("groups/<slug:slug>/seats.xlsx", exports.seats, name="seats-workbook"),
    path("groups/<slug:slug>/interests.xlsx", interests.workbook, name="interests-workbook"),
    path("groups/<slug:slug>/interests.csv", interests.csv_file, name="interests-csv"),
    path("organisations.xlsx", exports.organisations, name="organisations-workbook"),
    path("mentors.xlsx", exports.mentors, name="mentors-workbook"),
    path("mentors/unused-skills.xlsx", exports.unused_skills, name="unused-skills-workbook"),
    path("then-and-now.xlsx", exports.then_and_now, name="then-and-now-workbook"),
    path("tables.xlsx", at_the_table.tables_workbook, name="tables-workbook"),
    path("tables.csv", at_the_table.tables_csv, name="tables-csv"),
    path("calendar.ics", calendar.calendar_feed, name="calendar-feed"),
    *(
        path(
            f"{listed}/role-map.{form}",
            role_maps.role_map,
            {"listed": listed, "form": form},
            name=f"role-map-of-{listed}-{form}",
        )
        for listed in role_maps_of_lists.LISTS
        for form in role_maps_of_lists.FORMATS
    ),
    path("to-fill-in/<slug:kind>.xlsx", exports.template_workbook, name="template-workbook"),
]
