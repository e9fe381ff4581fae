"""Which record of the register a cell names: asked of the editor where more than one may be meant."""

from __future__ import annotations

from memberships.spreadsheets.cells import NamedOrganisation
from memberships.spreadsheets.matching import key
from memberships.spreadsheets.register import Organisations, Roles, organisation_line
from memberships.spreadsheets.verdicts.judgement import Judgement, Option
from organisations.models import Organisation
from roles.models import Role, RoleType

NOT_YOURS = "It lies in no area that you edit."
NOT_YOURS_WOULD_DO = "Ask its editors, or leave the row out."


def words(named: NamedOrganisation) -> str:
    """What a cell says of an organisation, as one would read it out."""
    return f"{named.name} ({named.code})" if named.name and named.code else named.name or named.code


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
    at = f"@{organisation.kind}" if organisation else ""
    decided = out.ask(f"type:{key(said)}{at}", f"Which type of role is “{said}”?", options)
    return next((each for each in roles.types if str(each.pk) == decided), None)


def one_of(out: Judgement, said: str, found: list[Role]) -> Role | None:
    """One of several roles that are called alike, as the editor decided; None when it has still to be asked."""
    host = found[0].organisation
    options = [
        Option(str(each.pk), each.title, f"{each.role_type.name}, {each.organisation.name}", each.get_absolute_url())
        for each in found
    ]
    decided = out.ask(f"role:{key(said)}@{host.pk}", f"Which role of {host.name} is “{said}”?", options)
    return next((each for each in found if str(each.pk) == decided), None)
