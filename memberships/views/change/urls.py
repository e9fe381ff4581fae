"""Addresses of the flows by which editors change facts."""

from django.urls import path

from memberships.views.change import appointments

urlpatterns = [
    path("appointments/<int:pk>/end", appointments.StepDown.as_view(), name="end-appointment"),
    path("appointments/<int:pk>/correct", appointments.CorrectAppointment.as_view(), name="correct-appointment"),
    path("appoint", appointments.Appoint.as_view(), name="appoint"),
    path("roles/<slug:role>/appoint", appointments.Appoint.as_view(), name="appoint-to-role"),
    path("people/<slug:person>/appoint", appointments.Appoint.as_view(), name="appoint-person"),
]
