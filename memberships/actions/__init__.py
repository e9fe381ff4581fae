"""Every change to people, appointments, groups, terms and seats.

Each action takes `by` (the user, or None for the register itself) and `why`, joins the change it is called in, returns
the row it kept, and raises ValidationError with a sentence when the register says otherwise.
"""

from memberships.actions.adopting import NewClause, NewEligibility, NewSeat, adopt_terms, correct_terms
from memberships.actions.appointments import (
    Funding,
    add_funding_line,
    appoint,
    correct_appointment,
    correct_funding_line,
    end_appointment,
    leave,
)
from memberships.actions.closing import end_group_and_members, end_role_and_holders, leave_posts, merge_networks
from memberships.actions.groups import (
    add_group,
    add_group_role,
    add_influence,
    add_reporting_line,
    correct_group,
    end_group,
    end_line_of_group,
    fund_group,
    new_group_remit_version,
)
from memberships.actions.interests import (
    NewInterest,
    add_interest,
    correct_interest,
    declare_interests,
    end_interest,
)
from memberships.actions.managed import manage_finding
from memberships.actions.merging import merge_people
from memberships.actions.people import (
    add_person,
    add_skill,
    add_skill_to_person,
    correct_offer,
    correct_person,
    correct_skill_of_person,
    offer_to_mentor,
)
from memberships.actions.post_offers import end_post_offer, offer_to_take_on
from memberships.actions.proposals import add_party, answer, correct_proposal, put_proposal, withdraw_proposal
from memberships.actions.seats import (
    add_deputy,
    correct_membership,
    end_deputy,
    end_membership,
    seat_member,
)
from memberships.actions.terms import seat_all_anew, seat_anew, seat_on_another_basis, unseat
from memberships.actions.two_people import say_two_people, take_back_two_people
from memberships.actions.unmerging import unmerge_people

__all__ = [
    "Funding",
    "NewClause",
    "NewEligibility",
    "NewInterest",
    "NewSeat",
    "add_deputy",
    "add_funding_line",
    "add_group",
    "add_group_role",
    "add_influence",
    "add_interest",
    "add_party",
    "add_person",
    "add_reporting_line",
    "add_skill",
    "add_skill_to_person",
    "adopt_terms",
    "answer",
    "appoint",
    "correct_appointment",
    "correct_funding_line",
    "correct_group",
    "correct_interest",
    "correct_membership",
    "correct_offer",
    "correct_person",
    "correct_proposal",
    "correct_skill_of_person",
    "correct_terms",
    "declare_interests",
    "end_appointment",
    "end_deputy",
    "end_group",
    "end_group_and_members",
    "end_interest",
    "end_line_of_group",
    "end_membership",
    "end_post_offer",
    "end_role_and_holders",
    "fund_group",
    "leave",
    "leave_posts",
    "manage_finding",
    "merge_networks",
    "merge_people",
    "new_group_remit_version",
    "offer_to_mentor",
    "offer_to_take_on",
    "put_proposal",
    "say_two_people",
    "seat_all_anew",
    "seat_anew",
    "seat_member",
    "seat_on_another_basis",
    "take_back_two_people",
    "unmerge_people",
    "unseat",
    "withdraw_proposal",
]
