"""The sentence beside a name: every way in which somebody may sit, every precision, every state of the basis."""

import datetime
from typing import Any

import pytest

from ics_leadership.periods import PartialDate
from memberships.models import (
    Appointment,
    Category,
    Clause,
    Deputy,
    Group,
    GroupRole,
    HowAppointed,
    Membership,
    Person,
    Seat,
    Terms,
)
from memberships.presenters.reasons import reason, role_pieces, terms_words, version_words
from organisations.models import Organisation
from roles.models import Role
from tests.periods import NOT_KNOWN, day, gone_by, known_by, month, year

ON = datetime.date(2026, 11, 22)

PCN = Organisation(slug="pcn-west", name="West Norwich PCN", short_name="")
LMC = Organisation(slug="lmc", name="Norfolk Local Medical Committee", short_name="Norfolk LMC")
DIRECTOR = Role(slug="director", title="PCN Clinical Director", organisation=PCN)
AMINA = Person(slug="amina", title="Dr", given_names="Amina", family_name="Yusuf")
BEN = Person(slug="ben", title="Dr", given_names="Ben", family_name="Hart")
CARA = Person(slug="cara", title="", given_names="Cara", family_name="Lunn")
DEV = Person(slug="dev", title="", given_names="Dev", family_name="Rao")

SEAT_WORDS = "; seat “PCN clinical directors”, terms of reference version 2, clause 3.1."


SINCE_2022 = day("2022-07-01")


def terms(start: PartialDate = SINCE_2022, end: PartialDate | None = None, version: str = "2") -> Terms:
    return Terms(pk=7, version=version, group=Group(slug="group", name="Group")).between(start, end)


def seat(category: Category = Category.CORE, **facts: Any) -> Seat:
    facts.setdefault("terms", terms())
    facts.setdefault("clause", Clause(number="3.1"))
    return Seat(title="PCN clinical directors", category=category, **facts)


def appointment(start: PartialDate = SINCE_2022, end: PartialDate | None = None, **facts: Any) -> Appointment:
    return Appointment(person=AMINA, **{"role": DIRECTOR, "how": ""} | facts).between(start, end)


def sentence(
    basis: Appointment | str,
    *,
    period: tuple[PartialDate, PartialDate | None] = (day("2024-01-01"), None),
    in_seat: Seat | None = None,
    holders: tuple[Person, ...] = (AMINA,),
    deputies: tuple[Deputy, ...] = (),
    **facts: Any,
) -> str:
    """The sentence for Amina's membership on the day `ON`."""
    on_basis = {"basis_appointment": basis} if isinstance(basis, Appointment) else {"basis_experience": basis}
    membership = Membership(person=AMINA, seat=in_seat or seat(), **on_basis, **facts).between(*period)
    return reason(membership, on=ON, holders=holders, deputies=deputies).text


# --- by virtue of an appointment


def test_member_sits_because_of_an_appointment_under_a_seat_of_a_version_of_the_terms():
    assert sentence(appointment(), put_forward_by=LMC) == (
        "Sits as a core member because they have been PCN Clinical Director of West Norwich PCN since 1 July 2022; "
        "put forward by Norfolk Local Medical Committee" + SEAT_WORDS
    )


def test_nothing_is_said_of_who_put_them_forward_where_nobody_is_recorded():
    assert "put forward" not in sentence(appointment())


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (day("2022-07-01"), "they have been PCN Clinical Director of West Norwich PCN since 1 July 2022;"),
        (month("2022-07"), "they have been PCN Clinical Director of West Norwich PCN since July 2022;"),
        (year(2022), "they have been PCN Clinical Director of West Norwich PCN since 2022;"),
        (
            known_by("2022-07-01"),
            "they have been PCN Clinical Director of West Norwich PCN since 1 July 2022 or earlier;",
        ),
        (NOT_KNOWN, "they are PCN Clinical Director of West Norwich PCN (since when is not known);"),
    ],
)
def test_start_of_the_basis_is_said_as_exactly_as_it_is_known(start: PartialDate, said: str):
    assert said in sentence(appointment(start))


