"""Destinations that a wiki does not want checked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


class Skip:
    """Patterns in gitignore syntax over destinations as they are written, without a section."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._patterns = tuple(patterns)

    @cached_property
    def _spec(self) -> GitIgnoreSpec:
        from pathspec import GitIgnoreSpec

        return GitIgnoreSpec.from_lines(self._patterns, backend="simple")

    def holds(self, destination: str) -> bool:
        """Return whether a destination is one of them.

        >>> Skip(["/api/**"]).holds("/api/v2/tides#low"), Skip([]).holds("/api")
        (True, False)
        """
        if not self._patterns:
            return False
        path = destination.partition("#")[0]
        return bool(path) and self._spec.match_file(path.lstrip("/"))
