"""Patterns: regular expressions over the kinds of a leaf's tokens, matched outward from an anchor.

The kinds string has one character a token, so that the `regex` package does the searching. Where
a pattern asks for the text of a token (`TEXT~/[0-9]+/`), the tokens of that kind get, for this
pattern, a character for each set of answers, and the search backtracks over them like any other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import islice

import regex

from wikimend.rules.alphabet import choices, kind_of
from wikimend.rules.anchor import find_anchor
from wikimend.rules.expression import MAX_PREDICATES, Expressions
from wikimend.rules.problem import SyntaxProblem
from wikimend.rules.syntax import Group, Kind, Node, Repeat, leaves, parse
from wikimend.rules.value import Value, Values
from wikimend.rules.vocabulary import Vocabulary
from wikimend.text import limits
from wikimend.text.belted import belted
from wikimend.text.tokens import KINDS, Tokens

Spans = tuple[tuple[int, int], ...]
Parts = dict[str, tuple[str, tuple[str, ...]]]

TAKEN = "\0"
"""Stands for the kind of a token that no match may hold; no kind is written so."""

_TAGS = ("HTML", "AUTOLINK")
"""Opaque kinds that a rule may change when its pattern names them, not only a set with them."""

_TOKENS_A_BELT = 1_000_000
"""How many tokens a scan may look at before it is given more time: no result is the clock's."""


class Match:
    """A stretch of tokens that looks like a rule's damage."""

    __slots__ = ("_parts", "_tokens", "_values", "first", "last", "spans")

    def __init__(
        self, first: int, last: int, spans: dict[str, Spans], tokens: Tokens, parts: Parts
    ) -> None:
        self.first = first
        """Index of its first token."""
        self.last = last
        """Index after its last token."""
        self.spans = spans
        """For each capture the tokens (first, after last) of all its repeats, in order."""
        self._tokens = tokens
        self._parts = parts
        self._values: dict[str, Values] | None = None

    @property
    def values(self) -> Mapping[str, Values]:
        """For each capture, and each named part of a text pattern, the text of all its repeats.

        Made when first asked for: most matches lose their stretch to another rule before that.
        """
        if self._values is None:
            self._values = {
                name: tuple(Value.of(self._tokens, *place) for place in places)
                for name, places in self.spans.items()
            }
            for name, (predicate, _) in self._parts.items():
                for value in self._values.get(name, ()):
                    for part, text in _take_apart(predicate, value.text):
                        self._values[part] = (*self._values.get(part, ()), Value(text))
        return self._values

    def without(self, names: Collection[str]) -> Iterator[tuple[int, str]]:
        """Yield the tokens of which some named part is among `names`, and what is left of each."""
        for capture, (predicate, parts) in self._parts.items():
            if set(parts).isdisjoint(names):
                continue
            for first, last in self.spans.get(capture, ()):
                text = self._tokens.slice(first, last)
                found = belted(predicate).fullmatch(text)
                if found is None:
                    continue
                for part in parts:
                    start, end = found.span(part) if part in names else (0, 0)
                    text = text[:start] + " " * (end - start) + text[end:]
                yield first, text


