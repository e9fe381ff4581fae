"""The tables of organisations: kinds, organisations, links, successions, kept areas."""

from organisations.models.areas import LinkKind, within
from organisations.models.kinds import ORGAN_KINDS, PLACE_KINDS, SECTOR_OF_KIND, Kind, Sector
from organisations.models.links import KeptArea, Link, Succession
from organisations.models.organisations import Organisation, OrganisationQuerySet, Status
from organisations.models.published import (
    ImportedLink,
    PublishedFile,
    PublishedRegistration,
    PublishedStanding,
    PublishedTakeover,
)

__all__ = [
    "ORGAN_KINDS",
    "PLACE_KINDS",
    "SECTOR_OF_KIND",
    "ImportedLink",
    "KeptArea",
    "Kind",
    "Link",
    "LinkKind",
    "Organisation",
    "OrganisationQuerySet",
    "PublishedFile",
    "PublishedRegistration",
    "PublishedStanding",
    "PublishedTakeover",
    "Sector",
    "Status",
    "Succession",
    "within",
]
