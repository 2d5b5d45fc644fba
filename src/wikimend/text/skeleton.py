r"""Where brackets may lack a partner, told from the raw characters of a text, quickly.

Whether a bracket is markup depends on code, tags and escapes around it, which only the lexer
knows. The skeleton of a text is what is left without all plain characters. Pairs that stand side
by side are taken out of it, line by line, until none is left; a line that still has a bracket, or
something that may hide one, may be unbalanced. So no unbalanced leaf is missed, and most of a
clean page is passed by without looking at its words: the plain characters go in one call of
`bytes.translate`.

Two brackets that are taken out as a pair have only whole pairs between them, so that both are in
the same code span, tag or template, or neither is. That holds for what these may hold themselves
as long as it pairs up too; where it need not, a line is not passed by: see `_HIDDEN`. A `$` is
never taken out, for not every one begins or ends math.

Lines are judged, not leaves: brackets around a template in a line of wikitext are in two leaves,
and pair up all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_KEPT = b"[]()`<>{}$|\n\r"
_PLAIN = bytes(set(range(256)) - set(_KEPT))
_PAIRS = re.compile(rb"\[\]|\(\)|``|<>|\{\}")
_LEFT = re.compile(rb"[\[\]()`<][^\n]*")
_TITLE = r"Q(?<=[ \t]Q)(?:[^Q()\n\\]|\\.)*[()](?:[^Q\n\\]|\\.)*(?:Q[ \t]*\)|(?![^\n]))"
"""A parenthesis between quotes, Q, that may be those of a link's title."""

_HIDDEN = re.compile(
    "(?:"
    r"\\[\[\]()`]"  # an escaped bracket
    r"|``"  # backticks that a skeleton cannot tell from an empty code span
    r"|<[!?]"  # a comment or the like, which may hold anything
    r"|=[ \t]*(?:\"[^\"<>\n]*|'[^'<>\n]*)[<>]"  # an attribute with an angle in its value
    r"|\{%(?:[^\n%{}]|%(?!\}))*[{}]"  # a template tag with a brace in it
    r"|!!"  # the edge of two cells in the header of a MediaWiki table
    f"|{_TITLE.replace('Q', chr(34))}|{_TITLE.replace('Q', chr(39))}"
    r")[^\n]*"
)
"""What may hide a single bracket, or set two of them apart, though all pairs meet."""

_MOST_ROUNDS = 12
"""How often pairs are taken out; what nests deeper counts as unbalanced."""

Span = tuple[int, int]


def may_be_unbalanced(text: str) -> bool:
    r"""Return whether some bracket of a leaf may lack its partner; never False when one does.

    >>> may_be_unbalanced("[a](b) (c `d`)"), may_be_unbalanced("[a](b"), may_be_unbalanced(r"\[a]")
    (False, True, True)
    """
    return _HIDDEN.search(text) is not None or _LEFT.search(_skeleton(text)) is not None


@lru_cache(maxsize=1)
def unbalanced_stretches(text: str) -> tuple[Span, ...]:
    r"""Return, in order, the lines in which a bracket of some leaf may lack its partner.

    >>> unbalanced_stretches("[a](b)\n(c\n")
    ((7, 9),)
    """
    return tuple(_lines(text, _hits(text)))


def _skeleton(text: str) -> bytes:
    """Return the brackets of `text` and what may hide one, without the pairs that meet."""
    skeleton = text.encode("utf-8", "surrogatepass").translate(None, _PLAIN)
    for _ in range(_MOST_ROUNDS):
        shorter = _PAIRS.sub(b"", skeleton)
        if len(shorter) == len(skeleton):
            break
        skeleton = shorter
    return skeleton


def _hits(text: str) -> Iterator[int]:
    """Yield the numbers of lines, from 0, that may be unbalanced, in any order."""
    line = done = 0
    skeleton = _skeleton(text)
    for found in _LEFT.finditer(skeleton):
        line += skeleton.count(b"\n", done, found.start())
        done = found.start()
        yield line
    line = done = 0
    for hidden in _HIDDEN.finditer(text):
        line += text.count("\n", done, hidden.start())
        done = hidden.start()
        yield line


def _lines(text: str, numbers: Iterator[int]) -> Iterator[Span]:
    line = start = 0
    for number in sorted(set(numbers)):
        while line < number:
            start = text.index("\n", start) + 1
            line += 1
        end = text.find("\n", start)
        yield start, len(text) if end < 0 else end
