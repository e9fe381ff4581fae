"""Every address of the register, gathered from the apps."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import TemplateView

from ics_leadership import errors, gallery

urlpatterns = [
    path("admin/", admin.site.urls),
    path("about", TemplateView.as_view(template_name="about.html"), name="about"),
    path("design", gallery.gallery, name="gallery"),
    path("", include("organisations.urls")),
    path("", include("memberships.urls")),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
