"""The gate never misses: where a rule finds something, it is open."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from wikimend.repair.candidate import find
from wikimend.repair.citations import GATE, citations
from wikimend.repair.gate import Gate, Need, able
from wikimend.repair.mender import Mender
from wikimend.repair.plan import plan
from wikimend.rules.model import Rule
from wikimend.rules.reader import load
from wikimend.text.blocks import scan
from wikimend.text.leaf import Leaf
from wikimend.text.lexer import lex
from wikimend.text.page import Page
from wikimend.text.tokens import Tokens

from .pages import nasty, pages
from .test_promises import promise

RULES = tuple(entry for entry in enumerate(load().ruleset.rules) if entry[1].match)
MARKERS = Mender(load().ruleset).markers


def claims(rules: Sequence[tuple[int, Rule]], tokens: Tokens) -> list[tuple[str, int, int, object]]:
    """Return which rules get which stretches of a leaf, and what they write there."""
    planned = plan(find(tokens, rules), tokens, lambda c: c.replacement)
    granted = (*planned.repairs, *planned.held)
    return [(c.rule.id, c.start, c.end, c.replacement) for c in granted]


@promise
@given(st.one_of(nasty, pages().map(lambda page: page.damaged)))
def test_the_gate_never_misses(text: str) -> None:
    gate = Gate(RULES)
    blocks = scan(text)
    met = gate.met(text)
    opened = gate.leaves(text, blocks, met)
    for block in blocks:
        if block.is_leaf:
            tokens = lex(Leaf.of(block, text).text, MARKERS)
            rules = [entry for entry in RULES if block.kind in entry[1].blocks]
            found = claims(rules, tokens)
            opening = gate.open_for(tokens.text, block.kind, met)
            assert claims(able(opening, tokens), tokens) == found
            assert block in opened or not found
    assert text in Need.of(GATE) or not citations(Page(text), blocks, MARKERS)
