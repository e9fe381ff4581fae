"""Two areas, one visitor of every kind, and an example of each address: what the table of access is compared with.

A new address needs something here only where it names a record in another way than those in `RECORDS`.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from zlib import compress

from allauth.mfa.models import Authenticator
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone

from ics_leadership.accounts.models import Grant, Sight, Standing, Token, User
from ics_leadership.accounts.tokens import make_token
from ics_leadership.history import Change, change, event_model
from ics_leadership.periods import today
from memberships.actions.identity import link_account
from memberships.actions.interests import NewInterest, declare_interests
from memberships.actions.merging import merge_people
from memberships.actions.people import correct_person, offer_to_mentor
from memberships.actions.post_offers import offer_to_take_on
from memberships.actions.proposals import put_proposal
from memberships.models import (
    Appointment,
    Deputy,
    FundingLine,
    GroupFunding,
    ImportedRow,
    Influence,
    Interest,
    InterestCategory,
    MergedPerson,
    Message,
    Person,
    PostOffer,
    Proposal,
    ProposalParty,
    RegisterOfInterests,
    ReportingLine,
    Snapshot,
    SpreadsheetImport,
    Terms,
    Verdict,
)
from organisations.actions import record_succession
from organisations.models import Link, Organisation
from roles.actions import need_function
from roles.models import FundingKind, NeededFunction
from tests import factories
from tests.factories import IN_TEST, SmallArea
from tests.periods import OPEN_ENDED


@dataclass
class Neighbourhood:
    """`area` is the one that the examples lie in."""

    area: SmallArea
    visitors: dict[str, User | None]
    grant: Grant
    message: Message
    change: Change

    @property
    def person(self) -> Person:
        """Somebody who leads in the area, with an account of their own."""
        return self.area.chair.person


def neighbourhood() -> Neighbourhood:
    area, elsewhere = factories.small_area("Norwich"), factories.small_area("Vale")
    person = area.chair.person
    visitors: dict[str, User | None] = {
        "anonymous": None,
        "reader": factories.user(),
        "analyst": factories.user(),
        "editor": factories.editor(area.icb),
        "editor_elsewhere": factories.editor(elsewhere.icb),
        "linked_person": factories.user(),
        "administrator": factories.user(),
        "superuser": factories.user(is_superuser=True, is_staff=True),
    }
    grant = factories.grant(visitors["reader"], Standing.READER)
    factories.grant(visitors["analyst"], Standing.ANALYST, area.icb, sees=[Sight.AMOUNTS])
    factories.grant(visitors["administrator"], Standing.ADMINISTRATOR)
    link_account(person=person, account=visitors["linked_person"], **IN_TEST)
    _pay_and_connect(area)
    _propose_and_declare(area)
    merge_people(keep=person, drop=factories.person(), **IN_TEST)
    # Not agreed to be shown.
    offer_to_mentor(person=person, area=area.icb, offer="hushed-offer", start=area.chair.start, **IN_TEST)
    offer_to_take_on(person=person, role=area.directors[0].role, note="hushed-offer", start=area.chair.start, **IN_TEST)
    sheet = SpreadsheetImport.objects.create(
        name="Their spreadsheet", by=visitors["editor"], area=area.icb, file_name="people.csv", content=b"Name"
    )
    ImportedRow.objects.create(of=sheet, number=2, cells=["Sam"], verdict=Verdict.NEW)
    message = Message.objects.create(
        page=person.get_absolute_url(), about=str(person), as_at=today(), area=area.icb, text="This is wrong."
    )
    correct_person(person=person, title="Dr", by=visitors["editor"], why="for a test")
    event = event_model(Person).objects.filter(id=person.pk).latest("pgh_id")
    return Neighbourhood(area, visitors, grant, message, event.change)


def _pay_and_connect(area: SmallArea) -> None:
    """Give the area's leaders and group a payer, and the group bodies that it answers to and influences."""
    source = factories.funding_source(FundingKind.ICB_CORE)
    group, period = area.group, area.group.period
    with change(**IN_TEST):
        for each in Appointment.objects.filter(pk__in=[area.chair.pk, *(one.pk for one in area.directors)]):
            FundingLine.objects.create(appointment=each, funding_source=source, period=each.period)
        GroupFunding.objects.create(group=group, funding_source=source, period=period)
        ReportingLine.objects.create(group=group, to_organisation=area.icb, period=period)
        Influence.objects.create(group=group, organisation=area.icb, period=period)
        Deputy.objects.create(membership=area.memberships[0], person=area.directors[0].person, period=period)
        need_function(area=area.pcns[0], function=factories.function(), start=OPEN_ENDED[0], **IN_TEST)


