"""Templates: what a repair writes, from the captures of a match.

`[{label|squash}]({dir}{slug})` writes captures by name, each through any number of filters; `{{`
and `}}` are literal braces. A template is rendered once and what it gives is never scanned again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from wikimend.rules.problem import SyntaxProblem, guess
from wikimend.rules.value import Value, Values

_FIELD = re.compile(
    r"(?P<text>(?:[^{}]|\{\{|\}\})+)"
    r"|\{(?P<name>[a-z][a-z0-9_]*)(?P<filters>(?:\|[a-z]+(?::[^|{}]*)?)*)\}"
)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Filter:
    """One thing that a template can do to the values of a capture."""

    about: str
    """What it does, for the reference."""
    call: Callable[[Values, str], Values]
    """From the values of all repeats and the text after the colon to the values written."""
    argument: bool = False
    """Whether it takes a text after a colon."""


def _each(change: Callable[[str, str], str]) -> Callable[[Values, str], Values]:
    return lambda values, argument: tuple(
        value.change(lambda text: change(text, argument)) for value in values
    )


FILTERS: Mapping[str, Filter] = {
    "squash": Filter(
        "white space and line ends become single spaces, those at the edges go; code stays",
        lambda values, _: tuple(
            value.change(lambda text: _SPACE.sub(" ", text)).strip() for value in values
        ),
    ),
    "strip": Filter(
        "the characters after the colon (white space without one) go from both edges",
        lambda values, chars: tuple(value.strip(chars or None) for value in values),
        argument=True,
    ),
    "lower": Filter("lower case", _each(lambda text, _: text.lower())),
    "decode": Filter(
        "percent-escapes become what they stand for", _each(lambda text, _: unquote(text))
    ),
    "join": Filter(
        "all repeats of a capture, with the text after the colon between them",
        lambda values, separator: (Value.joined(values, separator),) if values else (),
        argument=True,
    ),
}
"""Everything that may stand behind a `|` in a template."""


@dataclass(frozen=True, slots=True)
class Field:
    """A capture in a template, with its filters."""

    name: str
    """The capture."""
    filters: tuple[tuple[str, str], ...]
    """Names of filters, each with its argument."""

    @property
    def joined(self) -> bool:
        """Whether all repeats of the capture are written, not only the first."""
        return any(name == "join" for name, _ in self.filters)


@dataclass(frozen=True, slots=True)
class Template:
    """A template that was checked."""

    source: str
    """The template as written."""
    pieces: tuple[str | Field, ...]
    """Literal texts and captures, in order."""

    @property
    def fields(self) -> tuple[Field, ...]:
        """The captures that it writes."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Field))

    @property
    def links(self) -> int:
        """How many inline links it writes."""
        return sum(piece.count("](") for piece in self.pieces if isinstance(piece, str))

    def render(self, values: Mapping[str, Values]) -> str:
        """Return the text for a match; a capture that took no part writes nothing."""
        return "".join(
            piece if isinstance(piece, str) else _render(piece, values.get(piece.name, ()))
            for piece in self.pieces
        )


def compile_template(source: str, captures: Collection[str]) -> Template:
    """Return the template written as `source`.

    Raises SyntaxProblem for a brace out of place, an unknown capture or an unknown filter.
    """
    pieces: list[str | Field] = []
    position = 0
    while position < len(source):
        found = _FIELD.match(source, position)
        if not found:
            raise SyntaxProblem("'{' begins no {capture|filter}; write '{{' for a brace", position)
        if found["text"] is not None:
            pieces.append(found["text"].replace("{{", "{").replace("}}", "}"))
        else:
            pieces.append(_field(found, captures))
        position = found.end()
    return Template(source, tuple(pieces))


def _field(found: re.Match[str], captures: Collection[str]) -> Field:
    name = found["name"]
    if name not in captures:
        raise SyntaxProblem(
            f"the pattern captures no '{name}'{guess(name, captures)}", found.start("name")
        )
    filters: list[tuple[str, str]] = []
    offset = found.start("filters")
    for part in found["filters"].split("|")[1:]:
        word, colon, argument = part.partition(":")
        if word not in FILTERS:
            raise SyntaxProblem(f"no filter is called '{word}'{guess(word, FILTERS)}", offset + 1)
        if colon and not FILTERS[word].argument:
            raise SyntaxProblem(f"the filter '{word}' takes nothing after a colon", offset + 1)
        filters.append((word, argument))
        offset += len(part) + 1
    return Field(name, tuple(filters))


def _render(field: Field, values: Values) -> str:
    for name, argument in field.filters:
        values = FILTERS[name].call(values, argument)
    return values[0].text if values else ""
