"""Flows about groups: a new one, a correction, an end, a remit. What it has to do with others is in `group_lines`."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q
from django.http import Http404
from django.urls import reverse

from ics_leadership.periods import ONE_DAY, today
from ics_leadership.words import count_words, period_words
from memberships import actions
from memberships.flows import Consequence, Flow
from memberships.forms.groups import (
    CorrectGroupForm,
    EndGroupForm,
    GroupRemitForm,
    NewGroupForm,
)
from memberships.models import (
    Appointment,
    Group,
    GroupFunding,
    GroupRemit,
    Influence,
    Membership,
    ReportingLine,
    Terms,
)
from memberships.outcomes import Concerned
from memberships.presenters.reasons import Piece, terms_words
from memberships.presenters.terms import capital
from memberships.rights import may_change
from memberships.views.change.appointments import link_to
from memberships.views.change.with_rows import RowsFlow
from organisations.rights import Rights
from roles.models import Function, Part, Role


def not_ended() -> Q:
    """The condition that something goes on today, or is to come."""
    return Q(period__endswith=None) | Q(period__endswith__gt=today())


def leaving(posts: Sequence[Role]) -> list[Consequence]:
    """Who leaves when these roles end, and which seats that empties."""
    held = list(Appointment.objects.filter(not_ended(), role__in=posts).select_related("person", "role").order_by("pk"))
    found = []
    if held:
        lines = [(link_to(each.person), Piece(f", {each.role.title}")) for each in held]
        found.append(Consequence("Who leaves a role", lines, "warning"))
    seats = Membership.objects.filter(not_ended(), basis_appointment__in=held)
    seats_left = [
        (link_to(each.seat.terms.group), Piece(f": {each.person.name}, “{each.seat.title}”"))
        for each in seats.select_related("person", "seat__terms__group").order_by("seat__terms__group__name", "pk")
    ]
    if seats_left:
        found.append(Consequence("Seats that this empties", seats_left, "warning"))
    return found


def check_area(data: dict[str, Any], rights: Rights) -> None:
    """Raises ValidationError where a group of that host or area is not this account's to keep."""
    name = "covers" if data["covers"] else "host"
    if not rights.may_edit_organisation(data[name]):
        raise ValidationError({name: f"{data[name]} lies outside your area. Its own editors keep its groups."})


class NewGroup(Flow):
    """A group that the register does not hold yet, and then its terms."""

    form_class = NewGroupForm
    title = "A new group"

    def check_rights(self, data: dict[str, Any], rights: Rights) -> None:
        check_area(data, rights)

    def concerned(self, data: dict[str, Any]) -> Concerned:
        return Concerned(date=max(today(), data["start"].first_day or today()))

    def consequences(self, data: dict[str, Any]) -> Sequence[Consequence]:
        called_so = Group.objects.filter(name__iexact=data["name"]).select_related("covers", "host").order_by("pk")
        lines = [
            (link_to(each), Piece(f", {each.covers or each.host}, {period_words(each, today())}")) for each in called_so
        ]
        return [Consequence("The register holds a group of this name already", lines, "warning")] if lines else []

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        reports_to = [to for to in (data["reports_to_group"], data["reports_to_organisation"]) if to]
        host, start, end = data["host"], data["start"], data["end"]
        group = actions.add_group(
            kind=data["kind"],
            name=data["name"],
            host=host,
            covers=data["covers"],
            start=start,
            end=end,
            remit=data["remit"],
            reports_to=reports_to,
            influences=[data["influences"]] if data["influences"] else [],
            # What belongs to an invented organisation of the demonstration is shown as invented too.
            invented=host.invented,
            **who,
        )
        if data["funding_source"]:
            actions.fund_group(
                group=group,
                funding_source=data["funding_source"],
                payer=data["payer"],
                annual_amount=data["annual_amount"],
                start=start,
                end=end,
                **who,
            )
        self.then_terms = data["then_terms"]
        return group

    def done(self, result: Model) -> str:
        return f"Recorded: {result}."

    def address_after(self, result: Model) -> str:
        assert isinstance(result, Group)
        return reverse("new-terms", args=[result.slug]) if self.then_terms else result.get_absolute_url()

    def way_back(self) -> str:
        return reverse("groups")


class OfGroup(Flow):
    """A flow about one group."""

    titled: ClassVar[str]
    """The title, with a place for the group's name."""

    def load(self, **address: Any) -> None:
        found = Group.objects.select_related("host", "covers").filter(slug=address["slug"]).first()
        if found is None:
            raise Http404("The register has no group at this address.")
        self.group: Group = found
        self.title = self.titled.format(group=found)

    def is_permitted(self, rights: Rights) -> bool:
        return may_change(self.group, rights)

    def rests_on(self) -> Sequence[Model]:
        return (self.group,)

    def concerned(self, data: dict[str, Any]) -> Concerned:
        return Concerned(groups={self.group.pk})

    def address_after(self, result: Model) -> str:
        return self.group.get_absolute_url()

    def way_back(self) -> str:
        return self.group.get_absolute_url()


