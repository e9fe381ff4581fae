"""Accounts: one's own, and for administrators all of them, with what each may do and since when.

What changes them is `memberships.views.change.accounts`; signing in, `ics_leadership.accounts.urls`.
"""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from ics_leadership.accounts.letters import send_first_letter
from ics_leadership.accounts.models import CalendarAddress, Grant, User
from ics_leadership.history import Change, event_model
from ics_leadership.lists import page_asked
from ics_leadership.periods import today
from memberships.models import PersonAccount, WeeklyLetter
from memberships.presenters.accounts import GrantLine, account_line, grant_line
from memberships.presenters.tokens import token_line
from memberships.views.tokens import tokens_of
from organisations.rights import Rights

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def administrators_only(request: HttpRequest) -> None:
    """Raises PermissionDenied for everybody else."""
    if not request.rights.is_administrator:  # type: ignore[attr-defined]
        raise PermissionDenied


def account_of(pk: int) -> User:
    """The account. Raises Http404 with a sentence."""
    account = User.objects.filter(pk=pk).first()
    if account is None:
        raise Http404("There is no account at this address.")
    return account


def with_second_factor(accounts: QuerySet[User]) -> QuerySet[User]:
    factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=SECOND_FACTORS)
    return accounts.annotate(has_second_factor=Exists(factors))


@login_required
def account_list(request: HttpRequest) -> HttpResponse:
    """All accounts, the open ones first, or those that are called so."""
    administrators_only(request)
    typed = request.GET.get("q", "").strip()
    current = Grant.objects.as_at(today()).select_related("area").order_by("pk")
    accounts = with_second_factor(User.objects.prefetch_related(Prefetch("grants", current, to_attr="grants_today")))
    if typed:
        accounts = accounts.filter(Q(name__icontains=typed) | Q(email__icontains=typed))
    page = page_asked(request, accounts.order_by("-is_active", "name", "email"))
    rows = [
        account_line(account, account.grants_today, has_second_factor=account.has_second_factor)
        for account in page.object_list
    ]
    return render(request, "grants/list.html", {"page": page, "rows": rows, "typed": typed})


@login_required
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account, for administrators."""
    administrators_only(request)
    told = _told(account_of(pk))
    sights = Rights(told["account"]).sights()
    told["tokens"] = [token_line(each, sights) for each in tokens_of(told["account"])]
    return render(request, "grants/account.html", told)


@login_required
def your_account(request: HttpRequest) -> HttpResponse:
    """One's own account, and where to change what guards it."""
    letter = WeeklyLetter.objects.filter(account_id=request.user.pk).first()
    told = _told(request.user) | {"wants_letter": letter is None or letter.wanted}  # type: ignore[arg-type]
    return render(request, "grants/mine.html", told)


@require_POST
@login_required
def send_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the letter once more by which somebody chooses their password."""
    administrators_only(request)
    account = account_of(pk)
    if not account.is_active:
        raise PermissionDenied
    send_first_letter(request, account)
    messages.success(request, f"A letter is on its way to {account.email}.")
    return redirect("register-account", pk)


@require_POST
@login_required
def want_weekly_letter(request: HttpRequest) -> HttpResponse:
    """Say whether one wants the weekly letter to editors."""
    wanted = request.POST.get("wanted") == "yes"
    WeeklyLetter.objects.update_or_create(account_id=request.user.pk, defaults={"wanted": wanted})
    messages.success(request, "You get the weekly letter." if wanted else "You get no weekly letter any more.")
    return redirect("your-account")


def _told(account: User) -> dict[str, Any]:
    link = PersonAccount.objects.filter(account=account).select_related("person").first()
    return {
        "account": account,
        "person": link.person if link else None,
        "grants": _grants(account),
        "calendar_address": CalendarAddress.objects.filter(account=account).first(),
        "has_second_factor": Authenticator.objects.filter(user=account, type__in=SECOND_FACTORS).exists(),
    }


def _grants(account: User) -> list[GrantLine]:
    """The grants of an account, the latest first, each with who gave it and why."""
    grants = Grant.objects.filter(account=account).select_related("area").order_by("-period", "-pk")
    given = event_model(Grant).objects.filter(id__in=[each.pk for each in grants], pgh_label="insert")  # type: ignore[attr-defined]
    changes = {event.id: event.change_id for event in given}
    told = Change.objects.select_related("by").in_bulk(set(changes.values()))
    lines = []
    for each in grants:
        change = told[changes[each.pk]]
        by = str(change.by) if change.by else "The register itself"
        lines.append(grant_line(each, today(), by=by, why=change.why))
    return lines
