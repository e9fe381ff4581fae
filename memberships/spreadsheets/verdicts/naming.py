"""Which record of the register a cell names: asked of the editor where more than one may be meant."""

from __future__ import annotations

from collections.abc import Sequence

from memberships.models import Skill
from memberships.spreadsheets.cells import NamedOrganisation
from memberships.spreadsheets.exported import organisation_words
from memberships.spreadsheets.matching import key
from memberships.spreadsheets.register import Organisations, Roles, Skills, organisation_line
from memberships.spreadsheets.typed_values import organisation as typed_organisation
from memberships.spreadsheets.verdicts.judgement import NEW, Judgement, Known, Made, Option
from organisations.models import Organisation
from roles.models import Role, RoleType

NOT_YOURS = "It lies in no area that you edit."
NOT_YOURS_WOULD_DO = "Ask its editors, or leave the row out."


def words(named: NamedOrganisation) -> str:
    """What a cell says of an organisation, as one would read it out."""
    return f"{named.name} ({named.code})" if named.name and named.code else named.name or named.code


def is_called(each: Organisation, named: NamedOrganisation) -> bool:
    """Whether a cell may well mean an organisation: it says what lists write for it, its code, or its name."""
    if named == typed_organisation(organisation_words(each)):
        return True
    by_code = bool(named.code) and named.code == (each.ods_code or "").upper()
    by_name = bool(named.name) and key(named.name) in (key(each.name), key(each.short_name))
    says_both = named.name and named.code and named.name != named.code
    return by_code and by_name if says_both else by_code or by_name


def organisation(
    out: Judgement, column: str, named: NamedOrganisation, organisations: Organisations, kind: str = ""
) -> Organisation | None:
    """The organisation that a cell names; None when it has to be asked or cannot be told, which is noted."""
    sure, maybe = organisations.find(named, kind)
    if len(sure) == 1:
        return sure[0]
    said = words(named)
    options = [
        Option(str(each.pk), each.name, organisation_line(each), each.get_absolute_url()) for each in (sure or maybe)
    ]
    if not options:
        out.refuse(
            column,
            f"The register has no organisation called “{said}”.",
            "Give its ODS code, or its name as the register has it; a new one is added on the page of organisations.",
        )
        return None
    decided = out.ask(f"organisation:{key(said)}", f"Which organisation is “{said}”?", options)
    chosen = organisations.by_pk.get(int(decided)) if decided and decided.isdigit() else None
    if decided and chosen is None:
        out.refuse(column, "The organisation that was chosen is not in the register any more.", "Choose again.")
    return chosen


def host(out: Judgement, said: str, here: Sequence[Organisation]) -> Organisation | None:
    """Whose role is meant where a row names no body and there are several; None when that has still to be asked."""
    options = [Option(str(each.pk), each.name, organisation_line(each), each.get_absolute_url()) for each in here]
    decided = out.ask(f"host:{key(said)}", f"Of which of these is “{said}” a role?", options)
    return next((each for each in here if str(each.pk) == decided), None)


def role_type(
    out: Judgement, column: str, said: str, roles: Roles, organisation: Organisation | None
) -> RoleType | None:
    """The type of role that a cell names, at an organisation where that tells; None when it is asked or not there."""
    called = roles.type_called(said)
    if len(called) > 1 and organisation:
        called = roles.types_at(organisation, called)
    if len(called) == 1:
        return called[0]
    options = [Option(str(each.pk), each.name) for each in (called or roles.types_nearly(said))]
    if not options:
        out.refuse(
            column,
            f"The register has no type of role called “{said}”.",
            "Write the type as the register has it; the page of roles lists them.",
        )
        return None
    # What is misspelt is the same everywhere; what a short name means depends on who bears it.
    at = f"@{organisation.kind}" if organisation and called else ""
    decided = out.ask(f"type:{key(said)}{at}", f"Which type of role is “{said}”?", options)
    return next((each for each in roles.types if str(each.pk) == decided), None)


def skill(out: Judgement, column: str, said: str, skills: Skills) -> Known | Made | None:
    """The skill that a cell names, or that an administrator adds by that name; None when it is asked or not there."""
    called = skills.called(said)
    if len(called) == 1:
        return Known(Skill, called[0].pk)
    options = [Option(str(each.pk), each.name) for each in (called or skills.nearly(said))]
    if skills.may_be_added and not called:
        options.append(Option(NEW, f"Add “{said}” to the skills that people can hold"))
    if not options:
        out.refuse(
            column,
            f"The register has no skill called “{said}”.",
            "Write the skill as the register has it, or ask an administrator to add it.",
        )
        return None
    decided = out.ask(f"skill:{key(said)}", f"Which skill is “{said}”?", options)
    if decided == NEW and skills.may_be_added:
        out.check(Skill(name=said), {"name": column})
        out.added.append(f"{said}, a skill that the register does not have yet")
        makes = f"skill:{key(said)}"
        out.do("add_skill", makes=makes, name=said)
        return Made(makes)
    chosen = skills.by_pk.get(int(decided)) if decided and decided.isdigit() else None
    if decided and chosen is None:
        out.refuse(column, "The skill that was chosen is not in the register any more.", "Choose again.")
    return Known(Skill, chosen.pk) if chosen else None


def one_of(out: Judgement, said: str, found: list[Role]) -> Role | None:
    """One of several roles that are called alike, as the editor decided; None when it has still to be asked."""
    host = found[0].organisation
    options = [
        Option(str(each.pk), each.title, f"{each.role_type.name}, {each.organisation.name}", each.get_absolute_url())
        for each in found
    ]
    decided = out.ask(f"role:{key(said)}@{host.pk}", f"Which role of {host.name} is “{said}”?", options)
    return next((each for each in found if str(each.pk) == decided), None)
