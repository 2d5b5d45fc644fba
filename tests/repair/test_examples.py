"""`wikimend rules test`: the shipped rules hold, and each way to fail has its message."""

from __future__ import annotations

import re

import pytest

from wikimend.repair.examples import Count, check, count
from wikimend.repair.surroundings import PROTECTED, SURROUNDINGS, Surrounding
from wikimend.rules.reader import load, loads
from wikimend.rules.rule_schema import SURROUNDINGS as WORDS
from wikimend.text.blocks import scan
from wikimend.text.leaf import Leaf
from wikimend.text.lexer import lex
from wikimend.text.page import DIALECTS, Dialect
from wikimend.text.tokens import OPAQUE

from .rulefile import cases, rule_file

CASES = cases("examples.txt")
PLACES = [(dialect, name) for dialect in DIALECTS for name in SURROUNDINGS[dialect]]
SAFES = [(dialect, name) for dialect in DIALECTS for name in PROTECTED[dialect]]


def opaque(page: str, dialect: Dialect) -> list[str]:
    """Return the texts of a page that no rule may touch."""
    texts = []
    for block in scan(page, dialect):
        if block.is_leaf:
            tokens = lex(Leaf.of(block, page).text, (), dialect)
            places = enumerate(tokens.kinds)
            texts += [tokens.slice(i, i + 1) for i, kind in places if kind in OPAQUE]
        else:
            texts.append(block.text(page))
    return texts


@pytest.mark.parametrize(("name", "source", "wanted"), CASES, ids=[case[0] for case in CASES])
def test_failures(name: str, source: str, wanted: str) -> None:
    rules = re.split(r"^== \+.*\n", source, flags=re.MULTILINE)
    failures = check(loads(rule_file(*rules), "x.yaml"))
    assert "\n".join(map(str, failures)) == wanted.rstrip("\n")


def test_the_shipped_rules_hold() -> None:
    assert [str(failure) for failure in check(load())] == []


def test_each_shipped_rule_is_tested() -> None:
    counted = count(load())
    rules = load().ruleset.rules
    assert counted.examples == sum(len(rule.examples) for rule in rules)
    assert all(rule.examples and rule.counterexamples for rule in rules)


def test_inherited_rules_are_not_tested_again() -> None:
    keys = "match: 'AT'\nexamples: [{bad: '@@'}]\ncounterexamples: ['a', 'b']"
    loaded = loads(rule_file(keys).replace("rules:", "extends: default\nrules:"), "x.yaml")
    places = len(SURROUNDINGS["markdown"])
    checks = 2 + places + len(PROTECTED["markdown"]) + 2 * (2 + places)
    assert count(loaded) == Count(1, 2, checks)
    assert not list(check(loaded))


def test_surroundings_are_those_that_not_in_knows() -> None:
    assert all(list(SURROUNDINGS[dialect]) == list(WORDS) for dialect in DIALECTS)


@pytest.mark.parametrize(("dialect", "name"), PLACES)
def test_surroundings_let_a_text_be_mended(dialect: Dialect, name: str) -> None:
    page = SURROUNDINGS[dialect][name].around("word")
    assert any("word" in block.text(page) for block in scan(page, dialect) if block.is_leaf)
    assert opaque(page, dialect) == []


@pytest.mark.parametrize(("dialect", "name"), SAFES)
def test_protected_places_are_protected(dialect: Dialect, name: str) -> None:
    page = PROTECTED[dialect][name].around("word")
    assert any("word" in text for text in opaque(page, dialect))


def test_a_text_that_ends_its_surrounding_is_not_put_there() -> None:
    comment = Surrounding("<!--{}-->", breakers=("-->",))
    assert [comment.takes("a --> b"), comment.takes("a -- b")] == [False, True]
