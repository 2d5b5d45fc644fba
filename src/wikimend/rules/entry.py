"""One entry under `rules`: read and checked."""

from __future__ import annotations

import re
from typing import cast

from wikimend.rules.conserve import violations
from wikimend.rules.errata import Errata
from wikimend.rules.model import Compiled, PageTest, Rule, Safety, Severity
from wikimend.rules.node import Node
from wikimend.rules.parts import Made, counterexamples_of, examples_of, make, parts_of
from wikimend.rules.problem import guess
from wikimend.rules.rule_schema import RULE
from wikimend.rules.vocabulary import BUILT_IN_GATES, Vocabulary
from wikimend.text.block import LEAVES, BlockKind
from wikimend.text.page import DIALECTS, Dialect


def read_rule(node: Node, vocabulary: Vocabulary, tested: bool, errata: Errata) -> Rule | None:
    """Return the rule written at `node`, whose shape was checked before.

    What is wrong is noted in `errata`; the result is None when anything in the file is. A `tested`
    rule must have examples and counterexamples.
    """
    about = RULE.about(node, errata)
    parts = make(node, vocabulary, about)
    if parts is not None:
        _check_conservation(node, parts, vocabulary, about)
    needs = _needs(node, parts, vocabulary, about)
    examples = examples_of(node, about)
    if tested:
        for key in ("cause", "examples", "counterexamples"):
            if key not in node.entries:
                about.note(node, f"'{key}' is missing")
    if errata.problems or parts is None or parts.message is None:
        return None
    compiled = parts_of(parts, parts.message, examples, counterexamples_of(node, about))
    return rule_of(node, needs, Compiled(lambda: compiled), errata.document.path)


def rule_of(node: Node, needs: tuple[str, ...], compiled: Compiled, source: str) -> Rule:
    """Return the rule written at `node`, nothing of which is wrong."""
    return Rule(
        id=node.word("id"),
        name=node.word("name"),
        about=node.word("about").strip(),
        severity=cast(Severity, node.word("severity")),
        safety=cast(Safety, node.word("safety")) if "safety" in node.entries else None,
        because=node.word("because") or None,
        dialects=_dialects(node),
        page=_page_test(node),
        refused=node.word("refused") == "report",
        needs=needs,
        compiled=compiled,
        enabled=node.flag("enabled", True),
        cause=node.word("cause").strip(),
        blocks=_blocks(node),
        source=source,
    )


def _check_conservation(node: Node, parts: Made, vocabulary: Vocabulary, errata: Errata) -> None:
    if parts.pattern is None:
        return
    written = [(node.get("rewrite"), parts.rewrite)]
    items = node.listed("readings")
    if len(items) == len(parts.readings):
        places = (item.get("rewrite") for item in items)
        written += zip(places, (reading.rewrite for reading in parts.readings), strict=True)
    for place, template in written:
        if place is not None and template is not None:
            for sentence in violations(
                parts.pattern, vocabulary, template, parts.where, parts.drop
            ):
                errata.note(place, sentence)


def _needs(
    node: Node, parts: Made | None, vocabulary: Vocabulary, errata: Errata
) -> tuple[str, ...]:
    """Return the regular expressions and built-in gates, one of which a match needs."""
    given = node.texts("needs")
    for need in given:
        errata.check_regex(need)
    gates = node.texts("gate")
    for gate in gates:
        if gate.text not in vocabulary.gates and gate.text not in BUILT_IN_GATES:
            hint = guess(gate.text, [*vocabulary.gates, *BUILT_IN_GATES])
            errata.note(gate, f"no gate is called {gate.text}{hint}")
    if gates:
        known = {**vocabulary.gates, **BUILT_IN_GATES}
        return tuple(known.get(gate.text, "") for gate in gates)
    if given or "needs" in node.entries or parts is None or parts.pattern is None:
        return tuple(need.text for need in given)
    if parts.pattern.literals is None:
        message = "no literal can be derived from 'match': give 'needs', what every match contains"
        errata.note(node.entries["match"], message)
        return ()
    return tuple(re.escape(text) for text in parts.pattern.literals)


def _dialects(node: Node) -> frozenset[Dialect]:
    names = [text.text for text in node.texts("dialects")] or ["markdown"]
    if names == ["any"]:
        return frozenset(DIALECTS)
    return frozenset(
        dialect
        for dialect in DIALECTS
        if dialect in names or (dialect == "mdx" and "markdown" in names)
    )


def _blocks(node: Node) -> frozenset[BlockKind]:
    names = [text.text for text in node.texts("blocks")]
    return frozenset(kind for kind in LEAVES if not names or kind in names)


def _page_test(node: Node) -> PageTest | None:
    find = node.get("find", "mapping")
    if find is None:
        return None
    return PageTest(**{key: value.text for key, value in find.entries.items()})
