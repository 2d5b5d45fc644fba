"""Constraints: the closed table of tests that a rule may put behind `where`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from urllib.parse import unquote

import regex

from wikimend.rules.bracketing import balanced, balances, lone
from wikimend.rules.constraint import Compile, Constraint, Entry, capture_names
from wikimend.rules.pattern import Match
from wikimend.rules.problem import SyntaxProblem, guess
from wikimend.rules.template import compile_template
from wikimend.text.belted import belted
from wikimend.text.brackets import CLOSERS, PAIRS
from wikimend.text.definitions import normalized
from wikimend.text.tokens import Tokens


def compile_constraint(name: str, argument: object, captures: Collection[str]) -> Constraint:
    """Return the test called `name`; raises SyntaxProblem for a name or argument it cannot use."""
    entry = CONSTRAINTS.get(name)
    if entry is None:
        raise SyntaxProblem(f"no test is called '{name}'{guess(name, CONSTRAINTS)}")
    return entry.compile(argument, captures)


def _same(argument: object, captures: Collection[str]) -> Constraint:
    names = capture_names(argument, captures, "same")

    def holds(match: Match, tokens: Tokens) -> bool:
        return all(len({value.text for value in match.values.get(name, ())}) <= 1 for name in names)

    return Constraint("same", frozenset(names), holds, agree=True)


def _equal(argument: object, captures: Collection[str]) -> Constraint:
    if not isinstance(argument, list) or len(argument) < 2:
        raise SyntaxProblem("'equal' wants a list of two or more templates")
    templates = [compile_template(_text(source, "equal"), captures) for source in argument]
    ties = tuple(template.names for template in templates)

    def holds(match: Match, tokens: Tokens) -> bool:
        return len({template.render(match.values) for template in templates}) == 1

    return Constraint("equal", frozenset().union(*ties), holds, ties=ties)


def _matching(test: str, wanted: bool) -> Compile:
    def compile_(argument: object, captures: Collection[str]) -> Constraint:
        if not isinstance(argument, list) or len(argument) != 2:
            raise SyntaxProblem(f"'{test}' wants a list of a template and a text pattern")
        template = compile_template(_text(argument[0], test), captures)
        try:
            expression = belted(_text(argument[1], test))
        except regex.error as error:
            raise SyntaxProblem(f"bad text pattern: {error}") from error

        def holds(match: Match, tokens: Tokens) -> bool:
            text = template.render(match.values)
            return expression.fits(text) is wanted

        return Constraint(test, template.names, holds)

    return compile_


def _text(argument: object, test: str) -> str:
    if not isinstance(argument, str):
        raise SyntaxProblem(f"'{test}' wants texts, not {argument!r}")
    return argument


def _count(argument: object, captures: Collection[str]) -> Constraint:
    if not isinstance(argument, dict) or not {"of"} < set(argument) <= {"of", "min", "max"}:
        raise SyntaxProblem("'count' wants {of: CAPTURE, min: N, max: N}, min or max or both")
    name, *others = capture_names(argument["of"], captures, "count")
    if others:
        raise SyntaxProblem("'count' counts the repeats of one capture")
    low, high = argument.get("min", 0), argument.get("max", float("inf"))
    if not all(isinstance(limit, int | float) for limit in (low, high)):
        raise SyntaxProblem("'count' wants whole numbers for min and max")

    def holds(match: Match, tokens: Tokens) -> bool:
        return bool(low <= len(match.values.get(name, ())) <= high)

    return Constraint("count", frozenset({name}), holds)


def _defining(test: str, wanted: bool) -> Compile:
    def compile_(argument: object, captures: Collection[str]) -> Constraint:
        names = capture_names(argument, captures, test)

        def holds(match: Match, tokens: Tokens) -> bool:
            labels = (value.text for name in names for value in match.values.get(name, ()))
            return all((normalized(label) in tokens.defined) is wanted for label in labels)

        return Constraint(test, frozenset(names), holds)

    return compile_


_SQUEEZED = regex.compile(r"[\W_]+")
_FEWEST_LETTERS = 4


def _within(argument: object, captures: Collection[str]) -> Constraint:
    if not isinstance(argument, list) or len(argument) != 2:
        raise SyntaxProblem("'within' wants a list of two templates: a label and an address")
    label, address = (compile_template(_text(source, "within"), captures) for source in argument)

    def holds(match: Match, tokens: Tokens) -> bool:
        inner, outer = (
            _SQUEEZED.sub("", unquote(template.render(match.values)).casefold())
            for template in (label, address)
        )
        return len(inner) >= _FEWEST_LETTERS and inner in outer

    named = frozenset(field.name for field in (*label.fields, *address.fields))
    return Constraint("within", named, holds)


_NAME = {"type": "string"}
_NAMES = {"anyOf": [_NAME, {"type": "array", "items": _NAME, "minItems": 1}]}
_PAIR = {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2}

CONSTRAINTS: Mapping[str, Entry] = {
    "same": Entry("all repeats of each capture are equal", _NAMES, _same),
    "equal": Entry(
        "the templates give the same text",
        {"type": "array", "items": {"type": "string"}, "minItems": 2},
        _equal,
    ),
    "matches": Entry(
        "the whole text of the template fits the pattern", _PAIR, _matching("matches", True)
    ),
    "not_matches": Entry(
        "the text of the template does not fit the pattern", _PAIR, _matching("not_matches", False)
    ),
    "balanced": Entry(
        "within each capture every bracket and parenthesis has its partner", _NAMES, balanced
    ),
    "count": Entry(
        "a capture repeats at least `min` and at most `max` times",
        {
            "type": "object",
            "properties": {"of": _NAME, "min": {"type": "integer"}, "max": {"type": "integer"}},
            "required": ["of"],
            "additionalProperties": False,
        },
        _count,
    ),
    "defined": Entry("the page defines each label", _NAMES, _defining("defined", True)),
    "undefined": Entry(
        "the page defines no such label, so that `[label]` alone is no link",
        _NAMES,
        _defining("undefined", False),
    ),
    "within": Entry(
        "the letters and digits of the first template, four or more, stand in a row in the second",
        _PAIR,
        _within,
    ),
    "balances": Entry(
        "the repair leaves fewer brackets of the paragraph without a partner",
        {"const": True},
        balances,
    ),
    "unclosed": Entry(
        "the captured opening bracket has no closer after the match",
        _NAMES,
        lone("unclosed", tuple(PAIRS)),
    ),
    "forsaken": Entry(
        "all closers after the match belong to brackets before it, none to the captured one",
        _NAMES,
        lone("forsaken", tuple(PAIRS)),
    ),
    "unopened": Entry(
        "no open bracket before the match needs the captured closing one",
        _NAMES,
        lone("unopened", tuple(CLOSERS)),
    ),
}
"""Everything that may stand behind `where`."""
