"""A recipe whose editor does to its process what a page says."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from pathlib import Path

from wikimend.repair.finding import Mended
from wikimend.run.chunk import Editor, Proposal
from wikimend.store.dump import Key
from wikimend.text.edit import Edit, apply
from wikimend.text.page import Page


@dataclass(frozen=True, slots=True)
class Poison:
    """Changes the first character of every page to a Z, if it lives."""

    folder: Path
    """Where it is remembered what has happened."""

    def editor(self) -> Editor:
        """Return the editor; a page tells it to fail, to die, or to die the first time."""
        return self._edit

    def _edit(self, page: Page, key: Key) -> Proposal:
        word = page.text.partition(" ")[0]
        if word == "fail":
            raise ValueError("the page said so")
        if word == "die" or (word == "stumble" and self._is_new(page.text)):
            os.kill(os.getpid(), signal.SIGKILL)
        edits = (Edit(0, 1, "Z", ("WM101",)),) if page.text else ()
        return Proposal(Mended(page, apply(page.text, edits), edits))

    def _is_new(self, text: str) -> bool:
        path = self.folder / text
        known = path.exists()
        path.touch()
        return not known
