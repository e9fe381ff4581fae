"""What a group's terms of reference say: versions, their clauses as people wrote them, and what the register evaluates of
them: seats, who may fill them, quorum, how decisions are made, what is published.

A clause says what it is about; a seat or condition of eligibility names the clause that gives it. How many places a seat
has on a day is asked of `SeatQuerySet.with_places`; who may sit, of the rules.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any, ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from ics_leadership.facts import Fact
from ics_leadership.history import tracked
from ics_leadership.periods import Dated
from memberships.models.groups import Group
from memberships.models.people import Profession
from organisations.models import Kind, Organisation
from organisations.models.areas import within_each
from roles.models import FundingKind, Role, RoleType


class Nature(models.TextChoices):
    """What a group's terms say that it is."""

    REPRESENTATIVE = "representative", "a representative body"
    EXPERT = "expert", "a group of subject-matter experts"
    UNSAID = "unsaid", "the terms do not say"


class DecisionRule(models.TextChoices):
    """How a group decides."""

    CONSENSUS = "consensus", "Consensus of those at the table"
    ORGANS = "organs", "Consensus of the organs"
    VOTE = "vote", "Majority of those who vote"
    TWO_STAGE = "two_stage", "The group first, then every organ"
    UNSAID = "unsaid", "The terms do not say"


class ChairChosen(models.TextChoices):
    """How a group comes by its chair."""

    ELECTED = "elected", "Elected by the members"
    APPOINTED = "appointed", "Appointed by the host"
    EX_OFFICIO = "ex_officio", "By office"
    ROTATES = "rotates", "Members take turns"
    UNSAID = "unsaid", "The terms do not say"


class RegisterOfInterests(models.TextChoices):
    """Whether members of a group declare their interests, and who may read what they declared."""

    NONE = "none", "Not kept"
    KEPT = "kept", "Kept, not published"
    PUBLISHED = "published", "Kept and published"