@pytest.mark.parametrize(
    ("end", "said"),
    [
        (day("2027-03-31"), "since 1 July 2022 (until 31 March 2027);"),
        (month("2027-03"), "since 1 July 2022 (until March 2027);"),
        (year(2027), "since 1 July 2022 (until 2027);"),
        (known_by("2027-03-31"), "since 1 July 2022 (until 31 March 2027 or earlier);"),
    ],
)
def test_planned_end_of_the_basis_is_said(end: PartialDate, said: str):
    assert said in sentence(appointment(end=end))


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (SINCE_2022, day("2026-03-31"), "held from 1 July 2022 to 31 March 2026;"),
        (SINCE_2022, month("2026-03"), "held from 1 July 2022 to March 2026;"),
        (SINCE_2022, year(2025), "held from 1 July 2022 to 2025;"),
        (SINCE_2022, known_by("2026-03-31"), "held from 1 July 2022 to 31 March 2026 or earlier;"),
        (SINCE_2022, gone_by("2026-03-31"), "held from 1 July 2022 to a day that is not known;"),
        (known_by("2022-07-01"), day("2026-03-31"), "held from 1 July 2022 or earlier to 31 March 2026;"),
        (NOT_KNOWN, day("2026-03-31"), "held from a day that is not known to 31 March 2026;"),
        (NOT_KNOWN, gone_by("2026-03-31"), "held on days that are not known;"),
    ],
)
def test_basis_that_is_over_is_given_with_its_days_and_nothing_more(start: PartialDate, end: PartialDate, said: str):
    told = sentence(appointment(start, end))
    assert f"Sits as a core member by virtue of PCN Clinical Director of West Norwich PCN, {said}" in told
    assert "ended" not in told


def test_last_day_of_the_basis_is_still_a_day_in_post():
    assert "because they have been" in sentence(appointment(end=PartialDate(ON)))
    assert "by virtue of" in sentence(appointment(end=PartialDate(ON - datetime.timedelta(days=1))))


def test_basis_that_has_not_begun_is_said_to_be_to_come():
    assert "because they are to be PCN Clinical Director of West Norwich PCN from 1 April 2027;" in (
        sentence(appointment(day("2027-04-01")))
    )


@pytest.mark.parametrize(
    ("seated", "said"),
    [
        ("2024-01-01", "Sits as a core member because they are PCN Clinical Director of West Norwich PCN"),
        ("2027-01-01", "Will sit as a core member because they are to be PCN Clinical Director of West Norwich PCN"),
    ],
)
def test_basis_known_by_a_later_day_is_given_with_that_day(seated: str, said: str):
    told = sentence(appointment(known_by("2027-04-01")), period=(day(seated), None))
    assert told.startswith(f"{said} (in post by 1 April 2027);")


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"how": HowAppointed.ELECTED}, "(elected)"),
        ({"how": HowAppointed.ELECTED, "made_by": PCN}, "(elected)"),
        ({"how": HowAppointed.ELECTED, "made_by": LMC}, "(elected by Norfolk Local Medical Committee)"),
        ({"how": HowAppointed.EX_OFFICIO}, "(ex officio)"),
        ({"how": HowAppointed.INTERIM, "made_by": LMC}, "(interim, appointed by Norfolk Local Medical Committee)"),
        ({"made_by": LMC}, "(appointed by Norfolk Local Medical Committee)"),
    ],
)
def test_how_they_came_to_the_appointment_is_said(facts: dict[str, Any], said: str):
    assert f"since 1 July 2022 {said}" in sentence(appointment(**facts))


# --- shared roles


def test_job_share_names_who_shares_it():
    assert "since 1 July 2022 (job share with Dr Ben Hart);" in sentence(appointment(), holders=(AMINA, BEN))


