r"""Where brackets may lack a partner, told from the raw characters of a text, quickly.

Whether a bracket is markup depends on code, tags and escapes around it, which only the lexer
knows. The skeleton of a text is what is left without all plain characters. Pairs that stand side
by side are taken out of it until none is left; where a bracket remains, or something that may hide
one, brackets may be unbalanced. So no unbalanced leaf is missed, and most of a clean page is
passed by without looking at its words: the plain characters go in one call of `bytes.translate`.

Two brackets that are taken out as a pair have only whole pairs between them, so that both are in
the same code span, tag or template, or neither is. That holds for what these may hold themselves
as long as it pairs up too; where it need not, a text is not passed by: see `_HIDDEN`. A `$` is
never taken out, for not every one begins or ends math.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_KEPT = b"[]()`<>{}$|\n\r\\\"'=!?%\x01"
_PLAIN = bytes(set(range(256)) - set(_KEPT))
_MERE = b"\\\"'=!?%\x01"
"""What is kept only for what it may hide."""

_PAIRS = (b"[]()", b"[]", b"()", b"``", b"<>", b"{}")
_LEFT = re.compile(rb"[\[\]()`<]")
_HIDDEN = re.compile(
    rb"\\[\[\]()`]"  # an escaped bracket
    rb"|\(<[^<>\n]*\\[<>]"  # an escaped angle in an address
    rb"|<\x01"  # a comment or the like, which may hold anything
    rb"|=(?:\"[^\"<>\n]*|'[^'<>\n]*)[<>]"  # an attribute with an angle in its value
    rb"|\{%(?:[^\n%{}]|%(?!\}))*[{}]"  # a template tag with a brace in it
    rb"|!!"  # the edge of two cells in the header of a MediaWiki table
)
_FILLED = rb"\]\((?![=?%!]*\)|([\"'])\1\))"
_FILLED_LINK = re.compile(_FILLED)
"""A link between whose parentheses more stands than letters and an empty title."""
_TITLE = re.compile(rb"(?m)^(?>[^\n]*?" + _FILLED + rb")(?>[^\n\"']*)[\"'](?>[^\n()]*)[()]")
"""A line with a parenthesis that may be in the title of a link."""

_CODE = re.compile(rb"`[^`]*`")
_NO_CODE = re.compile(rb"[<${]")
"""What may hold a backtick that begins no code, or hide one that would end it; so may addresses."""

_OPENS = (b"!", b"?")
_EMPTY = re.compile(rb"<!--[^\n<>\[\]()`{}$|\\\"'=]*?-->")
"""A comment that hides nothing, as most are."""

_MOST_ROUNDS = 12
"""How often pairs are taken out; what nests deeper counts as unbalanced."""


def may_be_unbalanced(text: str) -> bool:
    r"""Return whether some bracket of a leaf may lack its partner; never False when one does.

    >>> may_be_unbalanced("[a](b) (c `d`)"), may_be_unbalanced("[a](b"), may_be_unbalanced(r"\[a]")
    (False, True, True)
    """
    encoded = _encoded(text)
    if _has_ticks(encoded):
        return True
    skeleton = _skeleton(encoded).translate(None, b"\n\r")
    if _hides(skeleton):
        return True
    skeleton = skeleton.translate(None, _MERE)
    if b"`" in skeleton and not (_NO_CODE.search(skeleton) or _has_ticked_address(skeleton)):
        skeleton = _CODE.sub(b"", skeleton)
    return _LEFT.search(_without_pairs(skeleton)) is not None


@lru_cache(maxsize=1)
def suspicious_lines(text: str) -> tuple[tuple[int, int], ...]:
    r"""Return, in order, the lines in which a bracket of some leaf may lack its partner.

    Lines are judged, not leaves: brackets around a template in a line of wikitext are in two
    leaves, and pair up all the same.

    >>> suspicious_lines("[a](b)\n(c\n")
    ((7, 9),)
    """
    ticked, skeleton, left = _reduced(text)
    numbers = set(_numbers(_LEFT, left))
    for pattern in (_HIDDEN, _TITLE):
        numbers.update(_numbers(pattern, skeleton))
    starts = list(_starts(text, sorted(numbers)))
    if ticked:  # which a skeleton cannot tell from a code span
        starts += (text.rfind("\n", 0, at.start()) + 1 for at in re.finditer("``+[^\n]*", text))
    return tuple((at, text.find("\n", at) % (len(text) + 1)) for at in sorted(set(starts)))


def is_suspicious(text: str) -> bool:
    """Return whether a page has suspicious lines."""
    ticked, skeleton, left = _reduced(text)
    return ticked or _hides(skeleton) or _LEFT.search(left) is not None


@lru_cache(maxsize=1)
def _reduced(text: str) -> tuple[bool, bytes, bytes]:
    """Return whether a page has backticks in a row, its skeleton, and what pairs leave of that."""
    encoded = _encoded(text)
    skeleton = _skeleton(encoded)
    return _has_ticks(encoded), skeleton, _without_pairs(skeleton.translate(None, _MERE))


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _skeleton(text: bytes) -> bytes:
    # Splitting at one byte is many times as fast as a search for two.
    if b"<" in text and any(part.startswith(_OPENS) for part in text.split(b"<")[1:]):
        text = _EMPTY.sub(b"", text)
        for opening in (b"<!", b"<?"):  # a mark of their own: in `<a?b=c>` they are no neighbours
            text = text.replace(opening, b"<\x01")
    return text.translate(None, _PLAIN)


def _has_ticks(text: bytes) -> bool:
    """Return whether several backticks stand in a row."""
    return b"`" in text and b"" in text.split(b"`")[1:-1]


def _hides(skeleton: bytes) -> bool:
    if _HIDDEN.search(skeleton):
        return True
    return _FILLED_LINK.search(skeleton) is not None and _TITLE.search(skeleton) is not None


def _has_ticked_address(skeleton: bytes) -> bool:
    """Return whether a backtick may stand in the address of a link."""
    parts = (part.partition(b"](") for part in skeleton.split(b")"))
    return any(b"`" in address for _, _, address in parts)


def _without_pairs(skeleton: bytes) -> bytes:
    for _ in range(_MOST_ROUNDS):
        before = len(skeleton)
        for pair in _PAIRS:
            skeleton = skeleton.replace(pair, b"")
        if len(skeleton) == before:
            break
    return skeleton


def _numbers(pattern: re.Pattern[bytes], skeleton: bytes) -> Iterator[int]:
    """Yield the number of each line, from 0, in which a pattern is found."""
    line = done = 0
    found = pattern.search(skeleton)
    while found:
        line += skeleton.count(b"\n", done, found.end())
        yield line
        done = skeleton.find(b"\n", found.end())
        if done < 0:
            return
        found = pattern.search(skeleton, done)


def _starts(text: str, numbers: list[int]) -> Iterator[int]:
    """Yield where each of the lines begins."""
    line = start = 0
    for number in numbers:
        while line < number:
            start = text.index("\n", start) + 1
            line += 1
        yield start
