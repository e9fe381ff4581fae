"""What a message to the keeper is about, whom it reaches, and who sent it: the questions; what is written is left to
`actions.messages`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

from ics_leadership.as_at import parse
from ics_leadership.context import SECTIONS
from ics_leadership.errors import Refusal
from ics_leadership.periods import today
from memberships.models import Appointment, Group, Membership, Message, Person
from organisations.models import KeptArea, Organisation
from organisations.models.areas import around, around_each
from organisations.rights import Rights
from roles.models import Role

LONGEST_ADDRESS = Message._meta.get_field("page").max_length or 0
LONGEST_NAME = Message._meta.get_field("about").max_length or 0

HOME = "/"


@dataclass(frozen=True)
class About:
    """What a page is about: in `words`, on which day, and the kept area whose editors it concerns, if any."""

    page: str
    words: str
    date: datetime.date
    kept: KeptArea | None


def is_own_page(page: str) -> bool:
    """Whether an address is one of this site, from its first slash, and no longer than is kept."""
    return (
        page.startswith("/")
        and page.isprintable()
        and len(page) <= LONGEST_ADDRESS
        and url_has_allowed_host_and_scheme(page, allowed_hosts=None)
    )


def about(page: str) -> About:
    """What an address of this site is about. Any address is about something: at worst, that nothing is there."""
    parts = urlsplit(page)
    query = parse_qs(parts.query)
    record = _record_at(parts.path)
    return About(
        page=page,
        words=(str(record) if record else _page_words(parts.path))[:LONGEST_NAME],
        date=_day_shown(query),
        kept=_kept_area(record or _area_asked(query)),
    )


def _day_shown(query: dict[str, list[str]]) -> datetime.date:
    try:
        return parse(query["as_at"][0]) if "as_at" in query else today()
    except Refusal:
        # The page that says so showed no day.
        return today()


_RECORDS: dict[str, type[Any]] = {"people": Person, "roles": Role, "groups": Group, "organisations": Organisation}


def _record_at(path: str) -> Person | Role | Group | Organisation | None:
    try:
        slug = resolve(path).kwargs.get("slug")
    except Resolver404:
        return None
    model = _RECORDS.get(path.split("/")[1])
    record: Person | Role | Group | Organisation | None = None
    if model and slug:
        record = model._default_manager.filter(slug=slug).first()
    return record


def _area_asked(query: dict[str, list[str]]) -> Organisation | None:
    return Organisation.objects.filter(slug__in=query.get("within", [])).first()


def _page_words(path: str) -> str:
    if path == HOME:
        return "Home page"
    section = next((each for each in SECTIONS if path == each.path or path.startswith(f"{each.path}/")), None)
    return section.title if section else path


# --- whom it concerns


def _kept_area(record: Person | Role | Group | Organisation | None) -> KeptArea | None:
    return next((area for each in _organisations_of(record) if (area := nearest_kept_area(each))), None)


def _organisations_of(record: Person | Role | Group | Organisation | None) -> Iterable[Organisation]:
    if record is None:
        return ()
    if isinstance(record, Organisation):
        return (record,)
    if isinstance(record, Role):
        return (record.organisation,)
    if isinstance(record, Group):
        return (record.covers or record.host,)
    return _organisations_led_by(record)


def _organisations_led_by(person: Person) -> list[Organisation]:
    """Where somebody holds roles and seats, those that go on or ended last first; each organisation once."""
    latest_first = F("period__endswith").desc(nulls_first=True)
    posts = Appointment.objects.filter(person=person).order_by(latest_first, "pk")
    seats = Membership.objects.filter(person=person).order_by(latest_first, "pk")
    place = Coalesce("seat__terms__group__covers", "seat__terms__group__host")
    ids = list(
        dict.fromkeys((*posts.values_list("role__organisation", flat=True), *seats.values_list(place, flat=True)))
    )
    found = Organisation.objects.in_bulk(ids)
    return [found[each] for each in ids]


def nearest_kept_area(organisation: Organisation) -> KeptArea | None:
    """Of the areas kept today, the innermost in which an organisation lies, or lay on its last day."""
    date = min(today(), organisation.end_date or today())
    kept = KeptArea.objects.as_at(today())
    wider = kept.filter(area__in=around_each(OuterRef("area"), today())).order_by().annotate(all=Value(1))
    number = wider.values("all").annotate(number=Count("pk")).values("number")
    nearest: KeptArea | None = (
        kept.filter(area__in=around([organisation.pk], date))
        .select_related("area", "keeper")
        .annotate(wider=Subquery(number))
        .order_by("-wider", "pk")
        .first()
    )
    return nearest


# --- whom it reaches


def reaching(rights: Rights) -> QuerySet[Message]:
    """The messages for somebody to answer: editors have those about their area and what lies in it, administrators all."""
    messages: QuerySet[Message] = Message.objects.select_related("area", "sender", "answered_by")
    if rights.is_administrator:
        return messages
    return messages.filter(area__in=rights.inside()) if rights.areas else messages.none()


def waiting(messages: QuerySet[Message]) -> QuerySet[Message]:
    """Those of `messages` that nobody answered, the longest waiting first."""
    return messages.filter(answered_at=None).order_by("sent_at", "pk")


def answered(messages: QuerySet[Message]) -> QuerySet[Message]:
    """Those of `messages` that were answered, the last answered first."""
    return messages.exclude(answered_at=None).order_by("-answered_at", "-pk")
