"""Addresses of the pages that show people, roles, groups, and what organisations have of them."""

from django.urls import include, path

from memberships.views import (
    ask,
    groups,
    history,
    home,
    interests,
    mentors,
    messages,
    organisations,
    people,
    pick,
    proposals,
    roles,
    search,
    then_and_now,
    why_not,
)

urlpatterns = [
    # Before the addresses of records, so that "new" is none of them.
    path("", include("memberships.urls.change")),
    path("", include("memberships.urls.workbooks")),
    path("", include("memberships.urls.duplicates")),
    path("", include("memberships.urls.imports")),
    path("", home.home, name="home"),
    path("search", search.search, name="search"),
    path("groups", groups.group_list, name="groups"),
    path("groups/<slug:slug>", groups.group, name="group"),
    path("groups/<slug:slug>/why-not", why_not.why_not_page, name="why-not"),
    path("groups/<slug:slug>/interests", interests.register, name="interests"),
    path("proposals", proposals.proposal_list, name="proposals"),
    path("proposals/<slug:slug>", proposals.proposal, name="proposal"),
    path("organisations/<slug:slug>", organisations.organisation, name="organisation"),
    path("people", people.person_list, name="people"),
    path("people/<slug:slug>", people.person, name="person"),
    path("roles", roles.role_list, name="roles"),
    path("roles/<slug:slug>", roles.role, name="role"),
    path("whom-do-i-ask", ask.ask, name="ask"),
    path("then-and-now", then_and_now.then_and_now, name="then-and-now"),
    path("mentors", mentors.mentor_list, name="mentors"),
    path("mentors/unused-skills", mentors.unused_skill_list, name="unused-skills"),
    path("pick/<slug:kind>", pick.pick, name="pick"),
    path("tell-the-keeper", messages.tell, name="tell-the-keeper"),
    path("tell-the-keeper/sent", messages.sent, name="message-sent"),
    path("history/<slug:kind>/<int:pk>", history.history, name="history"),
    path("", include("memberships.urls.history")),
    path("", include("memberships.urls.todo")),
]
