"""The skeleton of a text: no leaf with a bracket that lacks its partner is missed."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wikimend.text.blocks import scan
from wikimend.text.brackets import Balance
from wikimend.text.leaf import Leaf
from wikimend.text.lexer import lex
from wikimend.text.outline import Span
from wikimend.text.page import DIALECTS, Dialect
from wikimend.text.skeleton import is_suspicious, may_be_unbalanced, suspicious_lines

PIECES = ["[", "]", "(", ")", "a", " ", "\n", "`", "``", "\\", "<", ">", "<b>", "{", "}", "{{",
          "}}", "{%", "%}", "$", "$$", "|", '"', "'", "=", "<!--", "-->", "<?", "?>", "<a b=",
          "](", "](/u ", "https://e.org/", "> ", "- ", "\r\n", "\r", "~~~", "\\(", "\\)",
          "|-|\n", "<a:", "5", "```", "\n```\n", "\n\n", "    ", "  ", "# ", "1. ", "---\n",
          "<div>", "<pre>", "</pre>", "[a]: ", "import ", "x <!-- a --> y"]  # fmt: skip

BALANCED = [
    "", "a", "[a](b) (c `d`)", "([a] (b))", "a < b > c", "x -> y (z)", "costs $5 (or 6)",
    '<a href="b">(c)</a>', "{{a}} (b) {%c%} [d]", "> (a)\n> [b]", '[a](b "c")', "`a` and (`b`)",
    "- [ ] (a)", "`[` (`)`) `(`", "it's (a) 'b'", "(<https://a.org/?b=!c>)",
    '(she said "(a)" twice)',
]  # fmt: skip
HIDDEN = [
    "[a](<[b](<\\>)>)",
    "(", ")", "[", "]", r"(a\)", r"(\(a)", "(`)`", "(``)``", "`(` ``)``", "(<a b=')'>",
    "(<a b='>)'>", '(<a b=">)">', "(<a b='> )\n'>", "<a b='(<'>)>", "<a b = '(<'>)>",
    "(<!-- > ) -->", "(<!-- > )\n-->", "(<? > ) ?>", "(<![CDATA[>)]]>", "($)$", "$a($ $b)",
    "$a($ $b) $c", "$$ ( $$ )", r"\((\) )", "({{)}}", "({% } ) %}", "({%)%}",
    "{|\n! (a !! b)\n|}", '([a](b ")")', "([a](b ')')", '([a](b(c) ")")', '([a](b[c] ")")',
    '([a](b "))\n(")', '[a](b "(") )', '[a](b "\\"(") )', '([a](<b c> ")")', "([a](<b)>)",
    "<a:(> )", "(" * 40 + ")" * 39,
]  # fmt: skip


def unbalanced_leaves(page: str, dialect: Dialect) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """Yield the leaves of a page in which some bracket has no partner, with their lines.

    Not those of wikitext that a template or the like cuts out of a line: brackets around it are
    in two leaves and pair up all the same.
    """
    blocks = scan(page, dialect)
    cuts = [block for block in blocks if block.is_protected and dialect == "mediawiki"]
    for block in blocks:
        if not block.is_leaf:
            continue
        lines = [page_line(page, *span) for span in block.spans]
        if any(cut.start <= end and start <= cut.end for cut in cuts for start, end in lines):
            continue
        text = Leaf.of(block, page).text
        if Balance.of(lex(text, (), dialect).kinds).unpaired:
            yield text, block.spans


def page_line(page: str, start: int, end: int) -> Span:
    """Return the line of a page that a stretch stands in."""
    return page.rfind("\n", 0, start) + 1, page.find("\n", end) % (len(page) + 1)


@pytest.mark.parametrize("text", BALANCED)
def test_a_clean_text_is_passed_by(text: str) -> None:
    assert not may_be_unbalanced(text)
    assert not suspicious_lines(text) or "`[`" in text
    assert is_suspicious(text) is bool(suspicious_lines(text))


@pytest.mark.parametrize("text", HIDDEN)
def test_a_hidden_bracket_is_not(text: str) -> None:
    assert may_be_unbalanced(text)
    assert suspicious_lines(text)
    assert is_suspicious(text)


WRAPS = ["({})", "[{}]", "`{}`", "<a b='{}'>", '<a b="{}">', "<a b={}>", "<a:{}>", "<{}>",
         "<!--{}-->", "{{{{{}}}}}", "{{%{}%}}", "{{{}}}", "${}$", "$${}$$", "\\({}\\)", "{}\n{}",
         '[a](/u "{}")', "[a](/u '{}')", "[a](/u ({}))", "[a](<{}>)", "[a]({})", "{} {}",
         "| {} | {} |", "> {}"]  # fmt: skip
nested = st.recursive(
    st.sampled_from(PIECES),
    lambda inner: st.builds(str.format, st.sampled_from(WRAPS), inner, inner),
    max_leaves=8,
)
pages = (st.lists(st.sampled_from(PIECES), max_size=25) | st.lists(nested, max_size=4)).map("".join)


@settings(max_examples=int(os.environ.get("WIKIMEND_EXAMPLES", "1000")), deadline=None)
@given(pages, st.sampled_from(DIALECTS))
@example("| a | (b |\n|---|---|\n| `c|`) | d |\n", "markdown")
@example("> (`a\n> )` b", "markdown")
def test_no_unbalanced_leaf_is_missed(page: str, dialect: Dialect) -> None:
    stretches = suspicious_lines(page)
    assert is_suspicious(page) is bool(stretches)
    for text, lines in unbalanced_leaves(page, dialect):
        assert may_be_unbalanced(text)
        assert any(a <= end and start <= b for start, end in lines for a, b in stretches)


@pytest.mark.parametrize(
    ("page", "starts"),
    [
        ("", []),
        ("(a\n\n[b]\n", [0]),
        ("a\n\n[b]\n(c\n`d` ``e``\n", [7, 10]),
        ("a\r\n(b\r\n[c]\r\n", [3]),
        ("[a\nb]", [0, 3]),
    ],
)
def test_suspicious_lines(page: str, starts: list[int]) -> None:
    assert [start for start, _ in suspicious_lines(page)] == starts


def test_lines_end_before_their_ends() -> None:
    assert suspicious_lines("[a\n\n(b)\n\nc)\n") == ((0, 2), (9, 11))
