"""Why somebody sits on a group, as one plain sentence.

By virtue of which appointment, since when, put forward by whom, under which seat of which version of the terms; or for
which experience. The sentence comes in pieces, so that a template can make links of the roles and bodies it names;
whoever wants words alone takes `text`. What is loaded with a membership for it is the business of `seating.py`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ics_leadership.addresses import address_of
from ics_leadership.periods import Precision
from ics_leadership.words import day_words, list_words, period_words
from memberships.models import Appointment, Category, Clause, Deputy, HowAppointed, Membership, Person, Seat, Terms
from organisations.models import Organisation
from roles.models import Role

# More people than this in one role are a body of holders rather than a job share.
LARGEST_JOB_SHARE = 3


@dataclass(frozen=True)
class Piece:
    """A few words of a sentence, and the page that they lead to, if any; `quiet` ones may be shown smaller."""

    text: str
    href: str = ""
    quiet: bool = False


@dataclass(frozen=True)
class Reason:
    """The sentence in two parts: on what basis somebody sits, and under which seat of which terms."""

    basis: tuple[Piece, ...]
    seat: tuple[Piece, ...]

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return (*self.basis, *self.seat)

    @property
    def text(self) -> str:
        """The whole sentence as plain words."""
        return "".join(piece.text for piece in self.pieces)


def reason(
    membership: Membership,
    *,
    on: datetime.date,
    holders: Sequence[Person] = (),
    deputies: Sequence[Deputy] = (),
    evidence: str = "",
) -> Reason:
    """Why a member sits, sat or will sit, as it stands on the day `on`.

    `holders` are those who hold the role of the basis on that day, the member among them; `deputies` the member's own;
    `evidence` what shows that they hold that role, where the reader may see it.
    """
    appointment = membership.basis_appointment
    over = membership.is_over(on)
    words = [Piece(_opening(membership, on)), *_in_place_of(membership)]
    if appointment:
        others = [person for person in holders if person != membership.person]
        if over:
            words += _because_they_were(appointment, membership)
        else:
            words += _by_virtue_of(appointment, on, others, sits=membership.holds(on))
    else:
        words.append(Piece(f" for experience: {membership.basis_experience.strip().rstrip('.')}"))
    if membership.put_forward_by:
        words += [Piece("; put forward by "), organisation_piece(membership.put_forward_by)]
    words += _deputies(deputies)
    if evidence:
        words.append(Piece(f"; evidence: {evidence.strip().rstrip('.')}"))
    return Reason(tuple(words), tuple(_seat(membership.seat, on, still_sits=not over)))


# --- how they sit

_VERBS = {
    Category.CHAIR: ("Chairs the group", "Chaired the group", "Will chair the group"),
    Category.CORE: ("Sits as a core member", "Sat as a core member", "Will sit as a core member"),
    Category.ATTENDING: ("Sits in attendance", "Sat in attendance", "Will sit in attendance"),
    Category.OBSERVER: ("Sits as an observer", "Sat as an observer", "Will sit as an observer"),
}


def _opening(membership: Membership, on: datetime.date) -> str:
    present, past, future = _VERBS[Category(membership.seat.category)]
    if membership.is_over(on):
        return past
    return present if membership.holds(on) else future


def _in_place_of(membership: Membership) -> list[Piece]:
    if not membership.attends_for:
        return []
    return [Piece(", in place of "), person_piece(membership.attends_for), Piece(",")]


# --- by virtue of what


def _by_virtue_of(appointment: Appointment, on: datetime.date, others: Sequence[Person], *, sits: bool) -> list[Piece]:
    role = role_pieces(appointment.role)
    start = _since(appointment)
    if appointment.is_over(on):
        # The days alone: that a seat outlived its basis is a finding, and findings are not for the public.
        return [Piece(" by virtue of "), *role, Piece(f", held {_days(appointment)}{_in_brackets(_how(appointment))}")]
    if not appointment.holds(on):
        if appointment.start_precision == Precision.BY:
            notes = [f"in post by {day_words(appointment.start_date)}", *_how(appointment)]
            return [
                Piece(" because they are " if sits else " because they are to be "),
                *role,
                Piece(_in_brackets(notes)),
            ]
        return [Piece(" because they are to be "), *role, Piece(f" from {start}{_in_brackets(_how(appointment))}")]
    notes = [*_how(appointment), *_shared_with(others), *_until(appointment)]
    if start:
        return [Piece(" because they have been "), *role, Piece(f" since {start}{_in_brackets(notes)}")]
    return [Piece(" because they are "), *role, Piece(_in_brackets(["since when is not known", *notes]))]


def _because_they_were(appointment: Appointment, membership: Membership) -> list[Piece]:
    """The basis of a seat that somebody left, as it was then: what became of it later is another story."""
    if appointment.is_over(membership.period.upper):
        post = f"in post {_days(appointment)}"
    elif appointment.start_precision == Precision.BY:
        post = f"in post by {day_words(appointment.start_date)}"
    else:
        start = _since(appointment)
        post = f"in post since {start}" if start else "since when is not known"
    notes = _in_brackets([post, *_how(appointment)])
    return [Piece(" because they were "), *role_pieces(appointment.role), Piece(notes)]


def _since(appointment: Appointment) -> str:
    """The start as it reads after "since" or "from"; empty when it is not known."""
    if appointment.start_date is None:
        return ""
    if appointment.start_precision == Precision.BY:
        return f"{day_words(appointment.start_date)} or earlier"
    return day_words(appointment.start_date, appointment.start_precision)


def _days(appointment: Appointment) -> str:
    """From when to when an appointment with an end was held, the last day included."""
    start, end = _since(appointment), _end(appointment)
    if not (start or end):
        return "on days that are not known"
    return f"from {start or _SOME_DAY} to {end or _SOME_DAY}"


_SOME_DAY = "a day that is not known"


def _end(appointment: Appointment) -> str:
    """The last day as it reads after "to" or "until"; empty when it is not known."""
    if appointment.end_date is None:
        return ""
    if appointment.end_precision == Precision.BY:
        return f"{day_words(appointment.end_date)} or earlier"
    return day_words(appointment.end_date, appointment.end_precision)


def _until(appointment: Appointment) -> list[str]:
    end = _end(appointment)
    return [f"until {end}"] if end else []


_HOW = {
    HowAppointed.ELECTED: "elected",
    HowAppointed.APPOINTED: "appointed",
    HowAppointed.NOMINATED: "nominated",
    HowAppointed.EX_OFFICIO: "ex officio",
    HowAppointed.ACTING: "acting",
    HowAppointed.INTERIM: "interim",
}


def _how(appointment: Appointment) -> list[str]:
    """How they came to it and, where that is not the body that the role belongs to, who made the appointment."""
    by_others = appointment.made_by and appointment.made_by != appointment.role.organisation
    if not appointment.how:
        return [f"appointed by {appointment.made_by}"] if by_others else []
    how = _HOW[HowAppointed(appointment.how)]
    if not by_others:
        return [how]
    if appointment.how in (HowAppointed.ELECTED, HowAppointed.APPOINTED, HowAppointed.NOMINATED):
        return [f"{how} by {appointment.made_by}"]
    return [f"{how}, appointed by {appointment.made_by}"]


def _shared_with(others: Sequence[Person]) -> list[str]:
    if not others:
        return []
    if len(others) >= LARGEST_JOB_SHARE:
        return [f"one of {len(others) + 1} who hold it"]
    return [f"job share with {list_words([person.name for person in others])}"]


def _in_brackets(notes: Sequence[str]) -> str:
    return f" ({', '.join(notes)})" if notes else ""


def _deputies(deputies: Sequence[Deputy]) -> list[Piece]:
    if not deputies:
        return []
    pieces = [Piece("; deputy: " if len(deputies) == 1 else "; deputies: ")]
    for place, deputy in enumerate(deputies):
        if place:
            pieces.append(Piece(" and " if place == len(deputies) - 1 else ", "))
        pieces.append(person_piece(deputy.person))
    return pieces


# --- under which seat


# A name with one of these words in it says by itself that it is a version of a group's rules.
_SAYS_WHAT_IT_IS = re.compile(
    r"\b(agreement|charter|constitution|rules|standing orders|terms|version)\b", re.IGNORECASE
)


def version_words(terms: Terms) -> str:
    """A version of the terms beside others: "version 2", "version “second”", but "Constitution of 2008" as it is."""
    return terms.version if _SAYS_WHAT_IT_IS.search(terms.version) else f"version {_named(terms)}"


def terms_words(terms: Terms) -> str:
    """A version of the terms standing alone: "terms of reference version 2", "terms of reference “second”"."""
    if _SAYS_WHAT_IT_IS.search(terms.version):
        return terms.version
    return f"terms of reference {version_words(terms) if terms.version[:1].isdigit() else _named(terms)}"


def _named(terms: Terms) -> str:
    return terms.version if terms.version[:1].isdigit() else f"“{terms.version}”"


def clause_anchor(clause: Clause) -> str:
    """The part of a version's document that a clause is, for addresses: "clause-2.1"."""
    return f"clause-{re.sub(r'[^0-9A-Za-z.]+', '-', clause.number)}"


