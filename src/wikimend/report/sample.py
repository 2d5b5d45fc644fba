"""Some of many, drawn at random in one pass."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random
from typing import Generic, TypeVar

_Item = TypeVar("_Item")


class Sample(Generic[_Item]):
    """At most `size` items; each of those seen has the same chance (Vitter's algorithm R)."""

    def __init__(self, size: int, seed: int) -> None:
        """Draw the same ones for the same `seed` from the same items."""
        self._size = size
        self._random = Random(seed)
        self._seen = 0
        self._drawn: list[tuple[int, _Item]] = []

    def draw(self, items: Iterable[_Item]) -> None:
        """See more items."""
        for item in items:
            if len(self._drawn) < self._size:
                self._drawn.append((self._seen, item))
            elif (place := self._random.randrange(self._seen + 1)) < self._size:
                self._drawn[place] = (self._seen, item)
            self._seen += 1

    @property
    def items(self) -> list[_Item]:
        """What was drawn, in the order in which it was seen."""
        return [item for _, item in sorted(self._drawn, key=lambda pair: pair[0])]
