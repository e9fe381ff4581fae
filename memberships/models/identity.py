"""Who is who: which account is whose, which entries were found to be one person, and which are two all the same."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ics_leadership.facts import Fact
from ics_leadership.history import tracked
from memberships.models.people import Person


@tracked
class PersonAccount(Fact):
    """The account of a person in the register: they see all of their own entry, and answer for an organ they lead."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account_link")
    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="person_link")

    def __str__(self) -> str:
        return f"{self.person}: {self.account}"


@tracked
class MergedPerson(Fact):
    """An entry that turned out to be another entry's person: its number and address lead to the one that stayed."""

    survivor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merged")
    former_id = models.BigIntegerField(unique=True)
    former_slug = models.SlugField(max_length=200, unique=True)

    class Meta:
        verbose_name_plural = "merged people"
        constraints = [
            models.CheckConstraint(
                name="merged_into_another",
                condition=~Q(former_id=F("survivor")),
                violation_error_message="Nobody is merged with themselves.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.former_slug} → {self.survivor}"


@tracked
class DistinctPeople(Fact):
    """Two entries that look alike, of which an editor said that they are two people. `first` has the lower number."""

    first = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="distinct_from_later")
    second = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="distinct_from_earlier")

    class Meta:
        verbose_name_plural = "distinct people"
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"],
                name="said_once_that_they_are_two",
                violation_error_message="The register knows already that these are two people.",
            ),
            models.CheckConstraint(
                name="distinct_in_order",
                condition=Q(first__lt=F("second")),
                violation_error_message="Name two different people, the earlier entry first.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} ≠ {self.second}"
