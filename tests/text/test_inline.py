"""Where destinations end, however many begin in one stretch."""

from __future__ import annotations

import os
import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from wikimend.text.inline import MAX_PARENTHESES, Ends

PIECES = ["](", "](", "](", "(", "((((", ")", "))", "\\", "\\(", "\\)", "\\\\", "\\a", "a", "<",
          " ", "\n", "`", "a b", '"c"', "\x00"]  # fmt: skip
rows = st.lists(st.one_of(st.sampled_from(PIECES), st.sampled_from(["](", "(", ")"])), max_size=90)


def bare(text: str, start: int) -> int:
    """Return the end of a bare destination, read one character after the other."""
    depth = 0
    while start < len(text) and not re.match(r"[\x00-\x20\x7f]", text[start]):
        if text[start] == "\\" and re.match(r"[!-/:-@\[-`{-~]", text[start + 1 : start + 2]):
            start += 1
        elif text[start] == "(":
            depth += 1
        elif text[start] == ")":
            if not depth:
                return start
            depth -= 1
        if depth > MAX_PARENTHESES:
            return -1
        start += 1
    return -1 if depth else start


@settings(max_examples=int(os.environ.get("WIKIMEND_EXAMPLES", "1000")), deadline=None)
@given(rows.map("".join))
@example("](" * 40)
@example("](" * 40 + ")" * 40)
@example("](a(b)" * 40 + "))")
@example("](" + "(" * MAX_PARENTHESES + ")" * MAX_PARENTHESES + ")")
@example("](" + "(" * (MAX_PARENTHESES + 1) + ")" * (MAX_PARENTHESES + 1) + ")")
def test_one_after_the_other(text: str) -> None:
    ends = Ends(text)
    for found in re.finditer(r"(?<!\\)\]\((?![\s<])", text):
        end = bare(text, found.end())
        wanted = end if end >= 0 and text.startswith(")", end) else -1
        if end >= 0 and text[end : end + 1].isspace():
            continue  # a title may follow
        assert ends.destination(found.end()) == wanted
