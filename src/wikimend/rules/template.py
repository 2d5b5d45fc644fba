"""Templates: what a repair writes, from the captures of a match.

`[{label|squash}]({dir}{slug})` writes captures by name, each through any number of filters; `{{`
and `}}` are literal braces. A template is rendered once and what it gives is never scanned again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from urllib.parse import unquote

from wikimend.rules.problem import SyntaxProblem, guess
from wikimend.rules.value import Value, Values

_FIELD = re.compile(
    r"(?P<text>(?:[^{}]|\{\{|\}\})+)"
    r"|\{(?P<name>[a-z][a-z0-9_]*)(?P<filters>(?:\|[a-z]+(?::[^|{}]*)?)*)\}"
)
_SPACE = re.compile(r"\s+")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2060-\u2064\ufeff]")
_NOT_IN_ANCHOR = re.compile(r"[^\w\- ]")
_DESTINATION_EDGE = re.compile(r"(\]\(|\))")
SCHEME = re.compile(r"(?:\A|\()(https?:(?://)?|mailto:|ftp://)\Z")
"""The scheme of an address that goes on behind it."""
_HEX_PAIRS = re.compile(r"(?:[0-9a-fA-F]{2}){2,}")


@dataclass(frozen=True, slots=True)
class Filter:
    """One thing that a template can do to the values of a capture."""

    about: str
    """What it does, for the reference."""
    call: Callable[[Values, str], Values]
    """From the values of all repeats and the text after the colon to the values written."""
    argument: bool = False
    """Whether it takes a text after a colon."""
    decodes: bool = False
    """Whether what it gives says the same in other letters, so that no word is looked for."""


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
    "unescape": Filter(
        "backslashes before punctuation go", _each(lambda text, _: _ESCAPE.sub(r"\1", text))
    ),
    "entities": Filter(
        "HTML character references become what they stand for, once",
        _each(lambda text, _: unescape(text)),
    ),
    "despace": Filter("white space goes", _each(lambda text, _: _SPACE.sub("", text))),
    "visible": Filter(
        "characters that nobody sees go; joiners, which scripts need, stay",
        _each(lambda text, _: _INVISIBLE.sub("", text)),
    ),
    "anchor": Filter(
        "the anchor that GitHub gives a heading of this text",
        _each(lambda text, _: _NOT_IN_ANCHOR.sub("", unquote(text)).lower().replace(" ", "-")),
    ),
    "cfemail": Filter(
        "the e-mail address that Cloudflare hid as hexadecimal digits",
        _each(lambda text, _: _email(text)),
        decodes=True,
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

    @property
    def decoded(self) -> bool:
        """Whether it writes in other letters what the capture says."""
        return any(FILTERS[name].decodes for name, _ in self.filters)

    def render(self, values: Mapping[str, Values]) -> str:
        """Return the text for a match; a capture that took no part writes nothing."""
        found = values.get(self.name, ())
        for name, argument in self.filters:
            found = FILTERS[name].call(found, argument)
        return found[0].text if found else ""


@dataclass(frozen=True)
class Template:
    """A template that was checked."""

    source: str
    """The template as written."""
    pieces: tuple[str | Field, ...]
    """Literal texts and captures, in order."""

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The captures that it writes."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Field))

    @cached_property
    def names(self) -> frozenset[str]:
        """Their names."""
        return frozenset(field.name for field in self.fields)

    @cached_property
    def decoded(self) -> tuple[Field, ...]:
        """Those of them that are written in other letters."""
        return tuple(field for field in self.fields if field.decoded)

    @cached_property
    def links(self) -> int:
        """How many inline links it writes."""
        return sum(piece.count("](") for piece in self.pieces if isinstance(piece, str))

    @cached_property
    def schemes(self) -> tuple[str, ...]:
        """The schemes that it writes by itself before what a capture says."""
        found = (SCHEME.search(piece) for piece in self.pieces if isinstance(piece, str))
        return tuple(scheme[1] for scheme in found if scheme)

    @cached_property
    def angled(self) -> bool:
        """Whether it writes an address in angle brackets."""
        return any(isinstance(piece, str) and piece.endswith("<") for piece in self.pieces)

    def render(self, values: Mapping[str, Values]) -> str:
        """Return the text for a match; a capture that took no part writes nothing."""
        return "".join(
            [piece if isinstance(piece, str) else piece.render(values) for piece in self.pieces]
        )

    @cached_property
    def split(self) -> tuple[tuple[str | Field, ...], tuple[str | Field, ...]]:
        """The pieces outside the destinations of its links, and those inside."""
        outside: list[str | Field] = []
        inside: list[str | Field] = []
        within = False
        for piece in self.pieces:
            if isinstance(piece, Field):
                (inside if within else outside).append(piece)
                continue
            for text in _DESTINATION_EDGE.split(piece):
                within = text == "](" or (within and text != ")")
                (inside if within and text != "](" else outside).append(text)
        return tuple(outside), tuple(inside)


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


def _email(digits: str) -> str:
    """Return what Cloudflare hid: the first byte is the key of all others (XOR)."""
    if not _HEX_PAIRS.fullmatch(digits):
        return digits
    key, *rest = bytes.fromhex(digits)
    return bytes(byte ^ key for byte in rest).decode("utf-8", "replace")
