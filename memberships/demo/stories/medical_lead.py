"""The medical lead of the national commissioner, 2012 to now: a remit that changed shape as the system did.

With it the primary care trusts' last leaders, the virtual leadership team, and a commissioning group that reported to two.
"""

from memberships.demo.entries import (
    adopts,
    corrects,
    deputises,
    forms,
    holds,
    leaves,
    opens,
    recorded,
    remit,
    reports,
    sits,
    winds_up,
)

LOG = [
    recorded(
        "2013-01-21",
        "Who led the trusts, and who was named to the new local office",
        opens(
            "at-md@office-1",
            "2012-10-01 to 2013-03-31",
            "To be in place before the trusts are gone: takes over the performers list, keeps an eye on everything else.",
            "leads performance; shares appraisal; contributes strategy",
        ),
        holds(
            """
            pickard   | pct-pec@marl-pct   | 2009 to 2013-03-31
            banerjee  | pct-md@wex-pct     | 2010-06 to 2013-03-31
            wyatt     | pct-pec@et-pct     | by 2011-03-31 to 2013-03-31
            sefton    | pct-ceo@marl-pct   | 2008-11-03 to 2013-03-31
            """,
            how="appointed by {host}",
            pay="pct@{host}",
        ),
        holds("""
            merriweather | at-md@office-1       | 2012-10-15 to 2013-03-31 | appointed by office-1; letter of 1 October 2012 | england@office-1 10s | office-1
            drysdale     | at-director@office-1 | 2012-10-01 to 2013-03-31 | appointed | england@office-1 10s
        """),
        document="Directory of the local office, edition of January 2013",
    ),
    recorded(
        "2013-04-22",
        "The area team's directors, and its medical lead's remit",
        opens(
            "at-md@office",
            "2013-04-01",
            "Answers for the performance of practitioners and buys dental, eye and pharmacy care. Keeps a strategic view, "
            "brings the clinical leaders of the area together, leads where nobody else does and lets others lead elsewhere.",
            "leads performance, dental, optometry, pharmacy, appraisal; contributes strategy; steps_in interface",
        ),
        holds(
            """
            merriweather | at-md@office       | 2013-04-01
            drysdale     | at-director@office | 2013-04-01
            thorley      | at-nurse@office    | 2013-04
            gwilym       | ldn.dental@office  | 2013-09 | appointed | england@office 1s £6240 |
            pathak       | ldn.eyes@office    | 2013-09 | appointed | england@office 1s £6240 |
            eastcott     | ldn.pharmacy@office| 2013-10 | acting    | unpaid                  |
            """,
            how="appointed",
            pay="england@office 10s",
            employer="office",
        ),
        document="Directory of the area team, April 2013",
    ),
    recorded(
        "2013-06-10",
        "The clinical leaders of the area meet as one team that exists nowhere on paper",
        forms(
            "virtual",
            "other",
            "Tarrow Valley Virtual Clinical Leadership Team",
            "2013-05-16",
            host="office",
            covers="office",
            remit="Everyone in clinical leadership in the area, whatever body they sit in, round one table four times a year.",
            functions="shares strategy; contributes quality, interface",
            influences="nmarl-ccg, smarl-ccg, wex-ccg, et-ccg",
        ),
        holds("""
            phiri    | dph@marl-ph | 2013-04-01 until 2018-08-31 | appointed by marl-cc    | council@marl-cc    | marl-cc
            bellamy  | dph@wex-ph  | 2013-04-01               | appointed by wex-cc     | council@wex-cc     | wex-cc
            forsythe | dph@et-ph   | 2013-04-01 until 2021-03    | appointed by et-council | council@et-council | et-council
            rutherford | trust-md@wexhosp   | 2011-09 until 2019-12-31 | appointed by wexhosp   | trust@wexhosp   | wexhosp
            goldman    | trust-md@marl-hosp | 2012 until 2020          | appointed by marl-hosp | trust@marl-hosp | marl-hosp
            villiers   | senate-chair@senate | 2013-04-01 until 2019-03-31 | appointed by region | england@region 2s £19500
            whitlock   | ccg-chair@nmarl-ccg | 2013-04-01 | elected by nmarl-ccg; vote of the member practices, February 2013 | ccg@nmarl-ccg 5s £61000
            venkat     | ccg-chair@smarl-ccg | 2013-04-01 | elected by smarl-ccg | ccg@smarl-ccg 5s £60500
            carrow     | ccg-chair@wex-ccg   | 2013-04-01 | elected by wex-ccg   | ccg@wex-ccg 6s £74000
            dunstan    | ccg-chair@et-ccg    | 2013-04-01 | elected by et-ccg    | ccg@et-ccg 4s £52000
        """),
        adopts(
            "virtual",
            "Working note of May 2013",
            "2013-05-16",
            seats="""
                Convener                        | chair         | 1 |  | type at-md
                Chair of a commissioning group  | core          | 4 |  | type ccg-chair
                Director of public health       | core          | 3 |  | type dph
                Medical director of a trust     | core          | 3 |  | type trust-md
                Clinical senate                 | in_attendance | 1 |  | type senate-chair
                Health and wellbeing board      | observer      | 3 |  | kind health_and_wellbeing_board
            """,
            purpose="To know what each other is doing before it is done.",
            decision_rule="unsaid",
            nature="expert",
        ),
        sits(
            "virtual",
            """
            merriweather | Convener                       | at-md@office        | 2013-05-16
            whitlock     | Chair of a commissioning group | ccg-chair@nmarl-ccg | 2013-05-16
            venkat       | Chair of a commissioning group | ccg-chair@smarl-ccg | 2013-05-16
            carrow       | Chair of a commissioning group | ccg-chair@wex-ccg   | 2013-05-16
            dunstan      | Chair of a commissioning group | ccg-chair@et-ccg    | 2013-05-16
            phiri        | Director of public health      | dph@marl-ph         | 2013-05-16
            bellamy      | Director of public health      | dph@wex-ph          | 2013-05-16
            forsythe     | Director of public health      | dph@et-ph           | 2013-09
            rutherford   | Medical director of a trust    | trust-md@wexhosp    | 2013-05-16
            goldman      | Medical director of a trust    | trust-md@marl-hosp  | 2013-05-16
            villiers     | Clinical senate                | senate-chair@senate | 2013-11
            """,
        ),
        deputises("virtual", "bellamy | Director of public health | phiri | 2013-05-16"),
        document="Note of the first meeting, 16 May 2013",
    ),
    recorded(
        "2013-11-18",
        "A group to buy dental, eye and pharmacy care, that answers to the area team and to the groups of practices alike",
        forms(
            "dop",
            "commissioning_group",
            "Dental, Eye Care and Pharmacy Commissioning Group",
            "2013-10-01",
            host="office",
            covers="office",
            remit="Advises on what to buy; the area team signs.",
            functions="shares dental, optometry, pharmacy",
        ),
        reports("dop", "office", "2013-10-01", "contracts and money"),
        reports("dop", "wex-ccg", "2013-10-01", "what patients of all four groups need, on behalf of the four"),
        adopts(
            "dop",
            "October 2013",
            "2013-10-01",
            seats="""
                Chair                             | chair | 1 | voting | type at-md
                Local professional network        | core  | 3 | voting | type ldn
                Commissioning group               | core  | 2 | voting | kind ccg
                Local medical committee           | in_attendance | 1 | | organisation mw-lmc
            """,
            clauses="""
                1 The group reports to the area team for the contracts, and to the clinical commissioning groups for the needs that the contracts are to meet.
                2 Where the two ask for different things, the chair tells both, and the group waits.
            """,
            quorum=4,
            decision_rule="vote",
        ),
        sits(
            "dop",
            """
            merriweather | Chair                      | at-md@office        | 2013-10-01
            gwilym       | Local professional network | ldn.dental@office   | 2013-10-01
            pathak       | Local professional network | ldn.eyes@office     | 2013-10-01
            eastcott     | Local professional network | ldn.pharmacy@office | 2013-11-05
            carrow       | Commissioning group        | ccg-chair@wex-ccg   | 2013-10-01 | wex-ccg
            """,
        ),
        document="Terms of reference of the commissioning group, October 2013",
    ),
    recorded(
        "2014-07-14",
        "The medical lead gives up contracts with practices to joint committees, and takes on the quality of practices",
        remit(
            "at-md@office",
            "2014-07-01",
            "As before, without buying pharmacy care, which a neighbouring team does for both. Contracts with practices are "
            "now decided jointly with the commissioning groups.",
            "leads performance, dental, optometry, appraisal; shares contracts, quality; assures pharmacy; steps_in interface",
        ),
        document="Paper to the area team's board, June 2014",
    ),
    recorded(
        "2015-04-20",
        "The area team is gone; its medical lead becomes a director of the region for the same valley",
        winds_up("office", "2015-03-31"),
        opens(
            "at-md@region",
            "2015-04-01",
            "Practitioner performance and appraisal for the valley; dental, eye and pharmacy care for the whole region with others.",
            "leads performance, appraisal; shares dental, optometry, pharmacy",
        ),
        holds("merriweather | at-md@region | 2015-04-01 | appointed by region | england@region 10s | region"),
        document="Letter of the regional director, 26 March 2015",
    ),
    recorded(
        "2018-03-05",
        "Dr Merriweather-Igwe has retired; her deputy acts",
        leaves("merriweather | at-md@region | 2018-02"),
        holds("kowalczyk | at-md@region | 2018-03-01 | acting by region | england@region 8s | region"),
        document="Notice in the regional bulletin, 1 March 2018",
    ),
    recorded(
        "2019-02-11",
        "The acting medical director began in March 2018, on a day that nobody remembers",
        corrects("kowalczyk | at-md@region | 2018-03"),
        document="Regional organisation chart, January 2019",
    ),
    recorded(
        "2023-04-17",
        "Dental, eye and pharmacy care pass from the region to the board",
        remit(
            "at-md@region",
            "2023-04-01",
            "Practitioner performance and appraisal only. What was bought here is bought by the integrated care boards.",
            "leads performance, appraisal; assures dental, optometry, pharmacy",
        ),
        document="Delegation agreement, 1 April 2023",
    ),
]
