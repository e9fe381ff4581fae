"""What people offer to take on: one role, a seat on a group, or any post of a kind in an area."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ics_leadership.facts import Fact
from ics_leadership.history import tracked
from ics_leadership.periods import Dated
from memberships.models.groups import Group
from memberships.models.people import Person
from organisations.models import Organisation
from roles.models import Role, RoleType

ONE_POST_SENTENCE = "Say one thing: which role, a seat on which group, or which kind of role and in which area."


@tracked
class PostOffer(Fact, Dated):
    """Somebody's offer to take on a post: a role, a seat on a group, or any role of a type within an area.

    The editors of their entry see it, to whom else private notes about them are shown, and they themselves.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="post_offers")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, null=True, blank=True, related_name="post_offers")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, blank=True, related_name="post_offers")
    role_type = models.ForeignKey(RoleType, on_delete=models.PROTECT, null=True, blank=True, related_name="post_offers")
    area = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="post_offers")
    note = models.TextField(blank=True, db_default="")

    class Meta(Dated.Meta):
        verbose_name = "offer to take on a post"
        verbose_name_plural = "offers to take on a post"
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="post_offer_names_one_post",
                condition=(
                    Q(role__isnull=False, group=None, role_type=None, area=None)
                    | Q(role=None, group__isnull=False, role_type=None, area=None)
                    | Q(role=None, group=None, role_type__isnull=False, area__isnull=False)
                ),
                violation_error_message=ONE_POST_SENTENCE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.post}"

    @property
    def post(self) -> str:
        """What they would take on: "Chair, Norwich LMC", "A seat on X", "Any PCN Clinical Director in Y"."""
        if self.role:
            return f"{self.role.title}, {self.role.organisation.name}"
        if self.group:
            return f"A seat on {self.group.name}"
        assert self.role_type
        assert self.area
        return f"Any {self.role_type.name} in {self.area.name}"
