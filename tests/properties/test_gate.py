"""The gate never misses: where a rule finds something, it is open."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wikimend.repair.candidate import find
from wikimend.repair.citations import GATE, citations
from wikimend.repair.gate import Gate, Need
from wikimend.repair.mender import Mender
from wikimend.repair.plan import plan
from wikimend.rules.reader import load
from wikimend.text.blocks import scan
from wikimend.text.leaf import Leaf
from wikimend.text.lexer import lex
from wikimend.text.page import Page

from .pages import nasty, pages
from .test_promises import promise

RULES = tuple(entry for entry in enumerate(load().ruleset.rules) if entry[1].match)
MARKERS = Mender(load().ruleset).markers


@promise
@given(st.one_of(nasty, pages().map(lambda page: page.damaged)))
def test_the_gate_never_misses(text: str) -> None:
    gate = Gate(RULES)
    blocks = scan(text)
    opened = gate.leaves(text, blocks)
    for block in blocks:
        if block.is_leaf:
            tokens = lex(Leaf.of(block, text).text, MARKERS)
            found = plan(find(tokens, RULES), tokens, lambda _: True)
            rules = gate.open_for(tokens.text)
            assert plan(find(tokens, rules), tokens, lambda _: True) == found
            assert block in opened or not (found.repairs or found.held)
    assert text in Need.of(GATE) or not citations(Page(text), blocks, MARKERS)
