"""How often the API may be asked, and whole tables taken from pages: counted by token, else by account, else by address, for all
processes together.

A minute holds so many units for each. A page costs one unit, a whole table `WHOLE`, because it keeps the database busy for as long.
What a whole table would cost is taken before it is known what becomes of it, or many could be asked for at once; it is given back
where there was none. How much is left is told in the headers of every answer, as the draft *RateLimit header fields for HTTP* of the IETF has them.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, replace
from http import HTTPMethod, HTTPStatus
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from ics_leadership.accounts.addresses import address_of
from ics_leadership.accounts.models import Token, User

logger = logging.getLogger(__name__)

MINUTE = 60
WHOLE = 10
"""What a whole table costs, where a page costs 1."""


@dataclass(frozen=True)
class Rate:
    """What somebody may still ask: so many of `most` units until the minute is over, in `seconds`.

    `count` is the name of what is counted, `cost` what this request counts for in it.
    """

    policy: str
    most: int
    used: int
    seconds: int
    count: str
    cost: int

    @property
    def is_over(self) -> bool:
        return self.used > self.most

    def after(self, status: int) -> Rate:
        """What is left once the request was answered with a status: what is refused costs as much as a page does, what has to wait
        for others nothing.
        """
        if status == HTTPStatus.SERVICE_UNAVAILABLE:
            spared = self.cost
        elif HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
            spared = self.cost - 1
        else:
            spared = 0
        if spared:
            _count(self.count, -spared)
        return replace(self, used=self.used - spared)

    def say(self, answer: HttpResponseBase) -> None:
        answer["RateLimit-Policy"] = f'"{self.policy}";q={self.most};w={MINUTE}'
        answer["RateLimit"] = f'"{self.policy}";r={max(self.most - self.used, 0)};t={self.seconds}'


class UnitsAMinute(BaseThrottle):
    """Refuses what goes beyond the units of the minute; leaves on the request how many there still are."""

    def allow_request(self, request: Request, view: object) -> bool:
        asked: HttpRequest = request._request
        rate = rate_of(asked, request.user, _cost(asked), request.auth if isinstance(request.auth, Token) else None)
        if rate is None:
            return True
        asked.rate = self.rate = rate  # type: ignore[attr-defined]
        return not rate.is_over

    def wait(self) -> float:
        return float(self.rate.seconds - 1)


def rate_of(asked: HttpRequest, user: User | AnonymousUser, cost: int, token: Token | None = None) -> Rate | None:
    """The rate of whoever asks, with what they ask for counted already; None where they may ask as often as they like."""
    policy, whose, most = _whose(asked, user, token)
    if not most:
        return None
    now = int(time.time())
    count = f"rate:{whose}:{now // MINUTE}"
    return Rate(policy, most, _count(count, cost), MINUTE - now % MINUTE, count, cost)


def _whose(asked: HttpRequest, user: User | AnonymousUser, token: Token | None) -> tuple[str, str, int]:
    """The policy, a name for who asks, and how many units they have in a minute; 0: as many as they like."""
    if token:
        return "token", f"token:{token.key}", settings.API_UNITS_A_MINUTE
    if user.is_authenticated:
        return "account", f"account:{user.pk}", settings.API_UNITS_A_MINUTE
    return "address", f"address:{_network(address_of(asked))}", settings.API_UNITS_A_MINUTE_OF_STRANGERS


def _network(address: str) -> str:
    """What one household or practice has: an address, or where they have billions of them the network that holds them."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((found, 64), strict=False)) if isinstance(found, IPv6Address) else str(found)


def _cost(asked: HttpRequest) -> int:
    # What is frozen is whole, and is CSV where no format is named.
    is_page = asked.method != HTTPMethod.POST and asked.GET.get("format", "json") in ("", "json")
    return 1 if is_page else WHOLE


def _count(key: str, cost: int) -> int:
    """How many units were used in this minute, this request's among them; a negative cost gives back. Nobody is refused because the
    cache is away.
    """
    try:
        cache.add(key, 0, 2 * MINUTE)
        return int(cache.incr(key, cost))
    except (RedisError, ValueError):
        logger.warning("Requests are not counted: the cache does not answer.")
        return cost
