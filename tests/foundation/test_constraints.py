"""What the register refuses: every constraint of every table, by form and by database, in its own sentence."""

import datetime
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models.constraints import BaseConstraint

from ics_leadership.accounts.models import Grant, Sight
from ics_leadership.constraints import ReferenceTogether
from ics_leadership.facts import Source
from ics_leadership.history import change
from ics_leadership.periods import Dated, Precision
from ics_leadership.trial import tried
from memberships.models import (
    Answer,
    Appointment,
    Clause,
    Condition,
    Deputy,
    DistinctPeople,
    DrawnFrom,
    Eligibility,
    FundingLine,
    Group,
    GroupFunding,
    GroupRemit,
    GroupRemitFunction,
    Influence,
    Interest,
    InterestDeclaration,
    ManagedFinding,
    Membership,
    MentorOffer,
    MergedPerson,
    Person,
    PersonSkill,
    PostOffer,
    Proposal,
    ProposalParty,
    ReportingLine,
    Says,
    Seat,
    Skill,
    Terms,
)
from organisations.models import KeptArea, Kind, Link, LinkKind, Organisation, Succession
from roles.models import Function, FundingSource, NeededFunction, Pathway, Remit, RemitFunction, Role, RoleType
from tests import factories
from tests.every_table import one_of_each, tracked_models
from tests.factories import IN_TEST, SmallArea
from tests.periods import NORMAL, OPEN_ENDED

Rows = dict[type[models.Model], models.Model]
OURS = ("ics_leadership", "accounts", "organisations", "roles", "memberships")


def changed(model: type[models.Model], **facts: Any) -> Callable[[Rows], models.Model]:
    """The row of that table with other facts, unsaved."""

    def make(rows: Rows) -> models.Model:
        row = model.objects.get(pk=rows[model].pk)
        for name, value in facts.items():
            setattr(row, name, value(rows) if callable(value) else value)
        return row

    return make


def another(model: type[models.Model], **facts: Any) -> Callable[[Rows], models.Model]:
    """A second row of that table like the first but for these facts, unsaved."""

    def make(rows: Rows) -> models.Model:
        row = changed(model, **facts)(rows)
        row.pk, row._state.adding = None, True
        return row

    return make


def dated_contradictions() -> dict[str, Callable[[Rows], models.Model]]:
    """For every dated table: no day at all, and ends that do not agree with how exactly they are known."""
    return {
        f"{model._meta.label_lower.replace('.', '_')}_{what}": changed(model, **facts)
        for model in tracked_models()
        if issubclass(model, Dated)
        for what, facts in {
            "period_not_empty": {"period": DateRange(empty=True)},
            "start_as_known": {"start_precision": Precision.UNKNOWN},
            "end_as_known": {"end_precision": Precision.BY},
        }.items()
    }


def nameless(*catalogues: type[models.Model]) -> dict[str, Callable[[Rows], models.Model]]:
    return {f"{model._meta.label_lower.replace('.', '_')}_has_name": changed(model, name="") for model in catalogues}


