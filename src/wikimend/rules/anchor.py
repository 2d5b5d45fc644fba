"""Anchors: the tokens that every match of a pattern holds, and from which it is sought.

A damaged chain of a megabyte that never ends would take quadratic time if each `[` could begin a
match. A match is therefore sought outward from its rarest mandatory tokens, and a repeat without
a limit may not run across them, so that all matches of a leaf together look at it once.
"""

from __future__ import annotations

from dataclasses import dataclass

from wikimend.rules.alphabet import choices
from wikimend.rules.problem import SyntaxProblem
from wikimend.rules.syntax import Group, Kind, Node, Repeat, leaves
from wikimend.rules.vocabulary import Vocabulary
from wikimend.text.tokens import FIRST_ADDED, PUNCTUATION

_RARITY = {"T": 0, "N": 1, "[": 2, "]": 2, "(": 2, ")": 2, "<": 3, ">": 3, "!": 4, "U": 8, "D": 6}
_RARITY_OF_OTHERS = 5
_RARITY_OF_ADDED = 50


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a pattern is cut in two: the anchor and all after it, and all before it."""

    before: tuple[Node, ...]
    """The nodes before the anchor, in the order of the pattern."""
    after: tuple[Node, ...]
    """The anchor itself and the nodes after it."""
    kinds: tuple[frozenset[str], ...]
    """The kinds that each token of the anchor may have."""
    required: frozenset[str]
    """Kinds that every match holds."""
    literals: tuple[str, ...] | None
    """Strings, one of which stands in every text with a match; None when none can be told."""


def find_anchor(tree: Group, vocabulary: Vocabulary) -> Anchor:
    """Return the anchor of a pattern; raises SyntaxProblem when it has none to offer."""
    nodes = _flat(tree)
    allowed = [_kinds(node, vocabulary) for node in nodes]
    best, weight = range(0), 0
    start = 0
    while start < len(nodes):
        stop = start
        while stop < len(nodes) and _rarity(allowed[stop]):
            stop += 1
        added = [i for i in range(start, stop) if _rarity(allowed[i]) == _RARITY_OF_ADDED]
        run = range(added[0], added[0] + 1) if added else range(start, stop)
        if sum(_rarity(allowed[i]) for i in run) > weight:
            best, weight = run, sum(_rarity(allowed[i]) for i in run)
        start = stop + 1
    if not best:
        raise SyntaxProblem("no token that every match must contain; add one outside groups", 0)
    kinds = tuple(allowed[i] for i in best)
    for node in nodes:
        _check_linear(node, kinds, vocabulary)
    cut = best.start
    while cut and isinstance(look := nodes[cut - 1], Group) and look.look in ("?=", "?!"):
        cut -= 1
    required = frozenset(min(found) for found in allowed if len(found) == 1)
    return Anchor(nodes[:cut], nodes[cut:], kinds, required, _literals(kinds, vocabulary))


def _flat(tree: Group) -> tuple[Node, ...]:
    """Return the nodes of a sequence, those of plain groups inside it included."""
    if len(tree.branches) > 1:
        return (tree,)
    nodes: list[Node] = []
    for node in tree.branches[0]:
        plain = isinstance(node, Group) and not node.capture and not node.look
        nodes += _flat(node) if plain and isinstance(node, Group) else (node,)
    return tuple(nodes)


def _kinds(node: Node, vocabulary: Vocabulary) -> frozenset[str]:
    """Return the kinds that one mandatory token may have; none for anything else."""
    if not isinstance(node, Kind):
        return frozenset()
    return frozenset(choice.kind for choice in choices(node, vocabulary))


def _rarity(kinds: frozenset[str]) -> int:
    if not kinds:
        return 0
    return min(
        _RARITY_OF_ADDED if ord(kind) >= FIRST_ADDED else _RARITY.get(kind, _RARITY_OF_OTHERS)
        for kind in kinds
    )


def _check_linear(node: Node, anchor: tuple[frozenset[str], ...], vocabulary: Vocabulary) -> None:
    if isinstance(node, Repeat) and node.unbounded:
        inside = {c.kind for item in leaves(node) for c in choices(item, vocabulary)}
        if all(kinds & inside for kinds in anchor):
            raise SyntaxProblem(
                "a repeat without a limit may run across the pattern's own anchor, which takes"
                " quadratic time; limit it, such as {1,8}",
                next(leaves(node)).offset,
            )
    elif isinstance(node, Repeat):
        _check_linear(node.node, anchor, vocabulary)
    elif isinstance(node, Group):
        for branch in node.branches:
            for part in branch:
                _check_linear(part, anchor, vocabulary)


def _literals(anchor: tuple[frozenset[str], ...], vocabulary: Vocabulary) -> tuple[str, ...] | None:
    first = min(anchor[0])
    if len(anchor) == len(anchor[0]) == 1 and ord(first) >= FIRST_ADDED:
        return list(vocabulary.tokens.values())[ord(first) - FIRST_ADDED].literals
    if len(anchor) > 1 and all(len(kinds) == 1 for kinds in anchor):
        text = "".join(min(kinds) for kinds in anchor)
        if set(text) <= set(PUNCTUATION):
            return (text,)
    return None
