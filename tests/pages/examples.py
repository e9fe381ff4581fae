"""Every page of the register, taken from its addresses, and examples of each in the demonstration register."""

import datetime
from collections.abc import Callable

from django.db.models import Count, Model, QuerySet
from django.urls import reverse

from ics_leadership.accounts import urls as accounts_urls
from memberships.models import Group, Person, Terms
from memberships.presenters.history import history_address
from memberships.urls import api as api_urls
from memberships.urls import workbooks as workbook_urls
from organisations.models import KeptArea, Kind, Organisation
from roles.models import Pathway, Role, RoleType
from tests.accounts.access import public_pages

A_PAST_DAY = datetime.date(2021, 6, 30)
A_LATER_DAY = datetime.date(2025, 6, 30)


# The gallery is for developers; signing in and files have tests of their own, editors' pages `test_every_page_of_editors`.
NO_PAGES = {pattern.name for urls in (accounts_urls, api_urls, workbook_urls) for pattern in urls.urlpatterns}
OF_EDITORS = {"snapshot"}
"""Pages of which the demonstration has none: they are looked at in `test_every_page_of_editors`."""
PAGES = sorted(set(public_pages()) - NO_PAGES - OF_EDITORS)


def richest(rows: QuerySet[Model], *related: str) -> list[str]:
    """The address of the row with most of each related kind of row."""
    return [rows.annotate(number=Count(name)).order_by("-number", "pk").first().get_absolute_url() for name in related]


def organisations() -> list[str]:
    kinds = (Kind.PRACTICE, Kind.PCN, Kind.PLACE, Kind.LMC, Kind.ICB, Kind.CCG)
    invented = [Organisation.objects.filter(invented=True, kind=kind) for kind in kinds]
    real = Organisation.objects.filter(invented=False, kind=Kind.ICB)
    return [address for rows in (*invented, real) for address in richest(rows, "links_from")]


def histories() -> list[str]:
    ofs = (Person.objects, "appointments"), (Group.objects, "terms"), (Role.objects, "appointments")
    found = [rows.annotate(number=Count(name)).order_by("-number", "pk").first() for rows, name in ofs]
    return [history_address(type(record), record.pk) for record in found]


def terms_of(name: str) -> list[str]:
    """The address of that name for the version with most clauses among those that are not the first of their group."""
    later = Terms.objects.filter(
        group__in=Terms.objects.values("group").annotate(n=Count("pk")).filter(n__gt=1).values("group")
    )
    richest_one = later.annotate(number=Count("clauses")).order_by("-number", "pk").select_related("group").first()
    return [reverse(name, args=[richest_one.group.slug, richest_one.pk])]


OF_ONE: dict[str, Callable[[], list[str]]] = {
    "compare-terms": lambda: terms_of("compare-terms"),
    "group": lambda: richest(Group.objects, "terms__seats__memberships", "reporting_lines"),
    "history": histories,
    "organisation": organisations,
    "organisation-table": lambda: [
        f"{address}/table"
        for kind in (Kind.PRACTICE, Kind.PCN, Kind.LMC)
        for address in richest(Organisation.objects.filter(invented=True, kind=kind), "links_from")
    ],
    "person": lambda: richest(Person.objects, "appointments", "memberships", "mentor_offers"),
    "terms": lambda: terms_of("terms"),
    "role": lambda: richest(Role.objects, "appointments", "appointments__funding_lines", "remits__functions"),
}
"""Pages about one thing: the addresses of those of which there is most to show."""


def the_kept_area() -> str:
    return KeptArea.objects.as_at(A_PAST_DAY).order_by("pk").first().area.slug


def a_director() -> str:
    return RoleType.objects.get(accountable=True).slug


QUESTIONS: dict[str, Callable[[], list[str]]] = {
    "message-sent": lambda: [f"?page={richest(Group.objects, 'terms__seats__memberships')[0]}"],
    "tell-the-keeper": lambda: [f"?page={richest(Group.objects, 'terms__seats__memberships')[0]}"],
    "ask": lambda: [f"?pathway={Pathway.objects.order_by('name').first().slug}&within={the_kept_area()}"],
    "compare": lambda: ["?from_day=2025-01-01&to_day=2025-06-30", "?as_at=2025-06-30&from_known=2025-01-01"],
    "groups": lambda: [f"?within={the_kept_area()}"],
    "organisations": lambda: ["?kind=pcn", "?page=2", f"?within={the_kept_area()}"],
    "people": lambda: ["?page=2", f"?role_type={a_director()}"],
    "roles": lambda: [f"?role_type={a_director()}&within={the_kept_area()}"],
    "search": lambda: ["?q=clinical+director", "?q=tarowford", "?q=zzzzzz"],
    "calendar": lambda: [f"?within={the_kept_area()}&horizon=24"],
    "succession": lambda: [f"?within={the_kept_area()}&kind=seats&horizon=24"],
    "tables": lambda: [f"?within={the_kept_area()}&page=2"],
    "then-and-now": lambda: [f"?role_type={a_director()}&then=2021-06-30"],
}
"""What else pages are asked beside the plain address."""


def addresses(name: str) -> list[str]:
    """The addresses at which a page is looked at."""
    if name in OF_ONE:
        return list(dict.fromkeys(OF_ONE[name]()))
    questions = QUESTIONS[name]() if name in QUESTIONS else []
    return [reverse(name), *(f"{reverse(name)}{question}" for question in questions)]


def on(date: datetime.date, address: str) -> str:
    """The address as at a day."""
    return f"{address}{'&' if '?' in address else '?'}as_at={date.isoformat()}"
