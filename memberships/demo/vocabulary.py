"""The short lists of the demonstration: types of role, pathways, functions, sources of funding, skills; and usual remits."""

from __future__ import annotations

ROLE_TYPES = """
# key        | name                                     | plural                                    | acts for         | open to    | named accountable director | leads its host
cd           | PCN Clinical Director                    | PCN Clinical Directors                    | general_practice | clinicians | accountable | leads
acd          | PCN Associate Clinical Director          | PCN Associate Clinical Directors          | general_practice | clinicians
partner      | GP Partner                               | GP Partners                               | own_organisation | gps
appraiser    | GP Appraiser                             | GP Appraisers                             | commissioner     | gps
safeguard    | Named GP for Safeguarding                | Named GPs for Safeguarding                | commissioner     | gps
vaccine      | PCN Vaccination Lead                     | PCN Vaccination Leads                     | general_practice | clinicians
locality     | CCG Locality Lead                        | CCG Locality Leads                        | commissioner     | gps
pcnm         | PCN Manager                              | PCN Managers                              | general_practice | anyone
lmc-chair    | LMC Chair                                | LMC Chairs                                | general_practice | gps |             | leads
lmc-vice     | LMC Vice Chair                           | LMC Vice Chairs                           | general_practice | gps |             | leads
lmc-sec      | LMC Medical Secretary                    | LMC Medical Secretaries                   | general_practice | gps |             | leads
lmc-ceo      | LMC Chief Executive                      | LMC Chief Executives                      | general_practice | anyone |             | leads
lmc-member   | LMC Committee Member                     | LMC Committee Members                     | general_practice | gps
fed-chair    | Federation Chair                         | Federation Chairs                         | general_practice | gps |             | leads
fed-md       | Federation Medical Director              | Federation Medical Directors              | general_practice | clinicians |             | leads
fed-ceo      | Federation Chief Executive               | Federation Chief Executives               | general_practice | anyone |             | leads
all-chair    | GP Alliance Chair                        | GP Alliance Chairs                        | general_practice | gps |             | leads
all-ceo      | GP Alliance Managing Director            | GP Alliance Managing Directors            | general_practice | anyone |             | leads
glg-chair    | Chair                                    | Chairs of GP leadership groups            | general_practice | gps |             | leads
glg-lead     | GP Leadership Group Portfolio Lead       | GP Leadership Group Portfolio Leads       | general_practice | clinicians
hub          | Training Hub Lead                        | Training Hub Leads                        | general_practice | clinicians
ccg-chair    | CCG Clinical Chair                       | CCG Clinical Chairs                       | commissioner     | gps |             | leads
ccgd         | CCG Clinical Director                    | CCG Clinical Directors                    | commissioner     | gps
ccg-ao       | CCG Accountable Officer                  | CCG Accountable Officers                  | commissioner     | anyone |             | leads
ccg-cfo      | CCG Chief Finance Officer                | CCG Chief Finance Officers                | commissioner     | anyone
ccg-lay      | CCG Lay Member                           | CCG Lay Members                           | commissioner     | anyone
ccg-nurse    | CCG Governing Body Nurse                 | CCG Governing Body Nurses                 | commissioner     | clinicians
ccg-doctor   | CCG Secondary Care Doctor                | CCG Secondary Care Doctors                | commissioner     | clinicians
pct-pec      | PCT Professional Executive Chair         | PCT Professional Executive Chairs         | commissioner     | clinicians
pct-md       | PCT Medical Director                     | PCT Medical Directors                     | commissioner     | clinicians
pct-ceo      | PCT Chief Executive                      | PCT Chief Executives                      | commissioner     | anyone |             | leads
at-director  | Local Director, NHS England              | Local Directors, NHS England              | commissioner     | anyone |             | leads
at-md        | Medical Lead, NHS England                | Medical Leads, NHS England                | commissioner     | clinicians
at-nurse     | Nursing Lead, NHS England                | Nursing Leads, NHS England                | commissioner     | clinicians
ldn          | Chair of a local professional network    | Chairs of local professional networks     | commissioner     | clinicians
stp-lead     | STP Lead                                 | STP Leads                                 | system           | anyone |             | leads
stp-clin     | STP Clinical Lead                        | STP Clinical Leads                        | system           | clinicians
icb-chair    | ICB Chair                                | ICB Chairs                                | system           | anyone |             | leads
icb-ceo      | ICB Chief Executive                      | ICB Chief Executives                      | system           | anyone |             | leads
icb-cmo      | ICB Chief Medical Officer                | ICB Chief Medical Officers                | system           | clinicians
icb-cno      | ICB Chief Nursing Officer                | ICB Chief Nursing Officers                | system           | clinicians
icb-cfo      | ICB Chief Finance Officer                | ICB Chief Finance Officers                | system           | anyone
icb-ned      | ICB Non-executive Member                 | ICB Non-executive Members                 | system           | anyone
icb-primary  | ICB Partner Member for Primary Medical Services | ICB Partner Members for Primary Medical Services | system | gps
icb-pcd      | ICB Director of Primary Care             | ICB Directors of Primary Care             | commissioner     | anyone
adviser      | Clinical Adviser for Primary Care        | Clinical Advisers for Primary Care        | commissioner     | gps
lead         | System Clinical Lead                     | System Clinical Leads                     | system           | clinicians
place-dir    | Place Director                           | Place Directors                           | commissioner     | anyone |             | leads
place-lead   | Place Clinical Lead                      | Place Clinical Leads                      | system           | clinicians
trust-ceo    | Trust Chief Executive                    | Trust Chief Executives                    | own_organisation | anyone |             | leads
trust-md     | Trust Medical Director                   | Trust Medical Directors                   | own_organisation | clinicians
trust-gp     | Trust GP Liaison Lead                    | Trust GP Liaison Leads                    | own_organisation | gps
dph          | Director of Public Health                | Directors of Public Health                | public_health    | clinicians |             | leads
asc          | Director of Adult Social Care            | Directors of Adult Social Care            | own_organisation | anyone
cabinet      | Cabinet Member for Health                | Cabinet Members for Health                | own_organisation | anyone
vcs          | Chief Officer                            | Chief Officers of voluntary bodies        | own_organisation | anyone |             | leads
senate-chair | Clinical Senate Chair                    | Clinical Senate Chairs                    | system           | clinicians |             | leads
senate       | Clinical Senate Member                   | Clinical Senate Members                   | system           | clinicians
prov-chair   | Provider Board Chair                     | Chairs of GP provider boards              | general_practice | clinicians |             | leads
"""

