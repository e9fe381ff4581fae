"""The columns of lists of offers to mentor, and of the skills that people hold."""

from __future__ import annotations

from ics_leadership.accounts.models import Sight
from memberships.spreadsheets.columns.column import (
    NAME_PARTS,
    ORGANISATION_MEANING,
    Column,
    Means,
    end_column,
    number_column,
    start_column,
)
from memberships.spreadsheets.columns.people import PROFESSION


def _name_column(who: str, others: tuple[str, ...]) -> Column:
    return Column(
        "name",
        "Name",
        f"{who}: title and name as people say it; a profession may follow in brackets.",
        "Dr Siân O’Brien-Lee",
        Means.NAME,
        ("Full name", "Who", "Person", "Clinician", "Doctor", *others),
        required=True,
        exported=False,
        in_template=True,
        width=30,
    )


OFFERS = (
    _name_column("Who offers it", ("Mentor", "Mentor name", "Offered by")),
    *NAME_PARTS,
    PROFESSION,
    Column(
        "offer",
        "What they offer",
        "What they would teach or advise on, in their own words.",
        "An hour a month for whoever chairs something for the first time",
        others=("Offer", "Offers", "Mentoring offer", "Offer to mentor", "Can help with", "Advises on"),
        required=True,
        in_template=True,
        width=46,
    ),
    Column(
        "skill",
        "Skill",
        "The skill that it is about, by its name in the register; empty where it is about none in particular.",
        "Chairing",
        others=("Skills", "Subject", "Topic", "Expertise"),
        in_template=True,
        width=26,
    ),
    Column(
        "area",
        "Area",
        f"In which area they offer it. {ORGANISATION_MEANING}",
        "Tarrow Vale Place",
        Means.ORGANISATION,
        ("Where", "In which area", "Area covered", "Place", "Organisation"),
        required=True,
        in_template=True,
        width=30,
    ),
    start_column("on which it was offered", others=("Offered since", "Offered on", "Available from")),
    end_column("on which it is offered", others=("Offered until", "Available until")),
    Column(
        "agreed_to_show",
        "Agreed to be shown",
        "Whether they agreed that everyone may see it: yes or no.",
        "Yes",
        Means.YES_NO,
        ("Agreed", "Agreed to show", "May be shown", "Public", "Consent"),
        in_template=True,
        sight=Sight.NOTES,
        width=12,
    ),
    Column(
        "holds",
        "Holds",
        "What they held on the day of the list.",
        "PCN Clinical Director, Tarrow Vale",
        shown_only=True,
        width=34,
    ),
    number_column("offer_id", "Offer"),
    number_column("person_id", "Person"),
)

SKILLS = (
    _name_column("Who holds it", ("Holder", "Held by")),
    *NAME_PARTS,
    PROFESSION,
    Column(
        "skill",
        "Skill",
        "The skill, by its name in the register. Several in one cell stand on lines of their own or between semicolons.",
        "Chairing",
        others=("Skills", "Skill held", "Expertise", "Competence", "Experience"),
        required=True,
        in_template=True,
        width=30,
    ),
    Column(
        "gained_through",
        "How they came by it",
        "What taught them.",
        "Chairing a governing body of thirteen",
        others=("Gained through", "Came by it through", "Learnt through", "Gained by", "Background"),
        in_template=True,
        width=46,
    ),
    start_column("on which they held it", others=("Held since", "Skilled since")),
    end_column("on which they held it", "", others=("Held until", "Lapsed")),
    Column(
        "held_last",
        "Held last",
        "The role that they held last before the day of the list.",
        "Clinical chair, NHS Marlshire CCG, from 1 April 2013 to 30 June 2022",
        shown_only=True,
        width=46,
    ),
    number_column("person_skill_id", "Held skill"),
    number_column("person_id", "Person"),
)
