"""Addresses at which editors look at what changed, and take something back."""

from django.urls import path

from memberships.views import history, taking_back

urlpatterns = [
    path("changes", history.change_list, name="changes"),
    path("changes/<int:pk>", history.change, name="change"),
    path("changes/<int:pk>/undo", taking_back.Undo.as_view(), name="undo"),
    path("history/<slug:kind>/<int:pk>/still-true", history.still_true, name="still-true"),
    path("history/<slug:kind>/<int:pk>/withdraw", taking_back.Withdraw.as_view(), name="withdraw"),
    path("history/<slug:kind>/<int:pk>/restore/<int:event>", taking_back.Restore.as_view(), name="restore"),
    path(
        "history/<slug:kind>/<int:pk>/restore/<int:event>/<slug:field>",
        taking_back.Restore.as_view(),
        name="restore-field",
    ),
]
