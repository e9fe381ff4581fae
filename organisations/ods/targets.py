"""Works out, from all that was ever published, what the register should say: organisations, links and successions.

The answer is a set of temporary tables, dropped at the end of the transaction: `target_organisation`, `target_link`,
`target_succession`, and for editors `target_unallocated`. It depends on what was published and on nothing else but the
`all_settings` asked for and whether the register holds an organisation already; not on the order in which files came.
The rules are explained in `docs/adr`, the page on the import of ODS files.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.db import connection

from organisations.ods import evidence, standing

_STEPS = (
    ("Weighing what was published", evidence.SAID + evidence.REGISTERED),
    ("Following spells", evidence.SPELLS),
    ("Looking up codes that nobody registers", evidence.REFERRED),
    ("Working out when each organisation existed", standing.PERIODS),
    ("Following successions", standing.SUCCESSIONS),
    ("Working out who stands where", standing.LINKS),
)

_TABLES = [table for _, sql in _STEPS for table in re.findall(r"CREATE TEMP TABLE (\w+)", sql)]


def work_out(*, all_settings: bool, progress: Callable[[str], None]) -> None:
    """Fill the temporary tables from all published rows; inside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("; ".join(f"DROP TABLE IF EXISTS pg_temp.{table}" for table in _TABLES))
        for step, sql in _STEPS:
            progress(step)
            cursor.execute(sql.replace("%(all_settings)s", "true" if all_settings else "false"))
