"""Constraints: the closed table of tests that a rule may put behind `where`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import regex

from wikimend.rules.pattern import Match
from wikimend.rules.problem import SyntaxProblem, guess
from wikimend.rules.template import compile_template
from wikimend.text import limits
from wikimend.text.brackets import CLOSERS, PAIRS, Balance
from wikimend.text.definitions import normalized
from wikimend.text.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a match in its leaf."""

    before: Balance
    """The brackets before the match."""
    now: Balance
    """The brackets of the match as it is."""
    then: Balance
    """The brackets of what the rule would write in its place."""
    after: Balance
    """The brackets after the match, once what is damaged there has been repaired."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """One test behind `where`, ready to be asked."""

    name: str
    """Its name in the table."""
    names: frozenset[str]
    """The captures that it speaks of."""
    alone: Callable[[Match, Tokens], bool] | None = None
    """The test of a match by itself."""
    among: Callable[[Match, Tokens, Surroundings], bool] | None = None
    """The test of a match in its surroundings."""
    ties: tuple[frozenset[str], ...] = ()
    """Sets of captures that say the same when the test holds."""
    agree: bool = False
    """Whether it makes all repeats of each of its captures equal."""


Compile = Callable[[Any, Collection[str]], Constraint]


@dataclass(frozen=True, slots=True)
class Entry:
    """One name that may stand behind `where`."""

    about: str
    """What it asks, for the reference."""
    argument: Mapping[str, object]
    """The JSON Schema of its argument."""
    compile: Compile
    """From the argument and the known captures to the test; raises SyntaxProblem."""


def compile_constraint(name: str, argument: object, captures: Collection[str]) -> Constraint:
    """Return the test called `name`; raises SyntaxProblem for a name or argument it cannot use."""
    entry = CONSTRAINTS.get(name)
    if entry is None:
        raise SyntaxProblem(f"no test is called '{name}'{guess(name, CONSTRAINTS)}")
    return entry.compile(argument, captures)


def _names(argument: object, captures: Collection[str], test: str) -> tuple[str, ...]:
    names = [argument] if isinstance(argument, str) else argument
    if not isinstance(names, list) or not names or not all(isinstance(n, str) for n in names):
        raise SyntaxProblem(f"'{test}' wants the name of a capture, or a list of them")
    for name in names:
        if name not in captures:
            raise SyntaxProblem(f"the pattern captures no '{name}'{guess(name, captures)}")
    return tuple(names)


def _same(argument: object, captures: Collection[str]) -> Constraint:
    names = _names(argument, captures, "same")

    def holds(match: Match, tokens: Tokens) -> bool:
        return all(len({value.text for value in match.values.get(name, ())}) <= 1 for name in names)

    return Constraint("same", frozenset(names), holds, agree=True)


def _equal(argument: object, captures: Collection[str]) -> Constraint:
    if not isinstance(argument, list) or len(argument) < 2:
        raise SyntaxProblem("'equal' wants a list of two or more templates")
    templates = [compile_template(_text(source, "equal"), captures) for source in argument]
    ties = tuple(frozenset(field.name for field in template.fields) for template in templates)

    def holds(match: Match, tokens: Tokens) -> bool:
        return len({template.render(match.values) for template in templates}) == 1

    return Constraint("equal", frozenset().union(*ties), holds, ties=ties)


def _matching(test: str, wanted: bool) -> Compile:
    def compile_(argument: object, captures: Collection[str]) -> Constraint:
        if not isinstance(argument, list) or len(argument) != 2:
            raise SyntaxProblem(f"'{test}' wants a list of a template and a text pattern")
        template = compile_template(_text(argument[0], test), captures)
        try:
            expression = regex.compile(_text(argument[1], test))
        except regex.error as error:
            raise SyntaxProblem(f"bad text pattern: {error}") from error

        def holds(match: Match, tokens: Tokens) -> bool:
            text = template.render(match.values)
            found = expression.fullmatch(text, timeout=limits.TIMEOUT)
            return (found is not None) is wanted

        return Constraint(test, frozenset(field.name for field in template.fields), holds)

    return compile_


def _text(argument: object, test: str) -> str:
    if not isinstance(argument, str):
        raise SyntaxProblem(f"'{test}' wants texts, not {argument!r}")
    return argument


def _balanced(argument: object, captures: Collection[str]) -> Constraint:
    names = _names(argument, captures, "balanced")

    def holds(match: Match, tokens: Tokens) -> bool:
        return all(
            Balance.of(tokens.kinds[first:last]).unpaired == 0
            for name in names
            for first, last in match.spans.get(name, ())
        )

    return Constraint("balanced", frozenset(names), holds)


def _count(argument: object, captures: Collection[str]) -> Constraint:
    if not isinstance(argument, dict) or not {"of"} < set(argument) <= {"of", "min", "max"}:
        raise SyntaxProblem("'count' wants {of: CAPTURE, min: N, max: N}, min or max or both")
    (name,) = _names(argument["of"], captures, "count")
    low, high = argument.get("min", 0), argument.get("max", float("inf"))
    if not all(isinstance(limit, int | float) for limit in (low, high)):
        raise SyntaxProblem("'count' wants whole numbers for min and max")

    def holds(match: Match, tokens: Tokens) -> bool:
        return bool(low <= len(match.values.get(name, ())) <= high)

    return Constraint("count", frozenset({name}), holds)


def _balances(argument: object, captures: Collection[str]) -> Constraint:
    if argument is not True:
        raise SyntaxProblem("'balances' wants true")

    def holds(match: Match, tokens: Tokens, around: Surroundings) -> bool:
        now = around.before + around.now + around.after
        return (around.before + around.then + around.after).unpaired < now.unpaired

    return Constraint("balances", frozenset(), among=holds)


def _undefined(argument: object, captures: Collection[str]) -> Constraint:
    names = _names(argument, captures, "undefined")

    def holds(match: Match, tokens: Tokens) -> bool:
        return not tokens.defined or all(
            normalized(value.text) not in tokens.defined
            for name in names
            for value in match.values.get(name, ())
        )

    return Constraint("undefined", frozenset(names), holds)


_SQUEEZED = regex.compile(r"[\W_]+")
_SCHEME = regex.compile(r"^[a-z][a-z0-9+.-]*://(?:www\.)?|\.(?:md|html?|php|com|org|net)\b")
_SHORTEST = 4


def _alike(argument: object, captures: Collection[str]) -> Constraint:
    if not isinstance(argument, list) or len(argument) != 2:
        raise SyntaxProblem("'alike' wants a list of two templates: a label and an address")
    label, address = (compile_template(_text(source, "alike"), captures) for source in argument)

    def holds(match: Match, tokens: Tokens) -> bool:
        words = _SQUEEZED.sub("", unquote(label.render(match.values)).casefold())
        path = unquote(address.render(match.values)).casefold()
        if len(words) >= _SHORTEST and words in _SQUEEZED.sub("", path):
            return True
        parts = (_SQUEEZED.sub("", part) for part in _SCHEME.sub("/", path).split("/"))
        return any(len(part) >= _SHORTEST and part in words for part in parts)

    named = frozenset(field.name for field in (*label.fields, *address.fields))
    return Constraint("alike", named, holds)


def _lone(test: str, brackets: Collection[str]) -> Compile:
    def compile_(argument: object, captures: Collection[str]) -> Constraint:
        (name,) = _names(argument, captures, test)

        def holds(match: Match, tokens: Tokens, around: Surroundings) -> bool:
            places = match.spans.get(name, ())
            kinds = {tokens.kinds[first:last] for first, last in places}
            if not kinds <= set(brackets):
                return False
            if test == "unclosed":
                return all(not around.after.closers(kind) for kind in kinds)
            return all(around.before.openers(k) <= around.after.closers(k) for k in kinds)

        return Constraint(test, frozenset({name}), among=holds)

    return compile_


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
        "within each capture every bracket and parenthesis has its partner", _NAMES, _balanced
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
    "undefined": Entry(
        "the page defines no such label, so that `[label]` alone is no link", _NAMES, _undefined
    ),
    "alike": Entry(
        "a label and an address say the same: one holds the letters of the other", _PAIR, _alike
    ),
    "balances": Entry(
        "the repair leaves fewer brackets of the paragraph without a partner",
        {"const": True},
        _balances,
    ),
    "unclosed": Entry(
        "the captured opening bracket has no closer after the match",
        _NAME,
        _lone("unclosed", tuple(PAIRS)),
    ),
    "unopened": Entry(
        "no open bracket before the match needs the captured closing one",
        _NAME,
        _lone("unopened", tuple(CLOSERS)),
    ),
}
"""Everything that may stand behind `where`."""
