"""Organisations at whose door people may sign in instead: OpenID Connect providers, read from the environment.

Whom a provider vouches for, and which account that is, is decided in `adapters.py`.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environ import Env


def openid_providers(env: Env) -> list[dict[str, Any]]:
    """The providers that `OIDC_PROVIDERS` lists, each as django-allauth wants to be told of it.

    `OIDC_PROVIDERS=nhsmail,keycloak` asks for `OIDC_NHSMAIL_NAME`, `…_ISSUER`, `…_CLIENT_ID` and `…_CLIENT_SECRET`, and
    the same for `KEYCLOAK`. `…_ADDRESSES_VERIFIED` says that the provider gives its people their addresses itself, and
    need not say of each that it was verified. Raises ImproperlyConfigured for what is missing.
    """
    return [_provider(env, each) for each in env.list("OIDC_PROVIDERS", default=[])]


def _provider(env: Env, provider: str) -> dict[str, Any]:
    prefix = f"OIDC_{provider.upper().replace('-', '_')}"
    told = {name: env.str(f"{prefix}_{name}", default="") for name in ("NAME", "ISSUER", "CLIENT_ID", "CLIENT_SECRET")}
    if missing := [f"{prefix}_{name}" for name, value in told.items() if not value]:
        raise ImproperlyConfigured(f"OIDC_PROVIDERS names {provider}, so set also {', '.join(missing)}.")
    return {
        "provider_id": provider,
        "name": told["NAME"],
        "client_id": told["CLIENT_ID"],
        "secret": told["CLIENT_SECRET"],
        "settings": {
            "server_url": told["ISSUER"].rstrip("/"),
            "verified_email": env.bool(f"{prefix}_ADDRESSES_VERIFIED", default=False),
        },
    }
