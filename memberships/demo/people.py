"""Who appears in the invented system: names that nobody bears, one line a person.

Columns: key, title, given names, family name, profession, and a dash where nothing else is known. Somebody is entered into the register with the first change
that names them. Work addresses and telephone numbers are made from names and numbers reserved for fiction.
"""

from __future__ import annotations

PEOPLE = """
# --- who led the commissioning groups of 2013 to 2022, and went somewhere or nowhere
whitlock     | Dr   | Gerald          | Whitlock-Amory   | gp
okonkwo      | Dr   | Chidinma        | Okonkwo-Hale     | gp
brennan      | Dr   | Niamh           | Brennan-Tuohy    | gp
sandhu       | Dr   | Harjinder       | Sandhu-Marrick   | gp
venkat       | Dr   | Lakshmi         | Venkatraghavan   | gp
haldane      | Dr   | Fergus          | Haldane-Moyle    | gp
mistry       | Dr   | Pritesh         | Mistry-Sorrell   | gp
rowntree     | Dr   | Caroline        | Rowntree-Vale    | gp
adeyemi      | Dr   | Folasade        | Adeyemi-Clarke   | gp
lindqvist    | Dr   | Anders          | Lindqvist-Rook   | gp
carrow       | Dr   | Margaret        | Carrowdale       | gp
rahimi       | Dr   | Parviz          | Rahimi-Nouri     | gp
chaudhry     | Dr   | Saima           | Chaudhry-Lisle   | gp
odowd        | Dr   | Ciarán          | O'Dowd-Farrell   | gp
petrescu     | Dr   | Ilinca          | Petrescu-Dane    | gp
winslow      | Dr   | Tamsin          | Winslow-Peake    | gp
bello        | Dr   | Ibrahim         | Bello-Saunders   | gp
nakagawa     | Dr   | Emi             | Nakagawa-Birch   | gp
dunstan      | Dr   | Roland          | Dunstanmoor      | gp
kaur         | Dr   | Jasvinder       | Kaur-Gillespie   | gp
iqbal        | Dr   | Tahir           | Iqbal-Renshaw    | gp
fenwick      | Dr   | Lucy            | Fenwickshaw      | gp
stavrou      | Dr   | Eleni           | Stavrou-Pinder   | gp
abara        | Dr   | Chukwuma        | Abara-Whitcombe  | gp
tansley      | Mr   | Dominic         | Tansley-Crewe    | manager
pemberton    | Ms   | Yvonne          | Pembertree       | manager
hargrave     | Mrs  | Sunita          | Hargrave-Rao     | manager
crossley     | Mr   | Winston         | Crossleigh       | manager
marchetti    | Ms   | Giulia          | Marchetti-Lowe   | manager
limwei       | Mr   | Wei Jun         | Lim-Hathaway     | manager
fairbrother  | Mr   | Alan            | Fairbrotham      | lay
osei         | Mrs  | Abena           | Osei-Partridge   | lay
hollis       | Ms   | Denise          | Hollisworth      | lay
quill        | Ms   | Bernadette      | Quillfeather     | nurse
trewin       | Mr   | Jory            | Trewinnard-Cole  | nurse
oduya        | Ms   | Grace           | Oduya-Merrin     | nurse
ashworth     | Mr   | Neville         | Ashworthy        | hospital_doctor
castellanos  | Dr   | Inés            | Castellanos-Wray | hospital_doctor

# --- the trusts before, and NHS England's local office
pickard      | Dr   | Oliver          | Pickardson-Lyle  | gp
banerjee     | Dr   | Anindita        | Banerjee-Stroud  | gp
wyatt        | Dr   | Desmond         | Wyattling        | gp
sefton       | Mr   | Crispin         | Seftonby         | manager
merriweather | Dr   | Helena          | Merriweather-Igwe| gp
kowalczyk    | Dr   | Zofia           | Kowalczyk-Bray   | gp
drysdale     | Mr   | Hamish          | Drysdale-Fyfe    | manager
thorley      | Ms   | Patience        | Thorley-Ndlovu   | nurse
gwilym       | Mr   | Rhodri          | Gwilym-Tanner    | dentist
pathak       | Ms   | Nisha           | Pathak-Oldroyd   | optometrist
eastcott     | Mr   | Bruno           | Eastcotter       | pharmacist

# --- local medical committees
thackray     | Dr   | Bernard         | Thackraymoor     | gp
gallimore    | Dr   | Ruth            | Gallimore-Stone  | gp
desai        | Dr   | Kavita          | Desai-Thorne     | gp
fosdyke      | Ms   | Hannah          | Fosdykeson       | manager
mccready     | Dr   | Iain            | McCreadie-Holt   | gp
olawale      | Dr   | Tunde           | Olawale-Pryce    | gp
rosenthal    | Dr   | Miriam          | Rosenthal-Vane   | gp
hussain      | Dr   | Nadia           | Hussain-Carver   | gp
trott        | Dr   | Jeremy          | Trottingham      | gp
szabo        | Dr   | Katalin         | Szabó-Lennard    | gp
macinnes     | Dr   | Catriona        | Macinnes-Boyd    | gp
prakash      | Dr   | Ravi            | Prakashan-Doyle  | gp
winterton    | Dr   | Alice           | Wintertree       | gp
eze          | Dr   | Obinna          | Eze-Holloway     | gp
larkin       | Dr   | Siobhan         | Larkinshaw       | gp
bukhari      | Dr   | Zain            | Bukhari-Mott     | gp

# --- primary care network clinical directors: Marlshire
yusuf        | Dr   | Amina           | Yusuf-Calder     | gp
cartwright   | Dr   | Simon           | Cartwrightson    | gp
delacroix    | Dr   | Élise           | Delacroix-Penn   | gp
mwangi       | Dr   | Joseph          | Mwangi-Thorpe    | gp
bhatt        | Dr   | Sejal           | Bhatt-Kingsley   | gp
bhatt-twice  | Dr   | Sejal           | Bhatt            | gp | -
hollingdale  | Dr   | Peter           | Hollingdale-Roe  | gp
tran         | Dr   | Minh Anh        | Tran             | gp
osborne      | Dr   | Rachel          | Osbornewick      | gp
karimi       | Dr   | Leila           | Karimi-Shaw      | gp
abbott       | Dr   | Graham          | Abbotsholme      | gp
nwosu        | Dr   | Ngozi           | Nwosu-Barker     | gp
pritchard    | Dr   | Huw             | Pritchard-Elms   | gp
farouk       | Dr   | Tariq           | Faroukh-Denby    | gp
seymour      | Dr   | Imogen          | Seymoreland      | gp
wojcik       | Dr   | Marta           | Wójcik-Harland   | gp
dhillon      | Ms   | Manpreet        | Dhillon-Ware     | pharmacist
keane        | Dr   | Declan          | Keane-Ruddock    | gp

# --- primary care network clinical directors: Wexmoor
sengupta     | Dr   | Arnab           | Sengupta-Frome   | gp
lockhart     | Dr   | Fiona           | Lockhartley      | gp
obi          | Dr   | Kelechi         | Obi-Standish     | gp
beaumont     | Dr   | Charles         | Beaumontjoy      | gp
haddad       | Dr   | Rima            | Haddad-Kershaw   | gp
greenhalgh   | Dr   | Susan           | Greenhalghe-Orr  | gp
mensah       | Dr   | Kwame           | Mensah-Fairley   | gp
zhou         | Dr   | Xinyi           | Zhou-Pembury     | gp
tolley       | Ms   | Rebecca         | Tolleyfield      | nurse
vasquez      | Dr   | Mateo           | Vásquez-Dunn     | gp
ingram       | Dr   | Louise          | Ingramstone      | gp
siddiqui     | Dr   | Omar            | Siddiqui-Rowe    | gp
hartnell     | Dr   | Daniel          | Hartnellson      | gp

# --- primary care network clinical directors: East Tarrow
balogun      | Dr   | Yetunde         | Balogun-Frith    | gp
coleridge    | Dr   | Edmund          | Coleridge-Nash   | gp
menon        | Dr   | Deepa           | Menon-Ashby      | gp
gallagher    | Dr   | Roisin          | Gallagher-Voss   | gp
achterberg   | Dr   | Pieter          | Achterberg-Lane  | gp
nasser       | Dr   | Hala            | Nasser-Quinton   | gp
thistlewood  | Dr   | Martin          | Thistlewoode     | gp
chowdhury    | Dr   | Rezaul          | Chowdhury-Pell   | gp
parfitt      | Mr   | Leon            | Parfittley       | paramedic
dacosta      | Dr   | Beatriz         | Da Costa-Wren    | gp

# --- associate directors, managers of networks, training hub
ogden        | Ms   | Tracey          | Ogdenshaw        | nurse
ramires      | Mr   | Paulo           | Ramires-Kent     | allied_health
sharp        | Ms   | Jacqueline      | Sharpewell       | manager
bains        | Mr   | Gurdeep         | Bains-Holroyd    | manager
whitehouse   | Ms   | Lorna           | Whitehousen      | allied_health
rao          | Dr   | Meenakshi       | Rao-Tillotson    | gp
imran        | Dr   | Bilal           | Imran-Westbury   | gp
quaye        | Dr   | Esi             | Quaye-Morland    | gp

# --- federations and the alliance
strickland   | Dr   | Hugh            | Stricklandale    | gp
jayawardena  | Dr   | Dilani          | Jayawardena-Poole| gp
penrose      | Ms   | Kathryn         | Penrosewood      | manager
fitzalan     | Dr   | Thomas          | Fitzalan-Mead    | gp
amadi        | Mr   | Emeka           | Amadi-Rushton    | manager
stoker       | Dr   | Joanne          | Stokerwright     | gp
rezai        | Dr   | Dariush         | Rezai-Colton     | gp
lampard      | Ms   | Valerie         | Lampardy         | manager

# --- the partnership, the boards and their clinical leads
cavendish    | Dame | Philippa        | Cavendale        | lay
montgomery   | Mr   | Julian          | Montgomerie-Osu  | manager
sorensen     | Dr   | Astrid          | Sørensen-Yates   | hospital_doctor
ekwueme      | Ms   | Ifeoma          | Ekwueme-Dart     | nurse
baxendale    | Mr   | Philip          | Baxendale-Roy    | manager
arkwright    | Mrs  | Joyce           | Arkwrightly      | lay
naidoo       | Mr   | Kumaran         | Naidoo-Selby     | lay
glover       | Ms   | Heather         | Gloverstone      | lay
tembo        | Mr   | Chola           | Tembo-Lindsay    | manager
bright       | Ms   | Olivia          | Brightmore       | manager
mackay       | Dr   | Shona           | MacKay-Ferris    | gp
aziz         | Dr   | Farah           | Aziz-Holbrook    | gp
lindley      | Dr   | Robert          | Lindleyhurst     | hospital_doctor
dube         | Ms   | Thandiwe        | Dube-Carrington  | nurse
pereira      | Mr   | Rui             | Pereira-Stanton  | pharmacist
wetherby     | Dr   | Naomi           | Wetherbyrne      | gp
sharma       | Dr   | Vikram          | Sharma-Eldridge  | hospital_doctor
oconnell     | Ms   | Aoife           | O'Connell-Rudge  | allied_health
haque        | Ms   | Rukhsana        | Haque-Tilney     | manager
vaughan      | Mr   | Gareth          | Vaughanley       | manager
lacey        | Ms   | Miranda         | Laceyfield       | manager

# --- trusts
blackwood    | Mr   | Adrian          | Blackwoodley     | manager
onuoha       | Ms   | Adaeze          | Onuoha-Keating   | manager
rutherford   | Prof | Elspeth         | Rutherfield      | hospital_doctor
goldman      | Mr   | Saul            | Goldmanley       | hospital_doctor
chandra      | Dr   | Rohini          | Chandra-Beck     | hospital_doctor
spencer      | Mr   | Marcus          | Spencerwood      | manager
tadesse      | Ms   | Selam           | Tadesse-Upton    | manager
beresford    | Dr   | Alastair        | Beresfordham     | hospital_doctor
nolan        | Ms   | Patricia        | Nolanshaw        | manager
garrick      | Mr   | Stuart          | Garrickson       | paramedic

# --- councils, public health, the voluntary sector, the senate
underhill    | Cllr | Maureen         | Underhillier     | councillor
rasheed      | Cllr | Shazia          | Rasheed-Browne   | councillor
colthorpe    | Cllr | Edward          | Colthorpley      | councillor
phiri        | Dr   | Mwila           | Phiri-Langham    | public_health
bellamy      | Ms   | Joanna          | Bellamyde        | public_health
forsythe     | Prof | Kenneth         | Forsythdale      | public_health
drummond     | Ms   | Ailsa           | Drummondby       | social_worker
kapoor       | Mr   | Sanjay          | Kapoor-Wilding   | social_worker
hewitt       | Ms   | Clare           | Hewittson-Obuya  | manager
toms         | Mr   | Barnaby         | Tomsley          | other
silva        | Ms   | Marisol         | Silva-Greaves    | other
villiers     | Prof | Augusta         | Villiersley      | hospital_doctor
"""
