"""The loop over the chunks of a dump."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from wikimend.run.chunk import Orders, Outcome
from wikimend.run.ledger import Ledger, Mark
from wikimend.run.pool import in_order
from wikimend.run.shard import Shard
from wikimend.store.dump import Chunk, Dump

SMALL = 8 << 20
"""Bytes of a dump up to which the work stays in one process: starting others takes longer."""


class _OtherInputError(Exception):
    """The dump is not the one that a run before has begun."""


Within = Callable[[Iterable[Chunk]], Iterable[Chunk]]
"""Passes the chunks of a dump on, and may watch them or end their reading."""


@dataclass(slots=True)
class Walk:
    """One pass over a dump."""

    dump: Dump
    """The dump."""
    orders: Orders
    """What is wanted of each chunk."""
    jobs: int
    """How many processes work."""
    within: Within
    """What the chunks pass through."""
    shard: Shard | None = None
    """The part that is done; None for all of it."""
    seen: int = 0
    """Chunks that were read."""
    digest: str = ""
    """SHA-256 of all of them."""
    first: int = 0
    """Where the first chunk of the shard begins."""
    end: int | None = None
    """Where the first chunk behind the shard begins; None when there is none."""

    def results(self, done: int = 0, digest: str = "") -> Iterator[tuple[Mark, Chunk, Outcome]]:
        """Yield what comes of the chunks behind the first `done`, in order.

        Raises _OtherInputError when the digest of the first `done` is not `digest`.
        """
        return in_order(self._chunks(done, digest), self.orders, self.jobs)

    def _chunks(self, done: int, digest: str) -> Iterator[tuple[Mark, Chunk]]:
        hashed = sha256()
        size = self.dump.size() if self.shard else 0
        inside = False
        for chunk in self.within(self.dump.chunks()):
            self.seen += 1
            hashed.update(chunk.content)
            self.digest = hashed.hexdigest()
            if self.seen == done and self.digest != digest:
                raise _OtherInputError
            if self.shard and not self.shard.holds(chunk.offset, size):
                self.end = chunk.offset if inside and self.end is None else self.end
                continue
            self.first = self.first if inside else chunk.offset
            inside = True
            if self.seen > done:
                yield Mark(self.seen, self.digest), chunk
        if self.seen < done:
            raise _OtherInputError
        if not inside:
            self.end = 0


def look(walk: Walk, on_outcome: Callable[[Outcome], None]) -> None:
    """Work on every chunk and tell what came of it; nothing is written.

    Raises PageError when the dump is damaged or cut off, and KeyboardInterrupt.
    """
    try:
        for _, _, outcome in walk.results():
            on_outcome(outcome)
    finally:
        walk.dump.close()


def write(
    open_walk: Callable[[], Walk], ledger: Ledger, on_outcome: Callable[[Outcome], None]
) -> bool:
    """Work on what is not done yet, write the new dump, and return whether there was work to do.

    Raises PageError when the dump is damaged or cut off, or when the disk does not take it; and
    KeyboardInterrupt. What is done by then is kept, and the same call goes on from there.
    """
    was_finished = ledger.finished
    if was_finished:
        ledger.tidy()
    if was_finished and ledger.plan.in_place:
        return False
    try:
        _write(open_walk(), ledger, on_outcome)
    except _OtherInputError:
        ledger.start_over()
        _write(open_walk(), ledger, on_outcome)
        return True
    return not was_finished


def _write(walk: Walk, ledger: Ledger, on_outcome: Callable[[Outcome], None]) -> None:
    manifest = ledger.manifest
    try:
        if manifest.state == "finishing":
            walk.dump.close()
            mark = Mark(manifest.chunks, manifest.digest)
            left = ledger.finish(mark, manifest.first, manifest.end)
            on_outcome(Outcome(errors=list(left)))
            return
        if manifest.state == "running":
            ledger.open()
        for mark, chunk, outcome in walk.results(manifest.chunks, manifest.digest):
            if manifest.state == "finished":
                raise _OtherInputError
            ledger.keep(mark, chunk, outcome)
            on_outcome(outcome)
        if manifest.state == "running":
            walk.dump.close()  # an open database could not be changed
            left = ledger.finish(Mark(walk.seen, walk.digest), walk.first, walk.end)
            on_outcome(Outcome(errors=list(left)))
    finally:
        ledger.stop()
        walk.dump.close()
