"""What became of a line: repaired exactly, repaired wrongly, or missed."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Literal, get_args

Verdict = Literal["exact", "wrong", "missed"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")


def judge(before: str, after: str, got: str, *, ignore_invisible: bool = False) -> Verdict:
    """Return what `got` is, where `after` was wanted in place of `before`.

    Final line ends do not count. With `ignore_invisible`, neither do zero-width characters that
    stand outside of the edit that leads from `before` to `after`.

    >>> judge("[a] (b)", "[a](b)", "[a] (<b>)")
    'wrong'
    """
    before, after, got = (text.rstrip("\r\n") for text in (before, after, got))
    if got == after or (ignore_invisible and re.fullmatch(_wanted(before, after), got)):
        return "exact"
    return "missed" if unchanged(before, got, ignore_invisible=ignore_invisible) else "wrong"


def unchanged(text: str, got: str, *, ignore_invisible: bool = False) -> bool:
    """Return whether `got` is `text`, but for final line ends and what `judge` leaves out."""
    text, got = text.rstrip("\r\n"), got.rstrip("\r\n")
    return got == text or (ignore_invisible and bool(re.fullmatch(_loose(text), got)))


def _wanted(before: str, after: str) -> str:
    """Return a pattern of `after` in which zero-width characters beside the edit are optional.

    An edit of nothing but zero-width characters counts only where it is the whole edit.
    """
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    hunks = [(tag != "equal", before[a:b], after[c:d]) for tag, a, b, c, d in codes]
    is_visible = any(edited and _INVISIBLE.sub("", old + new) for edited, old, new in hunks)
    pattern = ""
    for edited, old, new in hunks:
        if not edited:
            pattern += _loose(new)
        elif is_visible and not _INVISIBLE.sub("", old + new):
            pattern += _loose(old + new)
        else:
            pattern += re.escape(new)
    return pattern


def _loose(text: str) -> str:
    """Return a pattern of `text` in which each zero-width character may be missing."""
    return "".join(char + "?" if _INVISIBLE.match(char) else re.escape(char) for char in text)
