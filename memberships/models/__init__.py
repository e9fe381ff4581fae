"""The tables of people, their appointments, groups, terms of reference, seats and memberships."""

from memberships.models.appointments import Appointment, FundingLine, HowAppointed
from memberships.models.erasures import ErasedRow
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
from memberships.models.interests import Interest, InterestCategory, InterestDeclaration
from memberships.models.letters import WeeklyLetter
from memberships.models.managed import ManagedFinding
from memberships.models.memberships import Deputy, Membership
from memberships.models.messages import Message
from memberships.models.people import CLINICIANS, MentorOffer, Person, PersonSkill, Profession, Skill
from memberships.models.post_offers import PostOffer
from memberships.models.proposals import Answer, Proposal, ProposalLetter, ProposalParty, Says
from memberships.models.snapshots import Snapshot
from memberships.models.terms import (
    ANY_CLINICIAN,
    Category,
    ChairChosen,
    Clause,
    Condition,
    DecisionRule,
    DrawnFrom,
    Eligibility,
    Nature,
    RegisterOfInterests,
    Seat,
    Terms,
    Topic,
)

__all__ = [
    "ANY_CLINICIAN",
    "CLINICIANS",
    "Answer",
    "Appointment",
    "Category",
    "ChairChosen",
    "Clause",
    "Condition",
    "DecisionRule",
    "Deputy",
    "DistinctPeople",
    "DrawnFrom",
    "Eligibility",
    "ErasedRow",
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
    "Interest",
    "InterestCategory",
    "InterestDeclaration",
    "ManagedFinding",
    "Membership",
    "MentorOffer",
    "MergedPerson",
    "Message",
    "Nature",
    "Person",
    "PersonAccount",
    "PersonSkill",
    "PostOffer",
    "Profession",
    "Proposal",
    "ProposalLetter",
    "ProposalParty",
    "RegisterOfInterests",
    "RememberedColumn",
    "ReportingLine",
    "Says",
    "Seat",
    "Skill",
    "Snapshot",
    "SpreadsheetImport",
    "Stage",
    "Terms",
    "Topic",
    "Verdict",
    "WeeklyLetter",
]