REMITS = {
    "cd": "The named accountable clinical director of the network: leads its practices together, signs its contract "
    "declarations, and speaks for it in the place.",
    "acd": "Stands beside the clinical director and leads the network's work on one subject.",
    "lmc-chair": "Leads the committee that represents the practices of its area by statute.",
    "lmc-sec": "Advises practices, and negotiates for them.",
    "lmc-member": "Elected by the GPs of a constituency to the committee that represents them.",
    "fed-chair": "Leads the board of the federation that its member practices own.",
    "fed-md": "Answers for the quality and safety of the services that the federation gives for its practices.",
    "glg-chair": "Chairs the group; speaks for what it has agreed and for nothing else.",
    "glg-lead": "Knows the subject from the practices' side, and says what practices can and cannot take on.",
    "ccgd": "Led a field of commissioning for the group of practices that made up the CCG.",
    "ccg-chair": "Led the governing body of a CCG as a GP of one of its member practices.",
    "lead": "Leads the pathway for the whole system, neutral between all who provide care in it.",
    "place-lead": "Leads clinical work between all the partners of the place.",
    "icb-primary": "Brings the knowledge of primary medical services to the board. By law a member of the board, "
    "not the delegate of those who nominated them.",
    "icb-pcd": "Holds the contracts of practices, and the budget for their development.",
    "trust-gp": "Tells the trust's consultants how their decisions look from a practice, and is paid by the trust to do so.",
    "dph": "Answers for the health of the population to the council and to the Secretary of State.",
    "hub": "Plans the training and recruitment of staff for practices and networks.",
}
"""What a role of a type is usually responsible for, by the type's key."""

