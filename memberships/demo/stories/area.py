"""The invented system and how it was rebuilt: trusts to commissioning groups in 2013, to one board in 2022, to a merged one in 2026."""

from memberships.demo.entries import (
    closes,
    ends,
    founds,
    keeps,
    links,
    lists,
    networks_begin,
    practices_stood_in,
    recorded,
    renames,
    stops_keeping,
    succeeds,
)
from organisations.models import LinkKind

LOG = [
    recorded(
        "2013-01-14",
        "The committee's office begins the register, from its card index and the primary care trusts' last address lists",
        lists(),
        founds("""
            # key    | kind       | name                                        | period                       | part of | covers
            region   | region     | NHS England Mid Shires                      | 2013-04-01
            office-1 | area_team  | NHS Commissioning Board Tarrow Valley Local Office | 2012-10-01 to 2013-03-31
            marl-pct | pct        | Marlshire Primary Care Trust                | 2006-10-01 to 2013-03-31     | office-1 | | Marlshire PCT
            wex-pct  | pct        | Wexmoor Primary Care Trust                  | 2006-10-01 to 2013-03-31     | office-1 | | Wexmoor PCT
            et-pct   | pct        | East Tarrow Primary Care Trust              | 2006-10-01 to 2013-03-31     | office-1 | | East Tarrow PCT
            mw-lmc   | lmc        | Marlshire and Wexmoor Local Medical Committee | 1948                       | | | Marlshire and Wexmoor LMC
        """),
        links(
            LinkKind.COVERS,
            """
            mw-lmc | marl-pct | 2006-10-01 to 2013-03-31
            mw-lmc | wex-pct  | 2006-10-01 to 2013-03-31
            """,
        ),
        practices_stood_in("marl", "marl-pct", "unknown to 2013-03-31"),
        practices_stood_in("wex", "wex-pct", "unknown to 2013-03-31"),
        practices_stood_in("et", "et-pct", "unknown to 2013-03-31"),
        keeps("mw-lmc", "office-1", "2013-01-14 to 2013-03-31"),
        document="Primary care trusts' address lists, December 2012",
    ),
    recorded(
        "2013-04-08",
        "Primary care trusts are abolished; four clinical commissioning groups begin",
        founds("""
            office    | area_team | NHS England Tarrow Valley Area Team           | 2013-04-01 | region | | Tarrow Valley Area Team
            nmarl-ccg | ccg       | NHS Marlshire North CCG                       | 2013-04-01 | office
            smarl-ccg | ccg       | NHS Marlshire South CCG                       | 2013-04-01 | office
            wex-ccg   | ccg       | NHS Wexmoor CCG                               | 2013-04-01 | office
            et-ccg    | ccg       | NHS East Tarrow CCG                           | 2013-04-01 | office
            marl-hosp | trust     | Marlshire Healthcare NHS Trust                | 2002-04    | | | Marlshire Healthcare
            wexhosp   | trust     | Wexmoor University Hospitals NHS Foundation Trust | 2011-11 | | | Wexmoor University Hospitals
            royal     | trust     | Royal Tarrow Infirmary NHS Foundation Trust   | 2006-06    | | | Royal Tarrow Infirmary
            mind      | trust     | Tarrow Valley Mental Health NHS Foundation Trust | by 2013-04-01 | | | Tarrow Valley Mental Health | mental_health
            community | trust     | Three Rivers Community Health NHS Trust       | 2011-04-01 | | | Three Rivers Community Health | community
            ambulance | trust     | Mid Shires Ambulance Service NHS Trust        | 2006-07    | | | Mid Shires Ambulance | ambulance
            senate    | clinical_senate | Mid Shires Clinical Senate              | 2013-04-01 | region
            marl-cc   | local_authority | Marlshire County Council                | unknown
            wex-cc    | local_authority | Wexmoor County Council                  | unknown
            et-council| local_authority | East Tarrow Borough Council             | 1998-04-01
            marl-hwb  | health_and_wellbeing_board | Marlshire Health and Wellbeing Board | 2013-04-01 | marl-cc
            wex-hwb   | health_and_wellbeing_board | Wexmoor Health and Wellbeing Board | 2013-04-01 | wex-cc
            et-hwb    | health_and_wellbeing_board | East Tarrow Health and Wellbeing Board | 2013-04-01 | et-council
            marl-ph   | public_health_team | Marlshire Public Health Team         | 2013-04-01 | marl-cc
            wex-ph    | public_health_team | Wexmoor Public Health Team           | 2013-04-01 | wex-cc
            et-ph     | public_health_team | East Tarrow Public Health Team       | 2013-04-01 | et-council
        """),
        succeeds("""
            office-1 | office    | 2013-04-01
            marl-pct | nmarl-ccg | 2013-04-01
            marl-pct | smarl-ccg | 2013-04-01
            wex-pct  | wex-ccg   | 2013-04-01
            et-pct   | et-ccg    | 2013-04-01
        """),
        practices_stood_in(
            "wolmer, northmarl, hallowmere, oakenholt, silverbeck, netherwold, orchard", "nmarl-ccg", "2013-04-01"
        ),
        practices_stood_in("kingsmarl, marlbridge, longmarl, brindle, ellerwick", "smarl-ccg", "2013-04-01"),
        practices_stood_in("wex", "wex-ccg", "2013-04-01"),
        practices_stood_in("et", "et-ccg", "2013-04-01"),
        links(
            LinkKind.COVERS,
            """
            mw-lmc | nmarl-ccg | 2013-04-01
            mw-lmc | smarl-ccg | 2013-04-01
            mw-lmc | wex-ccg   | 2013-04-01
            """,
        ),
        keeps("mw-lmc", "office", "2013-04-01"),
        document="The area team's directory, April 2013",
    ),
    recorded(
        "2014-02-17",
        "Two federations have registered as companies",
        founds("""
            marlcare | federation | Marlcare GP Federation                        | 2013-11
            wexfed   | federation | Wexmoor Primary Care Federation               | 2014-01-06
        """),
        practices_stood_in("marl", "marlcare", "2014", LinkKind.MEMBER_OF),
        practices_stood_in(
            "wexcentral, wexsouth, wexbridge, velmoor, edgemoor, thistle", "wexfed", "2014-01-06", LinkKind.MEMBER_OF
        ),
        links(
            LinkKind.PART_OF,
            """
            marlcare | nmarl-ccg | 2013-11
            wexfed   | wex-ccg   | 2014-01-06
        """,
        ),
        document="Companies register, filings of January 2014",
    ),
    recorded(
        "2015-04-13",
        "Area teams are dissolved into the region",
        closes("office | 2015-03-31"),
        succeeds("office | region | 2015-04-01"),
        stops_keeping("office", "2015-03-31"),
        keeps("mw-lmc", "mw-lmc", "2015-04-01"),
        links(
            LinkKind.PART_OF,
            """
            nmarl-ccg | region | 2015-04-01
            smarl-ccg | region | 2015-04-01
            wex-ccg   | region | 2015-04-01
            et-ccg    | region | 2015-04-01
        """,
        ),
        document="Letter of the regional director, 26 March 2015",
    ),
    recorded(
        "2017-01-16",
        "The partnership for sustainability and transformation is founded, and East Tarrow joins the register",
        founds("""
            stp    | stp | Marlshire, Wexmoor and East Tarrow STP            | 2016-12-01 | region
            et-lmc | lmc | East Tarrow Local Medical Committee               | 1998       | | et-ccg | East Tarrow LMC
        """),
        links(
            LinkKind.PART_OF,
            """
            nmarl-ccg | stp | 2016-12-01
            smarl-ccg | stp | 2016-12-01
            wex-ccg   | stp | 2016-12-01
            et-ccg    | stp | 2016-12-01
        """,
        ),
        links(
            LinkKind.MEMBER_OF,
            """
            marl-hosp | stp | 2016-12-01
            wexhosp   | stp | 2016-12-01
            royal     | stp | 2016-12-01
            mind      | stp | 2016-12-01
            community | stp | 2016-12-01
            ambulance | stp | 2016-12-01
        """,
        ),
        keeps("mw-lmc", "stp", "2016-12-01"),
        keeps("mw-lmc", "et-lmc", "2017-01-16"),
        document="The plan for sustainability and transformation, as published in December 2016",
    ),
    recorded(
        "2018-04-09",
        "The two Marlshire groups merge",
        founds("marl-ccg | ccg | NHS Marlshire CCG | 2018-04-01 | stp"),
        closes("""
            nmarl-ccg | 2018-03-31
            smarl-ccg | 2018-03-31
        """),
        succeeds("""
            nmarl-ccg | marl-ccg | 2018-04-01
            smarl-ccg | marl-ccg | 2018-04-01
        """),
        practices_stood_in("marl", "marl-ccg", "2018-04-01"),
        links(LinkKind.PART_OF, "marlcare | marl-ccg | 2018-04-01"),
        links(LinkKind.COVERS, "mw-lmc | marl-ccg | 2018-04-01"),
        document="Constitution of NHS Marlshire CCG, version 1",
    ),
    recorded(
        "2019-07-08",
        "The network contract starts: 27 networks, and two practices outside of any",
        networks_begin("2019-07-01"),
        document="The three groups' lists of approved networks, 1 July 2019",
    ),
    recorded(
        "2020-11-09",
        "The practices of East Tarrow found an alliance, because the borough never had a federation",
        founds("alliance | alliance | East Tarrow GP Alliance | 2020-10-01 | et-ccg"),
        practices_stood_in("et", "alliance", "2020-10-01", LinkKind.MEMBER_OF),
        document="Memorandum of the alliance, signed 24 September 2020",
    ),
    recorded(
        "2021-04-19",
        "A practice changes its network, two practices become one, a third takes another name",
        ends(LinkKind.CORE_PARTNER_OF, "Sunderwick Medical Practice | marlbridge | 2021-03-31"),
        links(LinkKind.CORE_PARTNER_OF, "Sunderwick Medical Practice | ellerwick | 2021-04-01"),
        closes("Nether Marl Surgery | 2021-03-31"),
        succeeds("Nether Marl Surgery | Stonemarl Medical Practice | 2021-04-01"),
        renames("saltmarsh", "Saltmarsh Point Health Centre"),
        document="Minutes of the primary care commissioning committee, March 2021",
    ),
    recorded(
        "2022-07-04",
        "Commissioning groups are abolished; the integrated care board and three places take their place",
        closes("""
            marl-ccg | 2022-06-30
            wex-ccg  | 2022-06-30
            et-ccg   | 2022-06-30
            stp      | 2022-06-30
        """),
        founds("""
            icb  | icb   | NHS Marlshire, Wexmoor and East Tarrow ICB | 2022-07-01 | region | | MWET ICB
            marl | place | Marlshire Place Partnership                | 2022-07-01 | icb | | Marlshire
            wex  | place | Wexmoor Place Partnership                  | 2022-07-01 | icb | | Wexmoor
            et   | place | East Tarrow Place Partnership              | 2022-07-01 | icb | | East Tarrow
            vol-m | voluntary | Voluntary Action Marlshire Together   | unknown
            vol-w | voluntary | Wexmoor Carers' Voice                 | 2009
            vol-e | voluntary | East Tarrow Patients' Forum           | 2013-04
        """),
        succeeds("""
            marl-ccg | icb | 2022-07-01
            wex-ccg  | icb | 2022-07-01
            et-ccg   | icb | 2022-07-01
            stp      | icb | 2022-07-01
        """),
        links(
            LinkKind.PART_OF,
            """
            wolmer     | marl | 2022-07-01
            northmarl  | marl | 2022-07-01
            kingsmarl  | marl | 2022-07-01
            marlbridge | marl | 2022-07-01
            longmarl   | marl | 2022-07-01
            hallowmere | marl | 2022-07-01
            brindle    | marl | 2022-07-01
            ellerwick  | marl | 2022-07-01
            oakenholt  | marl | 2022-07-01
            netherwold | marl | 2022-07-01
            silverbeck | marl | 2022-07-01
            orchard    | marl | 2022-07-01
            marlcare   | marl | 2022-07-01
            wexcentral | wex  | 2022-07-01
            wexsouth   | wex  | 2022-07-01
            wexbridge  | wex  | 2022-07-01
            velmoor    | wex  | 2022-07-01
            edgemoor   | wex  | 2022-07-01
            thistle    | wex  | 2022-07-01
            peverstone | wex  | 2022-07-01
            ravensholt | wex  | 2022-07-01
            danesthorpe| wex  | 2022-07-01
            wexfed     | wex  | 2022-07-01
            tarrowford | et   | 2022-07-01
            mouth      | et   | 2022-07-01
            upper      | et   | 2022-07-01
            hadderby   | et   | 2022-07-01
            flaxholme  | et   | 2022-07-01
            otterholme | et   | 2022-07-01
            copper     | et   | 2022-07-01
            saltmarsh  | et   | 2022-07-01
            alliance   | et   | 2022-07-01
        """,
        ),
        links(
            LinkKind.COVERS,
            """
            mw-lmc | marl | 2022-07-01
            mw-lmc | wex  | 2022-07-01
            et-lmc | et   | 2022-07-01
        """,
        ),
        links(
            LinkKind.MEMBER_OF,
            """
            marl-hosp  | icb  | 2022-07-01
            wexhosp    | icb  | 2022-07-01
            royal      | icb  | 2022-07-01
            mind       | icb  | 2022-07-01
            community  | icb  | 2022-07-01
            ambulance  | icb  | 2022-07-01
            marl-cc    | marl | 2022-07-01
            wex-cc     | wex  | 2022-07-01
            et-council | et   | 2022-07-01
            vol-m      | marl | 2022-07-01
            vol-w      | wex  | 2022-07-01
            vol-e      | et   | 2022-07-01
        """,
        ),
        stops_keeping("stp", "2022-06-30"),
        keeps("mw-lmc", "icb", "2022-07-01"),
        document="Establishment order of the board, and its constitution, 1 July 2022",
    ),
    recorded(
        "2023-10-16",
        "A practice hands its contract back",
        closes("Pinhollow Surgery | 2023-09-30"),
        document="The board's letter to patients of Pinhollow Surgery",
    ),
    recorded(
        "2026-04-07",
        "The board merges with its neighbour; the places stay",
        founds("""
            orrin | icb | NHS Orrinshire ICB    | 2022-07-01 to 2026-03-31 | region | | Orrinshire ICB
            tvicb | icb | NHS Tarrow Valley ICB | 2026-04-01               | region | | Tarrow Valley ICB
        """),
        closes("icb | 2026-03-31"),
        succeeds("""
            icb   | tvicb | 2026-04-01
            orrin | tvicb | 2026-04-01
        """),
        links(
            LinkKind.PART_OF,
            """
            marl | tvicb | 2026-04-01
            wex  | tvicb | 2026-04-01
            et   | tvicb | 2026-04-01
        """,
        ),
        links(
            LinkKind.MEMBER_OF,
            """
            marl-hosp | tvicb | 2026-04-01
            wexhosp   | tvicb | 2026-04-01
            royal     | tvicb | 2026-04-01
            mind      | tvicb | 2026-04-01
            community | tvicb | 2026-04-01
            ambulance | tvicb | 2026-04-01
        """,
        ),
        stops_keeping("icb", "2026-03-31"),
        keeps("mw-lmc", "tvicb", "2026-04-01"),
        document="Establishment order of NHS Tarrow Valley ICB, 1 April 2026",
    ),
    recorded(
        "2026-07-06",
        "Copperbridge joins Tarrowford",
        closes("copper | 2026-06-30"),
        succeeds("copper | tarrowford | 2026-07-01"),
        links(
            LinkKind.CORE_PARTNER_OF,
            """
            Copperbridge Surgery          | tarrowford | 2026-07-01
            Copperbridge Tannery Practice | tarrowford | 2026-07-01
            Lower Tarrow Surgery          | tarrowford | 2026-07-01
            Brockenhall Medical Centre    | tarrowford | 2026-07-01
            Maplestead Cross Surgery      | tarrowford | 2026-07-01
        """,
        ),
        document="The board's approval of network changes, June 2026",
    ),
]