def _propose_and_declare(area: SmallArea) -> None:
    """Let the group put a proposal to its organs, and keep a register of interests that it does not publish."""
    put_proposal(group=area.group, title="One rota", put_on=today(), parties=[area.lmc, *area.pcns], **IN_TEST)
    with change(**IN_TEST):
        Terms.objects.filter(group=area.group).update(interests=RegisterOfInterests.KEPT)
    for each in (area.chair, *area.directors):
        share = NewInterest(InterestCategory.FINANCIAL, "A share in a practice", OPEN_ENDED[0])
        declare_interests(person=each.person, declared_on=today(), interests=[(None, share)], **IN_TEST)


def _event(world: Neighbourhood) -> int:
    return event_model(Person).objects.filter(id=world.person.pk).earliest("pgh_id").pk


def _key(world: Neighbourhood) -> int:
    key, _ = Authenticator.objects.get_or_create(
        user=world.visitors["reader"], type=Authenticator.Type.WEBAUTHN, data={"name": "Key"}
    )
    return key.pk


def _token(world: Neighbourhood) -> uuid.UUID:
    owner, until = world.visitors["reader"], today()
    token = Token.objects.filter(user=owner).first() or make_token(account=owner, name="Mine", sees=(), until=until)[0]
    return token.key


def _snapshot() -> str:
    """The key of an export that was frozen."""
    facts = {"as_at": today(), "known_at": timezone.now(), "by": User.objects.first(), "size": 0, "people": []}
    frozen, _ = Snapshot.objects.get_or_create(
        key="a2b3c4d5e6", defaults=facts | {"asked": {}, "content": compress(b"")}
    )
    return frozen.key


def _divided(world: Neighbourhood) -> Organisation:
    """A practice of the area that two others followed."""
    divided, *successors = world.area.practices[:3]
    for successor in successors:
        record_succession(predecessor=divided, successor=successor, on=today(), **IN_TEST)
    return divided


EXAMPLES: dict[str, Callable[[Neighbourhood], dict[str, Any]]] = {
    "api-memberships-record": lambda world: {"record": world.area.memberships[0].pk},
    "api-appointments-record": lambda world: {"record": world.area.chair.pk},
    "api-groups-record": lambda world: {"record": world.area.group.pk},
    "api-people-record": lambda world: {"record": world.person.pk},
    "api-roles-record": lambda world: {"record": world.area.chair.role.pk},
    "api-organisations-record": lambda world: {"record": world.area.icb.pk},
    "api-role-map-record": lambda world: {"record": world.area.chair.pk},
    "api-freeze": lambda world: {"resource": "role-map"},
    "api-snapshot": lambda world: {"key": _snapshot()},
    "api-snapshot-file": lambda world: {"key": _snapshot()},
    "snapshot": lambda world: {"key": _snapshot()},
    "allocate-successors": lambda world: {"slug": _divided(world).slug},
    "move-practice": lambda world: {"slug": world.area.practices[0].slug},
    "account_reset_password_from_key": lambda world: {"uidb36": "1", "key": "none"},
    "duplicate": lambda world: {"first": world.area.directors[0].person.pk, "second": world.person.pk},
    "manage-finding": lambda world: {
        "code": "GL05",
        "subject": f"seat:{world.area.seat('Experienced leader').pk}/place:1",
    },
    "import-row": lambda world: {"pk": SpreadsheetImport.objects.get().pk, "number": 2},
    "mfa_edit_webauthn": lambda world: {"pk": _key(world)},
    "mfa_remove_webauthn": lambda world: {"pk": _key(world)},
    "openid_connect_callback": lambda world: {"provider_id": "none"},
    "openid_connect_login": lambda world: {"provider_id": "none"},
    "pick": lambda world: {"kind": "people"},
    "restore": lambda world: {"kind": "person", "pk": world.person.pk, "event": _event(world)},
    "restore-field": lambda world: {
        "kind": "person",
        "pk": world.person.pk,
        "event": _event(world),
        "field": "family_name",
    },
    "template-workbook": lambda world: {"kind": "people"},
    "token": lambda world: {"key": _token(world)},
    "revoke-token": lambda world: {"key": _token(world)},
    "to-do-section": lambda world: {"name": "vacant-seats"},
    "terms": lambda world: {"slug": world.area.group.slug, "pk": world.area.terms.pk},
    "compare-terms": lambda world: {"slug": world.area.group.slug, "pk": world.area.terms.pk},
    "unmerge-person": lambda world: {"slug": world.person.slug, "pk": MergedPerson.objects.get().pk},
}