class Pattern:
    """A pattern that was checked; its regular expressions are compiled when first needed."""

    __slots__ = ("_expressions", "_predicates", "_vocabulary", "anchor", "captures",
                 "literals", "markers", "parts", "repeated", "required", "source",
                 "touched", "tree")  # fmt: skip

    def __init__(self, source: str, vocabulary: Vocabulary) -> None:
        self.source = source
        self._vocabulary = vocabulary
        self.tree = parse(source)
        self._predicates = _predicates(self.tree, vocabulary)
        self.parts = _parts(self.tree)
        self.captures, self.repeated = _captures(self.tree)
        self.captures |= {name for _, names in self.parts.values() for name in names}
        self.anchor = find_anchor(self.tree, vocabulary)
        self.literals = self.anchor.literals
        self.required = self.anchor.required
        self.markers = frozenset(
            kind_of(name, vocabulary)
            for name, token in vocabulary.tokens.items()
            if token.role == "marker"
        )
        self.touched = "".join(
            {KINDS[item.source] for item in leaves(self.tree) if item.source in _TAGS}
        )
        self._expressions: Expressions | None = None

    def matches(self, tokens: Tokens, free: str | None = None) -> list[Match]:
        """Return the matches in `tokens` from left to right, at most one an anchor.

        `free` are the kinds of the tokens, TAKEN for those that a match may look at but not hold.
        Raises Crowded where more than `limits.MATCHES` anchors begin one, TimeoutError when a
        single match takes longer than `limits.TIMEOUT`.
        """
        expressions = self._expressions
        if expressions is None:
            expressions = Expressions(self.anchor, self._vocabulary, self._predicates)
            self._expressions = expressions
        free = tokens.kinds if free is None else free
        if not expressions.anchored(free):
            return []
        belt = limits.TIMEOUT * (1 + len(tokens.kinds) / _TOKENS_A_BELT)
        if not expressions.loose.search(tokens.kinds, belt):
            return []
        kinds = expressions.refine(tokens)
        mirrored = kinds[::-1] if self.anchor.before else ""
        size = len(kinds)
        # One scan finds all matches from the anchors on; asking at each anchor costs far more,
        # since most of them begin none. All at once, for the clock of the scan runs on.
        scan = list(islice(expressions.after.overlapping(kinds, belt), limits.MATCHES + 1))
        if len(scan) > limits.MATCHES:
            raise limits.Crowded
        found = []
        for after in scan:
            first, last = after.span()
            if TAKEN in free[first:last]:
                continue
            spans: dict[str, Spans] = {}
            if self.anchor.before:
                place = first
                before = expressions.before.match(mirrored, size - place)
                if before is None:
                    continue
                first = size - before.end()
                if TAKEN in free[first:place]:
                    continue
                for name, places in _spans(before):
                    spans[name] = tuple((size - b, size - a) for a, b in reversed(places))
            for name, places in _spans(after):
                spans[name] = spans.get(name, ()) + tuple(places)
            found.append(Match(first, last, spans, tokens, self.parts))
        return found


def compile_pattern(source: str, vocabulary: Vocabulary) -> Pattern:
    """Return the pattern written as `source`; raises SyntaxProblem with the offset in it."""
    return Pattern(source, vocabulary)


def _predicates(tree: Group, vocabulary: Vocabulary) -> dict[str, list[str]]:
    """Return the text patterns of each kind; raises SyntaxProblem for unknown names."""
    found: dict[str, list[str]] = {}
    for item in leaves(tree, looks=True):
        for choice in choices(item, vocabulary):
            if choice.predicate is not None:
                known = found.setdefault(choice.kind, [])
                if choice.predicate not in known:
                    known.append(choice.predicate)
                if len(known) > MAX_PREDICATES:
                    raise SyntaxProblem(
                        f"more than {MAX_PREDICATES} text patterns for one kind", item.offset
                    )
    return found


def _parts(tree: Group) -> Parts:
    """Return for each capture with a text pattern of named parts that pattern and the names."""
    return {
        item.capture: (item.predicate, names)
        for item in leaves(tree)
        if item.capture and item.predicate
        if (names := belted(item.predicate).names)
    }


def _captures(tree: Group) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names of all captures, and of those that may repeat."""
    names: set[str] = set()
    repeated: set[str] = set()

    def walk(node: Node, inside_repeat: bool) -> None:
        if isinstance(node, Repeat):
            walk(node.node, inside_repeat or node.quantifier[0] != "?")
            return
        if isinstance(node, Kind | Group) and node.capture:
            names.add(node.capture)
            if inside_repeat:
                repeated.add(node.capture)
        if isinstance(node, Group):
            for branch in node.branches:
                for part in branch:
                    walk(part, inside_repeat)

    walk(tree, False)
    return frozenset(names), frozenset(repeated)


def _spans(found: regex.Match[str]) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    for name in found.re.groupindex:
        places = found.spans(name)
        if places:
            yield name, places


def _take_apart(predicate: str, text: str) -> Iterator[tuple[str, str]]:
    found = belted(predicate).fullmatch(text)
    if found:
        yield from ((name, value or "") for name, value in found.groupdict().items())
