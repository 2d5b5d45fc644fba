"""Worker processes that work on chunks, of whatever kind; what they return comes in order."""

from __future__ import annotations

import gc
import os
import queue
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from wikimend.errors import WikimendError
from wikimend.run.start import is_copying, start_method
from wikimend.run.task import Task

if TYPE_CHECKING:
    from wikimend.run.start import Start

AHEAD = 2
"""Chunks that a worker has at once: the one in hand, and the next."""
WINDOW = 4
"""Chunks in flight for each worker, with those that wait for an earlier one."""
DEATHS = 2
"""Workers that may die of a chunk before it is left alone, not counting deaths of a known page."""
GARBAGE = 100_000
"""The threshold of the collector of cycles; the records of a page form none."""

_Item = TypeVar("_Item")
_Chunk = TypeVar("_Chunk")
_Outcome = TypeVar("_Outcome")


@dataclass(slots=True, eq=False)
class _Slot(Generic[_Item, _Chunk, _Outcome]):
    """A chunk in flight."""

    item: _Item
    """What belongs to it and stays here."""
    chunk: _Chunk
    """The chunk."""
    outcome: _Outcome | None = None
    """What came of it."""
    deaths: int = 0
    """How many workers died of it."""
    at: int | None = None
    """The page that is being worked on, where that is announced."""
    left_out: set[int] = field(default_factory=set)
    """The pages of which workers died."""


@dataclass(slots=True, eq=False)
class _Worker(Generic[_Item, _Chunk, _Outcome]):
    """A process and what it was given."""

    process: BaseProcess
    """The process."""
    connection: Connection
    """The line to it."""
    given: deque[_Slot[_Item, _Chunk, _Outcome]] = field(default_factory=deque)
    """What it has to do, the chunk in hand first."""


def in_order(
    items: Iterable[tuple[_Item, _Chunk]],
    task: Task[_Chunk, _Outcome],
    jobs: int,
    start: Start | None = None,
) -> Iterator[tuple[_Item, _Chunk, _Outcome]]:
    """Yield every item with its chunk and what came of it, in order.

    With one job the work happens in this process; workers are started in the way `start`, without
    it as `start_method` has it. `items` is asked for more only while few chunks are in flight. When
    it raises, what is in flight is still done and given first.
    A worker that dies is replaced and its chunk done again; when the next one dies of it too, the
    chunk is done page by page, and a page of which a worker dies is left out.
    """
    if jobs == 1:
        work = task.begin()
        for item, chunk in items:
            yield item, chunk, work(chunk, frozenset(), None)
    else:
        pool = _Pool[_Item, _Chunk, _Outcome](task, jobs, start or start_method())
        try:
            yield from pool.run(items)
        finally:
            pool.close()