CONTRADICTIONS: dict[str, Callable[[Rows], models.Model]] = {
    **dated_contradictions(),
    **nameless(Pathway, Function, FundingSource, RoleType, Skill),
    "source_has_title": changed(Source, title=""),
    # accounts
    "grant_area_as_standing_asks": changed(Grant, area=None),
    "grant_sees_for_analysts": changed(Grant, sees=[Sight.AMOUNTS]),
    "one_grant_of_a_kind_at_a_time": another(Grant),
    # who is who
    "merged_into_another": changed(MergedPerson, former_id=lambda rows: rows[MergedPerson].survivor_id),
    "said_once_that_they_are_two": another(DistinctPeople),
    "distinct_in_order": changed(DistinctPeople, second=lambda rows: rows[DistinctPeople].first),
    # findings
    "one_way_of_managing_a_finding": another(ManagedFinding),
    "managed_says_how": changed(ManagedFinding, how=""),
    "managed_until_after_since": changed(ManagedFinding, review_on=datetime.date(1999, 1, 1)),
    # organisations
    "organisation_has_name": changed(Organisation, name=""),
    "organisation_code_is_said_or_null": changed(Organisation, ods_code=""),
    "one_organisation_of_a_kind_for_a_code": another(Organisation, slug="another"),
    "link_to_another": changed(Link, other=lambda rows: rows[Link].organisation),
    "one_link_of_a_kind_between_two": another(Link),
    "one_network_for_a_practice": lambda rows: Link(
        organisation=Organisation.objects.get(name="Norwich Surgery 1"),
        kind=LinkKind.CORE_PARTNER_OF,
        other=Organisation.objects.get(name="West Norwich PCN"),
    ).between(*NORMAL),
    "succession_by_another": changed(Succession, successor=lambda rows: rows[Succession].predecessor),
    "one_succession_on_a_day": another(Succession),
    "one_keeper_for_an_area": another(KeptArea),
    # roles
    "role_has_title": changed(Role, title=""),
    "one_remit_of_a_role_on_a_day": another(Remit),
    "one_need_of_a_function_at_a_time": another(NeededFunction),
    "one_part_of_a_role_in_a_function": another(RemitFunction),
    # people
    "person_has_name": changed(Person, family_name=""),
    "one_entry_for_a_skill_at_a_time": another(PersonSkill),
    "mentor_offer_says_what": changed(MentorOffer, offer=""),
    "post_offer_names_one_post": changed(PostOffer, role=None),
    # appointments
    "one_appointment_of_a_person_to_a_role_at_a_time": another(Appointment),
    "funding_sessions_in_a_week": changed(FundingLine, sessions_per_week=15),
    "funding_amount_not_negative": changed(FundingLine, annual_amount=-1),
    # interests
    "interest_says_what": changed(Interest, what=""),
    "one_declaration_on_a_day": another(InterestDeclaration),
    # proposals
    "proposal_has_title": changed(Proposal, title=""),
    "proposal_answered_after_it_is_put": changed(Proposal, answer_by=datetime.date(1990, 1, 1)),
    "proposal_withdrawn_after_it_is_put": changed(Proposal, withdrawn_on=datetime.date(1990, 1, 1)),
    "party_is_one": changed(ProposalParty, group=lambda rows: rows[Group]),
    "one_entry_of_a_party": another(ProposalParty),
    "objection_has_reason": another(Answer, says=Says.OBJECTS),
    "answer_by_right_of_somebody": another(Answer, person=None),
    "answer_by_right_of_their_own_appointment": another(Answer, person=lambda rows: factories.person()),
    # groups
    "group_has_name": changed(Group, name=""),
    "one_remit_of_a_group_on_a_day": another(GroupRemit),
    "one_part_of_a_group_in_a_function": another(GroupRemitFunction),
    "reporting_line_to_one": changed(ReportingLine, to_organisation=None),
    "reporting_line_to_another": changed(
        ReportingLine, to_organisation=None, to_group=lambda rows: rows[ReportingLine].group
    ),
    "group_funding_amount_not_negative": changed(GroupFunding, annual_amount=-1),
    "one_influence_on_a_body_at_a_time": another(Influence),
    # terms and seats
    "one_version_of_a_name": another(Terms),
    "one_version_of_terms_on_a_day": another(Terms, version="2.0"),
    "one_clause_in_a_place": another(Clause),
    "one_seat_in_a_place": another(Seat),
    "seat_for_somebody": changed(Seat, number=0),
    "seat_for_each_of_several": changed(
        Seat, drawn_from=DrawnFrom.EXPERIENCE, role_type=None, organisation_kind="", each=True
    ),
    "one_condition_in_a_place": another(Eligibility),
    "condition_says_of_what": changed(Eligibility, organisation=None),
    "condition_on_another_seat": changed(
        Eligibility,
        condition=Condition.NOT_ALSO_IN,
        organisation=None,
        seat=lambda rows: rows[Seat],
        other_seat=lambda rows: rows[Seat],
    ),
    "seat_drawn_from_one": changed(Seat, drawn_from=DrawnFrom.EXPERIENCE),
    "one_membership_of_a_person_in_a_seat_at_a_time": another(Membership),
    "membership_has_one_basis": changed(Membership, basis_experience="Eight years as a chair"),
    "membership_rests_on_their_own_appointment": changed(Membership, person=lambda rows: factories.person()),
    "membership_for_another": changed(Membership, attends_for=lambda rows: rows[Membership].person),
    "one_entry_of_a_deputy_at_a_time": another(Deputy),
}


def constraints_of(tables: list[type[models.Model]]) -> dict[str, BaseConstraint]:
    return {constraint.name: constraint for model in tables for constraint in model._meta.constraints}


def test_every_constraint_of_the_register_is_tried():
    # An appointment together with whose it is: no two rows have one number, so that nothing contradicts it.
    assert set(CONTRADICTIONS) == set(constraints_of(tracked_models())) - {"appointment_of_one_person"}


def test_every_constraint_speaks_in_a_sentence_of_its_own():
    tables = [model for model in apps.get_models() if model._meta.app_label in OURS]
    speechless = {
        name
        for name, constraint in constraints_of(tables).items()
        if constraint.violation_error_message == BaseConstraint.default_violation_error_message
    }
    assert speechless == set()


