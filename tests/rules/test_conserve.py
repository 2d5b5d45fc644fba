"""The law of conservation: rules that would lose text are refused when they are loaded."""

from __future__ import annotations

import pytest

from wikimend.rules.conserve import violations
from wikimend.rules.constraints import compile_constraint
from wikimend.rules.model import Drop
from wikimend.rules.pattern import compile_pattern
from wikimend.rules.template import compile_template

from .language import VOCABULARY

CHAIN = "'[' label:TEXT ('[' slug:TEXT)+ '--TEMP--'"
DEBRIS = "'[' label:TEXT junk:OAI"
PARTS = r"'[' ref:TEXT~/(?<n>[0-9]+)(?<letter>[a-z]*)/ ']'"
LOSSY = r"'[' ref:TEXT~/(?<n>[0-9]+) of (?<all>[0-9(]+)/ ']'"


def check(
    pattern: str, rewrite: str, where: list[tuple[str, object]], drop: list[str]
) -> list[str]:
    compiled = compile_pattern(pattern, VOCABULARY)
    return violations(
        compiled,
        VOCABULARY,
        compile_template(rewrite, compiled.captures),
        [compile_constraint(name, argument, compiled.captures) for name, argument in where],
        [Drop(capture, "because") for capture in drop],
    )


@pytest.mark.parametrize(
    ("pattern", "rewrite", "where", "drop", "part"),
    [
        ("'[' TEXT ']'", "x", [], [], "the text of TEXT would be lost"),
        ("'[' label:TEXT ']'", "x", [], [], "'label' would be lost"),
        (CHAIN, "[{label}]({slug})", [], [], "repeats of 'slug' would be lost"),
        (CHAIN, "[{label}]", [("equal", ["{label}", "{slug}"])], [], "repeats of 'slug'"),
        (CHAIN, "[{label}]", [("same", "slug")], [], "'slug' would be lost"),
        (DEBRIS, "[{label}", [], [], "'junk' would be lost"),
        (PARTS, "[{n}]", [], [], "'ref' would be lost"),
        (LOSSY, "[{n}, {all}]", [], [], "'ref' would be lost"),
        ("'[' (a:TEXT | URL) ']'", "[{a}]", [], [], "the text of URL would be lost"),
    ],
)
def test_refused(
    pattern: str, rewrite: str, where: list[tuple[str, object]], drop: list[str], part: str
) -> None:
    (sentence,) = check(pattern, rewrite, where, drop)
    assert part in sentence


@pytest.mark.parametrize(
    ("pattern", "rewrite", "where", "drop"),
    [
        ("'[' label:TEXT ']'", "{label}", [], []),
        ("'[' ']' '--TEMP--'", "x", [], []),
        (CHAIN, "[{label}]({slug})", [("same", "slug")], []),
        (CHAIN, "[{label}]({slug|join:,})", [], []),
        (CHAIN, "[{label}]", [("same", "slug"), ("equal", ["{label}", "{slug}"])], []),
        (CHAIN, "[{label}]", [], ["slug"]),
        (DEBRIS, "[{label}", [], ["junk"]),
        (PARTS, "[{n}{letter}]", [], []),
        ("all:(TEXT URL) '--TEMP--'", "{all}", [], []),
        ("'[' label:TEXT ']' (?= TEXT)", "{label}", [], []),
    ],
)
def test_allowed(
    pattern: str, rewrite: str, where: list[tuple[str, object]], drop: list[str]
) -> None:
    assert check(pattern, rewrite, where, drop) == []
