"""The three places: their directors and clinical leads, their boards, and the councils' health and wellbeing boards."""

from memberships.demo.entries import (
    adopts,
    corrects,
    deputises,
    forms,
    holds,
    leaves,
    recorded,
    reports,
    sits,
    stands_down,
)

WELLBEING_BOARD = """
    Chair                       | chair         | 1 | voting | type cabinet
    Director of public health   | core          | 1 | voting | type dph
    Director of social care     | core          | 1 | voting | type asc
    Commissioner                | core          | 1 | voting | type {commissioner}
    Acute trust                 | core          | 2 | voting | kind trust
    Voluntary sector            | core          | 1 | voting | kind voluntary
    General practice            | core          | 1 | voting | type cd
    NHS England                 | in_attendance | 1 |        | type at-md
"""

PLACE_BOARD = """
    Chair                     | chair         | 1 | voting | type place-dir
    Place clinical lead       | core          | 1 | voting | type place-lead
    Acute trust               | core          | 3 | voting | kind trust
    Community or mental health trust | core   | 2 | voting | kind trust
    Council                   | core          | 2 | voting | kind local_authority
    Voluntary sector          | core          | 1 | voting | kind voluntary
    Network clinical director | core          | 1 | voting | type cd
    Local medical committee   | in_attendance | 1 |        | kind lmc
"""

