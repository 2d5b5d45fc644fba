"""What decides about the texts of a dump: the rules, and the index of its links."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from wikimend.repair.finding import Mended
from wikimend.repair.mender import Mender
from wikimend.rules.selection import Selection
from wikimend.rules.shipped import shipped
from wikimend.run.chunk import Editor, Proposal
from wikimend.store.dump import Key
from wikimend.text.page import Page

if TYPE_CHECKING:
    from wikimend.run.dumpindex import DumpIndex


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
        mender = self.mender()

        def edit(page: Page, key: Key) -> Proposal:
            return Proposal(mender.outcome(page, mends=self.mends))

        return edit if self.index is None else self._judging(mender, self.index, edit)

    def mender(self) -> Mender:
        """Return the rules ready to mend; raises RuleFileError and UsageError."""
        if self.ready is not None:
            return self.ready
        if self.config is None:
            loaded = shipped()
        else:
            from wikimend.rules.reader import load

            loaded = load(self.config)
        return Mender(loaded.ruleset, self.selection, unsafe_fixes=self.unsafe_fixes)

    def _judging(self, mender: Mender, index: DumpIndex, edit: Editor) -> Editor:
        """Return what judges the links of a page as well, once it is told where the page stands."""
        from wikimend.run.dumpindex import located

        check = mender.check = index.check()

        def judge(page: Page, key: Key) -> Proposal:
            place = located(page, key)
            check.locate = lambda name: place
            return edit(page, key)

        return judge


@dataclass(frozen=True, slots=True)
class Untouched:
    """Leaves every text as it is."""

    def editor(self) -> Editor:
        """Return what leaves a page as it is."""
        return lambda page, key: Proposal(Mended(page, page.text))
