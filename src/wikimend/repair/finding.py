"""What was found on a page and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from wikimend.rules.model import Safety, Severity
from wikimend.rules.notices import Notice
from wikimend.text.edit import Edit
from wikimend.text.page import Page


class Reading(NamedTuple):
    """One of several texts that a damaged place may stand for."""

    replacement: str
    """What would stand there."""
    because: str
    """What speaks for it, in one sentence."""


class Finding(NamedTuple):
    """One damaged place, as the rule that found it sees it."""

    rule: str
    """The id of the rule, such as `WM101`."""
    name: str
    """The name of the rule, such as `nested-placeholder-link`."""
    severity: Severity
    """How bad it is; `--fail-on` compares it."""
    message: str
    """One sentence for the editor of the page."""
    start: int
    """Offset in the original page of the first code point it is about."""
    end: int
    """Offset in the original page after the last one."""
    safety: Safety | None = None
    """How far its repair may be trusted; None when the rule can only report."""
    replacement: str | None = None
    """What would stand there after the repair; None when there is none."""
    because: str | None = None
    """Why the repair is not applied by default, in the rule's words."""
    fixed: bool = False
    """Whether the repair is part of the mended text."""
    dropped: tuple[str, ...] = ()
    """Debris that the repair removes, one string a declared drop."""
    readings: tuple[Reading, ...] = ()
    """What may have been meant, the likeliest first, where only a person can tell."""

    @classmethod
    def of(cls, notice: Notice, message: str, start: int, end: int) -> Finding:
        """Return a finding that no rule file makes, at a stretch of the original page."""
        return cls(notice.id, notice.name, notice.severity, message, start, end)


@dataclass(frozen=True, slots=True)
class Mended:
    """A page after mending: the text, the edits that lead there, and every finding."""

    page: Page
    """The page as it was."""
    text: str
    """The page's text after all edits; the same object when nothing changed."""
    edits: tuple[Edit, ...] = ()
    """Disjoint edits of the original text, in order; applying them gives `text`."""
    findings: tuple[Finding, ...] = ()
    """Fixed and open findings by their place in the original."""
    suppressed: tuple[Finding, ...] = ()
    """Findings that a comment in the page silenced; they were not fixed."""
    unchecked: Mapping[str, int] = field(default_factory=dict)
    """How many links could not be judged, by the reason."""

    @property
    def changed(self) -> bool:
        """Whether mending changed the page."""
        return bool(self.edits)

    @property
    def open(self) -> tuple[Finding, ...]:
        """The findings that are still true of the mended text."""
        return tuple(finding for finding in self.findings if not finding.fixed)

    def unapplied(self) -> Mended:
        """Return the same findings as true of the page as it was: what `lint` reports."""
        findings = tuple(finding._replace(fixed=False) for finding in self.findings)
        return Mended(self.page, self.page.text, (), findings, self.suppressed, self.unchecked)
