"""Tokens of the API: one's own, made and revoked; for administrators everybody's, with what each has asked."""

from __future__ import annotations

import uuid

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from ics_leadership.accounts.models import Token, User
from ics_leadership.accounts.tokens import LOG_DAYS, make_token, revoke_token
from memberships.forms.tokens import TokenForm
from memberships.presenters.tokens import token_line, use_lines
from organisations.rights import Rights


@login_required
def your_tokens(request: HttpRequest) -> HttpResponse:
    """The tokens of whoever is signed in, valid ones first."""
    rights: Rights = request.rights  # type: ignore[attr-defined]
    lines = [token_line(each, rights.sights()) for each in tokens_of(rights.account)]
    return render(request, "tokens/list.html", {"tokens": lines})


@never_cache
@login_required
@reauthentication_required
def new_token(request: HttpRequest) -> HttpResponse:
    """Make a token. It is shown this once."""
    rights: Rights = request.rights  # type: ignore[attr-defined]
    form = TokenForm(request.POST or None, sights=rights.sights())
    if request.method == "POST" and form.is_valid() and rights.account:
        try:
            token, text = make_token(account=rights.account, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            shown = {"token": token_line(token, rights.sights()), "text": text}
            return render(request, "tokens/made.html", shown)
    return render(request, "tokens/new.html", {"form": form})


@login_required
def token_page(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One token and what it has asked, for its owner and for administrators."""
    token = _token(request, key)
    uses = use_lines(token.uses.order_by("-day", "-last_at")[:200])
    context = {
        "token": token_line(token, Rights(token.user).sights()),
        "owner": token.user,
        "is_own": token.user == request.user,
        "uses": uses,
        "kept_days": LOG_DAYS,
    }
    return render(request, "tokens/token.html", context)


@login_required
def revoke(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Let a token answer no longer, once that is confirmed: one's own, and as an administrator anybody's."""
    token = _token(request, key)
    if request.method != "POST":
        shown = token_line(token, Rights(token.user).sights())
        context = {"token": shown, "owner": token.user, "is_own": token.user == request.user}
        return render(request, "tokens/revoke.html", context)
    assert isinstance(request.user, User)
    revoke_token(token=token, by=request.user)
    messages.success(request, f"The token “{token.name}” is revoked. What still sends it is refused.")
    return redirect("your-tokens") if token.user == request.user else redirect("register-account", token.user_id)


def tokens_of(account: User | None) -> list[Token]:
    """The tokens of an account, those still valid first, then the latest first."""
    tokens = Token.objects.filter(user=account).select_related("user", "revoked_by").order_by("-created")
    return sorted(tokens, key=lambda token: not token.is_valid)


def _token(request: HttpRequest, key: uuid.UUID) -> Token:
    token: Token | None = Token.objects.select_related("user", "revoked_by").filter(key=key).first()
    if token is None or (token.user != request.user and not request.rights.is_administrator):  # type: ignore[attr-defined]
        raise Http404("There is no token of yours at this address.")
    return token
