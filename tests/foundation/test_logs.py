"""What the register's log says of answers that are none."""

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.test import Client, override_settings
from django.urls import path

from ics_leadership import logs


def refuse(request):
    raise PermissionDenied


def fail(request):
    raise ValueError("a fault of ours")


urlpatterns = [path("refused", refuse), path("faulty", fail)]


@pytest.mark.parametrize(("address", "told_whole"), [("/refused", False), ("/faulty", True)])
@override_settings(ROOT_URLCONF=__name__)
def test_a_refusal_is_a_line_of_the_log_and_a_fault_keeps_its_traceback(
    db: None, address: str, told_whole: bool, caplog: pytest.LogCaptureFixture
):
    Client(raise_request_exception=False).get(address)
    (record,) = (each for each in caplog.records if each.name == "django.request")
    assert logs.in_a_line(record)
    assert bool(record.exc_info) is told_whole


def test_the_console_uses_it():
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["in_a_line"]
