"""Patterns for bodies of the whole system: integrated care board, health and wellbeing board, senate, summit of an area."""

from memberships.models import (
    Category,
    ChairChosen,
    Condition,
    DecisionRule,
    GroupKind,
    Nature,
    RegisterOfInterests,
    Topic,
)
from memberships.patterns import role_types as types
from memberships.patterns.pattern import Near, Pattern, PatternCondition, PatternSeat
from organisations.models import Kind

ICB_BOARD = Pattern(
    key="icb-board",
    kind=GroupKind.ICB_BOARD,
    name="ICB board",
    summary="Chair, chief executive, directors, non-executive members, and partner members from trusts, primary medical "
    "services and local authorities; a majority of votes.",
    facts={
        "purpose": "To plan and pay for the health services of the area within its budget.",
        "nature": Nature.EXPERT,
        "decision_rule": DecisionRule.VOTE,
        "quorum": 6,
        "chair_chosen": ChairChosen.APPOINTED,
        "term_months": 36,
        "term_limit": 2,
        "interests": RegisterOfInterests.PUBLISHED,
    },
    clauses=(
        ("1", "The board plans the health services of the area and answers for what they cost.", Topic.PURPOSE),
        (
            "2.1",
            "Its members are a chair, a chief executive, three directors and at least two non-executive members.",
            "",
        ),
        (
            "2.2",
            "Three partner members bring the knowledge of trusts, of primary medical services and of local authorities. They "
            "are nominated by these and are not their delegates.",
            "",
        ),
        (
            "2.3",
            "Neither the chair nor a non-executive member holds an office or post of another body of the system.",
            "",
        ),
        ("3", "The chair is appointed, not elected by the board.", Topic.CHAIR),
        (
            "4.1",
            "The board seeks agreement; where there is none, a majority of the members present decides.",
            Topic.DECISION,
        ),
        (
            "4.2",
            "Six members make a quorum, among them a director, a non-executive member and a partner member.",
            Topic.QUORUM,
        ),
        (
            "5",
            "Partner and non-executive members sit for three years, and for no more than two terms in a row.",
            Topic.TERM,
        ),
        ("6", "Interests are declared at every meeting, and their register is public.", Topic.INTERESTS),
    ),
    seats=(
        PatternSeat("Chair", Category.CHAIR, types.ICB_CHAIR, "2.1", voting=True),
        PatternSeat("Chief executive", Category.CORE, types.ICB_CHIEF, "2.1", voting=True),
        PatternSeat("Medical director", Category.CORE, types.ICB_MEDICAL, "2.1", voting=True),
        PatternSeat("Director of nursing", Category.CORE, types.ICB_NURSING, "2.1", voting=True),
        PatternSeat("Director of finance", Category.CORE, types.ICB_FINANCE, "2.1", voting=True),
        PatternSeat(
            "Non-executive member", Category.CORE, types.ICB_NON_EXECUTIVE, "2.1", number=2, voting=True, quorum_of=1
        ),
        PatternSeat("Partner member, trusts", Category.CORE, Kind.TRUST, "2.2", voting=True),
        PatternSeat("Partner member, primary medical services", Category.CORE, types.ICB_PRIMARY, "2.2", voting=True),
        PatternSeat("Partner member, local authorities", Category.CORE, Kind.LOCAL_AUTHORITY, "2.2", voting=True),
    ),
    conditions=(
        PatternCondition(Condition.NOT_ALSO_IN, "2.3", "Partner member, trusts", seat="Non-executive member"),
        PatternCondition(Condition.PROFESSION, "2.2", "gp", seat="Partner member, primary medical services"),
    ),
)

HEALTH_AND_WELLBEING_BOARD = Pattern(
    key="health-and-wellbeing-board",
    kind=GroupKind.HEALTH_AND_WELLBEING_BOARD,
    name="Health and wellbeing board",
    summary="A committee of the council with the directors of public health and social care, the integrated care board, and "
    "general practice at the table.",
    facts={
        "purpose": "To judge together what the people of the area need, and to agree how their health is to become better.",
        "nature": Nature.EXPERT,
        "decision_rule": DecisionRule.CONSENSUS,
        "quorum": 4,
        "chair_chosen": ChairChosen.APPOINTED,
        "interests": RegisterOfInterests.PUBLISHED,
    },
    clauses=(
        (
            "1",
            "The board judges what the people of the area need, and agrees a strategy for their health and wellbeing.",
            Topic.PURPOSE,
        ),
        ("2.1", "The council names three councillors, one of whom takes the chair.", Topic.CHAIR),
        ("2.2", "The directors of public health and of adult social care are members by office.", ""),
        ("2.3", "The integrated care board sends one member.", ""),
        (
            "2.4",
            "The primary care networks of the area send two members between them, so that practices are heard.",
            "",
        ),
        ("2.5", "Trusts that serve the area, and the voluntary sector, attend.", ""),
        ("3.1", "The board agrees what it can and records where it does not.", Topic.DECISION),
        ("3.2", "Four members make a quorum, among them a councillor.", Topic.QUORUM),
        ("4", "Members declare their interests as councillors do.", Topic.INTERESTS),
    ),
    seats=(
        PatternSeat("Chair", Category.CHAIR, Near.HOST, "2.1", voting=True),
        PatternSeat("Councillor", Category.CORE, Near.HOST, "2.1", number=2, voting=True, quorum_of=1),
        PatternSeat("Director of public health", Category.CORE, types.PUBLIC_HEALTH, "2.2", voting=True),
        PatternSeat("Director of adult social care", Category.CORE, types.SOCIAL_CARE, "2.2", voting=True),
        PatternSeat("Integrated care board", Category.CORE, Kind.ICB, "2.3", voting=True),
        PatternSeat("General practice", Category.CORE, Kind.PCN, "2.4", number=2, voting=True),
        PatternSeat("Trust", Category.ATTENDING, Kind.TRUST, "2.5", number=2),
        PatternSeat("Voluntary sector", Category.ATTENDING, Kind.VOLUNTARY, "2.5"),
    ),
)

