"""Bytes with some stretches replaced."""

from __future__ import annotations

from collections.abc import Sequence

from wikimend.store.dump import Patch, Splice


def splice(content: bytes, patches: Sequence[Patch]) -> bytes:
    """Return `content` with every splice of `patches` made; it is the same object without any.

    >>> splice(b"a[c", [Splice(1, 2, b"b")])
    b'abc'
    """
    found = [patch for patch in patches if isinstance(patch, Splice)]
    last = {(one.start, one.end): one for one in found if one.again}
    once = [one for one in found if not one.again]
    splices = sorted([*once, *last.values()], key=lambda one: (one.start, one.end))
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
