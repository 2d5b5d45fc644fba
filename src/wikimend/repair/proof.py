"""The proof that a repair loses nothing, touches no code and makes just the links it declares."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from wikimend.repair.candidate import Candidate
from wikimend.text.blocks import BlockKind, scan
from wikimend.text.definitions import definition_lines
from wikimend.text.edit import Origin
from wikimend.text.page import Dialect
from wikimend.text.tokens import OPAQUE, Tokens

_WORD = re.compile(r"\w+")
_WORD_BEFORE = re.compile(r"\w*\Z")
_LONGEST_WORD = 200
_BRACKET = re.compile(r"\[|\]\(D|\]")


def conserves(repair: Candidate, tokens: Tokens) -> bool:
    """Return whether the words of the stretch and its neighbours are the same after `repair`.

    Repeats that a rule found equal may become one; markers and declared drops may go; no word may
    be lost, come from nowhere, or be glued to another.
    """
    gone = {
        index
        for drop in repair.rule.drop
        for first, last in repair.match.spans.get(drop.capture, ())
        for index in range(first, last)
    }
    markers = repair.rule.match.markers if repair.rule.match else frozenset()
    kept = "".join(
        " " if index in gone or tokens.kinds[index] in markers else tokens.slice(index, index + 1)
        for index in range(repair.match.first, repair.match.last)
    )
    text = tokens.text
    left = _WORD_BEFORE.search(text, max(0, repair.start - _LONGEST_WORD), repair.start)
    right = _WORD.match(text, repair.end)
    edges = (left.group() if left else "", right.group() if right else "")
    before = _words(edges[0] + kept + edges[1])
    after = _words(edges[0] + (repair.replacement or "") + edges[1])
    return before.keys() == after.keys() and after <= before


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(unquote(text)))


def holds(
    repairs: Sequence[Candidate], before: Tokens, after: Tokens, origin: Origin, dialect: Dialect
) -> bool:
    """Return whether the leaf `after` the repairs is, outside of them, what it was `before`.

    Code, math, templates and tags are the same, byte for byte. The links outside the repairs are
    the same; inside there are as many as the rules declare. The leaf is still one block of its
    kind: no repair has made a heading, a list, a fence or a definition.
    """
    if _texts(before, OPAQUE) != _texts(after, OPAQUE):
        return False
    stretches = [(repair.start, repair.end) for repair in repairs]
    places = [origin.span(*link.destination) for link in _links(after)]
    outside, made = _sort_out(places, stretches)
    declared = [repair.rule.rewrite.links if repair.rule.rewrite else 0 for repair in repairs]
    return (
        made == declared
        and _outside(before, stretches, whole=True) <= set(outside)
        and _outside(before, stretches, whole=False) >= set(outside)
        and _frame(before.text, dialect) == _frame(after.text, dialect)
    )


def _texts(tokens: Tokens, kinds: frozenset[str]) -> list[str]:
    return [tokens.slice(i, i + 1) for i, kind in enumerate(tokens.kinds) if kind in kinds]


@dataclass(frozen=True, slots=True)
class _Link:
    """A sound link of a leaf."""

    start: int
    """Offset of its bracket."""
    destination: tuple[int, int]
    """Where its destination stands."""


def _links(tokens: Tokens) -> Iterator[_Link]:
    opened: list[int] = []
    for found in _BRACKET.finditer(tokens.kinds):
        index = found.start()
        if found.group() == "[":
            opened.append(tokens.starts[index])
            continue
        start = opened.pop() if opened else 0
        if found.group() == "](D":
            yield _Link(start, (tokens.starts[index + 2], tokens.starts[index + 3]))


def _outside(
    tokens: Tokens, stretches: list[tuple[int, int]], *, whole: bool
) -> set[tuple[int, int]]:
    """Return the destinations outside all stretches; with `whole` of links all outside them.

    A link that begins in a wreck began at the wrong bracket and may go with it.
    """
    links = list(_links(tokens))
    outside, _ = _sort_out([link.destination for link in links], stretches)
    if not whole:
        return set(outside)
    starts = sorted((link.start, link.start + 1) for link in links)
    kept = set(_sort_out(starts, stretches)[0])
    return set(outside) & {
        link.destination for link in links if (link.start, link.start + 1) in kept
    }


def _sort_out(
    places: list[tuple[int, int]], stretches: list[tuple[int, int]]
) -> tuple[list[tuple[int, int]], list[int]]:
    """Return the places outside all stretches, and how many there are in each stretch."""
    outside = []
    inside = [0] * len(stretches)
    index = 0
    for start, end in places:
        while index < len(stretches) and stretches[index][1] <= start:
            index += 1
        if index < len(stretches) and stretches[index][0] < end:
            inside[index] += 1
        else:
            outside.append((start, end))
    return outside, inside


def _frame(text: str, dialect: Dialect) -> tuple[list[BlockKind], str]:
    """Return the kinds of a leaf's blocks, were it a page, and what stands outside of them.

    Link reference definitions stand outside, as do the marks of lists and quotes.
    """
    kinds: list[BlockKind] = []
    marks: list[str] = []
    done = 0
    for block in scan(text, dialect):
        kinds.append(block.kind)
        defined = definition_lines(block.text(text)) if block.kind == "paragraph" else 0
        for start, end in block.spans[defined:]:
            marks += text[done:start].split()
            done = end
    return kinds, "".join((*marks, *text[done:].split()))
