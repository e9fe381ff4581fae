"""What one line of a published file says, whatever its layout: of an organisation, where one stands, who took over.

Codes here are codes, not organisations: which organisation bore a code on a day is worked out by `targets`, when all
that was published is at hand.
"""

from __future__ import annotations

import datetime
from typing import NamedTuple

from django.db import models


class Rank(models.IntegerChoices):
    """How much a line is worth as evidence of an organisation's name and kind: the higher goes before the newer."""

    MENTIONED = 1, "mentioned by name in a file about something else"
    REGISTERED = 2, "the subject of its line"


class Relation(models.TextChoices):
    """What a line says of two codes. The first four are without dates: they say how things stood when published."""

    NETWORK_AREA = "network_area", "network in a commissioner's area"
    COMMISSIONER_SYSTEM = "commissioner_system", "commissioner in a health system"
    TRUST_SYSTEM = "trust_system", "trust in a health system"
    SYSTEM_REGION = "system_region", "health system in a region"
    COMMISSIONER = "commissioner", "practice under a commissioner"
    NETWORK = "network", "practice in a network"


class Registration(NamedTuple):
    """What a line says of one organisation.

    `name` is empty where the line gives a code only for this kind. `dated` says whether the layout publishes closing
    dates, so that none means open; `closed` is the last day. `wanted` marks what the register keeps unasked. `status`
    is a `Status` or empty.
    """

    line: int
    code: str
    kind: str
    rank: Rank
    name: str = ""
    dated: bool = False
    opened: datetime.date | None = None
    closed: datetime.date | None = None
    status: str = ""
    wanted: bool = True
    address: str = ""
    postcode: str = ""
    telephone: str = ""
    ons_code: str = ""


class Standing(NamedTuple):
    """One code standing under another; for dated relations from `joined` to `left`, the last day, None for no end."""

    line: int
    relation: Relation
    code: str
    parent: str
    joined: datetime.date | None = None
    left: datetime.date | None = None


class Takeover(NamedTuple):
    """One code succeeding another from the day `on`."""

    line: int
    predecessor: str
    successor: str
    on: datetime.date


Row = Registration | Standing | Takeover
