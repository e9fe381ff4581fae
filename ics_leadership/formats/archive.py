"""Archives that are sent while they are being written: workbooks and bundles."""

from __future__ import annotations

import datetime
import zlib
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from isal import isal_zlib
from stream_zip import Method, stream_zip

Member = tuple[str, datetime.datetime, int, Method, Iterable[bytes]]
"""A part of an archive: its name, when it was made, its mode, how it is written, and its content."""


def archived(members: Iterable[Member]) -> Iterator[bytes]:
    """Those parts as an archive, in chunks; each is asked for its content when its turn has come.

    They are compressed by ISA-L, which is several times as fast as zlib at its lowest level, and makes them smaller than that.
    """
    # It does what zlib's does, which the types do not say.
    compressing: Any = partial(isal_zlib.compressobj, wbits=-zlib.MAX_WBITS)
    return iter(stream_zip(members, get_compressobj=compressing))
