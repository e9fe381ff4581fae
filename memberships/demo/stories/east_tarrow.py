"""East Tarrow's leadership group: a borough without a federation, where posts are hard to fill and rules bend."""

from memberships.demo.entries import (
    adopts,
    corrects,
    forms,
    funds,
    holds,
    influences,
    leaves,
    opens,
    recorded,
    sits,
    stands_down,
)

LOG = [
    recorded(
        "2023-03-06",
        "The borough's group, made by the alliance",
        forms(
            "et-glg",
            "gp_leadership_group",
            "East Tarrow GP Leadership Group",
            "2023-02-01",
            host="alliance",
            covers="et",
            remit="One room for those who lead general practice in the borough.",
            functions="shares workforce; contributes interface",
            influences="icb, et, royal",
        ),
        adopts(
            "et-glg",
            "first",
            "2023-02-01",
            nature="unsaid",
            decision_rule="unsaid",
            purpose="To meet.",
            seats="""
                Chair                     | chair         | 1 | | type glg-chair
                Network clinical director | core          | 7 | | type cd
                Alliance                  | core          | 1 | | type all-chair
                Place director            | in_attendance | 1 | | type place-dir
            """,
            clauses="1 Whoever leads a network comes. The alliance writes the minutes.",
        ),
        funds("et-glg", "grant", "region", "2023-02-01 to 2024-03-31", 9500),
        holds("balogun | glg-chair@et-glg | 2023-02-01 | elected by et-glg | unpaid"),
        sits(
            "et-glg",
            """
            balogun     | Chair                     | glg-chair@et-glg   | 2023-02-01
            menon       | Network clinical director | cd@upper           | 2023-02-01
            iqbal       | Network clinical director | cd@hadderby        | 2023-02-01
            dacosta     | Network clinical director | cd@mouth           | 2023-02-01
            achterberg  | Network clinical director | cd@flaxholme       | 2023-02-01
            nasser      | Network clinical director | cd@otterholme      | 2023-02-01
            thistlewood | Network clinical director | cd@copper          | 2023
            stoker      | Alliance                  | all-chair@alliance | 2023-02-01
            tembo       | Place director            | place-dir@et       | 2023-02-01 until 2024-02-29
            """,
        ),
        document="Note of the first meeting, 9 February 2023",
    ),
    recorded(
        "2024-07-22",
        "Flaxholme's seat is empty since its director went; noted with the minutes of the summer",
        stands_down("et-glg", "achterberg | Network clinical director | by 2024-06-13"),
        document="Minutes of the group, 13 June 2024",
    ),
    recorded(
        "2025-06-23",
        "The second version of the terms promises the committee a seat of its own",
        stands_down("et-glg", "balogun | Chair | 2025-05-31"),
        stands_down("et-glg", "menon | Network clinical director | 2025-05-31"),
        adopts(
            "et-glg",
            "second",
            "2025-06-01",
            nature="expert",
            decision_rule="consensus",
            quorum=5,
            term_months=24,
            warning_months=6,
            review_on="2027-05-31",
            conditions="""
                not_engaged_by | icb      |          | 6
                profession     | gp       | Alliance | 2
                not_paid_from  | icb_core | Chair    | 7
            """,
            purpose="To bring together the leaders of general practice in the borough.",
            seats="""
                Chair                     | chair         | 1 | voting | type glg-chair      | 2
                Network clinical director | core          | 6 | voting | type cd             | 2
                Alliance                  | core          | 1 | voting | type all-chair      | 2
                Local medical committee   | core          | 1 | voting | organisation et-lmc | 3
                Experience                | core          | 1 | voting | experience          | 4
                Place director            | in_attendance | 1 |        | type place-dir      | 5
                System clinical lead      | in_attendance | 2 |        | type lead           | 5
            """,
            clauses="""
                1 [nature] The group is not there to represent practices. It is there because somebody has to know.
                2 Its core members are the clinical directors of the borough's networks and the chair of the alliance, who is a GP.
                3 The local medical committee has a seat of its own.
                4 So has somebody whom the others ask for experience.
                5 The place director and the system's clinical leads come when asked, and leave when decisions are made.
                6 Nobody who works for the integrated care board is a core member.
                7 [funding] The board's core budget may pay for the group, but not for its chair: nobody is asked to contradict whoever pays them.
            """,
        ),
        leaves("balogun | glg-chair@et-glg | 2025-05-31"),
        holds("menon | glg-chair@et-glg | 2025-06-01 to 2027-05-31 | elected by et-glg | core@icb 1s £12900"),
        sits(
            "et-glg",
            """
            menon   | Chair                     | glg-chair@et-glg | 2025-06-01 to 2027-05-31
            balogun | Network clinical director | cd@tarrowford    | 2025-06-01
            kaur    | Experience                | Chaired the borough's commissioning group for six years: chairing, money, settling conflicts | 2025-06-01 to 2027-05-31 | alliance
            lacey   | Place director            | place-dir@et     | 2025-06-01
            """,
        ),
        funds("et-glg", "core", "icb", "2025-06-01 to 2026-03-31", 21000),
        document="Terms of reference, second version",
    ),
    recorded(
        "2025-12-01",
        "The alliance's managing director stands in as its chair, though the post is for GPs",
        leaves("stoker | all-chair@alliance | 2025-09-30"),
        stands_down("et-glg", "stoker | Alliance | 2025-09-30"),
        holds(
            "lampard | all-chair@alliance | 2025-10-01 | interim by alliance; until the members' meeting of next year | unpaid | alliance"
        ),
        sits("et-glg", "lampard | Alliance | all-chair@alliance | 2025-10-01"),
        document="Minutes of the alliance, 25 September 2025",
    ),
    recorded(
        "2026-03-09",
        "Subjects that somebody leads for the borough, and one that nobody does",
        opens("glg-lead.children@et-glg", "2026-02-01", "Fever clinics, school nurses, and the wait for assessments."),
        opens("glg-lead.urgent@et-glg", "2026-02-01", "Same-day care between practices, pharmacies and the infirmary."),
        holds(
            "dacosta | glg-lead.children@et-glg | 2026-02-01 | nominated by et-glg | practice@Tarrowmouth_Surgery 0.5s"
        ),
        document="Minutes of the group, 12 February 2026",
    ),
    recorded(
        "2026-06-01",
        "The merged board has not said whether it pays; the group lives on the alliance's reserves",
        influences("et-glg", "tvicb | 2026-04-01"),
        funds("et-glg", "fed", "alliance", "2026-04-01", 6000),
        document="Minutes of the group, 14 May 2026",
    ),
    recorded(
        "2026-08-17",
        "Dr Chowdhury-Pell sat on the committee until 2024; the year had been taken for the day he was last seen",
        corrects("chowdhury | lmc-member@et-lmc | unknown to 2024"),
        document="Dr McCreadie-Holt, by e-mail",
    ),
]
