"""Addresses of the pages about entries that may be one person's, and of merging them."""

from django.urls import path

from memberships.views import duplicates, merging

urlpatterns = [
    path("duplicates", duplicates.duplicate_list, name="duplicates"),
    path("duplicates/two-people", duplicates.two_people, name="two-people"),
    path("duplicates/<int:first>/<int:second>", duplicates.duplicate, name="duplicate"),
    path("people/<slug:slug>/merge", merging.Merge.as_view(), name="merge-person"),
    path("people/<slug:slug>/unmerge/<int:pk>", merging.Unmerge.as_view(), name="unmerge-person"),
]