class _Pool(Generic[_Item, _Chunk, _Outcome]):
    def __init__(self, task: Task[_Chunk, _Outcome], jobs: int, start: Start) -> None:
        self._task = task
        self._jobs = jobs
        self._start = start
        self._workers: list[_Worker[_Item, _Chunk, _Outcome]] = []
        self._slots: deque[_Slot[_Item, _Chunk, _Outcome]] = deque()
        if is_copying(self._start):
            gc.freeze()  # to look for garbage is to write to what is shared with the workers

    def run(
        self, items: Iterable[tuple[_Item, _Chunk]]
    ) -> Iterator[tuple[_Item, _Chunk, _Outcome]]:
        waiting = iter(items)
        stopped: BaseException | None = None
        more = True
        while more or self._slots:
            while more and self._has_room():
                try:
                    item, chunk = next(waiting)
                except StopIteration:
                    more = False
                except (KeyboardInterrupt, WikimendError) as error:
                    more, stopped = False, error
                else:
                    slot = _Slot[_Item, _Chunk, _Outcome](item, chunk)
                    self._slots.append(slot)
                    self._give(self._least_busy(), slot)
            while self._slots and (outcome := self._slots[0].outcome) is not None:
                done = self._slots.popleft()
                yield done.item, done.chunk, outcome
            if self._slots and not (more and self._has_room()):
                self._listen()
        if stopped:
            raise stopped

    def close(self) -> None:
        """End the workers."""
        if is_copying(self._start):
            gc.unfreeze()
        for worker in self._workers:
            worker.connection.close()
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join()

    def _has_room(self) -> bool:
        """Return whether another chunk may be in flight, and a worker can take it."""
        if len(self._slots) >= WINDOW * self._jobs:
            return False
        hiring = len(self._workers) < self._jobs
        return hiring or any(len(worker.given) < AHEAD for worker in self._workers)

    def _least_busy(self) -> _Worker[_Item, _Chunk, _Outcome]:
        """Return the worker with the least to do: a new one while all have something to do."""
        least = min(self._workers, key=lambda worker: len(worker.given), default=None)
        if least is None or (least.given and len(self._workers) < self._jobs):
            return self._hire()
        return least

    def _hire(self) -> _Worker[_Item, _Chunk, _Outcome]:
        ours, theirs = self._start.Pipe()
        serve = _serve_as_copy if is_copying(self._start) else _serve
        process = self._start.Process(target=serve, args=(theirs, self._task), daemon=True)
        process.start()
        theirs.close()
        worker = _Worker[_Item, _Chunk, _Outcome](process, ours)
        self._workers.append(worker)
        return worker

    def _give(
        self,
        worker: _Worker[_Item, _Chunk, _Outcome],
        slot: _Slot[_Item, _Chunk, _Outcome],
    ) -> None:
        worker.given.append(slot)
        with suppress(OSError):  # where it is dead, that is heard of when it is listened to
            worker.connection.send((slot.chunk, frozenset(slot.left_out), slot.deaths > 1))

    def _listen(self) -> None:
        """Take what the workers say, as soon as one says something."""
        by_line = {worker.connection: worker for worker in self._workers}
        for line in wait(list(by_line)):
            worker = by_line[cast(Connection, line)]
            try:
                said = worker.connection.recv()
            except (EOFError, OSError):
                self._bury(worker)
                continue
            if isinstance(said, WikimendError):
                raise said
            if isinstance(said, int):
                worker.given[0].at = said
            else:
                worker.given.popleft().outcome = said

    def _bury(self, worker: _Worker[_Item, _Chunk, _Outcome]) -> None:
        """Replace a worker that died, and give its chunks away again."""
        self._workers.remove(worker)
        worker.connection.close()
        worker.process.join()
        if not worker.given:
            return
        slot = worker.given[0]
        slot.deaths += 1
        if slot.at is not None:
            slot.left_out.add(slot.at)
            slot.at = None
        elif slot.deaths > DEATHS:
            slot.outcome = self._task.left_alone(slot.chunk)
            worker.given.popleft()
        heir = self._hire()
        for slot in worker.given:
            self._give(heir, slot)


def _serve_as_copy(connection: Connection, task: Task[_Chunk, _Outcome]) -> None:
    """Serve, in a copy of the process that asks for it."""
    with suppress(OSError):  # the system does not tell
        for name in os.listdir("/dev/fd"):  # noqa: PTH208
            # A lock that it holds on a file would outlive it, and so would the lines to others.
            # What is to be inherited is meant to be read here.
            with suppress(OSError):
                file = int(name)
                if file not in (0, 1, 2, connection.fileno()) and not os.get_inheritable(file):
                    os.close(file)
    _serve(connection, task)


def _serve(connection: Connection, task: Task[_Chunk, _Outcome]) -> None:
    """Work on chunks until the other end hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the other end decides when to stop
    gc.set_threshold(GARBAGE)
    inbox: queue.SimpleQueue[tuple[_Chunk, frozenset[int], bool] | None] = queue.SimpleQueue()

    def receive() -> None:
        # In a thread of its own, so that neither end ever waits for the other to read.
        try:
            while True:
                inbox.put(connection.recv())
        except (EOFError, OSError):
            inbox.put(None)

    threading.Thread(target=receive, daemon=True).start()
    try:
        work = task.begin()
        while given := inbox.get():
            chunk, left_out, announced = given
            connection.send(work(chunk, left_out, connection.send if announced else None))
    except WikimendError as error:
        connection.send(error)
    except OSError:
        return
