"""Parsed patterns as regular expressions over kinds strings."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import chain

import regex

from wikimend.rules.alphabet import choices
from wikimend.rules.anchor import Anchor
from wikimend.rules.syntax import Edge, Group, Kind, Node, Repeat
from wikimend.rules.vocabulary import Vocabulary
from wikimend.text.belted import Belted, belted
from wikimend.text.tokens import Tokens

MAX_PREDICATES = 8
"""How many text patterns a pattern may have for one kind of token."""

_REFINED = 0xF0000
"""Code point of the first refined kind: one for each set of answers to the text patterns."""

_MIRRORED = {"?=": "?<=", "?<=": "?=", "?!": "?<!", "?<!": "?!", "": ""}


class Expressions:
    """A pattern as regular expressions: what follows its anchor, and what precedes it.

    The anchor alone, and `loose`, what follows with any text in each token, are asked first, of
    the bare kinds.

    What precedes is matched forward on the mirrored kinds: the reverse search of `regex` takes
    quadratic time over repeated groups.
    """

    __slots__ = ("_anchor", "_refined", "_tests", "after", "before", "loose")

    def __init__(
        self, anchor: Anchor, vocabulary: Vocabulary, predicates: dict[str, list[str]]
    ) -> None:
        self._tests = {kind: tuple(map(belted, sources)) for kind, sources in predicates.items()}
        bases = {kind: _REFINED + (i << MAX_PREDICATES) for i, kind in enumerate(predicates)}
        self._refined = {
            kind: "".join(chr(bases[kind] + mask) for mask in range(1 << len(sources)))
            for kind, sources in predicates.items()
        }

        def characters(item: Kind) -> str:
            found = []
            for choice in choices(item, vocabulary):
                if choice.kind not in bases:
                    found.append(regex.escape(choice.kind))
                    continue
                sources = predicates[choice.kind]
                bit = 0 if choice.predicate is None else 1 << sources.index(choice.predicate)
                masks = range(1 << len(sources))
                found += [chr(bases[choice.kind] + m) for m in masks if m & bit == bit]
            return f"[{''.join(dict.fromkeys(found))}]"

        def expression(nodes: tuple[Node, ...], mirrored: bool) -> Belted:
            return Belted(render(nodes, characters, mirrored))

        def any_text(item: Kind) -> str:
            kinds = dict.fromkeys(choice.kind for choice in choices(item, vocabulary))
            return f"[{''.join(map(regex.escape, kinds))}]"

        self._anchor = "".join(min(kinds) for kinds in anchor.kinds), _searched(anchor)
        self.loose = Belted(render(_bare(anchor.after), any_text, mirrored=False))
        self.after = expression(anchor.after, False)
        self.before = expression(anchor.before, True)

    def anchored(self, kinds: str) -> bool:
        """Return whether the anchor is among the kinds of a leaf."""
        literal, pattern = self._anchor
        return pattern.search(kinds) is not None if pattern else literal in kinds

    def refine(self, tokens: Tokens) -> str:
        """Return the kinds with a character for each set of answers to the text patterns."""
        kinds = tokens.kinds
        for kind, tests in self._tests.items():
            count = kinds.count(kind)
            if not count:
                continue
            answers = 0
            for bit, test in enumerate(tests):
                answers |= tokens.answers(kind, test) << bit
            masks, refined = answers.to_bytes(count, "little"), self._refined[kind]
            if masks.count(masks[0]) == count:
                kinds = kinds.replace(kind, refined[masks[0]])
            else:
                first, *rest = kinds.split(kind)
                cut = zip(map(refined.__getitem__, masks), rest, strict=True)
                kinds = "".join((first, *chain.from_iterable(cut)))
        return kinds


def _searched(anchor: Anchor) -> re.Pattern[str] | None:
    """Return what finds an anchor; None where it is one string, which is found sooner as such."""
    if all(len(kinds) == 1 for kinds in anchor.kinds):
        return None
    classes = (f"[{''.join(map(re.escape, sorted(kinds)))}]" for kinds in anchor.kinds)
    return re.compile("".join(classes))


def _bare(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Return nodes without what looks around, which knows more than the bare kinds say."""

    def one(node: Node) -> Node:
        match node:
            case Repeat(inner, quantifier):
                return Repeat(one(inner), quantifier)
            case Group(branches):
                return Group(tuple(map(_bare, branches)))
            case _:
                return node

    return tuple(one(node) for node in nodes if not (isinstance(node, Group) and node.look))


def render(nodes: tuple[Node, ...], characters: Callable[[Kind], str], mirrored: bool) -> str:
    """Return the regular expression for `nodes`; with `mirrored` for reversed kinds strings."""

    def one(node: Node) -> str:
        match node:
            case Edge(which):
                return r"\A" if (which == "START") is not mirrored else r"\Z"
            case Repeat(inner, quantifier):
                return f"(?:{one(inner)}){quantifier}"
            case Kind(capture=capture):
                return f"(?P<{capture}>{characters(node)})" if capture else characters(node)
            case Group(branches, capture, look):
                body = "|".join(render(branch, characters, mirrored) for branch in branches)
                if capture:
                    return f"(?P<{capture}>{body})"
                return f"({(_MIRRORED[look] if mirrored else look) or '?:'}{body})"

    return "".join(one(node) for node in (reversed(nodes) if mirrored else nodes))
