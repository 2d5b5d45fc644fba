"""The syntax of patterns: a regular expression over tokens, parsed into a small tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from wikimend.rules.problem import SyntaxProblem
from wikimend.text.tokens import PUNCTUATION


@dataclass(frozen=True, slots=True)
class Kind:
    """One token: a kind, a set of kinds or a quoted literal, perhaps with a text pattern."""

    source: str
    """`TEXT`, `PROSE` or `'['`, as written."""
    predicate: str | None
    """A regular expression that the token's whole text must match; None for any text."""
    offset: int
    """Where it stands in the pattern."""
    capture: str | None = None
    """The name that it is captured under."""


@dataclass(frozen=True, slots=True)
class Edge:
    """The start or the end of the leaf."""

    which: Literal["START", "END"]
    """Which of the two."""


@dataclass(frozen=True, slots=True)
class Group:
    """Alternatives, each a sequence; a pattern as a whole is one too."""

    branches: tuple[tuple[Node, ...], ...]
    """The alternatives, tried in order."""
    capture: str | None = None
    """The name that it is captured under."""
    look: str = ""
    """`?=`, `?!`, `?<=` or `?<!` for a look-around; empty otherwise."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """A node with a quantifier."""

    node: Node
    """What is repeated."""
    quantifier: str
    """The quantifier as written, such as `+`, `*?` or `{2,4}`."""

    @property
    def unbounded(self) -> bool:
        """Whether it may match any number of times."""
        return self.quantifier[0] in "*+" or re.match(r"\{\d*,\}", self.quantifier) is not None


Node = Kind | Edge | Group | Repeat

_LEXEME = re.compile(
    r"""\s*(?:
      (?P<capture>[a-z][a-z0-9_]*):
    | (?P<edge>START|END)\b
    | (?P<kind>[A-Z][A-Z0-9_]*|'(?:[^'\\]|\\.)+')(?:~/(?P<text>(?:[^/\\]|\\.)*)/)?
    | (?P<open>\((?:\?(?:<?[=!]))?)
    | (?P<close>\))
    | (?P<or>\|)
    | (?P<quantifier>(?:[?*+]|\{\d*(?:,\d*)?\})[+?]?)
    | (?P<end>\Z)
    )""",
    re.VERBOSE,
)


def parse(source: str) -> Group:
    """Return the tree of a pattern; raises SyntaxProblem with an offset in `source`."""
    parser = _Parser(source)
    tree = parser.group(0)
    if parser.lexeme.lastgroup == "close":
        raise SyntaxProblem("a ')' without its '('", parser.offset)
    if not any(tree.branches):
        raise SyntaxProblem("the pattern is empty", 0)
    return tree


def leaves(node: Node, *, looks: bool = False) -> Iterator[Kind]:
    """Yield the tokens that a match of `node` consumes, in order; with `looks` all it reads."""
    match node:
        case Kind():
            yield node
        case Repeat():
            yield from leaves(node.node, looks=looks)
        case Group(branches=branches, look=look) if looks or not look:
            for branch in branches:
                for part in branch:
                    yield from leaves(part, looks=looks)


def _kind(source: str, predicate: str | None, offset: int, capture: str | None) -> Kind | Group:
    signs = source[1:-1]
    if not source.startswith("'") or len(signs) == 1 or not set(signs) <= set(PUNCTUATION):
        return Kind(source, predicate, offset, capture)
    if predicate is not None:
        raise SyntaxProblem(f"{source} is several tokens and takes no text pattern", offset)
    parts = (Kind(f"'{sign}'", None, offset + 1 + i) for i, sign in enumerate(signs))
    return Group((tuple(parts),), capture)


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.end = 0
        self.advance()

    @property
    def offset(self) -> int:
        return self.lexeme.start() + len(self.lexeme.group()) - len(self.lexeme.group().lstrip())

    def advance(self) -> None:
        lexeme = _LEXEME.match(self.source, self.end)
        if lexeme is None:
            at = self.end + len(self.source[self.end :]) - len(self.source[self.end :].lstrip())
            raise SyntaxProblem(f"nothing in a pattern begins with {self.source[at]!r}", at)
        self.lexeme = lexeme
        self.end = lexeme.end()

    def group(self, opened: int) -> Group:
        branches: list[tuple[Node, ...]] = []
        sequence: list[Node] = []
        while True:
            match self.lexeme.lastgroup:
                case "or":
                    branches.append(tuple(sequence))
                    sequence = []
                    self.advance()
                case "close" | "end":
                    return Group((*branches, tuple(sequence)))
                case "quantifier":
                    raise SyntaxProblem("a quantifier with nothing before it", self.offset)
                case _:
                    sequence.append(self.quantified())

    def quantified(self) -> Node:
        node = self.atom()
        if self.lexeme.lastgroup == "quantifier":
            quantifier = self.lexeme["quantifier"]
            if isinstance(node, Edge) or (isinstance(node, Group) and node.look):
                raise SyntaxProblem("a look-around or an edge cannot repeat", self.offset)
            single = isinstance(node, Kind) and quantifier.startswith("?")
            if isinstance(node, Kind | Group) and node.capture and not single:
                # `label:PROSE+` is one capture of the whole run, as a reader expects
                bare = replace(node, capture=None)
                node = Group(((Repeat(bare, quantifier),),), node.capture)
            else:
                node = Repeat(node, quantifier)
            self.advance()
        return node

    def atom(self) -> Node:
        lexeme, offset = self.lexeme, self.offset
        capture = lexeme["capture"]
        if capture:
            self.advance()
            lexeme = self.lexeme
            if lexeme.lastgroup not in ("kind", "text", "open") or lexeme["open"] not in (
                None,
                "(",
            ):
                raise SyntaxProblem(f"nothing to capture after '{capture}:'", offset)
        if lexeme["edge"]:
            self.advance()
            return Edge("START" if lexeme["edge"] == "START" else "END")
        if lexeme["kind"]:
            node = _kind(lexeme["kind"], lexeme["text"], self.offset, capture)
            self.advance()
            return node
        opened = self.offset
        self.advance()
        group = self.group(opened)
        if self.lexeme.lastgroup != "close":
            raise SyntaxProblem("a '(' without its ')'", opened)
        self.advance()
        return replace(group, capture=capture, look=lexeme["open"][1:])
