"""Patterns for what general practice makes for itself: leadership group, provider board, directors' forum, LMC committee."""

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

LEADERSHIP_GROUP = Pattern(
    key="gp-leadership-group",
    kind=GroupKind.GP_LEADERSHIP_GROUP,
    name="GP leadership group",
    summary="Leaders of networks, committees and federations; system clinical leads attend; nobody whom the board employs; "
    "not a representative body; consensus.",
    facts={
        "purpose": "To think and plan together on behalf of the practices of the area, and to give the system one place to "
        "which it can turn.",
        "nature": Nature.EXPERT,
        "decision_rule": DecisionRule.ORGANS,
        "quorum": 5,
        "chair_chosen": ChairChosen.ELECTED,
        "term_months": 36,
        "term_limit": 2,
        "interests": RegisterOfInterests.PUBLISHED,
        "publishes_proposals": True,
    },
    clauses=(
        ("1.1", "The group thinks and plans together on behalf of the practices of its area.", Topic.PURPOSE),
        (
            "1.2",
            "The group is not a representative body. Its members know general practice; they do not speak for the bodies that "
            "they come from unless those bodies have asked them to.",
            Topic.NATURE,
        ),
        (
            "2.1",
            "The core members are leaders who act on behalf of practices: one from each primary care network, one from each "
            "local medical committee and one from each GP federation of the area.",
            "",
        ),
        ("2.2", "Up to two people are members for what they have learned in leading general practice.", ""),
        (
            "2.3",
            "System clinical leads attend and advise. They act for the whole system, general practitioners among them too, and "
            "are therefore not core members.",
            "",
        ),
        ("2.4", "Whoever is employed or engaged by the integrated care board is not a member.", ""),
        ("2.5", "A core member acts for general practice, and holds no role that acts for the system.", ""),
        ("3.1", "The core members elect one of their number, or somebody from outside, to the chair.", Topic.CHAIR),
        ("3.2", "A member sits for three years, and for no more than two terms in a row.", Topic.TERM),
        (
            "4.1",
            "The group instructs nobody. A proposal is signed off when every network, committee and federation that it "
            "concerns has agreed to it.",
            Topic.DECISION,
        ),
        (
            "4.2",
            "Five make a quorum, among them at least one from the networks and one from the local medical committees.",
            Topic.QUORUM,
        ),
        ("5.1", "Members declare their interests. The register of interests is open to readers.", Topic.INTERESTS),
        ("5.2", "Proposals, and who has agreed to them, are published.", Topic.PUBLICATION),
        ("6.1", "The integrated care board pays for members’ time and has no vote by it.", Topic.FUNDING),
        ("6.2", "These terms are looked at again after two years.", Topic.REVIEW),
    ),
    seats=(
        PatternSeat("Chair", Category.CHAIR, types.GROUP_CHAIR, "3.1", voting=True),
        PatternSeat("Primary care network", Category.CORE, Kind.PCN, "2.1", each=True, voting=True, quorum_of=1),
        PatternSeat("Local medical committee", Category.CORE, Kind.LMC, "2.1", each=True, voting=True, quorum_of=1),
        PatternSeat("GP federation", Category.CORE, Kind.FEDERATION, "2.1", each=True, voting=True),
        PatternSeat("Experienced leader", Category.CORE, None, "2.2", number=2, voting=True),
        PatternSeat("System clinical lead", Category.ATTENDING, types.SYSTEM_LEAD, "2.3", number=4),
    ),
    conditions=(
        PatternCondition(Condition.ACTS_FOR_PRACTICES, "2.5"),
        PatternCondition(Condition.NOT_ENGAGED_BY, "2.4", Near.BOARD),
    ),
)

PROVIDER_BOARD = Pattern(
    key="gp-provider-board",
    kind=GroupKind.GP_PROVIDER_BOARD,
    name="GP provider board",
    summary="Those who give general practice decide what to offer together: networks and federations at the table, the local "
    "medical committee in attendance; every organ agrees for itself.",
    facts={
        "purpose": "One place where those who give general practice agree what to offer the system together, and what not.",
        "nature": Nature.EXPERT,
        "decision_rule": DecisionRule.TWO_STAGE,
        "quorum": 4,
        "chair_chosen": ChairChosen.ELECTED,
        "term_months": 36,
        "interests": RegisterOfInterests.KEPT,
        "publishes_proposals": True,
    },
    clauses=(
        (
            "1",
            "The board agrees what general practice, as a provider of care, offers the system and what it does not.",
            Topic.PURPOSE,
        ),
        ("2.1", "Every primary care network and every federation of the area sends one member.", ""),
        (
            "2.2",
            "The local medical committee attends, so that what providers agree is not taken for what the representatives of "
            "practices agree.",
            "",
        ),
        ("2.3", "Nobody sits as a core member in a role that acts for the system or for the commissioner.", ""),
        ("3", "The members elect the chair.", Topic.CHAIR),
        (
            "4.1",
            "The board comes to an agreement first; then it is put to every network and federation, which decide for "
            "themselves.",
            Topic.DECISION,
        ),
        ("4.2", "Four make a quorum, among them two from networks.", Topic.QUORUM),
        ("5", "Members sit for three years.", Topic.TERM),
        ("6", "Members declare what they and those close to them stand to gain.", Topic.INTERESTS),
    ),
    seats=(
        PatternSeat("Chair", Category.CHAIR, types.PROVIDER_CHAIR, "3", voting=True),
        PatternSeat("Primary care network", Category.CORE, Kind.PCN, "2.1", each=True, voting=True, quorum_of=2),
        PatternSeat("GP federation", Category.CORE, Kind.FEDERATION, "2.1", each=True, voting=True),
        PatternSeat("Local medical committee", Category.ATTENDING, Kind.LMC, "2.2", each=True),
    ),
    conditions=(PatternCondition(Condition.ACTS_FOR_PRACTICES, "2.3"),),
)

