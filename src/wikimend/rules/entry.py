"""One entry under `rules`: read and checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

from wikimend.rules.conserve import violations
from wikimend.rules.constraint import Constraint
from wikimend.rules.constraints import CONSTRAINTS, compile_constraint
from wikimend.rules.errata import Errata
from wikimend.rules.model import Drop, Example, PageTest, Reading, Rule, Safety, Severity
from wikimend.rules.node import Node
from wikimend.rules.pattern import Pattern, compile_pattern
from wikimend.rules.problem import guess
from wikimend.rules.rule_schema import RULE
from wikimend.rules.template import Template, compile_template
from wikimend.rules.vocabulary import BUILT_IN_GATES, Vocabulary
from wikimend.text.block import LEAVES, BlockKind
from wikimend.text.page import DIALECTS, Dialect

PAGE_CAPTURES = frozenset(("number", "url", "other"))
"""What the message of a rule of `scope: page` may name."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of a rule that are compiled, as far as they could be."""

    message: Template | None
    pattern: Pattern | None
    where: tuple[Constraint, ...]
    rewrite: Template | None
    readings: tuple[Reading, ...]
    drop: tuple[Drop, ...]


def read_rule(node: Node, vocabulary: Vocabulary, tested: bool, errata: Errata) -> Rule | None:
    """Return the rule written at `node`, whose shape was checked before.

    What is wrong is noted in `errata`; the result is None when anything in the file is. A `tested`
    rule must have examples and counterexamples.
    """
    about = RULE.about(node, errata)
    parts = _compile(node, vocabulary, about)
    if parts is not None:
        _check_conservation(node, parts, vocabulary, about)
    needs = _needs(node, parts, vocabulary, about)
    examples = _examples(node, about)
    if tested:
        for key in ("cause", "examples", "counterexamples"):
            if key not in node.entries:
                about.note(node, f"'{key}' is missing")
    if errata.problems or parts is None or parts.message is None:
        return None
    return Rule(
        id=node.word("id"),
        name=node.word("name"),
        message=parts.message,
        about=node.word("about").strip(),
        severity=cast(Severity, node.word("severity")),
        safety=cast(Safety, node.word("safety")) if "safety" in node.entries else None,
        because=node.word("because") or None,
        dialects=_dialects(node),
        match=parts.pattern,
        page=_page_test(node),
        where=parts.where,
        refused=node.word("refused") == "report",
        rewrite=parts.rewrite,
        drop=parts.drop,
        needs=needs,
        enabled=node.flag("enabled", True),
        cause=node.word("cause").strip(),
        readings=parts.readings,
        blocks=_blocks(node),
        examples=examples,
        counterexamples=_counterexamples(node, about),
        source=errata.document.path,
    )


def _compile(node: Node, vocabulary: Vocabulary, errata: Errata) -> _Parts | None:
    """Return the compiled parts; None when the captures are not known."""
    if node.word("scope") == "page":
        return _Parts(_template(node, "message", PAGE_CAPTURES, errata), None, (), None, (), ())
    match = node.get("match")
    if match is None:
        return None
    pattern = errata.attempt(match, lambda: compile_pattern(match.text, vocabulary))
    if pattern is None:
        return None
    captures = pattern.captures
    return _Parts(
        _template(node, "message", captures, errata),
        pattern,
        _where(node, captures, errata),
        _template(node, "rewrite", captures, errata),
        _readings(node, captures, errata),
        _drop(node, captures, errata),
    )


def _template(node: Node, key: str, captures: frozenset[str], errata: Errata) -> Template | None:
    source = node.get(key)
    if source is None:
        return None
    return errata.attempt(source, lambda: compile_template(source.text, captures))


def _readings(node: Node, captures: frozenset[str], errata: Errata) -> tuple[Reading, ...]:
    readings = []
    for item in _items(node, "readings"):
        template = _template(item, "rewrite", captures, errata)
        if template is not None:
            readings.append(Reading(template, item.word("because").strip()))
    return tuple(readings)


def _where(node: Node, captures: frozenset[str], errata: Errata) -> tuple[Constraint, ...]:
    def compiled(name: str, argument: Node) -> Constraint | None:
        return errata.attempt(
            argument, lambda: compile_constraint(name, argument.plain(), captures)
        )

    items = [pair for item in _items(node, "where") for pair in item.entries.items()]
    tests = [compiled(name, argument) for name, argument in items if name in CONSTRAINTS]
    return tuple(test for test in tests if test)


def _drop(node: Node, captures: frozenset[str], errata: Errata) -> tuple[Drop, ...]:
    drops: list[Drop] = []
    if "drop" in node.entries and not {"rewrite", "readings"} & set(node.entries):
        errata.note_key(node, "drop", "'drop' makes no sense without 'rewrite' or 'readings'")
    for item in _items(node, "drop"):
        capture = item.get("capture")
        if capture is not None:
            if capture.text not in captures:
                hint = guess(capture.text, captures)
                errata.note(capture, f"the pattern captures no '{capture.text}'{hint}")
            drops.append(Drop(capture.text, item.word("because")))
    return tuple(drops)


def _check_conservation(node: Node, parts: _Parts, vocabulary: Vocabulary, errata: Errata) -> None:
    if parts.pattern is None:
        return
    written = [(node.get("rewrite"), parts.rewrite)]
    items = _items(node, "readings")
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
    node: Node, parts: _Parts | None, vocabulary: Vocabulary, errata: Errata
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


def _examples(node: Node, errata: Errata) -> tuple[Example, ...]:
    examples: list[Example] = []
    for item in _items(node, "examples"):
        good = item.get("good")
        example = Example(
            item.word("bad"),
            good.text if good else None,
            item.flag("todo"),
            tuple(name.text for name in item.texts("not_in")),
            errata.document.place(item).line,
            tuple(reading.text for reading in item.texts("readings")),
        )
        examples.append(example)
        readings = item.get("readings", "list")
        if readings and "readings" not in node.entries:
            errata.note(readings, "the rule has no 'readings', so that nothing makes these")
        elif len(example.readings) != len(_items(node, "readings")):
            errata.note(item, "say in 'readings' what each reading of the rule makes of this")
        if good and "rewrite" not in node.entries and not example.todo:
            errata.note(good, "the rule has no 'rewrite', so that nothing makes this 'good'")
        if not good and "rewrite" in node.entries and node.word("refused") != "report":
            errata.note(item, "the rule has a 'rewrite': say in 'good' what it makes of this")
    return tuple(examples)


def _counterexamples(node: Node, errata: Errata) -> tuple[Example, ...]:
    return tuple(
        Example(
            bad=text,
            good=text,
            not_in=tuple(name.text for name in item.texts("not_in")),
            line=errata.document.place(item).line,
        )
        for item in _items(node, "counterexamples")
        for text in [item.text or item.word("text")]
    )


def _items(node: Node, key: str) -> tuple[Node, ...]:
    section = node.get(key, "list")
    return section.items if section else ()
