"""How an editor changes a fact: a short form, a page that says what follows from it, and the change.

A `Flow` is one such way. What it would do is found by doing it and taking it back (`memberships.outcomes`), so that the page
of consequences cannot disagree with what happens. Nothing is lost when two change the same record: the second is
told what changed meanwhile. A form that is sent twice changes nothing twice. The forms are in `memberships.forms`, the
flows themselves in `memberships.views.change`.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.views import View

from ics_leadership.forms import PickerField, ReasonField, asked_for
from ics_leadership.history import Change, change, changes_since, version_of
from ics_leadership.record_history import Told, told_by
from memberships import rules
from memberships.actions.managed import manage_finding
from memberships.outcomes import Concerned, Outcome, outcome_of, written
from memberships.presenters.reasons import Piece
from memberships.rules import Finding
from organisations.rights import Rights

MANAGED = "managed:"
"""Before the key of a finding: the field in which an editor says how it is managed."""

FORMS_REMEMBERED = 30


class ChangeForm(forms.Form):
    """What every change asks: its own fields, and why. `more` names those that can follow later."""

    reasons: ClassVar[Sequence[str]] = ()
    more: ClassVar[Sequence[str]] = ()
    data: Any
    _errors: Any

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["why"] = ReasonField(self.reasons)

    def full_clean(self) -> None:
        for name, each in self.fields.items():
            if each.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                each.error_messages["required"] = asked_for(str(each.label or self[name].label))
        super().full_clean()

    @property
    def needed(self) -> list[forms.BoundField]:
        return [bound for bound in self if bound.name not in self.more]

    @property
    def optional(self) -> list[forms.BoundField]:
        return [self[name] for name in self.more if name in self.fields]

    @property
    def is_open(self) -> bool:
        """Whether the fields that can follow are shown at once: something in them was filled in, or is wrong."""
        return any(bound.errors or (self.is_bound and self.data.get(bound.html_name)) for bound in self.optional)


@dataclass(frozen=True)
class Consequence:
    """Something that follows from a change and that its reader should know before: a heading and lines with links."""

    title: str
    lines: Sequence[Sequence[Piece]]
    weight: str = ""
    """`warning` for what somebody has to act on."""


class Meanwhile(Exception):
    """Somebody else changed a record since the form was drawn."""


class Flow(View):
    """One way of changing the register. A subclass says what it is about and which actions it takes."""

    form_class: ClassVar[type[ChangeForm]]
    title: str
    template_name = "flows/flow.html"
    form: Any
    """The form that was sent."""
    button = "See what this changes"

    # --- what a subclass says

    def load(self, **address: Any) -> None:
        """Find the records that the address names; raises Http404 with a sentence."""

    def is_permitted(self, rights: Rights) -> bool:
        """Whether this account may begin; what it may do with the records chosen is for `check_rights`."""
        return rights.is_editor

    def check_rights(self, data: dict[str, Any], rights: Rights) -> None:
        """Raises ValidationError where what was chosen in the form is not this account's to change."""

    def rests_on(self) -> Sequence[Model]:
        """The records that the form was drawn from: nobody else may have changed them meanwhile."""
        return ()

    def initial(self) -> dict[str, Any]:
        """What the form says at first."""
        return {}

    def form_options(self) -> dict[str, Any]:
        """What else the form is made with."""
        return {}

    def about(self) -> Sequence[tuple[str, Sequence[Piece]]]:
        """What the form is about, as pairs of a heading and words."""
        return ()

    def concerned(self, data: dict[str, Any]) -> Concerned:
        """Whose findings to compare before and after; new records are found in what the trial wrote."""
        return Concerned()

    def consequences(self, data: dict[str, Any]) -> Sequence[Consequence]:
        """What follows, beyond what is written and what the rules say."""
        return ()

    def gained(self, findings: Sequence[Finding]) -> Sequence[tuple[str, Sequence[Finding]]]:
        """The findings that would come with the change, under the headings that its page has for them."""
        return [("What would not add up", findings)] if findings else []

    def asks_more(self, form: ChangeForm) -> bool:
        """Whether what was chosen asks for fields that were not there when it was sent: the form is shown once more."""
        return False

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        """Take the actions. `who` is their `by` and `why`. Returns the record that the reader is then led to."""
        raise NotImplementedError

    def undoes(self) -> Change | None:
        """The change that this one undoes, if any."""
        return None

    def done(self, result: Model) -> str:
        """The sentence that says what was recorded."""
        return "Recorded."

    def address_after(self, result: Model) -> str:
        """Where the reader is led."""
        return result.get_absolute_url()  # type: ignore[attr-defined]

    def way_back(self) -> str:
        """Where somebody goes who changes nothing."""
        return "/"

    def picked(self, name: str) -> Any:
        """The record that was chosen in a picker of the form that was sent, before the form is made; None for none."""
        field = PickerField(self.form_class.base_fields[name].picker, required=False)  # type: ignore[attr-defined]
        try:
            return field.clean(field.widget.value_from_datadict(self.request.POST, {}, name))
        except ValidationError:
            return None

    # --- how it goes

    def dispatch(self, request: HttpRequest, *arguments: Any, **address: Any) -> HttpResponseBase:
        self.rights: Rights = request.rights  # type: ignore[attr-defined]
        if not self.rights.is_signed_in:
            return redirect_to_login(request.get_full_path())
        self.load(**address)
        if not self.is_permitted(self.rights):
            raise PermissionDenied
        return super().dispatch(request, *arguments)

    def get(self, request: HttpRequest) -> HttpResponse:
        form = self.form_class(initial=self.initial(), **self.form_options())
        for name, asked in request.GET.items():
            field = form.fields.get(name)
            if isinstance(field, PickerField):
                form.initial[name] = field.picker.get(str(asked))
            elif field:
                form.initial[name] = asked
        return self._form_page(form, str(uuid.uuid4()), self._versions())

    def post(self, request: HttpRequest) -> HttpResponse:
        token, drawn_from = request.POST.get("token", ""), request.POST.get("versions", "")
        step = request.POST.get("step", "")
        try:
            token = str(uuid.UUID(token))
        except ValueError:
            token = str(uuid.uuid4())
        form = self.form = self.form_class(request.POST, initial=self.initial(), **self.form_options())
        if step == "back" or "find" in request.POST:
            form._errors = forms.utils.ErrorDict()  # not judged until it is sent
            return self._form_page(form, token, drawn_from)
        if step == "confirm" and (sent := request.session.get("sent", {}).get(token)):
            messages.info(request, "This was recorded already. Nothing was changed twice.")
            return HttpResponseRedirect(sent)
        if not form.is_valid():
            return self._form_page(form, token, drawn_from)
        data = form.cleaned_data
        try:
            self.check_rights(data, self.rights)
            if self.asks_more(form):
                return self._form_page(form, token, self._versions(known=_versions_in(drawn_from)))
            if drawn_from != self._versions():
                raise Meanwhile
            if step == "confirm":
                return self._write(data, token, drawn_from)
            outcome = self._outcome(data)
        except Meanwhile:
            return self._form_page(form, token, self._versions(), meanwhile=self._changed_since(drawn_from))
        except ValidationError as refusal:
            _explain(form, refusal)
            return self._form_page(form, token, drawn_from)
        return self._check_page(form, token, drawn_from, outcome)

    def _versions(self, known: Mapping[str, str] | None = None) -> str:
        """The versions of the records that the form rests on; of those that are `known`, the version that is."""
        named = [(f"{type(row)._meta.label_lower}:{row.pk}", row) for row in self.rests_on()]
        return ",".join(f"{name}:{(known or {}).get(name) or version_of(row)}" for name, row in named)

    def _changed_since(self, drawn_from: str) -> list[Told]:
        """What others changed of these records since the form was drawn."""
        told: list[Told] = []
        known = _versions_in(drawn_from)
        for row in self.rests_on():
            seen = known.get(f"{type(row)._meta.label_lower}:{row.pk}", "")
            changes = changes_since(row, int(seen) if seen.isdecimal() else 0)
            told += told_by(changes, [(type(row), row.pk)])
        return told

    def _outcome(self, data: dict[str, Any]) -> Outcome:
        who = {"by": self.rights.account, "why": data["why"]}
        return outcome_of(
            self.rights,
            lambda: self.perform(data, **who),
            lambda: self.concerned(data),
            why=data["why"],
            undoes=self.undoes(),
        )

    def _write(self, data: dict[str, Any], token: str, drawn_from: str) -> HttpResponse:
        try:
            with change(by=self.rights.account, why=data["why"], token=uuid.UUID(token), undoes=self.undoes()) as this:
                for row in self.rests_on():
                    type(row)._default_manager.select_for_update().filter(pk=row.pk).first()
                if drawn_from != self._versions():
                    raise Meanwhile
                result = self.perform(data, by=self.rights.account, why=data["why"])
                self._write_managed(this, data)
        except ValidationError as refusal:
            if "one_change_for_a_form" not in [error.code for error in refusal.error_list]:
                raise
            messages.info(self.request, "This was recorded already. Nothing was changed twice.")
            return HttpResponseRedirect(self.way_back())
        address = self.address_after(result)
        sent = self.request.session.get("sent", {})
        self.request.session["sent"] = dict([*sent.items(), (token, address)][-FORMS_REMEMBERED:])
        messages.success(self.request, self.done(result))
        return HttpResponseRedirect(address)

    def _write_managed(self, this: Change, data: dict[str, Any]) -> None:
        """Keep what the editor wrote about how findings that come with the change are managed."""
        sent = [name for name in self.request.POST if name.startswith(MANAGED)]
        said = {name.removeprefix(MANAGED): self.request.POST[name].strip() for name in sent}
        if not any(said.values()):
            return
        _, concerned = written(this, self.concerned(data))
        for finding in concerned.findings():
            how = said.get(finding.key, "")
            area = rules.managed_in(self.rights, finding) if how else None
            if area:
                manage_finding(
                    by=self.rights.account,
                    why=data["why"],
                    rule=finding.code,
                    subject=finding.subject,
                    area=area,
                    how=how,
                )

    # --- pages

    def _form_page(self, form: ChangeForm, token: str, versions: str, meanwhile: Sequence[Told] = ()) -> HttpResponse:
        context = self._context(form, token, versions) | {"meanwhile": meanwhile}
        return render(self.request, self.template_name, context)

    def _check_page(self, form: ChangeForm, token: str, versions: str, outcome: Outcome) -> HttpResponse:
        context = self._context(form, token, versions) | {
            "outcome": outcome,
            "gained": self.gained(outcome.gained),
            "consequences": self.consequences(form.cleaned_data),
            "typed": _as_typed(self.request.POST),
        }
        return render(self.request, "flows/check.html", context)

    def _context(self, form: ChangeForm, token: str, versions: str) -> dict[str, Any]:
        return {
            "flow": self,
            "form": form,
            "token": token,
            "versions": versions,
            "about": self.about(),
            "back": self.way_back(),
        }


def _versions_in(drawn_from: str) -> dict[str, str]:
    """The versions in what a form was drawn from, by the kind and id of the record."""
    return dict(part.rsplit(":", 1) for part in drawn_from.split(",") if part.count(":") == 2)


def _explain(form: ChangeForm, refusal: ValidationError) -> None:
    """Show a refusal beside the field that it is about, where the form has that field; else above the form."""
    if hasattr(refusal, "error_dict"):
        for name, errors in refusal.error_dict.items():
            form.add_error(name if name in form.fields else None, errors)
        return
    for error in refusal.error_list:
        form.add_error("end" if error.code == "order" and "end" in form.fields else None, error)


def _as_typed(data: QueryDict) -> list[tuple[str, str]]:
    """What was sent, but for what every page adds anew: for the hidden fields of the page of consequences."""
    own = {"csrfmiddlewaretoken", "token", "versions", "step", "find"}
    return [
        (name, value)
        for name in data
        if name not in own and not name.startswith(MANAGED)
        for value in data.getlist(name)
    ]
