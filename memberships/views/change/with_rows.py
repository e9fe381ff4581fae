"""Flows whose forms have rows: what the buttons of the rows do."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse

from memberships.flows import Flow
from memberships.forms.rows import RowsForm, with_row_changed


class RowsFlow(Flow):
    """A flow whose form has rows: the buttons of the rows change the form, and nothing else."""

    template_name = "flows/with_rows.html"

    def post(self, request: HttpRequest) -> HttpResponse:
        if asked := request.POST.get("row"):
            form = cast(RowsForm, self.form_class(request.POST, initial=self.initial(), **self.form_options()))
            # To the flow it is as if somebody had searched: the form is shown again, and not judged.
            changed = with_row_changed(request.POST, asked, form.row_kinds)
            changed["find"] = "row"
            request.POST = changed  # type: ignore[assignment]
        return super().post(request)
