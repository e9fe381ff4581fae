"""Addresses of the pages by which spreadsheets are brought in."""

from django.urls import path

from memberships.views import imports

urlpatterns = [
    path("imports", imports.import_list, name="imports"),
    path("imports/new", imports.new, name="new-import"),
    path("imports/<int:pk>", imports.show, name="import"),
    path("imports/<int:pk>/columns", imports.columns, name="import-columns"),
    path("imports/<int:pk>/rows/<int:number>", imports.decide, name="import-row"),
    path("imports/<int:pk>/same-names", imports.same_names, name="import-same-names"),
    path("imports/<int:pk>/confirm", imports.confirm, name="import-confirm"),
    path("imports/<int:pk>/again", imports.again, name="import-again"),
    path("imports/<int:pk>/discard", imports.discard, name="import-discard"),
    path("imports/<int:pk>/undo", imports.undo, name="import-undo"),
]
