"""All needs sought at once, by hyperscan where it is installed (`pip install wikimend[fast]`).

What hyperscan makes of the needs is kept in the cache. It is known by all that it was made of, and
one that is cut, edited or made by another version is as good as none.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any
from zlib import crc32

from wikimend.caches import cache_folder, read_sealed, write_sealed
from wikimend.repair.need import Need
from wikimend.repair.superset import superset

_FORMAT = 1

Source = tuple[int, str]
"""The number of a need, and what hyperscan reads for it."""


class Swift:
    """A search for many needs in one pass over a text."""

    def __init__(self, needs: Sequence[Need]) -> None:
        """Take the needs; raises ImportError where hyperscan cannot be imported."""
        import hyperscan

        self._needs = tuple(needs)
        written = ((number, superset(need.source)) for number, need in enumerate(self._needs))
        sources = [(number, source) for number, source in written if source]
        head = _head(sources, hyperscan)
        path = cache_folder() / f"needs-{crc32(head):08x}.hyperscan"
        kept = _kept(path, head, hyperscan)
        if kept is None:
            known, self._database = _made(sources, hyperscan)
            if self._database is not None:
                body = json.dumps(known).encode() + b"\n" + hyperscan.dumpb(self._database)
                write_sealed(path, head, body)
        else:
            known, self._database = kept
            self._database.scratch = hyperscan.Scratch(self._database)
        self._unknown = [need for number, need in enumerate(self._needs) if number not in known]

    def may_meet(self, text: str) -> list[Need]:
        """Return the needs that a text may meet; no other one is met."""
        try:
            data = text.encode()
        except UnicodeEncodeError:  # half of a pair of surrogates
            return list(self._needs)
        found: list[int] = []
        if self._database is not None:
            self._database.scan(data, _note, context=found)
        return [*self._unknown, *(self._needs[number] for number in found)]


def _note(number: int, _start: int, _end: int, _flags: int, found: list[int]) -> None:
    found.append(number)


def _made(sources: Sequence[Source], hyperscan: Any) -> tuple[list[int], Any]:
    """Return the numbers of the needs that hyperscan can seek, and its database for them."""
    fine = [source for source in sources if _database([source], hyperscan)]
    return [number for number, _ in fine], _database(fine, hyperscan)


def _database(sources: Sequence[Source], hyperscan: Any) -> Any:
    """Return a database; None where hyperscan has no such expression, and for none at all."""
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    flags = hyperscan.HS_FLAG_SINGLEMATCH | hyperscan.HS_FLAG_UTF8 | hyperscan.HS_FLAG_UCP
    try:
        database.compile(
            expressions=[source.encode() for _, source in sources],
            ids=[number for number, _ in sources],
            elements=len(sources),
            flags=[flags] * len(sources),
        )
    except hyperscan.error:
        return None
    return database


def _kept(path: Path, head: bytes, hyperscan: Any) -> tuple[list[int], Any] | None:
    """Return what an earlier run has made, if it is whole."""
    body = read_sealed(path, head)
    if body is None:
        return None
    known, _, database = body.partition(b"\n")
    try:
        return json.loads(known), hyperscan.loadb(database, mode=hyperscan.HS_MODE_BLOCK)
    except hyperscan.error:  # of another build, though the version is the same
        return None


def _head(sources: Sequence[Source], hyperscan: Any) -> bytes:
    """Return the head of a kept database: it names all that it rests on."""
    made = json.dumps([_FORMAT, hyperscan.__version__, platform.machine(), sources])
    return f"wikimend needs {sha256(made.encode()).hexdigest()}".encode()
