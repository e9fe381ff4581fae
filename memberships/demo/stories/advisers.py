"""Appraisers, named GPs for safeguarding, clinicians of the partnership, and managers who moved between bodies."""

from memberships.demo.entries import corrects, ends_role, holds, leaves, recorded, winds_up

LOG = [
    recorded(
        "2013-05-13",
        "Appraisers whom the area team took over from the trusts, and where the trusts' managers went",
        holds(
            """
            szabo     | appraiser@office | 2013-04-01
            prakash   | appraiser@office | 2013-04-01
            winterton | appraiser@office | 2013-04-01
            larkin    | appraiser@office | by 2013-05-01
            trott     | appraiser@office | 2013-04-01
            """,
            how="appointed by office",
            pay="england@office 0.5s £5200",
        ),
        holds("""
            sefton     | trust-ceo@marl-hosp | 2013-04-01 until 2017-04-30 | appointed by marl-hosp | trust@marl-hosp | marl-hosp
            montgomery | trust-ceo@wexhosp   | 2012-06 until 2018-09       | appointed by wexhosp   | trust@wexhosp   | wexhosp
            pickard    | partner@Farthingwell_Surgery | 1988 until 2016    | | practice@Farthingwell_Surgery 4s
            wyatt      | partner@Roseholme_Medical_Centre | 1992 until gone 2017-01-16 | | practice@Roseholme_Medical_Centre 4s
        """),
        document="The area team's list of appraisers, April 2013",
    ),
    recorded(
        "2014-10-20",
        "Named GPs for safeguarding",
        holds(
            """
            rowntree | safeguard@smarl-ccg | 2014-04-01
            hussain  | safeguard@nmarl-ccg | 2014-09
            eze      | safeguard@wex-ccg   | 2014-06-01
            """,
            how="appointed by {host}",
            pay="ccg@{host} 1s £12000",
        ),
        document="The groups' safeguarding reports, 2014",
    ),
    recorded(
        "2015-06-22",
        "The area team's appraisers are the region's now",
        holds(
            """
            szabo     | appraiser@region | 2015-04-01
            prakash   | appraiser@region | 2015-04-01 until 2021-03-31
            winterton | appraiser@region | 2015-04-01
            larkin    | appraiser@region | 2015-04-01 until 2019
            bukhari   | appraiser@region | 2016-01-01
            """,
            how="appointed by region",
            pay="england@region 0.5s £5400",
        ),
        document="The region's list of appraisers, May 2015",
    ),
    recorded(
        "2017-09-18",
        "Clinicians who lead the partnership's work, borrowed from the commissioning groups",
        holds(
            """
            brennan  | lead.planned@stp | 2017-06-01
            mackay   | lead.urgent@stp  | 2017-06-01
            chaudhry | lead.mental@stp  | 2017-06
            iqbal    | lead.ltc@stp     | 2017-09-01
            wetherby | lead.cancer@stp  | 2017
            """,
            how="nominated by stp",
            pay="england@region 1s £12600",
        ),
        holds(
            "drysdale | trust-ceo@community | 2015-05 until 2019-12-31 | appointed by community | trust@community | community"
        ),
        document="The partnership's delivery plan",
    ),
    recorded(
        "2018-07-16",
        "Safeguarding in the merged group",
        holds("""
            hussain | safeguard@marl-ccg | 2018-04-01 | appointed by marl-ccg | ccg@marl-ccg 2s £25000
            fenwick | safeguard@et-ccg   | 2017-11    | appointed by et-ccg   | unpaid
        """),
        document="The merged group's safeguarding report",
    ),
    recorded(
        "2019-12-16",
        "Dr Larkinshaw appraised until May; the year had been all that was known",
        corrects("larkin | appraiser@region | 2015-04-01 to 2019-05-31"),
        document="Dr Larkinshaw, at the committee's Christmas dinner",
    ),
    recorded(
        "2022-08-15",
        "Safeguarding goes on under the board; the partnership's clinical leads ended with it",
        leaves("chaudhry | lead.mental@stp | 2020-03-31"),
        winds_up("stp", "2022-06-30"),
        holds(
            """
            hussain | safeguard@icb | 2022-07-01
            eze     | safeguard@icb | 2022-07-01
            """,
            how="appointed by icb",
            pay="core@icb 2s £25800",
            employer="icb",
        ),
        document="The board's staff transfer list",
    ),
    recorded(
        "2023-12-11",
        "Partners and committee members, checked against each other before the election",
        holds(
            """
            hussain  | partner@Stonemarl_Medical_Practice      | 2004
            prakash  | partner@Dallowby_Surgery                | 2010
            winterton| partner@Thistlecombe_Surgery            | 2006
            eze      | partner@Wexminster_Observatory_Surgery  | 2009-04
            bukhari  | partner@Wheatholme_Surgery              | 2011
            olawale  | partner@Tarrowford_Railway_Practice     | 2007
            szabo    | partner@Elmscombe_Surgery               | 1999
            chowdhury| partner@Lower_Tarrow_Surgery            | unknown
            mackay   | partner@Wexbridge_Riverside_Practice    | 2012
            aziz     | partner@Brindlewick_Cross_Medical_Centre| 2015
            wetherby | partner@Honeycote_Surgery               | 2010
            coleridge| partner@Tarrowmouth_Ferry_Surgery       | 2001 to by 2021-11-30
            jayawardena | partner@Yewcombe_Surgery             | 2006
            """,
            pay="practice@{host} 5s",
        ),
        ends_role("partner@Tarrowmouth_Ferry_Surgery | 2021-11-30"),
        document="The committee's electoral roll, December 2023",
    ),
]