@tracked
class Terms(Fact, Dated):
    """A version of a group's terms of reference. At most one is in force on a day."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="terms")
    version = models.CharField(max_length=40)
    purpose = models.TextField(blank=True, db_default="")
    nature = models.CharField(max_length=20, choices=Nature, default=Nature.UNSAID, db_default="unsaid")
    decision_rule = models.CharField(
        max_length=20, choices=DecisionRule, default=DecisionRule.UNSAID, db_default="unsaid"
    )
    quorum = models.PositiveSmallIntegerField(null=True, blank=True)
    term_months = models.PositiveSmallIntegerField("length of a term in months", null=True, blank=True)
    warning_months = models.PositiveSmallIntegerField("warning before a term ends, in months", default=6, db_default=6)
    term_limit = models.PositiveSmallIntegerField("terms in a row", null=True, blank=True)
    chair_chosen = models.CharField(
        "how the chair is chosen",
        max_length=12,
        choices=ChairChosen,
        default=ChairChosen.UNSAID,
        db_default=ChairChosen.UNSAID.value,
    )
    interests = models.CharField(
        "register of interests",
        max_length=10,
        choices=RegisterOfInterests,
        default=RegisterOfInterests.NONE,
        db_default=RegisterOfInterests.NONE.value,
    )
    publishes_findings = models.BooleanField("findings are published", default=False, db_default=False)
    publishes_proposals = models.BooleanField("proposals are published", default=False, db_default=False)
    review_on = models.DateField(null=True, blank=True)

    class Meta(Dated.Meta):
        verbose_name = "terms of reference"
        verbose_name_plural = "terms of reference"
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["group", "version"],
                name="one_version_of_a_name",
                violation_error_message="This group has a version of that name already.",
            ),
            ExclusionConstraint(
                name="one_version_of_terms_on_a_day",
                expressions=[("group", "="), ("period", "&&")],
                violation_error_message=(
                    "Another version of the terms is in force on some of these days. "
                    "End it the day before this one begins."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}, terms of reference {self.version}"


class Topic(models.TextChoices):
    """What of the terms a clause is about, where the register evaluates it; seats and eligibility name their clause."""

    PURPOSE = "purpose", "Purpose"
    NATURE = "nature", "What the group is"
    CHAIR = "chair", "The chair"
    DECISION = "decision", "How it decides"
    QUORUM = "quorum", "Quorum"
    TERM = "term", "Length of a term"
    PUBLICATION = "publication", "What is published"
    INTERESTS = "interests", "Interests"
    INFLUENCE = "influence", "Whom it is to influence"
    REPORTING = "reporting", "Whom it reports to"
    FUNDING = "funding", "Who funds it"
    REVIEW = "review", "Review"


@tracked
class Clause(Fact):
    """A clause of a version of the terms, as people wrote it."""

    terms = models.ForeignKey(Terms, on_delete=models.PROTECT, related_name="clauses")
    order = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=12)
    text = models.TextField()
    about = models.CharField(max_length=12, choices=Topic, blank=True, db_default="")

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                fields=["terms", "order"],
                name="one_clause_in_a_place",
                violation_error_message="There is a clause in this place already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.text}"


class Category(models.TextChoices):
    """How somebody sits at a table."""

    CHAIR = "chair", "Chair"
    CORE = "core", "Core member"
    ATTENDING = "in_attendance", "In attendance"
    OBSERVER = "observer", "Observer"


class DrawnFrom(models.TextChoices):
    """Where the holder of a seat comes from."""

    ROLE_TYPE = "role_type", "holders of a type of role"
    KIND = "organisation_kind", "a kind of organisation"
    ORGANISATION = "organisation", "one organisation"
    GROUP = "group", "members of another group"
    EXPERIENCE = "experience", "people with experience"


def _exactly_one(choice: str, columns: dict[Any, str], of: Sequence[str]) -> Q:
    """That of several columns just the one is filled that a choice asks for, or none where it asks for none."""
    texts = {"organisation_kind", "profession", "funding_kind"}
    empty = {name: Q(**{name: "" if name in texts else None}) for name in of}

    def only(value: Any, filled: str) -> Q:
        says = Q(**{choice: value})
        for name in of:
            says &= ~empty[name] if name == filled else empty[name]
        return says

    return reduce(or_, (only(value, filled) for value, filled in columns.items()))


class SeatQuerySet(models.QuerySet["Seat"]):
    """Seats, and how many places each has."""

    def with_area(self) -> Self:
        """Seats with the `area` of their group, for questions about what lies in it."""
        return self.alias(area=Coalesce("terms__group__covers", "terms__group__host"))

    def with_places(self, date: datetime.date) -> Self:
        """Seats with `places`, how many people they are for on that day; `each` kinds by what lies in the group's area."""
        inside = within_each(OuterRef("area"), date)
        bodies = Organisation.objects.as_at(date).filter(kind=OuterRef("organisation_kind"), pk__in=inside)
        posts = Role.objects.as_at(date).filter(role_type=OuterRef("role_type"), organisation__in=inside)
        of_kind, of_type = (
            Coalesce(
                Subquery(rows.order_by().annotate(all=Value(1)).values("all").annotate(n=Count("pk")).values("n")), 0
            )
            for rows in (bodies, posts)
        )
        return self.with_area().annotate(
            places=Case(
                When(each=False, then=F("number")),
                When(drawn_from=DrawnFrom.KIND, then=F("number") * of_kind),
                default=F("number") * of_type,
                output_field=IntegerField(),
            )
        )


NOBODYS_SEAT_SENTENCE = "A seat is for at least one person."


