"""Addresses of the flows by which editors change facts."""

from django.urls import path

from memberships.models import GroupFunding, Influence, ReportingLine
from memberships.views.change import appointments, groups, memberships, mergers, organisations, people, roles, terms

urlpatterns = [
    path("appointments/<int:pk>/end", appointments.StepDown.as_view(), name="end-appointment"),
    path("appointments/<int:pk>/correct", appointments.CorrectAppointment.as_view(), name="correct-appointment"),
    path("appointments/<int:pk>/fund", roles.FundAppointment.as_view(), name="fund-appointment"),
    path("funding/<int:pk>/correct", roles.CorrectFunding.as_view(), name="correct-funding"),
    path("appoint", appointments.Appoint.as_view(), name="appoint"),
    path("roles/<slug:role>/appoint", appointments.Appoint.as_view(), name="appoint-to-role"),
    path("people/<slug:person>/appoint", appointments.Appoint.as_view(), name="appoint-person"),
    path("people/new", people.NewPerson.as_view(), name="new-person"),
    path("people/<slug:person>/correct", people.CorrectPerson.as_view(), name="correct-person"),
    path("people/<slug:person>/practice", people.MovePractice.as_view(), name="move-practice-of-person"),
    path("people/<slug:person>/skills/new", people.AddSkill.as_view(), name="add-skill"),
    path("people/<slug:person>/offers/new", people.AddOffer.as_view(), name="add-offer"),
    path("roles/new", roles.NewRole.as_view(), name="new-role"),
    path("roles/<slug:role>/correct", roles.CorrectRole.as_view(), name="correct-role"),
    path("roles/<slug:role>/remit", roles.NewRemit.as_view(), name="new-remit"),
    path("roles/<slug:role>/vacant", roles.VacantSince.as_view(), name="vacant-role"),
    path("roles/<slug:role>/end", roles.EndRole.as_view(), name="end-role"),
    path("seats/<int:pk>/fill", memberships.FillSeat.as_view(), name="fill-seat"),
    path("memberships/<int:pk>/end", memberships.EndMembership.as_view(), name="end-membership"),
    path("memberships/<int:pk>/correct", memberships.CorrectMembership.as_view(), name="correct-membership"),
    path("memberships/<int:pk>/deputy", memberships.AddDeputy.as_view(), name="add-deputy"),
    path("deputies/<int:pk>/end", memberships.EndDeputy.as_view(), name="end-deputy"),
    path("groups/new", groups.NewGroup.as_view(), name="new-group"),
    path("groups/<slug:slug>/correct", groups.CorrectGroup.as_view(), name="correct-group"),
    path("groups/<slug:slug>/end", groups.EndGroup.as_view(), name="end-group"),
    path("groups/<slug:slug>/remit", groups.NewGroupRemit.as_view(), name="new-group-remit"),
    path("groups/<slug:slug>/fund", groups.FundGroup.as_view(), name="fund-group"),
    path("groups/<slug:slug>/reporting-lines/new", groups.NewReportingLine.as_view(), name="new-reporting-line"),
    path("groups/<slug:slug>/influences/new", groups.NewInfluence.as_view(), name="new-influence"),
    path("groups/<slug:slug>/terms/new", terms.NewTerms.as_view(), name="new-terms"),
    path("terms/<int:pk>/correct", terms.CorrectTerms.as_view(), name="correct-terms"),
    path(
        "group-funding/<int:pk>/end",
        groups.EndLine.as_view(model=GroupFunding, noun="money"),
        name="end-group-funding",
    ),
    path(
        "reporting-lines/<int:pk>/end",
        groups.EndLine.as_view(model=ReportingLine, noun="a reporting line"),
        name="end-reporting-line",
    ),
    path("influences/<int:pk>/end", groups.EndLine.as_view(model=Influence, noun="an influence"), name="end-influence"),
    path("organisations/new", organisations.NewOrganisation.as_view(), name="new-organisation"),
    path("organisations/merge", mergers.MergeNetworks.as_view(), name="merge-networks"),
    path("organisations/<slug:slug>/correct", organisations.CorrectOrganisation.as_view(), name="correct-organisation"),
    path("organisations/<slug:slug>/close", organisations.CloseOrganisation.as_view(), name="close-organisation"),
    path("organisations/<slug:slug>/move", organisations.MovePractice.as_view(), name="move-practice"),
    path("organisations/<slug:slug>/links/new", organisations.NewLink.as_view(), name="new-link"),
    path("organisations/<slug:slug>/successors", mergers.AllocateSuccessors.as_view(), name="allocate-successors"),
    path("links/<int:pk>/end", organisations.EndLink.as_view(), name="end-link"),
]
