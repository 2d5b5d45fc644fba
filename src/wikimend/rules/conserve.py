"""The law of conservation: a rule must account for every token of text that it matches.

Checked when a rule is loaded. What it cannot see, words glued by two edits or a fence that a
deletion creates, is checked again on every edit, see `wikimend.repair.proof`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

import regex

from wikimend.rules.alphabet import carries_text, choices
from wikimend.rules.constraint import Constraint
from wikimend.rules.model import Drop
from wikimend.rules.pattern import Pattern
from wikimend.rules.syntax import Group, Kind, Node, Repeat
from wikimend.rules.template import Template
from wikimend.rules.vocabulary import Vocabulary

_BLANK = regex.compile(r"(?:(?:[ ]|\\[stn]|\[(?:[ ]|\\[stn])+\])[+*?]?)+")
_PUNCTUATION = regex.compile(
    r"(?:(?:\(\?s?:|\(\?=|\(\?!|\)|\||\\[^\w]|\\s|[^\w\\.\[\](){}|^$?*+]"
    r"|\[(?:[^\w\]\\]|_|\\[^\w]|\\s)+\])(?:[?*+]|\{\d*,?\d*\})*)*"
)
"""A part of a text pattern that can match punctuation and white space, and no word."""

_NAMED_PART = regex.compile(
    r"\(\?P?<\w+>((?:[^()\\\[]|\\.|\[\^?\]?(?:[^\]\\]|\\.)*\]|\((?1)\))*)\)"
)


def violations(
    pattern: Pattern,
    vocabulary: Vocabulary,
    rewrite: Template,
    where: Collection[Constraint],
    drop: Collection[Drop],
) -> list[str]:
    """Return one sentence for each piece of text that a match would lose."""
    agreeing = {name for test in where if test.agree for name in test.names}
    kept = {
        field.name
        for field in rewrite.fields
        if field.joined or field.name not in pattern.repeated or field.name in agreeing
    }
    kept |= {item.capture for item in drop}
    known = -1
    while len(kept) > known:
        known = len(kept)
        _tie(kept, where, pattern.repeated - agreeing)
        for name, (predicate, parts) in pattern.parts.items():
            if kept.issuperset(parts) and _PUNCTUATION.fullmatch(_outside(predicate)):
                kept.add(name)
    return [
        _sentence(item, captures, pattern) for item, captures in _lost(pattern, vocabulary, kept)
    ]


def _tie(kept: set[str], where: Collection[Constraint], loose: Collection[str]) -> None:
    """Add to `kept` the captures that say what kept ones say."""
    grown = True
    while grown:
        grown = False
        for ties in (test.ties for test in where):
            if any(tie and tie <= kept for tie in ties):
                more = frozenset().union(*ties) - kept - set(loose)
                kept |= more
                grown = grown or bool(more)


def _lost(
    pattern: Pattern, vocabulary: Vocabulary, kept: Collection[str]
) -> Iterator[tuple[Kind, tuple[str, ...]]]:
    def walk(node: Node, captures: tuple[str, ...]) -> Iterator[tuple[Kind, tuple[str, ...]]]:
        if isinstance(node, Repeat):
            yield from walk(node.node, captures)
        elif isinstance(node, Group) and not node.look:
            inside = (*captures, node.capture) if node.capture else captures
            for branch in node.branches:
                for part in branch:
                    yield from walk(part, inside)
        elif isinstance(node, Kind):
            own = (*captures, node.capture) if node.capture else captures
            text = any(
                carries_text(choice.kind, vocabulary) and not _wordless(choice.predicate)
                for choice in choices(node, vocabulary)
            )
            if text and not set(own) & set(kept):
                yield node, own

    yield from walk(pattern.tree, ())


def _wordless(predicate: str | None) -> bool:
    """Return whether a text pattern plainly matches nothing but punctuation and white space."""
    return predicate is not None and any(
        form.fullmatch(predicate) for form in (_BLANK, _PUNCTUATION)
    )


def _sentence(item: Kind, captures: tuple[str, ...], pattern: Pattern) -> str:
    if not captures:
        return f"the text of {item.source} would be lost: capture it and write it, or drop it"
    name = captures[-1]
    if name in pattern.repeated:
        return (
            f"repeats of '{name}' would be lost: demand that they are the same, join them in"
            " 'rewrite', or name it in 'drop'"
        )
    return (
        f"'{name}' would be lost: write it in 'rewrite', tie it by 'equal' to one that is, or"
        " name it in 'drop'"
    )


def _outside(predicate: str) -> str:
    """Return what a text pattern matches outside its named parts."""
    return _NAMED_PART.sub("", predicate)
