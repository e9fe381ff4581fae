"""Freezing exports, and letting go of those that hold somebody who has to be erased."""

from __future__ import annotations

import hashlib
import html
import io
import secrets
import zipfile
import zlib
from collections.abc import Collection, Generator
from contextlib import closing
from itertools import count

from django.db import connection, transaction
from django.db.models import Q, Value
from django.db.models.fields.json import KeyTextTransform

from ics_leadership import streams
from ics_leadership.accounts.models import User
from ics_leadership.erasing import hold_off_erasures
from ics_leadership.errors import Refusal
from ics_leadership.names_in_texts import REPLACED, is_named_in
from ics_leadership.periods import today
from ics_leadership.search import Fold
from memberships.frozen import Frozen
from memberships.models import ErasedRow, MergedPerson, Person, Snapshot

ASKED_BY_NAME = ("people", "role-map", "role-map-of-people", "appointments", "memberships")
"""The resources of which `q` asks what people are called, where they are not asked of another table."""
_OF_PEOPLE = Q(resource__in=ASKED_BY_NAME) & (~Q(asked__has_key="listed") | Q(asked__listed="people"))
MOST_BYTES = 64 * 1024 * 1024
_LETTERS = "23456789abcdefghjkmnpqrstvwxyz"


def freeze(*, by: User, frozen: Frozen) -> Snapshot:
    """Keep what is to be frozen: as everybody would get it now, whatever `by` may see, or for `by` alone where it is private.

    Raises Refusal for what is too large.
    """
    people: set[int] = set()
    # Written, counted and compressed as it comes: the whole of it is never there.
    size, sha256, compress, content = 0, hashlib.sha256(), zlib.compressobj(), bytearray()
    with closing(frozen.parts()) as parts:
        for chunk, named in parts:
            people |= named
            size += len(chunk)
            if size > MOST_BYTES:
                raise Refusal("This is too large to be frozen: a snapshot holds 64 MB. Narrow what is asked.")
            sha256.update(chunk)
            content += compress.compress(chunk)
    content += compress.flush()
    with transaction.atomic():
        hold_off_erasures()
        if ErasedRow.objects.filter(table=Person._meta.label_lower, row_id__in=people).exists():
            raise Refusal("Somebody in it was erased while it was written. Freeze it again.")
        return Snapshot.objects.create(
            key="".join(secrets.choice(_LETTERS) for _ in range(10)),
            resource=frozen.resource,
            file_name=frozen.file_name,
            media_type=frozen.form.media_type,
            asked=dict(frozen.asked),
            as_at=frozen.as_at,
            known_at=frozen.known_at,
            frozen_at=frozen.made_at,
            sha256=sha256.hexdigest(),
            size=size,
            people=sorted(people),
            content=bytes(content),
            is_private=frozen.is_private,
            by=by,
        )


def file_of(snapshot: Snapshot) -> Generator[bytes]:
    """The file of a snapshot in the chunks of a stream: the whole of it is never there, nor is a transaction held meanwhile.

    Raises Refusal where it is no longer there, also when it was removed since its beginning left.
    """
    decompress = zlib.decompressobj()
    for begin in count(1, streams.CHUNK):
        with connection.cursor() as cursor:
            part = "SELECT substring(content FROM %s FOR %s) FROM memberships_snapshot WHERE id = %s"
            cursor.execute(part, [begin, streams.CHUNK, snapshot.pk])
            (waiting,) = cursor.fetchone()
        if waiting is None:
            raise Refusal("This file was removed while it was read, because somebody in it was erased.")
        if not waiting:
            return
        while waiting:
            yield decompress.decompress(waiting, streams.CHUNK)
            waiting = decompress.unconsumed_tail


def erase_from_snapshots(
    person_id: int, called: Collection[str] = (), beginnings: Collection[str] = (), told: Collection[str] = ()
) -> int:
    """Remove the bytes of every snapshot that holds somebody, under any number that their entry ever had, or in whose texts one of
    the names stands by which they are `told`, or that asked for one of the names that they are `called`, or asked people for one of
    the `beginnings` of these; and which name was asked for. Gives how many.
    """
    ids = {person_id, *MergedPerson.objects.filter(survivor=person_id).values_list("former_id", flat=True)}
    with transaction.atomic():
        # Between spaces, so that a name is no part of another.
        words = Fold(Value(""), KeyTextTransform("q", "asked"), Value(""))
        naming = [Q(words__contains=Fold(Value(f" {name} "))) for name in called]
        part = Q(*(Q(words__contains=Fold(Value(f" {each} "))) for each in beginnings), _connector=Q.OR)
        if part:
            # What is a part of a name may be a word of what a role or an organisation is called.
            naming.append(part & _OF_PEOPLE)
        about = Q(Q(people__overlap=sorted(ids)), *naming, Q(pk__in=_telling_of(told)), _connector=Q.OR)
        going = Snapshot.objects.alias(words=words).filter(about, erased_on=None).only("asked")
        return Snapshot.objects.bulk_update([_gone(each) for each in going], ["asked", "content", "erased_on"])


def _telling_of(names: Collection[str]) -> list[int]:
    """The ids of snapshots in whose files one of the names stands: a note about somebody else may tell of them."""
    if not names:
        return []
    # One at a time: each may be as large as a snapshot can be.
    kept = Snapshot.objects.filter(erased_on=None).only("content").iterator(chunk_size=1)
    return [each.pk for each in kept if is_named_in(_text_of(each), names)]


def _text_of(snapshot: Snapshot) -> str:
    """All that a file says, those within it included."""
    assert snapshot.content is not None
    content = zlib.decompress(snapshot.content)
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as files:
        return html.unescape("\n".join(files.read(name).decode() for name in files.namelist()))


def _gone(snapshot: Snapshot) -> Snapshot:
    """A snapshot without its bytes, and without the name that was asked for: the page that says so would tell whose it was."""
    if "q" in snapshot.asked:
        snapshot.asked["q"] = REPLACED
    snapshot.content, snapshot.erased_on = None, today()
    return snapshot
