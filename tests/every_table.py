"""A row of every table of the register, for what is true of all of them."""

from collections.abc import Iterator

from django.db import models

from ics_leadership.accounts.models import Grant, Standing
from ics_leadership.history import change, event_models
from ics_leadership.writing import keep
from memberships import actions as memberships
from memberships.models import (
    Answer,
    Condition,
    DistinctPeople,
    Eligibility,
    Interest,
    InterestCategory,
    InterestDeclaration,
    ManagedFinding,
    MergedPerson,
    PersonAccount,
    Proposal,
    ProposalParty,
    Says,
)
from organisations import actions as organisations
from organisations.models import KeptArea, Link
from roles.models import NeededFunction, Part
from tests import factories
from tests.factories import IN_TEST
from tests.periods import FIRST_DAY, OPEN_ENDED, day


def tracked_models() -> list[type[models.Model]]:
    """Every table whose rows are kept in history."""
    return [each.pgh_tracked_model for each in event_models()]


def one_of_each() -> dict[type[models.Model], models.Model]:
    """A saved row of every tracked table, by its model; as one change."""
    with change(**IN_TEST):
        rows = list(_rows())
    return {type(row): type(row).objects.get(pk=row.pk) for row in rows}


def _rows() -> Iterator[models.Model]:
    area = factories.small_area()
    since = {"start": OPEN_ENDED[0]}
    director, member, skill = area.directors[0], area.memberships[1], factories.skill()
    source = organisations.add_source(title="Minutes", address="https://example.org/minutes", **IN_TEST)
    pot, function, pathway = factories.funding_source(), factories.function(), factories.pathway()
    post = factories.role(area.lmc, area.director, functions={function: Part.LEADS}, pathway=pathway)
    remit = memberships.new_group_remit_version(
        group=area.group, start=day("2023-04-01"), functions={function: Part.SHARES}, **IN_TEST
    )
    yield from (source, area.icb, Link.objects.first(), KeptArea.objects.get())
    yield organisations.record_succession(
        predecessor=area.practices[0], successor=area.practices[1], on=FIRST_DAY, **IN_TEST
    )
    yield from (pot, function, pathway, area.director, post, post.remits.get(), post.remits.get().functions.get())
    yield from (director.person, skill, director)
    yield memberships.add_skill_to_person(person=director.person, skill=skill, **since, **IN_TEST)
    yield memberships.offer_to_mentor(
        person=director.person, skill=skill, area=area.place, offer="An hour a month", **since, **IN_TEST
    )
    yield memberships.offer_to_take_on(person=director.person, role=area.chair.role, **since, **IN_TEST)
    yield memberships.add_funding_line(
        appointment=director, funding=memberships.Funding(pot, payer=area.icb), **IN_TEST
    )
    yield from (area.group, area.terms, area.terms.clauses.first(), area.terms.seats.first(), member)
    yield from (remit, remit.functions.get())
    yield memberships.add_group_role(group=area.group, role=post, **IN_TEST)
    yield memberships.add_reporting_line(group=area.group, to=area.icb, **since, **IN_TEST)
    yield memberships.fund_group(group=area.group, funding_source=pot, payer=area.icb, **since, **IN_TEST)
    yield memberships.add_influence(group=area.group, organisation=area.icb, **since, **IN_TEST)
    yield keep(Grant(account=factories.user(), standing=Standing.EDITOR, area=area.place).between(OPEN_ENDED[0], None))
    yield keep(PersonAccount(person=director.person, account=factories.user()))
    one, other = sorted([director.person, area.directors[1].person], key=lambda person: person.pk)
    yield keep(DistinctPeople(first=one, second=other))
    yield keep(MergedPerson(survivor=director.person, former_id=0, former_slug="amina-yusuf-fox"))
    yield keep(
        ManagedFinding(
            rule="GL01", subject=f"membership:{member.pk}", area=area.place, how="Has no vote on it.", since=FIRST_DAY
        )
    )
    yield keep(Eligibility(terms=area.terms, order=1, condition=Condition.NOT_ENGAGED_BY, organisation=area.icb))
    yield keep(NeededFunction(area=area.place, function=function).between(OPEN_ENDED[0], None))
    yield keep(
        Interest(
            person=director.person,
            category=InterestCategory.FINANCIAL,
            what="Partner in a practice",
            body=area.practices[0],
        ).between(OPEN_ENDED[0], None)
    )
    yield keep(InterestDeclaration(person=director.person, declared_on=FIRST_DAY))
    proposal = keep(Proposal(slug="one-rota", group=area.group, title="One rota", put_on=FIRST_DAY))
    party = keep(ProposalParty(proposal=proposal, organisation=area.pcns[0], asked_on=FIRST_DAY))
    yield from (proposal, party)
    yield keep(Answer(party=party, says=Says.AGREES, given_on=FIRST_DAY, person=director.person, by_right_of=director))
    yield memberships.add_deputy(membership=member, person=area.directors[1].person, **since, **IN_TEST)