LOG = [
    recorded(
        "2013-09-16",
        "The councils' health and wellbeing boards, and who goes to them from the NHS",
        holds(
            """
            underhill | cabinet@marl-cc    | 2013-05
            colthorpe | cabinet@et-council | 2011-05-12 until 2019-05-02
            """,
            how="appointed by {host}",
            pay="council@{host}",
        ),
        forms(
            "marl-hwb-g",
            "health_and_wellbeing_board",
            "Marlshire Health and Wellbeing Board",
            "2013-04-01",
            host="marl-hwb",
            covers="marl-cc",
            remit="Writes the county's health strategy and holds those who buy care to it.",
            functions="leads population; assures strategy",
            reports_to="marl-cc",
        ),
        adopts(
            "marl-hwb-g",
            "Council standing orders, 2013",
            "2013-04-01",
            quorum=4,
            decision_rule="vote",
            seats=WELLBEING_BOARD.format(commissioner="ccg-chair"),
            purpose="A committee of the council.",
        ),
        sits(
            "marl-hwb-g",
            """
            underhill    | Chair                     | cabinet@marl-cc     | 2013-05
            phiri        | Director of public health | dph@marl-ph         | 2013-04-01 until 2018-08-31
            whitlock     | Commissioner              | ccg-chair@nmarl-ccg | 2013-04-01 until 2018-03-31
            goldman      | Acute trust               | trust-md@marl-hosp  | 2013-04-01 until 2020
            kowalczyk    | NHS England               | Deputy of the area team's medical lead, who may send someone in her place | 2013-06-01 until 2015-03-31 | office | merriweather
            """,
        ),
        document="Agenda of the board, 12 September 2013",
    ),
    recorded(
        "2018-10-15",
        "Marlshire has a new director of public health",
        holds(
            "bellamy | dph@marl-ph | 2018-09-01 | appointed by marl-cc; jointly with Wexmoor | council@marl-cc | wex-cc"
        ),
        sits("marl-hwb-g", "bellamy | Director of public health | dph@marl-ph | 2018-09-01"),
        document="Minutes of the county council",
    ),
    recorded(
        "2021-07-19",
        "East Tarrow: a new cabinet member and a new director of public health",
        holds("""
            rasheed | cabinet@et-council | 2019-05-20 | appointed by et-council | council@et-council
            phiri   | dph@et-ph          | 2021-04    | appointed by et-council | council@et-council | et-council
        """),
        document="The borough's web pages, as seen on 14 July 2021",
    ),
    recorded(
        "2022-09-19",
        "Directors and clinical leads of the three places",
        holds(
            """
            vaughan | place-dir@marl  | 2022-07-01
            bright  | place-dir@wex   | 2022-07-01
            tembo   | place-dir@et    | 2022-07-01
            """,
            how="appointed by icb",
            pay="core@icb",
            employer="icb",
        ),
        holds(
            """
            rahimi   | place-lead@wex  | 2022-08-01
            sengupta | place-lead@marl | 2022-09
            """,
            how="appointed by icb",
            pay="core@icb 2s £24800",
        ),
        holds("""
            drummond | asc@marl-cc    | 2019-06 | appointed by marl-cc | council@marl-cc | marl-cc
            kapoor   | asc@wex-cc     | 2021-02-01 | appointed by wex-cc | council@wex-cc | wex-cc
            hewitt   | vcs@vol-m      | 2018    | appointed by vol-m   | charity@vol-m | vol-m
            toms     | vcs@vol-w      | 2020-03 | appointed by vol-w   | charity@vol-w | vol-w
            silva    | vcs@vol-e      | by 2022-10-01 | | unpaid
        """),
        forms(
            "marl-board",
            "place_board",
            "Marlshire Place Board",
            "2022-07-01",
            host="marl",
            covers="marl",
            remit="Spends what the board passes to the county.",
            functions="shares strategy; leads interface",
            reports_to="icb-board",
        ),
        adopts(
            "marl-board",
            "July 2022",
            "2022-07-01",
            quorum=6,
            decision_rule="consensus",
            seats=PLACE_BOARD,
            purpose="The partners of the county decide together.",
            review_on="2025-06-30",
        ),
        sits(
            "marl-board",
            """
            vaughan  | Chair                     | place-dir@marl      | 2022-07-01
            blackwood| Acute trust               | trust-ceo@marl-hosp | 2022-07-01
            chandra  | Acute trust               | trust-md@marl-hosp  | 2022-07-01
            spencer  | Acute trust               | trust-ceo@royal     | 2022-07-01
            tadesse  | Community or mental health trust | trust-ceo@community | 2022-07-01
            nolan    | Community or mental health trust | trust-ceo@mind      | 2022-07-01
            drummond | Council                   | asc@marl-cc         | 2022-07-01
            bellamy  | Council                   | dph@marl-ph         | 2022-07-01
            mwangi   | Network clinical director | cd@kingsmarl        | 2022-07-01 to 2025-06-30 | marlcare
            gallimore| Local medical committee   | lmc-sec@mw-lmc      | 2022-07-01 until 2024-03-31
            """,
        ),
        forms(
            "wex-board",
            "place_board",
            "Wexmoor Place Board",
            "2022-07-01",
            host="wex",
            covers="wex",
            remit="Spends what the board passes to the county.",
            functions="shares strategy, interface",
            reports_to="icb-board",
        ),
        adopts(
            "wex-board",
            "July 2022",
            "2022-07-01",
            quorum=6,
            decision_rule="consensus",
            seats=PLACE_BOARD,
            purpose="The partners of the county decide together.",
        ),
        sits(
            "wex-board",
            """
            bright   | Chair                     | place-dir@wex       | 2022-07-01
            rahimi   | Place clinical lead       | place-lead@wex      | 2022-08-01
            onuoha   | Acute trust               | trust-ceo@wexhosp   | 2022-07-01
            spencer  | Acute trust               | trust-ceo@royal     | 2022-09 until 2023
            garrick  | Acute trust               | trust-ceo@ambulance | 2022-07-01
            nolan    | Community or mental health trust | trust-ceo@mind | 2022-07-01
            kapoor   | Council                   | asc@wex-cc          | 2022-07-01
            bellamy  | Council                   | dph@wex-ph          | 2022-07-01
            toms     | Voluntary sector          | vcs@vol-w           | 2023-01
            """,
        ),
        document="The places' first papers, July to September 2022",
    ),
    recorded(
        "2023-02-13",
        "East Tarrow's board, and a wellbeing board whose seat for general practice nobody takes",
        forms(
            "et-board",
            "place_board",
            "East Tarrow Place Board",
            "2022-09-01",
            host="et",
            covers="et",
            remit="Spends what the board passes to the borough.",
            functions="shares strategy",
            reports_to="icb-board",
        ),
        adopts(
            "et-board",
            "September 2022",
            "2022-09-01",
            quorum=6,
            decision_rule="vote",
            seats=PLACE_BOARD,
            purpose="The partners of the borough decide together.",
        ),
        sits(
            "et-board",
            """
            tembo     | Chair                     | place-dir@et        | 2022-09-01
            spencer   | Acute trust               | trust-ceo@royal     | 2022-09-01
            beresford | Acute trust               | trust-md@royal      | 2022-09-01
            garrick   | Acute trust               | trust-ceo@ambulance | 2022-09-01
            tadesse   | Community or mental health trust | trust-ceo@community | 2022-09-01
            rasheed   | Council                   | cabinet@et-council  | 2022-09-01
            phiri     | Council                   | dph@et-ph           | 2022-09-01
            silva     | Voluntary sector          | vcs@vol-e           | 2022-09-01
            menon     | Network clinical director | cd@upper            | 2022-10
            """,
        ),
        forms(
            "et-hwb-g",
            "health_and_wellbeing_board",
            "East Tarrow Health and Wellbeing Board",
            "2013-04-01",
            host="et-hwb",
            covers="et-council",
            remit="Writes the borough's health strategy.",
            functions="leads population",
            reports_to="et-council",
        ),
        adopts(
            "et-hwb-g",
            "Council standing orders, 2022",
            "2022-09-01",
            quorum=4,
            decision_rule="vote",
            seats=WELLBEING_BOARD.format(commissioner="place-dir"),
            purpose="A committee of the council.",
        ),
        sits(
            "et-hwb-g",
            """
            rasheed | Chair                     | cabinet@et-council | 2022-09-01
            phiri   | Director of public health | dph@et-ph          | 2022-09-01
            tembo   | Commissioner              | place-dir@et       | 2022-09-01
            spencer | Acute trust               | trust-ceo@royal    | 2022-09-01
            beresford | Acute trust             | trust-md@royal     | 2022-09-01
            silva   | Voluntary sector          | vcs@vol-e          | 2022-09-01
            """,
        ),
        document="Agenda of the board, 2 February 2023",
    ),
    recorded(
        "2023-09-25",
        "The county boards' new terms: Marlshire's commissioner is the place's director, and general practice sends a network's",
        leaves("sengupta | place-lead@marl | 2023-08"),
        holds("nakagawa | place-lead@marl | 2023-09-01 | appointed by icb | core@icb 2s £25300"),
        sits("marl-board", "nakagawa | Place clinical lead | place-lead@marl | 2023-09-01"),
        corrects("underhill | cabinet@marl-cc | 2013-05 to 2029-05"),
        adopts(
            "marl-hwb-g",
            "Council standing orders, 2023",
            "2023-07-01",
            quorum=4,
            decision_rule="vote",
            seats=WELLBEING_BOARD.format(commissioner="place-dir"),
            purpose="A committee of the council.",
        ),
        sits(
            "marl-hwb-g",
            """
            vaughan   | Commissioner     | place-dir@marl      | 2023-07-01
            blackwood | Acute trust      | trust-ceo@marl-hosp | 2023-07-01
            chandra   | Acute trust      | trust-md@marl-hosp  | 2023-07-01
            hewitt    | Voluntary sector | vcs@vol-m           | 2023-07-01
            bhatt     | General practice | cd@marlbridge       | 2023-09
            """,
        ),
        deputises("marl-hwb-g", "bhatt | General practice | tran | 2023-09"),
        document="Standing orders of the county council, July 2023",
    ),
    recorded(
        "2024-04-22",
        "Dr Bello-Saunders leads clinical work for the place, and stays his network's director",
        leaves("rahimi | place-lead@wex | 2024-03-31"),
        stands_down("wex-board", "rahimi | Place clinical lead | 2024-03-31"),
        holds(
            "bello | place-lead@wex | 2024-04-01 | appointed by icb; interview of 6 March 2024 | core@icb 2s £25300 | - | Asked whether he would leave the leadership group; will not, and says so in every meeting."
        ),
        sits("wex-board", "bello | Place clinical lead | place-lead@wex | 2024-04-01"),
        leaves("tembo | place-dir@et | 2024-02-29"),
        stands_down("et-board", "tembo | Chair | 2024-02-29"),
        stands_down("et-hwb-g", "tembo | Commissioner | 2024-02-29"),
        holds("lacey | place-dir@et | 2024-03-01 | appointed by icb | core@icb | icb"),
        sits("et-board", "lacey | Chair | place-dir@et | 2024-03-01"),
        sits("et-hwb-g", "lacey | Commissioner | place-dir@et | 2024-03-01"),
        sits("marl-board", "desai | Local medical committee | lmc-sec@mw-lmc | 2024-04-01"),
        document="The board's bulletin for practices, April 2024",
    ),
    recorded(
        "2025-11-10",
        "Wexmoor's wellbeing board answers to the council and, on the pooled budget, to the place",
        forms(
            "wex-hwb-g",
            "health_and_wellbeing_board",
            "Wexmoor Health and Wellbeing Board",
            "2013-04-01",
            host="wex-hwb",
            covers="wex-cc",
            remit="Writes the county's health strategy, and since 2025 decides the pooled budget with the place.",
            functions="leads population",
        ),
        reports("wex-hwb-g", "wex-cc", "2013-04-01", "the county's health strategy"),
        reports("wex-hwb-g", "wex-board", "2025-10-01", "the pooled budget"),
        adopts(
            "wex-hwb-g",
            "Council standing orders, 2025",
            "2025-10-01",
            quorum=4,
            decision_rule="vote",
            seats=WELLBEING_BOARD.format(commissioner="place-dir"),
            conditions="acts_for_practices | | General practice | 12.4",
            clauses="""
                12.1 [purpose] The board is a committee of the council and writes the county's health strategy.
                12.4 Whoever sits for general practice acts for practices, and for nobody who plans or buys for the system.
            """,
            purpose="A committee of the council.",
            review_on="2027-09-30",
        ),
        sits(
            "wex-hwb-g",
            """
            bellamy | Director of public health | dph@wex-ph        | 2025-10-01
            kapoor  | Director of social care   | asc@wex-cc        | 2025-10-01
            bright  | Commissioner              | place-dir@wex     | 2025-10-01
            onuoha  | Acute trust               | trust-ceo@wexhosp | 2025-10-01
            garrick | Acute trust               | trust-ceo@ambulance | 2025-10-01
            toms    | Voluntary sector          | vcs@vol-w         | 2025-10-01
            obi     | General practice          | cd@wexbridge      | 2025-10-01
            """,
        ),
        document="Agenda of the board, 22 October 2025",
    ),
    recorded(
        "2026-09-14",
        "Dr Bello-Saunders sits for practices at the wellbeing board, whose orders ask for somebody who does not lead for the place",
        stands_down("wex-hwb-g", "obi | General practice | 2026-08-31"),
        sits("wex-hwb-g", "bello | General practice | cd@peverstone | 2026-09-01"),
        document="Minutes of the board, 2 September 2026",
    ),
]
