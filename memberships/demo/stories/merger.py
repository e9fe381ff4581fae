"""April 2026: the board merges with its neighbour. Some leaders are appointed anew, some are not, one post was overlooked."""

from memberships.demo.entries import adopts, forms, holds, leaves, opens, recorded, sits, winds_up

LOG = [
    recorded(
        "2026-04-20",
        "The old board's posts end, but for the adviser's, which no letter mentions; the merged board's begin",
        winds_up("icb", "2026-03-31", but="adviser@icb"),
        opens(
            "icb-cmo@tvicb",
            "2026-04-01",
            "Clinical strategy and quality in four counties; dental, eye and pharmacy care with the directors of the places.",
            "leads strategy, quality; shares dental, optometry, pharmacy, performance",
        ),
        opens(
            "icb-cno@tvicb",
            "2026-04-01",
            "Nursing, safeguarding, and the plan for staff of every kind.",
            "leads workforce; shares quality",
        ),
        opens(
            "hub@tvicb", "2026-04-01", "Plans training and recruitment for practices and networks.", "leads workforce"
        ),
        holds(
            """
            cavendish  | icb-chair@tvicb | 2026-04-01 to 2027-03-31 | interim; by the Secretary of State
            montgomery | icb-ceo@tvicb   | 2026-04-01
            sorensen   | icb-cmo@tvicb   | 2026-04-01
            thorley    | icb-cno@tvicb   | 2026-04-01
            marchetti  | icb-cfo@tvicb   | 2026-04-01
            naidoo     | icb-ned@tvicb   | 2026-04-01
            arkwright  | icb-ned@tvicb   | 2026-05
            haque      | icb-pcd@tvicb   | 2026-04-01
            """,
            how="appointed by tvicb",
            pay="core@tvicb",
            employer="tvicb",
        ),
        holds(
            "stavrou | icb-primary@tvicb | 2026-04-01 to 2029-03-31 | nominated by et-lmc; nominated by 143 of 221 practices, appointed by the chair | core@tvicb 2s £27500"
        ),
        holds(
            """
            lindley  | lead.planned@tvicb  | 2026-04-01
            mackay   | lead.urgent@tvicb   | 2026-04-01
            mistry   | lead.ltc@tvicb      | 2026-04-01
            sharma   | lead.mental@tvicb   | 2026-04-01
            aziz     | lead.children@tvicb | 2026-04-01
            oconnell | lead.ageing@tvicb   | 2026-04-01
            wetherby | lead.cancer@tvicb   | 2026-04-01
            pereira  | lead.pharmacy@tvicb | 2026-05-01
            """,
            how="appointed by tvicb",
            pay="core@tvicb 2s £26400",
        ),
        opens("lead.maternity@tvicb", "2026-04-01"),
        opens("lead.dental@tvicb", "2026-04-01"),
        holds("hussain | safeguard@tvicb | 2026-04-01 | appointed by tvicb | core@tvicb 2s £27000 | tvicb"),
        holds(
            "rao | hub@tvicb | 2026-04-01 to 2027-03-31 | appointed by tvicb | grant@region 4s £54000 | marlcare | The grant for next year is not yet confirmed."
        ),
        forms(
            "tv-board",
            "icb_board",
            "NHS Tarrow Valley ICB Board",
            "2026-04-01",
            host="tvicb",
            covers="tvicb",
            remit="Decides how the NHS money of four counties is spent.",
            functions="leads strategy, contracts, population",
            reports_to="region",
        ),
        adopts(
            "tv-board",
            "Constitution, 1 April 2026",
            "2026-04-01",
            quorum=8,
            decision_rule="vote",
            term_months=36,
            seats="""
                Chair                            | chair | 1 | voting | type icb-chair
                Chief executive                  | core  | 1 | voting | type icb-ceo
                Chief medical officer            | core  | 1 | voting | type icb-cmo
                Chief nursing officer            | core  | 1 | voting | type icb-cno
                Chief finance officer            | core  | 1 | voting | type icb-cfo
                Non-executive member             | core  | 3 | voting | type icb-ned
                Partner member, acute trusts     | core  | 4 | voting | kind trust
                Partner member, mental health    | core  | 1 | voting | organisation mind
                Partner member, local authorities | core | 1 | voting | kind local_authority
                Partner member, primary medical services | core | 1 | voting | type icb-primary
            """,
            clauses="""
                2.1.5 The board has fifteen members.
                3.5.1 Four partner members are nominated by the trusts that give most hospital care.
                3.6.2 One is nominated by the providers of primary medical services.
            """,
            purpose="To plan and buy NHS care for four counties.",
        ),
        sits(
            "tv-board",
            """
            cavendish  | Chair                             | icb-chair@tvicb     | 2026-04-01 to 2027-03-31
            montgomery | Chief executive                   | icb-ceo@tvicb       | 2026-04-01
            sorensen   | Chief medical officer             | icb-cmo@tvicb       | 2026-04-01
            thorley    | Chief nursing officer             | icb-cno@tvicb       | 2026-04-01
            marchetti  | Chief finance officer             | icb-cfo@tvicb       | 2026-04-01
            naidoo     | Non-executive member              | icb-ned@tvicb       | 2026-04-01
            arkwright  | Non-executive member              | icb-ned@tvicb       | 2026-05
            blackwood  | Partner member, acute trusts      | trust-ceo@marl-hosp | 2026-04-01
            onuoha     | Partner member, acute trusts      | trust-ceo@wexhosp   | 2026-04-01
            spencer    | Partner member, acute trusts      | trust-ceo@royal     | 2026-04-01
            beresford  | Partner member, acute trusts      | trust-md@royal      | 2026-06
            nolan      | Partner member, mental health     | trust-ceo@mind      | 2026-04-01
            drummond   | Partner member, local authorities | asc@marl-cc         | 2026-04-01
            stavrou    | Partner member, primary medical services | icb-primary@tvicb | 2026-04-01 to 2029-03-31 | et-lmc
            """,
        ),
        document="The merged board's constitution and register of members",
    ),
    recorded(
        "2026-05-04",
        "The places' boards answer to the merged board; their directors are its employees now",
        leaves("""
            vaughan | place-dir@marl | 2027-03-31
        """),
        document="Staff transfer scheme of 1 April 2026",
    ),
    recorded(
        "2026-09-07",
        "The merged board asks for advice on urgent care once more, in a meeting of everyone",
        forms(
            "summit",
            "summit",
            "Tarrow Valley General Practice Summit",
            "2026-09-01 to 2026-12-31",
            host="mw-lmc",
            covers="mw-lmc",
            remit="One evening for everyone who leads general practice, about what it will look like in five years.",
            functions="contributes strategy",
            influences="tvicb",
        ),
        adopts(
            "summit",
            "Invitation",
            "2026-09-01",
            nature="expert",
            seats="""
                Host    | chair | 1  | | type lmc-chair
                Speaker | core  | 3  | | experience
                Guest   | observer | 2 | | type icb-primary
            """,
            purpose="To think aloud.",
        ),
        sits(
            "summit",
            """
            macinnes | Host    | lmc-chair@mw-lmc | 2026-09-01
            carrow   | Speaker | Chaired a commissioning group through its first six years | 2026-09-01 | mw-lmc
            okonkwo  | Speaker | Sat for primary medical services on the first board | 2026-09-01 | mw-lmc
            stavrou  | Guest   | icb-primary@tvicb | 2026-09-01
            """,
        ),
        document="Invitation to the summit of 8 October 2026",
    ),
    recorded(
        "2026-10-26",
        "Who leads the training hub from April, if the grant comes",
        holds("quaye | hub@tvicb | 2027-04-01 | appointed by tvicb | grant@region 4s £56000 | marlcare"),
        document="Minutes of the hub's board, October 2026",
    ),
]
