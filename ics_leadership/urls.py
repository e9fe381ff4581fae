"""Every address of the register, gathered from the apps."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import TemplateView

from ics_leadership import errors, gallery
from ics_leadership.accounts import admin
from ics_leadership.asked import asked_about

urlpatterns = [
    path("admin/", admin.site.urls),
    path("account/", include("ics_leadership.accounts.urls")),
    path("about", login_not_required(asked_about()(TemplateView.as_view(template_name="about.html"))), name="about"),
    path("design", gallery.gallery, name="gallery"),
    path("api/v1/", include("memberships.urls.api")),
    path("", include("organisations.urls")),
    path("", include("memberships.urls")),
    path("", include("memberships.urls.accounts")),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
