"""A run's share of a dump, for many runs that do one part each."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wikimend.errors import UsageError

_SHARD = re.compile(r"([1-9][0-9]{0,5})/([1-9][0-9]{0,5})")


@dataclass(frozen=True, slots=True)
class Shard:
    """Part `number` of `count`; the outputs of all parts, one behind another, are the whole."""

    number: int
    """1-based number of the part."""
    count: int
    """How many parts there are."""

    @classmethod
    def of(cls, text: str) -> Shard:
        """Return the shard written as `I/N`; raises UsageError.

        >>> Shard.of("2/3")
        Shard(number=2, count=3)
        """
        found = _SHARD.fullmatch(text)
        if not found or int(found[1]) > int(found[2]):
            raise UsageError(f"'{text}' is no part of anything: write 1/3, 2/3 or 3/3")
        return cls(int(found[1]), int(found[2]))

    def holds(self, offset: int, size: int) -> bool:
        """Return whether a chunk that begins at `offset` of `size` is in this part."""
        return self.number == min(self.count, offset * self.count // max(size, 1) + 1)
