"""Rules that do to their process what a page says."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wikimend.repair.finding import Mended
from wikimend.text.edit import Edit, apply
from wikimend.text.page import Page


@dataclass(slots=True)
class PoisonMender:
    """Changes the first character of a page to a Z, if it lives."""

    folder: Path
    """Where it is remembered what has happened."""
    check: Any = None
    """Not used."""

    def mend(self, page: Page) -> Mended:
        """Return the page; it tells to fail, to die, to die the first time, or to stay."""
        word, _, rest = page.text.partition(" ")
        if word == "fail":
            raise ValueError("the page said so")
        if word == "die" or (word == "stumble" and self._is_new(rest)):
            os.kill(os.getpid(), signal.SIGKILL)
        if word == "held":
            os.fstat(int(rest))
        if word == "stay":
            return Mended(page, page.text, unchecked={"outside": 1})
        edits = (Edit(0, 1, "Z", ("WM101",)),)
        return Mended(page, apply(page.text, edits), edits)

    def outcome(self, page: Page, *, mends: bool) -> Mended:
        """Return the same, or with nothing changed."""
        mended = self.mend(page)
        return mended if mends else mended.unapplied()

    def _is_new(self, word: str) -> bool:
        path = self.folder / word
        known = path.exists()
        path.touch()
        return not known


@dataclass(frozen=True, slots=True)
class PoisonRules:
    """Stands for the rules of a configuration."""

    folder: Path
    """Where it is remembered what has happened."""
    mends: bool = True
    """Whether anything is repaired."""

    def mender(self) -> PoisonMender:
        """Return them ready to mend."""
        return PoisonMender(self.folder)
