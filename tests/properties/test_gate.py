"""The gate never misses: where a rule finds something, it is open; nor does the glance."""

from __future__ import annotations

from collections.abc import Sequence
from unittest.mock import patch

from hypothesis import example, given
from hypothesis import strategies as st
from tests.repair.rulefile import settled_by

from wikimend.repair.citations import citations
from wikimend.repair.gate import Gate
from wikimend.repair.mender import Mender
from wikimend.repair.need import CITED, Need
from wikimend.repair.settle import Settled, Settling, Unsettled, settle
from wikimend.rules.reader import load
from wikimend.text import limits
from wikimend.text.block import Block, BlockKind
from wikimend.text.blocks import scan
from wikimend.text.leaf import Leaf
from wikimend.text.page import Dialect, Page
from wikimend.text.reader import Reader

from .pages import nasty, pages
from .test_promises import dialects, promise

RULES = tuple(entry for entry in enumerate(load().ruleset.rules) if entry[1].match)
MENDER = Mender(load().ruleset)
MARKERS = MENDER.markers


def outcome(settled: Settled) -> tuple[str, list[tuple[str, int, int, bool]]]:
    """Return what became of a leaf: its text, and what was found in it."""
    found = [(v.candidate.rule.id, v.start, v.end, v.fixed) for v in settled.verdicts]
    return settled.text, sorted(found)


def settling(text: str) -> Settling:
    """Return a leaf of which every repair is made."""
    return Settling(text, Reader(MARKERS, "markdown"), lambda c, start, end: c.replacement)


def gated(text: str, blocks: Sequence[Block]) -> dict[Block, Settled | Unsettled | limits.Crowded]:
    """Return the leaves of a page as mending leaves them, those that it looks at."""
    gate = Gate(RULES)
    leaves = []
    for block, needs in gate.leaves(text, blocks, gate.met(text)):
        leaf = Leaf.of(block, text)
        leaves.append((leaf, settling(leaf.text), gate.open_for(leaf.text, block.kind, needs)))
    return {leaf.block: came for leaf, came in settle(leaves, gate)}


def ungated(kind: BlockKind, text: str) -> Settled | Unsettled:
    """Return the leaf as it would be left if no rule were kept from it by its raw characters."""
    try:
        return settled_by([entry for entry in RULES if kind in entry[1].blocks], settling(text))
    except Unsettled as error:
        return error


@promise
@given(st.one_of(nasty, pages().map(lambda page: page.damaged)))
@example("([so [][[2]]]https://e.org/b)")  # only its repair leaves a bracket alone
@example("[a] (https://e.［a］（https://e.org/b）org/a)b)")
def test_the_gate_never_misses(text: str) -> None:
    blocks = scan(text)
    looked_at = gated(text, blocks)
    for block in blocks:
        if block.is_leaf:
            leaf = Leaf.of(block, text).text
            expected = ungated(block.kind, leaf)
            if isinstance(expected, Settled):
                came = looked_at.get(block, Settled(leaf))
                assert isinstance(came, Settled)
                assert outcome(came) == outcome(expected)
    assert text in Need.of(CITED) or not citations(Page(text), blocks, Reader(MARKERS, "markdown"))


@promise
@given(st.one_of(nasty, pages().map(lambda page: page.damaged)), dialects)
def test_a_glance_changes_nothing(text: str, dialect: Dialect) -> None:
    page = Page(text, dialect=dialect)
    glanced = MENDER.mend(page)
    with patch.object(Mender, "_is_sound", return_value=False):
        looked = MENDER.mend(page)
    assert (glanced.text, glanced.findings) == (looked.text, looked.findings)
