"""What leaders learnt, and who offers to pass it on: the skills that a reorganisation loses from view; and what needs a lead."""

from memberships.demo.entries import learnt, needs, offers, recorded, would_take_on

LOG = [
    recorded(
        "2016-06-20",
        "What the chairs of the commissioning groups say that they have learnt",
        learnt("""
            carrow | chairing, politics | 2013 | Chairing a governing body of thirteen
            dunstan| finance            | 2013 | Signing off four years of deficits
        """),
        document="Conversations of the medical secretary, spring 2016",
    ),
    recorded(
        "2019-06-03",
        "Dr Carrowdale retires, and offers to be asked",
        learnt("carrow | strategy, conflict | by 2019-04-30 | Six years between a hospital and eleven towns"),
        offers(
            "carrow | politics | mw-lmc | 2019-06-01 | An hour on the telephone for anyone who is about to chair something for the first time | shown"
        ),
        document="Dr Carrowdale, by letter",
    ),
    recorded(
        "2022-06-20",
        "Before the commissioning groups end: what their clinical directors can do",
        learnt("""
            okonkwo   | strategy, politics, boards   | 2013 | Nine years on two governing bodies
            brennan   | redesign, workforce          | 2013-04 | Leading community services for nine years
            sandhu    | data, redesign               | 2013-07 | Leading the shared record
            haldane   | strategy, contracts          | 2013-04-01 | Letting the community contract, twice
            mistry    | redesign, contracts          | 2013-04 | Leading long-term conditions
            adeyemi   | conflict, workforce          | 2018-09 | Leading the county's response to list closures
            lindqvist | estates, finance             | 2018 | Leading premises for the merged group
            chaudhry  | politics, redesign           | 2013 | Leading mental health in Wexmoor
            odowd     | contracts                    | 2014-04 | Leading urgent care contracts
            petrescu  | strategy                     | 2013 | Leading children's services
            winslow   | finance, data                | 2014 | Leading medicines optimisation
            bello     | politics, chairing           | 2019 | Leading the county's vaccination programme
            iqbal     | redesign                     | 2013 | Leading diabetes care in the borough
            stavrou   | strategy, mergers            | 2015 | Leading the three groups' work on becoming one
            fenwick   | workforce                    | by 2013-12-31 | Leading the borough's nurse training
            kaur      | chairing, finance, conflict  | 2016-04 | Chairing a group in financial recovery
            rahimi    | politics, strategy           | 2019-05 | Chairing through a pandemic
            venkat    | chairing, mergers, strategy  | 2013 | Merging two groups into one
        """),
        document="The committee's survey of outgoing leaders, May 2022",
    ),
    recorded(
        "2022-10-24",
        "Three of those who left offer to mentor; one does not want it shown",
        offers("""
            haldane | contracts | mw-lmc | 2022-10-01 | Reads a draft contract with you, and says what it will cost | shown
            kaur    | finance   | et-lmc | 2022-10-01 | Evening conversations about budgets
            venkat  | mergers   | mw-lmc | 2022-09-01 | For practices and networks that think of merging | shown
        """),
        document="Answers to the committee's letter of September 2022",
    ),
    recorded(
        "2024-05-13",
        "Dr Rahimi-Nouri retires from the place and offers two years of advice",
        offers(
            "rahimi | politics | mw-lmc | 2024-05-01 to 2026-04-30 | How a hospital decides, and when to speak | shown"
        ),
        learnt("gallimore | contracts, conflict, mentoring | by 2010-01-01 | Fifteen years of practices in trouble"),
        offers("gallimore | conflict | mw-lmc | 2024-05-01 | Partnership disputes, before lawyers | shown"),
        document="Minutes of the committee, April 2024",
    ),
    recorded(
        "2025-09-15",
        "What today's directors have learnt",
        learnt("""
            yusuf   | chairing, data        | 2021-06 | Two networks' worth of telephone systems
            tolley  | workforce, mentoring  | 2021-09 | The first nurse to direct a network in the county
            dhillon | redesign              | 2023-12 | A pharmacist in every practice
            seymour | mentoring             | 2023 | Sharing a post
            rao     | workforce             | 2018 | Planning for a county without a medical school
            jayawardena | boards, strategy  | 2014-02 | Twelve years as a medical director
            menon   | politics              | by 2025-06-01 | Being the only GP in most rooms
        """),
        offers("""
            tolley  | mentoring | wex  | 2025-09-01 | For nurses and pharmacists who think of leading a network | shown
            seymour | mentoring | marl | 2025-10-01 | How to share a post and stay friends | shown
            jayawardena | boards | mw-lmc | 2026-10-01 | What a board paper should say | shown
        """),
        document="The committee's survey of leaders, summer 2025",
    ),
    recorded(
        "2026-06-29",
        "Dr Okonkwo-Hale, since the merger without a post, offers to advise whoever sits on boards next",
        offers("""
            okonkwo | boards | tvicb | 2026-07-01 | What it is to be one of fifteen, and the only GP | shown
            petrescu| strategy | wex | 2026-07 to 2027-06 | Thinking time, by arrangement
        """),
        document="Answers to the committee's letter of June 2026",
    ),
    recorded(
        "2026-09-14",
        "What the committee found must be led since the boards merged, whoever does it",
        needs("tvicb", "2026-04-01", "workforce, optometry"),
        needs("marl", "2026-07-01", "estates"),
        document="Minutes of the committee, 8 September 2026",
    ),
    recorded(
        "2026-10-12",
        "Two offer to take on what falls free in the spring, and do not want it known yet",
        would_take_on(
            "okonkwo", "glg-chair@marl-glg", "2026-10-01 to 2027-03-31", "If the group wants somebody without a network"
        ),
        would_take_on("petrescu", "cd@edgemoor", "2026-10-05", "For a year, until somebody younger is ready"),
        document="Letters to the medical secretary, October 2026",
    ),
]