class CorrectGroup(OfGroup):
    """A group was written down wrongly, or is called or hosted otherwise now."""

    form_class = CorrectGroupForm
    titled = "{group}: correct it"

    def initial(self) -> dict[str, Any]:
        facts = ("name", "kind", "host", "covers", "start", "end")
        return {name: getattr(self.group, name) for name in facts}

    def check_rights(self, data: dict[str, Any], rights: Rights) -> None:
        check_area(data, rights)

    def consequences(self, data: dict[str, Any]) -> Sequence[Consequence]:
        host = self.group.host
        if data["host"] == host:
            return []
        words = (Piece("The register will say that it always was hosted by "), link_to(data["host"]), Piece("."))
        return [Consequence(f"It is no longer shown with {host}, for no day", [words], "warning")]

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        facts = {name: data[name] for name in ("name", "kind", "host", "covers", "start", "end")}
        return actions.correct_group(group=copy(self.group), **facts, **who)

    def done(self, result: Model) -> str:
        assert isinstance(result, Group)
        return f"Recorded: {result}, {period_words(result, today())}."


class EndGroup(OfGroup):
    """A group ends, with its terms, remit and money, and its members' seats unless somebody says otherwise."""

    form_class = EndGroupForm
    titled = "{group} ends"

    def load(self, **address: Any) -> None:
        super().load(**address)
        members = Membership.objects.filter(not_ended(), seat__terms__group=self.group)
        self.members: list[Membership] = list(
            members.select_related("seat__terms", "person").order_by("seat__order", "person__family_name", "pk")
        )
        self.posts: list[Role] = list(
            Role.objects.filter(not_ended(), of_group__group=self.group).order_by("title", "pk")
        )

    def rests_on(self) -> Sequence[Model]:
        return (self.group, *self.members, *self.posts)

    def form_options(self) -> dict[str, Any]:
        return {"members": self.members, "posts": self.posts}

    def concerned(self, data: dict[str, Any]) -> Concerned:
        last_day = data["end"].last_day or today()
        return Concerned(
            groups={self.group.pk},
            roles={post.pk for post in self.posts},
            people={member.person_id for member in self.members},
            date=max(today(), last_day + ONE_DAY),
        )

    def consequences(self, data: dict[str, Any]) -> Sequence[Consequence]:
        ticked = data.get("members", ())
        found = []
        for title, weight, rows in (
            ("Seats that end with it", "warning", [each for each in self.members if str(each.pk) in ticked]),
            (
                "Seats that people keep, of a group that is no more",
                "warning",
                [each for each in self.members if str(each.pk) not in ticked],
            ),
        ):
            if rows:
                lines = [(link_to(each.person), Piece(f", {each.seat.title}")) for each in rows]
                found.append(Consequence(title, lines, weight))
        found += leaving([post for post in self.posts if str(post.pk) in data.get("posts", ())])
        if parts := self._parts():
            found.append(Consequence("What ends with it", parts))
        return found

    def _parts(self) -> list[Sequence[Piece]]:
        """What the group has that ends with it, in words."""
        lines: list[Sequence[Piece]] = []
        for terms in Terms.objects.as_at(today()).filter(group=self.group):
            lines.append((Piece(capital(terms_words(terms))),))
        if GroupRemit.objects.as_at(today()).filter(group=self.group).exists():
            lines.append((Piece("Its remit"),))
        for line in (
            ReportingLine.objects.as_at(today()).filter(group=self.group).select_related("to_group", "to_organisation")
        ):
            lines.append((Piece("Its reporting to "), link_to(line.to_group or line.to_organisation)))
        funding = GroupFunding.objects.as_at(today()).filter(group=self.group).select_related("funding_source", "payer")
        for money in funding:
            lines.append((Piece(f"Its money: {money.funding_source}{f', {money.payer}' if money.payer else ''}"),))
        for influence in Influence.objects.as_at(today()).filter(group=self.group).select_related("organisation"):
            lines.append((Piece("Its influence on "), link_to(influence.organisation)))
        return lines

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        end = data["end"]
        for membership in self.members:
            if str(membership.pk) in data.get("members", ()):
                actions.unseat(membership=membership, end=end, **who)
        for post in self.posts:
            if str(post.pk) in data.get("posts", ()):
                actions.end_role_and_holders(role=post, end=end, **who)
        return actions.end_group(group=self.group, end=end, **who)

    def done(self, result: Model) -> str:
        return f"Recorded: {result} ended. What it was stays in the register."


class NewGroupRemit(RowsFlow, OfGroup):
    """What a group is responsible for changes from a day on."""

    form_class = GroupRemitForm
    titled = "{group}: a new version of its remit"

    def load(self, **address: Any) -> None:
        super().load(**address)
        versions = GroupRemit.objects.filter(group=self.group).prefetch_related("functions__function")
        self.former: GroupRemit | None = versions.as_at(today()).first()

    def rests_on(self) -> Sequence[Model]:
        return (self.group, *([self.former] if self.former else []))

    def initial(self) -> dict[str, Any]:
        if self.former is None:
            return {"start": self.group.start}
        parts = [{"function": str(each.function_id), "part": each.part} for each in self.former.functions.all()]
        return {"summary": self.former.summary, "function": parts}

    def perform(self, data: dict[str, Any], **who: Any) -> Model:
        functions = Function.objects.in_bulk([int(row["function"]) for row in data["function"]])
        return actions.new_group_remit_version(
            group=self.group,
            start=data["start"],
            end=data["end"],
            summary=data["summary"],
            functions={functions[int(row["function"])]: Part(row["part"]) for row in data["function"]},
            **who,
        )

    def done(self, result: Model) -> str:
        assert isinstance(result, GroupRemit)
        parts = count_words(result.functions.count(), "function")
        return f"Recorded: the remit of {self.group}, {period_words(result, today())}, with its part in {parts}."
