"""The networks' clinical directors since 2019, their forums, a network's own board; a job share, vacancies, and gaps."""

from memberships.demo.entries import (
    adopts,
    corrects,
    corrects_seat,
    ends_role,
    forms,
    holds,
    is_called,
    leaves,
    recorded,
    reports,
    sits,
    stands_down,
)

CONTRACT = "pcn@{host} 2.5s £21600"

LOG = [
    recorded(
        "2019-07-15",
        "The first clinical directors of Marlshire's networks",
        holds(
            """
            cartwright  | cd@wolmer     | 2019-07-01
            delacroix   | cd@northmarl  | 2019-07-01
            mwangi      | cd@kingsmarl  | 2019-07-01
            bhatt       | cd@marlbridge | 2019-07-01
            hollingdale | cd@longmarl   | 2019-07-01
            osborne     | cd@hallowmere | 2019-07-01
            karimi      | cd@brindle    | 2019-07-01
            abbott      | cd@ellerwick  | 2019-07-01
            nwosu       | cd@oakenholt  | 2019-07-01
            pritchard   | cd@netherwold | 2019-07-01
            farouk      | cd@silverbeck | 2019-07-01
            """,
            how="appointed by {host}; network agreement, schedule 1",
            pay=CONTRACT,
        ),
        document="Network agreements, schedule 1, as sent to NHS Marlshire CCG",
    ),
    recorded(
        "2019-07-29",
        "The first clinical directors of Wexmoor's networks",
        holds(
            """
            sengupta   | cd@wexcentral  | 2019-07-01
            lockhart   | cd@wexsouth    | 2019-07-01
            obi        | cd@wexbridge   | 2019-07-01
            beaumont   | cd@velmoor     | 2019-07-01
            haddad     | cd@edgemoor    | 2019-07-01
            greenhalgh | cd@thistle     | 2019-07-01
            mensah     | cd@peverstone  | 2019-07
            zhou       | cd@ravensholt  | 2019-07-01
            vasquez    | cd@danesthorpe | 2019-07-01
            """,
            how="appointed by {host}",
            pay=CONTRACT,
        ),
        document="Network agreements, schedule 1, as sent to NHS Wexmoor CCG",
    ),
    recorded(
        "2019-11-11",
        "The first clinical directors of East Tarrow's networks, four months late",
        holds(
            """
            balogun    | cd@tarrowford | 2019-07-01
            coleridge  | cd@mouth      | 2019-07-01
            menon      | cd@upper      | 2019-07
            gallagher  | cd@hadderby   | by 2019-10-01
            achterberg | cd@flaxholme  | 2019-07-01
            nasser     | cd@otterholme | 2019-07-01
            thistlewood| cd@copper     | 2019
            """,
            how="appointed by {host}",
            pay=CONTRACT,
        ),
        document="A list that the alliance's founders kept",
    ),
    recorded(
        "2020-02-10",
        "Dr Coleridge-Nash began in September, not in July: the network had no director for its first two months",
        corrects("coleridge | cd@mouth | 2019-09-01"),
        document="Network declaration of January 2020",
    ),
    recorded(
        "2020-09-14",
        "The directors of Marlshire meet on their own",
        forms(
            "marl-forum",
            "pcn_directors_forum",
            "Marlshire Clinical Directors' Forum",
            "2020-05",
            host="marlcare",
            covers="marlcare",
            remit="Where the directors of Marlshire's networks tell each other what works.",
            functions="contributes workforce, quality",
        ),
        adopts(
            "marl-forum",
            "Note of May 2020",
            "2020-05",
            seats="""
                Convener                  | chair         | 1  | | type cd
                Network clinical director | core          | 11 | | type cd
                Local medical committee   | in_attendance | 1  | | organisation mw-lmc
            """,
            purpose="Mutual help.",
            nature="expert",
        ),
        sits(
            "marl-forum",
            """
            cartwright  | Convener                  | cd@wolmer     | 2020-05
            delacroix   | Network clinical director | cd@northmarl  | 2020-05
            mwangi      | Network clinical director | cd@kingsmarl  | 2020-05
            bhatt       | Network clinical director | cd@marlbridge | 2020-05
            hollingdale | Network clinical director | cd@longmarl   | 2020-05
            karimi      | Network clinical director | cd@brindle    | 2020-05
            abbott      | Network clinical director | cd@ellerwick  | 2020-06
            nwosu       | Network clinical director | cd@oakenholt  | 2020-05
            pritchard   | Network clinical director | cd@netherwold | 2020
            farouk      | Network clinical director | cd@silverbeck | 2020-05
            gallimore   | Local medical committee   | lmc-sec@mw-lmc| 2020-05
            """,
        ),
        document="Note of the forum's first meeting by video",
    ),
    recorded(
        "2021-01-25",
        "Managers and associate directors whom the networks employ",
        holds("""
            sharp      | pcnm@wolmer     | 2020-10-01 | appointed by wolmer    | pcn@wolmer 10s    | marlcare
            bains      | pcnm@wexcentral | 2020-11    | appointed by wexcentral| pcn@wexcentral 10s| wexfed
            whitehouse | acd@hallowmere  | 2020-09-01 | appointed by hallowmere| pcn@hallowmere 1s £8400 | marlcare
            ogden      | acd@velmoor     | 2021-01    | appointed by velmoor   | pcn@velmoor 1s £8300
            ramires    | acd@tarrowford  | 2021-01-04 | appointed by tarrowford| pcn@tarrowford 1s | Tarrowford Quay Surgery
        """),
        document="The networks' workforce returns, January 2021",
    ),
    recorded(
        "2021-06-14",
        "Two directors change in Marlshire",
        leaves("""
            cartwright  | cd@wolmer   | 2021-05-31
            hollingdale | cd@longmarl | 2021-03
        """),
        stands_down(
            "marl-forum",
            """
            cartwright  | Convener                  | 2021-05-31
            hollingdale | Network clinical director | 2021-03
        """,
        ),
        holds(
            """
            yusuf | cd@wolmer   | 2021-06-01 | elected by wolmer; vote of six practices
            tran  | cd@longmarl | 2021-04-01
            """,
            how="appointed by {host}",
            pay="pcn@{host} 2.5s £22400",
        ),
        sits(
            "marl-forum",
            """
            yusuf | Convener                  | cd@wolmer   | 2021-07
            tran  | Network clinical director | cd@longmarl | 2021-05
        """,
        ),
        document="Network declarations of June 2021",
    ),
    recorded(
        "2021-10-18",
        "Wexmoor: the director of Thistlecombe is a nurse now, that of Wexminster South has gone on a day nobody knows",
        leaves("""
            greenhalgh | cd@thistle  | 2021-08-31
            lockhart   | cd@wexsouth | gone 2021-10-11
        """),
        holds(
            """
            tolley | cd@thistle  | 2021-09-01
            ingram | cd@wexsouth | by 2021-10-11 | acting by wexsouth
            """,
            how="appointed by {host}",
            pay="pcn@{host} 2.5s £22400",
        ),
        document="Telephone calls with the networks' managers",
    ),
    recorded(
        "2022-01-31",
        "Tarrowmouth's director left in the autumn; the seat was kept warm by a paramedic",
        leaves("coleridge | cd@mouth | by 2021-11-30"),
        holds(
            "parfitt | cd@mouth | 2021-12-01 to 2022-09-30 | interim by mouth; agreed by its five practices | pcn@mouth 2s £17900"
        ),
        document="Network declaration of January 2022",
    ),
    recorded(
        "2022-10-10",
        "Clinical directors of the commissioning groups that ended in June have become directors of networks",
        leaves("""
            delacroix | cd@northmarl | 2022-09-30
            beaumont  | cd@velmoor   | 2022-08-31
            gallagher | cd@hadderby  | 2022-07-31
            parfitt   | cd@mouth     | 2022-09-30
        """),
        stands_down("marl-forum", "delacroix | Network clinical director | 2022-09-30"),
        holds(
            """
            brennan  | cd@northmarl | 2022-10-01 | elected by northmarl; the only candidate
            chaudhry | cd@velmoor   | 2022-09-01
            iqbal    | cd@hadderby  | 2022-08-01
            dacosta  | cd@mouth     | 2022-10-01
            """,
            how="appointed by {host}",
            pay="pcn@{host} 2.5s £23100",
        ),
        sits("wex-board", "chaudhry | Network clinical director | cd@velmoor | 2022-10-01 | wexfed"),
        document="Network declarations of October 2022",
    ),
    recorded(
        "2023-01-30",
        "Hallowmere shares its directorship between two",
        leaves("osborne | cd@hallowmere | 2022-12-31"),
        holds(
            """
            sandhu  | cd@hallowmere | 2023-01-01
            seymour | cd@hallowmere | 2023-01-01
            """,
            how="elected by hallowmere; a joint candidacy, Mondays and Thursdays",
            pay="pcn@hallowmere 1.25s £11600",
        ),
        forms(
            "hallow-board",
            "pcn_board",
            "Hallowmere Network Board",
            "2023-01-01",
            host="hallowmere",
            covers="hallowmere",
            remit="Directs the network's staff and money.",
            functions="leads digital; shares workforce",
        ),
        adopts(
            "hallow-board",
            "Network agreement, schedule 4",
            "2023-01-01",
            quorum=4,
            decision_rule="consensus",
            seats="""
                Clinical director   | chair         | 2 | voting | type cd
                Associate director  | core          | 1 | voting | type acd
                Practice            | core          | 6 | voting | kind practice
            """,
            purpose="To decide together for six practices.",
        ),
        sits(
            "hallow-board",
            """
            sandhu     | Clinical director  | cd@hallowmere  | 2023-01-01
            seymour    | Clinical director  | cd@hallowmere  | 2023-01-01
            whitehouse | Associate director | acd@hallowmere | 2023-01-01
        """,
        ),
        document="Network agreement of Hallowmere, January 2023",
    ),
    recorded(
        "2023-03-13",
        "Dr Chaudhry-Lisle has sat on Wexmoor's board since September; October was when the networks declared it",
        corrects_seat("wex-board", "chaudhry | Network clinical director | 2022-09-01"),
        document="Minutes of the board, 20 September 2022",
    ),
    recorded(
        "2023-04-24",
        "The directors of Wexmoor have a forum too, and it answers to the committee and to the place",
        forms(
            "wex-forum",
            "pcn_directors_forum",
            "Wexmoor Clinical Directors' Forum",
            "2023-03-01",
            host="wexfed",
            covers="wex",
            remit="Prepares what the networks bring to the place.",
            functions="shares workforce, interface",
            influences="wex, wexhosp",
        ),
        reports("wex-forum", "mw-committee", "2023-03-01", "what practices can take on"),
        reports("wex-forum", "wex", "2023-03-01", "how the networks deliver the place's plan"),
        adopts(
            "wex-forum",
            "March 2023",
            "2023-03-01",
            nature="expert",
            decision_rule="consensus",
            seats="""
                Chair                     | chair         | 1 | voting | type cd
                Network clinical director | core          | 9 | voting | type cd
                Place director            | in_attendance | 1 |        | type place-dir
            """,
            purpose="To speak with one voice when there is one.",
            clauses="1 Members answer to their networks. The forum cannot commit a network.",
        ),
        sits(
            "wex-forum",
            """
            sengupta | Chair                     | cd@wexcentral  | 2023-03-01
            obi      | Network clinical director | cd@wexbridge   | 2023-03-01
            chaudhry | Network clinical director | cd@velmoor     | 2023-03-01
            haddad   | Network clinical director | cd@edgemoor    | 2023-03-01
            tolley   | Network clinical director | cd@thistle     | 2023-03-01
            zhou     | Network clinical director | cd@ravensholt  | 2023-04
            vasquez  | Network clinical director | cd@danesthorpe | 2023-03-01
            """,
        ),
        document="Terms of the forum, March 2023",
    ),
    recorded(
        "2023-06-19",
        "Peverstone and Oakenholt have new directors",
        leaves("""
            mensah | cd@peverstone | 2023-03-31
            nwosu  | cd@oakenholt  | 2023-04
        """),
        stands_down("marl-forum", "nwosu | Network clinical director | 2023-04"),
        holds(
            """
            bello | cd@peverstone | 2023-04-01 | appointed by peverstone
            keane | cd@oakenholt  | 2023-05-01
            """,
            how="appointed by {host}",
            pay="pcn@{host} 2.5s £23600",
        ),
        sits("wex-forum", "bello | Network clinical director | cd@peverstone | 2023-04-01"),
        sits("marl-forum", "keane | Network clinical director | cd@oakenholt | 2023-06"),
        document="Network declarations of June 2023",
    ),
    recorded(
        "2023-11-27",
        "Silverbeck's director is a pharmacist from December",
        leaves("farouk | cd@silverbeck | 2023-11-30"),
        stands_down("marl-forum", "farouk | Network clinical director | 2023-11-30"),
        holds("dhillon | cd@silverbeck | 2023-12-01 | appointed by silverbeck | pcn@silverbeck 2s £19200 | marlcare"),
        sits("marl-forum", "dhillon | Network clinical director | cd@silverbeck | 2023-12-01"),
        document="Letter of the network, 20 November 2023",
    ),
    recorded(
        "2024-02-12",
        "Dr Osbornewick left a month before what was recorded: the network's letter says 30 November",
        corrects("osborne | cd@hallowmere | 2019-07-01 to 2022-11-30"),
        document="Letter of Hallowmere network, 3 February 2024",
    ),
    recorded(
        "2024-06-10",
        "Flaxholme has no named director: the last one left in May and nobody stood",
        leaves("achterberg | cd@flaxholme | by 2024-05-31"),
        document="The alliance's newsletter, June 2024",
    ),
    recorded(
        "2024-09-30",
        "Dr Tran-Wexley has married",
        is_called("tran", "Minh Anh", "Tran-Wexley"),
        holds("hartnell | cd@ravensholt | 2024-09-01 | appointed by ravensholt | pcn@ravensholt 2.5s £24300"),
        leaves("zhou | cd@ravensholt | 2024-08-31"),
        stands_down("wex-forum", "zhou | Network clinical director | 2024-08-31"),
        sits("wex-forum", "hartnell | Network clinical director | cd@ravensholt | 2024-10"),
        document="Network declarations of September 2024",
    ),
    recorded(
        "2025-02-24",
        "Wexminster South: the acting director was appointed, and has gone; the post is advertised",
        leaves("ingram | cd@wexsouth | 2025-01-31"),
        document="Advertisement of 10 February 2025",
    ),
    recorded(
        "2025-07-14",
        "Wexminster South has a director again; Netherwold's is in his last year",
        holds(
            "siddiqui | cd@wexsouth | 2025-07-01 to 2028-06-30 | appointed by wexsouth; three candidates | pcn@wexsouth 2.5s £24900"
        ),
        corrects("pritchard | cd@netherwold | 2019-07-01 to 2027-06-30"),
        sits("wex-forum", "siddiqui | Network clinical director | cd@wexsouth | 2025-07-01"),
        document="Network declarations of July 2025",
    ),
    recorded(
        "2025-10-20",
        "Brindlewick's director works for nothing since the network spent the payment on staff",
        leaves("karimi | cd@brindle | 2025-09-30"),
        stands_down("marl-forum", "karimi | Network clinical director | 2025-09-30"),
        holds(
            "wojcik | cd@brindle | 2025-10-01 | elected by brindle; on condition that the payment goes to a second pharmacist | unpaid"
        ),
        sits("marl-forum", "wojcik | Network clinical director | cd@brindle | 2025-10-01"),
        document="Minutes of the network, 17 September 2025",
    ),
    recorded(
        "2026-02-23",
        "Edgemoor: who follows from April, agreed while the director is still in post",
        corrects("haddad | cd@edgemoor | 2019-07-01 to 2027-03-31"),
        holds("imran | cd@edgemoor | 2027-04-01 | appointed by edgemoor | pcn@edgemoor 2.5s £25600"),
        document="Minutes of the network, 12 February 2026",
    ),
    recorded(
        "2026-06-15",
        "Ellerwick's director leaves at the end of July; the practices have not agreed on another",
        leaves("""
            abbott | cd@ellerwick                     | 2026-07-31
            abbott | partner@Ellerwick_Medical_Centre | 2026-07-31
        """),
        ends_role("partner@Ellerwick_Medical_Centre | 2026-07-31"),
        stands_down("marl-forum", "abbott | Network clinical director | 2026-07-31"),
        document="Letter of Dr Abbotsholme, 8 June 2026",
    ),
]
