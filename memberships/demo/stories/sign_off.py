"""What Marlshire's leadership group put to the organs of its county, and what they answered; and what its members declared."""

from memberships.demo.entries import answers, declares, proposes, recorded

LETTERS = """
No hospital in the county discharges a patient without a letter that says what has been changed and who does what next.
Where no letter has come within two working days, the practice sends one form back, and the hospital rings the patient.
"""

SAME_DAY = """
From October 2026 the networks of the county keep one list of urgent appointments that are free on the day, which the
hospital's front door may fill. No network is asked to give more than it gives today. A practice that is full says so, and
nobody is sent to it.
"""

LOCUMS = """
The county's practices pay locums by one list of fees, agreed each April by the group, and none pays above it.
"""

HUBS = """
Three winter hubs, at Wolmer, Marlbridge and Ellerwick, from 4 January to 28 March 2027, on weekday evenings and Saturday
mornings. They are staffed through the federation and paid from the board's winter money, not from any network's own.
"""

LOG = [
    recorded(
        "2025-02-17",
        "Put to a vote, as the first terms have it",
        proposes(
            "letters",
            "marl-glg",
            "A letter with every discharge",
            LETTERS,
            by="brennan",
            answer_by="2025-03-31",
        ),
        document="Minutes of the group, 13 February 2025",
    ),
    recorded(
        "2025-04-07",
        "The votes of the organs",
        answers(
            "letters",
            """
            wolmer     | agrees   | 2025-03-03
            northmarl  | agrees   | 2025-03-04
            kingsmarl  | agrees   | 2025-03-10
            marlbridge | agrees   | 2025-03-12
            longmarl   | agrees   | 2025-03-14
            hallowmere | agrees   | 2025-03-20
            silverbeck | objects  | 2025-03-21 | The form is one more form. The hospital should write its letters.
            mw-lmc     | agrees   | 2025-03-25
            marlcare   | abstains | 2025-03-26
            """,
        ),
        document="Minutes of the group, 3 April 2025",
    ),
    recorded(
        "2025-05-12",
        "The first declarations of interests, asked for before the new terms",
        declares(
            "2025-05-08",
            """
            venkat    | financial    | Partner in a practice of the network | | 2011
            venkat    | professional | Examiner of the Royal College of General Practitioners | | 2018-09
            pritchard | financial    | Director of a company that rents rooms to practices | | 2017-04
            desai     |
            """,
        ),
        document="Forms of declaration, May 2025",
    ),
    recorded(
        "2026-05-18",
        "Members declare their interests, as the second terms ask of them every year",
        declares(
            "2026-05-07",
            """
            venkat   | financial    | Partner in a practice of the network | | 2011
            yusuf    | financial    | Partner in a practice of the network | wolmer | 2014
            yusuf    | indirect     | Her husband is a consultant at the hospital | marl-hosp | 2016-09
            mwangi   | financial    | Shares in the federation | marlcare | 2015-04-01
            mwangi   | personal     | Trustee of a hospice | | 2021
            desai    |
            adeyemi  | professional | Writes a column on contracts for a journal | | 2020-01
            penrose  | financial    | Employed by the federation that would staff what the group proposes | marlcare | 2019
            sandhu   | financial    | Partner in a practice of the network | hallowmere | 2016
            haldane  | personal     | Sits on the board of the county's choir | | 2023
            """,
        ),
        document="Forms of declaration, May 2026",
    ),
    recorded(
        "2026-06-01",
        "Put to each organ, because the group cannot instruct them",
        proposes(
            "same-day",
            "marl-glg",
            "One list of urgent appointments",
            SAME_DAY,
            by="venkat",
            answer_by="2026-07-31",
        ),
        document="Minutes of the group, 28 May 2026",
    ),
    recorded(
        "2026-06-29",
        "The first answers; the committee objects to a sentence",
        answers(
            "same-day",
            """
            wolmer     | agrees  | 2026-06-09
            kingsmarl  | agrees  | 2026-06-10
            northmarl  | agrees  | 2026-06-16
            hallowmere | agrees  | 2026-06-18
            mw-lmc     | objects | 2026-06-19 | “May fill” must not become “must be filled”. Say that a practice which is full says so.
            marlcare   | agrees  | 2026-06-22
            """,
        ),
        document="Letters of the organs, June 2026",
    ),
    recorded(
        "2026-08-03",
        "The sentence was agreed with the committee, and everybody has answered",
        answers(
            "same-day",
            """
            mw-lmc     | agrees | 2026-07-07 | The sentence is in the text as we read it now.
            marlbridge | agrees | 2026-07-08
            longmarl   | agrees | 2026-07-09
            brindle    | agrees | 2026-07-13
            ellerwick  | agrees | 2026-07-14
            oakenholt  | agrees | 2026-07-21
            netherwold | agrees | 2026-07-24
            silverbeck | agrees | 2026-07-30
            """,
        ),
        document="Letters of the organs, July 2026",
    ),
    recorded(
        "2026-09-14",
        "A list of fees for locums is put to the organs",
        proposes(
            "locums",
            "marl-glg",
            "One list of fees for locums",
            LOCUMS,
            by="pritchard",
            answer_by="2026-10-30",
        ),
        document="Minutes of the group, 10 September 2026",
    ),
    recorded(
        "2026-10-12",
        "Two networks agree, the committee objects",
        answers(
            "locums",
            """
            netherwold | agrees  | 2026-09-21
            longmarl   | agrees  | 2026-09-30
            mw-lmc     | objects | 2026-10-06 | Practices that agree on what they pay come close to a cartel; and locums are GPs whom we represent too.
            """,
        ),
        document="Letter of the committee, 6 October 2026",
    ),
    recorded(
        "2026-11-16",
        "Winter hubs: put to the organs, with little time",
        proposes(
            "hubs",
            "marl-glg",
            "Three winter hubs",
            HUBS,
            by="mwangi",
            answer_by="in 6 days",
        ),
        document="Minutes of the group, 12 November 2026",
    ),
    recorded(
        "2026-11-24",
        "The answers so far",
        answers(
            "hubs",
            """
            northmarl  | agrees   | 2026-11-17
            kingsmarl  | agrees   | 2026-11-17
            marlbridge | agrees   | 2026-11-18
            longmarl   | abstains | 2026-11-18 | None of the three is nearer to our patients than the hospital.
            longmarl   | agrees   | 2026-11-23 | The federation will run a bus.
            hallowmere | agrees   | 2026-11-19
            brindle    | agrees   | 2026-11-19
            ellerwick  | agrees   | 2026-11-20
            oakenholt  | agrees   | 2026-11-20
            silverbeck | agrees   | 2026-11-23
            marlcare   | agrees   | 2026-11-23
            """,
        ),
        document="Letters of the organs, November 2026",
    ),
]
