"""What a row of people says of the money for an appointment, beside what the register has."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from ics_leadership.periods import today
from memberships.models import Appointment, FundingLine
from memberships.spreadsheets.register import Organisations, Roles
from memberships.spreadsheets.verdicts import naming
from memberships.spreadsheets.verdicts.judgement import Judgement, Known, Made, Option
from memberships.spreadsheets.verdicts.persons import leave_private
from organisations.models import Kind, Organisation
from roles.models import FundingKind, FundingSource

COLUMNS = {
    "funded_from": "funding_source",
    "paid_by": "payer",
    "sessions": "sessions_per_week",
    "amount": "annual_amount",
}
IN_WORDS = {
    "funded_from": "Funded from",
    "paid_by": "Paid by",
    "sessions": "Sessions a week",
    "amount": "Pounds a year",
}

USUAL_POT = {
    Kind.LMC: FundingKind.LMC_LEVY,
    Kind.ICB: FundingKind.ICB_CORE,
    Kind.PCN: FundingKind.PCN_CONTRACT,
    Kind.FEDERATION: FundingKind.FEDERATION,
    Kind.PRACTICE: FundingKind.PRACTICE,
    Kind.CCG: FundingKind.CCG_RUNNING_COSTS,
}
"""From which pot an organisation of a kind pays, where a sheet says only who does."""


class Money:
    """Compares who pays for an appointment, from which pot, for how many sessions, how much."""

    def __init__(self, organisations: Organisations, roles: Roles) -> None:
        self._organisations = organisations
        self._roles = roles

    def add(self, out: Judgement, appointment: Known | Made) -> None:
        """Money for an appointment that has none in the register."""
        row = out.row
        if not any(row.value(column) for column in COLUMNS):
            return
        if len(row.reading.held) > 1:
            column = next(column for column in COLUMNS if row.value(column))
            out.refuse(
                column, "It does not say which of the roles the money is for.", "Give each role a row of its own."
            )
            return
        payer = self._payer(out)
        source = self._source(out, payer)
        if source is None:
            return
        facts: dict[str, Any] = {
            "payer": Known(Organisation, payer.pk) if payer else None,
            "sessions_per_week": _number(row.value("sessions")),
            "annual_amount": _number(row.value("amount")),
        }
        self._check(out, facts)
        out.added.append(", ".join(_in_words(source, payer, facts)))
        out.do(
            "add_funding_line",
            appointment=appointment,
            funding_source=Known(FundingSource, source.pk),
            **facts,
        )

    def correct(self, out: Judgement, appointment: Appointment, *, exactly: bool, permitted: bool) -> None:
        """Money for an appointment of the register, of which a sheet shows one line. `permitted`: see `Appointments`."""
        row = out.row
        said = [column for column in COLUMNS if row.says(column) and (exactly or row.value(column))]
        if not permitted and "amount" in said:
            leave_private(out, "amount", IN_WORDS["amount"])
            said.remove("amount")
        lines = [each for each in appointment.funding_lines.all() if each.holds(_day_of(appointment))]
        if not said or (not lines and not any(row.value(column) for column in said)):
            return
        if not lines:
            self.add(out, Known(Appointment, appointment.pk))
            return
        if len(lines) > 1:
            out.notes.append("Several pots pay for this; the sheet’s columns of money are left alone.")
            return
        self._correct_line(out, lines[0], said)

    def _correct_line(self, out: Judgement, line: FundingLine, said: list[str]) -> None:
        row = out.row
        facts: dict[str, Any] = {}
        if "funded_from" in said:
            source = self._source(out, line.payer) if row.value("funded_from") else None
            if not row.value("funded_from"):
                out.refuse(
                    "funded_from",
                    f"The cell is empty; the register has “{line.funding_source}”.",
                    "Leave it as it was; what was never paid is withdrawn in its history.",
                )
            if source and source.pk != line.funding_source_id:
                facts["funding_source"] = Known(FundingSource, source.pk)
                out.edit(IN_WORDS["funded_from"], line.funding_source.name, source.name)
        if "paid_by" in said:
            named = row.value("paid_by")
            payer = line.payer if named and line.payer and naming.is_called(line.payer, named) else self._payer(out)
            if (payer.pk if payer else None) != line.payer_id and (payer or not row.value("paid_by")):
                facts["payer"] = Known(Organisation, payer.pk) if payer else None
                out.edit(IN_WORDS["paid_by"], line.payer.name if line.payer else "", payer.name if payer else "")
        for column in ("sessions", "amount"):
            new, former = _number(row.value(column)), getattr(line, COLUMNS[column])
            if column in said and new != former:
                facts[COLUMNS[column]] = new
                out.edit(IN_WORDS[column], _plain(former), _plain(new))
        self._check(out, facts)
        if facts:
            out.do("correct_funding_line", line=Known(FundingLine, line.pk), **facts)

    def _check(self, out: Judgement, facts: dict[str, Any]) -> None:
        numbers = {name: value for name, value in facts.items() if isinstance(value, Decimal)}
        columns = {name: column for column, name in COLUMNS.items() if name in numbers}
        out.check(FundingLine(**numbers), columns)
        sessions = numbers.get("sessions_per_week")
        if sessions is not None and not 0 <= sessions <= 14:
            out.refuse("sessions", "Sessions a week are between 0 and 14.", "Correct the cell.")

    def _payer(self, out: Judgement) -> Organisation | None:
        named = out.row.value("paid_by")
        return naming.organisation(out, "paid_by", named, self._organisations) if named else None

    def _source(self, out: Judgement, payer: Organisation | None) -> FundingSource | None:
        """The pot that a row names, or from which such a payer usually pays; None when that has to be asked."""
        said = out.row.value("funded_from")
        if said:
            found = self._roles.funding_sources_called(said)
        else:
            usual = USUAL_POT.get(Kind(payer.kind)) if payer else None
            found = [each for each in self._roles.funding_sources if each.kind == usual]
        if len(found) == 1:
            return found[0]
        options = [Option(str(each.pk), each.name) for each in (found or self._roles.funding_sources)]
        about = f"money:{said or (payer.kind if payer else '')}".lower()
        asks = f"Which source of money is “{said}”?" if said else "From which source does the money come?"
        decided = out.ask(about, asks, options) if options else None
        return next((each for each in self._roles.funding_sources if str(each.pk) == decided), None)


def _number(said: str | None) -> Decimal | None:
    return Decimal(said) if said is not None else None


def _plain(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():,f}"


def _day_of(appointment: Appointment) -> Any:
    """The day on which a list shows an appointment's money: today, or the last day of what has ended."""
    return min(today(), appointment.end_date or today())


def _in_words(source: FundingSource, payer: Organisation | None, facts: dict[str, Any]) -> list[str]:
    said = [source.name]
    if payer:
        said.append(f"paid by {payer.name}")
    if facts["sessions_per_week"] is not None:
        said.append(f"{_plain(facts['sessions_per_week'])} sessions a week")
    if facts["annual_amount"] is not None:
        said.append(f"£{_plain(facts['annual_amount'])} a year")
    return said
