"""The clinical commissioning groups, 2013 to 2022: their clinical directors, and their governing bodies."""

from memberships.demo.entries import (
    adopts,
    corrects,
    forms,
    holds,
    leaves,
    recorded,
    sits,
    stands_down,
    winds_up,
)

GOVERNING_BODY = """
    Clinical chair         | chair | 1 | voting | type ccg-chair
    Clinical director      | core  | 6 | voting | type ccgd
    Accountable officer    | core  | 1 | voting | type ccg-ao
    Lay member             | core  | 2 | voting | type ccg-lay
    Nurse                  | core  | 1 | voting | type ccg-nurse
    Secondary care doctor  | core  | 1 | voting | type ccg-doctor
    Local medical committee | in_attendance | 1 | | kind lmc
"""

LOG = [
    recorded(
        "2013-06-24",
        "Clinical directors of the two Marlshire groups and of Wexmoor",
        holds(
            """
            okonkwo    | ccgd@nmarl-ccg | 2013-04-01
            brennan    | ccgd@nmarl-ccg | 2013-04-01
            sandhu     | ccgd@nmarl-ccg | 2013-07-01
            haldane    | ccgd@smarl-ccg | 2013-04-01
            mistry     | ccgd@smarl-ccg | 2013-04
            rowntree   | ccgd@smarl-ccg | 2013-04-01
            chaudhry   | ccgd@wex-ccg   | 2013-04-01
            odowd      | ccgd@wex-ccg   | 2013-04-01
            petrescu   | ccgd@wex-ccg   | 2013
            winslow    | ccgd@wex-ccg   | 2014-01-01
            """,
            how="elected by {host}",
            pay="ccg@{host} 3s £36000",
        ),
        holds(
            """
            tansley    | ccg-ao@nmarl-ccg    | 2013-04-01
            pemberton  | ccg-ao@smarl-ccg    | 2013-04-01
            hargrave   | ccg-ao@wex-ccg      | 2013-04-01
            fairbrother| ccg-lay@nmarl-ccg   | 2013-04-01
            osei       | ccg-lay@wex-ccg     | 2013-04-01
            quill      | ccg-nurse@nmarl-ccg | 2013-04-01
            trewin     | ccg-nurse@wex-ccg   | 2013-04-01
            ashworth   | ccg-doctor@nmarl-ccg| 2013-05
            castellanos| ccg-doctor@wex-ccg  | 2013-04-01
            """,
            how="appointed by {host}",
            pay="ccg@{host}",
            employer="{host}",
        ),
        document="The groups' constitutions as authorised by the national commissioning board",
    ),
    recorded(
        "2013-07-22",
        "Wexmoor's governing body",
        forms(
            "wex-gb",
            "ccg_governing_body",
            "NHS Wexmoor CCG Governing Body",
            "2013-04-01",
            host="wex-ccg",
            covers="wex-ccg",
            remit="Decides what is bought for the patients of Wexmoor's practices.",
            functions="leads strategy; shares contracts, quality",
            reports_to="office",
        ),
        adopts(
            "wex-gb",
            "Constitution, schedule 2",
            "2013-04-01",
            seats=GOVERNING_BODY,
            quorum=6,
            decision_rule="vote",
            term_months=36,
            purpose="To govern the clinical commissioning group on behalf of its member practices.",
            clauses="1 The clinical chair and the clinical directors are GPs of member practices, elected by the members.",
            nature="representative",
        ),
        sits(
            "wex-gb",
            """
            carrow      | Clinical chair        | ccg-chair@wex-ccg  | 2013-04-01 | wex-ccg
            chaudhry    | Clinical director     | ccgd@wex-ccg       | 2013-04-01
            odowd       | Clinical director     | ccgd@wex-ccg       | 2013-04-01
            petrescu    | Clinical director     | ccgd@wex-ccg       | 2013
            winslow     | Clinical director     | ccgd@wex-ccg       | 2014-01-01
            hargrave    | Accountable officer   | ccg-ao@wex-ccg     | 2013-04-01
            osei        | Lay member            | ccg-lay@wex-ccg    | 2013-04-01
            trewin      | Nurse                 | ccg-nurse@wex-ccg  | 2013-04-01
            castellanos | Secondary care doctor | ccg-doctor@wex-ccg | 2013-04-01
            """,
        ),
        document="Minutes of the governing body in public, July 2013",
    ),
    recorded(
        "2017-02-06",
        "East Tarrow's group, from the committee's own files: recorded four years after it began",
        holds(
            """
            iqbal    | ccgd@et-ccg | 2013-04
            fenwick  | ccgd@et-ccg | by 2013-12-31
            stavrou  | ccgd@et-ccg | 2015
            """,
            how="elected by et-ccg",
            pay="ccg@et-ccg 3s £34500",
        ),
        holds(
            """
            crossley | ccg-ao@et-ccg    | 2013-04-01
            hollis   | ccg-lay@et-ccg   | 2014
            oduya    | ccg-nurse@et-ccg | by 2016-05-01
            limwei   | ccg-cfo@et-ccg   | 2013-04-01
            """,
            how="appointed by et-ccg",
            pay="ccg@et-ccg",
            employer="et-ccg",
        ),
        leaves("dunstan | ccg-chair@et-ccg | 2016-03-31"),
        holds("kaur | ccg-chair@et-ccg | 2016-04-01 | elected by et-ccg; unopposed | ccg@et-ccg 5s £63000"),
        forms(
            "et-gb",
            "ccg_governing_body",
            "NHS East Tarrow CCG Governing Body",
            "2013-04-01",
            host="et-ccg",
            covers="et-ccg",
            remit="Decides what is bought for the patients of East Tarrow's practices.",
            functions="leads strategy; shares contracts",
        ),
        adopts(
            "et-gb",
            "Constitution",
            "2013-04-01",
            seats=GOVERNING_BODY,
            decision_rule="vote",
            nature="representative",
            purpose="To govern the clinical commissioning group on behalf of its member practices.",
        ),
        sits(
            "et-gb",
            """
            kaur     | Clinical chair      | ccg-chair@et-ccg | 2016-04-01
            iqbal    | Clinical director   | ccgd@et-ccg      | 2013-04
            fenwick  | Clinical director   | ccgd@et-ccg      | by 2013-12-31
            stavrou  | Clinical director   | ccgd@et-ccg      | 2015
            crossley | Accountable officer | ccg-ao@et-ccg    | 2013-04-01
            hollis   | Lay member          | ccg-lay@et-ccg   | 2014
            oduya    | Nurse               | ccg-nurse@et-ccg | by 2016-05-01
            """,
        ),
        document="Files of East Tarrow LMC, boxes 11 to 14",
    ),
    recorded(
        "2018-05-14",
        "The merged Marlshire group: who came over, and who did not",
        leaves("rowntree | ccgd@smarl-ccg | 2017-12"),
        winds_up("nmarl-ccg, smarl-ccg", "2018-03-31"),
        holds(
            "venkat | ccg-chair@marl-ccg | 2018-04-01 | elected by marl-ccg; vote of 58 practices | ccg@marl-ccg 6s £75000"
        ),
        holds(
            """
            okonkwo   | ccgd@marl-ccg | 2018-04-01
            brennan   | ccgd@marl-ccg | 2018-04-01
            sandhu    | ccgd@marl-ccg | 2018-04-01
            haldane   | ccgd@marl-ccg | 2018-04-01
            mistry    | ccgd@marl-ccg | 2018-04-01
            adeyemi   | ccgd@marl-ccg | 2018-09
            lindqvist | ccgd@marl-ccg | 2018-04-01
            """,
            how="elected by marl-ccg",
            pay="ccg@marl-ccg 3s £37500",
        ),
        holds(
            """
            tansley     | ccg-ao@marl-ccg     | 2018-04-01
            marchetti   | ccg-cfo@marl-ccg    | 2018-04-01
            fairbrother | ccg-lay@marl-ccg    | 2018-04-01 to 2021-03-31
            quill       | ccg-nurse@marl-ccg  | 2018-04-01
            ashworth    | ccg-doctor@marl-ccg | 2018-04-01
            """,
            how="appointed by marl-ccg",
            pay="ccg@marl-ccg",
            employer="marl-ccg",
        ),
        forms(
            "marl-gb",
            "ccg_governing_body",
            "NHS Marlshire CCG Governing Body",
            "2018-04-01",
            host="marl-ccg",
            covers="marl-ccg",
            remit="Decides what is bought for the patients of Marlshire's practices.",
            functions="leads strategy; leads contracts; shares quality",
        ),
        adopts(
            "marl-gb",
            "Constitution, version 1",
            "2018-04-01",
            seats=GOVERNING_BODY,
            quorum=7,
            decision_rule="vote",
            term_months=36,
            nature="representative",
            purpose="To govern the clinical commissioning group on behalf of its member practices.",
        ),
        sits(
            "marl-gb",
            """
            venkat      | Clinical chair        | ccg-chair@marl-ccg  | 2018-04-01
            okonkwo     | Clinical director     | ccgd@marl-ccg       | 2018-04-01
            brennan     | Clinical director     | ccgd@marl-ccg       | 2018-04-01
            sandhu      | Clinical director     | ccgd@marl-ccg       | 2018-04-01
            mistry      | Clinical director     | ccgd@marl-ccg       | 2018-04-01
            haldane     | Clinical director     | ccgd@marl-ccg       | 2018-04-01
            adeyemi     | Clinical director     | ccgd@marl-ccg       | 2018-09
            tansley     | Accountable officer   | ccg-ao@marl-ccg     | 2018-04-01
            fairbrother | Lay member            | ccg-lay@marl-ccg    | 2018-04-01 to 2021-03-31
            quill       | Nurse                 | ccg-nurse@marl-ccg  | 2018-04-01
            ashworth    | Secondary care doctor | ccg-doctor@marl-ccg | 2018-04-01
            """,
        ),
        document="Constitution of NHS Marlshire CCG, version 1, and minutes of May 2018",
    ),
    recorded(
        "2019-05-20",
        "A new clinical chair in Wexmoor, and two new clinical directors",
        leaves("carrow | ccg-chair@wex-ccg | 2019-04-30"),
        stands_down("wex-gb", "carrow | Clinical chair | 2019-04-30"),
        holds(
            """
            rahimi | ccg-chair@wex-ccg | 2019-05-01 | elected by wex-ccg; second ballot | ccg@wex-ccg 6s £76000
            bello  | ccgd@wex-ccg      | 2019-05-01
            nakagawa | ccgd@wex-ccg    | 2019-06
            """,
            how="elected by wex-ccg",
            pay="ccg@wex-ccg 3s £38000",
        ),
        sits(
            "wex-gb",
            """
            rahimi   | Clinical chair    | ccg-chair@wex-ccg | 2019-05-01
            bello    | Clinical director | ccgd@wex-ccg      | 2019-05-01
            nakagawa | Clinical director | ccgd@wex-ccg      | 2019-06
            """,
        ),
        document="Minutes of the governing body in public, May 2019",
    ),
    recorded(
        "2019-09-23",
        "East Tarrow: another clinical director",
        holds("abara | ccgd@et-ccg | 2019-09-01 | elected by et-ccg | ccg@et-ccg 2s £24000"),
        sits("et-gb", "abara | Clinical director | ccgd@et-ccg | 2019-09-01"),
        document="Note of a telephone call with the group's office",
    ),
    recorded(
        "2020-04-27",
        "Dr Venkatraghavan hands the chair to Dr Okonkwo-Hale",
        leaves("""
            venkat  | ccg-chair@marl-ccg | 2020-03-31
            okonkwo | ccgd@marl-ccg      | 2020-03-31
        """),
        stands_down(
            "marl-gb",
            """
            venkat  | Clinical chair    | 2020-03-31
            okonkwo | Clinical director | 2020-03-31
        """,
        ),
        holds("okonkwo | ccg-chair@marl-ccg | 2020-04-01 | elected by marl-ccg | ccg@marl-ccg 6s £77000"),
        sits("marl-gb", "okonkwo | Clinical chair | ccg-chair@marl-ccg | 2020-04-01"),
        document="Minutes of the governing body in public, April 2020",
    ),
    recorded(
        "2021-02-15",
        "Dr O'Dowd-Farrell began a year later than was recorded",
        corrects("odowd | ccgd@wex-ccg | 2014-04-01"),
        document="Dr O'Dowd-Farrell's letter of 9 February 2021",
    ),
    recorded(
        "2022-07-11",
        "The last day of the commissioning groups: forty-odd appointments and seats end",
        winds_up("marl-ccg, wex-ccg, et-ccg", "2022-06-30"),
        document="The three groups' closing reports, June 2022",
    ),
]
