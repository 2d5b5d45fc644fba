"""What a pool of workers is given to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

DEADLY = "left as it is: the process that worked on it died, more than once; please report this"
"""What is told of a page that kills."""

_Chunk_contra = TypeVar("_Chunk_contra", contravariant=True)
_Outcome_co = TypeVar("_Outcome_co", covariant=True)

Announce = Callable[[int], None]
"""Hears the number of a page of a chunk, before it is worked on."""
Work = Callable[[_Chunk_contra, frozenset[int], Announce | None], _Outcome_co]
"""Returns what comes of a chunk. The pages with these numbers are left out, and are errors."""


class Task(Protocol[_Chunk_contra, _Outcome_co]):
    """What is to be done to chunks; it can be pickled, unless workers are copies of this process.

    So can every chunk and all that comes of one; doing a chunk twice does no harm.
    """

    def begin(self) -> Work[_Chunk_contra, _Outcome_co]:
        """Return what does it, in the process that calls; raises WikimendError."""

    def left_alone(self, chunk: _Chunk_contra) -> _Outcome_co:
        """Return what comes of a chunk of which every worker dies."""
