"""Which records of people, roles and groups somebody may change, and whose private facts they may see.

An editor changes what lies within their area, and what people who lead there hold elsewhere, now or in the past: the
board's clinical lead who is one of theirs, the commissioning group that has closed. Nobody edits a group by being its
chair. Three writes are a person's own, once their account is linked to their entry: they declare their interests, they offer
to take on a post, and they answer for an organ that they lead today. Who somebody is (`Rights`) is `organisations.rights`' matter.
"""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from django.db.models import Model, Q, QuerySet

from ics_leadership.accounts.models import Grant, Sight, Standing
from ics_leadership.history import event_model
from ics_leadership.periods import today
from memberships.models import (
    Answer,
    Appointment,
    Clause,
    Deputy,
    Eligibility,
    FundingLine,
    Group,
    GroupFunding,
    GroupRemit,
    GroupRemitFunction,
    GroupRole,
    Influence,
    Interest,
    InterestDeclaration,
    Membership,
    MentorOffer,
    Person,
    PersonAccount,
    PersonSkill,
    PostOffer,
    Proposal,
    ProposalParty,
    ReportingLine,
    Seat,
    Snapshot,
    Terms,
)
from memberships.organs import leads_on
from organisations.models import KeptArea, Link, LinkKind, Organisation, Succession, within
from organisations.rights import Rights
from roles.models import NeededFunction, Remit, RemitFunction, Role


def leading_in(rights: Rights, people: QuerySet[Person]) -> QuerySet[Person]:
    """Those of `people` who lead or led in an area that is edited: by a role or a seat within it."""
    inside = rights.inside()
    posts = Appointment.objects.filter(role__organisation__in=inside).values("person")
    seats = Membership.objects.filter(in_group(rights, "seat__terms__group__")).values("person")
    return people.filter(Q(pk__in=posts) | Q(pk__in=seats))


def in_group(rights: Rights, path: str) -> Q:
    """The condition that the group at a path covers, or is hosted within, an area that is edited."""
    inside = rights.inside()
    return Q(**{f"{path}covers__in": inside}) | Q(**{f"{path}covers": None, f"{path}host__in": inside})


def editable_people(rights: Rights, people: QuerySet[Person]) -> QuerySet[Person]:
    """Those of `people` whose entries may be changed: who lead in an area edited, and who hold nothing anywhere yet and were
    written down by one of its editors.
    """
    if rights.is_administrator:
        return people
    if not rights.areas:
        return people.none()
    idle = people.filter(appointments=None, memberships=None, pk__in=_written_here(rights)).values("pk")
    return people.filter(Q(pk__in=leading_in(rights, people).values("pk")) | Q(pk__in=idle))


def _written_here(rights: Rights) -> QuerySet[Any]:
    """The ids of people whose entry was ever written by whoever edits, or edited, an area that is edited."""
    editors = Grant.objects.filter(standing=Standing.EDITOR, area__in=rights.inside()).values("account")
    written: QuerySet[Any] = event_model(Person)._default_manager.filter(change__by__in=editors)
    return written.values("id")


@singledispatch
def may_change(record: Model, rights: Rights) -> bool:
    """Whether `rights` allow changing a record of the register. A record of no area is for administrators."""
    return rights.is_administrator


@may_change.register
def _(record: Organisation, rights: Rights) -> bool:
    return rights.may_edit_organisation(record)


@may_change.register
def _(record: Link, rights: Rights) -> bool:
    return rights.may_edit_organisation(record.organisation) or rights.may_edit_organisation(record.other)


def brings_in(link: Link, rights: Rights) -> Organisation | None:
    """What a link would bring into the areas edited, if it came to be; None where it brings in nothing.

    What lies in an area is what is part of it, or covered by something in it: nobody widens their own.
    """
    inner = link.other if link.kind == LinkKind.COVERS else link.organisation
    return None if rights.may_edit_organisation(inner) else inner


def is_longer(former: Link, now: Link) -> bool:
    """Whether a link holds on days on which it did not before."""
    begins_earlier = former.period.lower and (now.period.lower is None or now.period.lower < former.period.lower)
    ends_later = former.period.upper and (now.period.upper is None or now.period.upper > former.period.upper)
    return bool(begins_earlier or ends_later)


@may_change.register
def _(record: Succession, rights: Rights) -> bool:
    return rights.may_edit_organisation(record.predecessor) or rights.may_edit_organisation(record.successor)


@may_change.register
def _(record: KeptArea, rights: Rights) -> bool:
    return rights.is_administrator


@may_change.register
def _(record: Role, rights: Rights) -> bool:
    if rights.may_edit_organisation(record.organisation):
        return True
    if not rights.areas:
        return False
    holders = Person.objects.filter(appointments__role=record).distinct()
    # A post elsewhere is theirs to describe while nobody else's people hold it.
    return holders.exists() and leading_in(rights, holders).count() == holders.count()


@may_change.register(Remit)
@may_change.register(GroupRole)
def _(record: Remit | GroupRole, rights: Rights) -> bool:
    return may_change(record.role, rights)