@tracked
class Seat(Fact):
    """A place at the table under a version of the terms: how many, voting or not, and where it is drawn from.

    With `each`, `number` is for each organisation of the kind, or each role of the type, in the group's area on the day;
    otherwise all of them share that number. `quorum_of` says how many from this seat a quorum asks for.
    """

    terms = models.ForeignKey(Terms, on_delete=models.PROTECT, related_name="seats")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    category = models.CharField(max_length=15, choices=Category)
    number = models.PositiveSmallIntegerField(
        default=1, db_default=1, validators=[MinValueValidator(1, NOBODYS_SEAT_SENTENCE)]
    )
    each = models.BooleanField("as many for each", default=False, db_default=False)
    voting = models.BooleanField(default=False, db_default=False)
    quorum_of = models.PositiveSmallIntegerField(
        "needed for a quorum", null=True, blank=True, validators=[MinValueValidator(1, NOBODYS_SEAT_SENTENCE)]
    )
    drawn_from = models.CharField(max_length=20, choices=DrawnFrom)
    role_type = models.ForeignKey(RoleType, on_delete=models.PROTECT, null=True, blank=True, related_name="seats")
    organisation_kind = models.CharField(max_length=30, choices=Kind, blank=True, db_default="")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="seats_drawn"
    )
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, blank=True, related_name="seats_drawn")
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, null=True, blank=True, related_name="seats")

    objects: ClassVar[Any] = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                fields=["terms", "order"],
                name="one_seat_in_a_place",
                violation_error_message="There is a seat in this place already.",
            ),
            models.CheckConstraint(
                name="seat_for_somebody",
                condition=Q(number__gte=1),
                violation_error_message=NOBODYS_SEAT_SENTENCE,
            ),
            models.CheckConstraint(
                name="seat_drawn_from_one",
                condition=_exactly_one(
                    "drawn_from",
                    {
                        DrawnFrom.ROLE_TYPE: "role_type",
                        DrawnFrom.KIND: "organisation_kind",
                        DrawnFrom.ORGANISATION: "organisation",
                        DrawnFrom.GROUP: "group",
                        DrawnFrom.EXPERIENCE: "",
                    },
                    ("role_type", "organisation_kind", "organisation", "group"),
                ),
                violation_error_message=(
                    "Say where the seat is drawn from: one type of role, one kind of organisation, "
                    "one organisation, another group, or experience."
                ),
            ),
            models.CheckConstraint(
                name="seat_for_each_of_several",
                condition=Q(each=False) | Q(drawn_from__in=(DrawnFrom.ROLE_TYPE, DrawnFrom.KIND)),
                violation_error_message="Seats are for each of a type of role or a kind of organisation.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


ANY_CLINICIAN = "clinician"
"""Beside the professions: any of those that `CLINICIANS` names."""


class Condition(models.TextChoices):
    """What somebody has to fulfil to sit."""

    ACTS_FOR_PRACTICES = "acts_for_practices", "Acts for general practice, not for the system or the commissioner"
    NOT_ENGAGED_BY = "not_engaged_by", "Not employed or engaged by"
    PROFESSION = "profession", "Is by profession"
    NOT_ALSO_IN = "not_also_in", "Does not also have the seat"
    LONGEST_SERVICE = "longest_service", "Has served no longer than"
    NOT_PAID_FROM = "not_paid_from", "Is not paid from"


@tracked
class Eligibility(Fact):
    """Who may fill the seats of a version of the terms: of one seat, or, where none is named, chair and core members.

    `months` counts unbroken membership in the group; `funding_kind` is what pays for the appointment that is the basis.
    """

    terms = models.ForeignKey(Terms, on_delete=models.PROTECT, related_name="eligibilities")
    order = models.PositiveSmallIntegerField()
    condition = models.CharField(max_length=20, choices=Condition)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="eligibilities")
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, null=True, blank=True, related_name="eligibilities")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="eligibilities"
    )
    profession = models.CharField(
        max_length=20, choices=[(ANY_CLINICIAN, "Any clinician"), *Profession.choices], blank=True, db_default=""
    )
    other_seat = models.ForeignKey(
        Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="eligibilities_elsewhere"
    )
    months = models.PositiveSmallIntegerField(null=True, blank=True)
    funding_kind = models.CharField(max_length=20, choices=FundingKind, blank=True, db_default="")

    class Meta:
        verbose_name = "condition of eligibility"
        verbose_name_plural = "conditions of eligibility"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                fields=["terms", "order"],
                name="one_condition_in_a_place",
                violation_error_message="There is a condition in this place already.",
            ),
            models.CheckConstraint(
                name="condition_says_of_what",
                condition=_exactly_one(
                    "condition",
                    {
                        Condition.ACTS_FOR_PRACTICES: "",
                        Condition.NOT_ENGAGED_BY: "organisation",
                        Condition.PROFESSION: "profession",
                        Condition.NOT_ALSO_IN: "other_seat",
                        Condition.LONGEST_SERVICE: "months",
                        Condition.NOT_PAID_FROM: "funding_kind",
                    },
                    ("organisation", "profession", "other_seat", "months", "funding_kind"),
                ),
                violation_error_message="Say what the condition is about, and only that.",
            ),
            models.CheckConstraint(
                name="condition_on_another_seat",
                condition=Q(other_seat=None) | Q(seat=None) | ~Q(other_seat=F("seat")),
                violation_error_message="Nobody can be kept off a seat for having it.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_condition_display()
