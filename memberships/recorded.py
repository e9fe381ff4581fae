"""How history tells of every table of the register: declared here, in the app that knows them all.

What is private follows `domain.md`, *What is personal, and who may see it*.
"""

from ics_leadership.accounts.models import Grant, Sight
from ics_leadership.facts import Source
from ics_leadership.recorded import ADMINISTRATORS, SIGNED_IN, Recorded, declare
from memberships.models import (
    Answer,
    Appointment,
    Clause,
    Deputy,
    DistinctPeople,
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
    ManagedFinding,
    Membership,
    MentorOffer,
    MergedPerson,
    Person,
    PersonAccount,
    PersonSkill,
    PostOffer,
    Proposal,
    ProposalParty,
    ReportingLine,
    Seat,
    Skill,
    Terms,
)
from memberships.rules import RULES
from organisations.models import KeptArea, Link, Organisation, Succession
from roles.models import Function, FundingSource, NeededFunction, Pathway, Remit, RemitFunction, Role, RoleType


def declare_tables() -> None:
    """Make every table known to history; once, when the app starts."""
    sentences = {rule.code: rule.what() for rule in RULES}
    declare(
        Recorded(
            Person,
            private={
                "registration_number": Sight.REGISTRATION_NUMBERS,
                "note": Sight.NOTES,
                "work_email": SIGNED_IN,
                "work_telephone": SIGNED_IN,
            },
            untold=("slug", "invented"),
        ),
        Recorded(PersonSkill, part_of=("person",), named_by=("person", "skill")),
        # Whether an offer may be shown depends on what the person says today.
        Recorded(MentorOffer, part_of=("person",), named_by=("person", "skill", "area"), rows=Sight.NOTES),
        Recorded(
            PostOffer,
            part_of=("person",),
            named_by=("person", "role", "group", "role_type", "area"),
            name=lambda row: row.post,
            rows=Sight.NOTES,
        ),
        Recorded(PersonAccount, told_with=("person",), named_by=("person", "account"), rows=Sight.NOTES),
        Recorded(
            MergedPerson,
            told_with=("survivor",),
            named_by=("survivor",),
            name=lambda row: f"{row.former_slug}, now {row.survivor}",
            untold=("survivor", "former_id", "former_slug"),
        ),
        Recorded(
            DistinctPeople,
            part_of=("first", "second"),
            named_by=("first", "second"),
            name=lambda row: f"{row.first} and {row.second}",
            rows=Sight.NOTES,
        ),
        Recorded(
            Appointment,
            told_with=("person", "role"),
            named_by=("person", "role"),
            private={"note": Sight.NOTES, "evidence": Sight.NOTES},
        ),
        Recorded(
            FundingLine,
            part_of=("appointment",),
            named_by=("funding_source", "appointment"),
            private={"annual_amount": Sight.AMOUNTS},
        ),
        Recorded(
            Membership,
            told_with=("person", "seat"),
            named_by=("person", "seat"),
            name=lambda row: f"{row.person}, {row.seat}, {row.seat.terms.group}",
            labels={"basis_appointment": "By virtue of", "basis_experience": "For their experience"},
        ),
        Recorded(
            Deputy,
            part_of=("membership",),
            told_with=("person",),
            named_by=("person", "membership"),
            name=lambda row: f"{row.person} for {row.membership.person} on {row.membership.seat.terms.group}",
        ),
        Recorded(Role, named_by=("organisation",), untold=("slug",)),
        Recorded(Remit, part_of=("role",), named_by=("role",)),
        Recorded(
            RemitFunction,
            part_of=("remit",),
            named_by=("remit", "function"),
            name=lambda row: f"{row.remit.role} {row.get_part_display()} {row.function}",
        ),
        Recorded(GroupRole, part_of=("role",), told_with=("group",), named_by=("role", "group")),
        Recorded(Group, named_by=("host", "covers"), untold=("slug", "invented")),
        Recorded(GroupRemit, part_of=("group",), named_by=("group",)),
        Recorded(
            GroupRemitFunction,
            part_of=("remit",),
            named_by=("remit", "function"),
            name=lambda row: f"{row.remit.group} {row.get_part_display()} {row.function}",
        ),
        Recorded(
            ReportingLine,
            part_of=("group",),
            told_with=("to_group",),
            named_by=("group", "to_group", "to_organisation"),
            name=lambda row: f"{row.group} to {row.to_group or row.to_organisation}",
        ),
        Recorded(
            GroupFunding,
            part_of=("group",),
            named_by=("funding_source", "group"),
            private={"annual_amount": Sight.AMOUNTS},
        ),
        Recorded(
            Influence,
            part_of=("group",),
            named_by=("group", "organisation"),
            name=lambda row: f"{row.group} on {row.organisation}",
        ),
        Recorded(Terms, part_of=("group",), named_by=("group",), kind="terms"),
        Recorded(
            Clause,
            part_of=("terms",),
            named_by=("terms",),
            name=lambda row: f"{row.number}, {row.terms}",
            untold=("order",),
        ),
        Recorded(
            Seat, part_of=("terms",), named_by=("terms",), name=lambda row: f"{row}, {row.terms}", untold=("order",)
        ),
        Recorded(
            Eligibility,
            part_of=("terms",),
            named_by=("terms",),
            name=lambda row: f"{row}, {row.terms}",
            untold=("order",),
        ),
        Recorded(Interest, part_of=("person",), named_by=("person",), rows=Sight.INTERESTS),
        Recorded(InterestDeclaration, part_of=("person",), named_by=("person",), rows=Sight.INTERESTS),
        # Whether a proposal is published depends on the terms of its day; its history is for who is signed in.
        Recorded(Proposal, told_with=("group",), named_by=("group",), untold=("slug",), rows=SIGNED_IN),
        Recorded(
            ProposalParty,
            part_of=("proposal",),
            named_by=("proposal", "organisation", "group"),
            name=lambda row: f"{row}: {row.proposal}",
            rows=SIGNED_IN,
        ),
        Recorded(
            Answer,
            part_of=("party",),
            named_by=("party",),
            name=lambda row: f"{row}: {row.party.proposal}",
            rows=SIGNED_IN,
        ),
        Recorded(
            Organisation,
            name=lambda row: f"{row} ({row.ods_code})" if row.ods_code else str(row),
            untold=("slug", "published", "invented"),
        ),
        Recorded(
            Link,
            part_of=("organisation",),
            told_with=("other",),
            named_by=("organisation", "other"),
            untold=("as_published",),
        ),
        Recorded(
            Succession,
            part_of=("successor",),
            told_with=("predecessor",),
            named_by=("predecessor", "successor"),
            name=lambda row: f"{row.successor} in place of {row.predecessor}",
        ),
        Recorded(KeptArea, part_of=("area",), told_with=("keeper",), named_by=("area", "keeper")),
        Recorded(NeededFunction, part_of=("area",), named_by=("area", "function")),
        Recorded(
            ManagedFinding,
            named_by=("area",),
            name=lambda row: f"{sentences[row.rule].removesuffix('.')}: {row.how}",
            rows=Sight.FINDINGS,
            untold=("rule", "subject"),
        ),
        Recorded(RoleType, untold=("slug",)),
        Recorded(Pathway, untold=("slug",)),
        Recorded(Function, untold=("slug",)),
        Recorded(FundingSource, untold=("slug",)),
        Recorded(Skill, untold=("slug",)),
        Recorded(Source),
        Recorded(Grant, named_by=("account", "area"), rows=ADMINISTRATORS),
    )
