"""What the tables are built on: extensions and the functions of generated columns, constraints and history."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

from ics_leadership.history import DROP_POSITION_SQL, POSITION_SQL
from ics_leadership.periods import CERTAIN_SQL, DROP_CERTAIN_SQL
from ics_leadership.search import DROP_FOLD_SQL, FOLD_SQL


class Migration(migrations.Migration):
    initial = True

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(CERTAIN_SQL, DROP_CERTAIN_SQL),
        migrations.RunSQL(FOLD_SQL, DROP_FOLD_SQL),
        migrations.RunSQL(POSITION_SQL, DROP_POSITION_SQL),
    ]
