"""The tables of people, their appointments, groups, terms of reference, seats and memberships."""

from memberships.models.appointments import Appointment, FundingLine, HowAppointed
from memberships.models.groups import (
    Group,
    GroupFunding,
    GroupKind,
    GroupRemit,
    GroupRemitFunction,
    GroupRole,
    Influence,
    ReportingLine,
)
from memberships.models.identity import DistinctPeople, MergedPerson, PersonAccount
from memberships.models.imports import ImportedRow, RememberedColumn, SpreadsheetImport, Stage, Verdict
from memberships.models.managed import ManagedFinding
from memberships.models.messages import Message
from memberships.models.people import CLINICIANS, MentorOffer, Person, PersonSkill, Profession, Skill
from memberships.models.seats import (
    Category,
    Clause,
    DecisionRule,
    Deputy,
    DrawnFrom,
    Membership,
    Nature,
    Seat,
    Terms,
)

__all__ = [
    "CLINICIANS",
    "Appointment",
    "Category",
    "Clause",
    "DecisionRule",
    "Deputy",
    "DistinctPeople",
    "DrawnFrom",
    "FundingLine",
    "Group",
    "GroupFunding",
    "GroupKind",
    "GroupRemit",
    "GroupRemitFunction",
    "GroupRole",
    "HowAppointed",
    "ImportedRow",
    "Influence",
    "ManagedFinding",
    "Membership",
    "MentorOffer",
    "MergedPerson",
    "Message",
    "Nature",
    "Person",
    "PersonAccount",
    "PersonSkill",
    "Profession",
    "RememberedColumn",
    "ReportingLine",
    "Seat",
    "Skill",
    "SpreadsheetImport",
    "Stage",
    "Terms",
    "Verdict",
]
