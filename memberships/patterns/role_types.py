"""The types of role that patterns of terms draw seats from, as the register would make them where it lacks them."""

from memberships.patterns.pattern import NeededType
from roles.models import ActsFor, OpenTo

_PRACTICES, _SYSTEM, _COMMISSIONER = ActsFor.GENERAL_PRACTICE, ActsFor.SYSTEM, ActsFor.COMMISSIONER
_GPS, _CLINICIANS, _ANYONE = OpenTo.GPS, OpenTo.CLINICIANS, OpenTo.ANYONE

GROUP_CHAIR = NeededType(
    "gp-leadership-group-chair",
    "GP Leadership Group Chair",
    "Chairs of GP leadership groups",
    _PRACTICES,
    _GPS,
)
PROVIDER_CHAIR = NeededType(
    "provider-board-chair", "Provider Board Chair", "Chairs of GP provider boards", _PRACTICES, _CLINICIANS
)
DIRECTOR = NeededType(
    "pcn-clinical-director",
    "PCN Clinical Director",
    "PCN Clinical Directors",
    _PRACTICES,
    _CLINICIANS,
    accountable=True,
)
NETWORK_MANAGER = NeededType("pcn-manager", "PCN Manager", "PCN Managers", _PRACTICES, _ANYONE)
FEDERATION_CHAIR = NeededType("federation-chair", "Federation Chair", "Federation Chairs", _PRACTICES, _GPS)
LMC_CHAIR = NeededType("lmc-chair", "LMC Chair", "LMC Chairs", _PRACTICES, _GPS)
LMC_VICE_CHAIR = NeededType("lmc-vice-chair", "LMC Vice Chair", "LMC Vice Chairs", _PRACTICES, _GPS)
LMC_MEMBER = NeededType("lmc-committee-member", "LMC Committee Member", "LMC Committee Members", _PRACTICES, _GPS)
LMC_SECRETARY = NeededType(
    "lmc-medical-secretary", "LMC Medical Secretary", "LMC Medical Secretaries", _PRACTICES, _GPS
)
SYSTEM_LEAD = NeededType("system-clinical-lead", "System Clinical Lead", "System Clinical Leads", _SYSTEM, _CLINICIANS)
ICB_CHAIR = NeededType("icb-chair", "ICB Chair", "ICB Chairs", _SYSTEM, _ANYONE)
ICB_CHIEF = NeededType("icb-chief-executive", "ICB Chief Executive", "ICB Chief Executives", _SYSTEM, _ANYONE)
ICB_MEDICAL = NeededType(
    "icb-chief-medical-officer", "ICB Chief Medical Officer", "ICB Chief Medical Officers", _SYSTEM, _CLINICIANS
)
ICB_NURSING = NeededType(
    "icb-chief-nursing-officer", "ICB Chief Nursing Officer", "ICB Chief Nursing Officers", _SYSTEM, _CLINICIANS
)
ICB_FINANCE = NeededType(
    "icb-chief-finance-officer", "ICB Chief Finance Officer", "ICB Chief Finance Officers", _SYSTEM, _ANYONE
)
ICB_NON_EXECUTIVE = NeededType(
    "icb-non-executive-member", "ICB Non-executive Member", "ICB Non-executive Members", _SYSTEM, _ANYONE
)
ICB_PRIMARY = NeededType(
    "icb-partner-member-for-primary-medical-services",
    "ICB Partner Member for Primary Medical Services",
    "ICB Partner Members for Primary Medical Services",
    _SYSTEM,
    _GPS,
)
ICB_PRIMARY_CARE = NeededType(
    "icb-director-of-primary-care",
    "ICB Director of Primary Care",
    "ICB Directors of Primary Care",
    _COMMISSIONER,
    _ANYONE,
)
PUBLIC_HEALTH = NeededType(
    "director-of-public-health",
    "Director of Public Health",
    "Directors of Public Health",
    ActsFor.PUBLIC_HEALTH,
    _CLINICIANS,
)
SOCIAL_CARE = NeededType(
    "director-of-adult-social-care",
    "Director of Adult Social Care",
    "Directors of Adult Social Care",
    ActsFor.OWN_ORGANISATION,
    _ANYONE,
)
TRUST_MEDICAL = NeededType(
    "trust-medical-director",
    "Trust Medical Director",
    "Trust Medical Directors",
    ActsFor.OWN_ORGANISATION,
    _CLINICIANS,
)
SENATE_CHAIR = NeededType(
    "clinical-senate-chair", "Clinical Senate Chair", "Clinical Senate Chairs", _SYSTEM, _CLINICIANS
)
SENATE_MEMBER = NeededType(
    "clinical-senate-member", "Clinical Senate Member", "Clinical Senate Members", _SYSTEM, _CLINICIANS
)
