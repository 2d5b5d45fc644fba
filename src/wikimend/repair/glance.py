"""A glance at a page: whether it is sound for certain, told without a scan of all its blocks.

The gate tells from raw characters that a rule may find something. On a sound page that is an odd
parenthesis here and a reference there; this looks at the paragraphs around such places, one by
one, as mending would. A damaged page is known by the first of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from itertools import groupby

from wikimend.repair.candidate import find
from wikimend.repair.gate import Gate, able
from wikimend.rules.vocabulary import UNBALANCED
from wikimend.text.chunks import chunks_with, is_balanced, leaves_of
from wikimend.text.definitions import normalized
from wikimend.text.lexer import Marker, lex
from wikimend.text.outline import Outline, Span
from wikimend.text.page import Page

_DEFINITIONS = re.compile(
    r"(?:\A|\n\n)(?:\[(?!\^)[^\[\]\\\n]{1,200}\]:[ \t]+[^\s<>()]+[ \t]*(?:\n|\Z))+"
)
_LABEL = re.compile(r"^\[([^\[\]\\\n]+)\]:", re.MULTILINE)

_MOST = 3
"""One in so many characters of a page is looked at; more are a matter for the scan."""
_FEW = 2000
"""How many characters may always be looked at."""


def is_sound(page: Page, gate: Gate, met: frozenset[str], markers: Sequence[Marker]) -> bool:
    """Return whether no rule finds anything on a page; False where that is not clear.

    `met` are the needs that the page meets. Raises TimeoutError as patterns do.
    """
    if page.dialect == "mediawiki":
        return False
    text = page.text
    outline = Outline.of(text, page.dialect)
    defined = _certain_labels(text, outline) if "]:" in text else frozenset()
    left = max(len(text) // _MOST, _FEW)
    for start, end in outline.gaps(len(text)):
        piece = text[start:end]
        for first, last, balanced in _chunks(piece, gate, met):
            if not outline.knows(start + first, start + last):
                return False
            chunk = piece[first:last]
            if balanced and is_balanced(chunk):
                continue
            left -= last - first
            leaves = leaves_of(chunk, page.dialect) if left >= 0 else None
            if leaves is None:
                return False
            for kind, leaf in leaves:
                rules = gate.open_for(leaf, kind)
                if not rules:
                    continue
                if any(test.name == "defined" for _, rule in rules for test in rule.where):
                    return False
                tokens = lex(leaf, markers, page.dialect, defined)
                if next(find(tokens, able(rules, tokens)), None):
                    return False
    return True


def _chunks(text: str, gate: Gate, met: frozenset[str]) -> Iterator[tuple[int, int, bool]]:
    """Yield the chunks with a place that some rule needs, and whether none needs but balance."""
    others = chunks_with(text, gate.places(text, met - {UNBALANCED}))
    brackets = chunks_with(text, gate.places(text, met & {UNBALANCED}))
    found = merge(((*chunk, False) for chunk in others), ((*chunk, True) for chunk in brackets))
    return (next(same) for _, same in groupby(found, key=lambda chunk: chunk[:2]))


def _certain_labels(text: str, outline: Outline) -> frozenset[str]:
    """Return labels that a page defines for certain, normalized: at the margin, in plain lines."""
    protected = outline.protected
    return frozenset(
        normalized(label)
        for found in _DEFINITIONS.finditer(text)
        if outline.knows(*found.span()) and not _meets(protected, *found.span())
        for label in _LABEL.findall(found[0])
    )


def _meets(spans: Iterable[Span], start: int, end: int) -> bool:
    return any(first < end and start < last for first, last in spans)
