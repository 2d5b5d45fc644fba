"""Files in UTF-16, read as UTF-8 and written back as they were."""

from __future__ import annotations

import codecs
from collections.abc import Callable

_STARTS = {
    b"\xff\xfe": "utf-16-le",
    b"\xfe\xff": "utf-16-be",
    b"<\0": "utf-16-le",
    b"\0<": "utf-16-be",
}
"""How XML in UTF-16 begins (XML 1.0, appendix F)."""


class Utf8:
    """XML as UTF-8, whichever of the two it is written in."""

    def __init__(self, read: Callable[[], bytes]) -> None:
        """Take what reads the next bytes, and none at the end."""
        self._read = read
        self._head = read()
        self.encoding = _STARTS.get(self._head[:2])
        """The encoding of the file, a byte order mark being text; None for UTF-8."""
        self._decoder = codecs.getincrementaldecoder(self.encoding)() if self.encoding else None

    def read(self) -> bytes:
        """Return the next bytes, and none at the end; raises UnicodeDecodeError."""
        while True:
            data, self._head = self._head or self._read(), b""
            if self._decoder is None:
                return data
            decoded = self._decoder.decode(data, final=not data).encode()
            if decoded or not data:
                return decoded


def stored(content: bytes, encoding: str | None) -> bytes:
    """Return `content`, which is UTF-8, in the encoding of a file."""
    return content if encoding is None else content.decode().encode(encoding)
