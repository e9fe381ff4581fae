"""That `docs/api.md` says of every table what its declaration says. `UPDATE_DOCS=1` before the test's command writes it anew."""

import os

from memberships.api import RESOURCES
from tests.api.document import DOCUMENT, PART, with_tables


def test_document_says_of_every_table_what_its_declaration_says():
    text = DOCUMENT.read_text()
    if os.environ.get("UPDATE_DOCS"):
        DOCUMENT.write_text(with_tables(text))
    assert DOCUMENT.read_text() == with_tables(text)


def test_document_has_every_table():
    assert {found[1] for found in PART.findall(DOCUMENT.read_text())} == {each.table.name for each in RESOURCES}
