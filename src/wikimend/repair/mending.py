"""One page on its way: its leaves mended, its findings gathered, its suppressions heeded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import Protocol

from wikimend.repair.candidate import Candidate
from wikimend.repair.check import Check, ChooseRepair, is_about_links, judge
from wikimend.repair.citations import citations, matches, may_conflict
from wikimend.repair.finding import Finding, Mended
from wikimend.repair.gate import Gate
from wikimend.repair.settle import Choose, Settled, Settling, Unsettled, settle
from wikimend.repair.suppress import Suppression, suppressions, unknown
from wikimend.rules import notices
from wikimend.rules.model import Rule
from wikimend.rules.value import Value
from wikimend.text.block import Block
from wikimend.text.blocks import scan
from wikimend.text.definitions import defined_labels
from wikimend.text.edit import Edit, Origin, apply
from wikimend.text.leaf import Leaf
from wikimend.text.moved import moved, shifted
from wikimend.text.page import Page
from wikimend.text.reader import Reader


class Settings(Protocol):
    """What a run has decided for all its pages."""

    @property
    def check(self) -> Check | None:
        """What judges a page by what is known beside it."""

    @property
    def known(self) -> Sequence[tuple[str, str]]:
        """The id and name of everything that can be found."""

    def speaks(self, rule_id: str, name: str, enabled: bool = True) -> bool:
        """Return whether findings of a rule are wanted."""

    def adjusted(self, finding: Finding) -> Finding:
        """Return a finding that no rule file makes as the wiki wants it."""


class Mending:
    """The state of one page while it is mended."""

    def __init__(
        self,
        settings: Settings,
        page: Page,
        gate: Gate,
        met: frozenset[str],
        page_rules: Sequence[Rule],
        reader: Reader,
        choose: Choose,
        choose_repair: ChooseRepair,
    ) -> None:
        self.settings = settings
        self.choose = choose
        self.choose_repair = choose_repair
        self.page = page
        self.reader = reader
        self.gate = gate
        self.met = met
        self.page_rules = [rule for rule in page_rules if settings.speaks(rule.id, rule.name)]
        self.silences = suppressions(page, self.blocks) if "wikimend-" in page.text else []
        self.used: set[Suppression] = set()
        self.findings: list[Finding] = []
        self.suppressed: list[Finding] = []
        self.unchecked: Mapping[str, int] = {}
        self.crowded: set[Block] = set()

    @cached_property
    def blocks(self) -> Sequence[Block]:
        """The blocks of the page; where it meets no need, they are mostly not asked for."""
        return scan(self.page.text, self.page.dialect)

    @cached_property
    def defined(self) -> frozenset[str]:
        """The labels that the page defines."""
        return defined_labels(self.page.text, self.blocks)

    def run(self) -> Mended:
        """Return the mended page; raises TimeoutError as patterns do."""
        page = self.page
        settled = self._settled() if self.met else {}
        edits = [e for leaf, done in settled.values() for e in leaf.edits(done.edits, page.text)]
        text = apply(page.text, edits) if edits else page.text
        after = self._after(text, settled) if edits else lambda: self.blocks
        if after is None:
            self._unsettled(0, len(page.text))
            return self._result(page.text, ())
        for leaf, done in settled.values():
            for verdict in done.verdicts:
                self._add(verdict.finding(leaf), verdict.candidate.rule.enabled)
        mended = Page(text, page.name, page.dialect)
        for finding in self._of_page(mended, after, edits):
            self._add(finding)
        if self.settings.check is not None:
            blocks = after() if self.met else None
            judged = judge(self.settings.check, mended, blocks, edits, self._choose_repair)
            text, edits, self.unchecked = judged.text, judged.edits, judged.unchecked
            for finding in judged.findings:
                self._add(finding)
        self._about_silences()
        return self._result(text, tuple(edits))

    def _settled(self) -> dict[Block, tuple[Leaf, Settled]]:
        """Return the leaves in which a rule may find something, in order, once they are settled."""
        leaves = []
        for block, needs in self.gate.leaves(self.page.text, self.blocks, self.met):
            leaf = Leaf.of(block, self.page.text)
            rules = self.gate.open_for(leaf.text, block.kind, needs)
            if rules:
                leaves.append((leaf, self._settling(leaf), rules))
        settled: dict[Block, tuple[Leaf, Settled]] = {}
        for leaf, came in settle(leaves, self.gate):
            if isinstance(came, Settled):
                settled[leaf.block] = leaf, came
            elif isinstance(came, Unsettled):
                self._unsettled(leaf.block.start, leaf.block.end)
            else:
                self._crowded(leaf.block)
        return dict(sorted(settled.items(), key=lambda item: item[0].start))

    def _settling(self, leaf: Leaf) -> Settling:
        def choose(candidate: Candidate, start: int, end: int) -> str | None:
            rule, place = candidate.rule, leaf.offset(start)
            if any(s.covers(rule.id, rule.name, place) for s in self.silences):
                return None
            return self.choose(candidate, place, leaf.offset(end))

        return Settling(leaf.text, self.reader, choose, self.defined)

    def _choose_repair(self, finding: Finding) -> str | None:
        if any(s.covers(finding.rule, finding.name, finding.start) for s in self.silences):
            return None
        return self.choose_repair(self.settings.adjusted(finding))

    def _after(
        self, text: str, settled: dict[Block, tuple[Leaf, Settled]]
    ) -> Callable[[], Sequence[Block]] | None:
        """Return what gives the blocks of the mended page; None where they are not those it had.

        They are where each is of the kind that it was and says what it said, or what was made of
        it.
        """
        was = self.page.text
        repaired = {block: done.text for block, (_, done) in settled.items() if done.edits}
        places = moved(was, self.blocks, text, repaired, self.page.dialect)
        if places is not None:
            return partial(shifted, self.blocks, places)

        def same(before: Block, after: Block) -> bool:
            text_now = after.text(text)
            if before in repaired:
                return repaired[before].split() == text_now.split()
            return before.text(was) == text_now

        blocks = scan(text, self.page.dialect)
        whole = len(blocks) == len(self.blocks) and all(
            before.kind == after.kind and same(before, after)
            for before, after in zip(self.blocks, blocks, strict=True)
        )
        return (lambda: blocks) if whole else None

    def _of_page(
        self, page: Page, after: Callable[[], Sequence[Block]], edits: list[Edit]
    ) -> Iterator[Finding]:
        """Yield the findings of rules about the page, at their places in the original."""
        tests = [rule.page for rule in self.page_rules if rule.page]
        if not tests or not may_conflict(page.text, tests):
            return
        pairs = zip(self.blocks, after(), strict=True)
        told = [block for was, block in pairs if was not in self.crowded]
        table = citations(page, told, self.reader)
        origin = Origin(edits)
        for rule in self.page_rules:
            assert rule.page is not None
            for citation, other in matches(rule.page, table):
                values = {
                    "number": (Value(citation.number),),
                    "url": (Value(citation.url),),
                    "other": (Value(other.columns[rule.page.differ or "url"]),),
                }
                yield Finding(
                    rule.id,
                    rule.name,
                    rule.severity,
                    rule.message.render(values),
                    *origin.span(citation.start, citation.end),
                )

    def _add(
        self, finding: Finding, enabled: bool = True, about: Suppression | None = None
    ) -> None:
        """Keep a finding that is wanted, among the suppressed ones if a comment silences it.

        A comment does not silence what is said about itself.
        """
        if not self.settings.speaks(finding.rule, finding.name, enabled):
            return
        finding = self.settings.adjusted(finding)
        rule, name, start = finding.rule, finding.name, finding.start
        silent = [s for s in self.silences if s != about and s.covers(rule, name, start)]
        self.used.update(silent)
        (self.suppressed if silent else self.findings).append(finding)

    def _unsettled(self, start: int, end: int) -> None:
        message = "The repairs of this paragraph do not settle; it was left as it was."
        self._add(Finding.of(notices.UNSETTLED, message, start, end))

    def _crowded(self, block: Block) -> None:
        message = "So much of this paragraph looks damaged that it was left as it was."
        self._add(Finding.of(notices.CROWDED, message, block.start, block.end))
        self.crowded.add(block)

    def _about_silences(self) -> None:
        strange = unknown(self.silences, self.settings.known) if self.silences else []
        for silence in strange:
            message = f"No rule is called '{silence.selector}'; the comment silences nothing."
            self._add(Finding.of(notices.UNKNOWN, message, *silence.comment), about=silence)
        unused, check = notices.UNUSED, self.settings.check
        last = [s for s in self.silences if s.covers(unused.id, unused.name, s.start)]
        for silence in (*(s for s in self.silences if s not in last), *last):
            if is_about_links(silence.selector) and not (check and check.judges(self.page)):
                continue  # nobody looked
            if silence not in self.used and silence not in strange:
                message = f"Nothing of '{silence.selector}' was found here; remove the comment."
                self._add(Finding.of(unused, message, *silence.comment), about=silence)

    def _result(self, text: str, edits: tuple[Edit, ...]) -> Mended:
        def by_place(finding: Finding) -> tuple[int, int, str]:
            return finding.start, finding.end, finding.rule

        return Mended(
            self.page,
            text,
            tuple(sorted(edits)),
            tuple(sorted(self.findings, key=by_place)),
            tuple(sorted(self.suppressed, key=by_place)),
            self.unchecked,
        )
