"""The statutory tables, where acute trusts have more seats than anyone: the board, the care partnership, the senate."""

from memberships.demo.entries import adopts, deputises, forms, holds, leaves, recorded, sits, stands_down

LOG = [
    recorded(
        "2013-12-09",
        "The senate's council",
        forms(
            "senate-council",
            "clinical_senate",
            "Mid Shires Clinical Senate Council",
            "2013-04-01",
            host="senate",
            covers="region",
            remit="Independent clinical advice on large changes.",
            functions="contributes strategy",
        ),
        adopts(
            "senate-council",
            "Terms of 2013",
            "2013-04-01",
            nature="expert",
            decision_rule="consensus",
            seats="""
                Chair          | chair | 1 | voting | type senate-chair
                Council member | core  | 8 | voting | type senate
                NHS England    | in_attendance | 1 | | type at-md
            """,
            purpose="To advise, when asked, on proposals that change hospitals.",
        ),
        holds("""
            kowalczyk  | senate@senate | 2013-06 until 2018-02 | appointed by senate | unpaid
            lindley    | senate@senate | 2013-06 | appointed by senate | unpaid
            wetherby   | senate@senate | 2014    | appointed by senate | unpaid
        """),
        sits(
            "senate-council",
            """
            villiers     | Chair          | senate-chair@senate | 2013-04-01 until 2019-03-31
            lindley      | Council member | senate@senate       | 2013-06
            merriweather | NHS England    | at-md@office        | 2013-04-01 until 2015-03-31
            """,
        ),
        document="The senate's annual report",
    ),
    recorded(
        "2016-10-10",
        "Dr Wetherbyrne joined the senate's council two years ago; nobody had told the office",
        sits("senate-council", "wetherby | Council member | senate@senate | 2014"),
        document="The senate's annual report, 2015 to 2016",
    ),
    recorded(
        "2019-04-15",
        "The senate's chair has changed",
        holds("lindley | senate-chair@senate | 2019-04-01 | appointed by region | england@region 2s £20500"),
        leaves("lindley | senate@senate | 2019-03-31"),
        stands_down("senate-council", "lindley | Council member | 2019-03-31"),
        sits("senate-council", "lindley | Chair | senate-chair@senate | 2019-04-01"),
        document="Notice of the region, March 2019",
    ),
    recorded(
        "2021-03-15",
        "The trusts' chief executives",
        holds(
            """
            blackwood | trust-ceo@marl-hosp | 2017-05-01
            onuoha    | trust-ceo@wexhosp   | 2018-10
            spencer   | trust-ceo@royal     | 2014-02-01
            nolan     | trust-ceo@mind      | 2016
            tadesse   | trust-ceo@community | 2020-01-06
            garrick   | trust-ceo@ambulance | by 2019-12-31
            chandra   | trust-md@marl-hosp  | 2020-09
            beresford | trust-md@royal      | 2015-06
            """,
            how="appointed by {host}",
            pay="trust@{host}",
            employer="{host}",
        ),
        document="The trusts' annual reports, 2019 to 2020",
    ),
    recorded(
        "2022-07-25",
        "The board's table: fifteen seats, four of them the acute trusts', one for primary medical services",
        forms(
            "icb-board",
            "icb_board",
            "NHS Marlshire, Wexmoor and East Tarrow ICB Board",
            "2022-07-01",
            host="icb",
            covers="icb",
            remit="Decides how the NHS money of the system is spent.",
            functions="leads strategy, population; leads contracts",
            reports_to="region",
        ),
        adopts(
            "icb-board",
            "Constitution, 1 July 2022",
            "2022-07-01",
            quorum=8,
            decision_rule="vote",
            nature="unsaid",
            term_months=36,
            chair_chosen="appointed",
            interests="published",
            conditions="profession | gp | Partner member, primary medical services | 3.6.2",
            seats="""
                Chair                            | chair | 1 | voting | type icb-chair | 3.1
                Chief executive                  | core  | 1 | voting | type icb-ceo
                Chief medical officer            | core  | 1 | voting | type icb-cmo
                Chief nursing officer            | core  | 1 | voting | type icb-cno
                Chief finance officer            | core  | 1 | voting | type icb-cfo
                Non-executive member             | core  | 3 | voting | type icb-ned | 3.5 | 1
                Partner member, acute trusts     | core  | 3 | voting | kind trust | 3.6.1 | 1
                Partner member, mental health    | core  | 1 | voting | organisation mind
                Partner member, local authorities | core | 1 | voting | kind local_authority
                Partner member, primary medical services | core | 1 | voting | type icb-primary | 3.6.2
                Local medical committees         | observer | 1 |      | kind lmc | 3.7
            """,
            clauses="""
                2.1.5 The board has fifteen members.
                3.1 [chair] The chair is appointed by the Secretary of State's office, not by the board.
                3.5 There are three non-executive members.
                3.6.1 Three partner members bring the knowledge of the acute trusts, one that of mental health, one that of the councils.
                3.6.2 The partner member for primary medical services is nominated by the providers of primary medical services and brings their knowledge; they are not the delegate of any provider.
                3.7 The local medical committees may send an observer, who does not speak unless asked.
                5.2 [quorum] Eight members make a quorum, among them a non-executive member and a partner member of the acute trusts.
                5.4 [decision] The board seeks agreement and votes where there is none.
                6.1 [interests] The register of members' interests is public.
            """,
            purpose="To plan and buy NHS care for the whole system.",
        ),
        sits(
            "icb-board",
            """
            cavendish  | Chair                             | icb-chair@icb       | 2022-07-01
            montgomery | Chief executive                   | icb-ceo@icb         | 2022-07-01
            sorensen   | Chief medical officer             | icb-cmo@icb         | 2022-07-01
            ekwueme    | Chief nursing officer             | icb-cno@icb         | 2022-07-01
            baxendale  | Chief finance officer             | icb-cfo@icb         | 2022-07-01
            arkwright  | Non-executive member              | icb-ned@icb         | 2022-07-01 to 2025-06-30
            naidoo     | Non-executive member              | icb-ned@icb         | 2022-07-01
            glover     | Non-executive member              | icb-ned@icb         | 2022-09
            blackwood  | Partner member, acute trusts      | trust-ceo@marl-hosp | 2022-07-01
            onuoha     | Partner member, acute trusts      | trust-ceo@wexhosp   | 2022-07-01
            spencer    | Partner member, acute trusts      | trust-ceo@royal     | 2022-07-01
            nolan      | Partner member, mental health     | trust-ceo@mind      | 2022-07-01
            okonkwo    | Partner member, primary medical services | icb-primary@icb | 2022-07-01 | mw-lmc
            gallimore  | Local medical committees          | lmc-sec@mw-lmc      | 2022-09-01 until 2024-03-31 | mw-lmc
            """,
        ),
        document="The board's constitution and its first register of members",
    ),
    recorded(
        "2022-12-12",
        "The care partnership: all who care for people in the system, in a room that holds them",
        forms(
            "icp",
            "integrated_care_partnership",
            "Marlshire, Wexmoor and East Tarrow Integrated Care Partnership",
            "2022-10-01",
            host="icb",
            covers="icb",
            remit="Writes the strategy that the board has to heed.",
            functions="shares strategy, population",
            influences="icb",
        ),
        adopts(
            "icp",
            "October 2022",
            "2022-10-01",
            decision_rule="consensus",
            seats="""
                Chair                   | chair | 1 |  | type icb-chair
                Local authority         | core  | 3 |  | kind local_authority
                Director of public health | core | 3 | | type dph
                Trust                   | core  | 6 |  | kind trust
                Voluntary sector        | core  | 3 |  | kind voluntary
                Network clinical director | core | 1 | | type cd
            """,
            purpose="To say what people in the system need.",
        ),
        sits(
            "icp",
            """
            cavendish | Chair                     | icb-chair@icb       | 2022-10-01
            drummond  | Local authority           | asc@marl-cc         | 2022-10-01
            kapoor    | Local authority           | asc@wex-cc          | 2022-10-01
            bellamy   | Director of public health | dph@wex-ph          | 2022-10-01
            blackwood | Trust                     | trust-ceo@marl-hosp | 2022-10-01
            onuoha    | Trust                     | trust-ceo@wexhosp   | 2022-10-01
            spencer   | Trust                     | trust-ceo@royal     | 2022-10-01
            tadesse   | Trust                     | trust-ceo@community | 2022-10-01
            garrick   | Trust                     | trust-ceo@ambulance | 2022-11
            hewitt    | Voluntary sector          | vcs@vol-m           | 2022-10-01
            silva     | Voluntary sector          | vcs@vol-e           | 2022-10-01
            """,
        ),
        document="Minutes of the partnership's first meeting",
    ),
    recorded(
        "2024-03-18",
        "The observer's chair at the board passes with the office",
        holds("tembo | icb-ned@icb | 2024-03-01 | appointed by icb | core@icb | icb"),
        sits("icb-board", "macinnes | Local medical committees | lmc-chair@mw-lmc | 2024-04-01 | mw-lmc"),
        deputises("icb-board", "macinnes | Local medical committees | adeyemi | 2024-04-01"),
        document="Letter to the board's secretary, 4 March 2024",
    ),
]
