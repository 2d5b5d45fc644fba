"""The stretches of a page in which some bracket of a leaf may lack its partner.

What the skeleton of a line suspects is looked at once more, with its surroundings: most of it is
code in fences, a parenthesis that closes on the next line, or a bracket in a code span. Whatever
a closer look cannot settle stays suspected, and the block scan decides.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from wikimend.text.blocks import scan
from wikimend.text.brackets import Balance
from wikimend.text.leaf import Leaf
from wikimend.text.lexer import lex
from wikimend.text.markdown import is_plain
from wikimend.text.outline import CODE_INDENT, Outline, Span
from wikimend.text.page import Dialect
from wikimend.text.skeleton import is_suspicious, may_be_unbalanced, suspicious_lines

_BOUNDARY = re.compile(r"\n(?=[ \t>\r]*\n)")
_COMMENT = re.compile(r"(?<=[^\s>])<!--[^\n<>`|{}$\\\[\]()]*?-->")
"""A comment within a line, with nothing in it that counts."""
_MARKER = re.compile(r"[ \t]*(?:[-+*]|[0-9]{1,9}[.)])[ ]{1,4}(?=\S)")
_NEXT_ITEM = re.compile(r"\n(?=[ \t]*(?:[-+*]|[0-9]{1,9}[.)])[ \t])")


@lru_cache(maxsize=1)
def unbalanced_stretches(text: str, dialect: Dialect = "markdown") -> tuple[Span, ...]:
    r"""Return, in order, the lines in which a bracket of some leaf may lack its partner.

    >>> unbalanced_stretches("[a](b)\n(c\n")
    ((7, 9),)
    """
    if not is_suspicious(text):
        return ()
    open_ = suspicious_lines(text) if dialect == "mediawiki" else _unsettled(text, dialect)
    return tuple((start, text.find("\n", start) % (len(text) + 1)) for start in open_)


def _unsettled(text: str, dialect: Dialect) -> Iterator[int]:
    """Yield the suspected lines that a closer look does not settle."""
    outline = Outline.of(text, dialect)
    for start, end in outline.gaps(len(text)):
        piece = text[start:end]
        lines = suspicious_lines(piece)
        if not lines:
            continue
        chunks = [0, *(found.end() for found in _BOUNDARY.finditer(piece)), len(piece)]
        judged: tuple[int, bool] | None = None
        for line in lines:
            chunk = bisect_right(chunks, line, hi=len(chunks) - 1) - 1
            if judged is None or judged[0] != chunk:
                first, last = chunks[chunk], chunks[chunk + 1]
                known = outline.knows(start + first, start + last)
                judged = chunk, known and _is_balanced(piece[first:last], dialect)
            if not judged[1]:
                yield start + line


def _is_balanced(chunk: str, dialect: Dialect) -> bool:
    """Return whether all brackets pair up in a chunk, wherever it stands.

    No blank line parts it. What may begin before it or end in it are fences and containers.
    """
    chunk = _COMMENT.sub("", chunk.replace("\r\n", "\n")).strip("\n")
    if _is_text(chunk) and not any(map(may_be_unbalanced, _NEXT_ITEM.split(chunk))):
        return True
    if "```" in chunk or "~~~" in chunk or "\t" in chunk:
        return False
    lines = chunk.split("\n")
    indents = [len(line) - len(line.lstrip(" ")) for line in lines]
    outer = indents[0]
    if outer >= CODE_INDENT and min(indents) < outer:
        return False
    for line, indent in zip(lines, indents, strict=True):
        # Such a line may be text to a container that begins further left.
        if outer and outer < indent < outer + CODE_INDENT and not is_plain(line[indent:]):
            return False
    page = "".join(f"\n{line[min(n, outer) :]}" for line, n in zip(lines, indents, strict=True))
    leaves = (Leaf.of(block, page).text for block in scan(page, dialect) if block.is_leaf)
    return not any(Balance.of(lex(leaf, (), dialect).kinds).unpaired for leaf in leaves)


def _is_text(chunk: str) -> bool:
    """Return whether a chunk is a paragraph, or items of a list that are one paragraph each."""
    if "|" in chunk or "<" in chunk or "]:" in chunk or chunk.startswith(("    ", "\t")):
        return False
    for part in _NEXT_ITEM.split(chunk):
        marker = _MARKER.match(part)
        rest = part[marker.end() :] if marker else part
        if len(rest) - len(rest.lstrip()) >= CODE_INDENT:
            return False
        if not is_plain(re.sub(r"\n[ \t]+", "\n", rest)):
            return False
    return True
