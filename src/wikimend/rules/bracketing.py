"""The tests behind `where` that count brackets."""

from __future__ import annotations

from collections.abc import Collection

from wikimend.rules.constraint import Compile, Constraint, Surroundings, capture_names
from wikimend.rules.pattern import Match
from wikimend.rules.problem import SyntaxProblem
from wikimend.text.brackets import Balance
from wikimend.text.tokens import Tokens


def balanced(argument: object, captures: Collection[str]) -> Constraint:
    """Return the test that each capture is balanced in itself."""
    names = capture_names(argument, captures, "balanced")

    def holds(match: Match, tokens: Tokens) -> bool:
        return all(
            Balance.of(tokens.kinds[first:last]).unpaired == 0
            for name in names
            for first, last in match.spans.get(name, ())
        )

    return Constraint("balanced", frozenset(names), holds)


def balances(argument: object, captures: Collection[str]) -> Constraint:
    """Return the test that the repair leaves fewer brackets without a partner."""
    if argument is not True:
        raise SyntaxProblem("'balances' wants true")

    def holds(match: Match, tokens: Tokens, around: Surroundings) -> bool:
        now = around.before + around.now + around.after
        return (around.before + around.then + around.after).unpaired < now.unpaired

    return Constraint("balances", frozenset(), among=holds)


def lone(test: str, brackets: Collection[str]) -> Compile:
    """Return what compiles `test`: whether one of `brackets` lacks its partner around a match."""

    def compile_(argument: object, captures: Collection[str]) -> Constraint:
        names = capture_names(argument, captures, test)

        def holds(match: Match, tokens: Tokens, around: Surroundings) -> bool:
            places = (place for name in names for place in match.spans.get(name, ()))
            kinds = {tokens.kinds[first:last] for first, last in places if last > first}
            if not kinds <= set(brackets):
                return False
            before, after = around.before, around.after
            if test == "unclosed":
                return all(not after.closers(kind) for kind in kinds)
            if test == "forsaken":
                return all(after.closers(kind) <= before.openers(kind) for kind in kinds)
            return all(before.openers(kind) <= after.closers(kind) for kind in kinds)

        return Constraint(test, frozenset(names), among=holds)

    return compile_
