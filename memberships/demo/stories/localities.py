"""Posts close to practices: partners, the commissioning groups' locality leads, vaccination leads, managers of networks."""

from memberships.demo.entries import corrects, holds, leaves, recorded

LOG = [
    recorded(
        "2013-09-30",
        "Locality leads of the commissioning groups: the directors of later years, learning",
        holds(
            """
            cartwright  | locality@nmarl-ccg | 2013-06
            delacroix   | locality@nmarl-ccg | 2013-06
            osborne     | locality@nmarl-ccg | 2013-06-01
            nwosu       | locality@nmarl-ccg | 2014
            pritchard   | locality@nmarl-ccg | 2013-06-01
            mwangi      | locality@smarl-ccg | 2013-07-01
            bhatt       | locality@smarl-ccg | 2013-07-01
            hollingdale | locality@smarl-ccg | 2013-07-01
            abbott      | locality@smarl-ccg | by 2013-09-30
            sengupta    | locality@wex-ccg   | 2013-06-01
            lockhart    | locality@wex-ccg   | 2013-06-01
            obi         | locality@wex-ccg   | 2013-10-01
            beaumont    | locality@wex-ccg   | 2013
            haddad      | locality@wex-ccg   | 2013-06-01
            greenhalgh  | locality@wex-ccg   | 2013-06-01
            """,
            how="appointed by {host}",
            pay="ccg@{host} 1s £11800",
        ),
        document="The groups' first annual plans",
    ),
    recorded(
        "2015-02-23",
        "Partners of the practices that leaders come from, from the list of practices",
        holds(
            """
            cartwright  | partner@Wolmer_Abbey_Surgery          | 2004
            yusuf       | partner@Wolmer_Maltings_Surgery       | 2012-08
            brennan     | partner@Highmarl_Surgery              | 2001-04-01
            delacroix   | partner@Wrenfold_Village_Practice     | 2008
            mwangi      | partner@Kingsmarl_Surgery             | 2009-10
            bhatt       | partner@Marlbridge_Wharf_Surgery      | 2011
            hollingdale | partner@Longmarl_Surgery              | 1996
            osborne     | partner@Great_Hallow_Medical_Centre   | 2006
            sandhu      | partner@Hallowmere_Surgery            | 2003-07
            karimi      | partner@Brindlewick_Surgery           | 2010
            abbott      | partner@Ellerwick_Medical_Centre      | 1994
            nwosu       | partner@Oakenholt_Surgery             | 2007
            pritchard   | partner@Netherwold_Surgery            | 2002
            farouk      | partner@Silverbeck_Health_Centre      | 2005
            venkat      | partner@Kingsmarl_Market_Practice     | 1998 until 2021-12
            okonkwo     | partner@Oakenholt_Park_Practice       | 2005-01
            haldane     | partner@Redwick_Surgery               | 1991 until 2023-03-31
            mistry      | partner@Whitmarl_Medical_Centre       | 2006
            adeyemi     | partner@Netherwold_Surgery            | 2009
            macinnes    | partner@Wolmer_Friary_Practice        | 2000
            carrow      | partner@Wexbridge_Surgery             | 1985 until 2019-04-30
            rahimi      | partner@Velmoor_Medical_Centre        | 1999
            chaudhry    | partner@Velmoor_Grange_Surgery        | 2007-03
            odowd       | partner@Edgemoor_Surgery              | 2003
            petrescu    | partner@Wexminster_Rose_Hill_Family_Practice | 2008
            winslow     | partner@Danesthorpe_Surgery           | 2010 until gone 2023-02-01
            sengupta    | partner@Wexminster_Cathedral_Medical_Centre | 2004
            lockhart    | partner@Wexminster_Leys_Health_Centre | 2005
            obi         | partner@Wexbridge_Town_Practice       | 2011
            beaumont    | partner@Hawksmoor_Cross_Practice      | 1997
            haddad      | partner@Merrowdown_Medical_Practice   | 2006
            greenhalgh  | partner@Sedgecombe_Medical_Centre     | 1993 until 2021-08-31
            """,
            pay="practice@{host} 6s",
        ),
        document="Practice lists of the area team, final edition",
    ),
    recorded(
        "2017-03-27",
        "East Tarrow's partners and locality leads",
        holds(
            """
            balogun     | partner@Tarrowford_Quay_Surgery       | 2012
            menon       | partner@Upper_Tarrow_Weir_Practice    | by 2015-01-01
            iqbal       | partner@Hadderby_Surgery              | 2000
            gallagher   | partner@Aldersby_Medical_Centre       | 2006
            achterberg  | partner@Flaxholme_Fen_Practice        | 2003
            nasser      | partner@Otterholme_Medical_Centre     | 2014
            thistlewood | partner@Copperbridge_Surgery          | unknown
            mccready    | partner@saltmarsh                     | 1990
            kaur        | partner@Tarrowford_Minster_Surgery    | 1999 until 2022-12
            stavrou     | partner@Tarrowmouth_Harbour_Practice  | 2009
            """,
            pay="practice@{host} 6s",
        ),
        holds(
            """
            balogun    | locality@et-ccg | 2014
            achterberg | locality@et-ccg | 2013
            gallagher  | locality@et-ccg | by 2016-12-31
            """,
            how="appointed by et-ccg",
            pay="ccg@et-ccg 1s",
        ),
        document="Files of East Tarrow LMC, boxes 15 and 16",
    ),
    recorded(
        "2018-06-18",
        "The merged group keeps five localities",
        holds(
            """
            delacroix | locality@marl-ccg | 2018-04-01
            nwosu     | locality@marl-ccg | 2018-04-01
            mwangi    | locality@marl-ccg | 2018-04-01
            bhatt     | locality@marl-ccg | 2018-04-01
            abbott    | locality@marl-ccg | 2018-04-01
            """,
            how="appointed by marl-ccg",
            pay="ccg@marl-ccg 1s £12400",
        ),
        document="Constitution of NHS Marlshire CCG, version 1",
    ),
    recorded(
        "2019-08-12",
        "Locality leads end where networks begin",
        leaves("""
            delacroix | locality@marl-ccg | 2019-06-30
            nwosu     | locality@marl-ccg | 2019-06-30
            mwangi    | locality@marl-ccg | 2019-06-30
            bhatt     | locality@marl-ccg | 2019-06-30
            abbott    | locality@marl-ccg | 2019-06-30
            sengupta  | locality@wex-ccg  | 2019-06-30
            lockhart  | locality@wex-ccg  | 2019-06-30
            obi       | locality@wex-ccg  | 2019-06-30
            beaumont  | locality@wex-ccg  | 2019
            haddad    | locality@wex-ccg  | 2019-06-30
            greenhalgh| locality@wex-ccg  | 2019-06-30
            balogun   | locality@et-ccg   | 2019-06-30
            achterberg| locality@et-ccg   | 2019
            gallagher | locality@et-ccg   | by 2019-10-01
        """),
        document="Letters of the groups to their localities, June 2019",
    ),
    recorded(
        "2020-12-21",
        "Vaccination begins: every network has a lead for its site",
        holds(
            """
            cartwright | vaccine@wolmer     | 2020-12-14
            brennan    | vaccine@northmarl  | 2020-12-14
            mwangi     | vaccine@kingsmarl  | 2020-12-15
            bhatt      | vaccine@marlbridge | 2020-12-15
            tran       | vaccine@longmarl   | 2020-12
            sandhu     | vaccine@hallowmere | 2020-12-14
            karimi     | vaccine@brindle    | 2020-12-16
            abbott     | vaccine@ellerwick  | 2020-12-16
            okonkwo    | vaccine@oakenholt  | 2020-12-14
            adeyemi    | vaccine@netherwold | 2020-12-15
            dhillon    | vaccine@silverbeck | 2020-12-14
            sengupta   | vaccine@wexcentral | 2020-12-14
            ingram     | vaccine@wexsouth   | 2020-12-15
            obi        | vaccine@wexbridge  | 2020-12-14
            ogden      | vaccine@velmoor    | 2020-12-14
            haddad     | vaccine@edgemoor   | 2020-12-16
            tolley     | vaccine@thistle    | 2020-12-14
            bello      | vaccine@peverstone | 2020-12-14
            hartnell   | vaccine@ravensholt | 2020-12-17
            vasquez    | vaccine@danesthorpe | 2020-12-15
            """,
            how="appointed by {host}",
            pay="grant@region 2s",
        ),
        document="The region's list of sites, 18 December 2020",
    ),
    recorded(
        "2021-02-22",
        "East Tarrow's sites began in January",
        holds(
            """
            balogun    | vaccine@tarrowford | 2021-01-08
            parfitt    | vaccine@mouth      | 2021-01-08
            menon      | vaccine@upper      | 2021-01-11
            iqbal      | vaccine@hadderby   | 2021-01-08
            achterberg | vaccine@flaxholme  | 2021-01
            nasser     | vaccine@otterholme | 2021-01-11
            """,
            how="appointed by {host}",
            pay="grant@region 2s",
        ),
        document="The region's list of sites, 12 February 2021",
    ),
    recorded(
        "2021-03-29",
        "The days on which two sites began were exchanged",
        corrects("""
            tran       | vaccine@longmarl  | 2020-12-17
            achterberg | vaccine@flaxholme | 2021-01-15
        """),
        document="The sites' own logs",
    ),
    recorded(
        "2022-04-25",
        "The sites close with the winter",
        leaves(
            """
            cartwright | vaccine@wolmer     | 2021-05-31
            brennan    | vaccine@northmarl  | 2022-03-31
            mwangi     | vaccine@kingsmarl  | 2022-03-31
            bhatt      | vaccine@marlbridge | 2022-03-31
            tran       | vaccine@longmarl   | 2022-03-31
            sandhu     | vaccine@hallowmere | 2022-03-31
            karimi     | vaccine@brindle    | 2022-03
            abbott     | vaccine@ellerwick  | 2022-03-31
            okonkwo    | vaccine@oakenholt  | 2021-09-30
            adeyemi    | vaccine@netherwold | 2022-03-31
            dhillon    | vaccine@silverbeck | 2022-03-31
            sengupta   | vaccine@wexcentral | 2022-03-31
            ingram     | vaccine@wexsouth   | 2022-03-31
            obi        | vaccine@wexbridge  | 2022-03-31
            ogden      | vaccine@velmoor    | 2022-03-31
            haddad     | vaccine@edgemoor   | 2022-03-31
            tolley     | vaccine@thistle    | 2022-03-31
            bello      | vaccine@peverstone | 2022-03-31
            hartnell   | vaccine@ravensholt | 2022-03-31
            vasquez    | vaccine@danesthorpe | 2022-03-31
            balogun    | vaccine@tarrowford | 2022-02-28
            parfitt    | vaccine@mouth      | 2022-02-28
            menon      | vaccine@upper      | 2022-02-28
            iqbal      | vaccine@hadderby   | 2022-02-28
            achterberg | vaccine@flaxholme  | 2022-02-28
            nasser     | vaccine@otterholme | 2022-02-28
        """,
            with_roles=True,
        ),
        document="The region's closing letter, 31 March 2022",
    ),
    recorded(
        "2023-07-17",
        "The networks' managers, most of whom serve several",
        holds(
            """
            sharp  | pcnm@northmarl  | 2022-10
            sharp  | pcnm@longmarl   | 2022-10
            bains  | pcnm@wexbridge  | 2023-01-09
            bains  | pcnm@velmoor    | 2023-01-09
            whitehouse | pcnm@hallowmere | 2022-04-01 to 2024-03-31
            ramires| pcnm@tarrowford | 2022-06
            lampard| pcnm@upper      | 2021-11
            lampard| pcnm@hadderby   | 2021-11
            amadi  | pcnm@edgemoor   | 2022-04-01
            amadi  | pcnm@thistle    | 2022-04-01
            """,
            how="appointed by {host}",
            pay="pcn@{host} 4s",
        ),
        document="The networks' workforce returns, June 2023",
    ),
    recorded(
        "2024-01-29",
        "Partners who came in the last years, so far as the office has heard",
        holds(
            """
            tran     | partner@Chalkhampton_Medical_Centre   | 2016-04
            seymour  | partner@Hallowmere_Lakeside_Practice  | 2018
            keane    | partner@Drayholt_Surgery              | 2019-10-01
            wojcik   | partner@Millwick_Surgery              | 2020
            ingram   | partner@Wexminster_Ironworks_Surgery  | 2017
            siddiqui | partner@Wexminster_Temple_Fields_Surgery | 2019
            bello    | partner@Calverstoke_Practice          | 2013-05
            zhou     | partner@Westerholt_Medical_Centre     | 2015
            hartnell | partner@Ravensholt_Forge_Practice     | 2016
            vasquez  | partner@Kestrelby_Medical_Centre      | by 2019-07-01
            dacosta  | partner@Tarrowmouth_Surgery           | 2018
            imran    | partner@Barrowmere_Surgery            | 2017-09
            quaye    | partner@Peverstone_Medical_Centre     | 2016
            rao      | partner@Goldenholt_Medical_Centre     | 2014 until 2025-03-31
            desai    | partner@Marlbridge_Lime_Tree_Practice | 2008
            bhatt-twice | partner@Marlbridge_Wharf_Surgery | 2010-09
            """,
            pay="practice@{host} 6s",
        ),
        document="Websites of practices, as seen in January 2024",
    ),
]
