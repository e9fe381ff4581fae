"""Beside the invented system a real one, as NHS England publishes it: Buckinghamshire, Oxfordshire and Berkshire West and its successor."""

from pathlib import Path

import organisations.ods
from memberships.demo.entries import imports, recorded

EXTRACTS = Path(organisations.ods.__file__).parent / "extracts"

LOG = [
    recorded("2026-06-02", "Import of NHS reference data, beside the area that is kept", imports(EXTRACTS)),
]
