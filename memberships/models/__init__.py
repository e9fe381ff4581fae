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
    "DrawnFrom",
    "FundingLine",
    "Group",
    "GroupFunding",
    "GroupKind",
    "GroupRemit",
    "GroupRemitFunction",
    "GroupRole",
    "HowAppointed",
    "Influence",
    "Membership",
    "MentorOffer",
    "Nature",
    "Person",
    "PersonSkill",
    "Profession",
    "ReportingLine",
    "Seat",
    "Skill",
    "Terms",
]
