"""The gate never misses: where a rule finds something, it is open; nor does the glance."""

from __future__ import annotations

from collections.abc import Sequence
from unittest.mock import patch

from hypothesis import example, given
from hypothesis import strategies as st

from wikimend.repair.citations import citations
from wikimend.repair.gate import Gate
from wikimend.repair.mender import Mender
from wikimend.repair.need import CITED, Need
from wikimend.repair.settle import Rules, Settled, Unsettled, settle
from wikimend.rules.reader import load
from wikimend.text.block import BlockKind
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


def gated(gate: Gate, leaf: Leaf, needs: Sequence[str]) -> Settled:
    """Return the leaf as mending leaves it."""

    def rules_for(text: str) -> Rules:
        return gate.open_for(text, leaf.block.kind, needs if text == leaf.text else None)

    return settle(
        leaf.text, rules_for, Reader(MARKERS, "markdown"), lambda c, start, end: c.replacement
    )


def ungated(kind: BlockKind, text: str) -> Settled:
    """Return the leaf as it would be left if no rule were kept from it by its raw characters."""
    rules = [entry for entry in RULES if kind in entry[1].blocks]
    return settle(
        text, lambda _: rules, Reader(MARKERS, "markdown"), lambda c, start, end: c.replacement
    )


@promise
@given(st.one_of(nasty, pages().map(lambda page: page.damaged)))
@example("([so [][[2]]]https://e.org/b)")  # only its repair leaves a bracket alone
@example("[a] (https://e.［a］（https://e.org/b）org/a)b)")
def test_the_gate_never_misses(text: str) -> None:
    gate = Gate(RULES)
    blocks = scan(text)
    met = gate.met(text)
    opened = dict(gate.leaves(text, blocks, met))
    for block in blocks:
        if block.is_leaf:
            leaf = Leaf.of(block, text)
            try:
                expected = ungated(block.kind, leaf.text)
            except Unsettled:
                continue
            assert outcome(gated(gate, leaf, opened.get(block, ()))) == outcome(expected)
            assert block in opened or not expected.verdicts
    assert text in Need.of(CITED) or not citations(Page(text), blocks, Reader(MARKERS, "markdown"))


@promise
@given(st.one_of(nasty, pages().map(lambda page: page.damaged)), dialects)
def test_a_glance_changes_nothing(text: str, dialect: Dialect) -> None:
    page = Page(text, dialect=dialect)
    glanced = MENDER.mend(page)
    with patch.object(Mender, "_is_sound", return_value=False):
        looked = MENDER.mend(page)
    assert (glanced.text, glanced.findings) == (looked.text, looked.findings)
