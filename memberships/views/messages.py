"""Messages to the keeper: writing one about the page one looked at, and for its editors, saying what became of it."""

from __future__ import annotations

import logging
import uuid
from http import HTTPStatus
from urllib.parse import urlencode, urlsplit

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from redis.exceptions import RedisError

from ics_leadership.asked import asked_about
from ics_leadership.errors import Refusal
from ics_leadership.lists import section
from memberships import messages
from memberships.actions.messages import answer_message, tell_keeper
from memberships.forms.messages import AnswerForm, TellForm
from memberships.models import Message
from memberships.presenters.messages import answered_line, asked, message_line, sent_line
from organisations.rights import Rights

log = logging.getLogger(__name__)


@asked_about("page")
def tell(request: HttpRequest) -> HttpResponse:
    """The form for a message about a page, and its sending."""
    rights = request.rights  # type: ignore[attr-defined]
    about = messages.about(_page(request))
    form = TellForm(request.POST or None, is_signed_in=rights.is_signed_in)
    too_many = False
    if request.method == "POST" and form.is_valid():
        too_many = not _may_send_another(request)
        if not too_many:
            token = _token(request.POST.get("token", ""))
            tell_keeper(about=about, token=token, sender=rights.account, **form.cleaned_data)
            return redirect(f"{reverse('message-sent')}?{urlencode({'page': about.page})}")
    context = {
        "about": about,
        "form": form,
        "token": request.POST.get("token") or uuid.uuid4(),
        "too_many": too_many,
        "account": rights.account,
    }
    status = HTTPStatus.TOO_MANY_REQUESTS if too_many else HTTPStatus.OK
    return render(request, "messages/tell.html", context, status=status)


@asked_about("page")
def sent(request: HttpRequest) -> HttpResponse:
    """Thanks for a message, with whom it is now."""
    rights = request.rights  # type: ignore[attr-defined]
    return render(
        request, "messages/sent.html", {"about": messages.about(_page(request)), "is_signed_in": rights.is_signed_in}
    )


@login_required
def sent_by_me(request: HttpRequest) -> HttpResponse:
    """The messages that somebody who is signed in sent, with what became of each."""
    rights: Rights = request.rights  # type: ignore[attr-defined]
    mine = Message.objects.filter(sender=rights.account).select_related("area")
    rows = section(request, "mine", mine, lambda found: [sent_line(message) for message in found])
    return render(request, "messages/mine.html", {"mine": rows})


@login_required
def message_list(request: HttpRequest) -> HttpResponse:
    """The messages for an editor to answer, and those that were answered."""
    reaching = messages.reaching(_editor(request))
    return render(
        request,
        "messages/list.html",
        {
            "waiting": section(
                request, "waiting", messages.waiting(reaching), lambda found: [message_line(one) for one in found]
            ),
            "answered": section(
                request, "answered", messages.answered(reaching), lambda found: [answered_line(one) for one in found]
            ),
        },
    )


@login_required
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """One message, to be answered; or with the answer that it was given."""
    rights = _editor(request)
    this = messages.reaching(rights).filter(pk=pk).first()
    if this is None:
        raise Http404("There is no message at this address, or it is for the editors of another area.")
    form = AnswerForm(request.POST or None, has_address=bool(this.address))
    if request.method == "POST" and form.is_valid():
        answer = form.cleaned_data["answer"]
        assert rights.account  # an editor is somebody
        try:
            answer_message(message=this, by=rights.account, answer=answer, tell=not form.cleaned_data.get("keep_quiet"))
        except ValidationError as refusal:
            this.refresh_from_db()
            # The same answer by the same editor is a form that was sent twice.
            if (this.answered_by, this.answer) != (rights.account, answer):
                form.add_error(None, refusal)
        if form.is_valid():
            return redirect("message", pk)
    return render(request, "messages/message.html", {"message": this, "asked": asked(this), "form": form})


def _editor(request: HttpRequest) -> Rights:
    rights: Rights = request.rights  # type: ignore[attr-defined]
    if not rights.is_editor:
        raise PermissionDenied
    return rights


def _page(request: HttpRequest) -> str:
    """The page that a message is about. Raises Refusal for an address that is none of this site.

    Filters change a page without drawing its foot anew: where the browser says that it came from the same page, its
    address says how that page was asked last.
    """
    given = request.POST.get("page") or request.GET.get("page") or messages.HOME
    if not messages.is_own_page(given):
        raise Refusal("A message is about a page of this register.", way_on=("Go to the home page", messages.HOME))
    came_from = urlsplit(request.META.get("HTTP_REFERER", ""))
    if came_from.netloc == request.get_host() and came_from.path == urlsplit(given).path:
        latest = came_from._replace(scheme="", netloc="", fragment="").geturl()
        return latest if messages.is_own_page(latest) else given
    return given


def _token(given: str) -> uuid.UUID:
    try:
        return uuid.UUID(given)
    except ValueError:
        return uuid.uuid4()


def _may_send_another(request: HttpRequest) -> bool:
    """Whether this account, or this address on the network, has sent few messages lately.

    Where the counting itself fails, a message matters more than a limit.
    """
    rights = request.rights  # type: ignore[attr-defined]
    action = "tell_the_keeper_signed_in" if rights.is_signed_in else "tell_the_keeper"
    try:
        return bool(ratelimit.consume(request, action=action))
    except RedisError:
        log.exception("Messages to the keeper are not counted: the cache is away.")
        return True
