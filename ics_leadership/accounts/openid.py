"""Signing in at the door of an OpenID Connect provider: there and back.

django-allauth does the protocol. Two things are stricter or other than it has them: the signature of what the provider
says is checked although it came straight from there, and the way to the provider leads over a page, because the policy
lets no form of the register end up on another site.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from requests import RequestException


class CheckedOpenIDConnect(OpenIDConnectOAuth2Adapter):
    def get_access_token_data(self, *args: Any, **kwargs: Any) -> Any:
        data = super().get_access_token_data(*args, **kwargs)
        # Says that the token may have come from anywhere: its signature is then checked against the provider's keys.
        self.did_fetch_access_token = False
        return data


@login_not_required
def leave(request: HttpRequest, provider_id: str) -> HttpResponse:
    """The way to the provider."""
    adapter = CheckedOpenIDConnect(request, provider_id)
    try:
        response: HttpResponse = OAuth2LoginView.adapter_view(adapter)(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except RequestException:
        return render(request, "socialaccount/authentication_error.html", status=HTTPStatus.BAD_GATEWAY)
    if response.status_code == HTTPStatus.FOUND:
        context = {"provider": adapter.get_provider(), "redirect_to": response["Location"]}
        return render(request, "socialaccount/login_redirect.html", context)
    return response


@login_not_required
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Where the provider sends people afterwards."""
    try:
        response: HttpResponse = OAuth2CallbackView.adapter_view(CheckedOpenIDConnect(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    return response
