"""The bodies that general practice made for itself: local medical committees, federations, an alliance, a provider board."""

from memberships.demo.entries import (
    adopts,
    corrects,
    forms,
    funds,
    holds,
    is_called,
    leaves,
    recorded,
    sits,
    stands_down,
)

COMMITTEE = """
    Chair                  | chair         | 1  | voting | type lmc-chair
    Vice chair             | core          | 1  | voting | type lmc-vice
    Constituency member    | core          | 10 | voting | type lmc-member
    Medical secretary      | in_attendance | 1  |        | type lmc-sec
"""

LOG = [
    recorded(
        "2013-02-04",
        "The committee as elected in 2012",
        holds(
            """
            thackray | lmc-chair@mw-lmc  | 2012-04-01
            rosenthal| lmc-vice@mw-lmc   | 2012-04-01 to 2016-03-31
            hussain  | lmc-member@mw-lmc | 2012-04 to 2016-03
            trott    | lmc-member@mw-lmc | 2008
            szabo    | lmc-member@mw-lmc | 2012-04-01 to 2016-03-31
            macinnes | lmc-member@mw-lmc | by 2012-04-01
            larkin   | lmc-member@mw-lmc | 2012-04-01
            adeyemi  | lmc-member@mw-lmc | 2012-04-01 until 2018-08-31
            """,
            how="elected by {host}",
            pay="levy@mw-lmc 0.5s £5400",
        ),
        holds("gallimore | lmc-sec@mw-lmc | 2009-09-01 | appointed by mw-lmc | levy@mw-lmc 7s £88000 | mw-lmc"),
        forms(
            "mw-committee",
            "lmc_committee",
            "Marlshire and Wexmoor LMC Committee",
            "unknown",
            host="mw-lmc",
            covers="mw-lmc",
            remit="Represents every practice of two counties, whatever its contract, by statute.",
            functions="contributes contracts, performance, workforce, interface",
        ),
        adopts(
            "mw-committee",
            "Constitution of 2008",
            "2008-04-01",
            seats=COMMITTEE,
            quorum=6,
            decision_rule="vote",
            nature="representative",
            term_months=48,
            purpose="To represent the GPs of the area.",
            clauses="""
                3.1 Members are elected by the GPs of ten constituencies.
                3.2 A member who leaves practice in the constituency leaves the committee.
                7 Every practice pays the levy; no other money is taken.
            """,
        ),
        funds("mw-committee", "levy", "mw-lmc", "unknown", 412000),
        sits(
            "mw-committee",
            """
            thackray  | Chair               | lmc-chair@mw-lmc  | 2012-04-01
            rosenthal | Vice chair          | lmc-vice@mw-lmc   | 2012-04-01 to 2016-03-31
            hussain   | Constituency member | lmc-member@mw-lmc | 2012-04 to 2016-03
            trott     | Constituency member | lmc-member@mw-lmc | 2008
            szabo     | Constituency member | lmc-member@mw-lmc | 2012-04-01 to 2016-03-31
            macinnes  | Constituency member | lmc-member@mw-lmc | by 2012-04-01
            larkin    | Constituency member | lmc-member@mw-lmc | 2012-04-01
            adeyemi   | Constituency member | lmc-member@mw-lmc | 2012-04-01 until 2018-08-31
            gallimore | Medical secretary   | lmc-sec@mw-lmc    | 2009-09-01
            """,
        ),
        document="Returning officer's report, March 2012",
    ),
    recorded(
        "2014-03-10",
        "The boards of the two federations",
        holds(
            """
            strickland  | fed-chair@marlcare | 2013-11 until 2019-06-30 | elected by marlcare
            jayawardena | fed-md@marlcare    | 2014-02-01
            penrose     | fed-ceo@marlcare   | 2014-03
            fitzalan    | fed-chair@wexfed   | 2014-01-06 until 2021-12-31 | elected by wexfed
            amadi       | fed-ceo@wexfed     | 2014-06-01
            """,
            how="appointed by {host}",
            pay="fed@{host} 2s",
            employer="{host}",
        ),
        document="Companies register, filings of February 2014",
    ),
    recorded(
        "2014-06-16",
        "The federation board of Marlshire adopts its articles",
        forms(
            "marlcare-board",
            "federation_board",
            "Marlcare Federation Board",
            "2013-11",
            host="marlcare",
            remit="Directs the company that Marlshire's practices own.",
            functions="shares workforce, estates, digital",
        ),
        adopts(
            "marlcare-board",
            "Articles of association",
            "2014-05-01",
            decision_rule="vote",
            quorum=3,
            seats="""
                Chair            | chair    | 1 | voting | type fed-chair
                Medical director | core     | 1 | voting | type fed-md
                Chief executive  | core     | 1 | voting | type fed-ceo
                Local medical committee | observer | 1 | | organisation mw-lmc
            """,
            purpose="To direct the company in the interest of its members.",
        ),
        sits(
            "marlcare-board",
            """
            strickland  | Chair            | fed-chair@marlcare | 2014-05-01 until 2019-06-30
            jayawardena | Medical director | fed-md@marlcare    | 2014-05-01
            penrose     | Chief executive  | fed-ceo@marlcare   | 2014-05-01
            gallimore   | Local medical committee | lmc-sec@mw-lmc | 2014-05-01
            """,
        ),
        document="Articles of association, 1 May 2014",
    ),
    recorded(
        "2016-05-09",
        "Elections to the committee: four new members, a new vice chair",
        holds(
            """
            hussain   | lmc-vice@mw-lmc   | 2016-04-01 to 2020-03-31
            prakash   | lmc-member@mw-lmc | 2016-04-01
            winterton | lmc-member@mw-lmc | 2016-04-01
            eze       | lmc-member@mw-lmc | 2016-04-01 to 2020-03-31
            """,
            how="elected by mw-lmc; count of 14 March 2016",
            pay="levy@mw-lmc 0.5s £5800",
        ),
        sits(
            "mw-committee",
            """
            hussain   | Vice chair          | lmc-vice@mw-lmc   | 2016-04-01 to 2020-03-31
            prakash   | Constituency member | lmc-member@mw-lmc | 2016-04-01
            winterton | Constituency member | lmc-member@mw-lmc | 2016-04-01
            eze       | Constituency member | lmc-member@mw-lmc | 2016-04-01 to 2020-03-31
            """,
        ),
        document="Returning officer's report, March 2016",
    ),
    recorded(
        "2017-02-20",
        "East Tarrow's committee, which had kept its own list on paper",
        holds(
            """
            mccready | lmc-chair@et-lmc  | by 2011-06-30
            olawale  | lmc-sec@et-lmc    | 2015
            bukhari  | lmc-member@et-lmc | 2016-04
            chowdhury| lmc-member@et-lmc | unknown
            """,
            how="elected by et-lmc",
            pay="levy@et-lmc 1s",
        ),
        forms(
            "et-committee",
            "lmc_committee",
            "East Tarrow LMC Committee",
            "1998",
            host="et-lmc",
            covers="et-lmc",
            remit="Represents the practices of the borough, by statute.",
        ),
        adopts(
            "et-committee",
            "Rules",
            "1998",
            decision_rule="vote",
            nature="representative",
            seats=COMMITTEE,
            purpose="To represent the GPs of the borough.",
        ),
        sits(
            "et-committee",
            """
            mccready  | Chair               | lmc-chair@et-lmc  | by 2011-06-30
            bukhari   | Constituency member | lmc-member@et-lmc | 2016-04
            chowdhury | Constituency member | lmc-member@et-lmc | unknown
            olawale   | Medical secretary   | lmc-sec@et-lmc    | 2015
            """,
        ),
        document="Files of East Tarrow LMC, box 3",
    ),
    recorded(
        "2018-11-19",
        "A new chair of the committee",
        leaves("thackray | lmc-chair@mw-lmc | 2018-10-31"),
        stands_down("mw-committee", "thackray | Chair | 2018-10-31"),
        holds("macinnes | lmc-chair@mw-lmc | 2018-11-01 | elected by mw-lmc | levy@mw-lmc 3s £33000"),
        leaves("macinnes | lmc-member@mw-lmc | 2018-10-31"),
        stands_down("mw-committee", "macinnes | Constituency member | 2018-10-31"),
        sits("mw-committee", "macinnes | Chair | lmc-chair@mw-lmc | 2018-11-01"),
        document="Minutes of the committee, 6 November 2018",
    ),
    recorded(
        "2019-01-21",
        "Dr MacInnes-Boyd's name was spelt without its capital",
        is_called("macinnes", "Catriona Isla", "MacInnes-Boyd"),
        document="Dr MacInnes-Boyd, by telephone",
    ),
    recorded(
        "2019-07-22",
        "A new chair of Marlcare",
        holds(
            "venkat | fed-chair@marlcare | 2020-07-01 | elected by marlcare; takes office after her term at the commissioning group | fed@marlcare 3s £36000"
        ),
        holds("prakash | fed-chair@marlcare | 2019-07-01 to 2020-06-30 | interim by marlcare | unpaid"),
        sits("marlcare-board", "prakash | Chair | fed-chair@marlcare | 2019-07-01 to 2020-06-30"),
        document="Minutes of the annual meeting, July 2019",
    ),
    recorded(
        "2020-05-11",
        "Elections to the committee were put off for the pandemic; sitting members go on",
        corrects("""
            hussain | lmc-vice@mw-lmc   | 2016-04-01 to 2021-03-31
            eze     | lmc-member@mw-lmc | 2016-04-01 to 2021-03-31
        """),
        stands_down(
            "mw-committee",
            """
            hussain | Vice chair          | 2021-03-31
            eze     | Constituency member | 2021-03-31
        """,
        ),
        sits("marlcare-board", "venkat | Chair | fed-chair@marlcare | 2020-07-01"),
        document="Minutes of the committee, 21 April 2020",
    ),
    recorded(
        "2020-12-07",
        "The officers of the new alliance",
        holds(
            """
            stoker  | all-chair@alliance | 2020-10-01 | elected by alliance
            lampard | all-ceo@alliance   | 2020-11    | appointed by alliance | grant@et-ccg 6s £41000 | alliance
            """,
            pay="unpaid",
        ),
        document="Memorandum of the alliance, signed 24 September 2020",
    ),
    recorded(
        "2021-05-17",
        "The committee after its late election",
        holds(
            """
            adeyemi | lmc-vice@mw-lmc   | 2022-07-01 | elected by mw-lmc; takes office when her term at the commissioning group ends
            imran   | lmc-member@mw-lmc | 2021-04-01
            quaye   | lmc-member@mw-lmc | 2021-04-01
            rao     | lmc-member@mw-lmc | 2021-04-01 to 2025-03-31
            """,
            how="elected by mw-lmc",
            pay="levy@mw-lmc 1s £12100",
        ),
        leaves("trott | lmc-member@mw-lmc | 2021"),
        stands_down("mw-committee", "trott | Constituency member | 2021"),
        sits(
            "mw-committee",
            """
            adeyemi | Vice chair          | lmc-vice@mw-lmc   | 2022-07-01
            imran   | Constituency member | lmc-member@mw-lmc | 2021-04-01
            quaye   | Constituency member | lmc-member@mw-lmc | 2021-04-01
            rao     | Constituency member | lmc-member@mw-lmc | 2021-04-01 to 2025-03-31
            """,
        ),
        document="Returning officer's report, March 2021",
    ),
    recorded(
        "2022-02-14",
        "A new chair of the Wexmoor federation, known from its letterhead; the day he began is not",
        holds("rezai | fed-chair@wexfed | by 2022-02-01 | elected by wexfed | fed@wexfed 2s £24000"),
        document="Letter of the federation, 1 February 2022",
    ),
    recorded(
        "2022-10-17",
        "A provider board for general practice in two counties",
        forms(
            "provider-board",
            "gp_provider_board",
            "General Practice Provider Board of Marlshire and Wexmoor",
            "2022-10-01",
            host="marlcare",
            covers="mw-lmc",
            remit="Agrees what general practice as a provider offers the system, and what it does not.",
            functions="leads interface; shares workforce, digital, estates",
            reports_to="mw-committee",
            influences="icb, marl-hosp, wexhosp, royal",
        ),
        adopts(
            "provider-board",
            "Founding terms",
            "2022-10-01",
            nature="expert",
            decision_rule="consensus",
            quorum=5,
            review_on="2025-09-30",
            purpose="One place where those who give general practice decide together what to offer.",
            seats="""
                Chair                     | chair         | 1 | voting | type prov-chair
                Federation                | core          | 2 | voting | type fed-chair
                East Tarrow alliance      | in_attendance | 1 |        | organisation alliance
                Network clinical director | core          | 3 | voting | type cd
                Local medical committee   | in_attendance | 1 |        | kind lmc
                Training hub              | in_attendance | 1 |        | type hub
            """,
            clauses="""
                2 The board binds nobody. A proposal is agreed when every network, federation and committee that it concerns has agreed to it.
                5 Local medical committees attend, so that what providers agree is not mistaken for what practices' representatives agree.
            """,
        ),
        funds("provider-board", "core", "icb", "2022-10-01 to 2026-03-31", 64000),
        funds("provider-board", "fed", "marlcare", "2022-10-01", 8000),
        holds(
            "jayawardena | prov-chair@provider-board | 2022-10-01 to 2026-09-30 | elected by marlcare | core@icb 2s £26000 | marlcare"
        ),
        sits(
            "provider-board",
            """
            jayawardena | Chair                     | prov-chair@provider-board | 2022-10-01
            venkat      | Federation                | fed-chair@marlcare | 2022-10-01
            rezai       | Federation                | fed-chair@wexfed   | 2022-10-01
            stoker      | East Tarrow alliance      | all-chair@alliance | 2022-10-01 until 2025-09-30
            mwangi      | Network clinical director | cd@kingsmarl       | 2022-10-01
            obi         | Network clinical director | cd@wexbridge       | 2022-10-01 to 2025-09-30
            gallimore   | Local medical committee   | lmc-sec@mw-lmc     | 2022-10-01 until 2024-03-31
            """,
        ),
        document="Founding terms of the provider board, 27 September 2022",
    ),
    recorded(
        "2024-04-15",
        "The medical secretary of twenty years retires; the office gets a chief executive",
        leaves("gallimore | lmc-sec@mw-lmc | 2024-03-31"),
        stands_down("mw-committee", "gallimore | Medical secretary | 2024-03-31"),
        stands_down("marlcare-board", "gallimore | Local medical committee | 2024-03-31"),
        holds("""
            desai   | lmc-sec@mw-lmc | 2024-04-01 | appointed by mw-lmc | levy@mw-lmc 6s £79000 | mw-lmc
            fosdyke | lmc-ceo@mw-lmc | 2024-04-01 | appointed by mw-lmc | levy@mw-lmc 10s £68000 | mw-lmc
        """),
        sits("mw-committee", "desai | Medical secretary | lmc-sec@mw-lmc | 2024-04-01"),
        sits("marlcare-board", "desai | Local medical committee | lmc-sec@mw-lmc | 2024-04-01"),
        document="Minutes of the committee, 16 January 2024",
    ),
    recorded(
        "2024-10-14",
        "The federation's new articles: a treasurer, who is not to be an executive too",
        adopts(
            "marlcare-board",
            "Articles of association, 2024",
            "2024-10-01",
            decision_rule="vote",
            quorum=3,
            seats="""
                Chair            | chair    | 1 | voting | type fed-chair | 4
                Medical director | core     | 1 | voting | type fed-md    | 5
                Chief executive  | core     | 1 | voting | type fed-ceo   | 5
                Treasurer        | core     | 1 | voting | experience     | 6
                Local medical committee | observer | 1 | | organisation mw-lmc | 7
            """,
            conditions="""
                not_also_in | Medical director | Treasurer | 6
                not_also_in | Chief executive  | Treasurer | 6
            """,
            clauses="""
                1 [purpose] The board directs the company in the interest of the practices that own it.
                4 [chair] The practices elect the chair.
                5 The medical director and the chief executive are directors.
                6 The treasurer is somebody who knows accounts. They are neither the medical director nor the chief executive, so that nobody approves their own spending.
                7 The local medical committee may send an observer.
                8 [decision] The board decides by a majority.
                9 [quorum] Three directors make a quorum.
            """,
            purpose="To direct the company in the interest of its members.",
        ),
        sits(
            "marlcare-board",
            "wojcik | Treasurer | Kept the books of a practice of nine partners for ten years | 2024-10-01",
        ),
        document="Articles of association, as amended on 1 October 2024",
    ),
    recorded(
        "2025-05-12",
        "Elections to the committee under its new constitution; two new members, for 2025 to 2029",
        holds(
            """
            yusuf    | lmc-member@mw-lmc | 2025-04-01 to 2029-03-31
            siddiqui | lmc-member@mw-lmc | 2025-04-01 to 2029-03-31
            """,
            how="elected by mw-lmc; count of 11 March 2025",
            pay="levy@mw-lmc 0.5s £7000",
        ),
        sits(
            "mw-committee",
            """
            yusuf     | Member for Marlshire | lmc-member@mw-lmc | 2025-04-01 to 2029-03-31
            siddiqui  | Member for Wexmoor   | lmc-member@mw-lmc | 2025-04-01 to 2029-03-31
            """,
        ),
        document="Returning officer's report, March 2025",
    ),
    recorded(
        "2026-09-21",
        "Who leads the committee from April is decided early, so that the vacancy is none",
        holds(
            "quaye | lmc-chair@mw-lmc | 2027-04-01 to 2031-03-31 | elected by mw-lmc; unopposed | levy@mw-lmc 3s £41000"
        ),
        leaves("macinnes | lmc-chair@mw-lmc | 2027-03-31"),
        stands_down("mw-committee", "macinnes | Chair | 2027-03-31"),
        sits("mw-committee", "quaye | Chair | lmc-chair@mw-lmc | 2027-04-01 to 2031-03-31"),
        document="Minutes of the committee, 8 September 2026",
    ),
    recorded(
        "2026-10-12",
        "Dr Jayawardena-Poole's term as chair of the provider board has ended; nobody has taken her seat, and she still chairs",
        holds("wojcik | fed-md@marlcare | 2026-10-01 | appointed by marlcare | fed@marlcare 2s £27000 | marlcare"),
        leaves("jayawardena | fed-md@marlcare | 2026-09-30"),
        stands_down("marlcare-board", "jayawardena | Medical director | 2026-09-30"),
        sits("marlcare-board", "wojcik | Medical director | fed-md@marlcare | 2026-10-01"),
        stands_down("provider-board", "mwangi | Network clinical director | in 75 days"),
        document="Minutes of the federation board, October 2026",
    ),
]
