"""What is told of the blocks of a repaired page is what a scan of it comes to."""

from __future__ import annotations

import os

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from wikimend.text.block import Block
from wikimend.text.blocks import scan
from wikimend.text.edit import Edit, apply
from wikimend.text.leaf import Leaf
from wikimend.text.moved import moved, shifted
from wikimend.text.page import Dialect

UNSURE = [
    ("a", "a | b"),
    ("a\n-|-", "b"),
    ("a | b\n-|-", "b | c"),
    ("a", " a"),
    ("a", "a\n  b"),
    ("a", "# a"),
    ("a", "- a"),
    ("a", "> a"),
    ("a", "<div>"),
    ("a", "[a]: /b"),
    ("[a]: /b", "a"),
    ("a", "a\n```"),
    ("a", "a\n\nb"),
    ("a", "a\n---"),
    ("a", ""),
    ("a", "a\rb"),
    ("$$\nx\n\ny\n\na", "a\n$$"),
    ("$$\nx\n\na", "a $$ "),
    ("\\[\nx\n\na", "a\\]"),
    ("---\nx\n\na", "a\n..."),
    ("\ufeff---\nx\n\na", "a\n..."),
    ("# a", "a\nb"),
    ("# a", "a #"),
    ("# a", "a\\"),
    ("a\n===", "b"),
    ("[a]: /b\na\n===", "'a'"),
    ("| x |\n|---|\n|a|", "a\\"),
    ("| x |\n|---|\n| a |", "a\nb"),
]
"""A page, whose last leaf is repaired, and what this becomes; a scan must tell of the others."""
SURE = [
    ("a\n\n[b", "[b]"),
    ("- a\n- [b", "[b](/c)"),
    ("> a\n> [b", "a\n[b](/c)"),
    ("> a\n> [b\n\nc\n\nd [e", "d [e](/f)"),
    ("a [b\n---\n\n[c", "[c](/d) e"),
    ("# a [b", "a [b](/c)"),
    ("| [a | [b |\n|---|---|\n| c | [d |", "[d](/e)"),
    ("---\nt: x\n---\n[a", "[a]"),
    ("$$\nx\n$$\n\n[a", "[a]"),
    ("1. a\n   [b", "a\n[b](/c)"),
    ("a\r\n[b\r\n", "a\n[b](/c)"),
    ("    code\n\na\n[b", "a [b](/c)"),
]
LINES = ["text", "[text", "a | b", "|---|---|", "| a | b |", "- item", "1. item", "> quote",
         "> - a", "- > a", "# head", "## b ##", "---", "===", "```", "~~~", "    four", "  two",
         "", "", "", "<div>", "<!-- a", "-->", "$$", "\\[", "\\]", "[a]: /b", "'title'", "import x",
         "{a", "b}", "+++", "...", "\ufeff", "[^1]: note", "* * *", "lazy", "a $$", "t: |",
         "\tx"]  # fmt: skip
PIECES = ["a", "b", " ", "\n", "[a](/b)", "|", "#", "\\", "-", "---", "...", ">", "$$", "\\]", "]:",
          "[a]: /b", "*", "1.", "`", "```", "<div>", "<b>", "{", "}", "\t", "\r", "=", "'", "(",
          "+", "_", ":", "~", "import ", "  ", "!", "x y"]  # fmt: skip


def repaired(page: str, leaves: list[tuple[Block, str]]) -> str:
    """Return a page with other texts in some of its leaves, whose lines are broken as they were."""
    edits = [
        edit
        for block, text in leaves
        for edit in Leaf.of(block, page).edits([Edit(0, len(block.text(page)), text)], page)
    ]
    return apply(page, edits)


@pytest.mark.parametrize(("page", "text"), UNSURE)
def test_what_is_not_sure(page: str, text: str) -> None:
    blocks = scan(page)
    last = [block for block in blocks if block.is_leaf][-1]
    assert moved(page, blocks, repaired(page, [(last, text)]), {last: text}, "markdown") is None


@pytest.mark.parametrize(("page", "text"), [("{\n\na", "a}"), ("a", "import x"), ("a", "b {c}")])
def test_what_is_not_sure_in_mdx(page: str, text: str) -> None:
    blocks = scan(page, "mdx")
    now = repaired(page, [(blocks[-1], text)])
    assert moved(page, blocks, now, {blocks[-1]: text}, "mdx") is None


def test_nothing_is_told_of_wikitext() -> None:
    blocks = scan("a", "mediawiki")
    assert moved("a", blocks, "b", {blocks[0]: "b"}, "mediawiki") is None


def test_a_page_that_says_something_else() -> None:
    blocks = scan("a\n\nb")
    for now in ("c\n\nbb", "d\n\nb", "cc\n\nb"):
        assert moved("a\n\nb", blocks, now, {blocks[0]: "c"}, "markdown") is None


@pytest.mark.parametrize(("page", "text"), SURE)
def test_what_is_sure(page: str, text: str) -> None:
    blocks = scan(page)
    last = [block for block in blocks if block.is_leaf][-1]
    now = repaired(page, [(last, text)])
    places = moved(page, blocks, now, {last: text}, "markdown")
    assert places is not None
    assert shifted(blocks, places) == scan(now)


@settings(max_examples=int(os.environ.get("WIKIMEND_EXAMPLES", "1000")), deadline=None)
@given(
    st.lists(st.sampled_from(LINES), min_size=1, max_size=10),
    st.sampled_from(["\n", "\n", "\r\n"]),
    st.lists(
        st.tuples(
            st.integers(0, 9),
            st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join),
        ),
        min_size=1,
        max_size=3,
    ),
    st.sampled_from(["markdown", "mdx"]),
)
def test_as_a_scan_has_it(
    lines: list[str], end: str, texts: list[tuple[int, str]], dialect: Dialect
) -> None:
    page = end.join(lines)
    blocks = scan(page, dialect)
    leaves = [block for block in blocks if block.is_leaf]
    chosen = {leaves[number]: text for number, text in sorted(texts) if number < len(leaves)}
    if not chosen:
        return
    now = repaired(page, list(chosen.items()))
    places = moved(page, blocks, now, chosen, dialect)
    event(f"told: {places is not None}")
    if places is not None:
        assert shifted(blocks, places) == scan(now, dialect)
