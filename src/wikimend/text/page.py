"""A page: its text exactly as stored, its name and its dialect."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

Dialect = Literal["markdown", "mdx", "mediawiki"]
DIALECTS: tuple[Dialect, ...] = get_args(Dialect)

_UNDECODABLE = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class Page:
    """One page; line ends, a BOM and undecodable bytes are part of its text and stay there."""

    text: str
    """The text, undecoded bytes 0x80-0xFF as U+DC80-U+DCFF (PEP 383)."""
    name: str = "<string>"
    """What the user calls the page: its path, or the name given to standard input."""
    dialect: Dialect = "markdown"
    """The markup language, which decides what is protected and which rules run."""

    @classmethod
    def from_bytes(cls, data: bytes, name: str, dialect: Dialect = "markdown") -> Page:
        """Return the page stored as `data` (UTF-8); `to_bytes` gives the same bytes back.

        >>> Page.from_bytes(b"caf\\xe9", "a.md").to_bytes()
        b'caf\\xe9'
        """
        return cls(data.decode("utf-8", "surrogateescape"), name, dialect)

    def to_bytes(self) -> bytes:
        """Return the page as it is stored."""
        return self.text.encode("utf-8", "surrogateescape")

    def undecodable(self) -> int | None:
        """Return the offset of the first byte that is not UTF-8, or None."""
        try:
            self.text.encode("utf-8")
        except UnicodeEncodeError:
            found = _UNDECODABLE.search(self.text)
            return found.start() if found else None
        return None