DIRECTORS_FORUM = Pattern(
    key="pcn-clinical-directors-forum",
    kind=GroupKind.PCN_DIRECTORS_FORUM,
    name="PCN clinical directors’ forum",
    summary="Every clinical director of the area by office, one vote each; network managers and the local medical committee "
    "attend.",
    facts={
        "purpose": "The clinical directors of the area’s networks learn from each other, and say together how services should "
        "work.",
        "nature": Nature.EXPERT,
        "decision_rule": DecisionRule.CONSENSUS,
        "quorum": 3,
        "chair_chosen": ChairChosen.ROTATES,
    },
    clauses=(
        (
            "1",
            "The clinical directors of the area meet to learn from each other and to say how services should work.",
            Topic.PURPOSE,
        ),
        ("2.1", "Every clinical director is a member by office, and stays one for as long as the office lasts.", ""),
        ("2.2", "Two network managers and the local medical committee attend.", ""),
        (
            "3",
            "The directors take the chair in turn, half a year each. Whoever has it keeps the place of their network.",
            Topic.CHAIR,
        ),
        ("4", "The forum speaks where its members agree, and binds no network.", Topic.DECISION),
        ("5", "Three directors make a quorum.", Topic.QUORUM),
    ),
    seats=(
        PatternSeat("Chair", Category.CHAIR, types.DIRECTOR, "3", voting=True),
        PatternSeat("Clinical director", Category.CORE, types.DIRECTOR, "2.1", each=True, voting=True),
        PatternSeat("Network manager", Category.ATTENDING, types.NETWORK_MANAGER, "2.2", number=2),
        PatternSeat("Local medical committee", Category.ATTENDING, Kind.LMC, "2.2", each=True),
    ),
)

LMC_COMMITTEE = Pattern(
    key="lmc-committee",
    kind=GroupKind.LMC_COMMITTEE,
    name="LMC committee",
    summary="Elected by the GPs of constituencies, with co-opted members who have no vote; a representative body that votes.",
    facts={
        "purpose": "To represent the general practitioners of the area, whatever the contract under which they work.",
        "nature": Nature.REPRESENTATIVE,
        "decision_rule": DecisionRule.VOTE,
        "quorum": 6,
        "chair_chosen": ChairChosen.ELECTED,
        "term_months": 48,
        "interests": RegisterOfInterests.PUBLISHED,
    },
    clauses=(
        (
            "1",
            "The committee represents all general practitioners of its area: partners, salaried doctors and locums alike.",
            Topic.PURPOSE,
        ),
        ("2", "It is the body that the law recognises as representing them.", Topic.NATURE),
        (
            "3.1",
            "The area is divided into constituencies. The general practitioners of each elect its members from among "
            "themselves.",
            "",
        ),
        ("3.2", "Whoever no longer works in general practice leaves the committee.", ""),
        (
            "3.3",
            "The committee may co-opt up to three members, where groups of doctors are few among those elected. They speak and "
            "do not vote, and sit for one year at a time.",
            "",
        ),
        ("3.4", "Members sit for four years.", Topic.TERM),
        ("4", "The committee elects its chair and vice chair from its members.", Topic.CHAIR),
        ("5", "Its medical secretary attends and advises.", ""),
        ("6.1", "The committee decides by a majority of those who vote.", Topic.DECISION),
        ("6.2", "Six elected members make a quorum.", Topic.QUORUM),
        ("7", "Members declare their interests. The register is open to readers.", Topic.INTERESTS),
        ("8", "The levy of the practices pays for the committee, and nothing else does.", Topic.FUNDING),
    ),
    seats=(
        PatternSeat("Chair", Category.CHAIR, types.LMC_CHAIR, "4", voting=True),
        PatternSeat("Vice chair", Category.CORE, types.LMC_VICE_CHAIR, "4", voting=True),
        PatternSeat(
            "Constituency member",
            Category.CORE,
            types.LMC_MEMBER,
            "3.1",
            number=4,
            voting=True,
            each_constituency=True,
        ),
        PatternSeat("Co-opted member", Category.CORE, None, "3.3", number=3),
        PatternSeat("Medical secretary", Category.ATTENDING, types.LMC_SECRETARY, "5"),
    ),
    conditions=(
        PatternCondition(Condition.PROFESSION, "1", "gp"),
        PatternCondition(Condition.LONGEST_SERVICE, "3.3", 12, seat="Co-opted member"),
        PatternCondition(Condition.ACTS_FOR_PRACTICES, "3.2"),
    ),
)
