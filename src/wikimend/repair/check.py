"""The check of a page against what is known beside it: the seat of the link index."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from wikimend.repair.finding import Finding
from wikimend.rules import notices
from wikimend.rules.selection import names
from wikimend.text.block import Block
from wikimend.text.edit import Edit, Origin, apply, compose
from wikimend.text.page import Page

ChooseRepair = Callable[[Finding], str | None]
"""From a finding at its place in the original to what shall stand there; None leaves it."""


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
    blocks: Sequence[Block],
    edits: list[Edit],
    choose: ChooseRepair,
) -> Judged:
    """Return the page that `edits` made, judged; what `choose` wants at a finding is made.

    It is asked with the finding at its place in the original. Repairs that do not hold are not
    made; the findings stay.
    """
    checked = check.check(page, blocks)
    origin = Origin(edits)
    placed = []
    for finding in checked.findings:
        start, end = origin.span(finding.start, finding.end)
        placed.append(replace(finding, start=start, end=end))
    pairs = list(zip(checked.findings, placed, strict=True))
    wanted = [(f, p, text) for f, p in pairs if (text := choose(p)) is not None]
    made = [Edit(f.start, f.end, text, (f.rule,)) for f, _, text in wanted]
    text = apply(page.text, made) if made else page.text
    after = Page(text, page.name, page.dialect)
    if made and not check.holds(page, after, [finding for finding, _, _ in wanted]):
        return Judged(page.text, edits, tuple(placed), checked.unchecked)
    texts = {id(found): text for _, found, text in wanted}
    findings = tuple(_made(found, texts.get(id(found))) for found in placed)
    composed = compose(edits, made, page.text) if made else edits
    return Judged(text, composed, findings, checked.unchecked)


def _made(finding: Finding, text: str | None) -> Finding:
    return finding if text is None else replace(finding, replacement=text, fixed=True)


def is_about_links(selector: str) -> bool:
    """Return whether a selector names something that only the index of a wiki can find."""
    links = notices.LINK_NOTICES.values()
    return selector != "ALL" and any(names(selector, n.id, n.name) for n in links)
