"""Addresses at which editors find what waits for them, begin to record a change, and answer messages."""

from django.urls import path

from memberships.views import messages, record, todo

urlpatterns = [
    path("to-do", todo.to_do, name="to-do"),
    path("to-do/findings", todo.to_do_findings, name="to-do-findings"),
    path("to-do/<slug:name>", todo.to_do_section, name="to-do-section"),
    path("record", record.record, name="record"),
    path("messages", messages.message_list, name="messages"),
    path("messages/<int:pk>", messages.message, name="message"),
    path("my-messages", messages.sent_by_me, name="my-messages"),
]
