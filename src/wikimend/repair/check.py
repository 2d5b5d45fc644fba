"""The check of a page against what is known beside it: the seat of the link index."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from wikimend.repair.finding import Finding
from wikimend.rules import notices
from wikimend.rules.selection import names
from wikimend.text.block import Block
from wikimend.text.edit import Edit, Origin, apply, compose
from wikimend.text.page import Page

ChooseRepair = Callable[[Finding], str | None]
"""From a finding at its place in the original to what shall stand there; None leaves it."""


MAX_PASSES = 5
"""How often the links of a page are judged: once more after each time that some were repaired."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found on one text of a page."""

    findings: tuple[Finding, ...] = ()
    """Findings with offsets in that text; a repair replaces just the stretch of its finding."""
    unchecked: Mapping[str, int] = field(default_factory=dict)
    """How often something could not be judged, by the reason."""


class Check(Protocol):
    """Judges the text of a page once its rules are done with it."""

    def check(self, page: Page, blocks: Sequence[Block] | None) -> Checked:
        """Return what is found on `page`; `blocks` are those of its text, where they are known."""

    def judges(self, page: Page) -> bool:
        """Return whether links of `page` are judged, and not only counted."""

    def holds(self, before: Page, after: Page, repaired: Sequence[Finding]) -> bool:
        """Return whether `after` is `before` with nothing but these repairs made."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A page once a check has judged it."""

    text: str
    """Its text with the repairs of the check."""
    edits: list[Edit]
    """The edits of the original page that lead there."""
    findings: tuple[Finding, ...]
    """What was found, at its places in the original, with what was fixed."""
    unchecked: Mapping[str, int]
    """What could not be judged."""


def judge(
    check: Check,
    page: Page,
    blocks: Sequence[Block] | None,
    edits: list[Edit],
    choose: ChooseRepair,
) -> Judged:
    """Return the page that `edits` made, judged; what `choose` wants at a finding is made.

    It is asked with the finding at its place in the original. Repairs that do not hold are not
    made; the findings stay.
    """
    fixed: list[Finding] = []
    at_first = blocks
    for passes in range(MAX_PASSES):
        checked = check.check(page, at_first)
        placed = _placed(checked.findings, edits)
        wanted = [
            (found, place, text)
            for found, place in zip(checked.findings, placed, strict=True)
            if passes < MAX_PASSES - 1 and (text := choose(place)) is not None
        ]
        made = [Edit(f.start, f.end, text, (f.rule,)) for f, _, text in wanted]
        after = Page(apply(page.text, made) if made else page.text, page.name, page.dialect)
        if not made or not check.holds(page, after, [found for found, _, _ in wanted]):
            break
        # A link that was repaired may still be written otherwise than the wiki wants.
        fixed += (p._replace(replacement=text, fixed=True) for _, p, text in wanted)
        edits = compose(edits, made, page.text)
        page, at_first = after, None
    return Judged(page.text, edits, (*fixed, *placed), checked.unchecked)


def _placed(findings: Sequence[Finding], edits: Sequence[Edit]) -> list[Finding]:
    """Return findings of a text at their places in the original, from which `edits` led to it."""
    origin = Origin(edits)
    placed = []
    for finding in findings:
        start, end = origin.span(finding.start, finding.end)
        placed.append(finding._replace(start=start, end=end))
    return placed


def is_about_links(selector: str) -> bool:
    """Return whether a selector names something that only the index of a wiki can find."""
    links = notices.LINK_NOTICES.values()
    return selector != "ALL" and any(names(selector, n.id, n.name) for n in links)
