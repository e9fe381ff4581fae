"""The invented system's practices, network by network; none of these towns and villages exists.

Columns of `NETWORKS`: key, name, place, then the practices that were its core partners on the day it began.
"""

from __future__ import annotations

NETWORKS = """
wolmer     | Castle Wolmer PCN             | marl | Wolmer Abbey Surgery; Wolmer Station Road Practice; Castle Wolmer Medical Centre; Wolmer Maltings Surgery; Wolmer Bridge Health Centre; Wolmer Friary Practice
northmarl  | North Marl PCN                | marl | Highmarl Surgery; Stonemarl Medical Practice; Nether Marl Surgery; Wrenfold Village Practice; Walderby Health Centre
kingsmarl  | Kingsmarl and Whitmarl PCN    | marl | Kingsmarl Surgery; Kingsmarl Priory Practice; Whitmarl Medical Centre; Whitmarl Green Surgery; Yewcombe Surgery; Kingsmarl Market Practice
marlbridge | Marlbridge PCN                | marl | Marlbridge Health Centre; Marlbridge Wharf Surgery; Marlbridge Lime Tree Practice; Dallowby Surgery; Sunderwick Medical Practice
longmarl   | Longmarl PCN                  | marl | Longmarl Surgery; Longmarl Orchard Practice; Farthingwell Surgery; Chalkhampton Medical Centre; Glasswell Surgery
hallowmere | Hallowmere PCN                | marl | Hallowmere Surgery; Hallowmere Lakeside Practice; Great Hallow Medical Centre; Little Hallow Surgery; Fernhollow Practice; Beckhollow Surgery
brindle    | Brindlewick PCN               | marl | Brindlewick Surgery; Brindlewick Cross Medical Centre; Lindenwick Practice; Millwick Surgery; Hazelwick Family Practice
ellerwick  | Ellerwick and Redwick PCN     | marl | Ellerwick Medical Centre; Ellerwick Mill Surgery; Redwick Surgery; Greywick Practice; Foxcombe Surgery
oakenholt  | Oakenholt PCN                 | marl | Oakenholt Surgery; Oakenholt Park Practice; Goldenholt Medical Centre; Drayholt Surgery; Stagsholt Family Practice
netherwold | Netherwold PCN                | marl | Netherwold Surgery; Northwold Lane Practice; Underwold Medical Centre; Quarrington Cross Surgery; Cressingfold Surgery
silverbeck | Silverbeck PCN                | marl | Silverbeck Health Centre; Silverbeck Vale Practice; Mossbeck Surgery; Willowbeck Medical Practice; Kelderbrook Surgery
wexcentral | Wexminster Central PCN        | wex  | Wexminster Cathedral Medical Centre; Wexminster Jericho Gate Practice; Wexminster Cornmarket Surgery; Wexminster Observatory Surgery; Wexminster University Health Centre; Wexminster Canal Street Practice
wexsouth   | Wexminster South PCN          | wex  | Wexminster Ironworks Surgery; Wexminster Meadow Lane Practice; Wexminster Temple Fields Surgery; Wexminster Rose Hill Family Practice; Wexminster Leys Health Centre; Wexminster Ring Road Surgery
wexbridge  | Wexbridge PCN                 | wex  | Wexbridge Surgery; Wexbridge Riverside Practice; Wainbridge Medical Centre; Cadbrook Surgery; Elmscombe Surgery; Wexbridge Town Practice
velmoor    | Velmoor PCN                   | wex  | Velmoor Medical Centre; Velmoor Grange Surgery; Hawksmoor Cross Practice; Blackmarsh Surgery; Thornmere Surgery; Velmoor Gate Practice
edgemoor   | Edgemoor PCN                  | wex  | Edgemoor Surgery; Edgemoor Windmill Practice; Barrowmere Surgery; Merrowdown Medical Practice; Rushcombe Surgery
thistle    | Thistlecombe PCN              | wex  | Thistlecombe Surgery; Thistlecombe Downs Practice; Sedgecombe Medical Centre; Dovercombe Surgery; Tidewell Practice; Pinhollow Surgery
peverstone | Peverstone PCN                | wex  | Peverstone Medical Centre; Peverstone Quarry Surgery; Calverstoke Practice; Bramblecote Surgery; Ambercote Surgery; Peverstone Old Bank Practice
ravensholt | Ravensholt PCN                | wex  | Ravensholt Surgery; Ravensholt Forge Practice; Westerholt Medical Centre; Heronsgate Cross Surgery; Honeycote Surgery; Ivelholme Practice
danesthorpe| Danesthorpe PCN               | wex  | Danesthorpe Surgery; Danesthorpe Saxon Practice; Kestrelby Medical Centre; Hollinsby Surgery; Carrowby Practice; Larkhollow Surgery
tarrowford | Tarrowford PCN                | et   | Tarrowford Medical Centre; Tarrowford Quay Surgery; Tarrowford Brewery Lane Practice; Tarrowford Minster Surgery; Tarrowford Railway Practice; Tarrowford Eastgate Surgery
mouth      | Tarrowmouth PCN               | et   | Tarrowmouth Surgery; Tarrowmouth Harbour Practice; Tarrowmouth Lighthouse Medical Centre; Tarrowmouth Ferry Surgery; Wheatholme Surgery
upper      | Upper Tarrow PCN              | et   | Upper Tarrow Surgery; Upper Tarrow Weir Practice; Roseholme Medical Centre; Tamarwick Surgery; Woodhollow Practice
hadderby   | Hadderby PCN                  | et   | Hadderby Surgery; Hadderby Priory Gate Practice; Aldersby Medical Centre; Garrowby Cross Surgery; Yarrowby Practice
flaxholme  | Flaxholme PCN                 | et   | Flaxholme Surgery; Flaxholme Fen Practice; Swallowcote Surgery; Ashwick Hollow Medical Centre; Fennymere Surgery
otterholme | Otterholme PCN                | et   | Otterholme Medical Centre; Otterholme Riverside Practice; Birchover Cross Surgery; Deepwell Surgery; Shepherdswell Green Practice
copper     | Copperbridge PCN              | et   | Copperbridge Surgery; Copperbridge Tannery Practice; Lower Tarrow Surgery; Brockenhall Medical Centre; Maplestead Cross Surgery
"""

OUTSIDE_ANY_NETWORK = """
orchard    | Wolmer Orchard Lane Surgery | marl
saltmarsh  | Saltmarsh Point Surgery     | et
"""
"""Practices that did not take up the network contract of 2019. Columns: key, name, place."""