def test_three_who_share_a_role_are_named():
    assert "(job share with Dr Ben Hart and Cara Lunn)" in sentence(appointment(), holders=(AMINA, BEN, CARA))


def test_role_that_many_hold_is_no_job_share():
    said = sentence(appointment(), holders=(AMINA, BEN, CARA, DEV))
    assert "(one of 4 who hold it)" in said
    assert "job share" not in said


def test_nobody_shares_a_role_that_has_ended():
    assert "job share" not in sentence(appointment(end=day("2026-03-31")), holders=(BEN,))


# --- for experience


def test_member_who_sits_for_experience():
    assert sentence("Eight years on the governing body of Vale CCG.", put_forward_by=LMC) == (
        "Sits as a core member for experience: Eight years on the governing body of Vale CCG; "
        "put forward by Norfolk Local Medical Committee" + SEAT_WORDS
    )


# --- how they sit


@pytest.mark.parametrize(
    ("category", "present", "past", "future"),
    [
        (Category.CHAIR, "Chairs the group because", "Chaired the group because", "Will chair the group because"),
        (
            Category.CORE,
            "Sits as a core member because",
            "Sat as a core member because",
            "Will sit as a core member because",
        ),
        (
            Category.ATTENDING,
            "Sits in attendance because",
            "Sat in attendance because",
            "Will sit in attendance because",
        ),
        (
            Category.OBSERVER,
            "Sits as an observer because",
            "Sat as an observer because",
            "Will sit as an observer because",
        ),
    ],
)
def test_how_and_when_somebody_sits(category: Category, present: str, past: str, future: str):
    mine = seat(category)
    assert sentence(appointment(), in_seat=mine).startswith(present)
    assert sentence(appointment(), in_seat=mine, period=(day("2023-01-01"), day("2026-11-21"))).startswith(past)
    assert sentence(appointment(), in_seat=mine, period=(day("2023-01-01"), PartialDate(ON))).startswith(present)
    assert sentence(appointment(), in_seat=mine, period=(day("2026-11-23"), None)).startswith(future)


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (SINCE_2022, None, "in post since 1 July 2022"),
        (SINCE_2022, day("2025-03-31"), "in post from 1 July 2022 to 31 March 2025"),
        (SINCE_2022, known_by("2025-03-31"), "in post from 1 July 2022 to 31 March 2025 or earlier"),
        (SINCE_2022, gone_by("2025-03-31"), "in post from 1 July 2022 to a day that is not known"),
        (known_by("2022-07-01"), None, "in post by 1 July 2022"),
        (NOT_KNOWN, None, "since when is not known"),
        (NOT_KNOWN, day("2025-03-31"), "in post from a day that is not known to 31 March 2025"),
    ],
)
def test_former_member_sat_because_of_what_they_were(start: PartialDate, end: PartialDate | None, said: str):
    assert sentence(
        appointment(start, end, how=HowAppointed.ELECTED), period=(day("2023-01-01"), day("2025-03-31"))
    ).startswith(
        "Sat as a core member because they were PCN Clinical Director of West Norwich PCN "
        f"({said}, elected); seat “PCN clinical directors”"
    )


@pytest.mark.parametrize("end", [day("2026-03-31"), day("2027-03-31")])
def test_what_became_of_the_basis_after_somebody_left_the_seat_is_not_told(end: PartialDate):
    told = sentence(appointment(end=end), period=(day("2023-01-01"), day("2025-03-31")))
    assert "(in post since 1 July 2022);" in told


def test_who_attends_for_somebody_says_for_whom():
    assert "Sits in attendance, in place of Dr Ben Hart, because they have been" in (
        sentence(appointment(), in_seat=seat(Category.ATTENDING), attends_for=BEN)
    )


