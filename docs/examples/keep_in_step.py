"""Keep a copy of the register in a SQLite file in step: python3 keep_in_step.py https://register.example copy.sqlite [TOKEN]

Run it as often as you like: each run fetches what changed since the last and ends when the copy is up to date. Every resource
becomes a table of the same name with a column for each name in its data; columns that the register gets later are added.
What is written and how far the copy has come are committed together, so that a run that breaks off has done no harm.
Needs Python 3.9 or later and nothing else.
"""

import json
import sqlite3
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

PAGE = 1000
GONE = {"withdrawn", "deleted", "merged"}


def ask(register, since, token=""):
    """One page of the feed of changes: {"results": [entries], "next": cursor, "up_to_date": bool}."""
    query = urllib.parse.urlencode({"limit": PAGE, "since": since} if since else {"limit": PAGE})
    request = urllib.request.Request(f"{register.rstrip('/')}/api/v1/changes?{query}")
    if token:
        request.add_header("Authorization", f"Token {token}")
    while True:
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refusal:
            if refusal.code not in (429, 503):
                raise SystemExit(json.load(refusal).get("detail", refusal.reason)) from None
            # Asked too often, or at a busy moment: the register says how many seconds to wait.
            time.sleep(int(refusal.headers.get("Retry-After", 15)))


def open_copy(path):
    """The copy, with its two tables about itself: how far it has come, and what became of rows that are gone."""
    copy = sqlite3.connect(path, isolation_level=None)
    copy.execute("CREATE TABLE IF NOT EXISTS _cursor (since TEXT NOT NULL)")
    copy.execute(
        "CREATE TABLE IF NOT EXISTS _gone (resource TEXT, id INTEGER, what TEXT, into_id INTEGER, at TEXT,"
        " PRIMARY KEY (resource, id))"
    )
    return copy


def how_far(copy):
    row = copy.execute("SELECT since FROM _cursor").fetchone()
    return row[0] if row else ""


def apply(copy, entry):
    """Do to the copy what one entry tells. Done twice, it is as done once."""
    table, key = f'"{entry["resource"]}"', entry["id"]
    if entry["what"] in GONE:
        if copy.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [entry["resource"]]).fetchone():
            copy.execute(f"DELETE FROM {table} WHERE id = ?", [key])
        gone = [entry["resource"], key, entry["what"], entry["into"], entry["at"]]
        copy.execute("INSERT OR REPLACE INTO _gone VALUES (?, ?, ?, ?, ?)", gone)
        return
    data = entry["data"]
    copy.execute("DELETE FROM _gone WHERE resource = ? AND id = ?", [entry["resource"], key])
    copy.execute(f"CREATE TABLE IF NOT EXISTS {table} (id INTEGER PRIMARY KEY)")
    there = {row[1] for row in copy.execute(f"PRAGMA table_info({table})")}
    for name in data.keys() - there:
        copy.execute(f'ALTER TABLE {table} ADD COLUMN "{name}"')
    names = ", ".join(f'"{name}"' for name in data)
    places = ", ".join("?" * len(data))
    copy.execute(f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({places})", list(data.values()))


def keep_in_step(register, copy, token="", ask=ask):
    """Bring the copy up to date. Gives how many entries there were."""
    entries = 0
    while True:
        page = ask(register, how_far(copy), token)
        copy.execute("BEGIN IMMEDIATE")
        try:
            for entry in page["results"]:
                apply(copy, entry)
            copy.execute("DELETE FROM _cursor")
            copy.execute("INSERT INTO _cursor VALUES (?)", [page["next"]])
            copy.execute("COMMIT")
        except BaseException:
            copy.execute("ROLLBACK")
            raise
        entries += len(page["results"])
        if page["up_to_date"]:
            return entries


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        raise SystemExit(__doc__)
    address, path, *secret = sys.argv[1:]
    print(keep_in_step(address, open_copy(path), *secret), "changes")
