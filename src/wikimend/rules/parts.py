"""The parts of an entry under `rules` that are compiled, and its examples."""

from __future__ import annotations

from dataclasses import dataclass

from wikimend.rules.constraint import Constraint
from wikimend.rules.constraints import CONSTRAINTS, compile_constraint
from wikimend.rules.document import Document
from wikimend.rules.errata import Errata
from wikimend.rules.model import Drop, Example, Parts, Reading
from wikimend.rules.node import Node
from wikimend.rules.pattern import Pattern, compile_pattern
from wikimend.rules.problem import guess
from wikimend.rules.template import Template, compile_template
from wikimend.rules.vocabulary import Vocabulary

PAGE_CAPTURES = frozenset(("number", "url", "other"))
"""What the message of a rule of `scope: page` may name."""


@dataclass(frozen=True, slots=True)
class Made:
    """The parts of a rule that are compiled, as far as they could be."""

    message: Template | None
    pattern: Pattern | None
    where: tuple[Constraint, ...]
    rewrite: Template | None
    readings: tuple[Reading, ...]
    drop: tuple[Drop, ...]


def compile_rule(node: Node, vocabulary: Vocabulary, document: Document) -> Parts:
    """Return the parts of a rule that `read_rule` found right before."""
    errata = Errata(document)
    made = make(node, vocabulary, errata)
    assert made is not None and made.message is not None
    return parts_of(made, made.message, examples_of(node, errata), counterexamples_of(node, errata))


def parts_of(
    made: Made,
    message: Template,
    examples: tuple[Example, ...],
    counterexamples: tuple[Example, ...],
) -> Parts:
    return Parts(
        message,
        made.pattern,
        made.where,
        made.rewrite,
        made.readings,
        made.drop,
        examples,
        counterexamples,
    )


def make(node: Node, vocabulary: Vocabulary, errata: Errata) -> Made | None:
    """Return the compiled parts; None when the captures are not known."""
    if node.word("scope") == "page":
        return Made(_template(node, "message", PAGE_CAPTURES, errata), None, (), None, (), ())
    match = node.get("match")
    if match is None:
        return None
    pattern = errata.attempt(match, lambda: compile_pattern(match.text, vocabulary))
    if pattern is None:
        return None
    captures = pattern.captures
    return Made(
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
    for item in node.listed("readings"):
        template = _template(item, "rewrite", captures, errata)
        if template is not None:
            readings.append(Reading(template, item.word("because").strip()))
    return tuple(readings)


def _where(node: Node, captures: frozenset[str], errata: Errata) -> tuple[Constraint, ...]:
    def compiled(name: str, argument: Node) -> Constraint | None:
        return errata.attempt(
            argument, lambda: compile_constraint(name, argument.plain(), captures)
        )

    items = [pair for item in node.listed("where") for pair in item.entries.items()]
    tests = [compiled(name, argument) for name, argument in items if name in CONSTRAINTS]
    return tuple(test for test in tests if test)


def _drop(node: Node, captures: frozenset[str], errata: Errata) -> tuple[Drop, ...]:
    drops: list[Drop] = []
    if "drop" in node.entries and not {"rewrite", "readings"} & set(node.entries):
        errata.note_key(node, "drop", "'drop' makes no sense without 'rewrite' or 'readings'")
    for item in node.listed("drop"):
        capture = item.get("capture")
        if capture is not None:
            if capture.text not in captures:
                hint = guess(capture.text, captures)
                errata.note(capture, f"the pattern captures no '{capture.text}'{hint}")
            drops.append(Drop(capture.text, item.word("because")))
    return tuple(drops)


def examples_of(node: Node, errata: Errata) -> tuple[Example, ...]:
    examples: list[Example] = []
    for item in node.listed("examples"):
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
        elif len(example.readings) != len(node.listed("readings")):
            errata.note(item, "say in 'readings' what each reading of the rule makes of this")
        if good and "rewrite" not in node.entries and not example.todo:
            errata.note(good, "the rule has no 'rewrite', so that nothing makes this 'good'")
        if not good and "rewrite" in node.entries and node.word("refused") != "report":
            errata.note(item, "the rule has a 'rewrite': say in 'good' what it makes of this")
    return tuple(examples)


def counterexamples_of(node: Node, errata: Errata) -> tuple[Example, ...]:
    return tuple(
        Example(
            bad=text,
            good=text,
            not_in=tuple(name.text for name in item.texts("not_in")),
            line=errata.document.place(item).line,
        )
        for item in node.listed("counterexamples")
        for text in [item.text or item.word("text")]
    )
