"""Marlshire's GP leadership group: one of three in the system, not a representative body, paid by the board, kept free of its employees."""

from memberships.demo.entries import (
    adopts,
    deputises,
    forms,
    funds,
    group_remit,
    holds,
    influences,
    leaves,
    manages,
    opens,
    recorded,
    sits,
    stands_down,
)

LOG = [
    recorded(
        "2022-09-26",
        "The group is founded, and adopts its first terms",
        forms(
            "marl-glg",
            "gp_leadership_group",
            "Marlshire GP Leadership Group",
            "2022-09-01",
            host="mw-lmc",
            covers="marl",
            remit="Says what general practice in the county can and cannot take on, before others decide it.",
            functions="shares interface, workforce; contributes strategy",
            influences="icb, marl, marl-hosp",
        ),
        adopts(
            "marl-glg",
            "1",
            "2022-09-01",
            nature="unsaid",
            decision_rule="vote",
            quorum=5,
            term_months=24,
            warning_months=6,
            review_on="2024-08-31",
            purpose="To bring the leaders of general practice in Marlshire together.",
            seats="""
                Chair                     | chair         | 1 | voting | type glg-chair | 2.1
                Network clinical director | core          | 5 | voting | type cd | 2.2
                Local medical committee   | core          | 2 | voting | organisation mw-lmc | 2.2
                Federation                | core          | 1 | voting | organisation marlcare | 2.2
                System clinical lead      | core          | 1 | voting | type lead | 2.3
                Place director            | in_attendance | 1 |        | type place-dir | 2.4
            """,
            clauses="""
                1 The group leads general practice in the county.
                2.1 The members elect a chair.
                2.2 Five network clinical directors, two officers of the local medical committee and one director of the federation are members.
                2.3 One of the system's clinical leads is a member if a GP.
                2.4 The place director attends.
                3 Decisions are by vote of those present.
            """,
        ),
        funds("marl-glg", "levy", "mw-lmc", "2022-09-01 to 2023-03-31", 18000),
        holds(
            "venkat | glg-chair@marl-glg | 2022-09-01 to 2024-08-31 | elected by marl-glg; seven votes to two | levy@mw-lmc 1s £12000"
        ),
        sits(
            "marl-glg",
            """
            venkat    | Chair                     | glg-chair@marl-glg | 2022-09-01 to 2024-08-31
            yusuf     | Network clinical director | cd@wolmer          | 2022-09-01
            mwangi    | Network clinical director | cd@kingsmarl       | 2022-09-01
            bhatt     | Network clinical director | cd@marlbridge      | 2022-09-01 to 2024-08-31
            pritchard | Network clinical director | cd@netherwold      | 2022-09-01
            abbott    | Network clinical director | cd@ellerwick       | 2022-10
            gallimore | Local medical committee   | lmc-sec@mw-lmc     | 2022-09-01 until 2024-03-31 | mw-lmc
            adeyemi   | Local medical committee   | lmc-vice@mw-lmc    | 2022-09-01 | mw-lmc
            penrose   | Federation                | fed-ceo@marlcare   | 2022-09-01 | marlcare
            vaughan   | Place director            | place-dir@marl     | 2022-09-01
            """,
        ),
        document="Terms of reference, version 1, 1 September 2022",
    ),
    recorded(
        "2023-05-29",
        "The board pays for the group from its core budget; a system clinical lead has been a member since October",
        funds("marl-glg", "core", "icb", "2023-04-01 to 2026-03-31", 46000),
        sits("marl-glg", "mistry | System clinical lead | lead.ltc@icb | 2022-10-01"),
        document="The board's letter of 3 May 2023",
    ),
    recorded(
        "2024-04-29",
        "The medical secretary's seat passes to her successor",
        sits("marl-glg", "desai | Local medical committee | lmc-sec@mw-lmc | 2024-04-01 | mw-lmc"),
        document="Minutes of the committee, 16 January 2024",
    ),
    recorded(
        "2024-10-14",
        "The chair is elected again; the directors' seats for two more years",
        holds(
            "venkat | glg-chair@marl-glg | 2024-09-01 to 2027-03-31 | elected by marl-glg; unopposed | core@icb 2s £26000"
        ),
        sits(
            "marl-glg",
            """
            venkat | Chair                     | glg-chair@marl-glg | 2024-09-01 to 2027-03-31
            brennan| Network clinical director | cd@northmarl       | 2024-09-01
        """,
        ),
        document="Minutes of the group, 12 September 2024",
    ),
    recorded(
        "2025-01-20",
        "Directors who know a subject lead it for the group",
        opens(
            "glg-lead.urgent@marl-glg",
            "2024-11-01",
            "Says for practices what same-day care they can give, and what the hospital should not send back.",
            "shares interface",
        ),
        opens("glg-lead.ageing@marl-glg", "2024-11-01", "Care homes, housebound people, and who visits them."),
        opens(
            "glg-lead.ltc@marl-glg",
            "2024-11-01",
            "Recall, monitoring, and what moves out of clinics without its money.",
        ),
        holds(
            """
            tran    | glg-lead.urgent@marl-glg | 2024-11-01
            seymour | glg-lead.ageing@marl-glg | 2024-11-01
            """,
            how="nominated by marl-glg",
            pay="core@icb 0.5s £6200",
        ),
        document="Minutes of the group, 14 November 2024",
    ),
    recorded(
        "2026-04-27",
        "The second version of the terms: not a representative body, nobody who works for the board, consensus",
        adopts(
            "marl-glg",
            "2",
            "2026-04-01",
            nature="expert",
            decision_rule="organs",
            quorum=6,
            term_months=36,
            warning_months=6,
            review_on="2028-03-31",
            chair_chosen="elected",
            interests="published",
            publishes_findings=True,
            publishes_proposals=True,
            conditions="""
                acts_for_practices |       | | 2.2
                not_engaged_by     | tvicb | | 2.4
            """,
            purpose="To bring together those who lead practices, networks and their bodies in Marlshire, so that general "
            "practice is understood before decisions are made about it.",
            seats="""
                Chair                     | chair         | 1 | voting | type glg-chair       | 2.1
                Network clinical director | core          | 6 | voting | type cd              | 2.2 | 2
                Local medical committee   | core          | 2 | voting | organisation mw-lmc  | 2.2 | 1
                Federation                | core          | 1 | voting | organisation marlcare| 2.2
                Experience                | core          | 2 | voting | experience           | 2.3
                System clinical lead      | in_attendance | 3 |        | type lead            | 3.1
                Place director            | in_attendance | 1 |        | type place-dir       | 3.2
                Director of primary care  | observer      | 1 |        | type icb-pcd         | 3.2
            """,
            clauses="""
                1.1 [nature] The group is not a representative body. Those who represent practices by statute are the local medical committees.
                1.2 [purpose] It is a meeting of people who know general practice because they lead in it.
                2.1 [chair] The core members elect a chair from among themselves.
                2.2 Core members are six network clinical directors, two officers of the local medical committee, and one of the federation. They act on behalf of their practices.
                2.3 Two more are asked to join for their experience, whatever they hold or do not hold.
                2.4 Nobody who is employed or engaged by the integrated care board is a core member.
                3.1 System clinical leads act for the whole system, also where they are GPs. They are welcome to attend, and do not take part in decisions.
                3.2 The place director attends. The board's director of primary care may observe.
                4.1 [decision] The group decides by consensus of all core members.
                4.2 It cannot instruct the bodies that its members come from. A project is signed off when each of them has agreed to it.
                4.3 [quorum] Six core members make a quorum, among them two network clinical directors and one officer of the committee.
                4.4 [publication] What the group proposes, and what each body answers, is published; so is what the register finds amiss in it.
                4.5 [interests] Members declare their interests every year. Readers of the register who sign in see them.
                5 [funding] The integrated care board pays for the group from its core budget. Paying for it gives no say in it.
                6 [review] These terms are looked at again by March 2028.
            """,
        ),
        group_remit(
            "marl-glg",
            "2026-04-01",
            "Says what general practice in the county can and cannot take on, before others decide it; and keeps the list of who "
            "could follow whom.",
            "shares interface, workforce, estates; contributes strategy, digital",
        ),
        funds("marl-glg", "core", "tvicb", "2026-04-01", 52000),
        influences("marl-glg", "tvicb | 2026-04-01"),
        sits(
            "marl-glg",
            """
            sandhu  | Network clinical director | cd@hallowmere | 2026-04-01
            haldane | Experience                | Nine years as a clinical director of commissioning groups: strategy, contracts, and how boards decide | 2026-04-01 to 2029-03-31 | mw-lmc
            """,
        ),
        deputises("marl-glg", "sandhu | Network clinical director | seymour | 2026-04-01"),
        document="Terms of reference, version 2, 1 April 2026",
    ),
    recorded(
        "2026-05-11",
        "Dr Mistry-Sorrell attends now, with two other clinical leads; somebody comes for the place director",
        sits(
            "marl-glg",
            """
            mistry  | System clinical lead     | lead.ltc@tvicb    | 2026-05-01
            mackay  | System clinical lead     | lead.urgent@tvicb | 2026-05-01
            haque   | Director of primary care | icb-pcd@tvicb     | 2026-05-01
            """,
        ),
        stands_down("marl-glg", "vaughan | Place director | 2026-04-30"),
        sits(
            "marl-glg",
            "limwei | Place director | Manager in the place's office, sent by its director | 2026-05-01 | marl | vaughan",
        ),
        document="Minutes of the group, 7 May 2026",
    ),
    recorded(
        "2026-10-05",
        "Dr Yusuf-Calder's seat ends with the winter; nobody has been asked yet",
        stands_down("marl-glg", "yusuf | Network clinical director | in 75 days"),
        leaves("seymour | glg-lead.ageing@marl-glg | 2026-09-30"),
        document="Minutes of the group, 1 October 2026",
    ),
    recorded(
        "2026-11-09",
        "Dr Abbotsholme, whose network has no director any more, goes on attending until it has chosen one",
        manages(
            "mw-lmc",
            "marl-glg",
            "abbott | GL04 | Comes until his network has chosen a director, speaks for it, and takes no part in decisions | The group, by consensus | in 120 days",
        ),
        document="Minutes of the group, 5 November 2026",
    ),
]
