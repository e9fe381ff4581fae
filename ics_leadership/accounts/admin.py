"""The administration pages: accounts, to look at. They are changed on the register's own pages, where history sees it."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.http import HttpRequest

from ics_leadership.accounts.models import User

# A site of its own: packages offer to change what they keep of accounts here, past every action.
site = admin.AdminSite()
# Entered through the register's own sign-in, second factor and all.
site.login = secure_admin_login(site.login)  # type: ignore[method-assign]


@admin.register(User, site=site)
class AccountAdmin(admin.ModelAdmin[User]):
    """Accounts as they stand."""

    ordering = ("email",)
    list_display = ("email", "name", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff")
    search_fields = ("email", "name")
    fields = ("email", "name", "is_active", "is_staff", "is_superuser", "created_at", "last_login")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False
