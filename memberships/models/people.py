"""People: what they are called, their profession, their skills, and what they offer."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import Q

from ics_leadership.addresses import address_of
from ics_leadership.facts import Confirmed, Fact
from ics_leadership.history import tracked
from ics_leadership.periods import Dated, pair_key
from ics_leadership.search import FindableQuerySet, folded_from, folded_index
from organisations.models import Organisation
from roles.models.catalogues import Catalogue


class Profession(models.TextChoices):
    """What somebody is by training. A role open to GPs only is open to `GP`."""

    GP = "gp", "GP"
    NURSE = "nurse", "Nurse"
    PHARMACIST = "pharmacist", "Pharmacist"
    PARAMEDIC = "paramedic", "Paramedic"
    ALLIED_HEALTH = "allied_health", "Allied health professional"
    HOSPITAL_DOCTOR = "hospital_doctor", "Hospital doctor"
    PUBLIC_HEALTH = "public_health", "Public health specialist"
    DENTIST = "dentist", "Dentist"
    OPTOMETRIST = "optometrist", "Optometrist"
    SOCIAL_WORKER = "social_worker", "Social worker"
    MANAGER = "manager", "Manager"
    LAY = "lay", "Lay member"
    COUNCILLOR = "councillor", "Councillor"
    OTHER = "other", "Other"


CLINICIANS = (
    Profession.GP,
    Profession.NURSE,
    Profession.PHARMACIST,
    Profession.PARAMEDIC,
    Profession.ALLIED_HEALTH,
    Profession.HOSPITAL_DOCTOR,
    Profession.PUBLIC_HEALTH,
    Profession.DENTIST,
    Profession.OPTOMETRIST,
)
"""The professions to which a role open to any clinician is open."""


UNNAMED_SENTENCE = "Give at least the family name."


@tracked
class Person(Fact, Confirmed):
    """Somebody who leads, led, or may lead.

    Everyone sees name, profession, roles and seats; signed-in readers the work contact; editors of the area the
    registration number and the note.
    """

    slug = models.SlugField(max_length=200, unique=True)
    title = models.CharField(max_length=30, blank=True, db_default="")
    given_names = models.CharField(max_length=150, blank=True, db_default="")
    family_name = models.CharField(max_length=150, error_messages={"blank": UNNAMED_SENTENCE})
    profession = models.CharField(max_length=20, choices=Profession, blank=True, db_default="")
    registration_number = models.CharField(max_length=30, blank=True, db_default="")
    work_email = models.EmailField("work e-mail", blank=True, db_default="")
    work_telephone = models.CharField(max_length=40, blank=True, db_default="")
    note = models.TextField("private note", blank=True, db_default="")
    invented = models.BooleanField(default=False, db_default=False)
    folded = folded_from("given_names", "family_name")

    objects = FindableQuerySet.as_manager()

    class Meta:
        ordering = ["family_name", "given_names", "pk"]
        verbose_name_plural = "people"
        indexes = [
            folded_index("person_folded"),
            models.Index(fields=["family_name", "given_names"], name="person_by_name"),
        ]
        constraints = [
            models.CheckConstraint(
                name="person_has_name",
                condition=~Q(family_name=""),
                violation_error_message=UNNAMED_SENTENCE,
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name as people say it: "Dr Amina Yusuf"."""
        return " ".join(part for part in (self.title, self.given_names, self.family_name) if part)

    def get_absolute_url(self) -> str:
        return address_of("person", self.slug)


@tracked
class Skill(Catalogue):
    """Something that leaders learn by leading: strategy, working politically, contracting, …"""


@tracked
class PersonSkill(Fact, Dated):
    """A skill that somebody holds over a period, and how they came by it. One that lapsed may be held again later."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="skills")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="holders")
    gained_through = models.TextField(blank=True, db_default="")

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            ExclusionConstraint(
                name="one_entry_for_a_skill_at_a_time",
                expressions=[(pair_key("person", "skill"), "="), ("certain", "&&")],
                violation_error_message=(
                    "The register holds this skill of this person already on some of these days. Correct that entry first."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.skill}"


NO_OFFER_SENTENCE = "Say what is offered."


@tracked
class MentorOffer(Fact, Dated):
    """Somebody's offer to mentor or advise, in what and in which area. Shown to everyone only if they agreed to it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mentor_offers")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, null=True, blank=True, related_name="mentor_offers")
    area = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="mentor_offers")
    offer = models.TextField(error_messages={"blank": NO_OFFER_SENTENCE})
    agreed_to_show = models.BooleanField(default=False, db_default=False)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="mentor_offer_says_what",
                condition=~Q(offer=""),
                violation_error_message=NO_OFFER_SENTENCE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.offer}"