TITLES = {
    "at-md@office-1": "Medical Lead, Tarrow Valley Local Office",
    "at-director@office-1": "Local Director, Tarrow Valley Local Office",
    "at-md@office": "Medical Lead, Tarrow Valley Area Team",
    "at-director@office": "Local Director, Tarrow Valley Area Team",
    "at-nurse@office": "Nursing Lead, Tarrow Valley Area Team",
    "at-md@region": "Medical Director (Tarrow Valley), NHS England Mid Shires",
    "ldn.dental@office": "Chair, Tarrow Valley Local Dental Network",
    "ldn.eyes@office": "Chair, Tarrow Valley Local Eye Health Network",
    "ldn.pharmacy@office": "Chair, Tarrow Valley Local Pharmacy Network",
    "hub@icb": "Training Hub Lead, Marlshire, Wexmoor and East Tarrow",
    "hub@tvicb": "Training Hub Lead, Tarrow Valley",
    "trust-gp@wexhosp": "GP Liaison Lead, Wexmoor University Hospitals",
}
"""Titles of roles that are not called after their type and host."""

PATHWAYS = """
planned  | Planned care
urgent   | Urgent and emergency care
ltc      | Long-term conditions
mental   | Mental health
children | Children and young people
ageing   | Ageing well and frailty
cancer   | Cancer
maternity| Maternity and women's health
dental   | Dental care
eyes     | Eye health
pharmacy | Community pharmacy
"""

FUNCTIONS = """
performance | Practitioner performance            | Concerns about the practice of a named GP, dentist or optometrist, and their place on the performers list.
dental      | Dental commissioning                | Contracts with dental practices, and what they are for.
optometry   | Optometry commissioning             | Contracts with opticians, and eye care outside hospital.
pharmacy    | Pharmacy commissioning              | Community pharmacies: their list, their services, their opening hours.
contracts   | General practice contracts          | Contracts with practices: mergers, breaches, list closures.
workforce   | Workforce                           | How many staff of which kind practices will need, and where they come from.
appraisal   | Appraisal and revalidation          | The yearly appraisal of GPs and the recommendation on their licence.
quality     | Quality improvement                 | Helping practices to do better what they do already.
interface   | Interface with hospitals            | Who does what between practice and hospital: letters, tests, follow-up.
estates     | Premises                            | Where practices and networks work, and who pays the rent.
digital     | Digital and data                    | Records, telephones, on-line access, and what is counted.
strategy    | Clinical strategy                   | What care in the area should look like in five years.
population  | Population health                   | Who falls ill, why, and what would prevent it.
"""

FUNDING_SOURCES = """
ccg      | CCG running costs                        | ccg_running_costs
pcn      | PCN contract: clinical director payment  | pcn_contract
core     | ICB core budget                          | icb_core
levy     | LMC levy                                 | lmc_levy
fed      | Federation funds                         | federation
practice | The practice's own money                 | practice
grant    | Workforce development grant              | grant
unpaid   | Unpaid                                   | unpaid
pct      | PCT management costs                     | other
england  | NHS England running costs                | other
trust    | Trust budget                             | other
council  | Council budget                           | other
charity  | Charitable funds                         | other
"""

SKILLS = """
strategy    | Strategy
politics    | Working politically
chairing    | Chairing
contracts   | Contracting
finance     | Reading a budget
redesign    | Service redesign
workforce   | Workforce planning
mentoring   | Mentoring
conflict    | Settling conflicts
data        | Data and digital
estates     | Premises
boards      | Sitting on a board
mergers     | Merging organisations
"""
