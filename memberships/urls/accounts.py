"""Addresses of accounts: one's own page, those of administrators, and whose account belongs to which entry."""

from django.urls import path

from memberships.views import accounts, calendar, tokens
from memberships.views.change import accounts as change

urlpatterns = [
    path("account", accounts.your_account, name="your-account"),
    path("account/weekly-letter", accounts.want_weekly_letter, name="weekly-letter"),
    path("account/calendar", calendar.new_address, name="new-calendar-address"),
    path("account/calendar/end", calendar.end_address, name="end-calendar-address"),
    path("account/tokens", tokens.your_tokens, name="your-tokens"),
    path("account/tokens/new", tokens.new_token, name="new-token"),
    path("tokens/<uuid:key>", tokens.token_page, name="token"),
    path("tokens/<uuid:key>/revoke", tokens.revoke, name="revoke-token"),
    path("accounts", accounts.account_list, name="accounts"),
    path("accounts/open", change.OpenAccount.as_view(), name="open-account"),
    path("accounts/<int:pk>", accounts.account, name="register-account"),
    path("accounts/<int:pk>/correct", change.CorrectAccount.as_view(), name="correct-account"),
    path("accounts/<int:pk>/grant", change.GiveGrant.as_view(), name="give-grant"),
    path("accounts/<int:pk>/letter", accounts.send_letter, name="send-account-letter"),
    path("accounts/<int:pk>/close", change.CloseAccount.as_view(), name="close-account"),
    path("accounts/<int:pk>/open", change.ReopenAccount.as_view(), name="reopen-account"),
    path("accounts/<int:pk>/remove-second-factor", change.RemoveSecondFactor.as_view(), name="remove-second-factor"),
    path("grants/<int:pk>/end", change.EndGrant.as_view(), name="end-grant"),
    path("people/<slug:slug>/account", change.LinkAccount.as_view(), name="link-account"),
    path("people/<slug:slug>/account/unlink", change.UnlinkAccount.as_view(), name="unlink-account"),
]
