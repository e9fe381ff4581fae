"""The system's own leaders: the partnership of 2016, the board's directors of 2022, clinical leads by pathway, the training hub."""

from memberships.demo.entries import corrects, holds, leaves, opens, recorded, remit

LOG = [
    recorded(
        "2017-03-13",
        "Who leads the partnership",
        holds("""
            montgomery | stp-lead@stp | 2016-12-01 | appointed by region | england@region 6s | wexhosp
            banerjee   | stp-clin@stp | 2017-01    | nominated by nmarl-ccg | ccg@nmarl-ccg 2s £25000 + ccg@wex-ccg 2s £25000 | Wexminster Canal Street Practice
        """),
        document="The partnership's governance paper, February 2017",
    ),
    recorded(
        "2019-10-07",
        "Dr Banerjee-Stroud stood down; nobody leads the clinicians of the partnership",
        leaves("banerjee | stp-clin@stp | 2019-09-15"),
        document="Dr Banerjee-Stroud's farewell note",
    ),
    recorded(
        "2022-07-18",
        "The board's first directors and non-executive members",
        leaves("montgomery | stp-lead@stp | 2022-06-30"),
        opens(
            "icb-cmo@icb",
            "2022-07-01",
            "The board's doctor: clinical strategy, and how well care is given.",
            "leads strategy, quality; contributes performance",
        ),
        holds(
            """
            cavendish  | icb-chair@icb | 2022-07-01 | appointed; by the Secretary of State
            montgomery | icb-ceo@icb   | 2022-07-01
            sorensen   | icb-cmo@icb   | 2022-07-01
            ekwueme    | icb-cno@icb   | 2022-07-01
            baxendale  | icb-cfo@icb   | 2022-07-01
            arkwright  | icb-ned@icb   | 2022-07-01 to 2025-06-30
            naidoo     | icb-ned@icb   | 2022-07-01
            glover     | icb-ned@icb   | 2022-09
            haque      | icb-pcd@icb   | 2022-07-01
            """,
            how="appointed by icb",
            pay="core@icb",
            employer="icb",
        ),
        holds(
            "okonkwo | icb-primary@icb | 2022-07-01 | nominated by mw-lmc; nominated by 96 of 149 practices, appointed by the chair | core@icb 2s £26000"
        ),
        document="The board's constitution and its first register of members",
    ),
    recorded(
        "2022-11-07",
        "System clinical leads: four of the six had been commissioning groups' clinical directors",
        holds(
            """
            stavrou  | lead.planned@icb  | 2022-10-01
            mackay   | lead.urgent@icb   | 2022-10-01
            mistry   | lead.ltc@icb      | 2022-09-01
            petrescu | lead.mental@icb   | 2022-09-01
            aziz     | lead.children@icb | 2022-11
            wetherby | lead.cancer@icb   | 2022-10-01
            """,
            how="appointed by icb; open to any clinician",
            pay="core@icb 2s £24800",
        ),
        opens("hub@icb", "2022-07-01", "Plans training and recruitment for practices and networks.", "leads workforce"),
        holds(
            "rao | hub@icb | 2022-07-01 | appointed by icb | grant@region 4s £51000 | marlcare | The grant is renewed each March, late.",
        ),
        holds("nakagawa | trust-gp@wexhosp | 2022-10 | appointed by wexhosp | trust@wexhosp 2s £24000 | wexhosp"),
        document="The board's bulletin for practices, November 2022",
    ),
    recorded(
        "2023-03-20",
        "Two more clinical leads, one of them a physiotherapist",
        holds(
            """
            oconnell | lead.ageing@icb    | 2023-02-01
            dube     | lead.maternity@icb | 2023-01-15 | interim by icb | core@icb 3s | community
            """,
            how="appointed by icb",
            pay="core@icb 2s £23000",
            employer="community",
        ),
        document="The board's bulletin for practices, March 2023",
    ),
    recorded(
        "2023-05-15",
        "Dental, eye and pharmacy care are the board's: the chief medical officer's remit grows",
        remit(
            "icb-cmo@icb",
            "2023-04-01",
            "Clinical strategy, the quality of care, and what is bought from dentists, opticians and pharmacies.",
            "leads strategy, quality, dental, optometry, pharmacy; shares performance",
        ),
        holds("pereira | lead.pharmacy@icb | 2023-07-01 | appointed by icb | core@icb 2s £22000 | community"),
        document="Delegation agreement, 1 April 2023",
    ),
    recorded(
        "2023-09-11",
        "Dr Aziz-Holbrook has led the children's pathway since September, not November",
        corrects("aziz | lead.children@icb | 2022-09-15"),
        document="Dr Aziz-Holbrook's letter of appointment",
    ),
    recorded(
        "2024-02-26",
        "The trust's liaison lead changes; and an adviser for the board's primary care team is one of East Tarrow's directors",
        leaves("nakagawa | trust-gp@wexhosp | 2024-01"),
        holds("nasser | adviser@icb | 2024-01-08 | appointed by icb | core@icb 2s £25500 | icb"),
        document="The board's organisation chart, February 2024",
    ),
    recorded(
        "2024-11-18",
        "Dr Zhou-Pembury is paid by the hospital now",
        holds("zhou | trust-gp@wexhosp | 2024-10-01 | appointed by wexhosp | trust@wexhosp 2s £26100 | wexhosp"),
        document="The trust's newsletter for practices",
    ),
]
