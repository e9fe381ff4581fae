"""Entries about people: what they hold, leave, learnt and offer, and what was recorded wrongly of them."""

from __future__ import annotations

from decimal import Decimal

from memberships import actions
from memberships.demo.book import Book
from memberships.demo.dates import known, period
from memberships.demo.entries.change import Entry
from memberships.demo.entries.yearly_check import notice_later
from memberships.demo.tables import rows
from memberships.models import HowAppointed
from organisations.models import Organisation
from roles import actions as roles


def holds(table: str, *, how: str = "", pay: str = "", employer: str = "") -> Entry:
    """Appointments. Columns: person, role, period, how, pay, employer, private note; what is left out is as given beside.

    How: "elected by mw-lmc; the evidence". Pay: "pcn@wolmer 2.5s £21000 + levy@mw-lmc 1s", source, payer (_ for a space), sessions a
    week and yearly amount. A dash says that nothing is recorded; {host} stands for the key of who hosts the role.
    """

    def enter(book: Book) -> None:
        for person, role, when, this_how, this_pay, this_employer, note in rows(table, columns=7):
            start, end = period(when)
            host = role.partition("@")[2]
            words, _, evidence = _chosen(this_how, how, host).partition("; ")
            came, _, made_by = words.partition(" by ")
            book.appointments[person, role] = actions.appoint(
                **book.said,
                person=book.person(person),
                role=book.role(role),
                start=start,
                end=end,
                **_came(came),
                made_by=book.host(made_by) if made_by else None,
                evidence=evidence,
                employer=_organisation(book, _chosen(this_employer, employer, host)),
                note=note,
                source=book.source,
                funding=[_funding(book, line) for line in _chosen(this_pay, pay, host).split(" + ") if line],
            )
            notice_later(book, book.appointments[person, role], when)

    return enter


def _came(how: str) -> dict[str, HowAppointed]:
    return {"how": HowAppointed(how.replace(" ", "_"))} if how else {}


def _chosen(said: str, usual: str, host: str) -> str:
    return "" if said == "-" else (said or usual).replace("{host}", host)


def _organisation(book: Book, key: str) -> Organisation | None:
    return book.host(key) if key else None


def _funding(book: Book, line: str) -> actions.Funding:
    source, *rest = line.split()
    source_key, _, payer = source.replace("_", " ").partition("@")
    sessions = next((word.removesuffix("s") for word in rest if word.endswith("s")), None)
    amount = next((word.removeprefix("£") for word in rest if word.startswith("£")), None)
    return actions.Funding(
        funding_source=book.funding_sources[source_key],
        payer=_organisation(book, payer),
        sessions_per_week=Decimal(sessions) if sessions else None,
        annual_amount=Decimal(amount) if amount else None,
        source=book.source,
    )


def leaves(table: str, *, with_roles: bool = False) -> Entry:
    """Appointments end, and their roles too if nobody is to follow. Columns: person, role, last day."""

    def enter(book: Book) -> None:
        for person, role, last_day in rows(table, columns=3):
            actions.end_appointment(**book.said, appointment=book.appointments[person, role], end=known(last_day))
            if with_roles:
                roles.end_role(**book.said, role=book.role(role), end=known(last_day))

    return enter


def corrects(table: str) -> Entry:
    """Appointments whose dates were recorded wrongly. Columns: person, role, period as it should have been."""

    def enter(book: Book) -> None:
        for person, role, when in rows(table, columns=3):
            start, end = period(when)
            actions.correct_appointment(**book.said, appointment=book.appointments[person, role], start=start, end=end)

    return enter


def is_called(person: str, given_names: str, family_name: str) -> Entry:
    """Somebody's name was recorded wrongly, or is another now."""

    def enter(book: Book) -> None:
        actions.correct_person(
            **book.said, person=book.person(person), given_names=given_names, family_name=family_name
        )

    return enter


def learnt(table: str) -> Entry:
    """Skills. Columns: person, skills with commas, since, how they came by them."""

    def enter(book: Book) -> None:
        for person, skills, since, through in rows(table, columns=4):
            for skill in skills.split(", "):
                actions.add_skill_to_person(
                    **book.said,
                    person=book.person(person),
                    skill=book.skills[skill],
                    start=known(since),
                    gained_through=through,
                    source=book.source,
                )

    return enter


def would_take_on(person: str, role: str, when: str, note: str = "") -> Entry:
    """Somebody offers to take on a role, from a day on or for a period."""

    def enter(book: Book) -> None:
        start, end = period(when)
        actions.offer_to_take_on(
            **book.said,
            person=book.person(person),
            role=book.role(role),
            start=start,
            end=end,
            note=note,
            source=book.source,
        )

    return enter


def offers(table: str) -> Entry:
    """Offers to mentor. Columns: person, skill, area, period, what is offered, "shown" if they agreed to show it."""

    def enter(book: Book) -> None:
        for person, skill, area, when, offer, shown in rows(table, columns=6):
            start, end = period(when)
            actions.offer_to_mentor(
                **book.said,
                person=book.person(person),
                skill=book.skills[skill] if skill else None,
                area=book.organisations[area],
                offer=offer,
                start=start,
                end=end,
                agreed_to_show=shown == "shown",
                source=book.source,
            )

    return enter
