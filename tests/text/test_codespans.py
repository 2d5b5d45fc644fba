"""Code spans without samples: nothing but what stands in code changes, and no token is another."""

from __future__ import annotations

import os

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from wikimend.text.blocks import scan
from wikimend.text.codespans import without_samples
from wikimend.text.leaf import Leaf
from wikimend.text.lexer import lex
from wikimend.text.outline import Outline
from wikimend.text.page import Dialect

UNCERTAIN = [
    "`[a", "``[a``", "`[a`` `b`", r"\`[a` `b", r"\\`[a`", "<b c='`[a`'>", "$`[a`$", "{{`[a`}}",
    r"\(`[a`\)", "[b](`[a`)", "[b](c '`[a`')", "[b](c(d)`[a`)", "[`[a`]: /b", "`[a\n- b`",
    "`[a\n# b`", "# `[a\nb`", "> `[a\nb`", "    `[a\nb`", "| `[a | b` |\n|-|-|", "<div>\n`[a`",
    "`[a\n===\nb`", "`[a\n\nb`", "`[a|b` | c\n-|-",
]  # fmt: skip
CERTAIN = [
    ("`[a`", "`xa`"),
    ("b `[a` c `](`\nd `<!--` e", "b `xa` c `xx`\nd `xxxx` e"),
    ("- `[a\n  b` c", "- `xa\n  b` c"),
    ("1. b `[a\nb]` c", "1. b `xa\nbx` c"),
    ("- `[a`\n- `(b`\n  - `c)`", "- `xa`\n- `xb`\n  - `cx`"),
    ("| `[a` | `b)` |\n|-|-|", "| `xa` | `bx` |\n|-|-|"),
    ("# `[a`\n`(b`", "# `xa`\n`xb`"),
    ("`a|b` (`|`)", "`axb` (`x`)"),
    ("[`f()`](/a) `[`", "[`fxx`](/a) `x`"),
    (r"\_ `\[`", r"\_ `xx`"),
]
PIECES = ["`", "`", "`", "``", "[", "](", ")", "a", " ", "\n", "\n\n", "\n- ", "\n> ", "\n# ", "|",
          "\n|-|\n", "<b c='", "'>", "<!--", "-->", "$", "{{", "}}", "\\", "'", "\"", "]: ", "\n  ",
          "\n    ", "\n1. ", "\n===\n", "\n---\n", "https://e.org/", "!", "{", "}", "\r\n", "<div>",
          ]  # fmt: skip


@pytest.mark.parametrize("text", UNCERTAIN)
def test_what_is_uncertain_stays(text: str) -> None:
    assert without_samples(f"{text}\n\nc") == f"{text}\n\nc"


@pytest.mark.parametrize(("text", "quiet"), CERTAIN)
def test_samples_go(text: str, quiet: str) -> None:
    assert without_samples(f"`\n\n{text}\n\nd`") == f"`\n\n{quiet}\n\nd`"


@settings(max_examples=int(os.environ.get("WIKIMEND_EXAMPLES", "1000")), deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=24).map("".join),
    st.sampled_from(("markdown", "mdx")),
)
def test_all_tokens_stay(text: str, dialect: Dialect) -> None:
    outline = Outline.of(text, dialect)
    assume(not outline.doubtful and not outline.protected)
    quiet = without_samples(text)
    blocks = scan(text, dialect)
    assert scan(quiet, dialect) == blocks
    for block in blocks:
        if not block.is_leaf:
            continue
        before = lex(Leaf.of(block, text).text, (), dialect)
        after = lex(Leaf.of(block, quiet).text, (), dialect)
        assert (after.kinds, after.starts) == (before.kinds, before.starts)
        for index, kind in enumerate(before.kinds):
            if kind != "C":
                assert after.slice(index, index + 1) == before.slice(index, index + 1)
