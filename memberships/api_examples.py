"""Examples of taking the register away, to be copied: on the reading page of the API, and in `docs/api.md` word for word."""

from __future__ import annotations

from dataclasses import dataclass

PLACE = "https://register.example"
"""Stands for the address of the register in what is written here."""


@dataclass(frozen=True)
class Example:
    """Some lines for a program; `PLACE` stands for the address of the register."""

    language: str
    title: str
    lines: str

    def at(self, register: str) -> list[str]:
        """The lines for a register at an address, without a slash at its end."""
        return self.lines.replace(PLACE, register).splitlines()


EXAMPLES = (
    Example(
        "sh",
        "curl",
        """\
curl 'https://register.example/api/v1/role-map?as_at=2025-06-30&limit=5'
curl -o role-map.csv 'https://register.example/api/v1/role-map?as_at=2025-06-30&format=csv'
curl -o networks.xlsx 'https://register.example/api/v1/organisations?kind=pcn&format=xlsx'""",
    ),
    Example(
        "python",
        "Python, with pandas",
        """\
import pandas

register = "https://register.example/api/v1"
whole = {"dtype_backend": "numpy_nullable"}  # numbers stay whole numbers where some are missing
role_map = pandas.read_csv(f"{register}/role-map?format=csv", parse_dates=["start_date", "end_date"], **whole)
organisations = pandas.read_csv(f"{register}/organisations?period=all&format=csv", dtype={"ods_code": str}, **whole)
print(role_map.merge(organisations, on="organisation_id").groupby("kind").person_id.nunique())""",
    ),
    Example(
        "r",
        "R",
        """\
register <- "https://register.example/api/v1"
role_map <- read.csv(paste0(register, "/role-map?format=csv"), na.strings = "", encoding = "UTF-8")
role_map$start_date <- as.Date(role_map$start_date)
table(role_map$acts_for)""",
    ),
    Example(
        "powerquery",
        "Excel: Data, Get Data, From Other Sources, Blank Query, Advanced Editor",
        """\
let
Answer = Web.Contents("https://register.example/api/v1/role-map", [Query = [format = "csv"]]),
Rows = Csv.Document(Answer, [Delimiter = ",", Encoding = 65001, QuoteStyle = QuoteStyle.Csv]),
Named = Table.PromoteHeaders(Rows, [PromoteAllScalars = true]),
Typed = Table.TransformColumnTypes(Named, {{"start_date", type date}, {"end_date", type date}})
in
Typed""",
    ),
)
