"""Wexmoor's leadership group: system leads as members at first and in attendance since; one member in two minds by right."""

from memberships.demo.entries import (
    adopts,
    deputises,
    forms,
    funds,
    holds,
    influences,
    leaves,
    manages,
    opens,
    recorded,
    reports,
    sits,
    stands_down,
)

LOG = [
    recorded(
        "2022-11-28",
        "The county's directors and the federation found a leadership group",
        forms(
            "wex-glg",
            "gp_leadership_group",
            "Wexmoor General Practice Leadership Group",
            "2022-11-01",
            host="wexfed",
            covers="wex",
            remit="Speaks for general practice at the place, and prepares those who do.",
            functions="shares interface, workforce",
            influences="icb, wex, wexhosp",
        ),
        reports("wex-glg", "wex-board", "2022-11-01", "what general practice offers the place"),
        reports("wex-glg", "mw-committee", "2022-11-01", "what is asked of practices"),
        adopts(
            "wex-glg",
            "2022",
            "2022-11-01",
            nature="representative",
            decision_rule="vote",
            quorum=4,
            term_months=18,
            review_on="2024-04-30",
            purpose="To represent general practice in Wexmoor.",
            seats="""
                Chair                     | chair | 1 | voting | type glg-chair
                Network clinical director | core  | 9 | voting | type cd
                Federation                | core  | 1 | voting | type fed-chair
                System clinical lead      | core  | 2 | voting | type lead
            """,
            clauses="""
                1 The group represents the general practices of the county.
                2 All network clinical directors are members, with the chair of the federation and the system clinical leads who practise in the county.
                3 A majority decides.
            """,
        ),
        funds("wex-glg", "fed", "wexfed", "2022-11-01 to 2024-05-31", 15000),
        holds("sengupta | glg-chair@wex-glg | 2022-11-01 to 2025-10-31 | elected by wex-glg | unpaid"),
        sits(
            "wex-glg",
            """
            sengupta | Chair                     | glg-chair@wex-glg | 2022-11-01 to 2025-10-31
            obi      | Network clinical director | cd@wexbridge      | 2022-11-01
            chaudhry | Network clinical director | cd@velmoor        | 2022-11-01
            haddad   | Network clinical director | cd@edgemoor       | 2022-11-01
            tolley   | Network clinical director | cd@thistle        | 2022-11-01
            zhou     | Network clinical director | cd@ravensholt     | 2022-11-01
            mensah   | Network clinical director | cd@peverstone     | 2022-11-01 to 2023-03-31
            rezai    | Federation                | fed-chair@wexfed  | 2022-11-01
            petrescu | System clinical lead      | lead.mental@icb   | 2022-11-01
            wetherby | System clinical lead      | lead.cancer@icb   | 2022-12
            """,
        ),
        document="Terms of reference of 2022",
    ),
    recorded(
        "2023-08-21",
        "Dr Bello-Saunders takes Peverstone's seat",
        sits("wex-glg", "bello | Network clinical director | cd@peverstone | 2023-04-01"),
        document="Minutes of the group, June 2023",
    ),
    recorded(
        "2024-06-24",
        "The second version of the terms: the committee has seats, system leads only attend",
        adopts(
            "wex-glg",
            "2024",
            "2024-06-01",
            nature="expert",
            decision_rule="consensus",
            quorum=6,
            warning_months=9,
            review_on="2026-05-31",
            conditions="not_engaged_by | icb | | 7",
            purpose="To bring together those who act for general practice in Wexmoor.",
            seats="""
                Chair                     | chair         | 1 | voting | type glg-chair      | 2
                Network clinical director | core          | 9 | voting | type cd             | 2
                Federation                | core          | 1 | voting | type fed-chair      | 2
                Local medical committee   | core          | 2 | voting | organisation mw-lmc | 3
                Practice nurse            | core          | 1 | voting | experience          | 4
                Liaison with the hospital | core          | 1 | voting | type trust-gp       | 5
                System clinical lead      | in_attendance | 3 |        | type lead           | 6
                Director of public health | in_attendance | 1 |        | type dph            | 6
            """,
            clauses="""
                1 [nature] The group is not a representative body.
                2 Core members are the county's network clinical directors and the chair of the federation.
                3 The local medical committee sends two officers.
                4 A practice nurse is asked to join for her or his experience.
                5 The hospital's GP liaison lead is a member.
                6 System clinical leads and the director of public health attend; they do not decide.
                7 Nobody employed by the integrated care board is a core member.
                8 [decision] Decisions are by consensus.
            """,
        ),
        stands_down("wex-glg", "zhou | Network clinical director | 2024-08-31"),
        funds("wex-glg", "core", "icb", "2024-06-01 to 2026-03-31", 48000),
        sits(
            "wex-glg",
            """
            desai   | Local medical committee   | lmc-sec@mw-lmc   | 2024-06-01 | mw-lmc
            imran   | Local medical committee   | lmc-member@mw-lmc| 2024-06-01 to 2027-05-31 | mw-lmc
            ogden   | Practice nurse            | Practice nurse for twenty-two years, and teaches others | 2024-06-01 to 2027-05-31 | velmoor
            bellamy | Director of public health | dph@wex-ph       | 2024-07
            """,
        ),
        document="Terms of reference of 2024",
    ),
    recorded(
        "2024-12-16",
        "The liaison lead's seat; and Ravensholt's new director",
        sits(
            "wex-glg",
            """
            zhou     | Liaison with the hospital | trust-gp@wexhosp | 2024-11-01 | wexhosp
            hartnell | Network clinical director | cd@ravensholt    | 2024-11
            vasquez  | Network clinical director | cd@danesthorpe   | 2024-11-01
            """,
        ),
        document="Minutes of the group, 21 November 2024",
    ),
    recorded(
        "2025-03-24",
        "Subjects that a director leads for the group",
        opens(
            "glg-lead.planned@wex-glg",
            "2025-01-01",
            "Referrals, waiting lists, and the letters between them.",
            "shares interface",
        ),
        opens("glg-lead.mental@wex-glg", "2025-01-01", "What practices do for people who wait for mental health care."),
        opens("glg-lead.cancer@wex-glg", "2025-01-01", "Early signs, urgent referrals, and life after treatment."),
        holds(
            """
            haddad   | glg-lead.planned@wex-glg | 2025-01-01 to 2027-03-31
            chaudhry | glg-lead.mental@wex-glg  | 2025-01-01
            """,
            how="nominated by wex-glg",
            pay="core@icb 0.5s £6200",
        ),
        document="Minutes of the group, 16 January 2025",
    ),
    recorded(
        "2025-08-18",
        "Siddiqui takes Wexminster South's seat; a nurse sits in for him",
        sits("wex-glg", "siddiqui | Network clinical director | cd@wexsouth | 2025-07-01 to 2028-06-30"),
        deputises("wex-glg", "siddiqui | Network clinical director | tolley | 2025-07-01 to 2026-06-30"),
        document="Minutes of the group, July 2025",
    ),
    recorded(
        "2025-11-24",
        "A new chair, from April; the vice chair of the committee minds the seat until then",
        holds(
            """
            adeyemi | glg-chair@wex-glg | 2025-11-01 to 2026-03-31 | acting by wex-glg
            obi     | glg-chair@wex-glg | 2026-04-01 to 2029-03-31 | elected by wex-glg; second ballot, eight votes to five
            """,
            pay="unpaid",
        ),
        sits(
            "wex-glg",
            """
            adeyemi | Chair | glg-chair@wex-glg | 2025-11-01 to 2026-03-31
            obi     | Chair | glg-chair@wex-glg | 2026-04-01 to 2029-03-31
        """,
        ),
        stands_down("wex-glg", "obi | Network clinical director | 2026-03-31"),
        document="Minutes of the group, 20 November 2025",
    ),
    recorded(
        "2026-05-25",
        "Clinical leads of the merged board attend",
        influences("wex-glg", "tvicb | 2026-04-01"),
        funds("wex-glg", "core", "tvicb", "2026-04-01 to 2027-03-31", 48000),
        sits(
            "wex-glg",
            """
            wetherby | System clinical lead | lead.cancer@tvicb | 2026-05-01
            sharma   | System clinical lead | lead.mental@tvicb | 2026-05-01
        """,
        ),
        document="Minutes of the group, 21 May 2026",
    ),
    recorded(
        "2026-11-02",
        "Dr Rezai-Colton has left the federation's chair; his seat was not given up",
        leaves("rezai | fed-chair@wexfed | by 2026-10-20"),
        document="The federation's web page, 20 October 2026",
    ),
    recorded(
        "2026-11-16",
        "How the group deals with a member who leads for the place too is written down at last",
        manages(
            "mw-lmc",
            "wex-glg",
            "bello | GL01 | Says so at the beginning of every meeting, and leaves the room when the place's budget is discussed | The chair and Dr Bello-Saunders | in 200 days",
        ),
        document="Minutes of the group, 12 November 2026",
    ),
]
