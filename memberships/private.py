"""What of a person or a group not everybody sees, for whoever looks: absent for those who may not see it, not hidden.

Who sees what follows `domain.md`, *What is personal, and who may see it*.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, Q

from ics_leadership.accounts.models import Sight
from ics_leadership.periods import today
from memberships.models import Appointment, FundingLine, Group, GroupFunding, Membership, Person, PersonAccount
from memberships.rights import is_own, leading_in, may_change, sees_of_person
from organisations.models import within
from organisations.rights import Rights


@dataclass(frozen=True)
class Amount:
    """What one payment comes to: from what it is paid, and pounds a year."""

    source: str
    pounds: Decimal


@dataclass(frozen=True)
class PostPrivately:
    """What only some see of an appointment."""

    title: str
    amounts: list[Amount]
    evidence: str
    note: str


@dataclass(frozen=True)
class PersonPrivately:
    """What somebody who is signed in sees of a person beyond what everybody sees. None: not for them to see."""

    work_email: str
    work_telephone: str
    registration_number: str | None
    note: str | None
    posts: list[PostPrivately]
    may_link: bool
    account: str


def of_person(person: Person, rights: Rights, date: datetime.date) -> PersonPrivately | None:
    """What of a person is private and for these rights to see; None for who is not signed in."""
    if not rights.is_signed_in:
        return None
    may_link = may_change(person, rights)
    link = PersonAccount.objects.filter(person=person).select_related("account").first() if may_link else None
    sees_notes = sees_of_person(person, Sight.NOTES, rights)
    sees_number = sees_of_person(person, Sight.REGISTRATION_NUMBERS, rights)
    return PersonPrivately(
        work_email=person.work_email,
        work_telephone=person.work_telephone,
        registration_number=person.registration_number if sees_number else None,
        note=person.note if sees_notes else None,
        posts=_posts(person, rights, date),
        may_link=may_link,
        account=link.account.email if link else "",
    )


def _posts(person: Person, rights: Rights, date: datetime.date) -> list[PostPrivately]:
    """The person's appointments of the day of which something private is recorded and for these rights to see."""
    paid = FundingLine.objects.as_at(date).filter(annual_amount__isnull=False).select_related("funding_source")
    held = Appointment.objects.as_at(date).filter(person=person).select_related("role__organisation")
    own = is_own(person, rights)
    posts = []
    for each in held.prefetch_related(Prefetch("funding_lines", paid, to_attr="paid_then")).order_by("pk"):
        all_of_it = own or may_change(each, rights)
        organisation = each.role.organisation
        sees_amounts = all_of_it or rights.sees(Sight.AMOUNTS, organisation)
        sees_notes = all_of_it or rights.sees(Sight.NOTES, organisation)
        amounts = [Amount(line.funding_source.name, line.annual_amount) for line in each.paid_then if sees_amounts]
        evidence, note = (each.evidence, each.note) if sees_notes else ("", "")
        if amounts or evidence or note:
            posts.append(PostPrivately(str(each.role), amounts, evidence, note))
    return posts


def of_group(group: Group, rights: Rights, date: datetime.date) -> list[Amount]:
    """What the funding of a group comes to on a day, where these rights are to see it."""
    if not rights.is_signed_in or not rights.sees(Sight.AMOUNTS, group.covers or group.host):
        return []
    paid = GroupFunding.objects.as_at(date).filter(~Q(annual_amount=None), group=group).select_related("funding_source")
    return [Amount(line.funding_source.name, line.annual_amount) for line in paid.order_by("pk") if line.annual_amount]


def evidence_of(sitting: Iterable[Membership], rights: Rights) -> dict[int, str]:
    """What shows that people hold the appointments by virtue of which they sit, where these rights are to see it: by the
    appointment's id.
    """
    if not rights.is_signed_in:
        return {}
    held = [row.basis_appointment for row in sitting if row.basis_appointment and row.basis_appointment.evidence]
    areas = rights.areas_seen(Sight.NOTES)
    if areas is None or not held:
        return {each.pk: each.evidence for each in held}
    theirs = Q(person__in=PersonAccount.objects.filter(account=rights.account).values("person"))
    if areas:
        theirs |= Q(role__organisation__in=within(areas, today()))
    if rights.is_editor:
        theirs |= Q(person__in=leading_in(rights, Person.objects.all()).values("pk"))
    seen = Appointment.objects.filter(theirs, pk__in=[each.pk for each in held])
    return dict(seen.order_by().values_list("pk", "evidence"))
