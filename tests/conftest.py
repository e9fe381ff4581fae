"""What every test stands on: the services, a database of its own, settings that keep tests apart."""

import contextlib
import gc
from collections.abc import Callable, Iterator

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import override_settings
from hypothesis import HealthCheck

from ics_leadership import embedded
from ics_leadership.celery import app as celery
from memberships.context import DEMONSTRATION
from tests.browser import (  # noqa: F401 fixtures for tests of pages
    base_url,
    browser_context_args,
    browser_type_launch_args,
    page,
    page_without_scripts,
    site,
)
from tests.factories import area  # noqa: F401 a fixture for every test
from tests.sharing import shared_folder  # noqa: F401

pytest_plugins = ["tests.databases", "tests.demo_site"]

# No test fails because the machine has something else to do.
hypothesis.settings.register_profile("register", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis.settings.load_profile("register")

_services = contextlib.ExitStack()


def pytest_configure() -> None:
    """Keep the services up for the whole run; each worker of a parallel run joins the same pair."""
    try:
        _services.enter_context(embedded.services())
    except embedded.CannotStart as reason:
        pytest.exit(str(reason), returncode=1)


def pytest_collection_finish() -> None:
    """Never look for garbage again among what was imported by now, and rarely among the rest: it took a sixth of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000)


def pytest_unconfigure() -> None:
    _services.close()


@pytest.fixture(scope="session", autouse=True)
def settings_for_tests() -> Iterator[None]:
    """Nothing queued, nothing cached beyond the process, no page kept, no files collected, cheap passwords."""
    celery.conf.task_always_eager = True
    celery.conf.task_eager_propagates = True
    with override_settings(
        API_UNITS_A_MINUTE=0,
        API_UNITS_A_MINUTE_OF_STRANGERS=0,
        CACHES={name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"} for name in settings.CACHES},
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        PAGES_KEPT_SECONDS=0,
        STATIC_ROOT=None,
        STORAGES=settings.STORAGES
        | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}},
    ):
        yield


@pytest.fixture(autouse=True)
def invented(settings_for_tests: None) -> Callable[[str], None]:
    """Let pages say that these areas are invented; none, unless a test says so.

    A register is asked for them once a minute, and no count of a page's queries is to depend on when.
    """

    def say(areas: str) -> None:
        caches["process"].set(DEMONSTRATION, areas, None)

    say("")
    return say


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Commits need not reach the disk: a test database does not outlive its run."""
    options = settings.DATABASES["default"].setdefault("OPTIONS", {})
    options["options"] = f"{options.get('options', '')} -c synchronous_commit=off"
