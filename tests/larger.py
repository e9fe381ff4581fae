"""A register ten times as large, made of copies: what a page costs must not depend on how much it has to choose from.

Half of the copies stand around the same things (ten people in a role, ten practices in a network), half around the same
people (ten roles of one person); links between copies are kept.
"""

from django.db import connection, models

from ics_leadership.accounts.models import Grant, User
from ics_leadership.facts import Source
from ics_leadership.history import change
from memberships.models import PersonAccount, Skill
from roles.models import Function, FundingSource, Pathway, RoleType
from tests.every_table import tracked_models
from tests.factories import IN_TEST

COPIES = 9
APART = 1_000_000
"""How far the keys of one copy are from those of the next."""

COMMON = {Source, Function, FundingSource, Pathway, RoleType, Skill, User, Grant, PersonAccount}
"""Short lists, sources and accounts, which a larger register has no more of."""

AROUND_THE_SAME_THINGS = {
    "organisations.Link.other",
    "organisations.Succession.successor",
    "roles.Role.organisation",
    "memberships.Appointment.role",
    "memberships.FundingLine.appointment",
    "memberships.MentorOffer.area",
    "memberships.Group.host",
    "memberships.Group.covers",
    "memberships.GroupRole.group",
    "memberships.GroupFunding.group",
    "memberships.Influence.group",
    "memberships.ReportingLine.group",
    "memberships.Membership.seat",
    "memberships.Deputy.membership",
}
AROUND_THE_SAME_PEOPLE = {
    "memberships.Answer.person",
    "organisations.Succession.predecessor",
    "memberships.Appointment.person",
    "memberships.MentorOffer.person",
    "memberships.PostOffer.person",
    "memberships.Membership.person",
    "memberships.Deputy.person",
    "memberships.ReportingLine.to_group",
    "memberships.ReportingLine.to_organisation",
}


def enlarge() -> None:
    """Write the copies into the database that Django is connected to."""
    tables = [model for model in tracked_models() if model not in COMMON]
    with change(**IN_TEST), connection.cursor() as cursor:
        for copy in range(1, COPIES + 1):
            for model in tables:
                columns = {
                    field.column: copied(field, copy) for field in model._meta.concrete_fields if not field.generated
                }
                cursor.execute(
                    f"INSERT INTO {model._meta.db_table} ({', '.join(map(quoted, columns))})"
                    f" SELECT {', '.join(columns.values())} FROM {model._meta.db_table} WHERE id < {APART}"
                )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def quoted(column: str) -> str:
    return f'"{column}"'


def copied(field: models.Field, copy: int) -> str:
    """What the column of a copied row holds, as SQL."""
    same = AROUND_THE_SAME_THINGS if copy % 2 else AROUND_THE_SAME_PEOPLE
    if field.primary_key:
        return f"id + {copy * APART}"
    if field.is_relation:
        moves = field.related_model not in COMMON and f"{field.model._meta.label}.{field.name}" not in same
        return f"{quoted(field.column)} + {copy * APART}" if moves else quoted(field.column)
    if field.name == "slug":
        return f"slug || '-{copy}'"
    if field.name == "ods_code":
        return f"ods_code || '.{copy}'"
    return quoted(field.column)
