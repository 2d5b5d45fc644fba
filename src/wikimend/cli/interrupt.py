"""Ctrl-C between two pages, so that every page that was written is also told."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, TypeVar

_Item = TypeVar("_Item")

Between = Callable[[Iterable[Any]], Iterator[Any]]
"""Yields what it is given; after Ctrl-C it raises KeyboardInterrupt before the next item."""


@contextmanager
def watching() -> Iterator[Between]:
    """Give what ends an iteration at a first Ctrl-C, which is all that it does amid the block.

    At the end of the block KeyboardInterrupt is raised as well. A second Ctrl-C does so at once.
    """
    asked = False

    def ask(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        asked = True
        signal.signal(signal.SIGINT, signal.default_int_handler)

    def between(items: Iterable[_Item]) -> Iterator[_Item]:
        for item in items:
            if asked:
                raise KeyboardInterrupt
            yield item

    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:  # else Ctrl-C is ignored, as under `nohup`
        signal.signal(signal.SIGINT, ask)
    try:
        yield between
        if asked:
            raise KeyboardInterrupt
    finally:
        signal.signal(signal.SIGINT, before)


def between(items: Iterable[_Item]) -> Iterator[_Item]:
    """Yield `items`; a first Ctrl-C raises KeyboardInterrupt before the next one.

    A second Ctrl-C does so at once.
    """
    with watching() as within:
        yield from within(items)
