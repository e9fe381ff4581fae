"""Addresses of the pages that show people, roles, groups, and what organisations have of them."""

from django.urls import include, path

from memberships.views import (
    ask,
    groups,
    home,
    mentors,
    messages,
    organisations,
    people,
    pick,
    roles,
    search,
    then_and_now,
    todo,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("search", search.search, name="search"),
    path("groups", groups.group_list, name="groups"),
    path("groups/<slug:slug>", groups.group, name="group"),
    path("organisations/<slug:slug>", organisations.organisation, name="organisation"),
    path("people", people.person_list, name="people"),
    path("people/<slug:slug>", people.person, name="person"),
    path("roles", roles.role_list, name="roles"),
    path("roles/<slug:slug>", roles.role, name="role"),
    path("whom-do-i-ask", ask.ask, name="ask"),
    path("then-and-now", then_and_now.then_and_now, name="then-and-now"),
    path("mentors", mentors.mentor_list, name="mentors"),
    path("mentors/unused-skills", mentors.unused_skill_list, name="unused-skills"),
    path("", include("memberships.views.change.urls")),
    path("pick/<slug:kind>", pick.pick, name="pick"),
    path("tell-the-keeper", messages.tell, name="tell-the-keeper"),
    path("tell-the-keeper/sent", messages.sent, name="message-sent"),
    path("my-messages", messages.sent_by_me, name="my-messages"),
    path("messages", messages.message_list, name="messages"),
    path("messages/<int:pk>", messages.message, name="message"),
    path("to-do", todo.to_do, name="to-do"),
    path("to-do/<slug:name>", todo.to_do_section, name="to-do-section"),
]
