#!/usr/bin/env python
"""Run a command of the register, on its own PostgreSQL and Valkey where no others are named."""

import os
import sys


def main() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 — whoever has an older one is told
        sys.exit("The register needs Python 3.11 or newer.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ics_leadership.settings")
    try:
        from django.core.management import execute_from_command_line

        from ics_leadership import embedded
    except ModuleNotFoundError as error:
        sys.exit(f"{error.name} is not installed: use .venv/bin/python, which 'make run' sets up.")

    try:
        with embedded.services():
            execute_from_command_line(sys.argv)
    except embedded.CannotStart as reason:
        sys.exit(str(reason))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
