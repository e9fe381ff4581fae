#!/usr/bin/env python
"""Run a command of the register, on its own PostgreSQL and Valkey where no others are named."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ics_leadership.settings")
    from django.core.management import execute_from_command_line

    from ics_leadership import embedded

    with embedded.services():
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
