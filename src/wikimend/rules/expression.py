"""Parsed patterns as regular expressions over kinds strings."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import chain

import regex

from wikimend.rules.alphabet import choices
from wikimend.rules.anchor import Anchor
from wikimend.rules.belted import Belted, belted
from wikimend.rules.syntax import Edge, Group, Kind, Node, Repeat
from wikimend.rules.vocabulary import Vocabulary
from wikimend.text.tokens import Tokens

MAX_PREDICATES = 8
"""How many text patterns a pattern may have for one kind of token."""

_REFINED = 0xF0000
"""Code point of the first refined kind: one for each set of answers to the text patterns."""

_REMEMBERED = 256
"""How many texts of a kind a pattern remembers the answers for."""

_MIRRORED = {"?=": "?<=", "?<=": "?=", "?!": "?<!", "?<!": "?!", "": ""}


class Expressions:
    """A pattern as regular expressions: what follows its anchor, and what precedes it.

    The anchor alone, and `loose`, what follows with any text in each token, are asked first, of
    the bare kinds.

    What precedes is matched forward on the mirrored kinds: the reverse search of `regex` takes
    quadratic time over repeated groups.
    """

    __slots__ = ("_anchor", "_bases", "_known", "_tests", "after", "before", "loose")

    def __init__(
        self, anchor: Anchor, vocabulary: Vocabulary, predicates: dict[str, list[str]]
    ) -> None:
        self._tests = {
            kind: [(1 << bit, belted(source)) for bit, source in enumerate(sources)]
            for kind, sources in predicates.items()
        }
        bases = {kind: _REFINED + (i << MAX_PREDICATES) for i, kind in enumerate(predicates)}
        self._bases = bases
        self._known: dict[str, dict[str, str]] = {kind: {} for kind in predicates}

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
        for kind, known in self._known.items():
            texts, distinct = tokens.of_kind(kind)
            refined = {text: known.get(text) or self._ask(kind, text) for text in distinct}
            answers = set(refined.values())
            if len(answers) == 1:
                kinds = kinds.replace(kind, answers.pop())
            elif answers:
                first, *rest = kinds.split(kind)
                cut = zip(map(refined.__getitem__, texts), rest, strict=True)
                kinds = "".join((first, *chain.from_iterable(cut)))
        return kinds

    def _ask(self, kind: str, text: str) -> str:
        """Return the refined kind of a token, and remember it: damage repeats itself."""
        number = self._bases[kind]
        for bit, test in self._tests[kind]:
            if test.fullmatch(text):
                number |= bit
        known = self._known[kind]
        if len(known) == _REMEMBERED:
            known.clear()
        known[text] = chr(number)
        return known[text]


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