def test_deputies_are_named():
    ben, cara = Deputy(person=BEN), Deputy(person=CARA)
    assert "; deputy: Dr Ben Hart; seat" in sentence(appointment(), deputies=(ben,))
    assert "; deputies: Dr Ben Hart and Cara Lunn; seat" in sentence(appointment(), deputies=(ben, cara))
    assert "; deputies: Dr Ben Hart, Cara Lunn and Dev Rao; seat" in (
        sentence(appointment(), deputies=(ben, cara, Deputy(person=DEV)))
    )


# --- under which seat


def test_seat_of_terms_no_longer_in_force_says_when_they_were():
    old = seat(terms=terms(day("2021-04-01"), day("2024-05-13"), "1"))
    assert sentence(appointment(), in_seat=old).endswith(
        "; seat “PCN clinical directors”, terms of reference version 1, clause 3.1 "
        "(in force from 1 April 2021 to 13 May 2024)."
    )


def test_seat_of_terms_to_come_says_so():
    new = seat(terms=terms(day("2027-04-01"), None, "3"))
    assert sentence(appointment(), in_seat=new).endswith("terms of reference version 3, clause 3.1 (not yet in force).")


def test_former_member_of_former_terms_needs_no_word_about_it():
    old = seat(terms=terms(day("2021-04-01"), day("2024-05-13"), "1"))
    assert "in force" not in sentence(appointment(), in_seat=old, period=(day("2021-04-01"), day("2024-05-13")))


def test_seat_without_a_clause_names_none():
    assert sentence(appointment(), in_seat=seat(clause=None)).endswith("terms of reference version 2.")


@pytest.mark.parametrize(
    ("version", "beside_others", "alone"),
    [
        ("1.0", "version 1.0", "terms of reference version 1.0"),
        ("second", "version “second”", "terms of reference “second”"),
        ("Constitution of 2008", "Constitution of 2008", "Constitution of 2008"),
        ("Terms of May 2018", "Terms of May 2018", "Terms of May 2018"),
    ],
)
def test_version_is_called_what_its_group_calls_it(version: str, beside_others: str, alone: str):
    assert version_words(terms(version=version)) == beside_others
    assert terms_words(terms(version=version)) == alone


# --- how roles are named


def named(role: Role) -> str:
    return "".join(piece.text for piece in role_pieces(role))


def test_role_whose_title_names_its_body_is_not_told_twice():
    assert named(Role(slug="r", title="PCN Clinical Director, West Norwich PCN", organisation=PCN)) == (
        "PCN Clinical Director, West Norwich PCN"
    )
    assert named(Role(slug="r", title="Chair of Norfolk LMC", organisation=LMC)) == "Chair of Norfolk LMC"


def test_role_with_of_or_for_in_its_title_is_at_its_body():
    assert named(Role(slug="r", title="System Clinical Lead for Urgent Care", organisation=PCN)) == (
        "System Clinical Lead for Urgent Care at West Norwich PCN"
    )


def test_role_of_a_group_is_named_with_the_group():
    role = Role(slug="r", title="Elected chair", organisation=LMC)
    GroupRole(role=role, group=Group(slug="g", name="Norwich GP Leadership Group"))
    assert named(role) == "Elected chair of Norwich GP Leadership Group"


def test_sentence_leads_to_the_role_its_body_who_put_them_forward_and_the_clause():
    membership = Membership(person=AMINA, seat=seat(), basis_appointment=appointment(), put_forward_by=LMC)
    pieces = reason(membership.between(day("2024-01-01"), None), on=ON, holders=(AMINA,)).pieces
    assert [(piece.text, piece.href) for piece in pieces if piece.href] == [
        ("PCN Clinical Director", "/roles/director"),
        ("West Norwich PCN", "/organisations/pcn-west"),
        ("Norfolk Local Medical Committee", "/organisations/lmc"),
        ("terms of reference version 2", "/groups/group/terms/7"),
        ("clause 3.1", "/groups/group/terms/7#clause-3.1"),
    ]
    assert pieces[-1].quiet
