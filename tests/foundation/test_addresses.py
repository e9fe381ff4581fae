"""Addresses made from patterns are those that Django gives."""

import pytest
from django.urls import reverse

from ics_leadership.addresses import address_of


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("organisation", ("pcn-west-norwich",)),
        ("person", ("dr-amina-yusuf-2",)),
        ("group", ("norwich-gp-leadership-group",)),
        ("role", ("9000001",)),
        ("terms", ("norwich-gp-leadership-group", 12)),
        ("terms", ("9000002", 9_000_001)),
        ("history", ("appointment", 7)),
        ("still-true", ("membership", 1_000_000)),
        ("groups", ()),
    ],
)
def test_address_from_a_pattern_is_that_which_django_gives(name: str, arguments: tuple[object, ...]) -> None:
    assert address_of(name, *arguments) == reverse(name, args=arguments)
