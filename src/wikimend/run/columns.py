"""Something of every page by its path, found by the number of the page when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

from wikimend.links.names import Names

KEPT = 256
"""How many records are kept once they were read, if they are small."""

_Record = TypeVar("_Record")


class Column(Mapping[str, _Record], Generic[_Record]):
    """Something of each page by its path; pages of which it is None are left out."""

    def __init__(self, paths: Names, read: Callable[[int], _Record | None]) -> None:
        self._paths = paths
        self._make = read

    def __getitem__(self, path: str) -> _Record:
        found: _Record | None = self.get(path)
        if found is None:
            raise KeyError(path)
        return found

    def get(self, path: str, default: Any = None) -> Any:
        """Return what there is for a path."""
        number = self._paths.find(path)
        found = None if number is None else self._make(number)
        return default if found is None else found

    def __contains__(self, path: object) -> bool:
        return isinstance(path, str) and self.get(path) is not None

    def __iter__(self) -> Iterator[str]:
        return (path for path in self._paths if path in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Some(Column[_Record]):
    """Something of some pages."""

    def __init__(
        self, paths: Names, numbers: Sequence[int], read: Callable[[int], _Record | None]
    ) -> None:
        """Take the pages with some `numbers`: those of which `read` does not give None."""
        super().__init__(paths, read)
        self._numbers = numbers

    def __iter__(self) -> Iterator[str]:
        return map(self._paths.__getitem__, self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


class Records(Column[_Record]):
    """Something of every page, read from the disk; `kept` of the last ones stay in memory."""

    def __init__(self, paths: Names, read: Callable[[int], _Record], kept: int = KEPT) -> None:
        super().__init__(paths, read)
        self._kept = kept
        self._known: dict[str, _Record] = {}

    def get(self, path: str, default: Any = None) -> Any:
        """Return what there is for a path."""
        known = self._known.get(path)
        if known is None:
            known = super().get(path)
            if known is None:
                return default
            if len(self._known) >= self._kept:
                self._known.clear()
            self._known[path] = known
        return known

    def __contains__(self, path: object) -> bool:
        return path in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)