CLINICAL_SENATE = Pattern(
    key="clinical-senate",
    kind=GroupKind.CLINICAL_SENATE,
    name="Clinical senate",
    summary="Clinicians of many professions who advise for what they know, and speak for no employer.",
    facts={
        "purpose": "To give independent clinical advice on large changes of services.",
        "nature": Nature.EXPERT,
        "decision_rule": DecisionRule.CONSENSUS,
        "quorum": 5,
        "chair_chosen": ChairChosen.APPOINTED,
        "term_months": 36,
        "term_limit": 2,
        "interests": RegisterOfInterests.PUBLISHED,
    },
    clauses=(
        ("1", "The senate gives independent clinical advice on large changes of services.", Topic.PURPOSE),
        ("2.1", "Its members are clinicians, chosen for what they know. They speak for no employer.", Topic.NATURE),
        ("2.2", "At least two members come from general practice.", ""),
        ("2.3", "Whoever is employed by the integrated care board that asks for advice is no member.", ""),
        ("3", "The chair is appointed after an open call.", Topic.CHAIR),
        ("4.1", "Advice is given as agreed; a different opinion is printed with it.", Topic.DECISION),
        ("4.2", "Five members make a quorum.", Topic.QUORUM),
        ("5", "Members sit for three years, and for no more than two terms in a row.", Topic.TERM),
        ("6", "Members declare their interests, and stand aside where advice would touch them.", Topic.INTERESTS),
    ),
    seats=(
        PatternSeat("Chair", Category.CHAIR, types.SENATE_CHAIR, "3", voting=True),
        PatternSeat("Member", Category.CORE, types.SENATE_MEMBER, "2.1", number=10, voting=True),
        PatternSeat("General practitioner", Category.CORE, None, "2.2", number=2, voting=True),
    ),
    conditions=(
        PatternCondition(Condition.PROFESSION, "2.1", "clinician"),
        PatternCondition(Condition.PROFESSION, "2.2", "gp", seat="General practitioner"),
        PatternCondition(Condition.NOT_ENGAGED_BY, "2.3", Near.BOARD),
    ),
)

SUMMIT = Pattern(
    key="area-leadership-summit",
    kind=GroupKind.SUMMIT,
    name="Area leadership summit",
    summary="The clinical leaders of an area, whatever body they sit in, as one team: networks, committees, trusts, public "
    "health, the board. It decides nothing.",
    facts={
        "purpose": "To bring the clinical leaders of the area together, so that each knows who leads what, and where nobody "
        "does.",
        "nature": Nature.EXPERT,
        "decision_rule": DecisionRule.CONSENSUS,
        "chair_chosen": ChairChosen.ROTATES,
    },
    clauses=(
        (
            "1",
            "The clinical leaders of the area meet as one team, whatever body they sit in, to see who leads what and where "
            "nobody does.",
            Topic.PURPOSE,
        ),
        (
            "2.1",
            "Every primary care network, local medical committee, federation, trust and public health team sends the leader "
            "of its clinicians.",
            "",
        ),
        ("2.2", "The integrated care board’s medical director and its director of primary care attend.", ""),
        ("3", "The chair goes round.", Topic.CHAIR),
        ("4", "The summit decides nothing. What its members take home from it they decide there.", Topic.DECISION),
    ),
    seats=(
        PatternSeat("Chair", Category.CHAIR, None, "3"),
        PatternSeat("Network clinical director", Category.CORE, types.DIRECTOR, "2.1", each=True),
        PatternSeat("Local medical committee", Category.CORE, Kind.LMC, "2.1", each=True),
        PatternSeat("GP federation", Category.CORE, types.FEDERATION_CHAIR, "2.1", each=True),
        PatternSeat("Trust medical director", Category.CORE, types.TRUST_MEDICAL, "2.1", each=True),
        PatternSeat("Director of public health", Category.CORE, types.PUBLIC_HEALTH, "2.1", each=True),
        PatternSeat("ICB medical director", Category.ATTENDING, types.ICB_MEDICAL, "2.2"),
        PatternSeat("ICB director of primary care", Category.ATTENDING, types.ICB_PRIMARY_CARE, "2.2"),
    ),
)
