"""What is invented is called: people and places by names put together from parts, so that nobody is meant."""

from __future__ import annotations

from random import Random

from memberships.models import Profession

GIVEN_NAMES = """
    Amina Bernard Carys Declan Elena Farid Gwen Harpreet Imogen Jerome Kavita Leszek Miriam Nnamdi Orla Piotr Quentin Rosa
    Samir Tamsin Umar Vera Wilfred Xanthe Yusra Zofia Aled Bridget Chidi Dorota Edmund Farah Gareth Hui Ines Jasper Kwame
    Lakshmi Malik Nerys Olu Priya Rhys Shreya Tariq Una Viktor Winifred Yasmin Zachary Anwen Bashir Cosmo Dilys Emeka Freya
""".split()  # noqa: SIM905 a word a cell would fill a page
_BEGINNINGS = """
    Alder Amber Arrow Bare Beck Birk Bram Bright Cald Cark Chal Clee Copper Crake Dar Dun Elder Fal Farn Fern Garth Glen Hart
    Haver Holm Ings Keld Kern Lang Lark Lind Mark Mere Mill Nether Oaken Over Pend Quern Raven Rother Sallow Sand Skel Sorrel
    Stan Strand Tam Thorn Tolle Under Wain Wake Warren Wed Whin Wyn Yar
""".split()  # noqa: SIM905 a word a cell would fill a page
_ENDINGS = """
    acre beck bourne bridge brook by combe cote croft dale den field fold ford garth gate grave ham hollow hurst land leigh ley
    low mere moor mount ridge shaw side stead stoke thorpe ton tree vale wade wall water well wick wood worth
""".split()  # noqa: SIM905 a word a cell would fill a page
_PROFESSIONS = [
    *[(Profession.GP, "Dr")] * 66,
    *[(Profession.NURSE, "Ms")] * 9,
    *[(Profession.PHARMACIST, "Mr")] * 6,
    *[(Profession.MANAGER, "Ms")] * 9,
    *[(Profession.HOSPITAL_DOCTOR, "Dr")] * 4,
    *[(Profession.LAY, "Mrs")] * 4,
    *[(Profession.PUBLIC_HEALTH, "Prof")] * 2,
]
"""What people are by training, a hundred of them, and how each is addressed."""


def surname(chance: Random) -> str:
    """A family name: two halves, each of two parts."""
    return f"{_part(chance)}-{_part(chance)}"


def place(number: int) -> str:
    """The name of the place of that number; no two are alike below two thousand."""
    beginning, ending = _BEGINNINGS[number % len(_BEGINNINGS)], _ENDINGS[number // len(_BEGINNINGS) % len(_ENDINGS)]
    return f"{beginning}{ending}"


def profession(number: int) -> tuple[Profession, str]:
    """What the person of that number is by training, and how they are addressed."""
    return _PROFESSIONS[number * 37 % len(_PROFESSIONS)]


def _part(chance: Random) -> str:
    return chance.choice(_BEGINNINGS) + chance.choice(_ENDINGS)
