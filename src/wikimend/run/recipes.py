"""What decides about the texts of a dump: the rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from wikimend.repair.mender import Mender
from wikimend.rules.reader import load
from wikimend.rules.selection import Selection
from wikimend.run.chunk import Editor, Proposal
from wikimend.store.dump import Key
from wikimend.text.page import Page


@dataclass(frozen=True, slots=True)
class ByRules:
    """Repairs by the rules of a configuration."""

    config: Path | None
    """The rule file; None for the shipped rules."""
    selection: Selection
    """The rules that speak."""
    unsafe_fixes: bool
    """Whether unsafe repairs are made."""
    mends: bool = True
    """Whether anything is repaired, or only found."""
    ready: Mender | None = field(default=None, compare=False, repr=False)
    """What has loaded the rules already, and is of use to this process alone."""

    def __reduce__(self) -> tuple[object, ...]:
        return ByRules, (self.config, self.selection, self.unsafe_fixes, self.mends)

    def editor(self) -> Editor:
        """Return what mends a page; raises RuleFileError and UsageError."""
        mender = self.ready or Mender(
            load(self.config).ruleset, self.selection, unsafe_fixes=self.unsafe_fixes
        )

        def edit(page: Page, key: Key) -> Proposal:
            mended = mender.mend(page)
            return Proposal(mended if self.mends else mended.unapplied())

        return edit
