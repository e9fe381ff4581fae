"""The register as it was known at a moment: views over the events, which stand in for the tables while somebody asks.

Within `as_known_at` every query, whoever writes it, reads from the schema `known` first. There each tracked table is a view of
the same name and columns over its events, each event table and the table of changes are what of them there was at the moment,
and nothing can be written. Tables that are not tracked (accounts, sessions, files brought in, messages to the keeper) are read
as they are now: pages show none of them as facts of the register. What an address may ask is left to `known_at.py`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, models, transaction
from django.db.backends.utils import CursorWrapper

from ics_leadership.history import Change, event_models

_moment: ContextVar[datetime.datetime | None] = ContextVar("known_at", default=None)

# The sub-select is asked once a query; the setting alone would be asked for every row.
_MOMENT_SQL = "(SELECT current_setting('register.known_at')::timestamptz)"

_REFUSE_SQL = """
CREATE FUNCTION known.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What the register knew at a moment is not changed afterwards.';
END
$$;
"""

_VIEW_SQL = """
CREATE VIEW known.{name} AS SELECT {columns} FROM public.{table} WHERE {condition};
CREATE TRIGGER refuse INSTEAD OF INSERT OR UPDATE OR DELETE ON known.{name}
    FOR EACH ROW EXECUTE FUNCTION known.refuse();
"""


def moment() -> datetime.datetime | None:
    """The moment as at whose knowledge the register answers now; None: as it is known now."""
    return _moment.get()


@contextmanager
def as_known_at(when: datetime.datetime) -> Iterator[None]:
    """Let every query within this block answer as the register was known at that moment; nothing can be written meanwhile.

    Querysets are lazy: what is shown has to be fetched, and pages rendered, before the block ends.
    """
    features = connection.features
    token = _moment.set(when)
    # A view has no key on which its other columns depend: rows are grouped by all of them.
    features.allows_group_by_selected_pks = False
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            look_back(cursor, when)
            yield
            # The settings go with what they were made in.
            transaction.set_rollback(True)
    finally:
        del features.allows_group_by_selected_pks
        _moment.reset(token)


def look_back(cursor: CursorWrapper, when: datetime.datetime) -> None:
    """Let the transaction of a cursor read what was known at that moment, and only read. For connections beside Django's.

    How many events were so then PostgreSQL cannot guess: it takes thousands for a handful, and would go through a whole
    table kept in memory once for each of them. Without that way, whatever it chooses is soon done.
    """
    cursor.execute(
        "SELECT set_config('register.known_at', %s, true), set_config('search_path', 'known, public', true),"
        " set_config('transaction_read_only', 'on', true), set_config('enable_material', 'off', true)",
        [when.isoformat()],
    )


def drop_views(**_: object) -> None:
    """Take the views away, before the tables under them change."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS known CASCADE")


def build_views(**_: object) -> None:
    """Make the views, and what they need to answer as fast as the tables, for the tables that there are now."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS known CASCADE; CREATE SCHEMA known;" + _REFUSE_SQL)
        cursor.execute("".join(_views()))
        for events in event_models():
            _index_as_the_table(events)


def _views() -> Iterator[str]:
    before = f"known_from <= {_MOMENT_SQL}"
    for events in event_models():
        tracked: type[models.Model] = events.pgh_tracked_model  # type: ignore[attr-defined]
        table = events._meta.db_table
        yield _view(tracked, table, f"{before} AND (known_to IS NULL OR known_to > {_MOMENT_SQL})")
        yield _view(events, table, before, known_to=f"CASE WHEN known_to <= {_MOMENT_SQL} THEN known_to END")
    yield _view(Change, Change._meta.db_table, f"recorded_at <= {_MOMENT_SQL}")


def _view(model: type[models.Model], table: str, condition: str, **instead: str) -> str:
    """The view that stands in for a model's table: its columns, some of them read `instead` from an expression."""
    quote = connection.ops.quote_name
    names = [str(field.column) for field in model._meta.concrete_fields]
    columns = ", ".join(f"{instead[name]} AS {name}" if name in instead else quote(name) for name in names)
    return _VIEW_SQL.format(name=quote(model._meta.db_table), columns=columns, table=quote(table), condition=condition)


_INDEXES_SQL = """
SELECT pg_get_indexdef(indexrelid), substring(pg_get_indexdef(indexrelid) FROM ' USING .*') FROM pg_index
WHERE indrelid = ('public.' || quote_ident(%s))::regclass AND NOT indisprimary
ORDER BY indexrelid
"""


_OF_A_CHANGE = " USING btree (change_id, pgh_id)"
"""The index by which the feed of changes is read on within a change of very many rows."""


def _index_as_the_table(events: type[models.Model]) -> None:
    """Give an event table whatever index its table has and it lacks, those of constraints too, and that of the feed.

    They are read from the database, so that an index that somebody adds for live queries is never forgotten here.
    """
    tracked: type[models.Model] = events.pgh_tracked_model  # type: ignore[attr-defined]
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(_INDEXES_SQL, [events._meta.db_table])
        there = {how for _, how in cursor.fetchall()}
        cursor.execute(_INDEXES_SQL, [tracked._meta.db_table])
        for how in (*(how for _, how in cursor.fetchall()), _OF_A_CHANGE):
            if how not in there:
                cursor.execute(f"CREATE INDEX ON public.{quote(events._meta.db_table)}{how}")
