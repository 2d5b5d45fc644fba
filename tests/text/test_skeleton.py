"""The skeleton of a text: no leaf with a bracket that lacks its partner is missed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wikimend.text.blocks import scan
from wikimend.text.brackets import Balance
from wikimend.text.leaf import Leaf
from wikimend.text.lexer import lex
from wikimend.text.page import DIALECTS, Dialect
from wikimend.text.skeleton import Span, may_be_unbalanced, unbalanced_stretches

PIECES = ["[", "]", "(", ")", "a", " ", "\n", "`", "``", "\\", "<", ">", "<b>", "{", "}", "{{",
          "}}", "{%", "%}", "$", "$$", "|", '"', "'", "=", "<!--", "-->", "<?", "?>", "<a b=",
          "](", "](/u ", "https://e.org/", "> ", "- ", "\r\n", "\r", "~~~", "\\(", "\\)",
          "|-|\n", "<a:", "5"]  # fmt: skip

BALANCED = [
    "", "a", "[a](b) (c `d`)", "([a] (b))", "a < b > c", "x -> y (z)", "costs $5 (or 6)",
    '<a href="b">(c)</a>', "{{a}} (b) {%c%} [d]", "> (a)\n> [b]", '[a](b "c")', "`a` and (`b`)",
    "- [ ] (a)", "it's (a) 'b'", '(she said "(a)" twice)',
]  # fmt: skip
HIDDEN = [
    "(", ")", "[", "]", "(a\nb)", r"(a\)", r"(\(a)", "(`)`", "(``)``", "`(` ``)``", "(<a b=')'>",
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
    assert unbalanced_stretches(text) == ()


@pytest.mark.parametrize("text", HIDDEN)
def test_a_hidden_bracket_is_not(text: str) -> None:
    assert may_be_unbalanced(text)
    assert unbalanced_stretches(text)


WRAPS = ["({})", "[{}]", "`{}`", "<a b='{}'>", '<a b="{}">', "<a b={}>", "<a:{}>", "<{}>",
         "<!--{}-->", "{{{{{}}}}}", "{{%{}%}}", "{{{}}}", "${}$", "$${}$$", "\\({}\\)", "{}\n{}",
         '[a](/u "{}")', "[a](/u '{}')", "[a](/u ({}))", "[a](<{}>)", "[a]({})", "{} {}",
         "| {} | {} |", "> {}"]  # fmt: skip
nested = st.recursive(
    st.sampled_from(PIECES),
    lambda inner: st.builds(str.format, st.sampled_from(WRAPS), inner, inner),
    max_leaves=8,
)
pages = st.lists(st.sampled_from(PIECES), max_size=25) | st.lists(nested, max_size=4)


@settings(max_examples=500, deadline=None)
@given(pages.map("".join), st.sampled_from(DIALECTS))
@example("| a | (b |\n|---|---|\n| `c|`) | d |\n", "markdown")
@example("> (`a\n> )` b", "markdown")
def test_no_unbalanced_leaf_is_missed(page: str, dialect: Dialect) -> None:
    stretches = unbalanced_stretches(page)
    for text, lines in unbalanced_leaves(page, dialect):
        assert may_be_unbalanced(text)
        assert any(a <= end and start <= b for start, end in lines for a, b in stretches)


@pytest.mark.parametrize(
    ("page", "stretches"),
    [
        ("", []),
        ("(a\n\n[b]\n", [(0, 2)]),
        ("a\n\n[b]\n(c\n`d` ``e``\n", [(7, 9), (10, 19)]),
        ("a\r\n(b\r\n[c]\r\n", [(3, 6)]),
        ("[a\nb]", [(0, 2), (3, 5)]),
    ],
)
def test_stretches_are_lines(page: str, stretches: list[tuple[int, int]]) -> None:
    assert list(unbalanced_stretches(page)) == stretches
