"""What decides about the texts of a dump: the rules, and the index of its links."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from wikimend.repair.finding import Mended
from wikimend.repair.mender import Mender
from wikimend.rules.reader import load
from wikimend.rules.selection import Selection
from wikimend.run.chunk import Editor, Proposal
from wikimend.run.dumpindex import DumpIndex, located
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
    index: DumpIndex | None = None
    """What links are judged by; None to leave them alone."""
    ready: Mender | None = field(default=None, compare=False, repr=False)
    """What has loaded the rules already, and is of use to this process alone."""

    def __reduce__(self) -> tuple[object, ...]:
        return ByRules, (
            self.config,
            self.selection,
            self.unsafe_fixes,
            self.mends,
            self.index,
        )

    def editor(self) -> Editor:
        """Return what mends a page; raises RuleFileError and UsageError."""
        mender = self.ready or Mender(
            load(self.config).ruleset, self.selection, unsafe_fixes=self.unsafe_fixes
        )
        check = None if self.index is None else self.index.check()
        mender.check = check

        def edit(page: Page, key: Key) -> Proposal:
            if check is not None:
                place = located(page, key)
                check.locate = {} if place is None else {page.name: place}
            mended = mender.mend(page)
            return Proposal(mended if self.mends else mended.unapplied())

        return edit


@dataclass(frozen=True, slots=True)
class Untouched:
    """Leaves every text as it is."""

    def editor(self) -> Editor:
        """Return what leaves a page as it is."""
        return lambda page, key: Proposal(Mended(page, page.text))
