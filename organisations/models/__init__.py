"""The tables of organisations: kinds, organisations, links, successions, kept areas."""

from organisations.models.kinds import ORGAN_KINDS, SECTOR_OF_KIND, Kind, Sector
from organisations.models.links import KeptArea, Link, LinkKind, Succession, within
from organisations.models.organisations import Organisation, OrganisationQuerySet, Status

__all__ = [
    "ORGAN_KINDS",
    "SECTOR_OF_KIND",
    "KeptArea",
    "Kind",
    "Link",
    "LinkKind",
    "Organisation",
    "OrganisationQuerySet",
    "Sector",
    "Status",
    "Succession",
    "within",
]
