"""Bytes with some stretches replaced."""

from __future__ import annotations

from collections.abc import Sequence

from wikimend.store.dump import Patch, Splice


def splice(content: bytes, patches: Sequence[Patch]) -> bytes:
    """Return `content` with every splice of `patches` made; it is the same object without any.

    >>> splice(b"a[c", [Splice(1, 2, b"b")])
    b'abc'
    """
    splices = sorted((p for p in patches if isinstance(p, Splice)), key=lambda p: (p.start, p.end))
    if not splices:
        return content
    pieces: list[bytes] = []
    done = 0
    for one in splices:
        if not done <= one.start <= one.end <= len(content):
            raise ValueError(f"{one} overlaps another or lies outside")
        pieces += (content[done : one.start], one.data)
        done = one.end
    pieces.append(content[done:])
    return b"".join(pieces)
