"""Mending a page: the way from a page to its findings, its edits and its mended text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from wikimend.repair.check import Check, Checked, ChooseRepair
from wikimend.repair.finding import Finding, Mended
from wikimend.repair.gate import Gate
from wikimend.repair.need import CITED, Need
from wikimend.repair.sight import Sight
from wikimend.rules import notices
from wikimend.rules.model import SAFETIES, Rule, RuleSet
from wikimend.rules.selection import Selection
from wikimend.text.page import Dialect, Page

if TYPE_CHECKING:
    from wikimend.repair.candidate import Candidate
    from wikimend.repair.settle import Choose
    from wikimend.text.lexer import Marker
    from wikimend.text.reader import Reader

_CITATION = Need.of(CITED)
_TICKED = re.compile(r"[`.]|\[\^|\\(?:[SWDpPN]|x60|x\{|u0060)|[!-_]-[a-~]|\(\?[a-zA-Z]")
"""What in a pattern may stand for a backtick."""


class Mender:
    """A rule set with its settings, ready for any number of pages."""

    def __init__(
        self,
        ruleset: RuleSet,
        selection: Selection | None = None,
        *,
        unsafe_fixes: bool = False,
        check: Check | None = None,
    ) -> None:
        """Take the rules; raises UsageError for a selector that names none of them.

        With `check`, pages are also judged by what is known beside them.
        """
        self.ruleset = ruleset
        self.selection = selection or Selection()
        self.unsafe_fixes = unsafe_fixes
        self.check = check
        self.selection.check(self.known)
        self._gates: dict[Dialect, Gate] = {}
        self._about_pages: dict[Dialect, list[Rule]] = {}

    @cached_property
    def markers(self) -> tuple[Marker, ...]:
        """The tokens that rule files add."""
        from wikimend.rules.alphabet import added_kind
        from wikimend.text.lexer import Marker

        return tuple(
            Marker(added_kind(index), token.pattern, token.literals)
            for index, token in enumerate(self.ruleset.tokens)
        )

    @cached_property
    def signs(self) -> tuple[str, ...]:
        """Strings, one of which stands in every added token that may hold a backtick.

        Such a token is found before code spans are, so that it may take a mark of one for itself.
        """
        return tuple(
            literal
            for token in self.ruleset.tokens
            if _TICKED.search(token.pattern.replace("\\.", ""))
            for literal in token.literals
        )

    @property
    def known(self) -> tuple[tuple[str, str], ...]:
        """The id and name of everything that can be found."""
        rules = tuple((rule.id, rule.name) for rule in self.ruleset.rules)
        return rules + tuple((n.id, n.name) for n in notices.NOTICES.values())

    def mend(
        self,
        page: Page,
        choose: Choose | None = None,
        choose_repair: ChooseRepair | None = None,
    ) -> Mended:
        """Return the page with every repair that may be made, and all findings.

        `choose` decides for each candidate, with its span in the page, which of the texts that it
        offers shall stand there, None to leave it (ValueError for any other text); `choose_repair`
        does the same for each finding of the check. Without them what is wanted and safe enough is
        repaired.

        A damaged page is never an error: where a paragraph does not settle or a rule takes too
        long, the text stays as it was and a finding says so.
        """
        gate = self._gate(page.dialect)
        try:
            page_rules = self._page_rules(page)
            sight = Sight.of(page, self.signs) if gate or page_rules else Sight.whole(page)
            met = gate.met(sight.text, page.text)
            looked_at = "wikimend-" in page.text or _may_conflict(sight, page_rules)
            damaged = looked_at or not gate.telling.isdisjoint(met)
            reader = self._reader(page) if damaged or met else None
            if not damaged and (not reader or self._is_sound(page, sight, gate, met, reader)):
                checked = self.check.check(page, None) if self.check else Checked()
                if not checked.findings:
                    return Mended(page, page.text, unchecked=checked.unchecked)
            from wikimend.repair.mending import Mending

            reader = reader or self._reader(page)
            chosen = choose or self._choose, choose_repair or self._choose_repair
            return Mending(self, page, gate, met, page_rules, reader, *chosen).run()
        except TimeoutError:
            message = "A rule took too long on this page; the page was left as it was."
            return Mended(page, page.text, findings=(Finding.of(notices.TIMEOUT, message, 0, 0),))

    def outcome(self, page: Page, *, mends: bool) -> Mended:
        """Return the page with its repairs, or, unless it `mends`, as it is with all findings."""
        mended = self.mend(page)
        return mended if mends else mended.unapplied()

    @property
    def idle(self) -> bool:
        """Whether nothing on a page is looked at but by the check."""
        spoken = (self.speaks(r.id, r.name, r.enabled) for r in self.ruleset.rules)
        own = (n for n in notices.NOTICES.values() if n.id not in notices.LINK_NOTICES)
        return not any(spoken) and not any(self.speaks(n.id, n.name) for n in own)

    def speaks(self, rule_id: str, name: str, enabled: bool = True) -> bool:
        """Return whether findings of a rule are wanted."""
        wanted = self.ruleset.overrides.get(rule_id)
        if wanted is not None and wanted.enabled is not None:
            enabled = wanted.enabled
        return self.selection.holds(rule_id, name, enabled)

    def adjusted(self, finding: Finding) -> Finding:
        """Return a finding that no rule file makes as the wiki wants it."""
        wanted = self.ruleset.overrides.get(finding.rule)
        if wanted is None:
            return finding
        if wanted.severity is not None:
            finding = finding._replace(severity=wanted.severity)
        safety = finding.safety
        if safety and wanted.safety and SAFETIES.index(safety) < SAFETIES.index(wanted.safety):
            finding = finding._replace(safety=wanted.safety, because=wanted.because)
        return finding

    def _choose(self, candidate: Candidate, start: int, end: int) -> str | None:
        """Return the repair of a candidate where it is wanted and safe enough."""
        rule = candidate.rule
        safe = rule.safety == "safe" or (rule.safety == "unsafe" and self.unsafe_fixes)
        wanted = safe and self.speaks(rule.id, rule.name, rule.enabled)
        return candidate.replacement if wanted else None

    def _choose_repair(self, finding: Finding) -> str | None:
        """Return the repair of a finding of the check where it is wanted and safe enough."""
        safe = finding.safety == "safe" or (finding.safety == "unsafe" and self.unsafe_fixes)
        wanted = safe and self.speaks(finding.rule, finding.name)
        return finding.replacement if wanted else None

    def _gate(self, dialect: Dialect) -> Gate:
        if dialect not in self._gates:
            self._gates[dialect] = Gate(self._running(dialect))
        return self._gates[dialect]

    def _reader(self, page: Page) -> Reader:
        from wikimend.text.reader import Reader

        return Reader(self.markers, page.dialect)

    def _is_sound(
        self, page: Page, sight: Sight, gate: Gate, met: frozenset[str], reader: Reader
    ) -> bool:
        from wikimend.repair.glance import is_sound

        return is_sound(page, sight, gate, met, reader)

    def _running(self, dialect: Dialect) -> list[tuple[int, Rule]]:
        if not any(self.speaks(rule.id, rule.name, rule.enabled) for rule in self.ruleset.rules):
            return []  # nothing could come of them
        return [
            (index, rule)
            for index, rule in enumerate(self.ruleset.rules)
            if rule.page is None and dialect in rule.dialects and self._runs(rule)
        ]

    def _runs(self, rule: Rule) -> bool:
        """Return whether a rule takes part, if only to hold what it claims."""
        return rule.enabled or self.speaks(rule.id, rule.name, enabled=False)

    def _page_rules(self, page: Page) -> list[Rule]:
        if page.text not in _CITATION:
            return []
        if page.dialect not in self._about_pages:
            self._about_pages[page.dialect] = [
                rule
                for rule in self.ruleset.rules
                if rule.page and page.dialect in rule.dialects and self._runs(rule)
            ]
        return self._about_pages[page.dialect]


def _may_conflict(sight: Sight, page_rules: Sequence[Rule]) -> bool:
    """Return whether a rule about the page may find anything in it as it is."""
    if not page_rules:
        return False
    from wikimend.repair.citations import may_conflict

    return may_conflict(sight.text, [rule.page for rule in page_rules if rule.page])
