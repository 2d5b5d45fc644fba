"""A constraint as a record: one test that a rule puts behind `where`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from wikimend.rules.pattern import Match
from wikimend.rules.problem import SyntaxProblem, guess
from wikimend.text.brackets import Balance
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


def capture_names(argument: object, captures: Collection[str], test: str) -> tuple[str, ...]:
    """Return the captures that an argument names; raises SyntaxProblem for unknown ones."""
    names = [argument] if isinstance(argument, str) else argument
    if not isinstance(names, list) or not names or not all(isinstance(n, str) for n in names):
        raise SyntaxProblem(f"'{test}' wants the name of a capture, or a list of them")
    for name in names:
        if name not in captures:
            raise SyntaxProblem(f"the pattern captures no '{name}'{guess(name, captures)}")
    return tuple(names)
