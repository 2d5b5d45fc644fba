"""Compressed files: read as a stream, written as one member after another.

A member is a whole gzip member (RFC 1952), Zstandard frame (RFC 8878), bzip2 or xz stream. All four
formats say that files put one behind another are one file, which is how a part of a dump can be
compressed by itself, in any process, and how a run that was cut short can go on.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from wikimend.errors import PageError, Place, UsageError
from wikimend.store.files import reason


class Decompressor(Protocol):
    """What unpacks one member."""

    @property
    def eof(self) -> bool:
        """Whether the member has ended."""

    @property
    def unused_data(self) -> bytes:
        """What was given and stands behind its end."""

    def decompress(self, data: bytes, /) -> bytes:
        """Return what `data` unpacks to."""


@dataclass(frozen=True, slots=True)
class Codec:
    """A way to compress."""

    suffix: str
    """The end of the names of such files."""
    magic: bytes
    """The first bytes of such files."""
    compress: Callable[[bytes], bytes]
    """Returns its argument as one member."""
    decompressor: Callable[[], Decompressor]
    """Returns what unpacks one member."""


def _zstandard() -> object:
    try:
        import zstandard
    except ImportError as error:
        message = "zstd needs a library of its own: pip install 'wikimend[zst]'"
        raise UsageError(message) from error
    return zstandard


def _compress_zst(data: bytes) -> bytes:
    import zstandard

    return zstandard.ZstdCompressor(level=3, write_checksum=True).compress(data)


def _decompress_zst() -> Decompressor:
    _zstandard()
    import zstandard

    return cast(Decompressor, zstandard.ZstdDecompressor(max_window_size=_WINDOW).decompressobj())


_WINDOW = 1 << 31
"""Bytes that a frame may look back: what `zstd --long=31` makes of large dumps."""


CODECS: Mapping[str, Codec] = {
    "gz": Codec(
        ".gz",
        b"\x1f\x8b",
        lambda data: gzip.compress(data, 6, mtime=0),
        lambda: zlib.decompressobj(16 + zlib.MAX_WBITS),
    ),
    "zst": Codec(".zst", b"\x28\xb5\x2f\xfd", _compress_zst, _decompress_zst),
    "bz2": Codec(".bz2", b"BZh", bz2.compress, bz2.BZ2Decompressor),
    "xz": Codec(".xz", b"\xfd7zXZ\0", lzma.compress, lzma.LZMADecompressor),
}
"""Every codec by name. What they write depends on what they are given alone, on no clock."""

_PLAIN_BLOCK = 1 << 20
_PACKED_BLOCK = 1 << 16
"""Bytes read at once; they may unpack to a thousand times as many."""


def codec_of(name: str) -> str | None:
    """Return the name of the codec that a file called `name` is written with.

    >>> codec_of("pages.jsonl.BZ2"), codec_of("pages.jsonl")
    ('bz2', None)
    """
    lower = name.lower()
    return next((key for key, codec in CODECS.items() if lower.endswith(codec.suffix)), None)


def sniff(path: Path) -> str | None:
    """Return the name of the codec that the file at `path` was written with, by its first bytes.

    Raises PageError when it cannot be read.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(6)
    except OSError as error:
        raise PageError(f"cannot be read: {reason(error)}", Place(str(path))) from error
    return next((key for key, codec in CODECS.items() if head.startswith(codec.magic)), None)


def require(codec: str | None) -> None:
    """Raise UsageError when the library of a codec is missing."""
    if codec == "zst":
        _zstandard()


class Reader:
    """A file, unpacked; it counts what it has read of the file, which tells how far a run is."""

    def __init__(self, path: Path) -> None:
        """Open `path`; raises PageError when it cannot be read."""
        self.position = 0
        """Bytes of the file that were read."""
        self.codec = sniff(path)
        """The codec it was written with; None when it is plain."""
        self._place = Place(str(path))
        self._block = _PLAIN_BLOCK if self.codec is None else _PACKED_BLOCK
        self._unpacking: Decompressor | None = None
        self._ended = False
        self._failure: PageError | None = None
        try:
            self._stream: BinaryIO = path.open("rb")
        except OSError as error:
            raise PageError(f"cannot be read: {reason(error)}", self._place) from error
        self._rest = b""

    def close(self) -> None:
        """Close the file."""
        self._stream.close()

    def read(self) -> bytes:
        """Return the next bytes, some megabytes at most for sane input; none at the end.

        A file that cannot be read on ends there; `check` tells.
        """
        try:
            return self._unpacked()
        except PageError as error:
            self._failure = error
            self._ended = True
            return b""

    def check(self) -> None:
        """Raise PageError when the file could not be read, is damaged, or ended too early."""
        if self._failure:
            raise self._failure

    def _unpacked(self) -> bytes:
        while not self._ended:
            data = self._rest or self._raw()
            self._rest = b""
            if self.codec is None or not data:
                self._ended = not data
                if self._unpacking is not None:
                    raise PageError("ends too early: the compressed data is cut off", self._place)
                return data
            if self._unpacking is None:
                if not data.strip(b"\0"):
                    continue  # padding behind the last member, as of a tape
                self._unpacking = CODECS[self.codec].decompressor()
            try:
                unpacked = self._unpacking.decompress(data)
            except Exception as error:  # each library has errors of its own
                raise PageError(f"the compressed data is damaged: {error}", self._place) from error
            if self._unpacking.eof:
                self._rest = self._unpacking.unused_data
                self._unpacking = None
            if unpacked:
                return unpacked
        return b""

    def _raw(self) -> bytes:
        try:
            data = self._stream.read(self._block)
        except OSError as error:
            raise PageError(f"cannot be read: {reason(error)}", self._place) from error
        self.position += len(data)
        return data
