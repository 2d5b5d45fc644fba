"""The words of a stretch of a page: none may be lost by a repair, come from nowhere or be glued."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from html import unescape
from urllib.parse import unquote

import regex

from wikimend.repair.candidate import Candidate
from wikimend.rules.template import SCHEME, Field, Template
from wikimend.rules.value import Values
from wikimend.text.tokens import KINDS, Tokens

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}\u200c\u200d]+")
"""A word with its vowel signs, accents and joiners, without which it is another."""

_LONGEST_WORD = 200


def conserves(repair: Candidate, template: Template, tokens: Tokens) -> bool:
    """Return whether the words of the stretch and its neighbours are the same after `repair`.

    `template` is what wrote it. Repeats that a rule found equal may become one; markers and
    declared drops may go; no word may be lost, come from nowhere, or be glued to another. Where
    the words of a destination differ (a space in an address was taken out), its letters and
    digits must be the same in the same order.
    """
    text = tokens.text
    left = _WORD.match(text[max(0, repair.start - _LONGEST_WORD) : repair.start][::-1])
    right = _WORD.match(text, repair.end)
    edges = (left.group()[::-1] if left else "", right.group() if right else "")
    outside, inside = template.split
    values = repair.match.values
    if tokens.kinds[repair.match.first : repair.match.last] == KINDS["DEST"]:
        outside, inside = (), template.pieces

    def kept(before: str, after: str) -> bool:
        had = _words(edges[0] + before + edges[1])
        has = _words(edges[0] + after + edges[1])
        added = _from_nowhere(template, values)
        if not added and had == has:
            return True
        more, fewer = Counter(had), Counter(has)
        fewer.subtract(added)
        fewer = +fewer
        return more.keys() == fewer.keys() and fewer <= more

    decoded = frozenset(field.name for field in template.decoded)
    if kept(_before(repair, template, tokens, decoded), repair.replacement or ""):
        return True
    hidden = frozenset(piece.name for piece in inside if isinstance(piece, Field))
    if not hidden or not kept(_before(repair, template, tokens, hidden), _written(outside, values)):
        return False
    addresses = "".join(value.text for name in _in_order(inside) for value in values.get(name, ()))
    bare = tuple(SCHEME.sub("", piece) if isinstance(piece, str) else piece for piece in inside)
    return _letters(addresses) == _letters(_written(bare, values))


def glue(repairs: Sequence[Candidate], text: str) -> bool:
    """Return whether words meet where several repairs touch, each of which by itself is fine.

    `repairs` are disjoint and in order, `text` is the leaf before them.
    """
    last = ""
    for before, repair in zip((None, *repairs), repairs, strict=False):
        touches = before is not None and before.end == repair.start
        if not touches:
            last = text[max(0, repair.start - 1) : repair.start]
        written = repair.replacement or ""
        beyond = written[:1] or text[repair.end : repair.end + 1]
        if touches and _WORD.match(last) and _WORD.match(beyond):
            return True
        last = written[-1:] or last
    return False


def _before(repair: Candidate, template: Template, tokens: Tokens, hidden: frozenset[str]) -> str:
    """Return the text of the match without markers, drops and the captures that are `hidden`.

    What is dropped elsewhere but written here, as one of two readings may, is not dropped.
    """
    gone = {drop.capture for drop in repair.rule.drop} - template.names | hidden
    markers = repair.rule.match.markers if repair.rule.match else frozenset()
    first, last = repair.match.first, repair.match.last
    pieces = [
        " " if tokens.kinds[index] in markers else tokens.slice(index, index + 1)
        for index in range(first, last)
    ]
    for name, places in repair.match.spans.items():
        for begin, end in places:
            if name in gone:
                pieces[begin - first : end - first] = [" "] * (end - begin)
    for index, text in repair.match.without(gone):
        if pieces[index - first] == tokens.slice(index, index + 1):
            pieces[index - first] = text
    return "".join(pieces)


def _written(pieces: tuple[str | Field, ...], values: Mapping[str, Values]) -> str:
    return "".join(p if isinstance(p, str) else p.render(values) for p in pieces)


def _in_order(pieces: tuple[str | Field, ...]) -> list[str]:
    return [piece.name for piece in pieces if isinstance(piece, Field)]


def _from_nowhere(template: Template, values: Mapping[str, Values]) -> list[str]:
    """Return the words that the template adds by itself: schemes, and what it has deciphered."""
    words = [word for scheme in template.schemes for word in _words(scheme)]
    return words + [word for field in template.decoded for word in _words(field.render(values))]


def _words(text: str) -> list[str]:
    return _WORD.findall(unquote(text))


def _letters(text: str) -> str:
    return "".join(_WORD.findall(unquote(unescape(text)))).casefold()