def sentences() -> dict[str, str]:
    constraints = constraints_of(tracked_models())
    return {name: constraints[name].violation_error_message for name in CONTRADICTIONS}


def said(refuse: Callable[[], None], sentence: str) -> str | list[str]:
    """The sentence, when it is among those of the refusal; all that was said instead when it is not."""
    try:
        with transaction.atomic():
            refuse()
    except ValidationError as refusal:
        return sentence if sentence in refusal.messages else refusal.messages
    return "accepted"


@pytest.mark.django_db
def test_a_form_explains_every_contradiction():
    rows = one_of_each()
    answers = {name: said(make(rows).full_clean, sentences()[name]) for name, make in CONTRADICTIONS.items()}
    assert answers == sentences()


@pytest.mark.django_db
def test_the_database_refuses_every_contradiction_in_the_same_sentence():
    rows = one_of_each()

    def write(row: models.Model) -> None:
        with change(**IN_TEST), connection.cursor() as cursor:
            row.save()
            # As the end of the transaction does.
            for each in type(row)._meta.constraints:
                if isinstance(each, ReferenceTogether):
                    cursor.execute(f"SET CONSTRAINTS {each.name} IMMEDIATE")

    answers = {name: said(partial(write, make(rows)), sentences()[name]) for name, make in CONTRADICTIONS.items()}
    assert answers == sentences()


def core_partner(area: SmallArea, network: int, *, published: bool) -> None:
    """Save, without asking first, that the first practice is the core partner of a network."""
    with change(**IN_TEST):
        Link(
            organisation=area.practices[0],
            kind=LinkKind.CORE_PARTNER_OF,
            other=area.pcns[network],
            as_published=published,
        ).between(*OPEN_ENDED).save()


@pytest.fixture
def unattached(area: SmallArea) -> SmallArea:
    """The area with the first practice in no network yet."""
    with change(**IN_TEST):
        Link.objects.filter(organisation=area.practices[0]).delete()
    return area


@pytest.mark.parametrize(
    ("first_published", "second_published", "refused"),
    [(False, False, True), (False, True, True), (True, False, True), (True, True, False)],
)
def test_only_published_data_puts_a_practice_into_two_networks_at_once(
    unattached: SmallArea, first_published: bool, second_published: bool, refused: bool
):
    core_partner(unattached, 0, published=first_published)
    if refused:
        with pytest.raises(ValidationError, match="core partner of one primary care network at a time"):
            core_partner(unattached, 1, published=second_published)
    else:
        core_partner(unattached, 1, published=second_published)
        assert Link.objects.filter(organisation=unattached.practices[0]).count() == 2


def test_a_practice_may_move_from_one_network_to_another(area: SmallArea):
    from organisations.actions import end_link
    from tests.periods import day

    first = Link.objects.get(organisation=area.practices[0])
    end_link(link=first, end=day("2024-03-31"), **IN_TEST)
    factories.link(area.practices[0], LinkKind.CORE_PARTNER_OF, area.pcns[1], period=(day("2024-04-01"), None))


def test_two_organisations_of_different_kinds_may_share_a_code(db: None):
    factories.organisation(Kind.STP, ods_code="QU9")
    factories.organisation(Kind.ICB, ods_code="QU9")


def test_somebody_sits_by_virtue_of_an_appointment_of_their_own(area: SmallArea):
    with pytest.raises(ValidationError, match="is their own"):
        factories.membership(area.seat("Chair"), factories.person(), area.chair)


def test_no_seat_comes_to_rest_on_an_appointment_of_somebody_else_by_bulk_or_raw_sql(area: SmallArea):
    seat = Membership.objects.get(basis_appointment=area.chair)
    somebody = factories.person()

    def in_bulk() -> None:
        Membership.objects.filter(pk=seat.pk).update(person=somebody)

    def from_below() -> None:
        Appointment.objects.filter(pk=area.chair.pk).update(person=somebody)

    def raw() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO memberships_membership (seat_id, person_id, basis_appointment_id, period, start_precision,"
                " end_precision) SELECT seat_id, %s, basis_appointment_id, period, start_precision, end_precision"
                " FROM memberships_membership WHERE id = %s",
                [somebody.pk, seat.pk],
            )

    for write in (in_bulk, from_below, raw):

        def refused(write: Callable[[], None] = write) -> None:
            with change(**IN_TEST):
                write()

        with pytest.raises(ValidationError, match="is their own"):
            tried(refused)
    assert Membership.objects.get(basis_appointment=area.chair).person == area.chair.person
