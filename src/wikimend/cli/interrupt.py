"""Ctrl-C between two pages, so that every page that was written is also told."""

from __future__ import annotations

import signal
from collections.abc import Iterable, Iterator
from types import FrameType
from typing import TypeVar

_Item = TypeVar("_Item")


def between(items: Iterable[_Item]) -> Iterator[_Item]:
    """Yield `items`; a first Ctrl-C raises KeyboardInterrupt before the next one.

    A second Ctrl-C does so at once.
    """
    asked = False

    def ask(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        asked = True
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:  # else Ctrl-C is ignored, as under `nohup`
        signal.signal(signal.SIGINT, ask)
    try:
        for item in items:
            if asked:
                raise KeyboardInterrupt
            yield item
        if asked:
            raise KeyboardInterrupt
    finally:
        signal.signal(signal.SIGINT, before)
