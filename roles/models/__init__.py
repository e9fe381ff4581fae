"""The tables of roles: catalogues, roles, and what each role is responsible for."""

from roles.models.catalogues import ActsFor, Function, FundingKind, FundingSource, OpenTo, Pathway, RoleType
from roles.models.needed import NeededFunction
from roles.models.roles import Part, Remit, RemitFunction, RemitVersion, Role

__all__ = [
    "ActsFor",
    "Function",
    "FundingKind",
    "FundingSource",
    "NeededFunction",
    "OpenTo",
    "Part",
    "Pathway",
    "Remit",
    "RemitFunction",
    "RemitVersion",
    "Role",
    "RoleType",
]
