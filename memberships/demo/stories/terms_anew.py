"""Terms of reference that say more than their forerunners: seats for each network, co-opted members, who may be a member."""

from memberships.demo.entries import adopts, recorded, sits

LOG = [
    recorded(
        "2023-09-11",
        "The forum of Wexmoor writes down what it does: a place for every network's director, however many networks there are",
        adopts(
            "wex-forum",
            "September 2023",
            "2023-09-01",
            nature="expert",
            decision_rule="organs",
            quorum=5,
            chair_chosen="elected",
            publishes_proposals=True,
            purpose="To speak with one voice when there is one.",
            conditions="acts_for_practices | | | 2",
            seats="""
                Chair                     | chair         | 1      | voting | type cd        | 3
                Network clinical director | core          | 1 each | voting | type cd        | 1
                Place director            | in_attendance | 1      |        | type place-dir | 4
                Committee of the area     | observer      | 1      |        | group mw-committee | 4
            """,
            clauses="""
                1 Every network of Wexmoor has one place, for its clinical director. A network that opens has one too.
                2 Members act for their networks, and hold no post that acts for the system.
                3 [chair] The directors elect one of their number to the chair, who keeps the place of their network.
                4 The place director attends. The committee of the area may send an observer from among its members.
                5 [decision] The forum cannot commit a network. What it proposes is agreed once every network has agreed to it.
                6 [quorum] Five directors make a quorum.
                7 [publication] Its proposals are published.
            """,
        ),
        sits("wex-forum", "sengupta | Network clinical director | cd@wexcentral | 2023-09-01"),
        document="Terms of the forum, September 2023",
    ),
    recorded(
        "2025-03-24",
        "The committee's new constitution: members for constituencies, and two who are co-opted for a year",
        adopts(
            "mw-committee",
            "Constitution of 2025",
            "2025-04-01",
            nature="representative",
            decision_rule="vote",
            quorum=6,
            term_months=48,
            chair_chosen="elected",
            interests="published",
            review_on="2029-03-31",
            purpose="To represent the GPs of the area, whatever the contract under which they work.",
            seats="""
                Chair                  | chair         | 1  | voting | type lmc-chair  | 4
                Vice chair             | core          | 1  | voting | type lmc-vice   | 4
                Member for Marlshire   | core          | 6  | voting | type lmc-member | 3.1 | 2
                Member for Wexmoor     | core          | 4  | voting | type lmc-member | 3.1 | 2
                Co-opted member        | core          | 2  |        | experience      | 3.3
                Medical secretary      | in_attendance | 1  |        | type lmc-sec    | 5
            """,
            going_over="""
                larkin    | Member for Marlshire
                prakash   | Member for Marlshire
                quaye     | Member for Marlshire
                winterton | Member for Wexmoor
                imran     | Member for Wexmoor
            """,
            conditions="""
                profession         | gp |                 | 3.2
                acts_for_practices |    |                 | 3.4
                longest_service    | 12 | Co-opted member | 3.3
            """,
            clauses="""
                1 [purpose] The committee represents all GPs of the area: partners, salaried doctors and locums.
                2 [nature] It is the body that represents them by statute.
                3.1 Each county is a constituency: the GPs of Marlshire elect six members, those of Wexmoor four.
                3.2 A member who leaves practice leaves the committee.
                3.3 The committee may co-opt two members for a year, where groups of doctors are few among those elected. They do not vote.
                3.4 Nobody sits who acts for the system or for the commissioner.
                3.5 [term] Elected members sit for four years.
                4 [chair] The committee elects its chair and its vice chair.
                5 The medical secretary attends.
                6 [decision] The committee decides by a majority of those who vote.
                6.1 [quorum] Six make a quorum, among them two members for each county.
                7 [funding] Every practice pays the levy; no other money is taken.
                8 [interests] Members declare their interests. Readers of the register may see what they declared.
            """,
        ),
        document="Constitution adopted by the committee, 18 March 2025",
    ),
    recorded(
        "2025-09-15",
        "The committee co-opts the director of a network, for a year",
        sits(
            "mw-committee",
            "keane | Co-opted member | Directs a network whose practices nobody on the committee comes from | 2025-09-01 | oakenholt",
        ),
        document="Minutes of the committee, 2 September 2025",
    ),
]
