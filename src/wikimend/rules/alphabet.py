"""The names in a pattern as characters of the kinds string."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex

from wikimend.rules.problem import SyntaxProblem, guess
from wikimend.rules.syntax import Kind, Repeat, parse
from wikimend.rules.vocabulary import Vocabulary
from wikimend.text.tokens import FIRST_ADDED, KINDS, MARKUP, PUNCTUATION


@dataclass(frozen=True, slots=True)
class Choice:
    """One kind that a token of a pattern may have."""

    kind: str
    """The character of the kind."""
    predicate: str | None
    """A regular expression that the token's whole text must match; None for any text."""


def choices(item: Kind, vocabulary: Vocabulary, seen: tuple[str, ...] = ()) -> list[Choice]:
    """Return the kinds that `item` allows; raises SyntaxProblem for an unknown name."""
    if item.predicate is not None:
        _check_regex(item)
    if item.source.startswith("'"):
        return [Choice(_literal(item, vocabulary), item.predicate)]
    if item.source in vocabulary.sets:
        if item.source in seen:
            raise SyntaxProblem(f"the set {item.source} contains itself", item.offset)
        below = [parse_item(source) for source in vocabulary.sets[item.source]]
        found = [c for b in below for c in choices(b, vocabulary, (*seen, item.source))]
        if item.predicate is None:
            return found
        if any(choice.predicate for choice in found):
            raise SyntaxProblem(f"the set {item.source} has text patterns already", item.offset)
        return [Choice(choice.kind, item.predicate) for choice in found]
    return [Choice(kind_of(item.source, vocabulary, item.offset), item.predicate)]


def kind_of(name: str, vocabulary: Vocabulary, offset: int = 0) -> str:
    """Return the character of the kind called `name`; raises SyntaxProblem with a guess."""
    if name in KINDS:
        return KINDS[name]
    added = list(vocabulary.tokens)
    if name in added:
        return added_kind(added.index(name))
    known = [*KINDS, *added, *vocabulary.sets]
    raise SyntaxProblem(f"no token kind or set is called {name}{guess(name, known)}", offset)


def added_kind(index: int) -> str:
    """Return the character of the token that rule files added as number `index`, from 0."""
    return chr(FIRST_ADDED + index)


def carries_text(kind: str, vocabulary: Vocabulary) -> bool:
    """Return whether tokens of this kind hold text that a repair must not lose."""
    if kind in MARKUP:
        return False
    index = ord(kind) - FIRST_ADDED
    return index < 0 or list(vocabulary.tokens.values())[index].role != "marker"


@cache
def parse_item(source: str) -> Kind:
    """Return the item of a set; raises SyntaxProblem."""
    tree = parse(source)
    if len(tree.branches) == 1 and len(tree.branches[0]) == 1:
        node = tree.branches[0][0]
        if isinstance(node, Kind) and not node.capture:
            return node
        if isinstance(node, Repeat):
            raise SyntaxProblem("a set holds single tokens, without quantifiers", 0)
    raise SyntaxProblem(f"{source!r} is not one token", 0)


def check_item(source: str, vocabulary: Vocabulary) -> None:
    """Check an item of a set; raises SyntaxProblem when it names nothing known."""
    choices(parse_item(source), vocabulary)


def _literal(item: Kind, vocabulary: Vocabulary) -> str:
    text = item.source[1:-1].replace("\\'", "'").replace("\\\\", "\\")
    if text in PUNCTUATION:
        return text
    for index, token in enumerate(vocabulary.tokens.values()):
        if token.pattern in (text, regex.escape(text)):
            return added_kind(index)
    hint = f"write TEXT~/{regex.escape(text)}/, or add a token for it"
    raise SyntaxProblem(f"{item.source} is no token; {hint}", item.offset)


def _check_regex(item: Kind) -> None:
    try:
        regex.compile(item.predicate or "")
    except regex.error as error:
        start = item.offset + len(item.source) + 2
        raise SyntaxProblem(f"bad text pattern: {error}", start) from error