def terms_address(terms: Terms, clause: Clause | None = None) -> str:
    """The address of a version as a document, or of one of its clauses there."""
    page = address_of("terms", terms.group.slug, terms.pk)
    return f"{page}#{clause_anchor(clause)}" if clause else page


def _seat(seat: Seat, on: datetime.date, *, still_sits: bool) -> list[Piece]:
    terms = seat.terms
    pieces = [
        Piece(f"; seat “{seat.title}”, ", quiet=True),
        Piece(terms_words(terms), terms_address(terms), quiet=True),
    ]
    if seat.clause:
        clause = Piece(f"clause {seat.clause.number}", terms_address(terms, seat.clause), quiet=True)
        pieces += [Piece(", ", quiet=True), clause]
    standing = ""
    if still_sits and not terms.holds(on):
        standing = f" (in force {period_words(terms, on)})" if terms.is_over(on) else " (not yet in force)"
    return [*pieces, Piece(f"{standing}.", quiet=True)]


# --- what is named


def person_piece(person: Person) -> Piece:
    return Piece(person.name, person.get_absolute_url())


def organisation_piece(organisation: Organisation) -> Piece:
    return Piece(organisation.name, organisation.get_absolute_url())


def role_pieces(role: Role) -> list[Piece]:
    """A role as a sentence names it: its title and, where that does not say it already, the body that it belongs to.

    A role of a group is named with the group, not with the organisation that hosts both.
    """
    of_group = getattr(role, "of_group", None)
    body = of_group.group if of_group else role.organisation
    pieces = [Piece(role.title, role.get_absolute_url())]
    names = [body.name, getattr(body, "short_name", "")]
    if any(name and name.casefold() in role.title.casefold() for name in names):
        return pieces
    # "Director of Public Health of Norfolk" would be one "of" too many.
    joint = " at " if re.search(r"\b(of|for)\b", role.title) else " of "
    return [*pieces, Piece(joint), Piece(body.name, body.get_absolute_url())]
