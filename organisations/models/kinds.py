"""Kinds of organisation and the sectors that they belong to, in the words of the field."""

from django.db import models


class Sector(models.TextChoices):
    """Which part of the health and care system an organisation belongs to."""

    GENERAL_PRACTICE = "general_practice", "General practice"
    ACUTE = "acute", "Acute"
    COMMUNITY = "community", "Community"
    MENTAL_HEALTH = "mental_health", "Mental health"
    AMBULANCE = "ambulance", "Ambulance"
    SOCIAL_CARE = "social_care", "Social care"
    LOCAL_AUTHORITY = "local_authority", "Local authority"
    VOLUNTARY = "voluntary", "Voluntary"
    SYSTEM = "system", "Commissioner or system"
    PUBLIC_HEALTH = "public_health", "Public health"
    REGULATOR = "regulator", "Regulator"


class Kind(models.TextChoices):
    """What an organisation is. The kind is never inferred from the shape of a code."""

    PRACTICE = "practice", "General practice"
    PCN = "pcn", "Primary care network"
    FEDERATION = "federation", "GP federation"
    LMC = "lmc", "Local medical committee"
    CCG = "ccg", "Clinical commissioning group"
    PCT = "pct", "Primary care trust"
    STP = "stp", "Sustainability and transformation partnership"
    ICB = "icb", "Integrated care board"
    SUB_ICB = "sub_icb", "Sub-ICB location"
    PLACE = "place", "Place"
    TRUST = "trust", "NHS trust or foundation trust"
    REGION = "region", "NHS England region"
    AREA_TEAM = "area_team", "NHS England local area team"
    LOCAL_AUTHORITY = "local_authority", "Local authority"
    HEALTH_AND_WELLBEING_BOARD = "health_and_wellbeing_board", "Health and wellbeing board"
    CLINICAL_SENATE = "clinical_senate", "Clinical senate"
    PUBLIC_HEALTH_TEAM = "public_health_team", "Public health team"
    VOLUNTARY = "voluntary", "Voluntary-sector body"
    ALLIANCE = "alliance", "Provider collaborative or GP alliance"
    OTHER = "other", "Other organisation"


SECTOR_OF_KIND: dict[Kind, Sector] = {
    Kind.PRACTICE: Sector.GENERAL_PRACTICE,
    Kind.PCN: Sector.GENERAL_PRACTICE,
    Kind.FEDERATION: Sector.GENERAL_PRACTICE,
    Kind.LMC: Sector.GENERAL_PRACTICE,
    Kind.CCG: Sector.SYSTEM,
    Kind.PCT: Sector.SYSTEM,
    Kind.STP: Sector.SYSTEM,
    Kind.ICB: Sector.SYSTEM,
    Kind.SUB_ICB: Sector.SYSTEM,
    Kind.PLACE: Sector.SYSTEM,
    Kind.TRUST: Sector.ACUTE,
    Kind.REGION: Sector.REGULATOR,
    Kind.AREA_TEAM: Sector.SYSTEM,
    Kind.LOCAL_AUTHORITY: Sector.LOCAL_AUTHORITY,
    Kind.HEALTH_AND_WELLBEING_BOARD: Sector.LOCAL_AUTHORITY,
    Kind.CLINICAL_SENATE: Sector.SYSTEM,
    Kind.PUBLIC_HEALTH_TEAM: Sector.PUBLIC_HEALTH,
    Kind.VOLUNTARY: Sector.VOLUNTARY,
    Kind.ALLIANCE: Sector.GENERAL_PRACTICE,
    Kind.OTHER: Sector.SYSTEM,
}
"""The sector that an organisation of a kind is put into until somebody says otherwise (trusts: by their name)."""

PLACE_KINDS = (Kind.PLACE, Kind.SUB_ICB, Kind.CCG, Kind.PCT)
"""Areas inside a system in which general practice meets, at one time or another."""

ORGAN_KINDS = (Kind.PCN, Kind.LMC, Kind.FEDERATION)
"""The organs of general practice: consent to a proposal is theirs to give, because no group can instruct them."""
