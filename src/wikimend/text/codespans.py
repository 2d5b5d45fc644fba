"""Code spans that are certain, with what looks like markup taken out of them.

Samples of markup in code are most of what looks damaged on a sound page. Whether a backtick begins
a code span depends on all that stands before it in its leaf; but in most paragraphs nothing does
that could take a backtick for itself, and then they pair up one after the other.
"""

from __future__ import annotations

import re

from wikimend.text.plain_blocks import plain_start

_BETWEEN = r"(?>(?:[^`<${\\\n]++|\\[^`\\(\[\n])*)"
"""What may stand between code spans: no tag, math or template, whatever follows."""
_WITHIN_LINES = re.compile(rf"(?>(?:{_BETWEEN}(?>(?:`[^`\n|]++`(?!`){_BETWEEN})*)(?:\n|\Z))+)\Z")
"""Lines each of which holds whole code spans: in whatever leaves and cells they stand."""
_BETWEEN_IN_LEAF = r"(?>(?:[^`<${\\]++|\\[^`\\(\[])*)"
_PAIRED = re.compile(rf"{_BETWEEN_IN_LEAF}(?>(?:`[^`]++`(?!`){_BETWEEN_IN_LEAF})*)\Z")
_LEAF = re.compile(
    rf" {{0,3}}+(?:(?:[-+*]|[0-9]{{1,9}}+[.)])[ ]{{1,4}}+)?{plain_start(mdx=True)}[^\n]*+"
    rf"(?>(?:\n[ \t]*+{plain_start(mdx=True)}[^\n]*+)*)\n?\Z"
)
"""Lines that are one paragraph, wherever it stands."""
_ELSEWHERE = re.compile(r"\]\([^)`\"'(]*+[`\"'(]|\]:")
"""The address or title of a link that may hold a backtick, and a label that code is compared in."""

_MARKUP = str.maketrans(dict.fromkeys("[](){}<>|$\\!\"'=%?*&^~+-", "x"))


def without_samples(text: str) -> str:
    r"""Return a text whose certain code spans hold no markup, and which is as long as it was.

    The text may hold no fenced code, and no block that goes on beyond an empty line.

    >>> without_samples("the `[a](b` of\n\n[c] `(\n- `)")
    'the `xaxxb` of\n\n[c] `(\n- `)'
    """
    if "`" not in text:
        return text
    return "\n\n".join(
        _without_samples(part) if "`" in part else part for part in text.split("\n\n")
    )


def _without_samples(part: str) -> str:
    if not (_WITHIN_LINES.match(part) or (_PAIRED.match(part) and _LEAF.match(part))):
        return part
    pieces = part.split("`")
    pieces[1::2] = [code.translate(_MARKUP) for code in pieces[1::2]]
    quiet = "`".join(pieces)
    return part if _ELSEWHERE.search(quiet) else quiet
