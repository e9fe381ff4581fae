"""What people hold: their appointments and seats, with all that a page says of them.

Every function gives querysets or rows that cost a fixed number of queries, however many people they are about. Why
somebody sits is loaded by `seating`, said by `presenters`.
"""

from __future__ import annotations

import calendar
import datetime

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from ics_leadership import known
from ics_leadership.accounts.models import Sight
from ics_leadership.prepared import prepared
from memberships.models import Appointment, Deputy, FundingLine, Membership, MentorOffer, Person, PersonSkill, PostOffer
from memberships.rights import people_seen
from memberships.seating import with_reasons
from organisations.rights import Rights
from roles.models import Remit

SOON_IN_MONTHS = 6
"""What ends within so many months of the day shown ends soon."""


def soon_after(date: datetime.date, months: int = SOON_IN_MONTHS) -> datetime.date:
    """The last day that counts as soon: the same day some months on, or the last of that month.

    >>> soon_after(datetime.date(2026, 8, 31))
    datetime.date(2027, 2, 28)
    """
    years, month = divmod(date.month - 1 + months, 12)
    last = calendar.monthrange(date.year + years, month + 1)[1]
    return datetime.date(date.year + years, month + 1, min(date.day, last))


def in_post(date: datetime.date) -> QuerySet[Appointment]:
    """Appointments of that day with what a line about their holder says, and `acts_for` as at that day."""
    held = Appointment.objects.as_at(date).with_remit(date)
    return held.select_related("role__role_type", "role__organisation", "role__of_group__group").order_by(
        "role__title", "pk"
    )


def with_roles(people: QuerySet[Person], date: datetime.date) -> QuerySet[Person]:
    """People with `roles_then`: the appointments that each holds on that day (see `in_post`)."""
    return people.prefetch_related(Prefetch("appointments", in_post(date), to_attr="roles_then"))


def holding_something(date: datetime.date) -> Exists:
    """Whether a person holds an appointment on that day, for filters and annotations of people."""
    return Exists(Appointment.objects.as_at(date).filter(person=OuterRef("pk")))


def sitting_somewhere(date: datetime.date) -> Exists:
    """Whether a person has a seat on that day, for filters and annotations of people."""
    return Exists(Membership.objects.as_at(date).filter(person=OuterRef("pk")))


def appointments_of(person: Person, date: datetime.date) -> list[Appointment]:
    """All of somebody's appointments, the first to begin first.

    Each has `acts_for` as at that day and `acted_for` as its role last acted while it lasted; `paid_then`, the funding
    lines of that day; and its role `held_beside`, the appointments of others to it on that day.
    """
    return _appointments_of(person=person.pk, date=date)


@prepared
def _appointments_of(person: int, date: datetime.date) -> QuerySet[Appointment]:
    last_remit = Remit.objects.filter(role=OuterRef("role"), period__overlap=OuterRef("period")).order_by("-period")
    beside = Appointment.objects.as_at(date).exclude(person=person).select_related("person")
    paid = FundingLine.objects.as_at(date).select_related("funding_source", "payer").order_by("funding_source__name")
    held: QuerySet[Appointment] = Appointment.objects.filter(person=person).with_remit(date)
    return (
        held.annotate(acted_for=Coalesce(Subquery(last_remit.values("acts_for")[:1]), F("role__role_type__acts_for")))
        .select_related(
            "role__role_type", "role__organisation", "role__of_group__group", "made_by", "employer", "source"
        )
        .prefetch_related(
            Prefetch("funding_lines", paid, to_attr="paid_then"),
            Prefetch("role__appointments", beside.order_by("person__family_name", "pk"), to_attr="held_beside"),
        )
        .order_by("period", "pk")
    )


def seats_of(person: Person, date: datetime.date) -> list[Membership]:
    """All of somebody's seats with the reasons for them as at that day, the first to begin first."""
    return _seats_of(person=person.pk, date=date)


@prepared
def _seats_of(person: int, date: datetime.date) -> QuerySet[Membership]:
    held = with_reasons(Membership.objects.filter(person=person), date)
    return held.select_related("seat__terms__group").order_by("period", "pk")


def deputising_of(person: Person, date: datetime.date) -> list[Deputy]:
    """For whom somebody sits in on that day, when those cannot come."""
    return _deputising_of(person=person.pk, date=date)


@prepared
def _deputising_of(person: int, date: datetime.date) -> QuerySet[Deputy]:
    named: QuerySet[Deputy] = Deputy.objects.as_at(date).filter(person=person, membership__period__contains=date)
    return named.select_related("membership__person", "membership__seat__terms__group").order_by(
        "membership__seat__terms__group__name", "pk"
    )


def skills_of(person: Person, date: datetime.date) -> list[PersonSkill]:
    """The skills that somebody holds on that day."""
    return _skills_of(person=person.pk, date=date)


@prepared
def _skills_of(person: int, date: datetime.date) -> QuerySet[PersonSkill]:
    held: QuerySet[PersonSkill] = PersonSkill.objects.as_at(date).filter(person=person)
    return held.select_related("skill").order_by("skill__name")


_AGREED_NOW_SQL = "SELECT id FROM public.memberships_mentoroffer WHERE agreed_to_show"


def offers_seen(date: datetime.date, rights: Rights) -> QuerySet[MentorOffer]:
    """The offers to mentor of that day that may be seen: those that their makers agreed to show to everyone, and to whom
    private notes about a person are shown, all that the person made.
    """
    may_be_seen = Q(agreed_to_show=True) | Q(person__in=people_seen(Sight.NOTES, rights).values("pk"))
    offers: QuerySet[MentorOffer] = MentorOffer.objects.as_at(date).filter(may_be_seen)
    if known.moment():
        # Whether an offer may be shown depends on what the person says today.
        offers = offers.filter(pk__in=RawSQL(_AGREED_NOW_SQL, ()))  # noqa: S611 a constant
    return offers.select_related("person", "skill", "area").order_by("person__family_name", "person__given_names", "pk")


def offers_of(person: Person, date: datetime.date, rights: Rights) -> list[MentorOffer]:
    """The offers to mentor of one person that may be seen."""
    if rights.is_signed_in:
        return list(offers_seen(date, rights).filter(person=person))
    return _offers_shown_to_all(person=person.pk, date=date)


@prepared
def _offers_shown_to_all(person: int, date: datetime.date) -> QuerySet[MentorOffer]:
    return offers_seen(date, Rights(None)).filter(person=person)


def post_offers_seen(date: datetime.date, rights: Rights) -> QuerySet[PostOffer]:
    """The offers of that day to take on a post, of the people whose private notes may be seen."""
    offers: QuerySet[PostOffer] = PostOffer.objects.as_at(date).filter(person__in=people_seen(Sight.NOTES, rights))
    return offers.select_related("person", "role__organisation", "group", "role_type", "area").order_by("period", "pk")


def post_offers_of(person: Person, date: datetime.date, rights: Rights) -> list[PostOffer]:
    """The offers of one person to take on a post, for whoever may see them, which nobody may who is not signed in."""
    return list(post_offers_seen(date, rights).filter(person=person)) if rights.is_signed_in else []
