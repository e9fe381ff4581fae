"""How a form's fields are drawn: the parameters of the design system's components, from Django's bound fields."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BoundField

from ics_leadership.forms import PickerField, ReasonField, choices_shown

WIDTHS = {"short": "nhsuk-input--width-10", "date": "nhsuk-input--width-20"}


def drawn(bound: BoundField) -> dict[str, Any]:
    """The context of `fields/field.html` for one field: its `kind` and what its control needs."""
    if bound.is_hidden:
        return {"bound": bound, "kind": "hidden"}
    if isinstance(bound.field, PickerField):
        return {"bound": bound, "kind": "picker", "picked": picked(bound)}
    if isinstance(bound.field, ReasonField):
        chosen, words = [*(bound.value() or ["", ""]), "", ""][:2] if isinstance(bound.value(), list) else ["", ""]
        return {"bound": bound, "kind": "reason", "reason_chosen": chosen, "reason_words": words or ""}
    return {"bound": bound, **_component(bound)}


def picked(bound: BoundField) -> dict[str, Any]:
    """What a picker shows: what was typed, what was found, what was chosen."""
    field = bound.field
    assert isinstance(field, PickerField)
    chosen, typed = field.prepare_value(bound.value())
    # What was drawn with its record needs no list of others.
    choices = choices_shown(field.picker, typed if bound.form.is_bound else "", chosen)
    return found(field.picker, choices, typed=typed, chosen=chosen, offers_new=field.offers_new)


def found(picker: Any, choices: list[Any], *, typed: str, chosen: str, offers_new: bool) -> dict[str, Any]:
    """The context of `fields/picker_found.html`."""
    return {
        "kind": picker.kind,
        "typed": typed,
        "chosen": chosen,
        "choices": choices,
        "offers_new": offers_new,
        "newcomer": picker.newcomer,
        "nothing_found": picker.nothing_found,
        "made_elsewhere": picker.made_elsewhere,
    }


def _component(bound: BoundField) -> dict[str, Any]:
    """The component of the design system that a field is, with its parameters."""
    field, widget = bound.field, bound.field.widget
    parameters: dict[str, Any] = {"name": bound.html_name, "id": bound.id_for_label or bound.auto_id}
    if bound.help_text:
        parameters["hint"] = {"text": bound.help_text}
    if bound.errors:
        parameters["errorMessage"] = {"text": bound.errors[0]}
    label = {"text": bound.label, "classes": "nhsuk-label--s"}
    value = bound.value()
    if isinstance(widget, forms.CheckboxInput):
        item = {"value": "on", "text": bound.label, "checked": bool(value), "id": parameters.pop("id")}
        if hint := parameters.pop("hint", None):
            item["hint"] = hint
        return {"kind": "checkboxes", "parameters": {**parameters, "items": [item]}}
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        several = isinstance(widget, forms.CheckboxSelectMultiple)
        kind = "checkboxes" if several else "radios"
        chosen = {str(one) for one in (value or [])} if several else {str(value if value is not None else "")}
        items = [
            {"value": str(key), "text": str(text), "checked": str(key) in chosen}
            for key, text in getattr(field, "choices", ())
        ]
        legend = {"text": bound.label, "classes": "nhsuk-fieldset__legend--s"}
        parameters["idPrefix"] = parameters.pop("id")
        return {"kind": kind, "parameters": {**parameters, "items": items, "fieldset": {"legend": legend}}}
    parameters["label"] = label
    if isinstance(widget, forms.Select):
        items = [
            {"value": str(key), "text": str(text), "selected": str(key) == str(value if value is not None else "")}
            for key, text in getattr(field, "choices", ())
        ]
        return {"kind": "select", "parameters": {**parameters, "items": items}}
    if isinstance(widget, forms.FileInput):
        return {"kind": "file-upload", "parameters": parameters}
    # A password is never sent back to whoever typed it.
    parameters["value"] = "" if value is None or isinstance(widget, forms.PasswordInput) else str(value)
    if isinstance(widget, forms.Textarea):
        return {"kind": "textarea", "parameters": {**parameters, "rows": widget.attrs.get("rows", 4)}}
    parameters |= {"autocomplete": widget.attrs.get("autocomplete", "off"), "type": widget.input_type}
    if width := widget.attrs.get("width"):
        parameters["classes"] = WIDTHS[width]
    return {"kind": "input", "parameters": parameters}


def errors_of(form: forms.BaseForm) -> list[dict[str, str]]:
    """The errors of a form as the error summary lists them, each with the address of its field."""
    listed = [{"text": str(error)} for error in form.non_field_errors()]
    for bound in form:
        for error in bound.errors:
            listed.append({"text": str(error), "href": f"#{bound.id_for_label or bound.auto_id}"})
    return listed
