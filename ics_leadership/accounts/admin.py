"""The administration page of accounts. The register's own tables are changed on its pages, never here."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from ics_leadership.accounts.models import User


@admin.register(User)
class AccountAdmin(UserAdmin):
    """Open, close and rename accounts. None is deleted: history keeps the names of those who made it."""

    ordering = ("email",)
    list_display = ("email", "name", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff")
    search_fields = ("email", "name")
    readonly_fields = ("last_login", "created_at")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("email", "name", "password")}),
        ("What they may do", {"fields": ("is_active", "is_staff", "is_superuser")}),
        ("Dates", {"fields": ("created_at", "last_login")}),
    )
    add_fieldsets = ((None, {"classes": ("wide",), "fields": ("email", "name", "password1", "password2")}),)

    def has_delete_permission(self, request: object, obj: User | None = None) -> bool:
        return False
