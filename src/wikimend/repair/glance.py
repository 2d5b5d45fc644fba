"""A glance at a page: whether it is sound for certain, told without a scan of all its blocks.

The gate tells from raw characters that a rule may find something. On a sound page that is an odd
parenthesis here and a reference there; this looks at the paragraphs around such places, one by
one, as mending would. A damaged page is known by the first of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from wikimend.repair.candidate import find
from wikimend.repair.claims import Claims
from wikimend.repair.gate import Gate, able
from wikimend.repair.plan import plan
from wikimend.repair.sight import Sight
from wikimend.rules.model import Rule
from wikimend.rules.vocabulary import UNBALANCED
from wikimend.text import limits
from wikimend.text.chunks import chunks_of, chunks_with, is_balanced, leaves_of
from wikimend.text.definitions import normalized
from wikimend.text.outline import Outline
from wikimend.text.page import Page
from wikimend.text.reader import Reader
from wikimend.text.skeleton import suspicious_lines
from wikimend.text.tokens import Tokens

_DEFINITIONS = re.compile(
    r"(?<=\n\n)(?:<!--(?!-?>)[^\n]*?-->[^\n]*\n)*"
    r"(?:\[(?!\^)[^\[\]\\\n]{1,200}\]:[ \t]+[^\s<>()]+[ \t]*(?:\n|\Z))+"
)
_FOOTNOTES = re.compile(
    r"(?<=\n\n)(?>(?:\[\^[^\]\s]{1,200}\]:[^\n|]*+(?:\n|\Z))+)(?=[ \t]*(?:\n|\Z))"
)
_LABEL = re.compile(r"^\[([^\[\]\\\n]+)\]:", re.MULTILINE)

_ITEM = re.compile(r"^[ \t>]*+(?:[-+*]|[0-9]{1,9}+[.)])(?:[ \t]|$)", re.MULTILINE)
_AT_MARGIN = re.compile(r"(?>(?:[ \t\r]*\n)*)[^\s>]")
_PLACES = 200
"""How many places of a stretch are gathered; sound pages have few."""


def is_sound(page: Page, sight: Sight, gate: Gate, met: frozenset[str], reader: Reader) -> bool:
    """Return whether no rule finds anything on a page; False where that is not clear.

    `met` are the needs that the page meets. Raises TimeoutError as patterns do.
    """
    if page.dialect == "mediawiki":
        return False
    outline = sight.outline or Outline.of(page.text, page.dialect)
    text = page.text if outline.doubtful else sight.pieces[0].text
    defined = _certain_labels(text, outline) if "]:" in text else frozenset()
    item = _ITEM.search(text)
    listless = item.start() if item else len(text)
    others = met - {UNBALANCED}
    for start, piece, quiet in sight.pieces:
        places = list(islice(gate.places(quiet, others, piece), _PLACES))
        lines = suspicious_lines(quiet) if UNBALANCED in met else ()
        if not places and not lines:
            continue
        if len(places) == _PLACES:
            return False
        chunks = chunks_of(piece)
        suspected = chunks_with(chunks, places)
        # Those that need more than a closing bracket first: most damage is among them.
        for index in (*sorted(suspected), *sorted(chunks_with(chunks, lines) - suspected)):
            first, last = chunks[index], chunks[index + 1]
            if not outline.knows(start + first, start + last):
                return False
            chunk = piece[first:last]
            if index not in suspected and is_balanced(chunk):
                continue
            if page.dialect == "markdown" and _is_indented(chunk):
                before = piece[chunks[index - 1] : first] if index else ""
                if start + first <= listless or _ends_lists(before):
                    continue  # what is in no item of a list can only be code; MDX has none
            leaves = leaves_of(chunk, page.dialect)
            if leaves is None:
                return False
            for kind, leaf in leaves:
                rules = gate.open_for(leaf, kind, met)
                if rules and _finds(rules, reader.read(leaf, defined)):
                    return False
    return True


def _is_indented(chunk: str) -> bool:
    """Return whether a chunk that follows a blank line is indented as code is."""
    lines = (line for line in chunk.split("\n") if line.strip())
    return chunk.startswith("\n") and all(line.startswith(("    ", "\t")) for line in lines)


def _ends_lists(chunk: str) -> bool:
    """Return whether no list is open behind a chunk: it stands at the margin and begins none."""
    return _AT_MARGIN.match(chunk) is not None and _ITEM.search(chunk) is None


def _finds(rules: Sequence[tuple[int, Rule]], tokens: Tokens) -> bool:
    """Return whether a rule may find something in a leaf, of whose labels not all are known.

    A rule that wants labels to be defined may find something wherever it matches. Where another
    finds too much, for a label that it takes for undefined, it is all the same.
    """
    candidates = []
    try:
        able_ = able(rules, tokens)
        wanting = [rule for rule in able_ if any(test.name == "defined" for test in rule[1].where)]
        patterns = (rule.match for _, rule in wanting if rule.match)
        if any(True for pattern in patterns for _ in pattern.matches(tokens)):
            return True
        rest = [rule for rule in able_ if rule not in wanting] if wanting else able_
        for candidate in find(tokens, rest):
            if not candidate.contextual:
                return True  # it gets its stretch, or another one does
            candidates.append(candidate)
        if candidates:
            plan(Claims.of(candidates, tokens), tokens, lambda candidate: None, most=0)
    except limits.Crowded:
        return True  # one of them gets its stretch, or there are too many
    return False


def _certain_labels(text: str, outline: Outline) -> frozenset[str]:
    """Return labels that a page defines for certain, normalized: at the margin, in plain lines."""
    patterns = (_DEFINITIONS, _FOOTNOTES) if "[^" in text else (_DEFINITIONS,)
    return frozenset(
        normalized(label)
        for pattern in patterns
        for found in pattern.finditer(text)
        if outline.knows(*found.span()) and not outline.protects(found.start())
        for label in _LABEL.findall(found[0])
    )
