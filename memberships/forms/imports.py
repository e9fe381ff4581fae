"""The forms of an import: the file, what its columns are, why it is brought in, why it is undone."""

from __future__ import annotations

from typing import Any

from django import forms

from ics_leadership.forms import ReasonField
from memberships.spreadsheets import importing
from memberships.spreadsheets.columns import COLUMNS, ListKind
from memberships.spreadsheets.workbooks import Sheet

LEFT_ALONE = "Leave this column out"
LARGEST = 20 * 1024 * 1024
SAMPLES = 3


class UploadForm(forms.Form):
    file = forms.FileField(
        label="The spreadsheet",
        help_text="An Excel workbook (.xlsx) or a .csv file, of at most 20 MB.",
        error_messages={
            "required": "Choose a file.",
            "empty": "The file is empty.",
            "missing": "Choose a file.",
            "invalid": "Choose a file.",
        },
    )
    name = forms.CharField(
        label="What to call this import",
        help_text="The history will say that its changes came from it. Left empty, it is called after the file.",
        required=False,
        max_length=200,
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError("The file is larger than 20 MB. Split it, or leave sheets and pictures out.")
        return file


class ColumnsForm(forms.Form):
    """What a row is about, and which column of the register each column of the sheet is."""

    kind = forms.ChoiceField(label="What each row is about", choices=ListKind.choices)

    def __init__(
        self, sheet: Sheet, heading_row: int, kind: ListKind, matched: dict[int, str], data: Any = None
    ) -> None:
        super().__init__(data, initial={"kind": kind})
        self.places = [place for place, heading in enumerate(sheet.rows[heading_row]) if _said(heading)]
        choices = [("", LEFT_ALONE), *((each.key, each.heading) for each in COLUMNS[kind])]
        for place in self.places:
            self.fields[f"column-{place}"] = forms.ChoiceField(
                label=_said(sheet.rows[heading_row][place]),
                choices=choices,
                required=False,
                initial=matched.get(place, ""),
                help_text=_samples(sheet, heading_row, place),
            )

    @property
    def column_fields(self) -> list[forms.BoundField]:
        return [self[f"column-{place}"] for place in self.places]

    @property
    def columns(self) -> dict[int, str]:
        """Place to key; "" for a column that is left out."""
        return {place: self.cleaned_data[f"column-{place}"] for place in self.places}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        seen: dict[str, str] = {}
        for bound in self.column_fields:
            key = cleaned.get(bound.name)
            if key and key in seen:
                self.add_error(bound.name, f"“{seen[key]}” is this column already. Leave one of the two out.")
            elif key:
                seen[key] = str(bound.label)
        if not seen and not self.errors:
            raise forms.ValidationError("Say of at least one column what it is.")
        return cleaned


def _said(heading: object) -> str:
    return " ".join(str(heading or "").split())


def _samples(sheet: Sheet, heading_row: int, place: int) -> str:
    """The first things that stand in a column, to tell what it is."""
    found = dict.fromkeys(
        said for row in sheet.rows[heading_row + 1 : heading_row + 30] if (said := importing.shown(row[place])[:40])
    )
    return f"Such as {', '.join(f'“{each}”' for each in list(found)[:SAMPLES])}" if found else "Empty at first"


class ConfirmForm(forms.Form):
    why = ReasonField(
        ("Moving from our spreadsheet", "New list from the body itself", "Corrections to an exported list")
    )


class UndoForm(forms.Form):
    why = ReasonField(("Brought in by mistake", "The list was wrong", "The columns were mixed up"))