RECORDS: dict[str, Callable[[Neighbourhood], Any]] = {
    "accounts": lambda world: world.visitors["reader"],
    "appointments": lambda world: world.area.chair,
    "changes": lambda world: world.change,
    "deputies": lambda world: Deputy.objects.get(),
    "funding": lambda world: world.area.chair.funding_lines.get(),
    "grants": lambda world: world.grant,
    "group-funding": lambda world: GroupFunding.objects.get(),
    "groups": lambda world: world.area.group,
    "imports": lambda world: SpreadsheetImport.objects.get(),
    "influences": lambda world: Influence.objects.get(),
    "interests": lambda world: Interest.objects.get(person=world.person),
    "links": lambda world: Link.objects.earliest("pk"),
    "memberships": lambda world: world.area.memberships[0],
    "messages": lambda world: world.message,
    "needs": lambda world: NeededFunction.objects.get(),
    "organisations": lambda world: world.area.pcns[0],
    "parties": lambda world: ProposalParty.objects.get(organisation=world.area.lmc),
    "people": lambda world: world.person,
    "post-offers": lambda world: PostOffer.objects.get(),
    "proposals": lambda world: Proposal.objects.get(),
    "reporting-lines": lambda world: ReportingLine.objects.get(),
    "role-types": lambda world: world.area.director,
    "roles": lambda world: world.area.chair.role,
    "seats": lambda world: world.area.seat("Chair"),
    "terms": lambda world: world.area.terms,
}
"""The record that an address names by its number or its slug, by how the address begins."""

OF_THE_ADMINISTRATION = {"object_id": "1", "id": "1", "content_type_id": 1, "app_label": "accounts", "url": "nowhere"}
"""What stands for the records in addresses of the administration."""


QUESTIONS = {"new-snapshot": "?of=/people/role-map.csv"}
"""What a page has to be asked to be one."""


def example(name: str, world: Neighbourhood) -> str:
    """An address of that name. Raises NoReverseMatch where none is given here."""
    if name in QUESTIONS:
        return reverse(name) + QUESTIONS[name]
    if name in EXAMPLES:
        return reverse(name, kwargs=EXAMPLES[name](world))
    if name.startswith("admin:"):
        resolver = get_resolver().namespace_dict["admin"][1]
        _, parameters = resolver.reverse_dict[name.removeprefix("admin:")][0][0]
        return reverse(name, kwargs={each: OF_THE_ADMINISTRATION[each] for each in parameters})
    route, parameters = get_resolver().reverse_dict[name][0][0]
    section = route.partition("/")[0]
    if len(parameters) == 1 and section in RECORDS:
        record = RECORDS[section](world)
        return reverse(name, args=[record.pk if parameters == ["pk"] else record.slug])
    if section == "history" and parameters == ["kind", "pk"]:
        return reverse(name, args=["person", world.person.pk])
    if parameters:
        raise NoReverseMatch(f"tests/accounts/neighbourhood.py has no example of the address “{name}”, {route}.")
    return reverse(name)
