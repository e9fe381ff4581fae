"""What every page's frame needs: the register's name, its sections, the day shown."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest


@dataclass(frozen=True)
class Section:
    """One entry of the navigation: its words and its address, which is also the prefix of its pages' addresses."""

    title: str
    path: str


SECTIONS = [
    Section("Groups", "/groups"),
    Section("Organisations", "/organisations"),
    Section("People", "/people"),
    Section("Roles", "/roles"),
    Section("Whom do I ask", "/whom-do-i-ask"),
    Section("Then and now", "/then-and-now"),
    Section("What ends when", "/calendar"),
    Section("At whose table", "/tables"),
    Section("Mentors", "/mentors"),
]


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor for `templates/base.html`."""
    here = next((s.path for s in SECTIONS if request.path == s.path or request.path.startswith(f"{s.path}/")), "")
    return {
        "register_name": settings.REGISTER_NAME,
        "sections": SECTIONS,
        "section_here": here,
        "as_at": getattr(request, "as_at", None),
    }