@may_change.register(RemitFunction)
@may_change.register(GroupRemitFunction)
def _(record: RemitFunction | GroupRemitFunction, rights: Rights) -> bool:
    return may_change(record.remit, rights)


@may_change.register
def _(record: Person, rights: Rights) -> bool:
    return rights.is_editor and editable_people(rights, Person.objects.filter(pk=record.pk)).exists()


@may_change.register(PersonSkill)
@may_change.register(MentorOffer)
@may_change.register(PostOffer)
@may_change.register(PersonAccount)
@may_change.register(Interest)
@may_change.register(InterestDeclaration)
def _(
    record: PersonSkill | MentorOffer | PostOffer | PersonAccount | Interest | InterestDeclaration, rights: Rights
) -> bool:
    return may_change(record.person, rights)


@may_change.register
def _(record: Appointment, rights: Rights) -> bool:
    return rights.may_edit_organisation(record.role.organisation) or leads_here(record.person, rights)


@may_change.register
def _(record: FundingLine, rights: Rights) -> bool:
    return may_change(record.appointment, rights)


@may_change.register
def _(record: Group, rights: Rights) -> bool:
    return rights.may_edit_organisation(record.covers or record.host)


@may_change.register(GroupRemit)
@may_change.register(ReportingLine)
@may_change.register(GroupFunding)
@may_change.register(Influence)
@may_change.register(Terms)
@may_change.register(Proposal)
def _(record: GroupRemit | ReportingLine | GroupFunding | Influence | Terms | Proposal, rights: Rights) -> bool:
    return may_change(record.group, rights)


@may_change.register(Clause)
@may_change.register(Seat)
@may_change.register(Eligibility)
def _(record: Clause | Seat | Eligibility, rights: Rights) -> bool:
    return may_change(record.terms.group, rights)


@may_change.register
def _(record: ProposalParty, rights: Rights) -> bool:
    return may_change(record.proposal, rights)


@may_change.register
def _(record: Answer, rights: Rights) -> bool:
    return may_change(record.party, rights)


@may_change.register
def _(record: NeededFunction, rights: Rights) -> bool:
    return rights.may_edit_organisation(record.area)


@may_change.register
def _(record: Membership, rights: Rights) -> bool:
    return may_change(record.seat.terms.group, rights) or leads_here(record.person, rights)


@may_change.register
def _(record: Deputy, rights: Rights) -> bool:
    return may_change(record.membership, rights)


def leads_here(person: Person, rights: Rights) -> bool:
    """Whether a person leads or led in an area that is edited."""
    return bool(rights.areas) and leading_in(rights, Person.objects.filter(pk=person.pk)).exists()


def people_seen(what: Sight, rights: Rights) -> QuerySet[Person]:
    """The people of whom facts of that sort may be seen: those of whom `sees_of_person` says so."""
    rights = rights.behind(what)
    areas = rights.areas_seen(what)
    if areas is None:
        return Person.objects.all()
    if not rights.is_signed_in:
        return Person.objects.none()
    leading = Appointment.objects.filter(role__organisation__in=within(areas, today())).values("person")
    own = PersonAccount.objects.filter(account=rights.account).values("person")
    theirs = editable_people(rights, Person.objects.all()).values("pk")
    return Person.objects.filter(Q(pk__in=leading) | Q(pk__in=own) | Q(pk__in=theirs))


def is_own(person: Person, rights: Rights) -> bool:
    """Whether the entry is that of the person who looks, their account having been linked to it."""
    return rights.is_signed_in and PersonAccount.objects.filter(person=person, account=rights.account).exists()


def may_speak_for(person: Person, rights: Rights) -> bool:
    """Whether what somebody declares and offers may be recorded and corrected: by their editors, and by themselves."""
    return is_own(person, rights) or may_change(person, rights)


def right_to_answer(party: ProposalParty, rights: Rights) -> Appointment | None:
    """The appointment by right of which whoever looks may answer for a party: they lead it today, their account having been
    linked to their entry. None for everybody else, editors too, who record what others answered.
    """
    if not rights.is_signed_in:
        return None
    return leads_on(party, today()).filter(person__account_link__account=rights.account).first()


def sees_of_person(person: Person, what: Sight, rights: Rights) -> bool:
    """Whether facts of that sort about a person may be seen: by themselves, by their editors, and by analysts to whom it
    was granted for everywhere or for an area in which they lead.
    """
    if not rights.is_signed_in:
        return False
    rights = rights.behind(what)
    areas = rights.areas_seen(what)
    if areas is None or is_own(person, rights) or may_change(person, rights):
        return True
    posts = Appointment.objects.filter(person=person, role__organisation__in=within(areas, today()))
    return bool(areas) and posts.exists()


def may_read_snapshot(snapshot: Snapshot, rights: Rights) -> bool:
    """Whether these rights give the file of a snapshot and what was asked: of a private one, which holds findings, those of who
    froze it, also of a token of theirs that was made for findings.
    """
    is_own = rights.account is not None and rights.account.pk == snapshot.by_id
    return not snapshot.is_private or (is_own and rights.are_for(Sight.FINDINGS))
