"""The rows of lists as workbooks hold them: by the keys of `columns`, in the words that `cells` reads back the same.

Each function takes what a page lists, and gives rows one after the other, some hundred records in memory at a time. A
list of people has a row for each role that somebody holds on the day shown, and one for who holds none.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.db.models import Prefetch, QuerySet

from ics_leadership.accounts.models import Sight
from ics_leadership.periods import Dated, today
from ics_leadership.typed_dates import end_as_typed, start_as_typed
from ics_leadership.words import period_words
from memberships import seating
from memberships.models import Appointment, FundingLine, Group, Membership, MentorOffer, Person, PersonSkill, Seat
from memberships.places import with_open_places
from memberships.presenters.holdings import role_words
from memberships.spreadsheets.columns import NOT_IN_A_CELL
from memberships.spreadsheets.sight import Seen
from memberships.spreadsheets.typed_names import VACANT
from memberships.spreadsheets.writer import Value
from organisations.models import Organisation
from roles.models import ActsFor, OpenTo, Role

Row = Mapping[str, Value]

AT_A_TIME = 500

MONEY = ("funded_from", "paid_by", "sessions", "amount")


def nothing(person: Person) -> Row:
    return {}


def people(
    listed: QuerySet[Person], date: datetime.date, seen: Seen, beside: Callable[[Person], Row] = nothing
) -> Iterator[Row]:
    """A row for each role that each of the people holds on that day, with what this list says `beside` of a person."""
    money = FundingLine.objects.select_related("funding_source", "payer").order_by("period", "pk")
    held = (
        Appointment.objects.as_at(date)
        .select_related("role__organisation", "made_by", "employer")
        .prefetch_related(Prefetch("funding_lines", money))
        .order_by("role__title", "pk")
    )
    each_with_roles = listed.prefetch_related(Prefetch("appointments", held, to_attr="exported_roles"))
    for person in each_with_roles.iterator(chunk_size=AT_A_TIME):
        about = {**_person(person, seen), **beside(person)}
        held_by_them: list[Appointment] = person.exported_roles
        for appointment in held_by_them:
            yield {**about, **_appointment(appointment, seen)}
        if not held_by_them:
            yield about


def then_and_now(listed: QuerySet[Person], then: datetime.date, date: datetime.date, seen: Seen) -> Iterator[Row]:
    """The rows of `people` for those of a then-and-now (`destinations.with_both_days`), with what they held then."""

    def held_then(person: Any) -> Row:
        roles = [f"{role_words(held.role)}, {period_words(held, then)}" for held in person.matched_then]
        seats = [f"{held.seat.terms.group.name}, {period_words(held, then)}" for held in person.seats_then]
        return {"held_then": "; ".join([*roles, *seats])}

    return people(listed, date, seen, held_then)


def _person(person: Person, seen: Seen) -> dict[str, Value]:
    return {
        "person_id": person.pk,
        **_name(person),
        "profession": person.get_profession_display(),
        "work_email": person.work_email,
        "work_telephone": person.work_telephone,
        "registration_number": seen.of_person(Sight.REGISTRATION_NUMBERS, person.pk, person.registration_number),
        "person_note": seen.of_person(Sight.NOTES, person.pk, person.note),
    }


def _name(person: Person) -> dict[str, Value]:
    return {"title": person.title, "given_names": person.given_names, "family_name": person.family_name}


def _appointment(appointment: Appointment, seen: Seen) -> dict[str, Value]:
    role = appointment.role
    whose = (appointment.person_id, role.organisation_id)
    return {
        "appointment_id": appointment.pk,
        "role_id": role.pk,
        "role": role.title,
        "organisation": organisation_words(role.organisation),
        **period(appointment),
        "how": appointment.get_how_display(),
        "made_by": organisation_words(appointment.made_by),
        "employer": organisation_words(appointment.employer),
        "evidence": seen.of_appointment(Sight.NOTES, *whose, appointment.evidence),
        "note": seen.of_appointment(Sight.NOTES, *whose, appointment.note),
        **_money(appointment, seen),
    }


def _money(appointment: Appointment, seen: Seen) -> dict[str, Value]:
    """Who pays today, or paid on the last day of what has ended; what comes from several pots is no matter for a cell."""
    day = min(today(), appointment.end_date or today())
    lines = [line for line in appointment.funding_lines.all() if line.holds(day)]
    if not lines:
        return {}
    if len(lines) > 1:
        return dict.fromkeys(MONEY, NOT_IN_A_CELL)
    (line,) = lines
    return {
        "funded_from": line.funding_source.name,
        "paid_by": organisation_words(line.payer),
        "sessions": line.sessions_per_week,
        "amount": seen.of_appointment(
            Sight.AMOUNTS, appointment.person_id, appointment.role.organisation_id, line.annual_amount
        ),
    }


def roles(listed: QuerySet[Role], date: datetime.date, seen: Seen) -> Iterator[Row]:
    """A row for each role (`posts.listed`), with its holders and its remit of that day."""
    role: Any
    for role in listed.iterator(chunk_size=AT_A_TIME):
        holders: list[Appointment] = role.holders_then
        of_group = getattr(role, "of_group", None)
        yield {
            "role_id": role.pk,
            "title": role.title,
            "role_type": role.role_type.name,
            "organisation": organisation_words(role.organisation),
            **period(role),
            "group": of_group.group.name if of_group else "",
            "acts_for": ActsFor(role.acts_for).label,
            "open_to": OpenTo(role.open_to).label,
            "holders": ", ".join(held.person.name for held in holders),
        }


def groups(listed: QuerySet[Group], date: datetime.date, seen: Seen) -> Iterator[Row]:
    """A row for each group (`seating.with_table`), with who chairs it on that day."""
    for group in listed.iterator(chunk_size=AT_A_TIME):
        chairs: list[dict[str, str]] = group.chairs  # type: ignore[attr-defined]
        yield {
            "group_id": group.pk,
            "name": group.name,
            "kind": group.get_kind_display(),
            "host": organisation_words(group.host),
            "covers": organisation_words(group.covers),
            **period(group),
            "chair": ", ".join(
                " ".join(filter(None, (chair["title"], chair["given_names"], chair["family_name"]))) for chair in chairs
            ),
        }


def seats(group: Group, date: datetime.date, seen: Seen) -> Iterator[Row]:
    """A row for each seat that somebody holds in a group on that day; and one for each place at the table that nobody holds,
    in whose stead a name can be written. Where nobody keeps the area, no place is said to be vacant.
    """
    held = (
        Membership.objects.as_at(date)
        .filter(seat__terms__group=group)
        .select_related("seat", "person", "basis_appointment__role", "put_forward_by", "attends_for")
        .order_by("seat__order", "person__family_name", "pk")
    )
    for membership in held.iterator(chunk_size=AT_A_TIME):
        basis: Any = membership.basis_appointment
        yield {
            "membership_id": membership.pk,
            "seat_id": membership.seat_id,
            "person_id": membership.person_id,
            "group": group.name,
            "seat": membership.seat.title,
            "category": membership.seat.get_category_display(),
            "voting": "Yes" if membership.seat.voting else "No",
            **_name(membership.person),
            "basis_role": basis.role.title if basis else "",
            "basis_experience": membership.basis_experience,
            "put_forward_by": organisation_words(membership.put_forward_by),
            "attends_for": membership.attends_for.name if membership.attends_for else "",
            **period(membership),
        }

    if seating.keeping(group.covers or group.host, date):
        yield from _vacant(group, date)


def _vacant(group: Group, date: datetime.date) -> Iterator[Row]:
    in_force = Seat.objects.filter(terms__group=group, terms__period__contains=date, category__in=seating.AT_THE_TABLE)
    for seat in with_open_places(in_force, date).order_by("order"):
        for_whom = [each["name"] for each in seat.open_for for _ in range(each["missing"])]
        for put_forward_by in for_whom or [""] * seat.open:
            yield {
                "seat_id": seat.pk,
                "group": group.name,
                "seat": seat.title,
                "category": seat.get_category_display(),
                "voting": "Yes" if seat.voting else "No",
                "family_name": VACANT,
                "put_forward_by": put_forward_by,
            }


def organisations(listed: QuerySet[Organisation], date: datetime.date, seen: Seen) -> Iterator[Row]:
    """A row for each organisation (with `above`, as its list has it), with what it stands under on that day."""
    for organisation in listed.iterator(chunk_size=AT_A_TIME):
        above: list[Any] = organisation.above  # type: ignore[attr-defined]
        yield {
            "organisation_id": organisation.pk,
            "name": organisation.name,
            "short_name": organisation.short_name,
            "kind": organisation.get_kind_display(),
            "sector": organisation.get_sector_display(),
            "ods_code": organisation.ods_code,
            **period(organisation),
            "address": organisation.address,
            "postcode": organisation.postcode,
            "telephone": organisation.telephone,
            "part_of": "; ".join(link.other.name for link in above),
        }


def offers(listed: QuerySet[MentorOffer], date: datetime.date, seen: Seen) -> Iterator[Row]:
    """A row for each offer to mentor (`mentoring.offers`), with what its maker holds on that day."""
    for offer in listed.iterator(chunk_size=AT_A_TIME):
        person: Any = offer.person
        agreed = "Yes" if offer.agreed_to_show else "No"
        yield {
            "offer_id": offer.pk,
            "person_id": person.pk,
            **_name(person),
            "profession": person.get_profession_display(),
            "offer": offer.offer,
            "skill": offer.skill.name if offer.skill else "",
            "area": organisation_words(offer.area),
            **period(offer),
            "agreed_to_show": seen.of_person(Sight.NOTES, person.pk, agreed),
            "holds": "; ".join(role_words(held.role) for held in person.roles_then),
        }


def skills(listed: QuerySet[Person], date: datetime.date, seen: Seen) -> Iterator[Row]:
    """A row for each skill of that day of each of the people (`mentoring.unused_skills`), with what they held last."""
    for person in listed.iterator(chunk_size=AT_A_TIME):
        held_by_them: list[PersonSkill] = person.skills_then  # type: ignore[attr-defined]
        last: Any = next(iter(person.held_before), None)  # type: ignore[attr-defined]
        for held in held_by_them:
            yield {
                "person_skill_id": held.pk,
                "person_id": person.pk,
                **_name(person),
                "profession": person.get_profession_display(),
                "skill": held.skill.name,
                "gained_through": held.gained_through,
                **period(held),
                "held_last": f"{role_words(last.role)}, {period_words(last, date)}" if last else "",
            }


def organisation_words(organisation: Organisation | None) -> str:
    """An organisation as a cell names it: with its code where it has one, because names are often alike."""
    if organisation is None:
        return ""
    code = organisation.ods_code
    return f"{organisation.name} ({code})" if code and code != organisation.name else organisation.name


def period(row: Dated) -> dict[str, Value]:
    """Both ends of a period as people type them."""
    return {"start": start_as_typed(row.start), "end": end_as_typed(row.end)}
